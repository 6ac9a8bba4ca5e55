/// Tells how a plan answers a query: where searches begin, what is looked at when, how much is expected.
struct QueryExplanation<Graph: PropertyGraph> {
  private(set) var lines: [String] = []
  private let graph: Graph

  init(_ graph: Graph, _ plan: QueryPlan) throws {
    self.graph = graph
    lines.append("graph: \(graph.nodeCount) nodes, \(graph.edgeCount) edges")
    for (number, stage) in plan.stages.enumerated() {
      switch stage {
      case .match(let match):
        lines.append("\(number + 1). \(match.isOptional ? "OPTIONAL MATCH" : "MATCH")")
        explain(match)
      case .unwind: lines.append("\(number + 1). UNWIND: one row for each element")
      case .project(let projection):
        lines.append("\(number + 1). \(projection.isReturn ? "RETURN" : "WITH")" + Self.summary(projection))
      }
    }
  }

  private static func summary(_ plan: ProjectionPlan) -> String {
    var parts = [": " + plan.columns.map(\.name).joined(separator: ", ")]
    if plan.isAggregating {
      let keys = plan.columns.filter { !$0.isAggregate }.map(\.name)
      parts.append("grouped by " + (keys.isEmpty ? "nothing" : keys.joined(separator: ", ")))
    }
    if plan.isDistinct { parts.append("each row once") }
    if !plan.order.isEmpty { parts.append("all rows sorted") }
    if plan.skip > 0 { parts.append("from row \(plan.skip + 1)") }
    if let limit = plan.limit {
      parts.append("at most \(limit)" + (plan.order.isEmpty && !plan.isAggregating ? ", then the search stops" : ""))
    }
    return parts.joined(separator: "; ")
  }

  private mutating func explain(_ match: MatchPlan) {
    for operation in match.operations {
      switch operation.kind {
      case .start(let pattern, let node, let start):
        let node = match.patterns[pattern].nodes[node]
        let source: String =
          switch start {
          case .bound: "which is known"
          case .named(let ids): "by its name: \(Self.count(ids.count, "node"))"
          case .endsOfEdge: "from the ends of a known edge"
          case .classes: "by its labels: \(Self.count(node.estimate, "node"))"
          case .all: "all \(Self.count(node.estimate, "node"))"
          }
        lines.append("   search from \(node.name), \(source)")
        filters(node.filters, "pre-filter, as the node is admitted")
      case .expand(let pattern, let edge, let isForward):
        let pattern = match.patterns[pattern]
        let plan = pattern.edges[edge]
        let target = pattern.nodes[isForward ? edge + 1 : edge]
        lines.append(
          "   pass \(plan.name) \(isForward ? "to the right" : "to the left") to \(target.name)"
            + (operation.nodeIsBound ? ", which is known" : "") + Self.hops(plan) + expected(plan)
            + (plan.isMany || pattern.mode != .trail ? "; \(pattern.mode.rawValue)" : ""))
        filters(plan.filters, "pre-filter, as each edge is admitted")
        filters(target.filters, "pre-filter, as the node is admitted")
      case .select(let number, let fromLeft):
        let pattern = match.patterns[number]
        let nodes = fromLeft ? pattern.nodes : pattern.nodes.reversed()
        lines.append(
          "   \(Self.called(pattern.selector)) \(pattern.mode.rawValue) from \(nodes[0].name): \(Self.count(operation.edgeIsBound ? 1 : nodes[0].estimate, "node"))"
            + ", to \(nodes[nodes.count - 1].name): \(Self.count(operation.nodeIsBound ? 1 : nodes[nodes.count - 1].estimate, "node"))"
        )
        let isKnown = operation.edgeIsBound || nodes[0].named != nil
        let reachesKnown = operation.nodeIsBound || nodes[nodes.count - 1].named != nil
        lines.append(
          "     "
            + (isKnown && reachesKnown && graph.isClosed && SelectedSearch<Graph>.suitsFinder(pattern)
              ? "breadth first from both ends, over distinct neighbours"
              : "breadth first over node and place in the pattern, filters at each step"))
        for edge in pattern.edges { filters(edge.filters, "pre-filter, as each edge is admitted") }
        for node in pattern.nodes { filters(node.filters, "pre-filter, as the node is admitted") }
      case .finish: break
      }
      switch operation.kind {
      case .select, .finish: filters(operation.filters, "post-filter, on each path found")
      default: filters(operation.filters, "filter, as soon as its variables are known")
      }
    }
  }

  private mutating func filters(_ filters: [MatchPlan.Filter], _ when: String) {
    for filter in filters { lines.append("     \(when): \(filter.text)") }
  }

  private static func hops(_ edge: MatchPlan.Edge) -> String {
    guard edge.isMany else { return "" }
    return ", \(edge.least) to \(edge.most.map { "\($0)" } ?? "any number of") hops"
  }

  /// How many edges a node has on average.
  private func expected(_ edge: MatchPlan.Edge) -> String {
    let perNode = Double(graph.edgeCount) / Double(max(1, graph.nodeCount)) * (edge.direction == .either ? 2 : 1)
    return "; about \(Int((perNode * 10).rounded()) / 10).\(Int((perNode * 10).rounded()) % 10) edges at a node"
  }

  private static func called(_ selector: PathSelector) -> String {
    switch selector {
    case .all: "all paths"
    case .shortest(1, withTies: false): "the shortest path"
    case .shortest(1, withTies: true): "all shortest paths"
    case .shortest(let count, _): "the \(count) shortest paths"
    case .groups(let count): "the paths of the \(count) smallest lengths"
    }
  }

  private static func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
}
