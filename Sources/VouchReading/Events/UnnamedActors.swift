internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// People and bodies without a name who take part in events: "protesters", "the police", "government forces".
///
/// They are groups of their article alone. Of one person without a name nothing is known, so there is none.
struct UnnamedActors {
  private static let rule: Symbol = "entity.agent"
  private static let qualifiers: Set<Deprel> = [.amod, .compound]
  /// Agents that say too little of whom they mean to be an actor of their own.
  private static let vague: Set<String> = [
    "people", "person", "man", "woman", "family", "relative", "parent", "victim",
  ]
  /// Words of a name, at most.
  private static let longest = 6

  /// Index of the first entity that is added.
  private let first: Int
  /// The chain of the reference that a token heads.
  private var chains: [Int: Int] = [:]
  /// For each chain without a name the first noun that tells of whom it is.
  private var nouns: [Int: Int] = [:]
  private var entities: [Entity] = []
  private var mentions: [[(evidence: Evidence, kind: Mention.Kind)]] = []
  private var byChain: [Int: Int] = [:]
  private var byName: [String: Int] = [:]

  /// Notes the chains of references to them.
  ///
  /// - Complexity: O(n) in references.
  init(_ trees: Trees) {
    first = trees.document.entities.count
    var named: Set<Int> = []
    for reference in trees.document.references {
      chains[reference.head] = reference.chain
      if reference.form == .name || trees.mentionAt[reference.head] >= 0 { named.insert(reference.chain) }
      if nouns[reference.chain] == nil, Self.isAgent(reference.head, trees) { nouns[reference.chain] = reference.head }
    }
    for chain in named { nouns[chain] = nil }
  }

  /// Whether a noun tells of several people, or of a body, by what they do.
  private static func isAgent(_ token: Int, _ trees: Trees) -> Bool {
    guard trees.upos(token) == .noun, !vague.contains(trees.lemma(token)), trees.mentionAt[token] < 0,
      trees.nameOver[token] < 0,
      trees.document.isRead(token: token), !trees.isNegated(token)
    else { return false }
    let isMany = trees.document.tokens[token].features.contains(.plural) || trees.kindAt[token] == .organization
    return isMany && trees.agent(endingAt: token) != nil
  }

  /// Whoever a noun or pronoun stands for; `nil` if it is nobody of this sort.
  ///
  /// - Complexity: O(1).
  mutating func part(_ token: Int, _ trees: Trees) -> Part? {
    let chain = chains[token]
    let noun = chain.flatMap { nouns[$0] }
    guard Self.isAgent(token, trees) || trees.upos(token) == .pron && noun != nil else { return nil }
    let (tokens, name) = Self.name(of: noun ?? token, trees)
    let span = token == (noun ?? token) ? trees.span(tokens) : trees.span(Self.name(of: token, trees).tokens)
    guard let evidence = try? trees.document.evidence(span, rule: Self.rule, confidence: Confidence(0.6)) else {
      return nil
    }
    let known = (noun == nil ? nil : chain.flatMap { byChain[$0] }) ?? byName[name.folded]
    let index = known ?? entities.count
    if known == nil {
      var entity = Entity(kind: .group, name: name, entry: nil, mentions: [])
      entity.code = trees.code(ofPhrase: noun ?? token, nil)
      entities.append(entity)
      mentions.append([])
      byName[name.folded] = index
    }
    if noun != nil, let chain { byChain[chain] = index }
    if mentions[index].last?.evidence.span != span {
      mentions[index].append((evidence, trees.upos(token) == .pron ? .pronoun : .nominal))
    }
    return Part(entity: first + index, span: span, isActor: true, head: token)
  }

  /// The noun with the words that qualify it right before it.
  private static func name(of noun: Int, _ trees: Trees) -> (tokens: Range<Int>, text: String) {
    var start = noun
    while start > trees.subtrees[noun].lowerBound, noun - start < Self.longest, trees.head(start - 1) == noun,
      Self.qualifiers.contains(trees.relations[start - 1])
    {
      start -= 1
    }
    return (start..<noun + 1, trees.document.words(trees.span(start..<noun + 1)))
  }

  /// The code of one of them.
  func code(_ entity: Int) -> String? {
    entities.indices.contains(entity - first) ? entities[entity - first].code : nil
  }

  /// Keeps those who take part in some event, numbered behind the other entities.
  ///
  /// - Complexity: O(n) in participants and mentions.
  func finish(_ events: [Event]) -> (events: [Event], entities: [Entity], mentions: [Mention]) {
    var order = [Int](repeating: -1, count: entities.count)
    var kept: [Entity] = []
    var found: [Mention] = []
    var events = events
    for event in events.indices {
      for place in events[event].participants.indices {
        let index = events[event].participants[place].entity - first
        guard entities.indices.contains(index) else { continue }
        if order[index] < 0 {
          order[index] = first + kept.count
          kept.append(entities[index])
          found += mentions[index].map { Mention($0.evidence, entity: order[index], kind: $0.kind) }
        }
        events[event].participants[place].entity = order[index]
      }
    }
    return (events, kept, found)
  }
}
