/// A run of a plan over a graph: rows are pushed from stage to stage, and a stage that has enough stops those before it.
final class QueryRun<Graph: PropertyGraph> {
  typealias Row = [QueryValue]

  /// Most rows that are kept for sorting, grouping or the result.
  static var rowLimit: Int { 1_000_000 }
  /// Most elements of patterns that are on the way at a time.
  private static var depthLimit: Int { 1000 }

  let graph: Graph
  let plan: QueryPlan
  let budget: QueryBudget
  /// Results of the aggregates of the group that is being returned.
  var aggregates: [QueryValue] = []
  private(set) var rows: [Row] = []
  private var matchers: [PatternMatcher<Graph>?]
  private var existing: [PatternMatcher<Graph>]
  private var projections: [ProjectionState?]
  private var kept = 0
  private var depth = 0
  /// The property of a node that was asked for last.
  var lastProperty: (node: Int, key: Int, value: QueryValue)?

  init(_ graph: Graph, _ plan: QueryPlan, budget: QueryBudget) {
    self.graph = graph
    self.plan = plan
    self.budget = budget
    matchers = plan.stages.map { stage in
      if case .match(let match) = stage { return PatternMatcher(graph, match) }
      return nil
    }
    existing = plan.existing.map { PatternMatcher(graph, $0) }
    projections = plan.stages.map { stage in
      if case .project = stage { return ProjectionState() }
      return nil
    }
  }

  /// Runs the query.
  ///
  /// - Parameter given: Rows to begin with; each holds values for the first places.
  func run(given: [Row] = [[]]) throws -> [Row] {
    for values in given {
      var row = values + Array(repeating: .null, count: max(0, plan.slotCount - values.count))
      if try !push(0, &row) { break }
    }
    for stage in plan.stages.indices { try finish(stage) }
    return rows
  }

  /// Whether a pattern of a condition is found.
  func exists(_ number: Int, _ row: inout Row) throws -> Bool {
    var isFound = false
    _ = try existing[number].run(self, &row) { _ in
      isFound = true
      return false
    }
    return isFound
  }

  /// Notes that the search goes one element deeper; the stack bounds how deep it can.
  func descend() throws(QueryError) {
    depth += 1
    guard depth <= Self.depthLimit else {
      throw QueryError(.budget, "the query follows more than \(Self.depthLimit) elements at a time; bound the hops")
    }
  }

  func ascend() { depth -= 1 }

  // MARK: Stages

  /// Hands a row to a stage; the result is false if the stage wants no more.
  private func push(_ number: Int, _ row: inout Row) throws -> Bool {
    guard number < plan.stages.count else { return false }
    switch plan.stages[number] {
    case .match(let match):
      var isFound = false
      var wantsMore = true
      _ = try matchers[number]?.run(self, &row) { row in
        isFound = true
        wantsMore = try self.push(number + 1, &row)
        return wantsMore
      }
      if match.isOptional, !isFound {
        for slot in match.newSlots { row[slot] = .null }
        wantsMore = try push(number + 1, &row)
      }
      return wantsMore
    case .unwind(let code, let slot):
      let list = try value(code, &row)
      let elements: [QueryValue]
      switch list {
      case .list(let all): elements = all
      case .null: elements = []
      default: elements = [list]
      }
      for element in elements {
        try budget.spend()
        row[slot] = element
        if try !push(number + 1, &row) { return false }
      }
      return true
    case .project(let projection): return try project(number, projection, &row)
    }
  }

  private func project(_ number: Int, _ projection: ProjectionPlan, _ row: inout Row) throws -> Bool {
    guard let state = projections[number] else { return false }
    try budget.spend()
    if projection.isAggregating {
      try add(row: &row, to: state, projection)
      return true
    }
    if projection.limit == 0 { return false }
    try fill(projection, &row)
    return try take(number, projection, state, &row)
  }

  /// Computes the columns of a row.
  private func fill(_ projection: ProjectionPlan, _ row: inout Row) throws {
    var values: Row = []
    values.reserveCapacity(projection.columns.count)
    for column in projection.columns { values.append(try value(column.code, &row)) }
    for (column, value) in zip(projection.columns, values) { row[column.slot] = value }
  }

  /// Takes a row whose columns have been computed.
  private func take(_ number: Int, _ projection: ProjectionPlan, _ state: ProjectionState, _ row: inout Row) throws
    -> Bool
  {
    if projection.isDistinct {
      let values = projection.columns.map { row[$0.slot] }
      guard state.seen.insert(values).inserted else { return true }
      try keep()
    }
    guard projection.order.isEmpty else {
      var keys: Row = []
      for key in projection.order { keys.append(try value(key.code, &row)) }
      try keep()
      state.sorted.append((keys, row))
      return true
    }
    return try deliver(number, projection, state, &row)
  }

  private func deliver(
    _ number: Int, _ projection: ProjectionPlan, _ state: ProjectionState, _ row: inout Row
  ) throws -> Bool {
    state.count += 1
    if state.count <= projection.skip { return true }
    let last = projection.limit.map { projection.skip.addingReportingOverflow($0).partialValue } ?? .max
    guard state.count <= last || last < 0 else { return false }
    var wantsMore = true
    if let condition = projection.condition, try value(condition, &row) != .boolean(true) {
      wantsMore = true
    } else if number + 1 < plan.stages.count {
      wantsMore = try push(number + 1, &row)
    } else {
      try keep()
      rows.append(projection.columns.map { row[$0.slot] })
    }
    return wantsMore && (state.count < last || last < 0)
  }

  private func keep() throws {
    kept += 1
    guard kept <= Self.rowLimit else {
      throw QueryError(.budget, "the query makes more than \(Self.rowLimit) rows; use LIMIT, or count()")
    }
  }

  /// Returns what a stage has kept back.
  private func finish(_ number: Int) throws {
    guard case .project(let projection) = plan.stages[number], let state = projections[number] else { return }
    var wantsMore = true
    if projection.isAggregating {
      if state.groups.isEmpty, projection.columns.allSatisfy(\.isAggregate) {
        var row = Row(repeating: .null, count: plan.slotCount)
        try addGroup([], of: &row, to: state, projection, counting: false)
      }
      for group in state.groups where wantsMore && projection.limit != 0 {
        var row = group.row
        aggregates = group.tallies.map(\.result)
        try fill(projection, &row)
        wantsMore = try take(number, projection, state, &row)
      }
    }
    guard !projection.order.isEmpty, projection.limit != 0 else { return }
    let isBefore: ((keys: Row, row: Row), (keys: Row, row: Row)) -> Int = { a, b in
      for (index, key) in projection.order.enumerated() {
        let order = QueryValue.sorting(a.keys[index], b.keys[index])
        if order != 0 { return key.isDescending ? -order : order }
      }
      return 0
    }
    // Rows that sort alike keep the order in which they came.
    let order = state.sorted.indices.sorted { a, b in
      let order = isBefore(state.sorted[a], state.sorted[b])
      return order == 0 ? a < b : order < 0
    }
    for index in order {
      var row = state.sorted[index].row
      if try !deliver(number, projection, state, &row) { break }
    }
    state.sorted = []
  }

  // MARK: Groups

  private func add(row: inout Row, to state: ProjectionState, _ projection: ProjectionPlan) throws {
    var key: Row = []
    for column in projection.columns where !column.isAggregate { key.append(try value(column.code, &row)) }
    try addGroup(key, of: &row, to: state, projection, counting: true)
  }

  private func addGroup(
    _ key: Row, of row: inout Row, to state: ProjectionState, _ projection: ProjectionPlan, counting: Bool
  ) throws {
    let index: Int
    if let last = state.last, last.key == key {
      index = last.number
    } else if let known = state.numbers[key] {
      index = known
      state.last = (key, index)
    } else {
      index = state.groups.count
      try keep()
      state.numbers[key] = index
      state.groups.append((row, projection.aggregates.map { AggregateTally($0) }))
    }
    guard counting else { return }
    for (number, call) in projection.aggregates.enumerated() {
      let argument = try call.argument.map { try value($0, &row) } ?? .boolean(true)
      if call.function == .collect || call.isDistinct { try budget.spend() }
      try state.groups[index].tallies[number].add(argument)
    }
  }
}
