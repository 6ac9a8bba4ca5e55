internal import VouchCore
internal import VouchLanguage

extension Trees {
  /// Nouns that only introduce the noun after "of": "a form of blackmail".
  private static let sorts: Set<String> = ["form", "kind", "sort", "type", "piece", "act", "bit", "case", "example"]

  /// What a word is said to be by somebody: who says so, and of what.
  struct Depiction {
    var verb: Int
    var object: Int
  }

  /// The word that stands as a predicate where another only introduces it: "form" in "a form of blackmail".
  func predicative(_ token: Int) -> Int {
    guard relations[token] == .nmod, isMarked(token, "of"), let above = head(token), Self.sorts.contains(lemma(above))
    else { return token }
    return above
  }

  /// The verb by which somebody says that something is what a word means: "called the plan a sham".
  func depiction(_ token: Int) -> Depiction? {
    let predicate = predicative(token)
    guard let verb = head(predicate), upos(verb) == .verb, verb < predicate,
      [.xcomp, .obl, .obj, .advcl, .ccomp].contains(relations[predicate]),
      words.isJudgement(lemma(verb), isMarked(predicate, "as") ? .depictsAs : .depicts)
        || relations[predicate] == .xcomp && words.isJudgement(lemma(verb), .depicts),
      let object = deepObjects(verb).first(where: { $0 != predicate })
    else { return nil }
    return Depiction(verb: verb, object: object)
  }

  /// Who holds the opinion whose clause a predicate heads: "Peru shares the view that …", "Peru's position is that …".
  func opinionHolders(_ predicate: Int) -> [Part] {
    func holders(_ noun: Int) -> [Part] {
      words.isJudgement(lemma(noun), .opinion) ? parts(doers(noun)).filter(\.isActor) : []
    }
    if let outer = dependents(predicate, .nsubj).dropLast().first, !isRelative(outer) { return holders(outer) }
    guard [.acl, .ccomp, .aclRelcl].contains(relations[predicate]), let noun = head(predicate) else { return [] }
    return holders(noun)
  }

  /// Whether a verb says what its subject does to things in general or will do, not what it did once.
  func isGeneral(_ verb: Int) -> Bool {
    let features = document.tokens[verb].features
    if children[verb].contains(where: {
      relations[$0] == .aux && ["will", "would", "can", "could", "may", "might"].contains(lemma($0))
    }) {
      return true
    }
    guard !children[verb].contains(where: { relations[$0] == .aux && lemma($0) == "have" }) else { return false }
    return !features.contains(.past) || document.tokens[verb].xpos == "VBG"
  }
}
