internal import VouchArticles
public import VouchCore
public import VouchKnowledge
public import VouchLanguage
internal import VouchOntology

/// A document whose layers a test sets by hand, so that later modules are tested without reading.
///
/// Words are found by their text; the first occurrence that follows `after` counts.
public struct HandMadeDocument {
  /// The document so far.
  public private(set) var document: Document

  /// Makes a document of one sentence per line.
  public init(
    _ id: String, _ text: String, title: String? = nil, published: String? = nil, outlet: String? = nil,
    agency: String? = nil
  ) {
    let source = SourceText(text)
    var sentences: [Sentence] = []
    var start = 0
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let end = start + line.utf8.count
      if end > start { sentences.append(Sentence(Span(start, end), block: 0, tokens: 0..<0)) }
      start = end + 1
    }
    var metadata = Article.Metadata()
    var given = ""
    func located(_ key: String, _ value: String?) -> Article.Located? {
      guard let value else { return nil }
      let valueStart = given.utf8.count + key.utf8.count + 2
      given += "\(key): \(value)\n"
      return Article.Located(value, layer: .metadata, span: Span(valueStart, valueStart + value.utf8.count))
    }
    metadata.title = located("title", title)
    metadata.outlet = located("outlet", outlet)
    metadata.agency = located("agency", agency)
    metadata.published = published.flatMap(CalendarDate.init(iso8601:))
    let article = Article(
      id: id, origin: id, text: source, given: given.isEmpty ? nil : SourceText(given), metadata: metadata,
      blocks: [Article.Block(source.span, .paragraph)], body: source.span)
    document = Document(article)
    document.sentences = sentences
  }

  /// The evidence of some words of the text; a failed look-up is a mistake in the test.
  public func evidence(_ words: String, rule: Symbol = "test.rule", confidence: Double = 0.9) -> Evidence {
    let text = document.text.bytes
    let wanted = Array(words.utf8)
    for start in 0...max(0, text.count - wanted.count) where text[start...].starts(with: wanted) {
      if let evidence = try? document.evidence(
        Span(start, start + wanted.count), rule: rule, confidence: Confidence(confidence))
      {
        return evidence
      }
    }
    preconditionFailure("the text does not hold \"\(words)\"")
  }

  /// Adds an entity that is mentioned with each of `words`; returns its index.
  public mutating func entity(_ kind: Entity.Kind, _ name: String, _ words: String...) -> Int {
    entity(kind, name, mentions: (words.isEmpty ? [name] : words).map { evidence($0, rule: "test.name") })
  }

  /// Adds an entity with the mentions given, all of one kind; returns its index.
  public mutating func entity(
    _ kind: Entity.Kind, _ name: String, mentions: [Evidence], as form: Mention.Kind = .name
  ) -> Int {
    let index = document.entities.count
    let first = document.mentions.count
    document.mentions += mentions.map { Mention($0, entity: index, kind: form) }
    document.entities.append(
      Entity(kind: kind, name: name, entry: nil, mentions: Array(first..<document.mentions.count)))
    return index
  }

  /// The evidence of an entity's first mention.
  private func mention(_ entity: Int) -> Evidence { document.mentions[document.entities[entity].mentions[0]].evidence }

  /// Adds an event; returns its index.
  @discardableResult
  public mutating func event(
    _ type: String, mode: String? = nil, _ trigger: String, actors: [Int], recipients: [Int] = [], place: Int? = nil,
    date: String? = nil, modality: Modality = .asserted
  ) -> Int {
    let participants =
      actors.map { Event.Participant(entity: $0, role: .actor, evidence: mention($0)) }
      + recipients.map { Event.Participant(entity: $0, role: .recipient, evidence: mention($0)) }
    document.events.append(
      Event(
        type: type, mode: mode, triggers: [evidence(trigger)], participants: participants,
        place: place.map { ($0, mention($0)) }, date: date.flatMap(CalendarDate.init(iso8601:)), modality: modality))
    return document.events.count - 1
  }

  /// Adds a stance.
  public mutating func stance(
    _ holder: Int, _ polarity: Stance.Polarity, _ kind: String, _ target: Stance.Target, words: String
  ) {
    document.stances.append(
      Stance(
        holder: holder, holderEvidence: mention(holder), target: target, targetEvidence: evidence(words),
        polarity: polarity, kind: kind, evidence: evidence(words)))
  }

  /// Adds an attribution.
  public mutating func attribution(_ source: Int, cue: String, content: String) {
    document.attributions.append(
      Attribution(
        source: source, sourceSpans: [mention(source).span], cue: [evidence(cue).span],
        content: [evidence(content).span],
        form: .indirect, evidence: evidence(content)))
  }

  /// What the document contributes to a graph, by the built-in gazetteer.
  public func contribution() throws -> Contribution { try Contribution(document, linker: Self.linker.get()) }

  private static let linker = Result { try Linker(Ontology(), gazetteer: try Gazetteer(Ontology())) }
}

/// Graphs for tests.
public enum SampleGraph {
  /// Three articles: two outlets carry one agency's story, a third tells of other people, one of whom nobody else mentions.
  public static func contributions() throws -> [Contribution] {
    let story = "Ann Abel met Bob Byrne in Ystad.\nBob Byrne rejected the harbour plan.\n"
    var first = HandMadeDocument(
      "one.txt", story, title: "Talks", published: "2025-03-01", outlet: "The Gull", agency: "Coast Press Agency")
    Self.tell(&first)
    var second = HandMadeDocument(
      "two.txt", story, published: "2025-03-02", outlet: "The Heron", agency: "Coast Press Agency")
    Self.tell(&second)
    var third = HandMadeDocument(
      "three.txt", "Cid Cole warned Bob Byrne.\nCid Cole said the mayor backs the harbour plan.\nDora Dahl sleeps.\n",
      published: "2025-04-01", outlet: "The Heron")
    let cid = third.entity(.person, "Cid Cole")
    let bob = third.entity(.person, "Bob Byrne")
    _ = third.entity(.person, "Dora Dahl")
    third.event("THREATEN", "warned", actors: [cid], recipients: [bob])
    third.stance(cid, .support, "endorse", .issue("harbour plan"), words: "harbour plan")
    third.attribution(cid, cue: "said", content: "the mayor backs the harbour plan")
    return [try first.contribution(), try second.contribution(), try third.contribution()]
  }

  private static func tell(_ document: inout HandMadeDocument) {
    let ann = document.entity(.person, "Ann Abel")
    let bob = document.entity(.person, "Bob Byrne")
    let place = document.entity(.place, "Ystad")
    document.event("CONSULT", mode: "visit", "met", actors: [ann], recipients: [bob], place: place, date: "2025-02-28")
    document.stance(bob, .oppose, "reject", .issue("harbour plan"), words: "harbour plan")
  }

  /// The graph of these articles.
  public static func graph() throws -> Graph { Graph.merging(try contributions()).graph }
}
