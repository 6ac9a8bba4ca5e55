internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

/// What a report tells: the network, and the events, stances, statements, conflicts and sources of a view of a graph.
struct ReportContent {
  /// An event, stance or statement with what the view admits of it.
  struct Item {
    let facts: ListingItem
    /// Its evidence in the view, ascending, at most `mostPieces`.
    let evidence: [Int]
    /// The independent sources in the view, ascending.
    let witnesses: [NodeID]
    /// What it is called in the report.
    let title: String

    var id: NodeID { facts.node.id }
    var sources: Int { witnesses.count }
    var kind: NodeKind { facts.node.kind }
    var date: CalendarDate? { facts[.date].flatMap(CalendarDate.init(iso8601:)) }
    var tone: Tone { kind == .stance ? Tone(polarity: facts[.polarity]) : .event }
    /// Modality of an event; `nil` for one that is told as fact.
    var modality: String? { facts[.modality].flatMap { $0 == "asserted" ? nil : $0 } }
  }

  /// Articles of the view that count as one independent source.
  struct Source {
    /// Agency, outlet or article that vouches for them.
    let witness: NodeID
    let articles: [SourceGroup.Article]
  }

  /// Pieces of evidence that are kept of one thing.
  static let mostPieces = 100

  let graph: GraphFile
  let view: GraphView
  let network: Network
  private(set) var events: [Item] = []
  private(set) var stances: [Item] = []
  private(set) var statements: [Item] = []
  private(set) var conflicts: [Conflict] = []
  private(set) var sources: [Source] = []
  /// Items by their nodes.
  private(set) var items: [NodeID: Item] = [:]
  /// Nodes of the view by kind.
  private(set) var counts: [NodeKind: Int] = [:]

  /// - Complexity: O(n log n) in the size of the graph.
  init(_ graph: GraphFile, _ filter: ExportFilter, edgeLimit: Int) throws {
    self.graph = graph
    view = try GraphView(graph, filter)
    network = try Network(view, limit: edgeLimit)
    for index in 0..<graph.nodeCount where view.contains(node: index) {
      counts[try graph.kind(of: NodeID(index)), default: 0] += 1
    }
    let listing = Listing(graph, ListingFilter())
    events = try listing.items(.event).compactMap { try item($0) }
    var titles: [NodeID: String] = [:]
    for event in events { titles[event.id] = event.title }
    stances = try listing.items(.stance).compactMap { try item($0, events: titles) }
    statements = try listing.items(.statement).compactMap { try item($0) }
    for item in events + stances + statements { items[item.id] = item }
    conflicts = try listing.conflicts().filter { conflict in conflict.sides.allSatisfy { items[$0.node.id] != nil } }
    for group in try listing.sources() {
      var articles: [SourceGroup.Article] = []
      for article in group.articles {
        for id in try graph.sources(ofArticle: article.name) where try view.contains(source: graph.source(id)) {
          articles.append(article)
          break
        }
      }
      if !articles.isEmpty { sources.append(Source(witness: group.witness, articles: articles)) }
    }
  }

  /// The articles of the view.
  var articles: [SourceGroup.Article] { sources.flatMap(\.articles) }

  private func item(_ facts: ListingItem, events: [NodeID: String] = [:]) throws -> Item? {
    guard view.contains(node: Int(facts.node.id.index)) else { return nil }
    var evidence: [Int] = []
    var witnesses: Set<NodeID> = []
    for piece in facts.evidence where try view.admits(evidence: piece) {
      if evidence.count < Self.mostPieces { evidence.append(piece) }
      witnesses.insert(try graph.witness(graph.source(ofEvidence: piece)))
    }
    return Item(
      facts: facts, evidence: evidence, witnesses: witnesses.sorted(),
      title: Wording.short(try title(facts, events)))
  }

  private func labels(_ ids: [NodeID]?, _ titles: [NodeID: String] = [:]) throws -> String {
    try (ids ?? []).prefix(4).map { try titles[$0] ?? graph.node($0).label }.joined(separator: ", ")
      + ((ids?.count ?? 0) > 4 ? " …" : "")
  }

  private func title(_ facts: ListingItem, _ events: [NodeID: String]) throws -> String {
    switch facts.node.kind {
    case .event:
      let type = Wording.eventType(facts[.eventType] ?? "OTHER") + (facts[.eventMode].map { " (\($0))" } ?? "")
      let actors = try labels(facts.neighbours[.actor])
      let recipients = try labels(facts.neighbours[.recipient])
      let others = try labels(facts.neighbours[.coActor])
      let who =
        actors + (others.isEmpty ? "" : " with " + others)
        + (recipients.isEmpty ? "" : (actors.isEmpty ? "" : " ") + "→ " + recipients)
      return who.isEmpty ? type : actors.isEmpty && others.isEmpty ? "\(type) \(who)" : "\(type): \(who)"
    case .stance:
      let target = try labels(facts.neighbours[.toward], events)
      let kind = Wording.tie(facts[.stanceKind] ?? "stance")
      return "\(try labels(facts.neighbours[.holds])): \(kind) \(target)"
    default:
      return "\(try labels(facts.neighbours[.said])): \(facts[.content] ?? facts.node.label)"
    }
  }
}
