internal import VouchArticles
public import VouchCore
public import VouchLanguage
internal import VouchOntology

extension Contribution {
  /// Turns an article's reading into nodes and edges.
  ///
  /// - Parameters:
  ///   - document: A document that all stages of reading have run on.
  ///   - linker: Knows outlets and agencies by name, and which names are one.
  /// - Throws: A `Diagnostic` for an article without a single sentence, which nothing could vouch for.
  public init(_ document: Document, linker: Linker) throws(Diagnostic) {
    let article = document.article
    self.init(
      article: article.id, text: article.text, sentences: document.sentences.map(\.span), given: article.given,
      isRead: { sentence in
        let block = document.sentences[sentence].block
        return !article.blocks.indices.contains(block) || article.blocks[block].kind.isRead
      },
      published: article.metadata.published.flatMap { $0.day == nil ? nil : $0.dayNumber })
    guard let articleNode = addArticle(document) else {
      throw Diagnostic(
        .error, "article.no-sentences", "the article holds no sentence; expected at least one",
        at: .init(path: article.origin))
    }
    addProvenance(of: article, node: articleNode, linker: linker)
    let entities = addEntities(document, linker)
    let events = addEvents(document, articleNode: articleNode, entities: entities)
    addStatements(document, articleNode: articleNode, entities: entities, events: events)
    addStances(document, articleNode: articleNode, entities: entities, events: events, linker)
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
      .article, .own(""), label: .given(metadata.title?.value ?? article.id), evidence: proof, properties: properties)
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

  private mutating func addProvenance(of article: Article, node: Int, linker: Linker) {
    let gazetteer = linker.gazetteer
    func entry(_ name: String, _ kinds: Set<Gazetteer.Kind>) -> Gazetteer.Entry? {
      gazetteer.matches(for: name).lazy.map { gazetteer.entry($0.entry) }.first { kinds.contains($0.kind) }
    }
    func connectName(_ located: Article.Located, _ kind: NodeKind, _ edge: EdgeKind, _ known: Gazetteer.Entry?) {
      guard let proof = evidence(located, rule: Symbol("article.\(kind.name)")) else { return }
      let slug = Self.slug(located.value)
      guard known != nil || !slug.isEmpty else { return }
      let target = add(
        kind, .shared(known?.id ?? "\(kind.name)/\(slug)"), label: known.map { .given($0.name) } ?? .fullestAlias,
        alias: located.value, evidence: proof,
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
  private mutating func addEntities(_ document: Document, _ linker: Linker) -> [Int?] {
    document.entities.map { entity in
      guard var kind = Self.nodeKind(of: entity) else { return nil }
      var entry = entity.entry
      var rule: String?
      if entry == nil, kind == .person, let person = linker.person(spelt: entity.name) {
        entry = person
        kind = .person
        rule = "name.spelling-of-gazetteer"
      }
      // A group goes by its description where nobody names it.
      let isNamed = kind != .group || entity.mentions.contains { document.mentions[$0].kind == .name }
      guard let key = entry.map({ Key.shared($0.id) }) ?? Self.key(kind, entity.name, isNamed, linker, &rule) else {
        return nil
      }
      var properties = entry.map(Self.properties) ?? [:]
      if !kind.isPlace {
        properties[.latitude] = nil
        properties[.longitude] = nil
      }
      properties[.code] = entity.code
      let label = entry.map { Label.given($0.name) } ?? (isNamed ? .fullestAlias : .given(entity.name))
      var index: Int?
      for mention in entity.mentions.map({ document.mentions[$0] }) {
        index = add(
          kind, key, label: label,
          alias: mention.kind == .name ? document.words(mention.evidence.span) : nil,
          evidence: mention.evidence, properties: properties)
      }
      for demonym in entity.demonyms {
        index = add(
          kind, key, label: label, evidence: demonym, properties: properties)
      }
      if let index { name(index, entity.name, linkedBy: rule, knownAs: entry?.aliases ?? []) }
      return index
    }
  }

  /// The key of an entity that no gazetteer knows: its name, in the form that all spellings share.
  ///
  /// - Parameter isNamed: Whether it goes by a name, as peoples do, not by a description alone.
  private static func key(
    _ kind: NodeKind, _ name: String, _ isNamed: Bool, _ linker: Linker, _ rule: inout String?
  ) -> Key? {
    let slug = Self.slug(name)
    guard !slug.isEmpty else { return nil }
    // A bare surname says nothing about who bears it elsewhere, nor does "the soldiers" about whose they are.
    if kind == .group && !isNamed || (kind == .person && !name.contains(" ")) { return .own("\(kind.name)/\(slug)") }
    let form =
      switch kind {
      case .person: linker.names.form(of: name, .person)
      case .organization, .government: linker.names.form(of: name, .body)
      default: slug
      }
    guard form != slug, !form.isEmpty else { return .shared("\(kind.name)/\(slug)") }
    rule = "name.spelling"
    return .shared("\(kind.name)/\(form)")
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
    // A user's own country may have no ISO code.
    properties[.country] = entry.country.flatMap { $0.utf8.count == 2 ? $0 : nil }
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
      properties[.code] = event.code
      var actors: [Int] = []
      var recipients: [Int] = []
      for participant in event.participants {
        guard let entity = entities[participant.entity], nodes[entity].kind.isActor else { continue }
        if participant.role == .recipient { recipients.append(entity) } else { actors.append(entity) }
      }
      let key = Key.own("event/\(offset(first))")
      var node = 0
      for trigger in event.triggers {
        node = add(
          .event, key, label: .event(actors: actors, recipients: recipients), evidence: trigger, properties: properties)
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
      happenings.append(
        Happening(
          node: node, trigger: Self.stems(of: event.triggers.prefix(8).map(\.span), document),
          context: Self.stems(of: [document.sentences[Int(first.sentence)].span], document)))
      return node
    }
  }

  /// Stems of the words in some spans: their lemmas where they are known, cut to five letters; at most 64 of a span.
  private static func stems(of spans: [Span], _ document: Document) -> Set<UInt64> {
    var stems: Set<UInt64> = []
    for span in spans {
      var index = document.tokens.partition { $0.span.start >= span.start }
      let first = index
      while index < document.tokens.count, index < first + 64, document.tokens[index].span.start < span.end {
        let token = document.tokens[index]
        if token.upos != .punct, token.lemma.utf8.count > 2 { stems.insert(stem(token.lemma)) }
        index += 1
      }
      // A document whose words nobody has cut.
      if document.tokens.isEmpty {
        for word in document.words(span).folded.split(whereSeparator: { !$0.isLetter }).prefix(64) where word.count > 2
        {
          stems.insert(stem(String(word)))
        }
      }
    }
    return stems
  }

  private static func stem(_ word: String) -> UInt64 {
    XXH64.hash(word.folded.unicodeScalars.prefix(5).map { UInt8(truncatingIfNeeded: $0.value) })
  }

  private func offset(_ evidence: Evidence) -> Int { text.index.codePoint(atByte: Int(evidence.span.start)) }

  private mutating func addStatements(_ document: Document, articleNode: Int, entities: [Int?], events: [Int?]) {
    let triggers = Self.triggers(of: document, events)
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
        label: .statement(speaker: speaker, content: Self.clipped(content)), evidence: attribution.evidence,
        properties: properties)
      connect(speaker, .said, node, attribution.evidence)
      connect(articleNode, .reports, node, attribution.evidence)
      for span in attribution.content {
        for mention in Self.inside(span, document.mentions, \.evidence.span) {
          guard let entity = entities[mention.entity], entity != speaker else { continue }
          connect(node, .about, entity, mention.evidence)
        }
        for (event, evidence) in Self.inside(span, triggers, \.evidence.span) {
          connect(node, .about, event, evidence)
        }
      }
    }
  }

  /// The event that was alleged last before some words, in their sentence or the two before it, by somebody else.
  private func claim(before words: Evidence, _ claims: [(node: Int, evidence: Evidence)], notOf holder: Int) -> Int? {
    let end = claims.partition { $0.evidence.span.start >= words.span.start }
    return claims[..<end].suffix(4).reversed().first { claim in
      guard claim.evidence.sentence + 2 >= words.sentence, case .event(let actors, _) = nodes[claim.node].label else {
        return false
      }
      return !actors.contains(holder)
    }?.node
  }

  /// The words that tell of events, ascending, with the events' nodes.
  private static func triggers(of document: Document, _ events: [Int?]) -> [(node: Int, evidence: Evidence)] {
    var triggers: [(node: Int, evidence: Evidence)] = []
    for (event, node) in zip(document.events, events) {
      if let node { triggers += event.triggers.map { (node, $0) } }
    }
    return triggers.sorted { ($0.evidence.span, $0.node) < ($1.evidence.span, $1.node) }
  }

  /// The items that lie inside a span; they ascend, so the first is found by bisection.
  private static func inside<Item>(_ span: Span, _ items: [Item], _ place: (Item) -> Span) -> [Item] {
    items[items.partition { place($0).start >= span.start }..<items.partition { place($0).start >= span.end }]
      .filter { place($0).end <= span.end }
  }

  private mutating func addStances(
    _ document: Document, articleNode: Int, entities: [Int?], events: [Int?], _ linker: Linker
  ) {
    let claims = Self.triggers(
      of: document,
      zip(document.events, events).map { $0.type == "ACCUSE" || $0.modality == .alleged ? $1 : nil })
    for stance in document.stances {
      guard let holder = entities[stance.holder], nodes[holder].kind.isActor else { continue }
      let target: Int?
      switch stance.target {
      case .entity(let index): target = entities[index]
      case .event(let index): target = events[index]
      case .issue(let label):
        let form = linker.issues.form(of: label)
        // "The claim" is another one in each article.
        let key = "issue/\(form)"
        target =
          form.isEmpty
          ? nil
          : add(
            .issue, linker.issues.isClaim(form) ? .own(key) : .shared(key), label: .usualAlias, alias: label,
            evidence: stance.targetEvidence)
      }
      guard let target, target != holder else { continue }
      let node = add(
        .stance, .stance(holder: holder, manner: "\(stance.polarity.rawValue)/\(stance.kind)", target: target),
        label: .stance, evidence: stance.evidence,
        properties: [.polarity: stance.polarity.rawValue, .stanceKind: stance.kind])
      if stance.polarity == .oppose, case .issue(let label) = stance.target,
        linker.issues.isClaim(linker.issues.form(of: label)),
        let event = claim(before: stance.evidence, claims, notOf: holder)
      {
        deniedClaims.append((node, event))
      }
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

extension RandomAccessCollection {
  /// Where the elements that meet a condition begin, given that they stand behind all others.
  func partition(_ isBehind: (Element) -> Bool) -> Index {
    var low = startIndex
    var count = self.count
    while count > 0 {
      let half = count / 2
      let middle = index(low, offsetBy: half)
      if isBehind(self[middle]) {
        count = half
      } else {
        low = index(after: middle)
        count -= half + 1
      }
    }
    return low
  }
}
