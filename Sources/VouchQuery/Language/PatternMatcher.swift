/// Finds what the patterns of one `MATCH` match, by depth-first search in the order that the plan has chosen.
final class PatternMatcher<Graph: PropertyGraph> {
  typealias Row = [QueryValue]
  typealias Emit = (inout Row) throws -> Bool

  private let graph: Graph
  let plan: MatchPlan
  /// What has been matched so far: for each pattern its nodes from left to right, and the edges of each edge pattern.
  private var nodes: [[Int]]
  private var edges: [[[Int]]]
  /// Edges that no edge of the clause may be again, and those of each pattern with a mode of its own.
  private var shared = PassedElements()
  private var own: [PassedElements]
  /// Nodes of each pattern that may pass none twice.
  private var passed: [PassedElements]
  /// Steps from the nodes on the way; each level of the search uses the part behind that of the level above.
  private var steps: [GraphStep] = []
  private var searches: [SelectedSearch<Graph>?]
  /// For operations that pass an edge several times to a known node: how far nodes are from it, filters left aside.
  private var reaches: [(target: Int, distances: DistanceTable)?]

  init(_ graph: Graph, _ plan: MatchPlan) {
    self.graph = graph
    self.plan = plan
    nodes = plan.patterns.map { Array(repeating: -1, count: $0.nodes.count) }
    edges = plan.patterns.map { Array(repeating: [], count: $0.edges.count) }
    own = plan.patterns.map { _ in PassedElements() }
    passed = own
    reaches = plan.operations.map { _ in nil }
    searches = plan.operations.map { operation in
      guard case .select(let pattern, let fromLeft) = operation.kind else { return nil }
      return SelectedSearch(graph, plan.patterns[pattern], fromLeft: fromLeft)
    }
  }

  /// Finds all matches for a row and hands the row with each of them to `emit`, until that wants no more.
  ///
  /// - Returns: Whether it still wanted more.
  func run(_ run: QueryRun<Graph>, _ row: inout Row, _ emit: Emit) throws -> Bool {
    try match(0, run, &row, emit)
  }

  private func match(_ number: Int, _ run: QueryRun<Graph>, _ row: inout Row, _ emit: Emit) throws -> Bool {
    guard number < plan.operations.count else { return try emit(&row) }
    try run.descend()
    defer { run.ascend() }
    let operation = plan.operations[number]
    switch operation.kind {
    case .start(let pattern, let node, let source):
      func begin(_ id: Int, _ row: inout Row) throws -> Bool {
        try run.budget.spend()
        return try arrive(id, node, pattern, operation, number, run, &row, emit)
      }
      switch source {
      case .bound(let slot):
        // Nothing is joined to what an optional match has not found.
        guard case .node(let id) = row[slot] else { return true }
        return try begin(id, &row)
      case .named(let ids):
        for id in ids where try !begin(id, &row) { return false }
      case .endsOfEdge(let slot):
        guard case .edge(let edge) = row[slot] else { return true }
        let ends = try graph.ends(edge)
        if try !begin(ends.source, &row) { return false }
        if ends.target != ends.source, try !begin(ends.target, &row) { return false }
      case .classes(let classes):
        for index in classes {
          for id in try graph.nodes(ofClass: index) where try !begin(id, &row) { return false }
        }
      case .all:
        for id in 0..<graph.nodeCount where try !begin(id, &row) { return false }
      }
      return true
    case .expand(let pattern, let edge, let isForward):
      let from = nodes[pattern][isForward ? edge : edge + 1]
      let plan = self.plan.patterns[pattern].edges[edge]
      if plan.isMany {
        if operation.edgeIsBound {
          return try follow(pattern, edge, isForward, from, operation, number, run, &row, emit)
        }
        edges[pattern][edge].removeAll(keepingCapacity: true)
        try look(
          ahead: plan, isForward, to: self.plan.patterns[pattern].nodes[isForward ? edge + 1 : edge], number, run, row)
        return try grow(pattern, edge, isForward, from, operation, number, run, &row, emit)
      }
      return try forEachStep(from, isForward ? plan.direction : plan.direction.reversed) { step in
        try run.budget.spend()
        if operation.edgeIsBound, let slot = plan.slot, row[slot] != .edge(step.edge) { return true }
        if let slot = plan.slot { row[slot] = .edge(step.edge) }
        guard try admits(step.edge, plan, run, &row) else { return true }
        return try pass(step, pattern) {
          edges[pattern][edge] = [step.edge]
          return try arrive(
            step.node, isForward ? edge + 1 : edge, pattern, operation, number, run, &row, emit)
        }
      }
    case .select(let pattern, _):
      guard let search = searches[number] else { return true }
      return try search.run(run, &row, operation) { path, row in
        nodes[pattern] = path.nodes
        edges[pattern] = path.edges
        guard try meets(operation.filters, run, &row) else { return true }
        return try match(number + 1, run, &row, emit)
      }
    case .finish(let pattern):
      if let slot = plan.patterns[pattern].pathSlot { row[slot] = .path(try path(of: pattern)) }
      guard try meets(operation.filters, run, &row) else { return true }
      return try match(number + 1, run, &row, emit)
    }
  }

  // MARK: Admission

  /// Goes on from a node if the pattern admits it.
  private func arrive(
    _ id: Int, _ index: Int, _ pattern: Int, _ operation: MatchPlan.Operation, _ number: Int, _ run: QueryRun<Graph>,
    _ row: inout Row, _ emit: Emit
  ) throws -> Bool {
    let node = plan.patterns[pattern].nodes[index]
    if let classes = node.classes, try !classes[graph.nodeClass(id)] { return true }
    if let named = node.named, !named.contains(sorted: id) { return true }
    if let slot = node.slot {
      if operation.nodeIsBound {
        guard row[slot] == .node(id) else { return true }
      } else {
        row[slot] = .node(id)
      }
    }
    guard try meets(node.filters, run, &row) else { return true }
    nodes[pattern][index] = id
    // The first node of a search has not been passed by a step.
    var isFirst = false
    if case .start = operation.kind {
      isFirst = true
      passed[pattern].push(id)
    }
    defer { if isFirst { passed[pattern].pop() } }
    if operation.isLast, passed[pattern].hasTwin, plan.patterns[pattern].mode == .simple,
      nodes[pattern].first != nodes[pattern].last
    {
      return true
    }
    guard try meets(operation.filters, run, &row) else { return true }
    return try match(number + 1, run, &row, emit)
  }

  /// Whether an edge pattern admits an edge; the edge's place in the row has been set.
  private func admits(
    _ edge: Int, _ plan: MatchPlan.Edge, _ run: QueryRun<Graph>, _ row: inout Row
  ) throws -> Bool {
    if let types = plan.types, try !types[graph.edgeType(edge)] { return false }
    return try meets(plan.filters, run, &row)
  }

  private func meets(_ filters: [MatchPlan.Filter], _ run: QueryRun<Graph>, _ row: inout Row) throws -> Bool {
    for filter in filters where try run.truth(filter.code, &row) != true { return false }
    return true
  }

  /// Runs `body` with an edge and the node behind it on the way, unless the pattern's mode forbids it.
  private func pass(_ step: GraphStep, _ pattern: Int, _ body: () throws -> Bool) throws -> Bool {
    let plan = self.plan.patterns[pattern]
    let mode = plan.mode
    if mode != .walk {
      guard !(plan.sharesEdges ? shared : own[pattern]).contains(step.edge) else { return true }
    }
    if mode == .acyclic, passed[pattern].contains(step.node) { return true }
    // One node may be there twice: whether these are the ends is seen when the path is whole.
    if mode == .simple, passed[pattern].contains(step.node), passed[pattern].hasTwin { return true }
    if plan.sharesEdges { shared.push(step.edge) } else { own[pattern].push(step.edge) }
    passed[pattern].push(step.node)
    defer {
      if plan.sharesEdges { shared.pop() } else { own[pattern].pop() }
      passed[pattern].pop()
    }
    return try body()
  }

  private func forEachStep(
    _ node: Int, _ direction: EdgeDirection, _ body: (GraphStep) throws -> Bool
  ) throws -> Bool {
    let start = steps.count
    try graph.appendSteps(from: node, direction, to: &steps)
    let end = steps.count
    defer { steps.removeSubrange(start...) }
    for index in start..<end where try !body(steps[index]) { return false }
    return true
  }

  // MARK: Edges passed several times

  private func grow(
    _ pattern: Int, _ edge: Int, _ isForward: Bool, _ from: Int, _ operation: MatchPlan.Operation, _ number: Int,
    _ run: QueryRun<Graph>, _ row: inout Row, _ emit: Emit
  ) throws -> Bool {
    try run.descend()
    defer { run.ascend() }
    let plan = self.plan.patterns[pattern].edges[edge]
    let depth = edges[pattern][edge].count
    if let reach = reaches[number] {
      guard let distance = reach.distances[from], distance + depth <= plan.most ?? .max else { return true }
    }
    if depth >= plan.least, depth <= plan.most ?? .max {
      let passed = edges[pattern][edge]
      let wantsMore = try close(pattern, edge, isForward, from, operation, number, run, &row, emit)
      edges[pattern][edge] = passed
      if !wantsMore { return false }
    }
    guard depth < plan.most ?? .max else { return true }
    return try forEachStep(from, isForward ? plan.direction : plan.direction.reversed) { step in
      try run.budget.spend()
      if let slot = plan.innerSlot { row[slot] = .edge(step.edge) }
      guard try admits(step.edge, plan, run, &row) else { return true }
      return try pass(step, pattern) {
        edges[pattern][edge].append(step.edge)
        defer { edges[pattern][edge].removeLast() }
        return try grow(pattern, edge, isForward, step.node, operation, number, run, &row, emit)
      }
    }
  }

  /// Finds how far nodes are from the node that a quantified edge must lead to, so that no way is followed from which it is out
  /// of reach.
  private func look(
    ahead edge: MatchPlan.Edge, _ isForward: Bool, to node: MatchPlan.Node, _ number: Int, _ run: QueryRun<Graph>,
    _ row: Row
  ) throws {
    guard let most = edge.most, most > 2 else { return }
    var target: Int?
    if plan.operations[number].nodeIsBound, let slot = node.slot {
      if case .node(let id) = row[slot] { target = id }
    } else if let named = node.named, named.count == 1 {
      target = named[0]
    }
    guard let target, reaches[number]?.target != target else { return }
    var distances = reaches[number]?.distances ?? DistanceTable(count: graph.nodeCount, width: 1)
    distances.reset()
    distances[target] = 0
    var frontier = [target]
    let direction = isForward ? edge.direction.reversed : edge.direction
    var level = 0
    while level < most, !frontier.isEmpty {
      level += 1
      var next: [Int] = []
      for node in frontier {
        _ = try forEachStep(node, direction) { step in
          try run.budget.spend()
          guard distances[step.node] == nil else { return true }
          if let types = edge.types, try !types[graph.edgeType(step.edge)] { return true }
          distances[step.node] = level
          next.append(step.node)
          return true
        }
      }
      frontier = next
    }
    reaches[number] = (target, distances)
  }

  /// Ends a quantified edge at a node.
  private func close(
    _ pattern: Int, _ edge: Int, _ isForward: Bool, _ node: Int, _ operation: MatchPlan.Operation, _ number: Int,
    _ run: QueryRun<Graph>, _ row: inout Row, _ emit: Emit
  ) throws -> Bool {
    if !isForward { edges[pattern][edge].reverse() }
    if let slot = plan.patterns[pattern].edges[edge].slot, !operation.edgeIsBound {
      row[slot] = .list(edges[pattern][edge].map { .edge($0) })
    }
    return try arrive(node, isForward ? edge + 1 : edge, pattern, operation, number, run, &row, emit)
  }

  /// Passes a list of edges that is bound already, in its order.
  private func follow(
    _ pattern: Int, _ edge: Int, _ isForward: Bool, _ from: Int, _ operation: MatchPlan.Operation, _ number: Int,
    _ run: QueryRun<Graph>, _ row: inout Row, _ emit: Emit
  ) throws -> Bool {
    let plan = self.plan.patterns[pattern].edges[edge]
    guard let slot = plan.slot, case .list(let values) = row[slot], values.count >= plan.least,
      values.count <= plan.most ?? .max
    else { return true }
    let wanted = values.compactMap { value -> Int? in
      if case .edge(let id) = value { return id }
      return nil
    }
    guard wanted.count == values.count else { return true }
    edges[pattern][edge].removeAll(keepingCapacity: true)
    func go(_ depth: Int, _ node: Int, _ row: inout Row) throws -> Bool {
      guard depth < wanted.count else {
        return try close(pattern, edge, isForward, node, operation, number, run, &row, emit)
      }
      let next = wanted[isForward ? depth : wanted.count - 1 - depth]
      return try forEachStep(node, isForward ? plan.direction : plan.direction.reversed) { step in
        try run.budget.spend()
        guard step.edge == next else { return true }
        if let slot = plan.innerSlot { row[slot] = .edge(step.edge) }
        guard try admits(step.edge, plan, run, &row) else { return true }
        return try pass(step, pattern) {
          let before = edges[pattern][edge]
          edges[pattern][edge].append(step.edge)
          defer { edges[pattern][edge] = before }
          return try go(depth + 1, step.node, &row)
        }
      }
    }
    return try go(0, from, &row)
  }

  // MARK: Paths

  /// The path that a pattern has matched, from left to right.
  private func path(of pattern: Int) throws -> QueryPath {
    var way = [nodes[pattern][0]]
    var passed: [Int] = []
    for edge in edges[pattern].joined() {
      let ends = try graph.ends(edge)
      way.append(ends.source == way[way.count - 1] ? ends.target : ends.source)
      passed.append(edge)
    }
    return QueryPath(nodes: way, edges: passed)
  }
}

/// Nodes or edges that are on the way, in a stack that is searched.
struct PassedElements {
  /// From this height on a table is kept beside the stack.
  private static let tableHeight = 24

  private var stack: [Int] = []
  private var counts: [Int: Int] = [:]
  private var twins = 0

  /// Whether some element is there twice.
  var hasTwin: Bool { twins > 0 }

  func contains(_ element: Int) -> Bool {
    stack.count <= Self.tableHeight ? stack.contains(element) : counts[element] != nil
  }

  mutating func push(_ element: Int) {
    if contains(element) { twins += 1 }
    stack.append(element)
    if stack.count == Self.tableHeight + 1 {
      counts = [:]
      for element in stack { counts[element, default: 0] += 1 }
    } else if stack.count > Self.tableHeight {
      counts[element, default: 0] += 1
    }
  }

  mutating func pop() {
    guard let element = stack.popLast() else { return }
    if stack.count > Self.tableHeight, let count = counts[element] {
      counts[element] = count > 1 ? count - 1 : nil
    }
    if twins > 0, contains(element) { twins -= 1 }
  }
}

extension [Int] {
  /// Whether an ascending array holds `element`.
  func contains(sorted element: Int) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < element { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == element
  }
}
