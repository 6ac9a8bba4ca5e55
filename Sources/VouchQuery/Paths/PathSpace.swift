internal import VouchStore

/// The end of a path that a search walks from.
enum PathEnd: Sendable {
  /// Hops are walked as the path runs, or against it.
  case start, goal
}

/// What makes one path better than another: less weight, then fewer hops, then better support.
struct PathKey: Hashable, Comparable, Sendable {
  var weight = 0
  var hops = 0
  /// What is against the hops: the less support, the more.
  var support = 0

  static func + (a: PathKey, b: PathKey) -> PathKey {
    PathKey(weight: a.weight &+ b.weight, hops: a.hops &+ b.hops, support: a.support &+ b.support)
  }

  static func < (a: PathKey, b: PathKey) -> Bool {
    if a.weight != b.weight { return a.weight < b.weight }
    return a.hops != b.hops ? a.hops < b.hops : a.support < b.support
  }
}

/// The entries of a node in the lists of neighbours, in two ranges: those of edges that start at the node and of edges
/// that end there, as far as a search may walk them.
struct NodeEntries: Sendable {
  var first: Range<Int>
  var second: Range<Int>

  var count: Int { first.count + second.count }
}

/// The entries of one hop: a node and one neighbour of it, in the two ranges of the node.
struct HopEntries: Sendable {
  var first: Int?
  var second: Int?

  var isEmpty: Bool { first == nil && second == nil }
}

/// A graph that paths are searched in, seen through what the search admits.
///
/// Searches are generic over it and specialised, so that nothing is called through a table in their inner loops. What they
/// walk are states: nodes, or nodes on one of several layers (see `ViaSpace`). Each range of a node's entries holds each
/// neighbour once, ascending.
protocol PathSpace: SendableMetatype {
  /// Number of nodes.
  var nodeCount: Int { get }
  /// Number of states for each node: state s is node s % nodeCount.
  var layerCount: Int { get }
  /// Whether the days of a path's hops may not run backward.
  var isChronological: Bool { get }

  /// The node of a state.
  func node(of state: Int) -> Int
  /// The state in which a walk reaches a neighbouring node; `nil` if it may not.
  func state(from state: Int, to node: Int, _ end: PathEnd) -> Int?
  /// The entries of a node, walked from one end.
  func entries(of node: Int, _ end: PathEnd) throws(Corruption) -> NodeEntries
  /// The neighbour of an entry.
  func neighbour(_ entry: Int) throws(Corruption) -> Int
  /// The neighbours of one range of a node's entries.
  func neighbours(_ entries: Range<Int>) throws(Corruption) -> [UInt32]
  /// The same, if that is worth while for finding `count` nodes among them; else they are looked at by `neighbour(_:)`.
  func unpacked(_ entries: Range<Int>, toFind count: Int) throws(Corruption) -> [UInt32]?

  /// Whether a path may pass a node.
  mutating func admits(node: Int) throws(Corruption) -> Bool
  /// Whether a path may use the hop that an entry of `node` belongs to.
  mutating func admits(entry: Int, of node: Int, _ end: PathEnd) throws(Corruption) -> Bool
  /// What a hop adds to the key of a path, its `hops` being 1; `nil` if it is not admitted.
  mutating func key(of hop: HopEntries, between a: Int, and b: Int) throws(Corruption) -> PathKey?
  /// The first day of a hop that is not before `day`, walking from the start; from the goal, the last that is not after.
  mutating func day(of hop: HopEntries, from day: Int, _ end: PathEnd) throws(Corruption) -> Int?
}

extension PathSpace {
  /// The entry of a neighbour within one range of a node, found by bisection.
  ///
  /// - Parameter list: The neighbours of the range, if they are unpacked.
  @inline(__always)
  func find(_ neighbour: Int, in range: Range<Int>, _ list: [UInt32]?) throws(Corruption) -> Int? {
    var low = 0
    var high = range.count
    while low < high {
      let middle = (low + high) / 2
      let other = if let list { Int(list[middle]) } else { try self.neighbour(range.lowerBound + middle) }
      if other < neighbour { low = middle + 1 } else { high = middle }
    }
    guard low < range.count else { return nil }
    let other = if let list { Int(list[low]) } else { try self.neighbour(range.lowerBound + low) }
    return other == neighbour ? range.lowerBound + low : nil
  }

  /// The same for a range of which nothing is known.
  @inline(__always)
  func find(_ neighbour: Int, in range: Range<Int>) throws(Corruption) -> Int? {
    try find(neighbour, in: range, try unpacked(range, toFind: 1))
  }

  /// The entries of the hop from a node to a neighbour; empty if they are none.
  @inline(__always)
  func find(_ neighbour: Int, in entries: NodeEntries) throws(Corruption) -> HopEntries {
    HopEntries(first: try find(neighbour, in: entries.first), second: try find(neighbour, in: entries.second))
  }

  /// What the hop between two states adds to a path; `nil` if there is none that is admitted.
  mutating func key(from state: Int, to next: Int) throws -> PathKey? {
    let a = node(of: state)
    let b = node(of: next)
    let hop = try find(b, in: try entries(of: a, .start))
    return hop.isEmpty ? nil : try key(of: hop, between: a, and: b)
  }
}
