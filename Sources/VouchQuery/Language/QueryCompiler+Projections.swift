extension QueryCompiler {
  /// Compiles a `WITH` or `RETURN`; what follows sees its columns only.
  mutating func project(_ syntax: ProjectionSyntax) throws -> ProjectionPlan {
    var plan = ProjectionPlan(isReturn: syntax.isReturn, isDistinct: syntax.isDistinct)
    let before = scope
    var after = Scope()
    var place = Place(aggregates: [])
    var columns: [[QueryToken.Kind]: Int] = [:]
    var keys: Set<[QueryToken.Kind]> = []

    if syntax.takesAll {
      guard !before.names.isEmpty || !syntax.isReturn else {
        throw QueryError(.noVariablesInScope, "there is nothing that * could stand for", at: syntax.range)
      }
      for name in before.names {
        guard let variable = before[name] else { continue }
        let slot = self.declare(nil, variable.kind)
        after.declare(name, Variable(slot: slot, kind: variable.kind))
        plan.columns.append(.init(name: name, slot: slot, code: .slot(variable.slot), isAggregate: false))
        keys.insert([.name(name, isQuoted: false)])
      }
    }
    for item in syntax.items {
      let count = place.aggregates?.count ?? 0
      let code = try code(item.expression, &place)
      let isAggregate = (place.aggregates?.count ?? 0) > count
      var name = item.alias?.text
      if name == nil {
        if case .variable(let own) = item.expression.kind {
          name = own
        } else if syntax.isReturn {
          name = item.text
        }
      }
      guard let name else {
        throw QueryError(
          .noExpressionAlias, "what WITH hands on needs a name; write \(item.text) AS name", at: item.expression.range)
      }
      if after[name] != nil {
        throw QueryError(
          .columnNameConflict, "two columns are called \"\(name)\"", at: item.alias?.range ?? item.expression.range)
      }
      let kind = kind(of: item.expression)
      let slot = self.declare(nil, kind)
      after.declare(name, Variable(slot: slot, kind: kind))
      plan.columns.append(.init(name: name, slot: slot, code: code, isAggregate: isAggregate))
      columns[signature(item.expression)] = slot
      if !isAggregate { keys.insert(signature(item.expression)) }
    }
    plan.aggregates = place.aggregates ?? []
    if plan.isAggregating {
      for (item, column) in zip(syntax.items, plan.columns.suffix(syntax.items.count)) where column.isAggregate {
        try check(item.expression, keys: keys)
      }
    }
    plan.skip = try count(syntax.skip, "SKIP") ?? 0
    plan.limit = try count(syntax.limit, "LIMIT")

    // What sorts the rows may also use what was there before, unless rows were put together.
    scope = after
    if !plan.isAggregating, !plan.isDistinct {
      for name in before.names where scope[name] == nil {
        if let variable = before[name] { scope.declare(name, variable) }
      }
    }
    var sorting = Place(name: "in ORDER BY unless a column has it too", columns: columns)
    plan.order = try syntax.order.map { (try code($0.expression, &sorting), $0.isDescending) }
    scope = after
    if let condition = syntax.condition {
      var place = Place(name: "in WHERE")
      plan.condition = try code(condition, &place)
    }
    return plan
  }

  /// The value of a `SKIP` or `LIMIT`, which no row can change.
  private mutating func count(_ expression: ExpressionSyntax?, _ word: String) throws -> Int? {
    guard let expression else { return nil }
    let outer = scope
    defer { scope = outer }
    // Variables are looked up first, so that an unknown one is called so.
    var place = Place(name: "in \(word)")
    let code = try code(expression, &place)
    guard code.slots.isEmpty else {
      throw QueryError(.nonConstantExpression, "\(word) must be the same for all rows", at: expression.range)
    }
    var row: [QueryValue] = []
    let value = try QueryRun(graph, QueryPlan(), budget: QueryBudget()).value(code, &row)
    guard case .integer(let number) = value else {
      throw QueryError(
        .invalidArgumentType, "\(word) must be a whole number; found \(value.kindName)", at: expression.range)
    }
    guard number >= 0 else {
      throw QueryError(
        .negativeIntegerArgument, "\(word) must not be negative; found \(number)", at: expression.range)
    }
    return number
  }
}
