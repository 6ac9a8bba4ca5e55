internal import VouchCore
internal import VouchLanguage

extension Clauses {
  /// A verb with its auxiliaries.
  struct VerbGroup {
    /// The verb's token.
    var trigger: Int
    /// First token of auxiliaries, negation and adverbs.
    var first: Int
    var isPassive: Bool
    var isNegated: Bool
    /// What the auxiliaries, adverbs and governing verbs say of the happening's reality.
    var modality: Modality
    /// The mention that is the subject where it does not stand before the group: "wants MALTA to withdraw".
    var subject: Int?
  }

  /// The verb group whose main verb is at `index`; `nil` unless the verb is finite or governed by auxiliaries or an infinitive
  /// whose subject is known.
  func verbGroup(at index: Int, _ form: WordForm) -> VerbGroup? {
    let sentence = sentence(of: index)
    var scan = auxiliaries(before: index, sentence)
    var group = VerbGroup(
      trigger: index, first: scan.first, isPassive: false, isNegated: scan.isNegated,
      modality: scan.modality ?? .asserted)
    if scan.words.isEmpty {
      if scan.first > sentence.lowerBound, norm(scan.first - 1) == "to" {
        guard form.inflections.contains(.base), let governed = infinitive(to: scan.first - 1, sentence, group) else {
          return nil
        }
        return governed
      }
      if !form.inflections.isDisjoint(with: [.past, .third]) { return group }
      return form.inflections.contains(.base) ? group : nil
    }
    let nearest = scan.words[0]
    if GrammarWords.be.contains(nearest) {
      if form.inflections.contains(.participle) {
        group.isPassive = true
      } else if !form.inflections.contains(.gerund) {
        return nil
      }
    } else if GrammarWords.have.contains(nearest) {
      guard form.inflections.contains(.participle) else { return nil }
    } else if !form.inflections.contains(.base) {
      return nil
    }
    let isInfinitive =
      ["be", "have", "been"].contains(scan.words.last ?? "") && scan.first > sentence.lowerBound
      && norm(scan.first - 1) == "to"
    if isInfinitive {
      scan.modality = group.modality
      return infinitive(to: scan.first - 1, sentence, group)
    }
    // "being attacked", "having met": no finite auxiliary, no clause of its own.
    return ["being", "having", "been", "be"].contains(scan.words.last ?? "") ? nil : group
  }

  private struct AuxiliaryScan {
    var first: Int
    /// From the nearest to the farthest.
    var words: [String] = []
    var isNegated = false
    var modality: Modality?
  }

  private func auxiliaries(before index: Int, _ sentence: Range<Int>) -> AuxiliaryScan {
    var scan = AuxiliaryScan(first: index)
    var position = index - 1
    while position >= sentence.lowerBound, index - position <= 9 {
      let norm = norm(position)
      if GrammarWords.negations.contains(norm) {
        scan.isNegated = true
      } else if GrammarWords.isAuxiliary(norm) {
        scan.words.append(norm)
        if let modality = words.modalWords[norm] { scan.modality = modality }
        if norm == "cannot" || norm == "wo" && scan.isNegated { scan.isNegated = true }
      } else if GrammarWords.isAdverb(norm), timeAt[position] < 0, !isMention[position] {
        if let modality = words.modalWords[norm], scan.modality == nil { scan.modality = modality }
      } else {
        break
      }
      scan.first = position
      position -= 1
    }
    return scan
  }

  /// The group of an infinitive: "plans to meet", "is expected to meet", "wants Malta to withdraw".
  private func infinitive(to: Int, _ sentence: Range<Int>, _ inner: VerbGroup) -> VerbGroup? {
    var group = inner
    let governor = to - 1
    guard governor >= sentence.lowerBound else { return nil }
    if mentionEnd[governor] >= 0 {
      let before = firstToken(ofMentionEndingAt: governor) - 1
      guard before >= sentence.lowerBound, let verb = words.lexicon.verb(norm(before)),
        words.modalVerbs[verb.lemma] == .demanded, isActor(mentionEnd[governor])
      else { return nil }
      group.modality = .demanded
      group.subject = mentionEnd[governor]
      return group
    }
    let lemma = words.lexicon.verb(norm(governor))
    let scan = auxiliaries(before: governor, sentence)
    if scan.words.contains(where: GrammarWords.be.contains), let modality = words.modalAdjectives[norm(governor)] {
      group.modality = modality
    } else if let lemma, let modality = words.modalVerbs[lemma.lemma] {
      guard !scan.words.isEmpty || !lemma.inflections.isDisjoint(with: [.past, .third, .base]) else { return nil }
      guard !(scan.words.first.map(GrammarWords.be.contains) ?? false) || lemma.inflections.contains(.gerund) else {
        return nil
      }
      if modality != .asserted { group.modality = modality }
    } else {
      return nil
    }
    if let outer = scan.modality { group.modality = outer }
    group.isNegated = group.isNegated || scan.isNegated
    group.first = scan.first
    return group
  }
}
