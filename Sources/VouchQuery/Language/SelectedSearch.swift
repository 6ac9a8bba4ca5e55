/// Finds the selected paths of a pattern: the shortest ones between each pair of ends.
///
/// The pattern is an automaton whose states count how far it has been matched. From one end, the root, distances to all pairs
/// of node and state are found breadth first, only as far as they are needed; filters apply as a pair is admitted. From the
/// other end the paths of each length are then listed by a depth-first search backwards that never leaves a way on which the
/// root is still in reach, so that the shortest come first and modes are kept exactly.
///
/// Sources: product of graph and automaton, Mendelzon and Wood, "Finding regular simple paths in graph databases" (1995);
/// iterative deepening on exact distances, Korf (1985).
final class SelectedSearch<Graph: PropertyGraph> {
  typealias Row = [QueryValue]

  /// A path as the pattern sees it: its nodes from left to right, and the edges of each edge pattern.
  struct Found {
    let nodes: [Int]
    let edges: [[Int]]
  }

  /// One edge pattern, as it is passed from the root.
  private struct Part {
    let edge: MatchPlan.Edge
    let direction: EdgeDirection
    /// The first state; the state says how many edges were passed, as far as that matters.
    let base: Int
    /// Most edges that are counted.
    let cap: Int
    var isUnbounded: Bool { edge.most == nil }
  }

  private let graph: Graph
  private let pattern: MatchPlan.Pattern
  private let fromLeft: Bool
  /// Nodes of the pattern from the root on, and the edges between them.
  private let nodes: [MatchPlan.Node]
  private let parts: [Part]
  private let stateCount: Int
  /// For each state its edge pattern; the last state accepts.
  private let partOfState: [Int]
  private let longest: Int?

  // Of one root:
  private var root = 0
  private var distances: DistanceTable
  private var frontier: [Int] = []
  private var level = 0
  private var accepted: [Int] = []

  // Of one pair of ends, from the far end on:
  private var way: (nodes: [Int], edges: [Int], parts: [Int]) = ([], [], [])
  private var bounds: [Int] = []
  private var passedEdges = PassedElements()
  private var passedNodes = PassedElements()
  private var couldBeLonger = false
  private var steps: [GraphStep] = []

  private var finder: (any ShortestPathFinder)?
  /// The row as the conditions of the finder see it.
  private var finderRow: Row = []

  init(_ graph: Graph, _ pattern: MatchPlan.Pattern, fromLeft: Bool) {
    self.graph = graph
    self.pattern = pattern
    self.fromLeft = fromLeft
    nodes = fromLeft ? pattern.nodes : pattern.nodes.reversed()
    var parts: [Part] = []
    var base = 0
    var partOfState: [Int] = []
    for edge in fromLeft ? pattern.edges : pattern.edges.reversed() {
      let cap = edge.most ?? edge.least
      parts.append(
        Part(edge: edge, direction: fromLeft ? edge.direction : edge.direction.reversed, base: base, cap: max(cap, 0)))
      partOfState += Array(repeating: parts.count - 1, count: max(cap, 0) + 1)
      base += max(cap, 0) + 1
    }
    self.parts = parts
    self.partOfState = partOfState + [parts.count]
    stateCount = base + 1
    var longest: Int? = 0
    for part in parts { longest = part.isUnbounded ? nil : longest.map { $0 + part.cap } }
    switch pattern.mode {
    case .walk: break
    case .trail: longest = min(longest ?? .max, graph.edgeCount)
    case .acyclic, .simple: longest = min(longest ?? .max, graph.nodeCount)
    }
    self.longest = longest
    distances = DistanceTable(count: graph.nodeCount, width: base + 1)
  }

  /// Whether the graph's own search between two nodes, if it has one, finds what the pattern selects: one edge pattern, and
  /// paths that pass no node twice or, being shortest, need not.
  static func suitsFinder(_ pattern: MatchPlan.Pattern) -> Bool {
    guard pattern.edges.count == 1, pattern.edges[0].least <= 1, pattern.edges[0].least <= pattern.edges[0].most ?? .max
    else { return false }
    switch pattern.selector {
    case .all: return false
    case .shortest(1, _), .groups(1): return true
    case .shortest(_, withTies: false): return pattern.mode == .acyclic || pattern.mode == .simple
    case .shortest, .groups: return false
    }
  }

  /// Finds the paths for a row and hands each to `emit`, the row's places set, until that wants no more.
  func run(
    _ run: QueryRun<Graph>, _ row: inout Row, _ operation: MatchPlan.Operation,
    _ emit: (Found, inout Row) throws -> Bool
  ) throws -> Bool {
    let roots = try candidates(nodes[0], isBound: operation.edgeIsBound, row)
    let last = nodes[nodes.count - 1]
    let isRing = last.slot != nil && last.slot == nodes[0].slot
    var targets: [Int]?
    if operation.nodeIsBound || last.named != nil, !isRing {
      targets = try candidates(last, isBound: operation.nodeIsBound, row)
    }
    // Many pairs are better served by one search from the root.
    let isFewPairs = roots.count <= 4 && (targets?.count ?? .max) <= 4
    let suitsFinder = try isFewPairs && Self.suitsFinder(pattern) && hasFinder(run, row)
    for root in roots {
      try run.budget.spend()
      guard try admits(root, nodes[0], run, &row) else { continue }
      self.root = root
      distances.reset()
      frontier = []
      level = 0
      accepted = []
      try reach(root, 0, run, &row)
      if isRing { targets = [root] }
      if let targets {
        for target in targets {
          if suitsFinder, target != root {
            if try !find(target, run, &row, emit) { return false }
          } else if try !list(target, run, &row, emit) {
            return false
          }
        }
      } else {
        while try advance(run, &row) {}
        for target in accepted where try !list(target, run, &row, emit) { return false }
      }
    }
    return true
  }

  /// The nodes that may be an end.
  private func candidates(_ node: MatchPlan.Node, isBound: Bool, _ row: Row) throws -> [Int] {
    if isBound, let slot = node.slot {
      guard case .node(let id) = row[slot] else { return [] }
      return [id]
    }
    if let named = node.named { return named }
    guard let classes = node.classes else { return Array(0..<graph.nodeCount) }
    var found: [Int] = []
    for index in classes.indices where classes[index] { found += Array(try graph.nodes(ofClass: index)) }
    return found.sorted()
  }

  // MARK: The graph's own search

  /// Makes the graph's own search ready for the conditions of a row.
  private func hasFinder(_ run: QueryRun<Graph>, _ row: Row) throws -> Bool {
    finderRow = row
    if finder == nil {
      let part = parts[0]
      finder = try graph.finder(part.direction, types: part.edge.types) { [unowned self, unowned run] edge in
        try run.budget.spend()
        return try self.admits(edge, part, run, &self.finderRow)
      }
    }
    return finder != nil
  }

  /// Lists the selected paths between the root and `target` as the graph finds them.
  private func find(
    _ target: Int, _ run: QueryRun<Graph>, _ row: inout Row, _ emit: (Found, inout Row) throws -> Bool
  ) throws -> Bool {
    guard try admits(target, nodes[1], run, &row) else { return true }
    let maxHops = longest ?? .max
    var left = QueryRun<Graph>.rowLimit
    var isOne = true
    switch pattern.selector {
    case .shortest(let wanted, withTies: false): left = wanted
    default: isOne = false
    }
    if isOne, left > 1 {
      let ways = try finder?.shortest(left, from: root, to: target, maxHops: maxHops) ?? []
      for way in ways where left > 0 {
        if try !unfold(way, &left, run, &row, emit) { return false }
      }
      return true
    }
    // All shortest paths may be very many: more are asked for as long as they are wanted.
    var done = 0
    var asked = isOne ? 1 : 16
    while left > 0 {
      let ways = try finder?.allShortest(from: root, to: target, maxHops: maxHops, atMost: asked) ?? []
      for way in ways.dropFirst(done) where left > 0 {
        if try !unfold(way, &left, run, &row, emit) { return false }
      }
      if ways.count < asked || isOne { return true }
      done = ways.count
      asked = min(asked * 16, QueryRun<Graph>.rowLimit + 1)
    }
    guard isOne else {
      throw QueryError(
        .budget, "there are more than \(QueryRun<Graph>.rowLimit) shortest paths; use LIMIT, or ANY SHORTEST")
    }
    return true
  }

  /// Hands on each path over some nodes: parallel edges make several.
  private func unfold(
    _ nodes: [Int], _ left: inout Int, _ run: QueryRun<Graph>, _ row: inout Row,
    _ emit: (Found, inout Row) throws -> Bool
  ) throws -> Bool {
    guard let part = parts.first else { return true }
    var choices: [[Int]] = []
    for (a, b) in zip(nodes, nodes.dropFirst()) {
      var admitted: [Int] = []
      for edge in try finder?.edges(from: a, to: b) ?? [] {
        if try admits(edge, part, run, &finderRow) { admitted.append(edge) }
      }
      choices.append(admitted)
    }
    var digits = [Int](repeating: 0, count: choices.count)
    while left > 0, choices.allSatisfy({ !$0.isEmpty }) {
      try run.budget.spend()
      left -= 1
      let edges = zip(choices, digits).map { $0[$1] }
      let ends = [root, nodes[nodes.count - 1]]
      let found =
        fromLeft ? Found(nodes: ends, edges: [edges]) : Found(nodes: ends.reversed(), edges: [edges.reversed()])
      if try !set(found, run, &row, emit) { return false }
      var place = digits.count - 1
      while place >= 0 {
        digits[place] += 1
        if digits[place] < choices[place].count { break }
        digits[place] = 0
        place -= 1
      }
      if place < 0 { return true }
    }
    return true
  }

  // MARK: Distances

  private func key(_ node: Int, _ state: Int) -> Int { node * stateCount + state }

  /// Notes that a node and a state are reached at the current level, and what is reached with them.
  private func reach(_ node: Int, _ state: Int, _ run: QueryRun<Graph>, _ row: inout Row) throws {
    guard distances[key(node, state)] == nil else { return }
    distances[key(node, state)] = level
    guard state < stateCount - 1 else {
      accepted.append(node)
      return
    }
    frontier.append(key(node, state))
    let number = partOfState[state]
    let part = parts[number]
    guard state - part.base >= part.edge.least, part.edge.least <= part.edge.most ?? .max else { return }
    let next = number + 1 < parts.count ? parts[number + 1].base : stateCount - 1
    guard distances[key(node, next)] == nil, try admits(node, nodes[number + 1], run, &row) else { return }
    try reach(node, next, run, &row)
  }

  /// Goes one level on; false if there is none.
  private func advance(_ run: QueryRun<Graph>, _ row: inout Row) throws -> Bool {
    guard !frontier.isEmpty, level < longest ?? .max else { return false }
    let current = frontier
    frontier = []
    level += 1
    for item in current {
      let node = item / stateCount
      let state = item % stateCount
      let part = parts[partOfState[state]]
      guard state - part.base < part.cap || part.isUnbounded else { continue }
      let next = min(state + 1, part.base + part.cap)
      steps.removeAll(keepingCapacity: true)
      try graph.appendSteps(from: node, part.direction, to: &steps)
      for step in steps {
        try run.budget.spend()
        guard distances[key(step.node, next)] == nil, try admits(step.edge, part, run, &row) else { continue }
        try reach(step.node, next, run, &row)
      }
    }
    return true
  }

  private func admits(_ id: Int, _ node: MatchPlan.Node, _ run: QueryRun<Graph>, _ row: inout Row) throws -> Bool {
    if let classes = node.classes, try !classes[graph.nodeClass(id)] { return false }
    if let named = node.named, !named.contains(sorted: id) { return false }
    guard !node.filters.isEmpty, let slot = node.slot else { return true }
    let before = row[slot]
    defer { row[slot] = before }
    row[slot] = .node(id)
    return try meets(node.filters, run, &row)
  }

  private func admits(_ edge: Int, _ part: Part, _ run: QueryRun<Graph>, _ row: inout Row) throws -> Bool {
    if let types = part.edge.types, try !types[graph.edgeType(edge)] { return false }
    guard !part.edge.filters.isEmpty else { return true }
    if let slot = part.edge.isMany ? part.edge.innerSlot : part.edge.slot { row[slot] = .edge(edge) }
    return try meets(part.edge.filters, run, &row)
  }

  private func meets(_ filters: [MatchPlan.Filter], _ run: QueryRun<Graph>, _ row: inout Row) throws -> Bool {
    for filter in filters where try run.truth(filter.code, &row) != true { return false }
    return true
  }

  // MARK: Listing

  /// Lists the selected paths between the root and `target`.
  private func list(
    _ target: Int, _ run: QueryRun<Graph>, _ row: inout Row, _ emit: (Found, inout Row) throws -> Bool
  ) throws -> Bool {
    let accept = key(target, stateCount - 1)
    while distances[accept] == nil { guard try advance(run, &row) else { return true } }
    guard var length = distances[accept] else { return true }
    var count = 0
    var groups = 0
    while length <= longest ?? .max {
      if target == root, length > 0, pattern.mode != .walk, parts.count == 1 {
        // No node is passed twice, or a way out and another way back are needed.
        guard pattern.mode != .acyclic else { return true }
        if parts[0].direction == .either {
          guard let ring = try shortestRing(run, &row) else { return true }
          length = max(length, ring)
        }
      }
      while level < length, try advance(run, &row) {}
      let before = count
      var wantsMore = true
      couldBeLonger = false
      way = ([target], [], [])
      bounds = []
      passedNodes = PassedElements()
      passedEdges = PassedElements()
      passedNodes.push(target)
      let goesOn = try back(target, stateCount - 1, length, run, &row) { found, row in
        count += 1
        wantsMore = try set(found, run, &row, emit)
        if case .shortest(let wanted, withTies: false) = pattern.selector, count >= wanted { return false }
        return wantsMore
      }
      if !wantsMore { return false }
      if !goesOn { return true }
      if count > before { groups += 1 }
      switch pattern.selector {
      case .all: break
      case .shortest(let wanted, _): if count >= wanted { return true }
      case .groups(let wanted): if groups >= wanted { return true }
      }
      guard couldBeLonger else { return true }
      length += 1
    }
    return true
  }

  /// The length of the shortest way from the root back to it that passes no edge twice, in either direction of edges; `nil` if
  /// there is none.
  ///
  /// - Complexity: O(V + E): one breadth-first search that tells its branches apart; an edge between two branches closes a ring.
  private func shortestRing(_ run: QueryRun<Graph>, _ row: inout Row) throws -> Int? {
    var branches: [Int: (distance: Int, first: Int, last: Int)] = [root: (0, -1, -1)]
    var frontier = [root]
    var best: Int?
    var distance = 0
    while !frontier.isEmpty, 2 * distance < best ?? .max {
      var next: [Int] = []
      for node in frontier {
        guard let from = branches[node] else { continue }
        steps.removeAll(keepingCapacity: true)
        try graph.appendSteps(from: node, .either, to: &steps)
        for step in steps where step.edge != from.last {
          try run.budget.spend()
          guard try admits(step.edge, parts[0], run, &row) else { continue }
          if step.node == root {
            best = min(best ?? .max, from.distance + 1)
          } else if let known = branches[step.node] {
            if known.first != from.first, known.last != step.edge, node != root || known.first != step.edge {
              best = min(best ?? .max, from.distance + known.distance + 1)
            }
          } else {
            branches[step.node] = (distance + 1, node == root ? step.edge : from.first, step.edge)
            next.append(step.node)
          }
        }
      }
      frontier = next
      distance += 1
    }
    return best
  }

  /// Goes backwards from a node and state to the root in just `left` more edges.
  private func back(
    _ node: Int, _ state: Int, _ left: Int, _ run: QueryRun<Graph>, _ row: inout Row,
    _ found: (Found, inout Row) throws -> Bool
  ) throws -> Bool {
    guard let distance = distances[key(node, state)] else {
      // What lies farther than was looked may still be reached.
      if !frontier.isEmpty { couldBeLonger = true }
      return true
    }
    guard distance <= left else {
      couldBeLonger = true
      return true
    }
    try run.budget.spend()
    try run.descend()
    defer { run.ascend() }
    let number = partOfState[state]
    if number == parts.count || state == parts[number].base {
      // Here an edge pattern begins: the one before it has ended, at a node that both admit.
      if number == 0 {
        if left == 0, node == root {
          couldBeLonger = true
          return try found(self.found(), &row)
        }
      } else {
        let before = parts[number - 1]
        bounds.append(way.nodes.count - 1)
        defer { bounds.removeLast() }
        for count in stride(from: before.cap, through: min(before.edge.least, before.cap + 1), by: -1) {
          guard try back(node, before.base + count, left, run, &row, found) else { return false }
        }
      }
    }
    guard number < parts.count else { return true }
    guard left > 0 else {
      couldBeLonger = true
      return true
    }
    let part = parts[number]
    var previous: [Int] = []
    if state > part.base { previous.append(state - 1) }
    if part.isUnbounded, state == part.base + part.cap { previous.append(state) }
    guard !previous.isEmpty else { return true }
    let start = steps.count
    try graph.appendSteps(from: node, part.direction.reversed, to: &steps)
    let end = steps.count
    defer { steps.removeSubrange(start...) }
    for index in start..<end {
      let step = steps[index]
      try run.budget.spend()
      guard permits(step, left), try admits(step.edge, part, run, &row) else { continue }
      passedEdges.push(step.edge)
      passedNodes.push(step.node)
      way.nodes.append(step.node)
      way.edges.append(step.edge)
      way.parts.append(number)
      defer {
        passedEdges.pop()
        passedNodes.pop()
        way.nodes.removeLast()
        way.edges.removeLast()
        way.parts.removeLast()
      }
      for state in previous {
        guard try back(step.node, state, left - 1, run, &row, found) else { return false }
      }
    }
    return true
  }

  /// Whether the mode lets the path pass an edge to a node.
  private func permits(_ step: GraphStep, _ left: Int) -> Bool {
    switch pattern.mode {
    case .walk: return true
    case .trail: return !passedEdges.contains(step.edge)
    case .acyclic: return !passedNodes.contains(step.node)
    case .simple:
      if passedEdges.contains(step.edge) { return false }
      guard passedNodes.contains(step.node) else { return true }
      guard step.node == way.nodes[0], step.node == root, !passedNodes.hasTwin else { return false }
      // The ring is closed: there can be no more edges.
      return left == 1
    }
  }

  /// The path that has just been found.
  private func found() -> Found {
    let nodes = bounds.map { way.nodes[$0] } + [root]
    var edges = [[Int]](repeating: [], count: parts.count)
    for (edge, part) in zip(way.edges, way.parts) { edges[part].append(edge) }
    // The way was gone from the far end to the root.
    guard fromLeft else { return Found(nodes: nodes, edges: edges.reversed()) }
    return Found(nodes: nodes.reversed(), edges: edges.map { $0.reversed() })
  }

  /// Sets the places of the row as a path has them.
  private func set(
    _ found: Found, _ run: QueryRun<Graph>, _ row: inout Row, _ emit: (Found, inout Row) throws -> Bool
  ) throws -> Bool {
    for (node, id) in zip(pattern.nodes, found.nodes) {
      if let slot = node.slot { row[slot] = .node(id) }
    }
    for (edge, ids) in zip(pattern.edges, found.edges) {
      guard let slot = edge.slot else { continue }
      row[slot] = edge.isMany ? .list(ids.map { .edge($0) }) : ids.first.map { .edge($0) } ?? .null
    }
    return try emit(found, &row)
  }
}

/// How far nodes and states are from a root.
struct DistanceTable {
  /// Up to this size a table is laid out in full.
  private static let denseLimit = 1 << 20

  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]
  private var touched: [Int] = []

  init(count: Int, width: Int) {
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    dense = overflow || size > Self.denseLimit ? [] : Array(repeating: -1, count: size)
  }

  subscript(key: Int) -> Int? {
    get {
      guard !dense.isEmpty else { return sparse[key].map { Int($0) } }
      return dense[key] < 0 ? nil : Int(dense[key])
    }
    set {
      let value = Int32(clamping: newValue ?? -1)
      if dense.isEmpty {
        sparse[key] = value
      } else {
        dense[key] = value
        touched.append(key)
      }
    }
  }

  /// Forgets all distances.
  mutating func reset() {
    for key in touched { dense[key] = -1 }
    touched.removeAll(keepingCapacity: true)
    sparse.removeAll(keepingCapacity: true)
  }
}
