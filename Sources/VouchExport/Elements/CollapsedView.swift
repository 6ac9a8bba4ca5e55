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
/// An event leads from its actors to its recipients and co-actors, a stance from its holder to an actor that it is toward,
/// a statement from its speaker to the actors that it is about. An edge counts only articles that name both ends. What is
/// toward or about something else than an actor joins no actors. Edges are made for one actor at a time, so memory grows
/// with the actor that has most of them, not with the graph.
struct CollapsedView {
  /// More participants of one event are not joined with each other.
  private static let mostParticipants = 50

  private let view: GraphView
  private var nodes: Bitset
  /// Events, stances and statements of the view, and those of them that join two actors.
  private(set) var foldable = 0
  private(set) var folded: Bitset

  /// - Complexity: O(n) in the number of edges, with at most fifty participants of an event counting.
  init(_ view: GraphView) throws(Corruption) {
    self.view = view
    nodes = Bitset(capacity: view.graph.nodeCount)
    folded = Bitset(capacity: view.graph.nodeCount)
    for index in 0..<view.graph.nodeCount where view.contains(node: index) {
      switch try view.graph.kind(of: NodeID(index)) {
      case .event, .stance, .statement: foldable += 1
      default: break
      }
      for edge in try edges(from: NodeID(index)) {
        nodes.insert(index)
        nodes.insert(Int(edge.target.index))
        for node in edge.via { folded.insert(Int(node.index)) }
      }
    }
  }

  func contains(node index: Int) -> Bool { nodes.contains(index) }

  private struct Key: Hashable {
    let target: NodeID
    let name: String
    let modality: String?
    let polarity: String?
  }

  /// The edges that start at an actor, by target and name; none for other nodes.
  func edges(from id: NodeID) throws(Corruption) -> [CollapsedEdge] {
    let graph = view.graph
    guard try graph.kind(of: id).isActor else { return [] }
    var found: [Key: CollapsedEdge] = [:]
    for index in try graph.incoming(id) where view.contains(edge: index) {
      let edge = try graph.edge(index)
      guard edge.kind == .actor else { continue }
      let properties = try graph.properties(of: edge.subject)
      let modality = properties.first { $0.key == .modality }?.value
      let type = properties.first { $0.key == .eventType }?.value ?? "event"
      let name = modality == nil || modality == "asserted" ? type : "\(type) (\(modality ?? ""))"
      for other in try graph.outgoing(edge.subject).prefix(4 * Self.mostParticipants) where view.contains(edge: other) {
        let end = try graph.edge(other)
        guard end.kind == .recipient || end.kind == .coActor else { continue }
        try add(&found, id, end.object, name, modality, nil, through: edge.subject, edge.evidence, end.evidence)
      }
    }
    for index in try graph.outgoing(id) where view.contains(edge: index) {
      let edge = try graph.edge(index)
      switch edge.kind {
      case .holds:
        let properties = try graph.properties(of: edge.object)
        let polarity = properties.first { $0.key == .polarity }?.value
        let name = properties.first { $0.key == .stanceKind }?.value ?? "stance"
        try follow(&found, id, edge, .toward, name, polarity)
      case .said: try follow(&found, id, edge, .about, CollapsedEdge.mention, nil)
      case .memberOf, .leads:
        guard try graph.kind(of: edge.object).isActor, edge.object != id else { continue }
        let key = Key(target: edge.object, name: edge.kind.name, modality: nil, polarity: nil)
        var evidence: [Int] = []
        for piece in edge.evidence where try view.admits(evidence: piece) { evidence.append(piece) }
        found[key] = CollapsedEdge(
          target: edge.object, name: edge.kind.name, modality: nil, polarity: nil, via: [], evidence: evidence)
      default: break
      }
    }
    return found.values.map { edge in
      var edge = edge
      edge.via.sort()
      edge.evidence = Set(edge.evidence).sorted()
      return edge
    }
    .sorted {
      if $0.target != $1.target { return $0.target < $1.target }
      return $0.name != $1.name ? $0.name.precedesBytewise($1.name) : ($0.polarity ?? "") < ($1.polarity ?? "")
    }
  }

  private func follow(
    _ found: inout [Key: CollapsedEdge], _ id: NodeID, _ edge: GraphFile.Edge, _ kind: EdgeKind, _ name: String,
    _ polarity: String?
  ) throws(Corruption) {
    for other in try view.graph.outgoing(edge.object).prefix(4 * Self.mostParticipants) where view.contains(edge: other)
    {
      let end = try view.graph.edge(other)
      guard end.kind == kind else { continue }
      try add(&found, id, end.object, name, nil, polarity, through: edge.object, edge.evidence, end.evidence)
    }
  }

  /// Joins two actors through a node by the articles that name both.
  private func add(
    _ found: inout [Key: CollapsedEdge], _ id: NodeID, _ target: NodeID, _ name: String, _ modality: String?,
    _ polarity: String?, through node: NodeID, _ first: Range<Int>, _ second: Range<Int>
  ) throws(Corruption) {
    guard target != id, try view.graph.kind(of: target).isActor else { return }
    var sources: Set<SourceID> = []
    for piece in first where try view.admits(evidence: piece) {
      sources.insert(try view.graph.source(ofEvidence: piece))
    }
    var both: Set<SourceID> = []
    for piece in second {
      let source = try view.graph.source(ofEvidence: piece)
      if sources.contains(source) { both.insert(source) }
    }
    var evidence: [Int] = []
    for piece in try view.graph.evidence(of: node) where both.contains(try view.graph.source(ofEvidence: piece)) {
      evidence.append(piece)
    }
    if evidence.isEmpty {
      for piece in first where both.contains(try view.graph.source(ofEvidence: piece)) { evidence.append(piece) }
    }
    guard !evidence.isEmpty else { return }
    let key = Key(target: target, name: name, modality: modality, polarity: polarity)
    var edge =
      found[key]
      ?? CollapsedEdge(target: target, name: name, modality: modality, polarity: polarity, via: [], evidence: [])
    if edge.via.last != node { edge.via.append(node) }
    edge.evidence += evidence
    found[key] = edge
  }
}
