internal import VouchArticles
internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

/// What a page's script reads: nodes, edges, items, evidence and texts, in tables that refer to each other by row.
///
/// `page.js` reads the rows in the order in which they are written here.
struct PageData {
  /// Bytes of texts up to which a page holds them whole.
  static let wholeTexts = 8 << 20
  /// Most events, stances and statements in a page beside those that edges stand for.
  private static let mostItems = 60_000

  let content: ReportContent
  let evidence: EvidenceTable
  /// Events, stances and statements in the page.
  let items: [ReportContent.Item]
  /// Whether texts are whole.
  let hasWholeTexts: Bool
  private let itemNumbers: [NodeID: Int]
  private let mentions: [[Int]]

  /// - Parameter textLimit: Bytes of texts up to which the page holds them whole.
  init(_ content: ReportContent, textLimit: Int) throws {
    self.content = content
    var all = content.events + content.stances + content.statements
    if all.count > Self.mostItems {
      var kept: Set<NodeID> = []
      for edge in content.network.edges { kept.formUnion(edge.via) }
      for conflict in content.conflicts { kept.formUnion(conflict.sides.map(\.node.id)) }
      all = all.enumerated().filter { $0.offset < Self.mostItems || kept.contains($0.element.id) }.map(\.element)
    }
    items = all
    itemNumbers = Dictionary(uniqueKeysWithValues: items.enumerated().map { ($1.id, $0) })
    var mentions: [[Int]] = []
    for node in content.network.nodes {
      var pieces: [Int] = []
      for piece in try content.graph.evidence(of: node.id)
      where try pieces.count < ReportContent.mostPieces && content.view.admits(evidence: piece) {
        pieces.append(piece)
      }
      mentions.append(pieces)
    }
    self.mentions = mentions
    var used: Set<Int> = []
    for item in items { used.formUnion(item.evidence) }
    for edge in content.network.edges { used.formUnion(edge.evidence) }
    for pieces in mentions { used.formUnion(pieces) }
    evidence = try EvidenceTable(used, content.graph)
    var bytes = 0
    var seen: Set<SourceID> = []
    for piece in evidence.pieces where seen.insert(piece.source).inserted && bytes <= textLimit {
      bytes += try content.graph.text(piece.source).count
    }
    hasWholeTexts = bytes <= textLimit
  }

  /// The row of an item; `nil` if the page does not hold it.
  func number(of item: NodeID) -> Int? { itemNumbers[item] }

  // MARK: Writing

  func write(to page: inout PageWriter) throws {
    try page.markup("{")
    var labels = Labels(content.network)
    try page.member("kinds")
    try page.strings(NodeKind.allCases.map(Wording.kind))
    try page.member("colors")
    try page.strings(NodeKind.allCases.map(Network.color))
    try page.member("tones")
    try page.strings(Tone.allCases.map(\.name))
    try page.member("signs")
    try page.strings(Tone.allCases.map(\.sign))
    try writeTexts(to: &page)
    try writeItems(to: &page, &labels)
    try writeEdges(to: &page)
    try writeNodes(to: &page, labels)
    try page.markup("\n}\n")
  }

  /// Nodes by their row: those of the network, then others that items name.
  private struct Labels {
    private(set) var ids: [NodeID]
    private var rows: [NodeID: Int] = [:]

    init(_ network: Network) {
      ids = network.nodes.map(\.id)
      for (row, id) in ids.enumerated() { rows[id] = row }
    }

    mutating func row(_ id: NodeID) -> Int {
      if let row = rows[id] { return row }
      rows[id] = ids.count
      ids.append(id)
      return ids.count - 1
    }
  }

  /// Writes articles, their texts, and the pieces of evidence as source, start, length, rule, confidence, one after the other.
  private func writeTexts(to page: inout PageWriter) throws {
    let graph = content.graph
    var articles: [NodeID: Int] = [:]
    var sources: [SourceID] = []
    for piece in evidence.pieces where sources.last != piece.source { sources.append(piece.source) }
    try page.member("articles")
    try page.beginArray()
    for group in content.sources {
      let witness = try graph.node(group.witness).label
      for article in group.articles {
        articles[article.node] = articles.count
        let properties = try graph.properties(of: article.node)
        try page.beginArray()
        try page.string(article.name)
        try page.string(properties.first { $0.key == .title }?.value ?? article.name)
        try page.string(article.outlet.map { try graph.node($0).label })
        try page.string(article.agency.map { try graph.node($0).label })
        try page.string(article.published.flatMap(CalendarDate.init(dayNumber:))?.description)
        try page.string(witness)
        try page.string(properties.first { $0.key == .url }?.value)
        try page.endArray()
      }
    }
    try page.endArray()

    var rules: [String: Int] = [:]
    var pieces: [Int] = []
    try page.member("texts")
    try page.beginArray()
    var first = 0
    for (row, id) in sources.enumerated() {
      let source = try graph.source(id)
      var end = first
      while end < evidence.pieces.count, evidence.pieces[end].source == id { end += 1 }
      let text = PageText(
        try graph.text(id), sentences: try graph.sentences(of: id),
        passagesOf: hasWholeTexts ? nil : evidence.pieces[first..<end].map(\.span))
      try page.beginArray()
      try page.integer(articles[source.node] ?? -1)
      try page.integer(source.layer == .text ? 0 : 1)
      try page.string(text.text)
      try page.integers(text.sentences)
      try page.endArray()
      for piece in evidence.pieces[first..<end] {
        let units = text.units(of: piece.span) ?? 0..<0
        if rules[piece.rule] == nil { rules[piece.rule] = rules.count }
        pieces += [row, units.lowerBound, units.count, rules[piece.rule] ?? 0, piece.confidence]
      }
      first = end
    }
    try page.endArray()
    try page.member("rules")
    try page.strings(rules.sorted { $0.value < $1.value }.map(\.key))
    try page.member("pieces")
    try page.integers(pieces)
    try page.member("whole")
    try page.integer(hasWholeTexts ? 1 : 0)
  }

  private static let roles: [EdgeKind] = [.actor, .recipient, .coActor, .at, .said, .about, .holds, .toward]

  private func writeItems(to page: inout PageWriter, _ labels: inout Labels) throws {
    try page.member("roles")
    try page.strings(Self.roles.map(\.name))
    try page.member("items")
    try page.beginArray()
    for item in items {
      let facts = item.facts
      try page.beginArray()
      try page.integer(Int(item.id.index))
      try page.integer(item.kind == .event ? 0 : item.kind == .stance ? 1 : 2)
      try page.string(item.title)
      try page.string(facts[.date])
      try page.string(item.modality)
      try page.integer(item.tone.rawValue)
      try page.string(facts[.cue])
      try page.string(facts[.form])
      try page.integer(item.sources)
      var who: [Int] = []
      for (role, kind) in Self.roles.enumerated() {
        for id in facts.neighbours[kind] ?? [] where try content.graph.kind(of: id) != .event {
          who += [role, labels.row(id)]
        }
      }
      try page.integers(who)
      try page.integers(facts.claimants.map { labels.row($0) })
      try page.integers(evidence.numbers(of: item.evidence))
      try page.integers((facts.neighbours[.contradicts] ?? []).compactMap { itemNumbers[$0] })
      try page.endArray()
    }
    try page.endArray()
  }

  private func writeEdges(to page: inout PageWriter) throws {
    var ties: [String: Int] = [:]
    try page.member("edges")
    try page.beginArray()
    for edge in content.network.edges {
      let tie = Wording.tie(edge.name)
      if ties[tie] == nil { ties[tie] = ties.count }
      try page.beginArray()
      try page.integer(edge.source)
      try page.integer(edge.target)
      try page.integer(ties[tie])
      try page.integer(edge.tone.rawValue)
      try page.string(edge.modality.flatMap { $0 == "asserted" ? nil : $0 })
      try page.integers(edge.via.compactMap { itemNumbers[$0] })
      try page.integers(evidence.numbers(of: edge.evidence))
      try page.endArray()
    }
    try page.endArray()
    try page.member("ties")
    try page.strings(ties.sorted { $0.value < $1.value }.map(\.key))
  }

  private func writeNodes(to page: inout PageWriter, _ labels: Labels) throws {
    let graph = content.graph
    let network = content.network
    try page.member("nodes")
    try page.beginArray()
    for (row, id) in labels.ids.enumerated() {
      let node = try graph.node(id)
      try page.beginArray()
      try page.integer(Int(id.index))
      try page.string(node.label)
      try page.integer(NodeKind.allCases.firstIndex(of: node.kind))
      if row < network.nodes.count {
        try page.integer(Int(network.layout.x[row].rounded()))
        try page.integer(Int(network.layout.y[row].rounded()))
        try page.integer(Int((network.radius(row) * 10).rounded()))
        try page.integer(network.layout.communities[row])
        try page.integer(network.nodes[row].articles)
        try page.integer(network.nodes[row].others)
        try page.strings(try graph.properties(of: id).filter { $0.key == .alias }.map(\.value))
        try page.integers(evidence.numbers(of: mentions[row]))
      }
      try page.endArray()
    }
    try page.endArray()
  }
}

extension Network.Edge {
  /// What it is coloured by.
  var tone: Tone {
    if polarity != nil { return Tone(polarity: polarity) }
    switch name {
    case "speaks-of": return .mention
    case "member-of", "leads": return .structure
    default: return .event
    }
  }
}
