internal import VouchCore

extension QueryCompiler {
  /// Compiles an expression.
  mutating func code(_ expression: ExpressionSyntax, _ place: inout Place) throws -> QueryCode {
    if !place.columns.isEmpty, let slot = place.columns[signature(expression)] { return .slot(slot) }
    switch expression.kind {
    case .literal(let value): return .constant(value)
    case .parameter(let name):
      guard let value = parameters[name] else {
        let advice = QueryError.advice(for: name, among: parameters.keys.sorted(), called: "given are")
        throw QueryError(.missingParameter, "the parameter $\(name) has no value\(advice)", at: expression.range)
      }
      return .constant(value)
    case .variable(let name):
      guard let variable = scope[name] else { throw undefined(name, at: expression.range) }
      return .slot(variable.slot)
    case .property(let of, let name):
      let kind = kind(of: of)
      if kind == .path {
        throw QueryError(
          .invalidArgumentType, "a path has no properties; use nodes(), edges() or length()", at: expression.range)
      }
      return .property(try code(of, &place), try key(name, of: kind))
    case .index(let list, let position): return .index(try code(list, &place), try code(position, &place))
    case .slice(let list, let low, let high):
      return .slice(
        try code(list, &place), try low.map { try code($0, &place) }, try high.map { try code($0, &place) })
    case .hasLabels(let of, let labels):
      let kind = kind(of: of)
      let none: [Bool] = []
      return .hasLabels(
        try code(of, &place), nodes: kind == .edge ? none : try labelTable(labels),
        edges: kind == .edge ? try typeTable(labels) : none)
    case .list(let parts): return .list(try parts.map { try code($0, &place) })
    case .map(let entries): return .map(try entries.map { ($0.key.text, try code($0.value, &place)) })
    case .not(let operand): return .not(try code(operand, &place))
    case .negated(let operand): return .negated(try code(operand, &place), at: expression.range)
    case .binary(let sign, let left, let right):
      let (a, b) = (try code(left, &place), try code(right, &place))
      switch sign {
      case .and: return .and(a, b)
      case .or: return .or(a, b)
      case .xor: return .xor(a, b)
      default: return .binary(sign, a, b, at: expression.range)
      }
    case .comparison(let first, let others):
      return .comparison(try code(first, &place), try others.map { ($0.0, try code($0.1, &place)) })
    case .isNull(let operand, let isNegated): return .isNull(try code(operand, &place), isNegated: isNegated)
    case .countAll:
      return try aggregate(.init(function: .count, argument: nil, isDistinct: false, range: expression.range), &place)
    case .call(let name, let arguments, let isDistinct):
      return try call(name, arguments, isDistinct, expression, &place)
    case .comprehension(let name, let list, let condition, let result):
      let list = try code(list, &place)
      return try withLocal(name, listOf: list) { compiler, slot in
        .comprehension(
          slot, list, condition: try condition.map { try compiler.code($0, &place) },
          result: try result.map { try compiler.code($0, &place) })
      }
    case .quantified(let quantity, let name, let list, let condition):
      let list = try code(list, &place)
      return try withLocal(name, listOf: list) { compiler, slot in
        .quantified(quantity, slot, list, condition: try compiler.code(condition, &place))
      }
    case .conditional(let subject, let cases, let otherwise):
      return .conditional(
        try subject.map { try code($0, &place) },
        try cases.map { (try code($0.when, &place), try code($0.then, &place)) },
        try otherwise.map { try code($0, &place) })
    case .exists(let match): return try exists(match)
    }
  }

  /// Whether the parts of an aggregating column that are no aggregates stand in columns of their own.
  func check(_ expression: ExpressionSyntax, keys: Set<[QueryToken.Kind]>) throws(QueryError) {
    if keys.contains(signature(expression)) { return }
    func inside(_ parts: [ExpressionSyntax?]) throws(QueryError) {
      for case let part? in parts { try check(part, keys: keys) }
    }
    switch expression.kind {
    case .literal, .parameter, .countAll, .exists: return
    case .variable(let name):
      throw QueryError(
        .ambiguousAggregationExpression,
        "\"\(name)\" stands beside an aggregate; return it in a column of its own, or use a WITH before",
        at: expression.range)
    case .property(let a, _), .hasLabels(let a, _), .not(let a), .negated(let a), .isNull(let a, _): try inside([a])
    case .index(let a, let b), .binary(_, let a, let b): try inside([a, b])
    case .slice(let a, let b, let c): try inside([a, b, c])
    case .list(let parts): try inside(parts)
    case .map(let entries): try inside(entries.map(\.value))
    case .comparison(let first, let others): try inside([first] + others.map(\.1))
    case .call(let name, let arguments, _):
      if QueryAggregate(called: name.text) == nil { try inside(arguments) }
    case .comprehension(_, let list, _, _), .quantified(_, _, let list, _): try inside([list])
    case .conditional(let subject, let cases, let otherwise):
      try inside([subject, otherwise] + cases.flatMap { [$0.when, $0.then] })
    }
  }

  /// What kind of value an expression gives, where that can be told.
  func kind(of expression: ExpressionSyntax) -> Kind {
    switch expression.kind {
    case .variable(let name): scope[name]?.kind ?? .any
    case .list, .comprehension, .slice: .list
    case .literal(.null): .any
    case .literal, .map, .comparison, .not, .isNull, .exists, .quantified, .hasLabels, .countAll: .scalar
    case .call(let name, _, _):
      switch QueryFunction(called: name.text) {
      case .startNode, .endNode: .node
      case .nodes, .relationships, .edges, .labels, .keys, .split, .range: .list
      default: .any
      }
    default: .any
    }
  }

  func undefined(_ name: String, at range: Range<Int>) -> QueryError {
    QueryError(
      .undefinedVariable,
      "no variable is called \"\(name)\"" + QueryError.advice(for: name, among: scope.names, called: "there are"),
      at: range)
  }

  // MARK: Parts

  /// Compiles with a variable that only a part of an expression sees.
  private mutating func withLocal(
    _ name: NameSyntax, listOf list: QueryCode, _ body: (inout QueryCompiler, Int) throws -> QueryCode
  ) throws -> QueryCode {
    let outer = scope
    var kind = Kind.any
    if case .call(let function, _, _) = list {
      if function == .nodes { kind = .node }
      if function == .edges || function == .relationships { kind = .edge }
    }
    let slot = declare(name.text, kind)
    let code = try body(&self, slot)
    scope = outer
    return code
  }

  private mutating func exists(_ match: MatchSyntax) throws -> QueryCode {
    let outer = scope
    let known = Set(0..<plan.slotCount)
    let compiled = try self.match(match)
    scope = outer
    let number = plan.existing.count
    plan.existing.append(compiled)
    // The pattern may read whatever was bound before it.
    var used: Set<Int> = []
    for pattern in compiled.patterns {
      for slot in pattern.nodes.map(\.slot) + pattern.edges.map(\.slot) {
        if let slot, known.contains(slot) { used.insert(slot) }
      }
      for filter in pattern.nodes.flatMap(\.filters) + pattern.edges.flatMap(\.filters) {
        used.formUnion(filter.code.slots)
      }
    }
    for operation in compiled.operations {
      for filter in operation.filters { used.formUnion(filter.code.slots) }
    }
    return .exists(number, slots: used.intersection(known))
  }

  private mutating func aggregate(_ call: QueryAggregate.Call, _ place: inout Place) throws -> QueryCode {
    guard !place.isInsideAggregate, let count = place.aggregates?.count else {
      throw QueryError(
        .invalidAggregation,
        "\(call.function.rawValue)() counts over rows and cannot stand \(place.isInsideAggregate ? "in another aggregate" : place.name); compute it in a WITH before",
        at: call.range)
    }
    place.aggregates?.append(call)
    return .aggregate(count)
  }

  private mutating func call(
    _ name: NameSyntax, _ arguments: [ExpressionSyntax], _ isDistinct: Bool, _ expression: ExpressionSyntax,
    _ place: inout Place
  ) throws -> QueryCode {
    if let function = QueryAggregate(called: name.text) {
      guard arguments.count == 1 else {
        throw QueryError(
          .invalidNumberOfArguments, "\(name.text)() takes one argument; found \(arguments.count)", at: expression.range
        )
      }
      guard !place.isInsideAggregate, place.aggregates != nil else {
        return try aggregate(
          .init(function: function, argument: nil, isDistinct: isDistinct, range: expression.range), &place)
      }
      place.isInsideAggregate = true
      let argument = try code(arguments[0], &place)
      place.isInsideAggregate = false
      return try aggregate(
        .init(function: function, argument: argument, isDistinct: isDistinct, range: expression.range), &place)
    }
    guard let function = QueryFunction(called: name.text), !isDistinct else {
      let names = QueryFunction.allCases.map(\.rawValue) + QueryAggregate.allCases.map(\.rawValue)
      throw QueryError(
        .unknownFunction,
        "no function is called \"\(name.text)\"" + QueryError.advice(for: name.text, among: names, called: "there are"),
        at: name.range)
    }
    guard function.arity.contains(arguments.count) else {
      let least = function.arity.lowerBound
      let most = function.arity.upperBound
      throw QueryError(
        .invalidNumberOfArguments,
        "\(function.rawValue)() takes \(least == most ? "\(least)" : "\(least) to \(most)"), found \(arguments.count)",
        at: expression.range)
    }
    let first = kind(of: arguments[0])
    let refused: [Kind] =
      switch function {
      case .length: [.node, .edge, .scalar]
      case .nodes, .relationships, .edges: [.node, .edge, .scalar, .list]
      case .type, .startNode, .endNode: [.node, .path, .list, .scalar]
      case .labels: [.edge, .path, .list, .scalar]
      case .size: [.node, .edge, .path]
      case .properties, .keys: [.path, .list]
      default: []
      }
    if refused.contains(first) {
      throw QueryError(
        .invalidArgumentType, "\(function.rawValue)() cannot take \(Self.called(first))", at: arguments[0].range)
    }
    return .call(function, try arguments.map { try code($0, &place) }, at: expression.range)
  }

  static func called(_ kind: Kind) -> String {
    switch kind {
    case .any: "this"
    case .node: "a node"
    case .edge: "an edge"
    case .path: "a path"
    case .list: "a list"
    case .scalar: "a plain value"
    }
  }
}
