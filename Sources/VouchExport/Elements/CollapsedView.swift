internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

/// An edge between two actors that stands for the events, stances and statements that join them.
struct CollapsedEdge {
  /// Name of an edge that stands for statements.
  static let mention = "speaks-of"

  let target: NodeID
  /// Type of the events with what is not told as fact in brackets, kind of the stances, `speaks-of`, `member-of` or `leads`.
  let name: String
  let modality: String?
  let polarity: String?
  /// The nodes that it stands for, ascending; none if the graph has the edge itself.
  var via: [NodeID]
  /// The words by which the articles that name both actors tell of them, ascending.
  var evidence: [Int]
}

/// The actors of a view, joined directly by what they do, hold and say.
///
/// What is toward or about something else than an actor joins no actors.
struct CollapsedView {
  private let folding: EdgeFolding
  private var nodes: Bitset
  /// Events, stances and statements of the view, and those of them that join two actors.
  private(set) var foldable = 0
  private(set) var folded: Bitset

  /// - Complexity: O(n) in the number of edges, with at most fifty participants of an event counting.
  init(_ view: GraphView) throws(Corruption) {
    folding = EdgeFolding(view: view)
    nodes = Bitset(capacity: view.graph.nodeCount)
    folded = Bitset(capacity: view.graph.nodeCount)
    for index in 0..<view.graph.nodeCount where view.contains(node: index) {
      switch try view.graph.kind(of: NodeID(index)) {
      case .event, .stance, .statement: foldable += 1
      default: break
      }
      for edge in try folding.edges(from: NodeID(index)) {
        nodes.insert(index)
        nodes.insert(Int(edge.target.index))
        for node in edge.via { folded.insert(Int(node.index)) }
      }
    }
  }

  func contains(node index: Int) -> Bool { nodes.contains(index) }

  /// The edges that start at an actor, by target and name; none for other nodes.
  func edges(from id: NodeID) throws(Corruption) -> [CollapsedEdge] { try folding.edges(from: id) }
}
