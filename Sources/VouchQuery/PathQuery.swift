public import VouchKnowledge

/// What is asked: how two nodes are connected, and which connections count.
public struct PathQuery: Sendable {
  /// Where the path starts and ends.
  public var from, to: NodeID
  /// Number of paths wanted, at least 1.
  public var count = 1
  /// Most hops that a path may have, 1 ...
  ///
  /// 32.
  public var maxHops = 6
  /// Nodes that the path must pass, in this order.
  public var via: [NodeID] = []
  /// Nodes that it must not pass.
  public var avoid: Set<NodeID> = []
  /// Kinds of edges that it may use; `nil` for all but those of provenance (`reports`, `published-by` …).
  public var kinds: Set<EdgeKind>?
  /// Fewest independent sources that every hop must have.
  public var minSources = 1
  /// Only evidence published on this day or later counts (days since 1970-01-01); undated evidence does not.
  public var since: Int?
  /// Only evidence published on this day or earlier counts.
  public var until: Int?
  /// Most edges that the search may look at before it gives up.
  public var budget = 50_000_000

  /// Asks for the shortest path between two nodes.
  public init(from: NodeID, to: NodeID) {
    self.from = from
    self.to = to
  }
}

/// One step of a path: two neighbours and the edges between them that count, in either direction.
public struct Hop: Sendable, Hashable {
  /// Where the step starts and ends.
  public let from, to: NodeID
  /// Indices of the edges, ascending; never empty.
  public let edges: [Int]
  /// Pieces of evidence on these edges that count.
  public let evidence: [Int]
  /// Independent sources among them: copies of one agency's story are one.
  public let sources: Int
}

/// A connection: its hops in order; no node twice.
public struct Path: Sendable, Hashable {
  /// The hops; never empty.
  public let hops: [Hop]

  /// Index of the hop that the fewest independent sources vouch for, the first of several.
  public var weakest: Int {
    hops.indices.min {
      (hops[$0].sources, hops[$0].evidence.count, $0) < (hops[$1].sources, hops[$1].evidence.count, $1)
    } ?? 0
  }
}

/// The answer to a `PathQuery`.
public enum PathAnswer: Sendable {
  /// The paths, shortest first; of equally short ones the better supported first.
  case found([Path])
  /// There is none, and why.
  case none(Reason)

  /// Why there is no path.
  public enum Reason: Sendable, Hashable {
    /// Start and end are one node.
    case sameNode
    /// An end, or a node to pass, is also to be avoided.
    case avoided
    /// Everything that can be reached was: so many nodes from the start, so many from the end.
    case unconnected(fromStart: Int, fromEnd: Int)
    /// Nothing was found within the hops allowed; so many nodes were reached.
    case tooFar(maxHops: Int, reached: Int)
    /// The search gave up after looking at so many edges.
    case budget(edges: Int)
  }
}
