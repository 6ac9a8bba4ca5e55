internal import VouchCore
internal import VouchKnowledge
public import VouchStore

/// Finds the shortest connections between two nodes of a graph file.
///
/// Edges count in both directions. The search runs over distinct neighbours, level by level, and admits an edge only if
/// the query's filters do; among equally short paths it prefers those whose hops have more independent sources and surer
/// rules and whose events are told as facts, then lower node numbers, so that the answer is always the same.
///
/// Source for several paths: Yen, "Finding the k shortest loopless paths in a network" (1971).
public struct PathSearch {
  private let graph: GraphFile
  private let query: PathQuery
  private var looked = 0
  private var witnessOfSource: [SourceFacts?]
  private var doubts: [NodeID: Int] = [:]

  private struct SourceFacts {
    let witness: UInt32
    let published: Int?
  }

  /// A place in the search: a node, and how many of the nodes to pass have been passed.
  private struct State: Hashable, Comparable {
    let node: NodeID
    let passed: Int
    static func < (a: State, b: State) -> Bool { (a.node, a.passed) < (b.node, b.passed) }
  }

  private struct Reached {
    let previous: State?
    let cost: Int
  }

  private struct OverBudget: Error {}

  /// Prepares a search.
  public init(_ graph: GraphFile, _ query: PathQuery) {
    self.graph = graph
    self.query = query
    witnessOfSource = Array(repeating: nil, count: graph.sourceCount)
  }

  /// Runs the search.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  /// - Complexity: O(k · h · (V + E)) for k paths of h hops; the part of the graph within `maxHops` of the start counts.
  public mutating func run() throws(Corruption) -> PathAnswer {
    guard query.from != query.to else { return .none(.sameNode) }
    guard query.avoid.isDisjoint(with: [query.from, query.to] + query.via) else { return .none(.avoided) }
    do {
      return try shortestPaths()
    } catch let corruption as Corruption {
      throw corruption
    } catch {
      return .none(.budget(edges: looked))
    }
  }

  private mutating func shortestPaths() throws -> PathAnswer {
    guard let first = try shortest(from: [query.from], banned: [], bannedNext: []) else {
      let (reached, isExhausted) = try reach(from: query.from)
      guard isExhausted, query.via.isEmpty else { return .none(.tooFar(maxHops: query.maxHops, reached: reached)) }
      return .none(.unconnected(fromStart: reached, fromEnd: try reach(from: query.to).count))
    }
    var found = [first]
    var candidates: [(nodes: [NodeID], cost: Int)] = []
    while found.count < query.count, let last = found.last {
      for spur in 0..<last.nodes.count - 1 {
        let root = Array(last.nodes[...spur])
        let taken = found.filter { $0.nodes.starts(with: root) }.map { $0.nodes[spur + 1] }
        guard let candidate = try shortest(from: root, banned: Set(root.dropLast()), bannedNext: Set(taken)),
          !candidates.contains(where: { $0.nodes == candidate.nodes }),
          !found.contains(where: { $0.nodes == candidate.nodes })
        else { continue }
        candidates.append(candidate)
      }
      candidates.sort { Self.precedes($0, $1) }
      guard !candidates.isEmpty else { break }
      found.append(candidates.removeFirst())
    }
    return .found(try found.map { try path($0.nodes) })
  }

  private static func precedes(_ a: (nodes: [NodeID], cost: Int), _ b: (nodes: [NodeID], cost: Int)) -> Bool {
    if a.nodes.count != b.nodes.count { return a.nodes.count < b.nodes.count }
    if a.cost != b.cost { return a.cost < b.cost }
    return a.nodes.lexicographicallyPrecedes(b.nodes)
  }

  /// The best way on from the last node of `root` to the end.
  private mutating func shortest(
    from root: [NodeID], banned: Set<NodeID>, bannedNext: Set<NodeID>
  ) throws -> (nodes: [NodeID], cost: Int)? {
    guard let start = root.last else { return nil }
    var passed = 0
    var rootCost = 0
    for (index, node) in root.enumerated() {
      if passed < query.via.count, query.via[passed] == node { passed += 1 }
      if index > 0 { rootCost += try cost(root[index - 1], node) }
    }
    let first = State(node: start, passed: passed)
    var reached: [State: Reached] = [first: Reached(previous: nil, cost: rootCost)]
    var level = [first]
    for hops in stride(from: root.count, through: query.maxHops, by: 1) {
      guard !level.isEmpty else { break }
      var next: [State: Reached] = [:]
      for state in level {
        let soFar = reached[state]?.cost ?? 0
        for (neighbour, hopCost) in try neighbours(of: state.node) {
          if banned.contains(neighbour) || query.avoid.contains(neighbour) { continue }
          if hops == root.count && bannedNext.contains(neighbour) { continue }
          let passes = state.passed < query.via.count && query.via[state.passed] == neighbour
          let target = State(node: neighbour, passed: state.passed + (passes ? 1 : 0))
          if reached[target] != nil || (neighbour == query.to && target.passed < query.via.count) { continue }
          let total = soFar + hopCost
          if let known = next[target], (known.cost, known.previous ?? state) <= (total, state) { continue }
          next[target] = Reached(previous: state, cost: total)
        }
      }
      reached.merge(next) { old, _ in old }
      let goal = State(node: query.to, passed: query.via.count)
      if let end = next[goal] {
        let nodes = root.dropLast() + trace(goal, in: reached)
        return Set(nodes).count == nodes.count ? (Array(nodes), end.cost) : nil
      }
      level = next.keys.sorted()
    }
    return nil
  }

  private func trace(_ goal: State, in reached: [State: Reached]) -> [NodeID] {
    var nodes: [NodeID] = []
    var state: State? = goal
    while let current = state {
      nodes.append(current.node)
      state = reached[current]?.previous
    }
    return nodes.reversed()
  }

  /// How many nodes can be reached, and whether the hop limit left nothing out.
  private mutating func reach(from start: NodeID) throws -> (count: Int, isExhausted: Bool) {
    var seen: Set<NodeID> = [start]
    var level = [start]
    for _ in 0..<query.maxHops {
      var next: [NodeID] = []
      for node in level {
        for (neighbour, _) in try neighbours(of: node) where !query.avoid.contains(neighbour) {
          if seen.insert(neighbour).inserted { next.append(neighbour) }
        }
      }
      level = next
      if level.isEmpty { return (seen.count - 1, true) }
    }
    return (seen.count - 1, false)
  }

  /// The distinct neighbours that the query admits, ascending, with what a hop to each costs.
  private mutating func neighbours(of node: NodeID) throws -> [(NodeID, Int)] {
    var costs: [NodeID: Int] = [:]
    for edge in try incidentEdges(node) {
      looked += 1
      guard looked <= query.budget else { throw OverBudget() }
      guard let support = try support(edge.index) else { continue }
      let cost = support.cost + (try doubt(about: node)) + (try doubt(about: edge.other))
      costs[edge.other] = min(costs[edge.other] ?? .max, cost)
    }
    costs[node] = nil
    if query.minSources > 1 {
      for neighbour in costs.keys where try hop(node, neighbour).sources < query.minSources { costs[neighbour] = nil }
    }
    return costs.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What it costs to pass an event that is not told as a fact: a call that was denied joins two people less well.
  private mutating func doubt(about node: NodeID) throws(Corruption) -> Int {
    if let known = doubts[node] { return known }
    var doubt = 0
    if try graph.kind(of: node) == .event {
      switch try graph.properties(of: node).first(where: { $0.key == .modality })?.value {
      case "asserted", nil: doubt = 0
      case "denied", "negated": doubt = 400
      default: doubt = 200
      }
    }
    doubts[node] = doubt
    return doubt
  }

  private func incidentEdges(_ node: NodeID) throws(Corruption) -> [(index: Int, other: NodeID)] {
    var edges: [(index: Int, other: NodeID)] = []
    for index in try graph.outgoing(node) { edges.append((index, try graph.edge(index).object)) }
    for index in try graph.incoming(node) { edges.append((index, try graph.edge(index).subject)) }
    return edges
  }

  private mutating func cost(_ a: NodeID, _ b: NodeID) throws -> Int {
    try neighbours(of: a).first { $0.0 == b }?.1 ?? 0
  }

  /// The evidence of an edge that counts; `nil` if none does or the edge's kind is not admitted.
  private mutating func support(_ index: Int) throws(Corruption) -> (
    evidence: [Int], witnesses: Set<UInt32>, cost: Int
  )? {
    let edge = try graph.edge(index)
    guard query.kinds?.contains(edge.kind) ?? !edge.kind.isProvenance else { return nil }
    var evidence: [Int] = []
    var witnesses: Set<UInt32> = []
    var surest = Confidence(0)
    for piece in edge.evidence {
      let facts = try facts(of: try graph.source(ofEvidence: piece))
      if let since = query.since, facts.published.map({ $0 < since }) ?? true { continue }
      if let until = query.until, facts.published.map({ $0 > until }) ?? true { continue }
      evidence.append(piece)
      witnesses.insert(facts.witness)
      surest = max(surest, try graph.confidence(ofEvidence: piece))
    }
    guard !evidence.isEmpty else { return nil }
    return (evidence, witnesses, 1000 / witnesses.count + (1000 - Int(surest.thousandths)) / 10)
  }

  private mutating func facts(of id: SourceID) throws(Corruption) -> SourceFacts {
    let index = Int(id.index)
    if index < witnessOfSource.count, let known = witnessOfSource[index] { return known }
    let source = try graph.source(id)
    let facts = SourceFacts(witness: source.witness.index, published: source.published)
    witnessOfSource[index] = facts
    return facts
  }

  private mutating func hop(_ from: NodeID, _ to: NodeID) throws(Corruption) -> Hop {
    var edges: [Int] = []
    var evidence: [Int] = []
    var witnesses: Set<UInt32> = []
    for edge in try incidentEdges(from) where edge.other == to {
      guard let support = try support(edge.index) else { continue }
      edges.append(edge.index)
      evidence += support.evidence
      witnesses.formUnion(support.witnesses)
    }
    return Hop(from: from, to: to, edges: edges.sorted(), evidence: evidence.sorted(), sources: witnesses.count)
  }

  private mutating func path(_ nodes: [NodeID]) throws(Corruption) -> Path {
    var hops: [Hop] = []
    for index in 1..<nodes.count { hops.append(try hop(nodes[index - 1], nodes[index])) }
    return Path(hops: hops)
  }
}
