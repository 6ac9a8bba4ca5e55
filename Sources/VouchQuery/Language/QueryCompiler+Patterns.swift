extension QueryCompiler {
  /// Compiles a `MATCH`: declares its variables, then orders the search so that it begins where few nodes are to be tried.
  mutating func match(_ syntax: MatchSyntax) throws -> MatchPlan {
    let before = Set(0..<plan.slotCount)
    var match = MatchPlan(isOptional: syntax.isOptional)
    var edgeNames: Set<String> = []
    for pattern in syntax.patterns {
      match.patterns.append(try declare(pattern, &edgeNames, isBare: syntax.isBare))
    }
    // All variables have been declared: conditions may look at any of them.
    for (number, pattern) in syntax.patterns.enumerated() {
      for (index, node) in pattern.nodes.enumerated() {
        try addFilters(of: node, to: &match.patterns[number].nodes[index])
      }
      for (index, edge) in pattern.edges.enumerated() {
        try addFilters(of: edge, to: &match.patterns[number].edges[index])
      }
    }
    var conditions: [MatchPlan.Filter] = []
    if let condition = syntax.condition {
      var place = Place(name: "in WHERE")
      // A condition is cut at its ANDs as written, so that each part can be shown.
      for part in condition.conjuncts {
        conditions.append(.init(code: try code(part, &place), text: text(part.range)))
      }
    }
    match.newSlots = (0..<plan.slotCount).filter { slot in
      !before.contains(slot)
    }
    try order(&match, conditions, bound: before)
    return match
  }

  // MARK: Variables

  private mutating func declare(
    _ syntax: PatternSyntax, _ edgeNames: inout Set<String>, isBare: Bool
  ) throws -> MatchPlan.Pattern {
    var nodes: [MatchPlan.Node] = []
    var edges: [MatchPlan.Edge] = []
    // Whether there is a path over any number of edges is told by the shortest one.
    let selector = isBare && syntax.edges.count == 1 ? .shortest(1, withTies: false) : syntax.selector
    for index in syntax.nodes.indices {
      let node = syntax.nodes[index]
      nodes.append(
        MatchPlan.Node(
          slot: try node.variable.map { try slot(of: $0, as: .node, isBare: isBare) },
          classes: try node.labels.map { try labelTable($0) }, name: text(node.range), estimate: graph.nodeCount))
      guard index < syntax.edges.count else { break }
      let edge = syntax.edges[index]
      let isMany = edge.quantifier != nil
      var compiled = MatchPlan.Edge(
        types: try edge.types.map { try typeTable($0) }, direction: edge.direction, isMany: isMany,
        name: text(edge.range), range: edge.range)
      if let variable = edge.variable {
        guard edgeNames.insert(variable.text).inserted else {
          throw QueryError(
            .relationshipUniquenessViolation,
            "\"\(variable.text)\" is another edge of this MATCH; no edge is passed twice",
            at: variable.range)
        }
        compiled.slot = try slot(of: variable, as: isMany ? .list : .edge, isBare: isBare)
      }
      if let quantifier = edge.quantifier {
        compiled.least = quantifier.least
        compiled.most = quantifier.most
        if edge.variable != nil || edge.condition != nil || !edge.properties.isEmpty {
          compiled.innerSlot = declare(nil, .edge)
        }
        if quantifier.most == nil, let maxHops { compiled.most = max(quantifier.least, maxHops) }
        if compiled.most == nil, selector == .all {
          throw QueryError(
            .unbounded,
            "any number of hops needs a selector such as ANY SHORTEST before the pattern, an upper bound such as {1,4}, or --max-hops",
            at: edge.range)
        }
      }
      edges.append(compiled)
    }
    var pattern = MatchPlan.Pattern(
      nodes: nodes, edges: edges, selector: selector, mode: syntax.mode ?? .trail,
      sharesEdges: syntax.mode == nil && selector == .all, name: text(syntax.range))
    if let variable = syntax.variable {
      try refuseBound(variable)
      pattern.pathSlot = declare(variable.text, .path)
    }
    return pattern
  }

  private mutating func slot(of name: NameSyntax, as kind: Kind, isBare: Bool) throws(QueryError) -> Int {
    guard let known = scope[name.text] else {
      if isBare { throw undefined(name.text, at: name.range) }
      return declare(name.text, kind)
    }
    guard known.kind == kind || known.kind == .any else {
      throw QueryError(
        .variableTypeConflict, "\"\(name.text)\" is \(Self.called(known.kind)) and cannot be \(Self.called(kind))",
        at: name.range)
    }
    return known.slot
  }

  // MARK: Conditions in patterns

  private mutating func addFilters(of syntax: NodeSyntax, to node: inout MatchPlan.Node) throws {
    var place = Place(name: "in a pattern")
    let own = node.slot ?? declare(nil, .node)
    let isNeeded = syntax.condition != nil || !syntax.properties.isEmpty
    if isNeeded { node.slot = own }
    for (key, value) in syntax.properties {
      let expected = try code(value, &place)
      if Graph.normal(key.text) == "name", case .constant(.string(let name)) = expected,
        let found = try located(value.range, { try graph.nodes(called: name, classes: node.classes ?? []) })
      {
        node.named = node.named.map { old in old.filter(found.contains) } ?? found
        continue
      }
      node.filters.append(try equality(own, .node, key, expected, value.range))
    }
    if let condition = syntax.condition {
      for part in condition.conjuncts {
        node.filters.append(.init(code: try code(part, &place), text: text(part.range)))
      }
    }
    if let named = node.named {
      node.estimate = named.count
    } else if let classes = node.classes {
      node.estimate = 0
      for (index, isIn) in classes.enumerated() where isIn { node.estimate += try graph.nodes(ofClass: index).count }
    }
  }

  private mutating func addFilters(of syntax: EdgeSyntax, to edge: inout MatchPlan.Edge) throws {
    var place = Place(name: "in a pattern")
    guard syntax.condition != nil || !syntax.properties.isEmpty else { return }
    let own = edge.isMany ? edge.innerSlot : edge.slot
    let slot = own ?? declare(nil, .edge)
    if edge.isMany { edge.innerSlot = slot } else { edge.slot = slot }
    for (key, value) in syntax.properties {
      edge.filters.append(try equality(slot, .edge, key, try code(value, &place), value.range))
    }
    guard let condition = syntax.condition else { return }
    // Inside the pattern the variable of a quantified edge is the single edge.
    let outer = scope
    if let variable = syntax.variable { scope.declare(variable.text, Variable(slot: slot, kind: .edge)) }
    for part in condition.conjuncts { edge.filters.append(.init(code: try code(part, &place), text: text(part.range))) }
    scope = outer
  }

  private func equality(
    _ slot: Int, _ kind: Kind, _ key: NameSyntax, _ value: QueryCode, _ range: Range<Int>
  ) throws -> MatchPlan.Filter {
    .init(
      code: .comparison(.property(.slot(slot), try self.key(key, of: kind)), [(.equal, value)]),
      text: "\(key.text) = \(text(range))")
  }

  /// Puts the place in the query behind an error of the graph.
  private func located<Result>(_ range: Range<Int>, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch var error as QueryError {
      error.range = error.range ?? range
      throw error
    }
  }

  // MARK: Order

  /// Chooses the order of operations: each pattern begins at its end or node that admits fewest, bound ones first.
  private func order(_ match: inout MatchPlan, _ conditions: [MatchPlan.Filter], bound before: Set<Int>) throws {
    var bound = before
    var waiting = conditions
    var open = Array(match.patterns.indices)
    while !open.isEmpty {
      let starts = open.map { start(match.patterns[$0], bound) }
      let best = starts.indices.min { (starts[$0].cost, open[$0]) < (starts[$1].cost, open[$1]) } ?? 0
      let number = open.remove(at: best)
      var operations: [MatchPlan.Operation] = []
      if match.patterns[number].selector == .all {
        operations = steps(number, &match.patterns[number], starts[best], &bound, &waiting)
      } else {
        operations = try selection(number, match.patterns[number], &bound)
      }
      if let slot = match.patterns[number].pathSlot {
        operations.append(.init(kind: .finish(pattern: number)))
        bound.insert(slot)
      }
      // What could not be looked at on the way is looked at as soon as its variables are bound.
      if let last = operations.indices.last {
        let ready = waiting.filter { $0.code.slots.isSubset(of: bound) }
        waiting.removeAll { $0.code.slots.isSubset(of: bound) }
        operations[last].filters += ready
      }
      match.operations += operations
    }
    // A variable of the clause that no pattern binds does not exist; nothing waits here.
    if let last = match.operations.indices.last { match.operations[last].filters += waiting }
  }

  /// The node at which a pattern is best begun.
  private func start(
    _ pattern: MatchPlan.Pattern, _ bound: Set<Int>
  ) -> (node: Int, cost: Int, source: MatchPlan.Start) {
    func isBound(_ slot: Int?) -> Bool { slot.map(bound.contains) ?? false }
    var best: (node: Int, cost: Int, source: MatchPlan.Start)?
    for (index, node) in pattern.nodes.enumerated() {
      var candidate: (node: Int, cost: Int, source: MatchPlan.Start)
      if let slot = node.slot, bound.contains(slot) {
        candidate = (index, 0, .bound(slot: slot))
      } else if let named = node.named {
        candidate = (index, 1 + named.count, .named(named))
      } else if let edge = [index - 1, index].first(where: {
        pattern.edges.indices.contains($0) && isBound(pattern.edges[$0].slot) && !pattern.edges[$0].isMany
      }), let slot = pattern.edges[edge].slot {
        candidate = (index, 3, .endsOfEdge(slot: slot))
      } else {
        // A property that must have one value admits few.
        let isSelective = node.filters.contains { $0.code.slots.count == 1 }
        let source: MatchPlan.Start =
          node.classes.map { classes in .classes(classes.indices.filter { classes[$0] }) } ?? .all
        candidate = (index, 4 + (isSelective ? node.estimate / 8 : node.estimate), source)
      }
      if best.map({ candidate.cost < $0.cost }) ?? true { best = candidate }
    }
    return best ?? (0, graph.nodeCount, .all)
  }

  private func steps(
    _ number: Int, _ pattern: inout MatchPlan.Pattern, _ start: (node: Int, cost: Int, source: MatchPlan.Start),
    _ bound: inout Set<Int>, _ waiting: inout [MatchPlan.Filter]
  ) -> [MatchPlan.Operation] {
    var operations: [MatchPlan.Operation] = []
    /// Keeps the filters that can be looked at when their element is admitted; the others wait.
    func settle(_ filters: inout [MatchPlan.Filter], own: Int?) {
      let known = own.map { bound.union([$0]) } ?? bound
      waiting += filters.filter { !$0.code.slots.isSubset(of: known) }
      filters.removeAll { !$0.code.slots.isSubset(of: known) }
    }
    func finish(_ operation: MatchPlan.Operation) {
      var operation = operation
      operation.filters = waiting.filter { $0.code.slots.isSubset(of: bound) }
      waiting.removeAll { $0.code.slots.isSubset(of: bound) }
      operations.append(operation)
    }
    func bind(_ slot: Int?) -> Bool {
      guard let slot else { return false }
      return !bound.insert(slot).inserted
    }

    settle(&pattern.nodes[start.node].filters, own: pattern.nodes[start.node].slot)
    var first = MatchPlan.Operation(kind: .start(pattern: number, node: start.node, start.source))
    first.nodeIsBound = bind(pattern.nodes[start.node].slot)
    finish(first)
    func pass(_ edge: Int, isForward: Bool) {
      let node = isForward ? edge + 1 : edge
      settle(
        &pattern.edges[edge].filters,
        own: pattern.edges[edge].isMany ? pattern.edges[edge].innerSlot : pattern.edges[edge].slot)
      var operation = MatchPlan.Operation(kind: .expand(pattern: number, edge: edge, isForward: isForward))
      operation.edgeIsBound = bind(pattern.edges[edge].slot)
      settle(&pattern.nodes[node].filters, own: pattern.nodes[node].slot)
      operation.nodeIsBound = bind(pattern.nodes[node].slot)
      finish(operation)
    }
    for edge in start.node..<pattern.edges.count { pass(edge, isForward: true) }
    for edge in (0..<start.node).reversed() { pass(edge, isForward: false) }
    operations[operations.count - 1].isLast = true
    return operations
  }

  /// A pattern with a selector is searched as a whole, from the end that admits fewer nodes.
  private func selection(
    _ number: Int, _ pattern: MatchPlan.Pattern, _ bound: inout Set<Int>
  ) throws -> [MatchPlan.Operation] {
    let last = pattern.nodes.count - 1
    func refuse(_ what: String, _ range: Range<Int>?) -> QueryError {
      QueryError(
        .unsupported, "\(what) inside a pattern with a selector; put it into a MATCH before, or into WHERE", at: range)
    }
    var own: Set<Int> = []
    for (index, node) in pattern.nodes.enumerated() {
      guard let slot = node.slot else { continue }
      if own.contains(slot), !(index == last && slot == pattern.nodes[0].slot) {
        throw refuse("a node cannot be named twice", nil)
      }
      if index > 0, index < last, bound.contains(slot) { throw refuse("a node that is known cannot stand", nil) }
      own.insert(slot)
    }
    for edge in pattern.edges {
      if let slot = edge.slot, bound.contains(slot) { throw refuse("an edge that is known cannot stand", edge.range) }
    }
    for (filters, slot) in pattern.nodes.map({ ($0.filters, $0.slot) })
      + pattern.edges.map({ ($0.filters, $0.isMany ? $0.innerSlot : $0.slot) })
    {
      for filter in filters where !filter.code.slots.subtracting(slot.map { [$0] } ?? []).isSubset(of: bound) {
        throw refuse("\"\(filter.text)\" looks at another part of the path, which is not possible", nil)
      }
    }
    func cost(_ node: MatchPlan.Node) -> Int {
      if let slot = node.slot, bound.contains(slot) { return 0 }
      return 1 + (node.filters.isEmpty ? node.estimate : node.estimate / 8)
    }
    let fromLeft = cost(pattern.nodes[0]) <= cost(pattern.nodes[last])
    var operation = MatchPlan.Operation(kind: .select(pattern: number, fromLeft: fromLeft))
    let root = pattern.nodes[fromLeft ? 0 : last]
    let other = pattern.nodes[fromLeft ? last : 0]
    operation.edgeIsBound = root.slot.map(bound.contains) ?? false
    operation.nodeIsBound = other.slot.map(bound.contains) ?? false
    for slot in pattern.nodes.map(\.slot) + pattern.edges.map(\.slot) {
      if let slot { bound.insert(slot) }
    }
    return [operation]
  }
}

extension ExpressionSyntax {
  /// The parts of a conjunction.
  var conjuncts: [ExpressionSyntax] {
    var parts: [ExpressionSyntax] = []
    var open = [self]
    while let next = open.popLast() {
      if case .binary(.and, let a, let b) = next.kind { open += [b, a] } else { parts.append(next) }
    }
    return parts
  }
}
