internal import VouchKnowledge
internal import VouchStore

/// Paths between two nodes of a graph file by number of hops, for any filter; paths pass no node twice.
///
/// Of equally long paths, the one of better support by the filter comes first, then the one of the lower nodes.
struct GraphPaths<Filter: PathFilter> {
  typealias Engine = LayeredSearch<GraphSpace<Filter>>

  private var engine: Engine

  /// Prepares searches; memory is made once for all of them.
  init(_ graph: GraphFile, _ filter: Filter, _ direction: PathDirection, _ limits: SearchLimits) {
    engine = LayeredSearch(GraphSpace(graph, filter, direction), limits)
  }

  /// Why the last search found nothing.
  var deadEnd: PathDeadEnd { engine.deadEnd }

  /// The nodes of the best shortest path, both ends included; `nil` if there is none, or if the ends are one node.
  ///
  /// - Parameter maxHops: Most hops, `Int.max` for any number.
  /// - Throws: `SearchStop` if the limits ended the search, `Corruption` if the file is damaged; so do the others.
  mutating func shortest(from start: NodeID, to goal: NodeID, maxHops: Int) throws -> [NodeID]? {
    try engine.best(from: [Int(start.index)], avoiding: [], to: Int(goal.index), maxHops: maxHops).map(Self.nodes)
  }

  /// The number of shortest paths (`Int.max` for that many or more), and the best of them.
  mutating func allShortest(from start: NodeID, to goal: NodeID, maxHops: Int, atMost count: Int) throws
    -> (count: Int, paths: [[NodeID]])
  {
    guard
      let layers = try engine.layers(from: [Int(start.index)], avoiding: [], to: Int(goal.index), maxHops: maxHops)
    else { return (0, []) }
    return (layers.pathCount, layers.paths(count).map(Self.nodes))
  }

  /// The best `count` paths, shortest first.
  mutating func shortest(_ count: Int, from start: NodeID, to goal: NodeID, maxHops: Int) throws -> [[NodeID]] {
    var found: [FoundPath] = []
    try engine.find(count, from: Int(start.index), to: Int(goal.index), maxHops: maxHops, &found)
    return found.map(Self.nodes)
  }

  /// The edges of the hop from a node to a neighbour, admitted or not: those that lead from subject to object where such may be
  /// walked, and those that lead against.
  func edges(from a: NodeID, to b: NodeID) throws(Corruption) -> (along: Range<Int>, against: Range<Int>) {
    let edges = try engine.space.edges(from: Int(a.index), to: Int(b.index))
    return (edges.first, edges.second)
  }

  private static func nodes(_ path: FoundPath) -> [NodeID] { path.states.map { NodeID($0) } }
}
