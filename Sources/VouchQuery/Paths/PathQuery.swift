public import VouchCore
public import VouchKnowledge

/// What is asked: how two nodes are connected, and which connections count.
public struct PathQuery: Sendable {
  /// What makes a path better than another.
  public enum Weight: String, Sendable, CaseIterable {
    /// Fewer hops.
    case hops
    /// The higher product of its hops' confidences.
    case confidence
    /// Newer evidence: fewer days, in sum, by which the newest evidence of each hop is older than that of the graph.
    case recency
    /// More independent sources: the lower sum of 1 / sources.
    case sources
    /// Fewer well-connected nodes: the lower sum of the logarithms of their numbers of neighbours.
    case hub
  }

  /// Where the path starts and ends.
  public var from, to: NodeID
  /// Number of paths wanted, at least 1.
  public var count = 1
  /// Whether only those are wanted that are as short as the shortest, or as good by weight.
  public var allShortest = false
  /// Most hops that a path may have, 1 ...
  ///
  /// 32.
  public var maxHops = 6
  /// What makes a path better than another; of equal ones the one of fewer hops, then of better support, comes first.
  public var weight = Weight.hops
  /// Whether evidence of each hop must have been published on the day of that of the hop before, or later.
  public var isChronological = false
  /// Nodes that the path must pass, in this order.
  public var via: [NodeID] = []
  /// Nodes that it must not pass.
  public var avoid: Set<NodeID> = []
  /// Most neighbours of a node that it passes.
  public var maxDegree: Int?
  /// Polarities of stances that it may pass, such as `oppose`; `nil` for all.
  public var stances: Set<String>?
  /// Kinds of edges that it may use; `nil` for all but those of provenance (`reports`, `published-by` …).
  public var kinds: Set<EdgeKind>?
  /// Fewest independent sources that every hop must have.
  public var minSources = 1
  /// Only evidence that is as sure or surer counts.
  public var minConfidence = Confidence(thousandths: 0)
  /// Only evidence published on this day or later counts (days since 1970-01-01); undated evidence does not.
  public var since: Int?
  /// Only evidence published on this day or earlier counts.
  public var until: Int?
  /// Only evidence from these source texts counts; `nil` for all.
  public var sources: Set<SourceID>?
  /// How much the search may do.
  public var limits = SearchLimits()

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
  /// In a chronological path the first day on which one can be at its end, as days since 1970-01-01.
  public let day: Int?
}

/// A connection: its hops in order; no node twice.
public struct Path: Sendable, Hashable {
  /// The hops; never empty.
  public let hops: [Hop]
  /// Sum of the hops' weights, in thousandths; `nil` where hops are counted.
  public let weight: Int?

  /// Index of the hop that the fewest independent sources vouch for, the first of several.
  public var weakest: Int {
    hops.indices.min {
      (hops[$0].sources, hops[$0].evidence.count, $0) < (hops[$1].sources, hops[$1].evidence.count, $1)
    } ?? 0
  }

  /// The nodes, from the first to the last.
  public var nodes: [NodeID] { hops.prefix(1).map(\.from) + hops.map(\.to) }
}

/// The answer to a `PathQuery`.
public struct PathAnswer: Sendable {
  /// The paths, best first; of equally good ones the better supported first.
  public internal(set) var paths: [Path] = []
  /// Number of all shortest paths, if they were counted.
  ///
  /// It is more than are listed where more are than were wanted; `Int.max` stands for that many or more.
  public internal(set) var count: Int?
  /// Why there is none; `nil` if there is one or the search was stopped.
  public internal(set) var reason: Reason?
  /// Why the search stopped before its end: there may be more paths than those listed, or one although none is.
  public internal(set) var stop: SearchStop?
  /// How the search went.
  public internal(set) var work = Work()

  /// Why there is no path.
  public enum Reason: Sendable, Hashable {
    /// Start and end are one node.
    case sameNode
    /// An end, or a node to pass, is also to be avoided; or a node is to be passed twice, maybe as the only neighbour of one.
    case avoided
    /// The search came to a dead end.
    case deadEnd(PathDeadEnd)
  }

  /// How a search went.
  public struct Work: Sendable, Hashable {
    /// Whether levels of neighbours were joined, or labels by weight and day.
    public internal(set) var method = Method.levels
    /// Entries of neighbour lists looked at.
    public internal(set) var looked = 0

    /// An algorithm.
    public enum Method: Sendable {
      /// Breadth-first search from both ends; Dijkstra's algorithm from both ends.
      case levels, labels
    }
  }
}
