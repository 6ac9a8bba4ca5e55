internal import VouchCore
internal import VouchKnowledge
public import VouchStore

/// Finds the best connections between two nodes of a graph file.
///
/// Edges count in both directions. The search runs over distinct neighbours, from both ends, and admits an edge or node only
/// if the query's filters do; the parallel edges of each hop and their evidence are attached to what was found. Among
/// equally short paths it prefers those whose hops have more independent sources and surer rules and whose events are told as
/// facts, then lower node numbers, so that the answer is always the same.
public struct PathSearch {
  private let graph: GraphFile
  private let cache = SearchCache()
  // Their memory serves all queries.
  private var levels: LayeredSearch<GraphSpace<EvidenceFilter>>?
  private var labels: LabelSearch<GraphSpace<EvidenceFilter>>?

  /// Prepares searches of a graph file.
  public init(_ graph: GraphFile) {
    self.graph = graph
  }

  /// Runs a search.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  /// - Complexity: O(V + E) for the part of the graph within half the distance of the ends; for k paths of h hops, k · h times
  ///   that. Weighted, O((V + E) log V).
  public mutating func answer(_ query: PathQuery) throws(Corruption) -> PathAnswer {
    var answer = PathAnswer()
    let ends = [query.from, query.to]
    if query.from == query.to {
      answer.reason = .sameNode
    } else if !query.avoid.isDisjoint(with: ends + query.via) || Set(ends + query.via).count < 2 + query.via.count {
      answer.reason = .avoided
    } else {
      do {
        try search(query, &answer)
      } catch let corruption as Corruption {
        throw corruption
      } catch {
        throw Corruption(section: "paths", reason: String(describing: error))
      }
    }
    return answer
  }

  private mutating func search(_ query: PathQuery, _ answer: inout PathAnswer) throws {
    let filter = try EvidenceFilter(graph, query)
    cache.judge(by: filter.criteria, linkCount: graph.linkCount)
    let space = GraphSpace(graph, filter, .either, cache: cache)
    let usesLevels = query.weight == .hops && !query.isChronological
    answer.work.method = usesLevels ? .levels : .labels
    if !query.via.isEmpty, query.isChronological {
      // Each leg begins on the day on which the one before it ended.
      let space = ViaSpace(base: space, via: query.via.map { Int($0.index) })
      var search = LabelSearch(space, query.limits)
      try run(&search, query, space.goal(Int(query.to.index)), &answer)
    } else if !query.via.isEmpty {
      if usesLevels {
        try run(by: LayeredSearch(space, query.limits), query, &answer)
      } else {
        try run(by: LabelSearch(space, query.limits), query, &answer)
      }
    } else if usesLevels {
      var search = levels ?? LayeredSearch(space, query.limits)
      levels = nil
      search.restart(space, query.limits)
      defer { levels = search }
      try run(&search, query, Int(query.to.index), &answer)
    } else {
      var search = labels ?? LabelSearch(space, query.limits)
      labels = nil
      search.restart(space, query.limits)
      defer { labels = search }
      try run(&search, query, Int(query.to.index), &answer)
    }
  }

  private func run<Engine: PathEngine>(
    _ engine: inout Engine, _ query: PathQuery, _ goal: Int, _ answer: inout PathAnswer
  )
    throws
  {
    let start = Int(query.from.index)
    var found: [FoundPath] = []
    do {
      if query.allShortest {
        answer.count = try engine.findShortest(query.count, from: start, to: goal, maxHops: query.maxHops, &found)
      } else {
        try engine.find(query.count, from: start, to: goal, maxHops: query.maxHops, &found)
      }
    } catch let stop as SearchStop {
      answer.stop = stop
    }
    answer.work.looked = engine.looked
    if found.isEmpty, answer.stop == nil { answer.reason = .deadEnd(engine.deadEnd) }
    try list(found.map { ($0.states.map(engine.space.node(of:)), $0.key.weight) }, query, &answer)
  }

  /// Finds paths by way of other nodes, leg by leg.
  private func run<Engine: PathEngine>(by engine: Engine, _ query: PathQuery, _ answer: inout PathAnswer) throws
  where Engine.Space == GraphSpace<EvidenceFilter> {
    let stops = ([query.from] + query.via + [query.to]).map { Int($0.index) }
    var search = ViaSearch(ViaSearch.Shared(engine, stops: stops), maxHops: query.maxHops)
    var found: [FoundPath] = []
    do {
      while found.count < query.count {
        let path = try search.next()
        if let path, !query.allShortest || found.first.map({ isAsGood(path, $0) }) ?? true {
          found.append(path)
          continue
        }
        if query.allShortest { answer.count = found.count }
        break
      }
    } catch let stop as SearchStop {
      answer.stop = stop
    }
    answer.work.looked = search.shared.engine.looked
    if found.isEmpty, answer.stop == nil {
      answer.reason = search.isDeadEndStreet ? .avoided : .deadEnd(search.deadEnd)
    }
    try list(found.map { ($0.states, $0.key.weight) }, query, &answer)
  }

  private func isAsGood(_ a: FoundPath, _ b: FoundPath) -> Bool {
    (a.key.weight, a.key.hops) == (b.key.weight, b.key.hops)
  }

  /// Adds paths with what counts of each hop to the answer.
  private func list(_ found: [(nodes: [Int], weight: Int)], _ query: PathQuery, _ answer: inout PathAnswer) throws {
    var filter = try EvidenceFilter(graph, query)
    let space = GraphSpace(graph, filter, .either, cache: cache)
    for (nodes, weight) in found {
      var hops: [Hop] = []
      for (a, b) in zip(nodes, nodes.dropFirst()) {
        hops.append(
          try filter.hop(
            try space.edges(from: a, to: b), from: NodeID(a), to: NodeID(b), day: hops.last?.day ?? .min))
      }
      answer.paths.append(Path(hops: hops, weight: query.weight == .hops ? nil : weight))
    }
  }
}
