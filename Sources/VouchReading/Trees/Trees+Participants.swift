internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// An entity that takes part in something, and the words that say so.
struct Part: Hashable {
  var entity: Int
  var span: Span
  /// Whether it can act: a person, body, country or group.
  var isActor: Bool
  /// The head of the phrase that refers to it, or to people or a body that act for it; -1 for a bare name.
  var head = -1
}

extension Trees {
  /// Nouns that stand for the things they count: "one of the ministers", "members of parliament".
  private static let partitives: Set<String> = [
    "one", "some", "many", "most", "all", "both", "each", "several", "few", "number", "group", "majority", "member",
    "dozen", "hundred", "thousand", "million", "rest", "part", "half", "third", "quarter", "none", "any", "two",
    "three", "four", "five",
  ]
  /// Words for people and bodies that act for a country or organisation, where no reference tells what sort they are.
  private static let bodies: Set<String> = [
    "government", "force", "army", "military", "troop", "navy", "side", "authority", "ministry", "administration",
    "delegation", "parliament", "cabinet", "regime", "police", "court", "leadership", "official", "leader",
    "president", "minister", "spokesman", "spokeswoman", "ambassador", "envoy", "diplomat", "soldier", "people",
  ]

  /// Words for what a body is, behind its name: "the Pilbara movement".
  private static let collectives: Set<String> = [
    "network", "group", "party", "movement", "organization", "organisation", "front", "faction", "alliance", "gang",
    "cell",
    "cartel", "company", "firm", "agency", "union", "militia",
  ]

  func part(mention: Int) -> Part {
    let found = document.mentions[mention]
    return Part(entity: found.entity, span: found.evidence.span, isActor: isActor(entity: found.entity))
  }

  func isActor(entity: Int) -> Bool {
    [.person, .organization, .government, .group].contains(document.entities[entity].kind)
  }

  func isPlace(entity: Int) -> Bool {
    let entity = document.entities[entity]
    return [.place, .facility].contains(entity.kind) || entity.entry?.kind == .country
  }

  /// The entities that a noun phrase names, with those joined to it by "and".
  func parts(_ phrase: Int) -> [Part] {
    var found: [Part] = []
    for head in conjuncts(phrase) {
      for part in single(head) where !found.contains(where: { $0.entity == part.entity }) { found.append(part) }
    }
    return found
  }

  func parts(_ phrases: [Int]) -> [Part] {
    var found: [Part] = []
    for phrase in phrases {
      for part in parts(phrase) where !found.contains(where: { $0.entity == part.entity }) { found.append(part) }
    }
    return found
  }

  /// The entity that one noun means, or those whom it acts for, with the noun.
  private func single(_ head: Int) -> [Part] {
    meant(by: head).map { part in
      var part = part
      part.head = head
      return part
    }
  }

  /// The entity that one noun means: its own mention, that of its apposition, or whom it acts for.
  private func meant(by head: Int) -> [Part] {
    if mentionAt[head] >= 0 { return [part(mention: mentionAt[head])] }
    if let speaker = speakerPronoun(head) { return [speaker] }
    if nameOver[head] >= 0 { return [part(mention: nameOver[head])] }
    if let name = children[head].first(where: {
      [.appos, .flat, .nmodDesc].contains(relations[$0]) && mentionAt[$0] >= 0
    }) {
      return [part(mention: mentionAt[name])]
    }
    if Self.partitives.contains(lemma(head)), let whole = prepositional(head, "of").first, relations[whole] != .conj {
      return mentionAt[whole] >= 0 ? [part(mention: mentionAt[whole])] : represented(whole)
    }
    return represented(head)
  }

  /// "I" and "we" in what somebody is reported to say are that somebody; so is a pronoun of the third person that refers to
  /// nobody else known and fits: "Malta said it would pay".
  private func speakerPronoun(_ token: Int) -> Part? {
    guard upos(token) == .pron, attributionOver[token] >= 0,
      let source = document.attributions[attributionOver[token]].source
    else { return nil }
    let isPerson = document.entities[source].kind == .person
    switch norm(token) {
    case "i", "me", "my", "mine", "we", "us", "our", "ours": break
    case "he", "she", "him", "her", "his": guard isPerson, !isObject(token, of: source) else { return nil }
    case "it", "its":
      guard !isPerson, relations[token] != .expl, !isObject(token, of: source) else { return nil }
    case "they", "them", "their": guard !isPerson, !isObject(token, of: source) else { return nil }
    default: return nil
    }
    return Part(entity: source, span: document.tokens[token].span, isActor: isActor(entity: source))
  }

  /// Whether a pronoun is the object of what an entity does, and so somebody else: "Malta rejected it".
  private func isObject(_ pronoun: Int, of entity: Int) -> Bool {
    guard [.obj, .iobj].contains(relations[pronoun]), let verb = head(pronoun) else { return false }
    return dependents(verb, .nsubj).contains {
      mentionAt[$0] >= 0 && document.mentions[mentionAt[$0]].entity == entity
    }
  }

  /// Whoever is reported to say a word.
  func speaker(of token: Int) -> Part? {
    guard attributionOver[token] >= 0 else { return nil }
    let attribution = document.attributions[attributionOver[token]]
    guard let source = attribution.source, let span = attribution.sourceSpans.first, isActor(entity: source) else {
      return nil
    }
    return Part(entity: source, span: span, isActor: true)
  }

  /// Whom people or a body act for: "Russian forces", "officials from Malta", "Japan's army".
  private func represented(_ head: Int) -> [Part] {
    guard upos(head) == .noun || upos(head) == .propn else { return [] }
    if kindAt[head] == .person || kindAt[head] == .organization || isBody(head) {
      return owners(head).filter { $0.isActor && document.entities[$0.entity].kind != .person }
    }
    guard Self.collectives.contains(lemma(head)) else { return [] }
    return premodifiers(head).filter { [.organization, .group].contains(document.entities[$0.entity].kind) }
  }

  /// Whether a noun is for people or a body that act for somebody: "soldiers", "foreign ministry".
  func isBody(_ noun: Int) -> Bool {
    Self.bodies.contains(lemma(noun)) || agent(endingAt: noun).map(Self.official.contains) ?? false
  }

  /// Sectors whose people act for their country.
  private static let official: Set<String> = ["GOV", "MIL", "COP", "JUD", "LEG", "SPY"]

  /// Countries and bodies that a noun belongs to: possessives, demonyms, qualifying names, "of" and "from" phrases.
  ///
  /// - Parameter isAgent: Whether the noun counts as one for people who act for somebody.
  func owners(_ noun: Int, isAgent: Bool = false) -> [Part] {
    for child in children[noun] where relations[child] == .nmodPoss { return named(child) }
    let premodifiers = premodifiers(noun)
    if !premodifiers.isEmpty { return premodifiers }
    for preposition in isAgent || isBody(noun) ? ["of", "from", "in"] : ["from"] {
      for child in children[noun] where relations[child] == .nmod && isMarked(child, preposition) {
        let found = named(child)
        if !found.isEmpty { return found }
      }
    }
    return []
  }

  /// The entities of a phrase and its conjuncts that have a mention or demonym of their own.
  func named(_ phrase: Int) -> [Part] {
    conjuncts(phrase).compactMap { token in
      if mentionAt[token] >= 0 { return part(mention: mentionAt[token]) }
      if let speaker = speakerPronoun(token) { return speaker }
      if nameOver[token] >= 0 { return part(mention: nameOver[token]) }
      return demonym(token)
    }
  }

  func demonym(_ token: Int) -> Part? {
    guard demonymAt[token] >= 0 else { return nil }
    return Part(entity: demonymAt[token], span: document.tokens[token].span, isActor: true)
  }

  /// Names and demonyms that qualify a noun: "French attack", "Smith-Jones talks", "US-led raid".
  func premodifiers(_ noun: Int) -> [Part] {
    var found: [Part] = []
    for child in children[noun] where child < noun {
      guard [.amod, .compound, .nmod, .nmodDesc, .flat].contains(relations[child]),
        !children[child].contains(where: { relations[$0] == .caseMark })
      else { continue }
      // "US-led": the participle's own qualifier acts.
      let led = upos(child) == .verb ? dependents(child, .compound, .obl, .nsubj, .oblUnmarked) : []
      for token in led.isEmpty ? [child] : led {
        for part in named(token) where !found.contains(where: { $0.entity == part.entity }) { found.append(part) }
      }
    }
    return found.filter { document.entities[$0.entity].entry?.kind != .facility }
  }
}
