internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// Writes a view of a graph in the DOT language of Graphviz: nodes by number with label and kind, edges by number with kind,
/// independent sources, and the words of their first piece of evidence where the pointer rests on them.
struct DOTModel: ~Copyable {
  /// Most bytes of a text: Graphviz takes no string of more than 16 KiB, escapes counted.
  private static let longest = 2_000

  private var reader: ViewReader
  private var output: TextOutput
  private let threads: Int
  private var summary = ExportSummary()

  init(_ reader: ViewReader, _ output: consuming TextOutput, threads: Int) {
    self.reader = reader
    self.output = output
    self.threads = threads
  }

  /// Writes the whole file.
  mutating func run(collapsed: CollapsedView?) throws -> ExportSummary {
    try output.write(
      """
      digraph vouch {
        node [shape=box, style=rounded, penwidth=2, fontname="sans-serif"];
        edge [fontname="sans-serif", fontsize=10];

      """)
    try writeAll(.nodes(collapsed), count: reader.graph.nodeCount, threads: threads)
    if let collapsed {
      // They are numbered as they are found.
      for index in 0..<reader.graph.nodeCount where collapsed.contains(node: index) {
        for edge in try collapsed.edges(from: NodeID(index)) { try write(collapsed: edge, from: index) }
      }
    } else {
      try writeAll(.edges, count: reader.graph.edgeCount, threads: threads)
    }
    try output.write("}\n")
    try output.finish()
    summary.replacedCharacters = output.replacedCharacters
    summary.bytes = output.byteCount
    return summary
  }

  private mutating func write(node id: NodeID) throws {
    let facts = NodeFacts(try reader.graph.node(id), reader.names)
    summary.nodes += 1
    try output.write("  n")
    try output.write(Int(id.index))
    try output.write(" [label=\"")
    try output.write(Appearance.short(facts.label).utf8Span.span, as: .dot, limit: Self.longest)
    try output.write("\", tooltip=\"")
    try output.write(facts.kind.name, as: .dot)
    if facts.label != Appearance.short(facts.label) {
      try output.write(": ")
      try output.write(facts.label.utf8Span.span, as: .dot, limit: Self.longest)
    }
    try output.write("\", color=\"")
    try output.write(Appearance.color(facts.kind).text, as: .dot)
    try output.write("\"];\n")
  }

  private mutating func write(edge: GraphFile.Edge) throws {
    try begin(from: Int(edge.subject.index), to: Int(edge.object.index), EdgeName(edge.kind).name, id: edge.id)
    try finish(
      Appearance.color(edge.kind), sources: try reader.view.witnessCount(edge.evidence),
      first: try edge.evidence.first { try reader.view.admits(evidence: $0) })
  }

  private mutating func write(collapsed edge: CollapsedEdge, from subject: Int) throws {
    try begin(from: subject, to: Int(edge.target.index), edge.name, id: summary.edges)
    try finish(
      Appearance.color(edge), sources: try reader.view.witnessCount(edge.evidence), first: edge.evidence.first)
  }

  private mutating func begin(from subject: Int, to object: Int, _ name: String, id: Int) throws(ErrorNumber) {
    summary.edges += 1
    try output.write("  n")
    try output.write(subject)
    try output.write(" -> n")
    try output.write(object)
    try output.write(" [label=\"")
    try output.write(name, as: .dot)
    try output.write("\", id=\"e")
    try output.write(id)
  }

  private mutating func finish(_ color: Appearance.Color, sources: Int, first: Int?) throws {
    try output.write("\", color=\"")
    try output.write(color.text, as: .dot)
    try output.write("\", penwidth=")
    try output.write(min(max(sources, 1), 5))
    try output.write(", tooltip=\"")
    try output.write(sources)
    try output.write(sources == 1 ? " independent source" : " independent sources")
    if let first {
      try output.write(": ")
      try reader.write(first, as: .dot, limit: Self.longest, to: &output)
    }
    try output.write("\"];\n")
  }
}

extension DOTModel: SplitModel {
  var canSplit: Bool { true }

  mutating func sibling() throws -> DOTModel {
    DOTModel(try reader.sibling(), try TextOutput(sharing: &output), threads: threads)
  }

  mutating func write(_ items: ElementItems, _ range: Range<Int>) throws {
    switch items {
    case .nodes(let collapsed):
      for index in range where collapsed?.contains(node: index) ?? reader.view.contains(node: index) {
        try write(node: NodeID(index))
      }
    case .edges:
      for index in range where reader.view.contains(edge: index) { try write(edge: try reader.graph.edge(index)) }
    }
  }

  mutating func absorb(_ sibling: borrowing DOTModel) {
    summary.nodes += sibling.summary.nodes
    summary.edges += sibling.summary.edges
    output.absorb(sibling.output)
  }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try body(&output) }
}
