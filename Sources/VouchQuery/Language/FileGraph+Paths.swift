internal import VouchKnowledge
internal import VouchStore

extension FileGraph {
  func finder(
    _ direction: EdgeDirection, types: [Bool]?, admits: @escaping (Int) throws -> Bool
  ) throws -> (any ShortestPathFinder)? {
    var query = PathQuery(from: NodeID(0), to: NodeID(0))
    query.kinds = Set(zip(EdgeKind.allCases, types ?? EdgeKind.allCases.map { _ in true }).filter(\.1).map(\.0))
    return FilePathFinder(graph, QueryFilter(try EvidenceFilter(graph, query), admits), direction)
  }
}

/// Admits what an edge pattern admits, and prefers what `vouch path` prefers.
private struct QueryFilter: PathFilter {
  /// Keeps the error of a condition until the search has ended.
  final class Failure { var error: (any Error)? }

  private var base: EvidenceFilter
  private let condition: (Int) throws -> Bool
  let failure = Failure()

  init(_ base: EvidenceFilter, _ condition: @escaping (Int) throws -> Bool) {
    self.base = base
    self.condition = condition
  }

  mutating func admits(edge index: Int) throws(Corruption) -> Bool {
    guard try base.admits(edge: index), failure.error == nil else { return false }
    do {
      return try condition(index)
    } catch let corruption as Corruption {
      throw corruption
    } catch {
      failure.error = error
      return false
    }
  }

  mutating func admits(node: NodeID) throws(Corruption) -> Bool { true }

  mutating func key(of hop: HopEdges, between a: NodeID, and b: NodeID) throws(Corruption) -> PathKey? {
    try admits(hop) ? try base.key(of: hop, between: a, and: b) : nil
  }
}

private struct FilePathFinder: ShortestPathFinder {
  private var paths: GraphPaths<QueryFilter>
  private let failure: QueryFilter.Failure

  init(_ graph: GraphFile, _ filter: QueryFilter, _ direction: EdgeDirection) {
    let directions: [EdgeDirection: PathDirection] = [.forward: .along, .backward: .against, .either: .either]
    var limits = SearchLimits()
    // The query's own budget ends the search.
    limits.budget = .max
    paths = GraphPaths(graph, filter, directions[direction] ?? .either, limits)
    failure = filter.failure
  }

  mutating func allShortest(from start: Int, to goal: Int, maxHops: Int, atMost count: Int) throws -> [[Int]] {
    let found =
      count == 1
      ? try paths.shortest(from: NodeID(start), to: NodeID(goal), maxHops: maxHops).map { [$0] } ?? []
      : try paths.allShortest(from: NodeID(start), to: NodeID(goal), maxHops: maxHops, atMost: count).paths
    if let error = failure.error { throw error }
    return found.map { $0.map { Int($0.index) } }
  }

  mutating func shortest(_ count: Int, from start: Int, to goal: Int, maxHops: Int) throws -> [[Int]] {
    let found = try paths.shortest(count, from: NodeID(start), to: NodeID(goal), maxHops: maxHops)
    if let error = failure.error { throw error }
    return found.map { $0.map { Int($0.index) } }
  }

  func edges(from a: Int, to b: Int) throws -> [Int] {
    let edges = try paths.edges(from: NodeID(a), to: NodeID(b))
    return (Array(edges.along) + Array(edges.against)).sorted()
  }
}
