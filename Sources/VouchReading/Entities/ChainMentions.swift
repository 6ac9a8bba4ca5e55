internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// The descriptions and pronouns that refer to a named entity, and the groups that have no name of their own.
struct ChainMentions {
  private static let (nominal, pronoun): (Symbol, Symbol) = ("reference.nominal", "reference.pronoun")
  private static let (office, apposition, quoted, subject, group): (Symbol, Symbol, Symbol, Symbol, Symbol) = (
    "reference.office", "reference.apposition", "reference.quoted", "reference.subject", "reference.group"
  )
  /// Heads that are climbed at most.
  private static let steps = 8
  /// Dependents of a word that are looked at for its subject, and words of a group's name, at most.
  private static let (most, longest) = (64, 16)
  private static let subjects: Set<Symbol> = ["nsubj", "nsubj:pass", "nsubj:outer"]
  private static let acting: Set<Symbol> = ["nsubj", "obl:agent", "nmod:poss"]
  private static let objects: Set<Symbol> = ["obj", "iobj"]
  private static let appositive: Symbol = "appos", conjunct: Symbol = "conj", possessor: Symbol = "nmod:poss"
  private static let clauses: Set<Symbol> = ["acl", "acl:relcl"]
  private static let modifiers: Set<Symbol> = ["amod", "compound", "nmod:poss"]

  /// Mentions that are no names, in the order of their heads.
  private(set) var mentions: [Mention] = []
  /// The named entities, then the groups.
  private(set) var entities: [Entity]

  private let document: Document
  private let words: ReadingWords
  private let children: DependentLists
  private let subtrees: [ClosedRange<Int>]
  private let agreement: Agreement
  /// Whether a token lies in a name of people, places or bodies.
  private var isNamed: [Bool]
  /// For each token, the entity that the reference with this head means, or the name that covers it.
  private var meaning: [Int]

  /// Goes through the chains of a document.
  ///
  /// Where a chain has names of several entities, what is no name belongs to the one named last before it; before the first
  /// name, to that one.
  ///
  /// - Parameters:
  ///   - named: Mentions by name, ascending.
  ///   - entities: Their entities.
  /// - Complexity: O(n log n) in tokens, references and mentions.
  init(
    _ document: Document, _ words: ReadingWords, _ children: DependentLists, named: [Mention], entities: [Entity]
  ) {
    self.document = document
    self.words = words
    self.children = children
    self.entities = entities
    subtrees = children.subtrees
    agreement = Agreement(document: document)
    let map = MentionMap(named, document)
    meaning = map.mention.map { $0 < 0 ? -1 : named[$0].entity }
    isNamed = Array(repeating: false, count: document.tokens.count)
    for name in document.names where [.group, .location, .organization].contains(name.label) {
      for token in name.tokens { isNamed[token] = true }
    }
    let holders = Officeholders(document, words, children, named, map, entities)
    let speakers = speakers()

    var isDone = [Bool](repeating: false, count: document.references.count)
    /// What a reference means for sure, by its words or place.
    var fixed: [(entity: Int, rule: Symbol)?] = document.references.indices.map { index in
      let reference = document.references[index]
      if map.mention[reference.head] >= 0 || reference.form == .name || holders.isTitle(reference) {
        isDone[index] = true
        return map.mention[reference.head] >= 0 ? (meaning[reference.head], Self.nominal) : nil
      }
      if let person = holders.person(reference) { return (person, Self.office) }
      if let entity = opposed(reference) { return (entity, Self.apposition) }
      if let speaker = speakers[reference.head], agreement.isFirstPerson(reference.head, plural: false) {
        return (speaker, Self.quoted)
      }
      return nil
    }
    var current: [Int: Int] = [:]
    for (index, reference) in document.references.enumerated().reversed() {
      if let found = fixed[index] { current[reference.chain] = found.entity }
    }
    for (index, reference) in document.references.enumerated() {
      if let found = fixed[index] {
        current[reference.chain] = found.entity
        if !isDone[index] { add(reference, found.entity, found.rule) }
        continue
      }
      guard !isDone[index], document.isRead(token: reference.head) else { continue }
      if let entity = current[reference.chain], allows(reference, entity) {
        fixed[index] = (entity, reference.form == .pronoun ? Self.pronoun : Self.nominal)
        add(reference, entity, reference.form == .pronoun ? Self.pronoun : Self.nominal)
      } else if let entity = subject(of: reference) {
        fixed[index] = (entity, Self.subject)
        add(reference, entity, Self.subject)
      }
    }
    addPossessives()
    addGroups(without: fixed.map { $0 != nil }, isDone)
  }

  private mutating func add(_ reference: Reference, _ entity: Int, _ rule: Symbol) {
    guard document.isRead(token: reference.head),
      let evidence = try? document.evidence(
        document.span(of: tokens(of: reference)), rule: rule, confidence: reference.confidence)
    else { return }
    meaning[reference.head] = entity
    mentions.append(Mention(evidence, entity: entity, kind: reference.form))
  }

  /// The tokens of a reference without clauses that tell more of it, and without the possessive 's.
  private func tokens(of reference: Reference) -> Range<Int> {
    var end = reference.tokens.upperBound
    for child in children[reference.head] where child > reference.head {
      if Self.clauses.contains(document.tokens[child].deprel) { end = min(end, subtrees[child].lowerBound) }
    }
    end = max(end, reference.head + 1)
    while end - 1 > reference.head, document.tokens[end - 1].upos == .punct || document.tokens[end - 1].upos == .part {
      end -= 1
    }
    return reference.tokens.lowerBound..<end
  }

  // MARK: What the tree says

  /// The person beside whose name a description stands: "Berg, a judge", "the judge, Anna Berg".
  private func opposed(_ reference: Reference) -> Int? {
    guard reference.form == .nominal else { return nil }
    let token = document.tokens[reference.head]
    let beside =
      children[reference.head].filter { $0 > reference.head && document.tokens[$0].deprel == Self.appositive }
      + (token.deprel == Self.appositive ? [token.head ?? reference.head] : [])
    let entity = beside.lazy.map { meaning[$0] }.first { $0 >= 0 }
    guard let entity, entities[entity].kind == .person, allows(reference, entity) else { return nil }
    return entity
  }

  /// Whether a reference can mean an entity, by its words and by whose it says that it is: "the Danish company" is no Dutch
  /// one.
  private func allows(_ reference: Reference, _ entity: Int) -> Bool {
    guard agreement.allows(reference, entities[entity]), !isSubjectsObject(reference, entity) else { return false }
    // "his spokesman" is not himself.
    if reference.form == .nominal,
      children[reference.head].contains(where: {
        document.tokens[$0].deprel == Self.possessor && meaning[$0] == entity
      })
    {
      return false
    }
    guard reference.form == .nominal, let entry = entities[entity].entry else { return true }
    return children[reference.head].allSatisfy { child in
      guard child < reference.head, Self.modifiers.contains(document.tokens[child].deprel),
        let country = country(child)
      else { return true }
      return country == entry.country
    }
  }

  /// Whether a pronoun is the object of what the entity does, and so somebody else: "Berg blamed him".
  private func isSubjectsObject(_ reference: Reference, _ entity: Int) -> Bool {
    let token = document.tokens[reference.head]
    guard reference.form == .pronoun, Self.objects.contains(token.deprel), !token.features.contains(.reflexive),
      let verb = token.head
    else { return false }
    return children[verb].prefix(Self.most).contains { subject in
      Self.subjects.contains(document.tokens[subject].deprel)
        && (meaning[subject] == entity
          || children[subject].prefix(Self.most).contains {
            document.tokens[$0].deprel == Self.conjunct && meaning[$0] == entity
          })
    }
  }

  private func country(_ token: Int) -> String? {
    if meaning[token] >= 0 {
      return entities[meaning[token]].kind == .government ? entities[meaning[token]].entry?.country : nil
    }
    return words.demonymCountry(document.words(document.tokens[token].span)).flatMap {
      words.gazetteer.entry($0).country
    }
  }

  /// For each quoted token, the entity that is quoted, where there is one.
  private func speakers() -> [Int: Int] {
    let marks = QuotedTokens(document)
    var found: [Int: Int] = [:]
    for report in document.reports where report.form != .indirect {
      guard let head = report.source.lazy.compactMap({ document.headToken(of: $0) }).first, meaning[head] >= 0,
        entities[meaning[head]].kind == .person
      else { continue }
      for token in report.content.joined() where marks.isQuoted[token] && document.tokens[token].upos == .pron {
        found[token] = meaning[head]
      }
    }
    return found
  }

  /// For a pronoun whose chain does not say who is meant: the nearest subject above it that agrees.
  private func subject(of reference: Reference) -> Int? {
    guard reference.form == .pronoun, agreement.isThirdPerson(reference.head) else { return nil }
    var token = reference.head
    for _ in 0..<Self.steps {
      guard let above = document.tokens[token].head else { return nil }
      for child in children[above].prefix(Self.most)
      where child < reference.head && child != token && Self.subjects.contains(document.tokens[child].deprel) {
        let entity = meaning[child]
        if entity >= 0, isSubjectsObject(reference, entity) { continue }
        if entity >= 0, agreement.allows(reference, entities[entity]) { return entity }
        // Another subject stands between.
        let isPossessor = document.tokens[reference.head].deprel == Self.possessor
        if isPossessor || document.tokens[child].upos == .pron { return nil }
      }
      token = above
    }
    return nil
  }

  /// Adds possessive pronouns that the model takes for no reference: "Malta lost ⟦its⟧ case".
  private mutating func addPossessives() {
    var isReference = [Bool](repeating: false, count: document.tokens.count)
    for reference in document.references { isReference[reference.head] = true }
    for (index, token) in document.tokens.enumerated()
    where token.deprel == Self.possessor && token.upos == .pron && !isReference[index] {
      let reference = Reference(
        head: index, tokens: index..<index + 1, form: .pronoun, kind: .person, chain: -1, confidence: Confidence(0.7))
      if let entity = subject(of: reference) { add(reference, entity, Self.subject) }
    }
  }

  // MARK: Groups

  /// Adds groups of actors that a description tells apart: "Finnish teachers", "Berg's advisers".
  private mutating func addGroups(without isKnown: [Bool], _ isDone: [Bool]) {
    var sources: Set<Int> = []
    for report in document.reports { sources.formUnion(report.source.compactMap { document.headToken(of: $0) }) }
    var chains: [Int: [Int]] = [:]
    for (index, reference) in document.references.enumerated()
    where !isKnown[index] && !isDone[index] && reference.form != .name {
      chains[reference.chain, default: []].append(index)
    }
    var byName: [String: Int] = [:]
    for reference in document.references {
      guard let members = chains.removeValue(forKey: reference.chain) else { continue }
      let told = members.first { isGroup(document.references[$0]) }
      guard let told,
        members.contains(where: { acts(document.references[$0].head, sources) })
      else { continue }
      let name = name(of: document.references[told])
      let entity: Int
      if let known = byName[name.folded] {
        entity = known
      } else {
        entity = entities.count
        byName[name.folded] = entity
        entities.append(Entity(kind: .group, name: name, entry: nil, mentions: []))
      }
      for member in members where isOf(document.references[member], entities[entity]) {
        add(document.references[member], entity, Self.group)
      }
    }
  }

  /// Whether a reference of a group's chain means the group: by a pronoun, its name, or the end of it.
  private func isOf(_ reference: Reference, _ group: Entity) -> Bool {
    guard agreement.allows(reference, group) else { return false }
    guard reference.form == .nominal else { return true }
    let (one, other) = (name(of: reference).folded, group.name.folded)
    return one == other || other.hasSuffix(" " + one) || one.hasSuffix(" " + other)
  }

  private func isGroup(_ reference: Reference) -> Bool {
    guard reference.form == .nominal, reference.kind == .person || reference.kind == .organization,
      agreement.isPlural(reference.head), document.tokens[reference.head].upos == .noun,
      document.isRead(token: reference.head),
      tokens(of: reference).count <= Self.longest,
      !tokens(of: reference).contains(where: { document.tokens[$0].upos == .cconj })
    else { return false }
    return children[reference.head].contains { child in
      guard Self.modifiers.contains(document.tokens[child].deprel) else { return false }
      return (meaning[child] >= 0 || isNamed[child]) && document.tokens[child].upos != .pron
        || words.demonymCountry(document.words(document.tokens[child].span)) != nil
    }
  }

  private func acts(_ token: Int, _ sources: Set<Int>) -> Bool {
    sources.contains(token) || Self.acting.contains(document.tokens[token].deprel)
  }

  /// A group's words without a determiner or number.
  private func name(of reference: Reference) -> String {
    var tokens = tokens(of: reference)
    while tokens.count > 1, [.det, .num].contains(document.tokens[tokens.lowerBound].upos) {
      tokens = tokens.lowerBound + 1..<tokens.upperBound
    }
    return document.words(document.span(of: tokens))
  }
}
