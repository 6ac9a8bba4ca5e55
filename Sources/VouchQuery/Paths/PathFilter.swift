internal import VouchKnowledge
internal import VouchStore

/// What a search admits of a graph file: asked whenever an edge or node is about to become part of a path, never afterwards.
protocol PathFilter: SendableMetatype {
  /// Whether a path may use edge number `index`.
  mutating func admits(edge index: Int) throws(Corruption) -> Bool
  /// Whether a path may pass a node; not asked of its ends.
  mutating func admits(node: NodeID) throws(Corruption) -> Bool

  /// Whether a path may use a hop; if not said otherwise, if it may use an edge of it.
  mutating func admits(_ hop: HopEdges) throws(Corruption) -> Bool
  /// Whether `admits(_:)` must be told of both runs of edges of a hop that has two, not of either by itself.
  var needsBothRuns: Bool { get }
  /// What a hop adds to the key of a path, its `hops` being 1; `nil` if it is not admitted.
  mutating func key(of hop: HopEdges, between a: NodeID, and b: NodeID) throws(Corruption) -> PathKey?

  /// Whether the days of a path's hops may not run backward.
  var isChronological: Bool { get }
  /// The first day of a hop that is not before `day`, walking from the start; from the goal, the last that is not after.
  mutating func day(of hop: HopEdges, from day: Int, _ end: PathEnd) throws(Corruption) -> Int?
}

extension PathFilter {
  var needsBothRuns: Bool { false }
  var isChronological: Bool { false }

  mutating func admits(_ hop: HopEdges) throws(Corruption) -> Bool {
    for edge in hop.first { if try admits(edge: edge) { return true } }
    for edge in hop.second { if try admits(edge: edge) { return true } }
    return false
  }

  mutating func key(of hop: HopEdges, between a: NodeID, and b: NodeID) throws(Corruption) -> PathKey? {
    try admits(hop) ? PathKey(hops: 1) : nil
  }

  mutating func day(of hop: HopEdges, from day: Int, _ end: PathEnd) throws(Corruption) -> Int? { day }
}

/// The edges of a hop, in two runs: those that lead the one way, and those that lead the other.
struct HopEdges: Sendable {
  var first = 0..<0
  var second = 0..<0
}
