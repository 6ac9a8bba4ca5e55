/// A graph's own search for shortest paths between two nodes, over edges of one kind; made once for many pairs.
protocol ShortestPathFinder {
  /// The shortest paths as lists of nodes, both ends included; empty if there are none or the ends are one node.
  ///
  /// - Parameter count: Most paths wanted; a longer list begins with what a shorter one holds.
  mutating func allShortest(from start: Int, to goal: Int, maxHops: Int, atMost count: Int) throws -> [[Int]]
  /// The shortest paths that pass no node twice, of any length.
  mutating func shortest(_ count: Int, from start: Int, to goal: Int, maxHops: Int) throws -> [[Int]]
  /// The edges of the step from a node to its neighbour, ascending, admitted or not.
  func edges(from a: Int, to b: Int) throws -> [Int]
}

extension PropertyGraph {
  /// The graph's own search; `nil` if it has none.
  ///
  /// - Parameters:
  ///   - types: Types of edges that are admitted; `nil` for all.
  ///   - admits: Whether an edge of these types is admitted; asked whenever one is about to become part of a path.
  func finder(
    _ direction: EdgeDirection, types: [Bool]?, admits: @escaping (Int) throws -> Bool
  ) throws -> (any ShortestPathFinder)? { nil }
}
