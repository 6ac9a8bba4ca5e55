public import VouchKnowledge

/// What an export is limited to; what is `nil` or empty limits nothing.
///
/// A filtered export is the graph that the admitted evidence tells of: an edge counts if its ends and its kind are
/// admitted and enough independent sources vouch for it, a node if an admitted edge leads to it. A stance without holder
/// or target is left out.
public struct ExportFilter: Sendable {
  /// First and last day of publication, as days since 1970-01-01; evidence of unknown publication is left out then.
  public var since: Int?
  /// Last day of publication.
  public var until: Int?
  /// Kinds of nodes.
  public var kinds: Set<NodeKind> = []
  /// Kinds of edges.
  public var edges: Set<EdgeKind> = []
  /// Fewest independent sources of an edge.
  public var minSources = 1
  /// A node: only what lies around it.
  public var around: NodeID?
  /// How many edges away from that node.
  ///
  /// What merely tells where a report comes from is passed over unless `edges` names it; the participants of the events,
  /// stances and statements that are reached belong to them.
  public var hops = 1

  /// Just these nodes, and indices of edges among them, such as a query found; `nil` for all.
  public var only: (nodes: [NodeID], edges: [Int])?

  /// Limits nothing.
  public init() {}

  /// Whether it admits everything.
  public var isEmpty: Bool {
    since == nil && until == nil && kinds.isEmpty && edges.isEmpty && minSources <= 1 && around == nil
      && only == nil
  }
}
