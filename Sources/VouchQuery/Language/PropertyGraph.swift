/// A graph that queries can be asked of: numbered nodes with labels, numbered edges with one type each, properties of both.
///
/// Nodes of the same labels make up a class, so that a label is tested by one look into a table.
protocol PropertyGraph: Sendable {
  /// The nodes of a class.
  associatedtype Nodes: RandomAccessCollection<Int>

  /// Number of nodes; they are called 0 and up.
  var nodeCount: Int { get }
  /// Number of edges; they are called 0 and up.
  var edgeCount: Int { get }
  /// Whether a label, type or property that the graph does not know is a mistake rather than one that nothing has.
  var isClosed: Bool { get }
  /// The labels of each class of nodes.
  var classes: [[String]] { get }
  /// The types of edges.
  var edgeTypes: [String] { get }
  /// The properties of nodes, and those of edges.
  var nodeKeys: [String] { get }
  /// The properties of edges.
  var edgeKeys: [String] { get }

  /// The form in which labels, types and properties are compared.
  static func normal(_ name: String) -> String
  /// The class of a node.
  func nodeClass(_ node: Int) throws -> Int
  /// The nodes of a class, ascending.
  func nodes(ofClass index: Int) throws -> Nodes
  /// The type of an edge.
  func edgeType(_ edge: Int) throws -> Int
  /// Where an edge starts and ends.
  func ends(_ edge: Int) throws -> (source: Int, target: Int)
  /// Appends the edges that can be passed from a node and where they lead; an edge from the node to itself once.
  func appendSteps(from node: Int, _ direction: EdgeDirection, to steps: inout [GraphStep]) throws
  /// A property of a node; null if it has none such.
  func nodeValue(_ node: Int, key: Int) throws -> QueryValue
  /// A property of an edge; null if it has none such.
  func edgeValue(_ edge: Int, key: Int) throws -> QueryValue
  /// The nodes that bear a name as the rest of the program finds names, ascending; `nil` if names are like other properties.
  ///
  /// - Parameter classes: Classes that are looked at.
  /// - Throws: A `QueryError` that lists what is spelt nearly so if there is none.
  func nodes(called name: String, classes: [Bool]) throws -> [Int]?
  /// What `id(x)` gives.
  func nodeID(_ node: Int) -> QueryValue
  /// What `id(x)` gives.
  func edgeID(_ edge: Int) -> QueryValue
  /// The graph's own search for shortest paths; `nil` if it has none.
  func finder(
    _ direction: EdgeDirection, types: [Bool]?, admits: @escaping (Int) throws -> Bool
  ) throws -> (any ShortestPathFinder)?
}

/// An edge as it is passed from one of its ends, and the other end.
struct GraphStep: Sendable {
  /// Number of the edge.
  let edge: Int
  /// Number of the node to which it leads.
  let node: Int

  /// Makes a step.
  init(edge: Int, node: Int) {
    self.edge = edge
    self.node = node
  }
}
