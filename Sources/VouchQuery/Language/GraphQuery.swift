internal import VouchCore
public import VouchStore

/// A question to a graph file in a read-only subset of GQL and openCypher.
///
/// ```swift
/// let query = try GraphQuery("MATCH (a:Person)-[:said]->(s) RETURN a.name, count(s) ORDER BY a.name", on: graph)
/// for row in try query.run() { print(row) }
/// ```
public struct GraphQuery {
  /// What a query may cost.
  public struct Limits: Sendable {
    /// Most hops of a quantifier without an upper bound; `nil` refuses such a one unless a selector bounds it.
    public var maxHops: Int?
    /// How many nodes, edges and rows it may look at.
    public var work = 100_000_000
    /// How long it may run; `nil` for any time.
    public var seconds: Double? = 30

    /// The limits of the command line.
    public init() {}
  }

  /// Most hops that a query may ask for.
  public static var maxHops: Int { EdgeQuantifier.limit }

  /// Names of the columns.
  public var columns: [String] { plan.columns.map(\.name) }
  /// Whether the query begins with EXPLAIN.
  public var isExplained: Bool { plan.isExplained }

  private let graph: FileGraph
  private let plan: QueryPlan
  private let limits: Limits

  /// Reads a query and plans how to answer it.
  ///
  /// - Parameter parameters: Values of `$name`.
  /// - Throws: A `QueryError` that points at what is wrong with the query; `Corruption` if the graph file is damaged.
  public init(
    _ text: String, on graph: GraphFile, parameters: [String: QueryValue] = [:], limits: Limits = Limits()
  ) throws {
    self.graph = try FileGraph(graph)
    self.limits = limits
    plan = try QueryCompiler.plan(text, for: self.graph, parameters: parameters, maxHops: limits.maxHops)
  }

  /// Answers the query: rows in an order that is always the same, with a value for each column.
  ///
  /// - Throws: A `QueryError`, also if a limit is reached; `Corruption` if the graph file is damaged.
  public func run() throws -> [[QueryValue]] {
    try QueryRun(graph, plan, budget: QueryBudget(work: limits.work, seconds: limits.seconds)).run()
  }

  /// How the query is answered, a line for each step.
  public func explanation() throws -> [String] { try QueryExplanation(graph, plan).lines }

  /// A property of a node or edge as queries see it, for output.
  public func properties(of value: QueryValue) throws -> [(key: String, value: QueryValue)] {
    let run = QueryRun(graph, QueryPlan(), budget: QueryBudget())
    guard case .map(let entries) = try run.call(.properties, [value], 0..<0) else { return [] }
    return entries.map { ($0.key, $0.value) }
  }

  /// Reads a query without a graph, as far as that is possible; for tests that nothing makes it fail.
  public static func check(_ text: String) throws(QueryError) { _ = try QueryParser.parse(text) }

  /// The value of a parameter as given on a command line: a literal of the language, else the text itself.
  public static func parameter(_ text: String) -> QueryValue {
    guard var parser = try? QueryParser(text), let expression = try? parser.expression(), parser.current.kind == .end,
      let value = literal(expression)
    else { return .string(text) }
    return value
  }

  private static func literal(_ expression: ExpressionSyntax) -> QueryValue? {
    switch expression.kind {
    case .literal(let value): return value
    case .list(let parts):
      let values = parts.compactMap(literal)
      return values.count == parts.count ? .list(values) : nil
    case .call(let name, let arguments, _):
      guard name.text.lowercased() == "date", arguments.count == 1, case .string(let text)? = literal(arguments[0])
      else { return nil }
      return CalendarDate(iso8601: text).map { .date($0) }
    default: return nil
    }
  }
}
