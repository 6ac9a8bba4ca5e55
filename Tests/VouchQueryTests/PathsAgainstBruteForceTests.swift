import Testing
import VouchCore
import VouchKnowledge
import VouchQuery
import VouchTestSupport

/// On small random graphs the search finds just what enumerating all paths does, for every selector, weight and filter.
@Suite struct PathsAgainstBruteForceTests {
  /// What a query is limited to, one filter at a time and several at once.
  private static let filters: [(name: String, apply: @Sendable (inout PathQuery, inout SeededNumbers) -> Void)] = [
    ("none", { _, _ in }),
    ("max-hops", { $0.maxHops = 1 + $1.next(below: 4) }),
    ("type", { query, random in query.kinds = [.holds, random.next(below: 2) == 0 ? .about : .leads] }),
    ("avoid", { query, random in query.avoid = Self.others(query, 2, &random) }),
    ("via", { query, random in query.via = Array(Self.others(query, 1 + random.next(below: 2), &random)).sorted() }),
    ("max-degree", { $0.maxDegree = 1 + $1.next(below: 4) }),
    ("stance", { query, random in query.stances = [random.next(below: 2) == 0 ? "support" : "oppose"] }),
    ("since", { $0.since = 20_000 + $1.next(below: 4) }),
    ("until", { $0.until = 20_000 + $1.next(below: 4) }),
    ("min-confidence", { $0.minConfidence = Confidence(thousandths: 300 * (1 + $1.next(below: 3))) }),
    ("min-sources", { query, _ in query.minSources = 2 }),
    (
      "from-doc",
      { query, random in query.sources = [SourceID(random.next(below: 5)), SourceID(random.next(below: 5))] }
    ),
    ("chronological", { query, _ in query.isChronological = true }),
    (
      "several",
      { query, random in
        query.since = 20_000 + random.next(below: 2)
        query.maxDegree = 4 + random.next(below: 4)
        query.avoid = Self.others(query, 1, &random)
        query.minConfidence = Confidence(thousandths: 600)
      }
    ),
    (
      "chronological via",
      { query, random in
        query.isChronological = true
        query.via = Array(Self.others(query, 1, &random))
      }
    ),
  ]

  private static func others(_ query: PathQuery, _ count: Int, _ random: inout SeededNumbers) -> Set<NodeID> {
    var nodes: Set<NodeID> = []
    while nodes.count < count {
      let node = NodeID(random.next(below: RandomGraph.people + RandomGraph.stances))
      if node != query.from && node != query.to { nodes.insert(node) }
    }
    return nodes
  }

  private static func query(_ random: inout SeededNumbers) -> PathQuery {
    let count = RandomGraph.people + RandomGraph.stances
    let from = random.next(below: count)
    var query = PathQuery(from: NodeID(from), to: NodeID((from + 1 + random.next(below: count - 1)) % count))
    query.maxHops = 12
    return query
  }

  @Test(arguments: PathQuery.Weight.allCases) func theBestPathsAreFound(weight: PathQuery.Weight) throws {
    var found = 0
    for seed in 1...40 as ClosedRange<UInt64> {
      let graph = try RandomGraph(seed: seed)
      var random = SeededNumbers(seed: seed)
      var search = PathSearch(graph.file)
      for filter in Self.filters {
        var query = Self.query(&random)
        query.weight = weight
        filter.apply(&query, &random)
        query.count = 1 + random.next(below: 12)
        let expected = graph.paths(query)
        let answer = try search.answer(query)
        found += answer.paths.count
        #expect(answer.stop == nil)
        check(answer, expected.prefix(query.count), query, "seed \(seed), \(filter.name)")
        if case .deadEnd(let end)? = answer.reason, end.cause != .hopLimit {
          query.maxHops = 12
          #expect(graph.paths(query).isEmpty, "seed \(seed), \(filter.name): the search ended too early")
        }
      }
    }
    #expect(found > 500, "the graphs are connected enough to tell anything")
  }

  /// Of equally good paths of other kinds than plain ones only their order is left open.
  private func check(
    _ answer: PathAnswer, _ expected: ArraySlice<RandomGraph.Found>, _ query: PathQuery, _ label: String
  ) {
    let nodes = answer.paths.map { $0.nodes.map { Int($0.index) } }
    #expect(Set(nodes).count == nodes.count, "\(label): a path is there twice")
    if query.weight == .hops, !query.isChronological, query.via.isEmpty {
      #expect(nodes == expected.map(\.nodes), "\(label)")
    } else {
      #expect(answer.paths.map(\.hops.count) == expected.map(\.hops), "\(label)")
      if query.weight != .hops { #expect(answer.paths.map(\.weight) == expected.map(\.weight), "\(label)") }
      let bestKey = expected.first.map { [$0.weight, $0.hops, $0.support] }
      let best = expected.filter { [$0.weight, $0.hops, $0.support] == bestKey }.map(\.nodes)
      #expect(nodes.first.map(best.contains) ?? best.isEmpty, "\(label)")
    }
  }

  @Test func allShortestPathsAreCountedAndListed() throws {
    for seed in 1...120 as ClosedRange<UInt64> {
      let graph = try RandomGraph(seed: seed)
      var random = SeededNumbers(seed: seed)
      var search = PathSearch(graph.file)
      for weight in [PathQuery.Weight.hops, .sources] {
        var query = Self.query(&random)
        query.allShortest = true
        query.weight = weight
        query.count = 1000
        let all = graph.paths(query)
        let expected = all.prefix { ($0.weight, $0.hops) == (all[0].weight, all[0].hops) }
        let answer = try search.answer(query)
        #expect((answer.count ?? 0) == expected.count, "seed \(seed)")
        check(answer, expected, query, "seed \(seed)")
        query.count = 1
        #expect(try search.answer(query).paths.count == min(1, expected.count), "seed \(seed)")
      }
    }
  }

  @Test func oneSearchServesManyQueries() throws {
    let graph = try RandomGraph(seed: 7)
    var random = SeededNumbers(seed: 7)
    var search = PathSearch(graph.file)
    for _ in 0..<200 {
      let query = Self.query(&random)
      var fresh = PathSearch(graph.file)
      #expect(try search.answer(query).paths == fresh.answer(query).paths)
    }
  }
}
