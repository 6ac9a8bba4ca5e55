internal import VouchKnowledge
internal import VouchStore

/// Which way the hops of a path may run along edges.
enum PathDirection: Sendable {
  /// From subject to object, from object to subject, either way.
  case along, against, either
}

/// A graph file as a space to search: its links are the entries of nodes, links that end at a node numbered behind all that
/// start at one.
struct GraphSpace<Filter: PathFilter>: PathSpace {
  let graph: GraphFile
  let direction: PathDirection
  var filter: Filter
  private let linkCount: Int

  init(_ graph: GraphFile, _ filter: Filter, _ direction: PathDirection) {
    self.graph = graph
    self.filter = filter
    self.direction = direction
    linkCount = graph.linkCount
  }

  var nodeCount: Int { graph.nodeCount }
  var layerCount: Int { 1 }
  var isChronological: Bool { filter.isChronological }

  @inline(__always)
  func node(of state: Int) -> Int { state }
  @inline(__always)
  func state(from state: Int, to node: Int, _ end: PathEnd) -> Int? { node }

  func entries(of node: Int, _ end: PathEnd) throws(Corruption) -> NodeEntries {
    let isWithEdges = direction == .either || (direction == .along) == (end == .start)
    let isAgainstEdges = direction == .either || !isWithEdges
    var entries = NodeEntries(first: 0..<0, second: 0..<0)
    if isWithEdges { entries.first = try graph.links(from: NodeID(node)) }
    if isAgainstEdges {
      let positions = try graph.links(to: NodeID(node))
      entries.second = positions.lowerBound + linkCount..<positions.upperBound + linkCount
    }
    return entries
  }

  @inline(__always)
  func neighbour(_ entry: Int) throws(Corruption) -> Int {
    entry < linkCount
      ? Int(try graph.object(ofLink: entry).index)
      : Int(try graph.subject(ofLink: try graph.link(at: entry - linkCount)).index)
  }

  mutating func admits(node: Int) throws(Corruption) -> Bool { try filter.admits(node: NodeID(node)) }

  mutating func admits(entry: Int, of node: Int, _ end: PathEnd) throws(Corruption) -> Bool {
    var hop = entry < linkCount ? HopEntries(first: entry) : HopEntries(second: entry)
    if filter.needsBothRuns { hop = try find(try neighbour(entry), in: try entries(of: node, end)) }
    return try filter.admits(try edges(of: hop))
  }

  mutating func key(of hop: HopEntries, between a: Int, and b: Int) throws(Corruption) -> PathKey? {
    try filter.key(of: try edges(of: hop), between: NodeID(a), and: NodeID(b))
  }

  mutating func day(of hop: HopEntries, from day: Int, _ end: PathEnd) throws(Corruption) -> Int? {
    try filter.day(of: try edges(of: hop), from: day, end)
  }

  /// The edges of the hop from one node to a neighbour.
  func edges(from a: Int, to b: Int) throws(Corruption) -> HopEdges {
    try edges(of: try find(b, in: try entries(of: a, .start)))
  }

  private func edges(of hop: HopEntries) throws(Corruption) -> HopEdges {
    var edges = HopEdges()
    if let entry = hop.first { edges.first = try graph.edges(ofLink: entry) }
    if let entry = hop.second { edges.second = try graph.edges(ofLink: try graph.link(at: entry - linkCount)) }
    return edges
  }
}
