internal import VouchCore

/// Turns a query as written into a plan for one graph: finds what names mean, checks kinds, chooses where searches begin.
struct QueryCompiler<Graph: PropertyGraph> {
  /// What is known of a variable before the query runs.
  enum Kind {
    case any, node, edge, path, list, scalar
  }

  struct Variable {
    let slot: Int
    let kind: Kind
  }

  /// The variables that have been introduced, in order.
  struct Scope {
    private(set) var names: [String] = []
    private var variables: [String: Variable] = [:]

    subscript(name: String) -> Variable? { variables[name] }

    mutating func declare(_ name: String, _ variable: Variable) {
      if variables.updateValue(variable, forKey: name) == nil { names.append(name) }
    }
  }

  /// Where an expression stands, which decides what it may hold.
  struct Place {
    /// Aggregates are collected here; `nil` where none is possible, and what the place is called.
    var aggregates: [QueryAggregate.Call]?
    var isInsideAggregate = false
    var name = "here"
    /// Places of columns by the tokens that make them up, for `ORDER BY`.
    var columns: [[QueryToken.Kind]: Int] = [:]
  }

  let graph: Graph
  let tokens: [QueryToken]
  let source: [UInt8]
  let parameters: [String: QueryValue]
  let maxHops: Int?
  var plan = QueryPlan()
  var scope = Scope()

  /// Compiles a query.
  ///
  /// - Parameters:
  ///   - parameters: Values of `$name`.
  ///   - maxHops: What bounds a quantifier without an upper bound.
  ///   - given: Variables that rows have from the start, in the order of their places, for tests.
  static func plan(
    _ text: String, for graph: Graph, parameters: [String: QueryValue], maxHops: Int?,
    given: [(name: String, value: QueryValue)] = []
  ) throws -> QueryPlan {
    var parser = try QueryParser(text)
    let query = try parser.query()
    var compiler = QueryCompiler(
      graph: graph, tokens: parser.tokens, source: parser.source, parameters: parameters, maxHops: maxHops)
    for variable in given {
      let kind: Kind =
        switch variable.value {
        case .node: .node
        case .edge: .edge
        case .path: .path
        case .list: .list
        default: .any
        }
      compiler.declare(variable.name, kind)
    }
    compiler.plan.isExplained = query.isExplained
    for clause in query.clauses {
      switch clause {
      case .match(let match):
        compiler.plan.stages.append(.match(try compiler.match(match)))
      case .unwind(let list, let name):
        var place = Place(name: "in UNWIND")
        let code = try compiler.code(list, &place)
        try compiler.refuseBound(name)
        compiler.plan.stages.append(.unwind(code, slot: compiler.declare(name.text, .any)))
      case .project(let projection):
        compiler.plan.stages.append(.project(try compiler.project(projection)))
      }
    }
    return compiler.plan
  }

  @discardableResult
  mutating func declare(_ name: String?, _ kind: Kind) -> Int {
    let slot = plan.slotCount
    plan.slotCount += 1
    if let name { scope.declare(name, Variable(slot: slot, kind: kind)) }
    return slot
  }

  func refuseBound(_ name: NameSyntax) throws(QueryError) {
    guard scope[name.text] == nil else {
      throw QueryError(.variableAlreadyBound, "\"\(name.text)\" is taken; choose another name", at: name.range)
    }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: source[range], as: UTF8.self) }

  /// The tokens of an expression, for comparison.
  func signature(_ expression: ExpressionSyntax) -> [QueryToken.Kind] { tokens[expression.tokens].map(\.kind) }

  // MARK: Names in the graph

  func labelTable(_ labels: LabelSyntax) throws(QueryError) -> [Bool] {
    try table(labels, graph.classes, what: "label", all: Set(graph.classes.flatMap(\.self)).sorted())
  }

  func typeTable(_ labels: LabelSyntax) throws(QueryError) -> [Bool] {
    try table(labels, graph.edgeTypes.map { [$0] }, what: "type of edge", all: graph.edgeTypes)
  }

  /// Which sets of labels an expression of labels admits.
  private func table(
    _ labels: LabelSyntax, _ sets: [[String]], what: String, all: [String]
  ) throws(QueryError) -> [Bool] {
    switch labels {
    case .anything: return sets.map { !$0.isEmpty }
    case .not(let inner): return try table(inner, sets, what: what, all: all).map { !$0 }
    case .all(let parts), .any(let parts):
      var result: [Bool]?
      for part in parts {
        let next = try table(part, sets, what: what, all: all)
        guard let old = result else {
          result = next
          continue
        }
        if case .all = labels {
          result = zip(old, next).map { $0 && $1 }
        } else {
          result = zip(old, next).map { $0 || $1 }
        }
      }
      return result ?? []
    case .name(let name):
      let wanted = Graph.normal(name.text)
      let result = sets.map { $0.contains { Graph.normal($0) == wanted } }
      if graph.isClosed, !result.contains(true) {
        throw QueryError(
          .unknownLabel,
          "no \(what) is called \"\(name.text)\"" + QueryError.advice(for: name.text, among: all, called: "there are"),
          at: name.range)
      }
      return result
    }
  }

  /// Finds a property.
  ///
  /// - Parameter kind: What it is a property of, if that is known.
  func key(_ name: NameSyntax, of kind: Kind) throws(QueryError) -> PropertyKey {
    let wanted = Graph.normal(name.text)
    let node = graph.nodeKeys.firstIndex { Graph.normal($0) == wanted }
    let edge = graph.edgeKeys.firstIndex { Graph.normal($0) == wanted }
    if graph.isClosed {
      let (isKnown, what, choices): (Bool, String, [String]) =
        switch kind {
        case .node: (node != nil, "property of nodes", graph.nodeKeys)
        case .edge: (edge != nil, "property of edges", graph.edgeKeys)
        default: (true, "", [])
        }
      if !isKnown {
        throw QueryError(
          .unknownProperty,
          "no \(what) is called \"\(name.text)\""
            + QueryError.advice(for: name.text, among: choices, called: "there are"), at: name.range)
      }
    }
    return PropertyKey(name: name.text, node: node, edge: edge, range: name.range)
  }
}
