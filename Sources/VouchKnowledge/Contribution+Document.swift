internal import VouchArticles
public import VouchCore
public import VouchLanguage
public import VouchOntology

extension Contribution {
  /// Turns an article's reading into nodes and edges.
  ///
  /// - Parameters:
  ///   - document: A document that all stages of reading have run on.
  ///   - gazetteer: Knows outlets and agencies by name.
  /// - Throws: A `Diagnostic` for an article without a single sentence, which nothing could vouch for.
  public init(_ document: Document, gazetteer: Gazetteer) throws(Diagnostic) {
    let article = document.article
    self.init(
      article: article.id, text: article.text, sentences: document.sentences.map(\.span), given: article.given)
    guard let articleNode = addArticle(document) else {
      throw Diagnostic(
        .error, "article.no-sentences", "the article holds no sentence; expected at least one",
        at: .init(path: article.origin))
    }
    addProvenance(of: article, node: articleNode, gazetteer: gazetteer)
    let entities = addEntities(document)
    let events = addEvents(document, articleNode: articleNode, entities: entities)
    addStatements(document, articleNode: articleNode, entities: entities)
    addStances(document, articleNode: articleNode, entities: entities, events: events)
    for relation in document.relations {
      guard let subject = entities[relation.subject], let object = entities[relation.object] else { continue }
      let kind: EdgeKind =
        switch relation.kind {
        case .leads: .leads
        case .memberOf: .memberOf
        case .partOf: .partOf
        }
      connect(subject, kind, object, relation.evidence)
    }
  }

  private mutating func addArticle(_ document: Document) -> Int? {
    let article = document.article
    let metadata = article.metadata
    var proof = metadata.title.flatMap { evidence($0, rule: "article.title") }
    if proof == nil, let first = document.sentences.first {
      proof = try? Evidence(
        first.span, of: text, sentences: sentences, rule: "article.text", confidence: Confidence(1))
    }
    guard let proof else { return nil }
    var properties: [Property: String] = [.language: metadata.language]
    properties[.title] = metadata.title?.value
    properties[.url] = metadata.url
    properties[.published] = metadata.published?.description
    properties[.outlet] = metadata.outlet?.value
    properties[.agency] = metadata.agency?.value
    return add(
      .article, .own(""), label: metadata.title?.value ?? article.id, evidence: proof, properties: properties)
  }

  /// The words of a metadata fact as evidence; `nil` if they cannot be found where they are said to be.
  private func evidence(_ located: Article.Located, rule: Symbol) -> Evidence? {
    switch located.layer {
    case .text:
      return try? Evidence(located.span, of: text, sentences: sentences, rule: rule, confidence: Confidence(0.9))
    case .metadata:
      guard let given else { return nil }
      return try? Evidence(
        located.span, of: given, sentences: Self.lines(of: given), source: Self.metadataSource, rule: rule,
        confidence: Confidence(1))
    }
  }

  /// The source id of the metadata text inside one article's contribution; the article's own text is source 0.
  static let metadataSource = SourceID(1)

  private mutating func addProvenance(of article: Article, node: Int, gazetteer: Gazetteer) {
    func entry(_ name: String, _ kinds: Set<Gazetteer.Kind>) -> Gazetteer.Entry? {
      gazetteer.matches(for: name).lazy.map { gazetteer.entry($0.entry) }.first { kinds.contains($0.kind) }
    }
    func connectName(_ located: Article.Located, _ kind: NodeKind, _ edge: EdgeKind, _ known: Gazetteer.Entry?) {
      guard let proof = evidence(located, rule: Symbol("article.\(kind.name)")) else { return }
      let slug = Self.slug(located.value)
      guard known != nil || !slug.isEmpty else { return }
      let target = add(
        kind, .shared(known?.id ?? "\(kind.name)/\(slug)"), label: known?.name, alias: located.value, evidence: proof,
        properties: known.map(Self.properties) ?? [:])
      connect(node, edge, target, proof)
    }
    if let outlet = article.metadata.outlet {
      let known = entry(outlet.value, [.outlet, .agency])
      connectName(outlet, known?.kind == .agency ? .agency : .outlet, .publishedBy, known)
    }
    if let agency = article.metadata.agency {
      connectName(agency, .agency, .fromAgency, entry(agency.value, [.agency]))
    }
    for author in article.metadata.authors { connectName(author, .author, .writtenBy, nil) }
  }

  /// Adds a node for each entity; the result holds its index, `nil` for entities of no kind that the graph has.
  private mutating func addEntities(_ document: Document) -> [Int?] {
    document.entities.map { entity in
      guard let kind = Self.nodeKind(of: entity) else { return nil }
      let key: Key
      if let entry = entity.entry {
        key = .shared(entry.id)
      } else {
        let slug = Self.slug(entity.name)
        guard !slug.isEmpty else { return nil }
        // A bare surname says nothing about who bears it elsewhere.
        let isBareName = kind == .person && !entity.name.contains(" ")
        key = isBareName || kind == .group ? .own("\(kind.name)/\(slug)") : .shared("\(kind.name)/\(slug)")
      }
      var properties = entity.entry.map(Self.properties) ?? [:]
      if !kind.isPlace {
        properties[.latitude] = nil
        properties[.longitude] = nil
      }
      var index: Int?
      for mention in entity.mentions.map({ document.mentions[$0] }) {
        index = add(
          kind, key, label: entity.entry?.name,
          alias: mention.kind == .name ? document.words(mention.evidence.span) : nil,
          evidence: mention.evidence, properties: properties)
      }
      for demonym in entity.demonyms {
        index = add(kind, key, label: entity.entry?.name, evidence: demonym, properties: properties)
      }
      if let index, let entry = entity.entry { name(index, by: entry.aliases) }
      return index
    }
  }

  private static func nodeKind(of entity: Entity) -> NodeKind? {
    if let entry = entity.entry {
      switch entry.kind {
      case .country: return .country
      case .person: return .person
      case .organization: return entity.kind == .government ? .government : .organization
      case .facility: return entry.government != nil ? .government : .facility
      case .region: return .region
      case .city: return .city
      case .agency: return .agency
      case .outlet: return .outlet
      }
    }
    switch entity.kind {
    case .person: return .person
    case .organization: return .organization
    case .government: return .government
    case .group: return .group
    case .place: return .place
    case .facility: return .facility
    case .other: return nil
    }
  }

  private static func properties(of entry: Gazetteer.Entry) -> [Property: String] {
    var properties: [Property: String] = [:]
    properties[.wikidata] = entry.wikidata
    properties[.country] = entry.country
    properties[.latitude] = entry.latitude.map { decimal($0) }
    properties[.longitude] = entry.longitude.map { decimal($0) }
    if entry.id.hasPrefix("geonames:") { properties[.geonames] = String(entry.id.dropFirst("geonames:".count)) }
    return properties
  }

  /// Degrees with at most five decimals (a metre), the same on every machine.
  private static func decimal(_ degrees: Double) -> String {
    let scaled = Int((degrees * 100_000).rounded())
    let (whole, part) = scaled.magnitude.quotientAndRemainder(dividingBy: 100_000)
    var digits = String(part + 100_000).dropFirst()
    while digits.count > 1, digits.last == "0" { digits.removeLast() }
    return (scaled < 0 ? "-" : "") + "\(whole).\(digits)"
  }

  private mutating func addEvents(_ document: Document, articleNode: Int, entities: [Int?]) -> [Int?] {
    document.events.map { event in
      guard let first = event.triggers.first else { return nil }
      var properties: [Property: String] = [.eventType: event.type, .modality: event.modality.rawValue]
      properties[.eventMode] = event.mode
      properties[.date] = event.date?.description
      let key = Key.own("event/\(offset(first))")
      let label = eventLabel(event, document)
      var node = 0
      for trigger in event.triggers {
        node = add(.event, key, label: label, evidence: trigger, properties: properties)
        connect(articleNode, .reports, node, trigger)
      }
      for participant in event.participants {
        guard let entity = entities[participant.entity], nodes[entity].kind.isActor else { continue }
        let kind: EdgeKind =
          switch participant.role {
          case .actor: .actor
          case .recipient: .recipient
          case .coActor: .coActor
          }
        connect(node, kind, entity, participant.evidence)
      }
      if let place = event.place, let entity = entities[place.entity], nodes[entity].kind.isPlace {
        connect(node, .at, entity, place.evidence)
      }
      return node
    }
  }

  /// `CONSULT phone (planned): A, B → C`.
  private func eventLabel(_ event: Event, _ document: Document) -> String {
    func names(_ roles: [Event.Role]) -> String {
      event.participants.filter { roles.contains($0.role) }.map { document.entities[$0.entity].name }
        .joined(separator: ", ")
    }
    let kind = event.type + (event.mode.map { " " + $0 } ?? "")
    let manner = event.modality == .asserted ? "" : " (\(event.modality.rawValue))"
    let actors = names([.actor, .coActor])
    let recipients = names([.recipient])
    return kind + manner + (actors.isEmpty ? "" : ": " + actors)
      + (recipients.isEmpty ? "" : (actors.isEmpty ? ": → " : " → ") + recipients)
  }

  private func offset(_ evidence: Evidence) -> Int { text.index.codePoint(atByte: Int(evidence.span.start)) }

  private mutating func addStatements(_ document: Document, articleNode: Int, entities: [Int?]) {
    for attribution in document.attributions {
      guard let source = attribution.source, let speaker = entities[source], let first = attribution.content.first,
        nodes[speaker].kind.isActor
      else { continue }
      let content = attribution.content.map { document.words($0) }.joined(separator: " … ")
      var properties: [Property: String] = [.form: attribution.form.rawValue, .content: content]
      if !attribution.cue.isEmpty {
        properties[.cue] = attribution.cue.map { document.words($0) }.joined(separator: " … ")
      }
      let node = add(
        .statement, .own("statement/\(text.index.codePoint(atByte: Int(first.start)))"),
        label: "\(document.entities[source].name): \(Self.clipped(content))", evidence: attribution.evidence,
        properties: properties)
      connect(speaker, .said, node, attribution.evidence)
      connect(articleNode, .reports, node, attribution.evidence)
      for mention in document.mentions where attribution.content.contains(where: { $0.contains(mention.evidence.span) })
      {
        guard let entity = entities[mention.entity], entity != speaker else { continue }
        connect(node, .about, entity, mention.evidence)
      }
    }
  }

  /// The mentions that lie inside a span; mentions ascend, so they are found by bisection.
  private func mentions(of document: Document, in span: Span) -> ArraySlice<Mention> {
    let mentions = document.mentions
    func first(atOrAfter offset: UInt32) -> Int {
      var low = 0
      var high = mentions.count
      while low < high {
        let middle = (low + high) / 2
        if mentions[middle].evidence.span.start < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let inside = mentions[first(atOrAfter: span.start)..<first(atOrAfter: span.end)]
    return inside.last.map { $0.evidence.span.end <= span.end } ?? true ? inside : inside.dropLast()
  }

  private mutating func addStances(_ document: Document, articleNode: Int, entities: [Int?], events: [Int?]) {
    for stance in document.stances {
      guard let holder = entities[stance.holder], nodes[holder].kind.isActor else { continue }
      let target: Int?
      switch stance.target {
      case .entity(let index): target = entities[index]
      case .event(let index): target = events[index]
      case .issue(let label):
        let slug = Self.slug(label)
        target =
          slug.isEmpty
          ? nil
          : add(.issue, .shared("issue/\(slug)"), label: label, evidence: stance.targetEvidence)
      }
      guard let target, target != holder else { continue }
      let manner = "\(stance.polarity.rawValue)/\(stance.kind)"
      let key: Key =
        switch (nodes[holder].key, nodes[target].key) {
        case (.shared(let holder), .shared(let target)): .shared("stance/\(holder)/\(manner)/\(target)")
        case (.shared(let holder), .own(let target)), (.own(let holder), .shared(let target)),
          (.own(let holder), .own(let target)):
          .own("stance/\(holder)/\(manner)/\(target)")
        }
      let targetLabel = nodes[target].givenLabel ?? nodes[target].aliases.first ?? ""
      let node = add(
        .stance, key,
        label:
          "\(document.entities[stance.holder].name): \(stance.kind) (\(stance.polarity.rawValue)) \(Self.clipped(targetLabel))",
        evidence: stance.evidence, properties: [.polarity: stance.polarity.rawValue, .stanceKind: stance.kind])
      connect(holder, .holds, node, stance.holderEvidence)
      connect(node, .toward, target, stance.targetEvidence)
      connect(articleNode, .reports, node, stance.evidence)
    }
  }

  /// At most 80 characters, the rest replaced by an ellipsis; no comma or full stop at the end.
  static func clipped(_ text: String) -> String {
    if text.count > 80 { return text.prefix(79) + "…" }
    return text.hasSuffix(",") || text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// A name as part of a key: folded, its letters and digits kept, anything else a hyphen; at most 96 characters.
  static func slug(_ name: String) -> String {
    var slug = ""
    for scalar in name.folded.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        slug.unicodeScalars.append(scalar)
      } else if !slug.isEmpty, slug.last != "-" {
        slug.append("-")
      }
      if slug.unicodeScalars.count >= 96 { break }
    }
    while slug.last == "-" { slug.removeLast() }
    return slug
  }
}
