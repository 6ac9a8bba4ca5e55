internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// A document's dependency trees, with the mentions, demonyms and times that stand at their words.
struct Trees {
  private(set) var document: Document
  let words: ReadingWords
  let children: NearDependents
  let relations: [Deprel]
  /// First and last token below each token, itself included.
  let subtrees: [ClosedRange<Int>]
  /// Mention whose head a token is, a name before a description; -1 where there is none.
  private(set) var mentionAt: [Int]
  /// Name or pronoun that covers a token; -1 where there is none.
  private(set) var nameOver: [Int]
  /// Country entity of a demonym; -1 elsewhere.
  private(set) var demonymAt: [Int]
  /// Time expression that covers a token; -1 where there is none.
  private(set) var timeOver: [Int]
  /// What sort of thing the reference headed by a token means.
  private(set) var kindAt: [Reference.Kind?]
  /// Attribution whose content a token belongs to, the innermost; -1 where there is none.
  private(set) var attributionOver: [Int]
  /// People whom a parser joined to a body in the description of the person before them, by that person.
  private var joined: [Int: [Int]] = [:]
  /// These people.
  private var moved: Set<Int> = []
  /// Entity of the government of each country by its ISO code.
  private(set) var governments: [String: Int] = [:]

  /// Collects what stands where.
  ///
  /// - Complexity: O(n) in tokens and annotations; what overlaps it counts once for each layer.
  init(_ document: Document, _ words: ReadingWords) {
    self.document = document
    self.words = words
    let lists = DependentLists(document.tokens)
    children = NearDependents(lists)
    relations = document.tokens.map { Deprel($0.deprel) }
    subtrees = lists.subtrees
    let count = document.tokens.count
    mentionAt = Array(repeating: -1, count: count)
    nameOver = mentionAt
    demonymAt = mentionAt
    timeOver = mentionAt
    attributionOver = mentionAt
    kindAt = Array(repeating: nil, count: count)
    for reference in document.references { kindAt[reference.head] = reference.kind }
    markMentions()
    markTimes()
    markDemonyms()
    markCodes()
    markAttributions()
    joinPeople()
  }

  /// "Anna Berg, the president of Malta, and Eva Lund": the one person is joined to the other, not to what she presides.
  private mutating func joinPeople() {
    for token in document.tokens.indices where relations[token] == .conj && isPerson(token) {
      guard let body = head(token), nameOver[body] >= 0, !isPerson(body) else { continue }
      // ", and": what follows is joined to more than the last word.
      let link = (subtrees[token].lowerBound..<token).first { upos($0) != .punct } ?? token
      guard link > 0, upos(link) == .cconj, norm(link - 1) == "," else { continue }
      var current = body
      for _ in 0..<Self.climb {
        guard let above = head(current) else { break }
        if relations[current] == .appos, isPerson(above) {
          joined[above, default: []].append(token)
          moved.insert(token)
          break
        }
        guard [.nmod, .nmodPoss, .compound, .flat].contains(relations[current]) else { break }
        current = above
      }
    }
  }

  /// Whether a token heads a person's name.
  private func isPerson(_ token: Int) -> Bool {
    mentionAt[token] >= 0 && document.mentions[mentionAt[token]].kind == .name
      && document.entities[document.mentions[mentionAt[token]].entity].kind == .person
  }

  // MARK: Layers

  /// The token ranges of ascending spans.
  private func ranges(of spans: some Sequence<Span>) -> [Range<Int>] {
    var first = 0
    return spans.map { span in
      while first < document.tokens.count, document.tokens[first].span.end <= span.start { first += 1 }
      var end = first
      while end < document.tokens.count, document.tokens[end].span.start < span.end { end += 1 }
      return first..<max(first, end)
    }
  }

  private mutating func markMentions() {
    let ranges = ranges(of: document.mentions.lazy.map(\.evidence.span))
    for (index, (mention, range)) in zip(document.mentions, ranges).enumerated() {
      guard let head = head(of: range) else { continue }
      let known = mentionAt[head]
      if known < 0 || document.mentions[known].kind != .name && mention.kind == .name { mentionAt[head] = index }
      if mention.kind != .nominal { for token in range where nameOver[token] < 0 { nameOver[token] = index } }
    }
    for (index, entity) in document.entities.enumerated() {
      if let entry = entity.entry, entry.kind == .country, let code = entry.country, governments[code] == nil {
        governments[code] = index
      }
    }
  }

  private mutating func markTimes() {
    for (index, range) in ranges(of: document.times.lazy.map(\.span)).enumerated() {
      for token in range { timeOver[token] = index }
    }
  }

  /// Finds the countries that adjectives refer to; one that the article does not mention becomes an entity without mentions
  /// if somebody or something of it acts.
  private mutating func markDemonyms() {
    var known: [String: Gazetteer.Entry?] = [:]
    for (index, token) in document.tokens.enumerated()
    where nameOver[index] < 0 && isCapital(index) && document.isRead(token: index) {
      if known[token.norm] == nil {
        known[token.norm] = .some(words.demonymCountry(document.words(token.span)).map { words.gazetteer.entry($0) })
      }
      guard let country = known[token.norm] ?? nil, let code = country.country,
        governments[code] != nil || qualifiesActor(index),
        let evidence = try? document.evidence(token.span, rule: Self.demonym, confidence: Confidence(0.9))
      else { continue }
      if governments[code] == nil {
        governments[code] = document.entities.count
        document.entities.append(Entity(kind: .government, name: country.name, entry: country, mentions: []))
        document.entities[document.entities.count - 1].code = words.codes.code(
          country, on: document.article.metadata.published)
      }
      if let entity = governments[code] {
        demonymAt[index] = entity
        if document.entities[entity].mentions.isEmpty { document.entities[entity].demonyms.append(evidence) }
      }
    }
  }

  private static let demonym: Symbol = "entity.demonym"

  /// Whether an adjective stands before people, a body, or a noun that tells of an event or attitude.
  private func qualifiesActor(_ token: Int) -> Bool {
    guard let above = head(token), [.amod, .compound, .conj, .nmodDesc].contains(relations[token]) else { return false }
    // "the Kenyan and Peruvian proposal"
    let noun = relations[token] == .conj && upos(above) != .noun ? head(above) ?? above : above
    if kindAt[noun] == .person || kindAt[noun] == .organization || isBody(noun) { return true }
    return !words.eventFrames(lemma(noun), .noun).isEmpty || !words.stanceFrames(lemma(noun), .noun).isEmpty
  }

  /// Mentions of an entity that are looked at for its code, at most.
  private static let codeMentions = 3

  /// Gives people, groups and bodies that no table has a code for the one of the words around their first mentions.
  private mutating func markCodes() {
    var tries: [Int: Int] = [:]
    for token in document.tokens.indices where mentionAt[token] >= 0 {
      let mention = document.mentions[mentionAt[token]]
      guard mention.kind != .pronoun, document.entities[mention.entity].code == nil, isActor(entity: mention.entity),
        tries[mention.entity, default: 0] < Self.codeMentions
      else { continue }
      tries[mention.entity, default: 0] += 1
      document.entities[mention.entity].code = code(
        Part(entity: mention.entity, span: mention.evidence.span, isActor: true, head: token))
    }
  }

  /// Adds entities that only the trees tell of, with their mentions.
  mutating func add(_ entities: [Entity], _ mentions: [Mention]) {
    document.entities += entities
    let sorted = mentions.sorted { $0.evidence.span < $1.evidence.span }
    for (mention, range) in zip(sorted, ranges(of: sorted.lazy.map(\.evidence.span))) {
      if let head = head(of: range), mentionAt[head] < 0 { mentionAt[head] = document.mentions.count }
      document.mentions.append(mention)
    }
  }

  private mutating func markAttributions() {
    for (index, attribution) in document.attributions.enumerated() {
      for content in attribution.content {
        var token = document.tokens.firstIndex(startingAt: Int(content.start)) ?? document.tokens.count
        while token < document.tokens.count, document.tokens[token].span.start < content.end {
          attributionOver[token] = index
          token += 1
        }
      }
    }
  }

  // MARK: Tokens

  /// The token of a range whose head lies outside it; `nil` for an empty range.
  func head(of range: Range<Int>) -> Int? {
    range.first { token in document.tokens[token].head.map { !range.contains($0) } ?? true }
  }

  func lemma(_ token: Int) -> String { document.tokens[token].lemma }
  func norm(_ token: Int) -> String { document.tokens[token].norm }
  func upos(_ token: Int) -> UPOS { document.tokens[token].upos }
  func head(_ token: Int) -> Int? { document.tokens[token].head }

  func isCapital(_ token: Int) -> Bool {
    let bytes = document.text.bytes
    let first = bytes[Int(document.tokens[token].span.start)]
    if first < 0x80 { return (0x41...0x5A).contains(first) }
    return document.words(document.tokens[token].span).unicodeScalars.first?.properties.isUppercase ?? false
  }

  /// The dependents with one of some relations.
  func dependents(_ token: Int, _ wanted: Deprel...) -> [Int] {
    children[token].filter { wanted.contains(relations[$0]) }
  }

  func firstDependent(_ token: Int, _ wanted: Deprel...) -> Int? {
    children[token].first { wanted.contains(relations[$0]) }
  }

  /// A token and the words that are joined to it by "and" or "or".
  func conjuncts(_ token: Int) -> [Int] {
    [token] + children[token].filter { relations[$0] == .conj && !moved.contains($0) } + (joined[token] ?? [])
  }

  /// Whether a word is a verb, or stands as a predicate with a copula.
  func isPredicate(_ token: Int) -> Bool {
    upos(token) == .verb || children[token].contains { relations[$0] == .cop }
  }

  /// The lemma by which frames know a word: of the last part of a hyphenated word the whole ("cease-fire").
  func frameLemma(_ token: Int) -> String {
    guard token >= 2, document.tokens[token].gap == 0, document.tokens[token - 1].gap == 0, norm(token - 1) == "-",
      nameOver[token - 2] < 0, demonymAt[token - 2] < 0
    else { return lemma(token) }
    let whole = norm(token - 2) + "-" + lemma(token)
    return words.knows(whole) ? whole : lemma(token)
  }

  /// The class and word by which frames know a token: a participle without an agent may be an adjective ("is opposed to").
  func frameKey(_ token: Int, isAdjective: (String) -> Bool) -> (kind: UPOS, lemma: String) {
    switch upos(token) {
    case .propn: return (.noun, frameLemma(token))
    case .verb:
      let isParticiple = document.tokens[token].features.contains(.participle)
      guard isParticiple, isAdjective(norm(token)), firstDependent(token, .oblAgent) == nil,
        isPassive(token) || firstDependent(token, .cop) != nil
      else {
        return (.verb, frameLemma(token))
      }
      return (.adj, norm(token))
    default: return (upos(token), frameLemma(token))
    }
  }
}
