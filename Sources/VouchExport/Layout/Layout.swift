/// Where the nodes of a graph are drawn, and which of them belong together.
///
/// Pieces that nothing joins lie beside each other, the largest first; no circle of a node lies on another but where a
/// bounded number of rounds could not part them. The same graph gives the same layout on every machine.
package struct Layout: Sendable {
  /// An edge: two nodes by their number, and how strongly it joins them, above 0.
  package typealias Link = (a: Int, b: Int, weight: Double)

  /// Least room between the circles of two nodes, and between two pieces.
  private static let gap = 6.0
  private static let roomBetweenPieces = 40.0
  /// Rounds in which circles that lie on each other are moved apart.
  private static let mostRounds = 80

  /// Places of the nodes, y growing downwards; the middle of all is near 0.
  package private(set) var x: [Double]
  /// Places of the nodes.
  package private(set) var y: [Double]
  /// The community of each node, from 0, the largest first.
  package let communities: [Int]

  /// - Parameters:
  ///   - radii: The radius of each node, in the unit of places.
  ///   - links: Edges in any order; several may join the same nodes.
  /// - Complexity: O(n log n) in the number of nodes and edges.
  package init(radii: [Double], links: [Link]) {
    let n = radii.count
    let graph = LayoutGraph(nodeCount: n, edges: links)
    communities = Communities.find(graph)
    x = Array(repeating: 0, count: n)
    y = x
    let (part, count) = graph.components()
    var members = [[Int]](repeating: [], count: count)
    for node in 0..<n { members[part[node]].append(node) }
    var place = [Int](repeating: 0, count: n)
    for piece in members { for (index, node) in piece.enumerated() { place[node] = index } }
    var inner = [[Link]](repeating: [], count: count)
    for edge in graph.edges { inner[part[edge.a]].append((place[edge.a], place[edge.b], edge.weight)) }
    var pieces: [Piece] = []
    for (number, nodes) in members.enumerated() {
      pieces.append(Piece(nodes, LayoutGraph(nodeCount: nodes.count, edges: inner[number]), radii))
    }
    pack(pieces)
  }

  /// Nodes that edges join, with places of their own.
  private struct Piece {
    let nodes: [Int]
    var x: [Double]
    var y: [Double]
    /// The corner of the box around all circles, and its sides.
    var left = 0.0
    var top = 0.0
    var width = 0.0
    var height = 0.0

    init(_ nodes: [Int], _ graph: LayoutGraph, _ radii: [Double]) {
      self.nodes = nodes
      (x, y) = ForceLayout.place(graph)
      let own = nodes.map { radii[$0] }
      lieDown()
      stretch(own)
      part(own)
      var right = -Double.infinity
      var bottom = -Double.infinity
      left = .infinity
      top = .infinity
      for index in nodes.indices {
        left = min(left, x[index] - own[index])
        top = min(top, y[index] - own[index])
        right = max(right, x[index] + own[index])
        bottom = max(bottom, y[index] + own[index])
      }
      width = right - left
      height = bottom - top
    }

    /// Turns the longer axis to the horizontal, as pages and screens are wide.
    private mutating func lieDown() {
      let n = Double(max(1, x.count))
      let middleX = x.reduce(0, +) / n
      let middleY = y.reduce(0, +) / n
      var (xx, xy, yy) = (0.0, 0.0, 0.0)
      for index in x.indices {
        let dx = x[index] - middleX
        let dy = y[index] - middleY
        xx += dx * dx
        xy += dx * dy
        yy += dy * dy
      }
      // The eigenvector of the larger eigenvalue of the covariances.
      let half = (xx - yy) / 2
      let root = (half * half + xy * xy).squareRoot()
      var axis = (x: root + half, y: xy)
      if axis.x.magnitude + axis.y.magnitude < 1e-9 * (xx + yy) { axis = half < 0 ? (0, 1) : (1, 0) }
      let length = (axis.x * axis.x + axis.y * axis.y).squareRoot()
      guard length > 0 else { return }
      let cosine = axis.x / length
      let sine = axis.y / length
      for index in x.indices {
        let dx = x[index] - middleX
        let dy = y[index] - middleY
        x[index] = dx * cosine + dy * sine
        y[index] = dy * cosine - dx * sine
      }
    }

    /// Gives the nodes so much room that their circles fill about an eighth of it, of few nodes more.
    private mutating func stretch(_ radii: [Double]) {
      guard x.count > 1, let firstX = x.first, let firstY = y.first else { return }
      var (low, high) = ((x: firstX, y: firstY), (x: firstX, y: firstY))
      var need = 0.0
      for index in x.indices {
        low = (min(low.x, x[index]), min(low.y, y[index]))
        high = (max(high.x, x[index]), max(high.y, y[index]))
        need += (2 * radii[index] + Layout.gap) * (2 * radii[index] + Layout.gap)
      }
      // A line of nodes has no area of its own.
      let longer = max(high.x - low.x, high.y - low.y)
      let area = longer * max(min(high.x - low.x, high.y - low.y), longer / 4)
      guard area > 0 else { return }
      let factor = (min(8, 1 + Double(x.count) / 3) * need / area).squareRoot()
      for index in x.indices {
        x[index] *= factor
        y[index] *= factor
      }
    }

    /// Moves circles apart that lie on each other, each half the way.
    private mutating func part(_ radii: [Double]) {
      let side = 2 * (radii.max() ?? 0) + Layout.gap
      guard x.count > 1, side > 0 else { return }
      for _ in 0..<Layout.mostRounds {
        var isMoved = false
        var fields: [Field: [Int32]] = [:]
        for index in x.indices {
          fields[Field(x[index], y[index], side), default: []].append(Int32(index))
        }
        for index in x.indices {
          let home = Field(x[index], y[index], side)
          for dx in -1...1 {
            for dy in -1...1 {
              // In a field as large as the largest circle only so many can lie without lying on each other.
              for other in (fields[Field(home.column + dx, home.row + dy)] ?? []).prefix(64) where Int(other) > index {
                if push(index, Int(other), radii) { isMoved = true }
              }
            }
          }
        }
        guard isMoved else { return }
      }
    }

    private struct Field: Hashable {
      let column, row: Int
      init(_ column: Int, _ row: Int) {
        self.column = column
        self.row = row
      }
      init(_ x: Double, _ y: Double, _ side: Double) {
        column = Int((x / side).rounded(.down))
        row = Int((y / side).rounded(.down))
      }
    }

    private mutating func push(_ a: Int, _ b: Int, _ radii: [Double]) -> Bool {
      var dx = x[b] - x[a]
      var dy = y[b] - y[a]
      var distance = (dx * dx + dy * dy).squareRoot()
      let need = radii[a] + radii[b] + Layout.gap
      guard distance < need else { return false }
      if distance < 1e-6 {
        (dy, dx) = Turn.sineAndCosine(Double(b) * 2.399963229728653)
        distance = 1
        x[b] += dx * need / 2
        y[b] += dy * need / 2
        x[a] -= dx * need / 2
        y[a] -= dy * need / 2
        return true
      }
      // A little more than needed, so that the rounds end.
      let move = (need - distance) * 0.52 / distance
      x[a] -= dx * move
      y[a] -= dy * move
      x[b] += dx * move
      y[b] += dy * move
      return true
    }
  }

  /// Puts the pieces in rows, the largest first, the rows as wide as makes the whole wider than high.
  private mutating func pack(_ pieces: [Piece]) {
    let sorted = pieces.enumerated().sorted {
      ($1.element.nodes.count, $0.offset) < ($0.element.nodes.count, $1.offset)
    }.map(\.element)
    let room = Self.roomBetweenPieces
    let area = sorted.reduce(0) { $0 + ($1.width + room) * ($1.height + room) }
    let rowWidth = max(sorted.map(\.width).max() ?? 0, (area * 1.6).squareRoot())
    var (left, top, height, right) = (0.0, 0.0, 0.0, 0.0)
    for piece in sorted {
      if left > 0, left + piece.width > rowWidth {
        top += height + room
        left = 0
        height = 0
      }
      for (index, node) in piece.nodes.enumerated() {
        x[node] = piece.x[index] - piece.left + left
        y[node] = piece.y[index] - piece.top + top
      }
      left += piece.width + room
      right = max(right, left - room)
      height = max(height, piece.height)
    }
    for node in x.indices {
      x[node] -= right / 2
      y[node] -= (top + height) / 2
    }
  }
}
