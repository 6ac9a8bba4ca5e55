internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Whether a capital stands for its government, by what it does in the sentence.
struct Metonymy {
  private static let (subject, object, indirect, oblique, nominal): (Symbol, Symbol, Symbol, Symbol, Symbol) = (
    "nsubj", "obj", "iobj", "obl", "nmod"
  )
  private static let (conjunct, possessor, passive, agent): (Symbol, Symbol, Symbol, Symbol) = (
    "conj", "nmod:poss", "nsubj:pass", "obl:agent"
  )
  private static let clauses: Set<Symbol> = ["ccomp", "xcomp"]
  private static let case_: Symbol = "case", copula: Symbol = "cop"
  /// Prepositions after which a capital is a party.
  private static let parties: Set<String> = ["between", "with", "by", "toward", "towards", "against"]
  /// Verbs whose subject a place is, though an object follows: "Paris saw clashes".
  private static let scenes: Set<String> = [
    "see", "have", "suffer", "host", "experience", "witness", "lie", "stand", "become", "celebrate", "house", "contain",
    "border", "overlook", "attract", "greet", "need", "get", "like", "love", "take", "boast", "feature", "include",
  ]
  /// What a government has, so that its owner is no city.
  private static let belongings: Set<String> = [
    "troop", "force", "army", "military", "ally", "government", "regime", "negotiator", "delegation", "envoy",
    "position", "stance", "foe", "adversary", "partner", "diplomat", "foreign", "war", "interest", "sanction",
  ]

  /// Dependents of a word that are looked at, at most.
  private static let most = 64

  private let document: Document
  private let words: ReadingWords
  private let children: DependentLists

  init(_ document: Document, _ words: ReadingWords, _ children: DependentLists) {
    self.document = document
    self.words = words
    self.children = children
  }

  /// Whether a capital's name is that of an actor: as the subject of an act or a statement, as owner of one, or as party to
  /// one.
  ///
  /// - Complexity: O(d) in the dependents of the name and its head.
  func actsAsGovernment(_ name: Name) -> Bool {
    guard var token = document.headToken(of: name.tokens) else { return false }
    var isPaired = false
    // Of coordinated names, the first one has the role.
    for _ in 0..<4 {
      guard document.tokens[token].deprel == Self.conjunct, let first = document.tokens[token].head else { break }
      isPaired = isPaired || isCapital(first)
      token = first
    }
    isPaired =
      isPaired
      || children[token].prefix(Self.most).contains { document.tokens[$0].deprel == Self.conjunct && isCapital($0) }
    guard let head = document.tokens[token].head else { return false }
    let relation = document.tokens[token].deprel
    let lemma = document.tokens[head].lemma
    switch relation {
    case Self.possessor: return Self.belongings.contains(lemma) || words.isAct(lemma, .noun)
    case Self.agent: return true
    case Self.passive: return takesClause(head) || words.force(lemma, .verb) != nil
    default: break
    }
    let marker = children[token].first { document.tokens[$0].deprel == Self.case_ }
    let preposition = marker.map { document.tokens[$0].norm }
    switch relation.baseRelation {
    case Self.subject: return isPaired && !isLocated(head) || acts(head)
    case Self.object, Self.indirect: return takesClause(head) || words.force(lemma, .verb) != nil
    case Self.oblique, Self.nominal:
      guard let preposition else { return false }
      if preposition == "on" || preposition == "upon" { return takesClause(head) }
      if preposition == "for" { return relation.baseRelation == Self.nominal }
      return Self.parties.contains(preposition)
    default: return false
    }
  }

  private func isCapital(_ token: Int) -> Bool {
    words.gazetteer.matches(for: document.words(document.tokens[token].span)).contains { $0.form == .capital }
  }

  private func takesClause(_ verb: Int) -> Bool {
    children[verb].prefix(Self.most).contains { Self.clauses.contains(document.tokens[$0].deprel) }
  }

  /// Whether a predicate says where something is: "Paris and Berlin are in Europe".
  private func isLocated(_ predicate: Int) -> Bool {
    document.tokens[predicate].upos == .noun || document.tokens[predicate].upos == .propn
      || Self.scenes.contains(document.tokens[predicate].lemma)
  }

  /// Whether the subject of a predicate acts or speaks.
  private func acts(_ predicate: Int) -> Bool {
    let token = document.tokens[predicate]
    if token.upos == .adj { return words.isAct(token.lemma, .adj) }
    guard token.upos == .verb, !Self.scenes.contains(token.lemma) else { return false }
    return takesClause(predicate)
      || children[predicate].prefix(Self.most).contains { document.tokens[$0].deprel == Self.object }
      || words.isAct(token.lemma, .verb)
  }
}

extension Document {
  /// The first of some tokens that depends on none of them.
  func headToken(of tokens: Range<Int>) -> Int? {
    tokens.first { token in self.tokens[token].head.map { !tokens.contains($0) } ?? true }
  }
}
