internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Reads the stances of one document.
struct StanceReader {
  let clauses: Clauses
  private(set) var stances: [Stance] = []
  private var seen: Set<String> = []
  /// Event whose trigger begins at a byte.
  private var triggers: [UInt32: Int] = [:]

  var document: Document { clauses.document }

  init(_ clauses: Clauses) {
    self.clauses = clauses
    for (index, event) in clauses.document.events.enumerated() {
      for trigger in event.triggers { triggers[trigger.span.start] = index }
    }
  }

  /// What a stance is about, and the words.
  private struct Target {
    var target: Stance.Target
    var span: Span
  }

  /// Takes the stance that a token expresses, if there is one.
  mutating func read(_ index: Int) {
    guard !clauses.isMention[index] else { return }
    for form in clauses.words.lexicon.analyses(clauses.norm(index)) {
      let frames = clauses.words.stanceFrames(form.lemma, form.partOfSpeech)
      guard !frames.isEmpty else { continue }
      let isRead: Bool
      switch form.partOfSpeech {
      case .verb: isRead = readVerb(index, form, frames)
      case .noun: isRead = readNoun(index, frames)
      case .adjective: isRead = readAdjective(index, frames)
      default: isRead = false
      }
      if isRead { return }
    }
  }

  private mutating func readVerb(_ index: Int, _ form: WordForm, _ frames: [StanceFrame]) -> Bool {
    guard let group = clauses.verbGroup(at: index, form), group.modality == .asserted else { return false }
    let subjects = clauses.subjects(of: group)
    guard !subjects.isEmpty, let first = firstToken(of: subjects[0], near: index), !clauses.isConditional(first) else {
      return false
    }
    let end = clauses.clauseEnd(after: index)
    for frame in ordered(frames, after: index, end: end) where frame.holder.contains(.subject) {
      if group.isPassive {
        guard frame.target.contains(.object), let holder = clauses.prepositional("by", after: index, end: end).first,
          !holder.isOwner,
          clauses.isActor(holder.mention)
        else { continue }
        let target = Target(
          target: .entity(document.mentions[subjects[0]].entity), span: document.mentions[subjects[0]].evidence.span)
        return add(frame, [holder.mention], target, index, isNegated: group.isNegated)
      }
      let holders = subjects.filter { clauses.isActor($0) }
      guard !holders.isEmpty else { return false }
      for slot in frame.target {
        if let target = target(slot, after: index, end: end, frame) {
          // Whom one calls on is no position: what one calls for is.
          if case .entity = target.target, ["call-for", "demand", "promise"].contains(frame.kind) { continue }
          return add(frame, holders, target, index, isNegated: group.isNegated)
        }
      }
    }
    return false
  }

  /// "is opposed to the plan", "remains sceptical about talks".
  private mutating func readAdjective(_ index: Int, _ frames: [StanceFrame]) -> Bool {
    let sentence = clauses.sentence(of: index)
    var position = index - 1
    var isNegated = false
    while position >= sentence.lowerBound, index - position <= 3, GrammarWords.isAdverb(clauses.norm(position)) {
      isNegated = isNegated || GrammarWords.negations.contains(clauses.norm(position))
      position -= 1
    }
    guard position >= sentence.lowerBound,
      ["is", "are", "was", "were", "'re", "remains", "remained", "remain"].contains(clauses.norm(position))
    else { return false }
    let holders = clauses.subjects(before: position).filter { clauses.isActor($0) }
    guard !holders.isEmpty else { return false }
    let end = clauses.clauseEnd(after: index)
    for frame in ordered(frames, after: index, end: end) where frame.holder.contains(.subject) {
      for slot in frame.target {
        if case .preposition = slot, let target = target(slot, after: index, end: end, frame) {
          return add(frame, holders, target, index, isNegated: isNegated)
        }
      }
    }
    return false
  }

  /// "Japan's rejection of the plan".
  private mutating func readNoun(_ index: Int, _ frames: [StanceFrame]) -> Bool {
    let sentence = clauses.sentence(of: index)
    guard let holder = owner(index, sentence) else { return false }
    let end = clauses.clauseEnd(after: index)
    for frame in frames where frame.particle == nil && frame.holder.contains(.possessive) {
      for slot in frame.target {
        if case .preposition = slot, let target = target(slot, after: index, end: end, frame) {
          return add(frame, [holder], target, index, isNegated: false)
        }
      }
    }
    return false
  }

  private func owner(_ index: Int, _ sentence: Range<Int>) -> Int? {
    var position = index - 1
    while position > sentence.lowerBound, index - position <= 3 {
      if clauses.norm(position) == "'s" || clauses.norm(position) == "'" {
        let mention = clauses.mentionEnd[position - 1]
        return mention >= 0 && clauses.isActor(mention) ? mention : nil
      }
      guard !clauses.isPunctuation(position), !GrammarWords.prepositions.contains(clauses.norm(position)),
        !clauses.isFinite(position)
      else { return nil }
      position -= 1
    }
    return nil
  }

  /// Frames whose particle follows come first; those whose particle does not follow are left out.
  private func ordered(_ frames: [StanceFrame], after index: Int, end: Int) -> [StanceFrame] {
    let next = clauses.norm(index + 1)
    let withParticle = frames.filter { frame in
      guard let particle = frame.particle else { return false }
      if next == particle { return true }
      guard !GrammarWords.prepositions.contains(particle) else { return false }
      return (index + 1..<max(index + 2, min(end, index + 4))).contains { clauses.norm($0) == particle }
    }
    return withParticle + frames.filter { $0.particle == nil }
  }

  // MARK: Targets

  private func target(_ slot: Slot, after index: Int, end: Int, _ frame: StanceFrame) -> Target? {
    // "wants Malta to withdraw troops": what is wanted is the withdrawal, not the country.
    if let filler = clauses.filler(from: index + 1, clauses.sentence(of: index)), !filler.isOwner,
      clauses.norm(filler.last + 1) == "to"
    {
      guard slot == .infinitive || slot == .clause else { return nil }
      return infinitive(to: filler.last + 1, end: end)
    }
    switch slot {
    case .object: return nominal(from: clauses.norm(index + 1) == frame.particle ? index + 2 : index + 1, end: end)
    case .preposition(let preposition):
      var position = index + 1
      if clauses.norm(position) == frame.particle, frame.particle != preposition { position += 1 }
      guard clauses.norm(position) == preposition, position < end else { return nil }
      return nominal(from: position + 1, end: end)
    case .gerund:
      guard index + 1 < end, let verb = clauses.words.lexicon.verb(clauses.norm(index + 1)), verb.inflections == .gerund
      else { return nil }
      return nominal(from: index + 1, end: end)
    case .infinitive:
      return clauses.norm(index + 1) == "to" ? infinitive(to: index + 1, end: end) : nil
    default: return nil
    }
  }

  private func infinitive(to: Int, end: Int) -> Target? {
    // A verb that no table knows is taken for one, unless grammar forbids it.
    guard to + 2 < end, !clauses.isMention[to + 1], !clauses.isCapital(to + 1),
      !GrammarWords.determiners.contains(clauses.norm(to + 1)), !GrammarWords.pronouns.contains(clauses.norm(to + 1)),
      clauses.words.lexicon.verb(clauses.norm(to + 1))?.inflections.contains(.base) ?? true,
      let phrase = clauses.phrase(from: to + 1, end: end), phrase.tokens.count > 1
    else { return nil }
    if let event = triggers[document.tokens[to + 1].span.start] {
      return Target(target: .event(event), span: clauses.span(phrase.tokens.lowerBound, phrase.tokens.upperBound - 1))
    }
    return issue(phrase)
  }

  private func nominal(from start: Int, end: Int) -> Target? {
    guard start < document.tokens.count, start < end || clauses.isQuoteMark(start) && start == end else { return nil }
    let sentence = clauses.sentence(of: start)
    guard sentence.lowerBound < start else { return nil }
    if let filler = clauses.filler(from: start, sentence), !filler.isOwner {
      let mention = document.mentions[filler.mention]
      return Target(target: .entity(mention.entity), span: mention.evidence.span)
    }
    let quotation = clauses.quotations.at[start]
    let isQuoted = quotation >= 0 && clauses.quotations.ranges[quotation].lowerBound == start + 1
    let first = isQuoted ? start + 1 : start
    let limit = isQuoted ? clauses.quotations.ranges[quotation].upperBound : end
    guard first < limit, let phrase = clauses.phrase(from: first, end: limit) else { return nil }
    let span = clauses.span(phrase.tokens.lowerBound, phrase.tokens.upperBound - 1)
    if let event = triggers[document.tokens[phrase.head].span.start] {
      return Target(target: .event(event), span: span)
    }
    return issue(phrase)
  }

  private func issue(_ phrase: Clauses.Phrase) -> Target {
    Target(target: .issue(phrase.label), span: clauses.span(phrase.tokens.lowerBound, phrase.tokens.upperBound - 1))
  }

  // MARK: Stances

  private mutating func add(_ frame: StanceFrame, _ holders: [Int], _ target: Target, _ index: Int, isNegated: Bool)
    -> Bool
  {
    var polarity = frame.polarity
    var kind = frame.kind
    if isNegated {
      // "does not support" is a rejection; what "does not reject" means is open.
      guard polarity == .support else { return true }
      polarity = .oppose
      kind = "reject"
    }
    let passage = document.tokens[index].span.union(target.span)
    let confidence = Confidence(0.8)
    guard let evidence = try? document.evidence(passage, rule: frame.id, confidence: confidence),
      let words = try? document.evidence(target.span, rule: frame.id, confidence: confidence)
    else { return false }
    for holder in holders {
      let mention = document.mentions[holder]
      guard let holderEvidence = try? document.evidence(mention.evidence.span, rule: frame.id, confidence: confidence)
      else { continue }
      if case .entity(mention.entity) = target.target { continue }
      guard seen.insert("\(mention.entity) \(target.target) \(polarity.rawValue)").inserted else { continue }
      stances.append(
        Stance(
          holder: mention.entity, holderEvidence: holderEvidence, target: target.target, targetEvidence: words,
          polarity: polarity,
          kind: kind, evidence: evidence))
    }
    return true
  }

  private func firstToken(of mention: Int, near index: Int) -> Int? {
    let sentence = clauses.sentence(of: index)
    return (max(sentence.lowerBound, index - 60)..<min(sentence.upperBound, index + 10)).first {
      clauses.mentionStart[$0] == mention
    }
  }
}
