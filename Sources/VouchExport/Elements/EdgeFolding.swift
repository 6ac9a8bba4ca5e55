internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

/// Makes edges between actors of the events, stances and statements that join them.
///
/// An event leads from its actors to its recipients and co-actors, a stance from its holder to an actor that it is toward,
/// a statement from its speaker to the actors that it is about. An edge counts only articles that name both ends. Edges
/// are made for one actor at a time, so memory grows with the actor that has most of them, not with the graph.
struct EdgeFolding {
  /// More participants of one event are not joined with each other.
  private static let mostParticipants = 50

  let view: GraphView
  /// Whether edges also lead to places and issues: to where an event happened, what a stance is toward or a statement is about.
  var joinsTopics = false

  /// Whether edges lead to a node.
  private func joins(_ id: NodeID) throws(Corruption) -> Bool {
    let kind = try view.graph.kind(of: id)
    return kind.isActor || joinsTopics && (kind.isPlace || kind == .issue)
  }

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
        guard end.kind == .recipient || end.kind == .coActor || end.kind == .at && joinsTopics else { continue }
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
    guard target != id, try joins(target) else { return }
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
