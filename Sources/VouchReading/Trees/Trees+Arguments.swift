internal import VouchCore
internal import VouchLanguage

extension Trees {
  /// Words above a word that are climbed at most to find what it takes over from them.
  static let climb = 6

  /// Verbs whose infinitive is done by their subject even when they have an object.
  private static let subjectControl: Set<String> = [
    "promise", "threaten", "vow", "pledge", "offer", "swear", "guarantee",
  ]

  /// Prepositions before a gerund that the object of the verb above does, not its subject.
  private static let objectGerunds: Set<String> = ["of", "from", "for", "with", "against", "into"]
  /// Verbs that ask somebody named after "with" to do something.
  private static let pleas: Set<String> = ["plead", "beg", "reason"]

  // MARK: Verbs

  /// Whether a predicate is passive: "was hit", "hit by", "hit" as a participle after its noun.
  func isPassive(_ verb: Int) -> Bool {
    guard upos(verb) == .verb else { return false }
    if children[verb].contains(where: { relations[$0] == .auxPass || relations[$0] == .nsubjPass }) { return true }
    let features = document.tokens[verb].features
    guard features.contains(.participle), features.contains(.past) || features.contains(.passive) else { return false }
    switch relations[verb] {
    case .acl, .amod: return true
    case .advcl: return !children[verb].contains { [.nsubj, .aux, .obj].contains(relations[$0]) }
    case .conj:
      guard let first = head(verb), !children[verb].contains(where: { [.nsubj, .aux].contains(relations[$0]) })
      else { return false }
      return isPassive(first)
    default: return false
    }
  }

  /// The heads of the noun phrases that stand as the subject of a predicate, its own or one that it shares: that of the
  /// verb it is joined to, of the verb or adjective that governs its infinitive, or the noun that its clause describes.
  func subjects(_ predicate: Int) -> [Int] {
    var current = predicate
    for _ in 0..<Self.climb {
      let own = children[current].filter { relations[$0] == .nsubj || relations[$0] == .nsubjPass }
      // "the view is that the dam would harm": of two subjects the first is that of the copula around the clause.
      if let last = own.last { return [antecedent(last) ?? last] }
      guard let above = head(current) else { return [] }
      switch relations[current] {
      case .conj:
        guard isPredicate(above) || upos(above) == upos(current) else { return [] }
        current = above
      case .xcomp:
        if upos(above) == .verb, !Self.subjectControl.contains(lemma(above)),
          let object = children[above].first(where: {
            $0 < current
              && ([.obj, .iobj].contains(relations[$0]) || isMarked($0, "on") || isMarked($0, "upon")
                || isMarked($0, "with") && Self.pleas.contains(lemma(above)))
          })
        {
          return [antecedent(object) ?? object]
        }
        current = above
      case .advcl:
        guard !document.tokens[current].features.contains(.finite) else { return [] }
        // "accused Malta of hiding it": the object does it.
        if upos(above) == .verb, Self.objectGerunds.contains(where: { isMarked(current, $0) }),
          let object = deepObjects(above).first(where: { $0 < current })
        {
          return [antecedent(object) ?? object]
        }
        current = above
      case .acl:
        if document.tokens[current].features.contains(.infinitive) || hasInfinitiveMark(current) {
          return doers(above)
        }
        return [above]
      case .aclRelcl: return [above]
      default: return []
      }
    }
    return []
  }

  /// Who does what a noun tells of: its owner, else the subject of the verb that the noun is the object of.
  func doers(_ noun: Int) -> [Int] {
    let owners = dependents(noun, .nmodPoss)
    if !owners.isEmpty { return owners }
    guard let verb = head(noun), upos(verb) == .verb, [.obj, .obl].contains(relations[noun]), !isPassive(verb) else {
      return []
    }
    return subjects(verb)
  }

  func hasInfinitiveMark(_ verb: Int) -> Bool {
    children[verb].contains { relations[$0] == .mark && norm($0) == "to" }
  }

  /// Whoever acts by a verb: its subject, or the agent of a passive.
  func deepSubjects(_ verb: Int) -> [Int] {
    guard isPassive(verb) else { return subjects(verb) }
    let agents = dependents(verb, .oblAgent)
    return agents.isEmpty ? prepositional(verb, "by") : agents
  }

  /// Whom or what an act concerns: the object of a verb, or the subject of its passive.
  func deepObjects(_ verb: Int) -> [Int] {
    let objects = dependents(verb, .obj).filter { !hasPreposition($0) }.map { antecedent($0) ?? $0 }
    if isPassive(verb) { return objects.isEmpty ? subjects(verb) : objects }
    if objects.isEmpty, relations[verb] == .aclRelcl, let noun = head(verb), firstDependent(verb, .nsubj) != nil,
      !children[verb].contains(where: { isRelative($0) }), !hasOblique(verb)
    {
      return [noun]
    }
    // "an idea that Malta was quick to welcome"
    if objects.isEmpty, relations[verb] == .xcomp, let governor = head(verb), relations[governor] == .aclRelcl,
      let noun = head(governor), firstDependent(governor, .nsubj) != nil, firstDependent(governor, .obj) == nil,
      children[governor].contains(where: { isRelative($0) || norm($0) == "that" && $0 < governor })
    {
      return [noun]
    }
    return objects
  }

  private func hasOblique(_ verb: Int) -> Bool {
    children[verb].contains { relations[$0] == .xcomp || relations[$0] == .ccomp }
  }

  /// Who receives: the indirect object, or the subject of the passive of a verb with two objects.
  func indirectObjects(_ verb: Int) -> [Int] {
    if isPassive(verb), firstDependent(verb, .obj) != nil { return subjects(verb) }
    return dependents(verb, .iobj).filter { !hasPreposition($0) }
  }

  // MARK: Prepositions

  /// The heads of phrases with a preposition that hang on a word.
  func prepositional(_ token: Int, _ preposition: String) -> [Int] {
    children[token].filter { child in
      switch relations[child] {
      case .obl, .oblAgent, .nmod, .advcl, .acl, .obj, .iobj: return isMarked(child, preposition)
      default: return false
      }
    }.map { antecedent($0) ?? $0 }
  }

  /// Whether a phrase begins with a preposition; parsers take such phrases for objects now and then.
  func hasPreposition(_ token: Int) -> Bool {
    children[token].contains { relations[$0] == .caseMark && $0 < token && upos($0) == .adp }
  }

  /// Whether a phrase begins with a given preposition, which may have several words ("ahead of").
  func isMarked(_ token: Int, _ preposition: String) -> Bool {
    children[token].contains { child in
      guard relations[child] == .caseMark || relations[child] == .mark, child < token else { return false }
      if norm(child) == preposition { return true }
      return children[child].contains { relations[$0] == .fixed && norm($0) == preposition }
    }
  }

  // MARK: Relative clauses

  func isRelative(_ token: Int) -> Bool {
    document.tokens[token].features.contains(.relative) || ["who", "whom", "which"].contains(norm(token))
  }

  /// The noun that a relative pronoun stands for; `nil` for other words.
  func antecedent(_ token: Int) -> Int? {
    guard isRelative(token) else { return nil }
    var current = token
    for _ in 0..<Self.climb {
      guard let above = head(current) else { return nil }
      if relations[current] == .aclRelcl { return above }
      current = above
    }
    return nil
  }

  // MARK: Clauses

  /// The clause or infinitive that is the complement of a word.
  func complement(_ token: Int, _ wanted: Deprel...) -> Int? {
    children[token].first { wanted.contains(relations[$0]) && $0 > token }
  }

  /// Whether a particle ("down"), an object noun ("aid") or a preposition that a frame asks for stands with a verb, or a
  /// qualifying word with a noun ("drone attack").
  func has(_ particle: String, with token: Int) -> Bool {
    children[token].contains { child in
      switch relations[child] {
      case .particle, .advmod: return norm(child) == particle
      case .obj, .iobj, .nsubjPass, .compound, .amod:
        if lemma(child) == particle || norm(child) == particle || isMarked(child, particle) { return true }
        // "tons of food", "a series of strikes"
        return relations[child] == .obj
          && children[child].contains { relations[$0] == .nmod && lemma($0) == particle && isMarked($0, "of") }
      case .nmodPoss: return lemma(child) == particle
      case .obl, .oblAgent, .nmod:
        return isMarked(child, particle) || norm(child) == particle || lemma(child) == particle
      case .xcomp, .ccomp, .advcl, .acl: return isMarked(child, particle) || norm(child) == particle
      default: return false
      }
    }
  }

  /// Whether a frame's particle stands with a word as the preposition of a phrase.
  func isPreposition(_ particle: String?, of token: Int) -> Bool {
    guard let particle else { return false }
    return children[token].contains {
      [.obl, .nmod, .obj, .oblAgent].contains(relations[$0]) && isMarked($0, particle)
    }
  }

  /// Whether a verb has a particle that makes another verb of it: "strike down".
  func hasParticle(_ token: Int) -> Bool {
    children[token].contains { child in
      relations[child] == .particle && child > token
        || relations[child] == .advmod && ["down", "off", "out", "up"].contains(norm(child))
    }
  }

  // MARK: Conditions

  /// Words on either side of a trigger in which a frame's condition is looked for, and between two words of it.
  private static let (before, after, between) = (24, 64, 6)

  /// Whether the words of a condition stand around a trigger, in their order: behind it among what hangs on it, or before it
  /// in its sentence.
  ///
  /// - Complexity: O(1); 64 words count.
  func holds(_ condition: FrameCondition, around trigger: Int) -> Bool {
    if condition.isCompound { return deepSubjects(trigger).contains { conjuncts($0).count > 1 } }
    let sentence = document.sentences[document.tokens[trigger].sentence].tokens
    let range =
      condition.isBefore
      ? max(sentence.lowerBound, trigger - Self.before)..<trigger
      : trigger + 1..<max(trigger + 1, min(subtrees[trigger].upperBound + 1, trigger + 1 + Self.after))
    return range.contains { start in
      guard stands(condition.words[0], at: start) else { return false }
      var next = start + 1
      for words in condition.words.dropFirst() {
        guard
          let place = (next..<max(next, min(next + Self.between, range.upperBound))).first(where: {
            stands(words, at: $0)
          })
        else { return false }
        next = place + 1
      }
      return true
    }
  }

  private func stands(_ words: Set<String>, at token: Int) -> Bool {
    words.contains(norm(token)) || words.contains(lemma(token))
  }

  /// The phrase that a name or an agent's description at a token belongs to, if it hangs on a trigger in its own clause.
  func phrase(of token: Int, below trigger: Int) -> Int? {
    guard upos(token) != .pron,
      mentionAt[token] >= 0 || nameOver[token] >= 0 || demonymAt[token] >= 0 || words.codes.isLast(lemma(token))
    else { return nil }
    var phrase = token
    for _ in 0..<Self.climb {
      guard let above = head(phrase), above != trigger, upos(above) == .noun || upos(above) == .propn,
        [.compound, .amod, .nmodPoss, .nmodDesc, .flat].contains(relations[phrase])
      else { break }
      phrase = above
    }
    var current = phrase
    for _ in 0..<2 * Self.climb {
      if current == trigger { return phrase }
      if relations[current] == .aclRelcl || relations[current] == .parataxis { return nil }
      if relations[current] == .advcl,
        children[current].contains(where: { [.nsubj, .nsubjPass].contains(relations[$0]) })
      {
        return nil
      }
      guard let above = head(current) else { return nil }
      current = above
    }
    return nil
  }
}
