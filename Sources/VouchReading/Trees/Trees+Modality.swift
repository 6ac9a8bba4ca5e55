internal import VouchCore
internal import VouchLanguage

extension Trees {
  static let negations: Set<String> = ["not", "n't", "never", "no", "nor", "neither", "hardly", "barely"]

  /// How a happening is told: as fact, or as what is planned, demanded, negated, alleged, denied or supposed.
  ///
  /// The words around the trigger decide first, then, step by step, those above it, as long as the trigger is all that
  /// they are about.
  func modality(_ trigger: Int) -> Modality {
    var current = trigger
    for step in 0..<Self.climb {
      if let own = local(current, isTrigger: step == 0) { return own }
      guard let above = head(current) else { break }
      switch relations[current] {
      case .xcomp, .ccomp, .csubj:
        if relations[current] == .xcomp, let given = words.modalInfinitives[lemma(above)] { return given }
        if let given = given(by: above) {
          // What one wants of somebody else is a demand.
          let isOthers = children[above].contains { relations[$0] == .obj && $0 < current && !parts($0).isEmpty }
          return given == .planned && isOthers ? .demanded : given
        }
        if relations[current] != .xcomp { return .asserted }
      case .obj, .nsubjPass:
        guard upos(above) == .verb else { return .asserted }
        if let given = given(by: above) { return given }
        if upos(trigger) != .noun { return .asserted }
        // What is not done to an event says nothing about it; an event that is not "held" does not happen.
        if !words.supports.contains(lemma(above)) { return isSupposed(above) ? .hypothetical : .asserted }
      case .nsubj:
        guard upos(above) == .verb || isPredicate(above), upos(trigger) == .noun, step == 0 else { return .asserted }
        if isSupposed(above) { return .hypothetical }
        if let own = modal(above) { return own }
        return .asserted
      case .nmod:
        if upos(above) == .noun, let given = words.modalNouns[lemma(above)] { return given }
        if upos(trigger) != .noun || current != trigger { return .asserted }
      case .obl:
        if let given = given(by: above), isMarked(current, "for") || isMarked(current, "to") { return given }
        return isSupposed(above) ? .hypothetical : .asserted
      case .acl:
        if let given = words.modalNouns[lemma(above)] { return given }
        return hasInfinitiveMark(current) ? .planned : .asserted
      case .advcl:
        return hasInfinitiveMark(current) && !document.tokens[current].features.contains(.finite) ? .planned : .asserted
      case .conj:
        if children[current].contains(where: { [.nsubj, .nsubjPass, .aux].contains(relations[$0]) }) {
          return .asserted
        }
      default: return .asserted
      }
      current = above
    }
    return .asserted
  }

  /// What the words that hang on a predicate or noun make of it; `nil` where they change nothing.
  func local(_ token: Int, isTrigger: Bool) -> Modality? {
    if isNegated(token) { return .negated }
    if isSupposed(token) { return .hypothetical }
    if let modal = modal(token) { return modal }
    guard isTrigger else { return nil }
    for child in children[token] {
      switch relations[child] {
      case .amod: if let found = words.modalAdjectives[lemma(child)] { return found }
      case .advmod: if let found = words.modalWords[norm(child)] { return found }
      default: break
      }
    }
    return nil
  }

  func isNegated(_ token: Int) -> Bool {
    children[token].contains { child in
      switch relations[child] {
      case .advmod, .det, .cc: return Self.negations.contains(norm(child))
      case .caseMark, .mark: return norm(child) == "without"
      default: return false
      }
    }
  }

  /// Whether a predicate stands in a condition or an indirect question.
  func isSupposed(_ token: Int) -> Bool {
    children[token].contains { child in
      (relations[child] == .mark || relations[child] == .advmod || relations[child] == .caseMark)
        && words.conditions.contains(norm(child))
    }
  }

  /// What a modal verb says: "will" plans, "must" demands, "could" supposes.
  func modal(_ token: Int) -> Modality? {
    for child in children[token] where relations[child] == .aux {
      if let found = words.modalWords[lemma(child)] ?? words.modalWords[norm(child)] { return found }
    }
    return nil
  }

  private static let obligations: Set<String> = ["must", "should", "ought"]

  /// The word that makes a main clause a duty: "must", "should", "has to"; `nil` if none does.
  func duty(_ verb: Int) -> Int? {
    guard !isSupposed(verb), relations[verb] != .aclRelcl, relations[verb] != .advcl else { return nil }
    if let modal = children[verb].first(where: { relations[$0] == .aux && Self.obligations.contains(lemma($0)) }) {
      return modal
    }
    guard relations[verb] == .xcomp, hasInfinitiveMark(verb), let above = head(verb), !isSupposed(above),
      lemma(above) == "have" || lemma(above) == "need", relations[above] != .aclRelcl
    else { return nil }
    return above
  }

  /// What a verb, noun or adjective makes of its complement: "refused", "plan", "ready".
  private func given(by governor: Int) -> Modality? {
    let given: Modality?
    switch upos(governor) {
    case .verb, .aux: given = words.modalVerbs[lemma(governor)]
    case .noun: given = words.modalNouns[lemma(governor)]
    case .adj: given = words.modalAdjectives[lemma(governor)]
    default: given = nil
    }
    guard let given, given != .asserted else { return nil }
    // "did not refuse" leaves open what was done; "did not want" leaves the wish a wish.
    return given == .negated && isNegated(governor) ? .asserted : given
  }

  /// Whether what is planned is somebody's intention ("wants to help", "promised aid"), not just to come ("will help").
  func isIntended(_ trigger: Int) -> Bool {
    var current = trigger
    for _ in 0..<Self.climb {
      if modal(current) != nil { return false }
      guard let above = head(current), [.xcomp, .ccomp, .obj, .conj, .acl, .nmod].contains(relations[current]) else {
        return false
      }
      if upos(above) == .verb, words.modalVerbs[lemma(above)] == .planned {
        return !isPassive(above) && !["schedule", "expect"].contains(lemma(above))
      }
      if upos(above) == .noun, words.modalNouns[lemma(above)] == .planned { return true }
      current = above
    }
    return false
  }
}
