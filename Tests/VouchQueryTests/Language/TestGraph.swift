import VouchCore
import VouchTestSupport

@testable import VouchQuery

/// A property graph in memory with any labels, types and properties.
struct TestGraph: PropertyGraph {
  struct Edge {
    let source: Int
    let target: Int
    let type: Int
    let properties: [String: QueryValue]
  }

  private(set) var classes: [[String]] = []
  private(set) var edgeTypes: [String] = []
  private(set) var nodeKeys: [String] = []
  private(set) var edgeKeys: [String] = []
  private(set) var nodes: [(kind: Int, properties: [String: QueryValue])] = []
  private(set) var edges: [Edge] = []
  private var out: [[Int]] = []
  private var incoming: [[Int]] = []

  var nodeCount: Int { nodes.count }
  var edgeCount: Int { edges.count }
  var isClosed: Bool { false }

  @discardableResult
  mutating func addNode(_ labels: [String], _ properties: [String: QueryValue] = [:]) -> Int {
    let kind = classes.firstIndex(of: labels) ?? classes.count
    if kind == classes.count { classes.append(labels) }
    let kept = properties.filter { $0.value != .null }
    nodes.append((kind, kept))
    nodeKeys = Set(nodeKeys).union(kept.keys).sorted()
    out.append([])
    incoming.append([])
    return nodes.count - 1
  }

  @discardableResult
  mutating func addEdge(_ source: Int, _ target: Int, _ name: String, _ properties: [String: QueryValue] = [:]) -> Int {
    let type = edgeTypes.firstIndex(of: name) ?? edgeTypes.count
    if type == edgeTypes.count { edgeTypes.append(name) }
    let kept = properties.filter { $0.value != .null }
    edges.append(Edge(source: source, target: target, type: type, properties: kept))
    edgeKeys = Set(edgeKeys).union(kept.keys).sorted()
    out[source].append(edges.count - 1)
    incoming[target].append(edges.count - 1)
    return edges.count - 1
  }

  /// Takes an edge out of the graph; its number is not used again.
  mutating func removeEdge(_ edge: Int) {
    out[edges[edge].source].removeAll { $0 == edge }
    incoming[edges[edge].target].removeAll { $0 == edge }
  }

  static func normal(_ name: String) -> String { name }
  func nodeClass(_ node: Int) -> Int { nodes[node].kind }
  func nodes(ofClass index: Int) -> [Int] { nodes.indices.filter { nodes[$0].kind == index } }
  func edgeType(_ edge: Int) -> Int { edges[edge].type }
  func ends(_ edge: Int) -> (source: Int, target: Int) { (edges[edge].source, edges[edge].target) }

  func appendSteps(from node: Int, _ direction: EdgeDirection, to steps: inout [GraphStep]) {
    if direction != .backward { steps += out[node].map { GraphStep(edge: $0, node: edges[$0].target) } }
    guard direction != .forward else { return }
    for edge in incoming[node] where direction == .backward || edges[edge].source != node {
      steps.append(GraphStep(edge: edge, node: edges[edge].source))
    }
  }

  func nodeValue(_ node: Int, key: Int) -> QueryValue { nodes[node].properties[nodeKeys[key]] ?? .null }
  func edgeValue(_ edge: Int, key: Int) -> QueryValue { edges[edge].properties[edgeKeys[key]] ?? .null }
  func nodes(called name: String, classes: [Bool]) -> [Int]? { nil }
  func nodeID(_ node: Int) -> QueryValue { .integer(node) }
  func edgeID(_ edge: Int) -> QueryValue { .integer(edge) }

  /// Answers a query.
  func answer(
    _ text: String, parameters: [String: QueryValue] = [:], maxHops: Int? = nil, work: Int = 5_000_000,
    given: (names: [String], rows: [[QueryValue]]) = ([], [[]])
  ) throws -> (columns: [String], rows: [[QueryValue]]) {
    let sample = given.rows.first ?? Array(repeating: .null, count: given.names.count)
    let plan = try QueryCompiler.plan(
      text, for: self, parameters: parameters, maxHops: maxHops, given: zip(given.names, sample).map { ($0, $1) })
    let run = QueryRun(self, plan, budget: QueryBudget(work: work))
    return (plan.columns.map(\.name), try run.run(given: given.rows))
  }

  /// A random graph; the same for the same seed.
  static func random(seed: UInt64, nodes: Int, edges: Int) -> TestGraph {
    var random = SeededNumbers(seed: seed)
    var graph = TestGraph()
    for number in 0..<nodes {
      graph.addNode(
        [["A"], ["B"], ["A", "B"]][random.next(below: 3)],
        ["n": .integer(number), "v": .integer(random.next(below: 4))])
    }
    for _ in 0..<edges {
      graph.addEdge(
        random.next(below: nodes), random.next(below: nodes), ["R", "S"][random.next(below: 2)],
        ["w": .integer(random.next(below: 4))])
    }
    return graph
  }
}
