public import VouchKnowledge

/// The part of a graph that was found: its nodes, and the edges among them that were asked for.
public struct Subgraph: Sendable, Hashable {
  /// The nodes, ascending.
  public let nodes: [NodeID]
  /// Indices of the edges, ascending.
  public let edges: [Int]

  /// Takes what paths pass.
  ///
  /// - Parameters:
  ///   - nodes: Nodes in any order, each any number of times; so the edges.
  ///   - edges: Indices of edges among these nodes.
  public init(nodes: [NodeID], edges: [Int]) {
    self.nodes = Set(nodes).sorted()
    self.edges = Set(edges).sorted()
  }

  /// The nodes and edges of some paths.
  public init(_ paths: [Path]) {
    self.init(nodes: paths.flatMap(\.nodes), edges: paths.flatMap { $0.hops.flatMap(\.edges) })
  }
}
