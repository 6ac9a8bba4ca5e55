internal import VouchCore
public import VouchKnowledge
public import VouchStore

/// What a listing of events, stances, statements, conflicts or sources is limited to; what is `nil` or empty limits nothing.
public struct ListingFilter: Sendable {
  /// Who takes part in an event, holds or is the target of a stance, makes a statement: all of them.
  public var actors: [NodeID] = []
  /// Where an event happened, or what a statement is about.
  public var places: [NodeID] = []
  /// What a stance is toward, or a statement is about.
  public var targets: [NodeID] = []
  /// First and last day, as days since 1970-01-01: of an event's date; of the publication of what has no date.
  public var since: Int?
  /// Last day.
  public var until: Int?
  /// PLOVER type of an event (`ASSAULT`), kind of a stance (`reject`), form of a statement (`direct`), case-insensitively.
  public var type: String?
  /// Modality of an event.
  public var modality: String?
  /// Polarity of a stance.
  public var polarity: String?
  /// Outlets or agencies that tell of it.
  public var outlets: [NodeID] = []
  /// Fewest independent sources.
  public var minSources = 1

  /// Limits nothing.
  public init() {}
}

/// One event, stance or statement with what is around it.
public struct ListingItem: Sendable {
  /// The node.
  public let node: GraphFile.Node
  /// Facts about it.
  public let properties: [(key: Property, value: String)]
  /// Nodes that edges join it with, by the kind of edge: of an event `actor`, `recipient`, `coActor`, `at`; of a stance
  /// `holds` (its holder) and `toward`; of a statement `said` (its speaker) and `about`; and `contradicts` of any.
  public let neighbours: [EdgeKind: [NodeID]]
  /// Of an event, who says so: the speakers of the statements that are about it.
  public let claimants: [NodeID]
  /// The articles that tell of it, ascending.
  public let articles: [NodeID]
  /// The independent sources among them, ascending.
  public let witnesses: [NodeID]
  /// Its evidence.
  public let evidence: Range<Int>

  /// A fact about it.
  public subscript(property: Property) -> String? { properties.first { $0.key == property }?.value }
}

/// Two nodes that contradict each other.
public struct Conflict: Sendable {
  /// Index of the edge.
  public let edge: Int
  /// Both sides, with who says so.
  public let sides: [ListingItem]
}

/// Articles that count as one independent source.
public struct SourceGroup: Sendable {
  /// Agency, outlet or article that vouches for them.
  public let witness: NodeID
  /// The articles.
  public let articles: [Article]

  /// An article of a source.
  public struct Article: Sendable {
    /// Its node.
    public let node: NodeID
    /// Its name, which evidence shows.
    public let name: String
    /// Where it was published, and the agency it names.
    public let outlet, agency: NodeID?
    /// Day of publication as days since 1970-01-01.
    public let published: Int?
    /// Articles that carry the same story, and the edges that say so.
    public let copies: [(article: NodeID, edge: Int)]
  }
}

/// Lists what a graph file holds.
public struct Listing: Sendable {
  private let graph: GraphFile
  private let filter: ListingFilter

  /// Prepares listings of `graph`.
  public init(_ graph: GraphFile, _ filter: ListingFilter) {
    self.graph = graph
    self.filter = filter
  }

  /// The events, stances or statements that the filter admits: by date (events without one by first publication, last of
  /// all those of unknown publication), then as nodes are ordered.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  /// - Complexity: O(n log n) in the number of nodes and their edges.
  public func items(_ kind: NodeKind) throws(Corruption) -> [ListingItem] {
    var found: [(item: ListingItem, day: Int)] = []
    for id in try nodes(kind) {
      let item = try item(id)
      let days = try days(of: item)
      if try admits(item, days) { found.append((item, days?.first ?? .max)) }
    }
    found.sort { ($0.day, $0.item.node.id) < ($1.day, $1.item.node.id) }
    return found.map(\.item)
  }

  /// The contradictions one of whose sides the filter admits, in the order of their edges.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  public func conflicts() throws(Corruption) -> [Conflict] {
    var conflicts: [Conflict] = []
    for kind in [NodeKind.event, .stance, .statement] {
      for id in try nodes(kind) {
        for index in try graph.outgoing(id) {
          let edge = try graph.edge(index)
          guard edge.kind == .contradicts else { continue }
          let sides = [try item(edge.subject), try item(edge.object)]
          var isAdmitted = false
          for side in sides where try admits(side, try days(of: side)) { isAdmitted = true }
          if isAdmitted { conflicts.append(Conflict(edge: index, sides: sides)) }
        }
      }
    }
    return conflicts
  }

  /// The independent sources with their articles, those with most articles first.
  ///
  /// - Throws: `Corruption` if the graph file is damaged.
  public func sources() throws(Corruption) -> [SourceGroup] {
    var groups: [NodeID: [SourceGroup.Article]] = [:]
    var seen: Set<NodeID> = []
    for index in 0..<graph.sourceCount {
      let source = try graph.source(SourceID(index))
      guard seen.insert(source.node).inserted else { continue }
      var outlet: NodeID?
      var agency: NodeID?
      var copies: [(article: NodeID, edge: Int)] = []
      for edge in try edges(of: source.node) {
        switch edge.kind {
        case .publishedBy: outlet = edge.object
        case .fromAgency: agency = edge.object
        case .sameStoryAs: copies.append((edge.subject == source.node ? edge.object : edge.subject, edge.id))
        default: break
        }
      }
      if let since = filter.since, source.published.map({ $0 < since }) ?? true { continue }
      if let until = filter.until, source.published.map({ $0 > until }) ?? true { continue }
      let media = [outlet, agency].compactMap(\.self)
      guard filter.outlets.isEmpty || !Set(media).isDisjoint(with: filter.outlets) else { continue }
      groups[source.witness, default: []].append(
        SourceGroup.Article(
          node: source.node, name: source.article, outlet: outlet, agency: agency, published: source.published,
          copies: copies.sorted { $0.article < $1.article }))
    }
    return groups.map { SourceGroup(witness: $0.key, articles: $0.value) }
      .filter { $0.articles.count >= filter.minSources }
      .sorted { ($1.articles.count, $0.witness) < ($0.articles.count, $1.witness) }
  }

  // MARK: Reading

  /// Nodes of a kind, found by bisection as nodes are ordered by kind.
  private func nodes(_ kind: NodeKind) throws(Corruption) -> [NodeID] {
    func first(_ isBehind: (NodeKind) -> Bool) throws(Corruption) -> Int {
      var low = 0
      var high = graph.nodeCount
      while low < high {
        let middle = (low + high) / 2
        if isBehind(try graph.kind(of: NodeID(middle))) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    let start = try first { $0.rawValue >= kind.rawValue }
    let end = try first { $0.rawValue > kind.rawValue }
    return (start..<end).map { NodeID($0) }
  }

  private func edges(of id: NodeID) throws(Corruption) -> [GraphFile.Edge] {
    var edges: [GraphFile.Edge] = []
    for index in Array(try graph.outgoing(id)) + (try graph.incoming(id)) { edges.append(try graph.edge(index)) }
    return edges
  }

  private func item(_ id: NodeID) throws(Corruption) -> ListingItem {
    var neighbours: [EdgeKind: [NodeID]] = [:]
    var claimants: Set<NodeID> = []
    let node = try graph.node(id)
    for edge in try edges(of: id) where edge.kind != .reports {
      let other = edge.subject == id ? edge.object : edge.subject
      if edge.kind == .about, edge.object == id {
        for index in try graph.incoming(other) {
          let said = try graph.edge(index)
          if said.kind == .said { claimants.insert(said.subject) }
        }
      } else if edge.kind != .toward || edge.subject == id {
        neighbours[edge.kind, default: []].append(other)
      }
    }
    let evidence = try graph.evidence(of: id)
    var witnesses: Set<NodeID> = []
    for index in evidence { witnesses.insert(try graph.source(try graph.source(ofEvidence: index)).witness) }
    return ListingItem(
      node: node, properties: try graph.properties(of: id), neighbours: neighbours, claimants: claimants.sorted(),
      articles: try graph.articles(of: evidence), witnesses: witnesses.sorted(), evidence: evidence)
  }

  /// The days of an event's date, else of the publications of what tells of it; `nil` if neither is known.
  private func days(of item: ListingItem) throws(Corruption) -> Range<Int>? {
    if let date = item[.date].flatMap(CalendarDate.init(iso8601:)) { return date.dayNumber..<date.endDayNumber }
    var days: Range<Int>?
    for index in item.evidence {
      guard let day = try graph.source(try graph.source(ofEvidence: index)).published else { continue }
      days = days.map { min($0.lowerBound, day)..<max($0.upperBound, day + 1) } ?? day..<day + 1
    }
    return days
  }

  private func admits(_ item: ListingItem, _ days: Range<Int>?) throws(Corruption) -> Bool {
    func neighbours(_ kinds: EdgeKind...) -> Set<NodeID> { Set(kinds.flatMap { item.neighbours[$0] ?? [] }) }
    if let since = filter.since, days.map({ $0.upperBound <= since }) ?? true { return false }
    if let until = filter.until, days.map({ $0.lowerBound > until }) ?? true { return false }
    if let modality = filter.modality, item[.modality] != modality { return false }
    if let polarity = filter.polarity, item[.polarity] != polarity { return false }
    if let type = filter.type?.lowercased() {
      guard [item[.eventType], item[.stanceKind], item[.form]].contains(where: { $0?.lowercased() == type }) else {
        return false
      }
    }
    guard neighbours(.actor, .recipient, .coActor, .holds, .toward, .said).isSuperset(of: filter.actors),
      neighbours(.at, .about, .toward).isSuperset(of: filter.places),
      neighbours(.about, .toward).isSuperset(of: filter.targets), item.witnesses.count >= filter.minSources
    else { return false }
    guard !filter.outlets.isEmpty else { return true }
    var media: Set<NodeID> = []
    for article in item.articles {
      for index in try graph.outgoing(article) {
        let edge = try graph.edge(index)
        if edge.kind == .publishedBy || edge.kind == .fromAgency { media.insert(edge.object) }
      }
    }
    return !media.isDisjoint(with: filter.outlets)
  }
}
