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
  /// Nodes that no path may pass, whatever the filter says.
  var avoided: Set<Int> = []
  private let linkCount: Int
  private let cache: SearchCache
  private let verdicts: StateNumbers<UInt16>?
  private let weights: StateNumbers<UInt32>?

  /// - Parameter cache: What earlier searches of the same graph file have unpacked.
  init(_ graph: GraphFile, _ filter: Filter, _ direction: PathDirection, cache: SearchCache = SearchCache()) {
    self.cache = cache
    (verdicts, weights) = filter.judgesRuns ? (cache.verdicts, cache.weights) : (nil, nil)
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

  func neighbours(_ entries: Range<Int>) throws(Corruption) -> [UInt32] {
    if entries.isEmpty { return [] }
    if entries.count >= SearchCache.shortest, let known = cache[entries.lowerBound] { return known }
    let list =
      entries.lowerBound < linkCount
      ? try graph.objects(ofLinks: entries)
      : try graph.subjects(ofLinksAt: entries.lowerBound - linkCount..<entries.upperBound - linkCount)
    cache.keep(list, at: entries.lowerBound)
    return list
  }

  func unpacked(_ entries: Range<Int>, toFind count: Int) throws(Corruption) -> [UInt32]? {
    guard entries.count >= SearchCache.shortest else { return nil }
    if let known = cache[entries.lowerBound] { return known }
    return cache.isWorthUnpacking(entries, toFind: count) ? try neighbours(entries) : nil
  }

  mutating func admits(node: Int) throws(Corruption) -> Bool {
    guard avoided.isEmpty || !avoided.contains(node) else { return false }
    return try filter.admits(node: NodeID(node))
  }

  mutating func admits(entry: Int, of node: Int, _ end: PathEnd) throws(Corruption) -> Bool {
    if let verdicts {
      let link = try link(entry)
      if verdicts[link] == 0 {
        let run = HopEdges(first: try graph.edges(ofLink: link))
        verdicts[link] = try filter.admits(run) ? 2 : 1
      }
      return verdicts[link] > 1
    }
    var hop = entry < linkCount ? HopEntries(first: entry) : HopEntries(second: entry)
    if filter.needsBothRuns { hop = try find(try neighbour(entry), in: try entries(of: node, end)) }
    return try filter.admits(try edges(of: hop))
  }

  mutating func key(of hop: HopEntries, between a: Int, and b: Int) throws(Corruption) -> PathKey? {
    guard let verdicts else {
      return try filter.key(of: try edges(of: hop), between: NodeID(a), and: NodeID(b))
    }
    var least: (weight: Int, support: Int)?
    if let entry = hop.first { least = try verdict(try link(entry), verdicts) }
    if let entry = hop.second, let other = try verdict(try link(entry), verdicts) {
      least = least.map { (min($0.weight, other.weight), min($0.support, other.support)) } ?? other
    }
    guard let least else { return nil }
    return try filter.key(between: NodeID(a), and: NodeID(b))
      + PathKey(weight: least.weight, hops: 0, support: least.support)
  }

  /// What the filter says of a link, asked once.
  private mutating func verdict(_ link: Int, _ verdicts: StateNumbers<UInt16>) throws(Corruption)
    -> (weight: Int, support: Int)?
  {
    let known = verdicts[link]
    if known == 1 { return nil }
    if known > 2 { return (weights.map { Int($0[link]) } ?? 0, Int(known) - 3) }
    let judged = try filter.judge(try graph.edges(ofLink: link))
    verdicts[link] = judged.map { UInt16(clamping: $0.support + 3) } ?? 1
    if let weights, let judged { weights[link] = UInt32(clamping: judged.weight) }
    return judged
  }

  @inline(__always)
  private func link(_ entry: Int) throws(Corruption) -> Int {
    entry < linkCount ? entry : try graph.link(at: entry - linkCount)
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
    if let entry = hop.second { edges.second = try graph.edges(ofLink: try link(entry)) }
    return edges
  }
}
