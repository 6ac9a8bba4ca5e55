internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

extension EventReader {
  // MARK: Slots

  func part(_ mention: Int) -> Part {
    Part(
      entity: document.mentions[mention].entity, span: document.mentions[mention].evidence.span,
      isActor: clauses.isActor(mention))
  }

  func parts(_ fillers: [Clauses.Filler], owners: Bool) -> [Part] {
    fillers.compactMap { filler in
      if filler.isOwner, !owners || clauses.entity(filler.mention).kind == .person { return nil }
      return part(filler.mention)
    }
  }

  func participants(_ frame: EventFrame, _ candidate: Candidate) -> [(part: Part, role: Event.Role)] {
    var found: [(part: Part, role: Event.Role)] = []
    for (slots, role) in [(frame.actor, Event.Role.actor), (frame.recipient, .recipient), (frame.coActor, .coActor)] {
      for slot in slots {
        let parts = fill(slot, candidate, frame).filter { part in !found.contains { $0.part.entity == part.entity } }
        found += parts.map { ($0, role) }
        if !parts.isEmpty { break }
      }
    }
    return found
  }

  func fill(_ slot: Slot, _ candidate: Candidate, _ frame: EventFrame) -> [Part] {
    let sentence = clauses.sentence(of: candidate.token)
    if let group = candidate.group {
      switch slot {
      case .subject:
        if group.isPassive {
          return parts(clauses.prepositional("by", after: candidate.token, end: candidate.end), owners: false)
        }
        return candidate.subjects.map(part)
      case .object:
        if group.isPassive { return candidate.subjects.map(part) }
        let start = candidate.token + 1
        return parts(
          clauses.fillers(from: clauses.norm(start) == frame.particle ? start + 1 : start, sentence), owners: true)
      case .preposition(let preposition):
        return parts(clauses.prepositional(preposition, after: candidate.token, end: candidate.end), owners: true)
      default: return []
      }
    }
    switch slot {
    case .possessive: return owner(candidate.token, sentence)
    case .premodifier: return premodifier(candidate.token, sentence)
    case .preposition(let preposition):
      return parts(
        clauses.nounComplement(preposition, after: candidate.token, end: candidate.end), owners: preposition != "by")
    default: return []
    }
  }

  // MARK: Nouns

  mutating func readNoun(_ index: Int, _ form: WordForm, _ frames: [EventFrame]) -> Bool {
    let sentence = clauses.sentence(of: index)
    let before = index > sentence.lowerBound ? clauses.norm(index - 1) : ""
    guard !frames.isEmpty, before != "to", !GrammarWords.modals.contains(before),
      !GrammarWords.pronouns.contains(before) || GrammarWords.determiners.contains(before),
      let frame = pickNoun(frames, index), !headsCompound(index, sentence)
    else { return false }
    let end = clauses.clauseEnd(after: index)
    let candidate = Candidate(token: index, form: form, group: nil, end: end)
    var parts = participants(frame, candidate)
    var modality = Modality.asserted
    if !parts.contains(where: { $0.role == .actor }), let (subjects, governing) = supportedBy(index, sentence) {
      parts =
        subjects.map { (part($0), .actor) }
        + parts.filter { part in !subjects.contains { document.mentions[$0].entity == part.part.entity } }
      modality = governing.isNegated ? .negated : governing.modality
    }
    guard parts.contains(where: { $0.part.isActor && $0.role != .recipient }) else { return false }
    if before == "no" { modality = .negated }
    if let adjective = clauses.words.modalAdjectives[before], modality == .asserted { modality = adjective }
    add(frame, candidate, parts, modality)
    return true
  }

  /// Whether the next token is a noun that this one qualifies: "attack drones", "peace talks" is read at "talks".
  func headsCompound(_ index: Int, _ sentence: Range<Int>) -> Bool {
    let next = index + 1
    guard next < sentence.upperBound else { return false }
    return clauses.words.lexicon.analyses(clauses.norm(next)).contains {
      $0.partOfSpeech == .noun && !clauses.words.eventFrames($0.lemma, .noun).isEmpty
    }
      && !clauses.isFinite(next)
  }

  /// "Japan's sharp criticism".
  func owner(_ index: Int, _ sentence: Range<Int>) -> [Part] {
    var position = index - 1
    while position > sentence.lowerBound, index - position <= 5 {
      if clauses.norm(position) == "'s" || clauses.norm(position) == "'" {
        return clauses.mentionEnd[position - 1] >= 0 ? [part(clauses.mentionEnd[position - 1])] : []
      }
      guard isModifier(position) else { return [] }
      position -= 1
    }
    return []
  }

  /// "French attack", "Vatican statement", "Smith-Jones talks".
  func premodifier(_ index: Int, _ sentence: Range<Int>) -> [Part] {
    var position = index - 1
    while position >= sentence.lowerBound, index - position <= 4 {
      if clauses.demonym[position] >= 0 {
        let entity = clauses.demonym[position]
        return [Part(entity: entity, span: document.tokens[position].span, isActor: true)]
      }
      if clauses.mentionEnd[position] >= 0 {
        guard position == index - 1 || clauses.norm(position + 1) != "'s",
          clauses.entity(clauses.mentionEnd[position]).entry?.kind != .facility
        else { return [] }
        var found = [part(clauses.mentionEnd[position])]
        let first = clauses.firstToken(ofMentionEndingAt: position)
        if first - 2 >= sentence.lowerBound, ["-", "\u{2013}"].contains(clauses.norm(first - 1)),
          clauses.mentionEnd[first - 2] >= 0
        {
          found.insert(part(clauses.mentionEnd[first - 2]), at: 0)
        }
        return found
      }
      guard isModifier(position) else { return [] }
      position -= 1
    }
    return []
  }

  func isModifier(_ index: Int) -> Bool {
    let norm = clauses.norm(index)
    return !clauses.isPunctuation(index) && !GrammarWords.prepositions.contains(norm)
      && !GrammarWords.conjunctions.contains(norm)
      && !GrammarWords.determiners.contains(norm) && !GrammarWords.pronouns.contains(norm) && !clauses.isFinite(index)
      && clauses.mentionEnd[index] < 0
  }

  static let supports: Set<String> = [
    "hold", "have", "launch", "conduct", "make", "stage", "mount", "issue", "impose", "carry", "begin", "start", "open",
    "resume", "sign", "reach",
  ]

  /// "X held long talks", "X launched a heavy attack": the subject of the light verb is the actor.
  func supportedBy(_ index: Int, _ sentence: Range<Int>) -> ([Int], Clauses.VerbGroup)? {
    var position = index - 1
    while position > sentence.lowerBound, index - position <= 6 {
      if let form = clauses.words.lexicon.verb(clauses.norm(position)), Self.supports.contains(form.lemma),
        let group = clauses.verbGroup(at: position, form), !group.isPassive
      {
        let subjects = clauses.subjects(of: group).filter { clauses.isActor($0) }
        return subjects.isEmpty ? nil : (subjects, group)
      }
      let norm = clauses.norm(position)
      guard isModifier(position) || ["a", "an", "the", "its", "their", "his", "her", "new", "out"].contains(norm) else {
        return nil
      }
      position -= 1
    }
    return nil
  }
}
