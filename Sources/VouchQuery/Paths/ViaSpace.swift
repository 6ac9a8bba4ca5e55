internal import VouchStore

/// A graph whose paths must pass some nodes in order: on layer l, the first l of them have been passed.
struct ViaSpace<Base: PathSpace>: PathSpace {
  var base: Base
  /// The nodes, each once, neither of them an end of the path.
  let via: [Int]

  var nodeCount: Int { base.nodeCount }
  var layerCount: Int { via.count + 1 }
  var isChronological: Bool { base.isChronological }

  /// The state in which a path that passed all nodes reaches `node`.
  func goal(_ node: Int) -> Int { node + via.count * nodeCount }

  func node(of state: Int) -> Int { state % nodeCount }

  func state(from state: Int, to node: Int, _ end: PathEnd) -> Int? {
    let (layer, own) = state.quotientAndRemainder(dividingBy: nodeCount)
    var next = layer
    if end == .start {
      if layer < via.count, via[layer] == node { next += 1 }
    } else if layer > 0, via[layer - 1] == own {
      next -= 1
    }
    // A node to pass is entered on its own layer only: out of turn it would have to be passed twice.
    if let number = via.firstIndex(of: node), next != number + 1 { return nil }
    return node + next * nodeCount
  }

  func entries(of node: Int, _ end: PathEnd) throws(Corruption) -> NodeEntries { try base.entries(of: node, end) }
  func neighbour(_ entry: Int) throws(Corruption) -> Int { try base.neighbour(entry) }
  func neighbours(_ entries: Range<Int>) throws(Corruption) -> [UInt32] { try base.neighbours(entries) }
  func unpacked(_ entries: Range<Int>, toFind count: Int) throws(Corruption) -> [UInt32]? {
    try base.unpacked(entries, toFind: count)
  }
  mutating func admits(node: Int) throws(Corruption) -> Bool { try base.admits(node: node) }
  mutating func admits(entry: Int, of node: Int, _ end: PathEnd) throws(Corruption) -> Bool {
    try base.admits(entry: entry, of: node, end)
  }
  mutating func key(of hop: HopEntries, between a: Int, and b: Int) throws(Corruption) -> PathKey? {
    try base.key(of: hop, between: a, and: b)
  }
  mutating func day(of hop: HopEntries, from day: Int, _ end: PathEnd) throws(Corruption) -> Int? {
    try base.day(of: hop, from: day, end)
  }
}
