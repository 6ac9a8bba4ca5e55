internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// Draws a view of a graph as SVG 1.1: nodes coloured by kind, as large as they are often mentioned; edges coloured by what
/// they say, dashed where it is not told as fact; the words of the first piece of evidence where the pointer rests.
///
/// Memory grows with the view, which is laid out as a whole. Labels that have no room are left out; titles tell them.
struct SVGModel: ~Copyable {
  /// Edges up to which a picture names them.
  private static let mostEdgeLabels = 120
  /// Room around nodes for their labels.
  private static let room = 14.0
  private static let margin = 24.0
  private static let legendHeight = 34.0

  private struct Line {
    let source, target: Int
    let name: String
    let color: Appearance.Color
    let isFact: Bool
    let sources: Int
    /// First piece of evidence.
    let piece: Int?
    /// How far it bows beside others between the same nodes.
    var bow = 0.0
  }

  private struct Label {
    let text: String
    let x, y, width, size: Double
    var isEdge = false
  }

  private var reader: ViewReader
  private var output: TextOutput
  private var nodes: [NodeID] = []
  private var radii: [Double] = []
  private var lines: [Line] = []

  init(_ reader: ViewReader, _ output: consuming TextOutput) {
    self.reader = reader
    self.output = output
  }

  /// Writes the whole picture.
  ///
  /// - Complexity: O(n log n) in the size of the view.
  mutating func run(collapsed: CollapsedView?) throws -> ExportSummary {
    try collect(collapsed)
    bow()
    let layout = Layout(radii: radii.map { $0 + Self.room }, links: lines.map { ($0.source, $0.target, 1) })
    try write(layout)
    try output.finish()
    var summary = ExportSummary()
    summary.nodes = nodes.count
    summary.edges = lines.count
    summary.replacedCharacters = output.replacedCharacters
    summary.bytes = output.byteCount
    return summary
  }

  // MARK: Collecting

  private mutating func collect(_ collapsed: CollapsedView?) throws {
    let graph = reader.graph
    var place: [NodeID: Int] = [:]
    for index in 0..<graph.nodeCount where collapsed?.contains(node: index) ?? reader.view.contains(node: index) {
      let id = NodeID(index)
      place[id] = nodes.count
      nodes.append(id)
      radii.append(
        Double(Appearance.size(try graph.kind(of: id), mentions: try reader.view.count(graph.evidence(of: id)))) / 3)
    }
    func add(_ source: NodeID, _ target: NodeID, _ line: (Int, Int) throws -> Line) throws {
      guard let source = place[source], let target = place[target], source != target else { return }
      lines.append(try line(source, target))
    }
    if let collapsed {
      for id in nodes {
        for edge in try collapsed.edges(from: id) {
          try add(id, edge.target) {
            Line(
              source: $0, target: $1, name: edge.name, color: Appearance.color(edge),
              isFact: edge.modality == nil || edge.modality == "asserted",
              sources: try reader.view.witnessCount(edge.evidence), piece: edge.evidence.first)
          }
        }
      }
      return
    }
    for index in 0..<graph.edgeCount where reader.view.contains(edge: index) {
      let edge = try graph.edge(index)
      try add(edge.subject, edge.object) {
        Line(
          source: $0, target: $1, name: edge.kind.name, color: Appearance.color(edge.kind), isFact: true,
          sources: try reader.view.witnessCount(edge.evidence),
          piece: try edge.evidence.first { try reader.view.admits(evidence: $0) })
      }
    }
  }

  /// Lines between the same nodes bow away from each other.
  private mutating func bow() {
    var groups: [Int: [Int]] = [:]
    for (index, line) in lines.enumerated() {
      groups[min(line.source, line.target) * nodes.count + max(line.source, line.target), default: []].append(index)
    }
    for group in groups.values where group.count > 1 {
      for (place, index) in group.enumerated() {
        let side = lines[index].source < lines[index].target ? 1.0 : -1.0
        lines[index].bow = side * 18 * (Double(place) - Double(group.count - 1) / 2)
      }
    }
  }

  // MARK: Writing

  private mutating func write(_ layout: Layout) throws {
    let labels = try labels(layout)
    var left = labels.map(\.x).min() ?? 0
    var right = labels.map { $0.x + $0.width }.max() ?? 0
    var top = labels.map { $0.y - $0.size }.min() ?? 0
    var bottom = labels.map(\.y).max() ?? 0
    for index in nodes.indices {
      left = min(left, layout.x[index] - radii[index])
      right = max(right, layout.x[index] + radii[index])
      top = min(top, layout.y[index] - radii[index])
      bottom = max(bottom, layout.y[index] + radii[index])
    }
    let box = (x: left - Self.margin, y: top - Self.margin)
    let width = max(right - left + 2 * Self.margin, 480)
    let height = bottom - top + 2 * Self.margin + Self.legendHeight
    try output.write("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"")
    for (number, value) in [box.x, box.y, width, height].enumerated() {
      if number > 0 { try output.write(" ") }
      try write(value)
    }
    try output.write("\" width=\"")
    try write(width)
    try output.write("\" height=\"")
    try write(height)
    try output.write("\" font-family=\"Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif\">\n<rect x=\"")
    try write(box.x)
    try output.write("\" y=\"")
    try write(box.y)
    try output.write("\" width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n<g fill=\"none\">\n")
    for line in lines { try write(line, layout) }
    try output.write("</g>\n<g stroke=\"#ffffff\" stroke-width=\"1.5\">\n")
    for index in nodes.indices { try write(node: index, layout) }
    try output.write("</g>\n")
    try write(labels)
    try writeLegend(x: box.x + Self.margin, y: box.y + height - Self.legendHeight / 2)
    try output.write("</svg>\n")
  }

  private typealias Point = (x: Double, y: Double)

  /// A curve from the rim of one circle to that of the other, with an arrow's head: its points, its direction and its width.
  private func course(
    of line: Line, _ layout: Layout
  ) -> (start: Point, middle: Point, end: Point, tip: Point, direction: Point, width: Double, head: Double) {
    let (a, b) = (line.source, line.target)
    let dx = layout.x[b] - layout.x[a]
    let dy = layout.y[b] - layout.y[a]
    let length = max(1, (dx * dx + dy * dy).squareRoot())
    let (ux, uy) = (dx / length, dy / length)
    let width = 0.8 + 0.5 * Double(min(line.sources, 6))
    let head = 4 + 1.5 * width
    let start = (x: layout.x[a] + ux * radii[a], y: layout.y[a] + uy * radii[a])
    let tip = (x: layout.x[b] - ux * radii[b], y: layout.y[b] - uy * radii[b])
    let end = (x: tip.x - ux * head, y: tip.y - uy * head)
    let middle = (x: (start.x + end.x) / 2 - uy * line.bow, y: (start.y + end.y) / 2 + ux * line.bow)
    return (start, middle, end, tip, (ux, uy), width, head)
  }

  private mutating func write(_ line: Line, _ layout: Layout) throws {
    let (a, b) = (line.source, line.target)
    let (start, middle, end, tip, (ux, uy), width, head) = course(of: line, layout)
    try output.write("<g><path d=\"M")
    try write(start)
    try output.write("Q")
    try write(middle)
    try output.write(" ")
    try write(end)
    try output.write("\" stroke=\"")
    try output.write(line.color.text, as: .xmlAttribute)
    try output.write("\" stroke-width=\"")
    try write(width)
    if !line.isFact { try output.write("\" stroke-dasharray=\"5 4") }
    try output.write("\"/><path d=\"M")
    try write(tip)
    try output.write("L")
    try write((end.x - uy * head * 0.4, end.y + ux * head * 0.4))
    try output.write("L")
    try write((end.x + uy * head * 0.4, end.y - ux * head * 0.4))
    try output.write("Z\" fill=\"")
    try output.write(line.color.text, as: .xmlAttribute)
    try output.write("\"/>")
    try output.write("<title>")
    try output.write(try reader.facts(of: nodes[a]).label, as: .xmlText)
    try output.write(" — ")
    try output.write(line.name, as: .xmlText)
    try output.write(" → ")
    try output.write(try reader.facts(of: nodes[b]).label, as: .xmlText)
    if let piece = line.piece {
      try output.write(": ")
      try reader.write(piece, as: .xmlText, to: &output)
    }
    try output.write("</title></g>\n")
  }

  private mutating func write(node index: Int, _ layout: Layout) throws {
    let facts = try reader.facts(of: nodes[index])
    try output.write("<circle cx=\"")
    try write(layout.x[index])
    try output.write("\" cy=\"")
    try write(layout.y[index])
    try output.write("\" r=\"")
    try write(radii[index])
    try output.write("\" fill=\"")
    try output.write(Appearance.color(facts.kind).text, as: .xmlAttribute)
    try output.write("\"><title>")
    try output.write(facts.label, as: .xmlText)
    try output.write(" (")
    try output.write(facts.kind.name, as: .xmlText)
    try output.write(")</title></circle>\n")
  }

  private static func width(_ text: String, size: Double) -> Double {
    text.unicodeScalars.reduce(0) { $0 + ($1.value < 0x2E80 ? 0.58 : 1) } * size
  }

  /// Labels that have room: of nodes, the largest first, then of edges.
  private mutating func labels(_ layout: Layout) throws -> [Label] {
    var labels: [Label] = []
    var places = LabelPlaces()
    for index in nodes.indices { places.take(x: layout.x[index], y: layout.y[index], radius: radii[index]) }
    for index in nodes.indices.sorted(by: { (radii[$1], $0) < (radii[$0], $1) }) {
      let text = Appearance.short(try reader.facts(of: nodes[index]).label)
      let size = min(15, 8 + radii[index] / 3)
      let width = Self.width(text, size: size)
      if let place = places.label(
        x: layout.x[index], y: layout.y[index], radius: radii[index], width: width, height: size)
      {
        labels.append(Label(text: text, x: place.x, y: place.y, width: width, size: size))
      }
    }
    guard lines.count <= Self.mostEdgeLabels else { return labels }
    for line in lines {
      let (start, middle, end, _, _, _, _) = course(of: line, layout)
      let width = Self.width(line.name, size: 9)
      for part in [0.5, 0.35, 0.65] {
        let rest = 1 - part
        let x = rest * rest * start.x + 2 * rest * part * middle.x + part * part * end.x
        let y = rest * rest * start.y + 2 * rest * part * middle.y + part * part * end.y
        if places.take(left: x - width / 2, line: y + 3, width: width, height: 9) {
          labels.append(Label(text: line.name, x: x - width / 2, y: y + 3, width: width, size: 9, isEdge: true))
          break
        }
      }
    }
    return labels
  }

  private mutating func write(_ labels: [Label]) throws {
    try output.write(
      "<g fill=\"#1d1b18\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\" stroke-linejoin=\"round\">\n")
    for label in labels {
      try output.write("<text")
      if label.isEdge { try output.write(" fill=\"#5c5c5c\"") }
      try output.write(" font-size=\"")
      try write(label.size)
      try output.write("\" x=\"")
      try write(label.x)
      try output.write("\" y=\"")
      try write(label.y)
      try output.write("\">")
      try output.write(label.text, as: .xmlText)
      try output.write("</text>\n")
    }
    try output.write("</g>\n")
  }

  /// The colours of the kinds that are there.
  private mutating func writeLegend(x: Double, y: Double) throws {
    var kinds: Set<NodeKind> = []
    for id in nodes { kinds.insert(try reader.facts(of: id).kind) }
    var left = x
    try output.write("<g font-size=\"11\" fill=\"#444444\">\n")
    for kind in NodeKind.allCases where kinds.contains(kind) {
      try output.write("<circle cx=\"")
      try write(left + 5)
      try output.write("\" cy=\"")
      try write(y)
      try output.write("\" r=\"5\" fill=\"")
      try output.write(Appearance.color(kind).text, as: .xmlAttribute)
      try output.write("\"/><text x=\"")
      try write(left + 14)
      try output.write("\" y=\"")
      try write(y + 4)
      try output.write("\">")
      try output.write(kind.name, as: .xmlText)
      try output.write("</text>\n")
      left += 30 + 6.6 * Double(kind.name.count)
    }
    try output.write("</g>\n")
  }

  /// A coordinate, in tenths.
  private mutating func write(_ value: Double) throws(ErrorNumber) {
    try output.write(thousandths: Int((value * 10).rounded()) * 100)
  }

  private mutating func write(_ point: (x: Double, y: Double)) throws(ErrorNumber) {
    try write(point.x)
    try output.write(" ")
    try write(point.y)
  }
}
