internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Reads the events of one document.
struct EventReader {
  let clauses: Clauses
  private(set) var events: [Event] = []
  private var indices: [String: Int] = [:]
  /// For each token: what the words around it make of a happening, `asserted` where they change nothing.
  private var force: [Modality]

  var document: Document { clauses.document }

  init(_ clauses: Clauses) {
    self.clauses = clauses
    force = Array(repeating: .asserted, count: clauses.document.tokens.count)
    markForce()
  }

  /// A mention or demonym that takes part, and its words.
  private struct Part: Hashable {
    var entity: Int
    var span: Span
    var isActor: Bool
  }

  /// A trigger with its slots.
  private struct Candidate {
    var token: Int
    var form: WordForm
    var group: Clauses.VerbGroup?
    var subjects: [Int] = []
    var end: Int
  }

  private mutating func markForce() {
    let document = clauses.document
    for attribution in document.attributions {
      guard let cue = attribution.cue, let first = document.tokens.firstIndex(startingAt: Int(cue.start)),
        let force = clauses.words.verbCue(clauses.norm(first))?.cue.force
      else { continue }
      let modality: Modality
      switch force {
      case "claim": modality = .alleged
      case "deny": modality = .denied
      default: continue
      }
      for content in attribution.content {
        var token = document.tokens.firstIndex(startingAt: Int(content.start)) ?? document.tokens.count
        while token < document.tokens.count, document.tokens[token].span.start < content.end {
          self.force[token] = modality
          token += 1
        }
      }
    }
  }

  /// Takes the event that a token tells of, if there is one.
  mutating func read(_ index: Int) {
    guard !clauses.isMention[index] else { return }
    let forms = clauses.words.lexicon.analyses(clauses.norm(index))
    var isVerb = false
    for form in forms where form.partOfSpeech == .verb {
      if readVerb(index, form, clauses.words.eventFrames(form.lemma, .verb)) { return }
      isVerb = isVerb || isPredicate(index, form)
    }
    guard !isVerb else { return }
    for form in forms where form.partOfSpeech == .noun {
      if readNoun(index, form, clauses.words.eventFrames(form.lemma, .noun)) { return }
    }
  }

  /// Whether a form that may be a noun is a verb here: it has a subject, or an object or adverb follows that no noun takes.
  private func isPredicate(_ index: Int, _ form: WordForm) -> Bool {
    if let group = clauses.verbGroup(at: index, form), !clauses.subjects(of: group).isEmpty { return true }
    guard !form.inflections.isDisjoint(with: [.third, .past]) else { return false }
    let next = clauses.norm(index + 1)
    return GrammarWords.determiners.contains(next)
      || ["down", "off", "out", "up", "back", "it", "him", "them", "us", "her"].contains(next)
  }

  private mutating func readVerb(_ index: Int, _ form: WordForm, _ frames: [EventFrame]) -> Bool {
    guard !frames.isEmpty, let group = clauses.verbGroup(at: index, form) else { return false }
    let subjects = clauses.subjects(of: group)
    let end = clauses.clauseEnd(after: index)
    guard !subjects.isEmpty, let frame = pick(frames, after: index, end: end) else { return false }
    let candidate = Candidate(token: index, form: form, group: group, subjects: subjects, end: end)
    let parts = participants(frame, candidate)
    let hasActor = parts.contains { $0.part.isActor && ($0.role != .recipient || group.isPassive) }
    guard hasActor, isComplete(frame, parts, candidate) else { return false }
    var modality = group.modality
    if let first = firstToken(of: subjects[0], near: index), clauses.isConditional(first) { modality = .hypothetical }
    if group.isNegated { modality = .negated }
    add(frame, candidate, parts, modality)
    return true
  }

  /// A verb whose only participant in its direct slots is the subject tells of an act only if its object is no clause or infinitive.
  private func isComplete(_ frame: EventFrame, _ parts: [(part: Part, role: Event.Role)], _ candidate: Candidate)
    -> Bool
  {
    if parts.contains(where: { $0.role != .actor }) { return true }
    // Nobody consults alone.
    if frame.type == "CONSULT", frame.particle == nil, parts.count < 2,
      !parts.contains(where: { isBody($0.part.entity) })
    {
      return false
    }
    let next = clauses.norm(candidate.token + 1)
    if candidate.group?.isPassive == true { return false }
    return !["that", "to", "how", "why", "whether", "if", "it", "him", "her", "them", "himself", "herself", "itself"]
      .contains(next)
  }

  /// Whether an entity is many people, who can meet.
  private func isBody(_ entity: Int) -> Bool { [.organization, .group].contains(document.entities[entity].kind) }

  /// The frame whose particle follows the trigger, else the one without a particle.
  private func pick(_ frames: [EventFrame], after index: Int, end: Int) -> EventFrame? {
    for frame in frames {
      guard let particle = frame.particle else { continue }
      let near = index + 1..<min(end, index + 5)
      if near.lowerBound < near.upperBound, clauses.norm(near.lowerBound) == particle { return frame }
      if !GrammarWords.prepositions.contains(particle), near.lowerBound < near.upperBound,
        near.contains(where: { document.tokens[$0].lemma == particle || clauses.norm($0) == particle + "s" })
      {
        return frame
      }
    }
    return frames.first { $0.particle == nil }
  }

  private func pickNoun(_ frames: [EventFrame], _ index: Int) -> EventFrame? {
    let before =
      index > 0 && document.tokens[index - 1].sentence == document.tokens[index].sentence
      ? document.tokens[index - 1].lemma : ""
    return frames.first { $0.particle != nil && $0.particle == before } ?? frames.first { $0.particle == nil }
  }

  // MARK: Slots

  private func part(_ mention: Int) -> Part {
    Part(
      entity: document.mentions[mention].entity, span: document.mentions[mention].evidence.span,
      isActor: clauses.isActor(mention))
  }

  private func parts(_ fillers: [Clauses.Filler], owners: Bool) -> [Part] {
    fillers.compactMap { filler in
      if filler.isOwner, !owners || clauses.entity(filler.mention).kind == .person { return nil }
      return part(filler.mention)
    }
  }

  private func participants(_ frame: EventFrame, _ candidate: Candidate) -> [(part: Part, role: Event.Role)] {
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

  private func fill(_ slot: Slot, _ candidate: Candidate, _ frame: EventFrame) -> [Part] {
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

  private mutating func readNoun(_ index: Int, _ form: WordForm, _ frames: [EventFrame]) -> Bool {
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
  private func headsCompound(_ index: Int, _ sentence: Range<Int>) -> Bool {
    let next = index + 1
    guard next < sentence.upperBound else { return false }
    return clauses.words.lexicon.analyses(clauses.norm(next)).contains {
      $0.partOfSpeech == .noun && !clauses.words.eventFrames($0.lemma, .noun).isEmpty
    }
      && !clauses.isFinite(next)
  }

  /// "Moscow's sharp criticism".
  private func owner(_ index: Int, _ sentence: Range<Int>) -> [Part] {
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

  /// "Russian attack", "Kremlin statement", "Smith-Jones talks".
  private func premodifier(_ index: Int, _ sentence: Range<Int>) -> [Part] {
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

  private func isModifier(_ index: Int) -> Bool {
    let norm = clauses.norm(index)
    return !clauses.isPunctuation(index) && !GrammarWords.prepositions.contains(norm)
      && !GrammarWords.conjunctions.contains(norm)
      && !GrammarWords.determiners.contains(norm) && !GrammarWords.pronouns.contains(norm) && !clauses.isFinite(index)
      && clauses.mentionEnd[index] < 0
  }

  private static let supports: Set<String> = [
    "hold", "have", "launch", "conduct", "make", "stage", "mount", "issue", "impose", "carry", "begin", "start", "open",
    "resume", "sign", "reach",
  ]

  /// "X held long talks", "X launched a heavy attack": the subject of the light verb is the actor.
  private func supportedBy(_ index: Int, _ sentence: Range<Int>) -> ([Int], Clauses.VerbGroup)? {
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

  // MARK: Events

  private mutating func add(
    _ frame: EventFrame, _ candidate: Candidate, _ parts: [(part: Part, role: Event.Role)], _ modality: Modality
  ) {
    let index = candidate.token
    let rule = frame.id
    let confidence = Confidence(candidate.group != nil ? 0.85 : 0.75)
    guard let trigger = try? document.evidence(document.tokens[index].span, rule: rule, confidence: confidence) else {
      return
    }
    var participants: [Event.Participant] = []
    for (part, role) in parts {
      guard let evidence = try? document.evidence(part.span, rule: rule, confidence: confidence) else { continue }
      participants.append(Event.Participant(entity: part.entity, role: role, evidence: evidence))
    }
    let modality = modality == .asserted ? force[index] : modality
    let date = date(candidate)
    let place = place(candidate, participants)
    let key =
      ([frame.type, frame.mode ?? "", modality.rawValue, date?.description ?? ""]
      + participants.map { "\($0.entity)\($0.role.rawValue)" }.sorted()).joined(separator: " ")
    if let known = indices[key] {
      events[known].triggers.append(trigger)
      if events[known].place == nil { events[known].place = place }
      return
    }
    indices[key] = events.count
    events.append(
      Event(
        type: frame.type, mode: frame.mode, triggers: [trigger], participants: participants, place: place, date: date,
        modality: modality))
  }

  /// The date in the trigger's own clause.
  private func date(_ candidate: Candidate) -> CalendarDate? {
    let sentence = clauses.sentence(of: candidate.token)
    var position = candidate.token + 1
    while position < candidate.end {
      if clauses.timeAt[position] >= 0, let date = document.times[clauses.timeAt[position]].date { return date }
      position += 1
    }
    position = candidate.token - 1
    while position >= sentence.lowerBound, candidate.token - position < 14 {
      if clauses.timeAt[position] >= 0 { return document.times[clauses.timeAt[position]].date }
      let norm = clauses.norm(position)
      let isOwn = candidate.group.map { position >= $0.first } ?? false
      if !isOwn, clauses.isFinite(position) || [";", ":", "that"].contains(norm) || clauses.isQuoteMark(position) {
        return nil
      }
      position -= 1
    }
    return nil
  }

  /// "in", "at" or "near" a place inside the clause.
  private func place(_ candidate: Candidate, _ participants: [Event.Participant]) -> (entity: Int, evidence: Evidence)?
  {
    let sentence = clauses.sentence(of: candidate.token)
    var position = candidate.token + 1
    while position < candidate.end, position - candidate.token <= 12 {
      if ["in", "at", "near"].contains(clauses.norm(position)),
        let filler = clauses.filler(from: position + 1, sentence),
        clauses.isPlace(filler.mention), !filler.isOwner
      {
        let mention = document.mentions[filler.mention]
        return participants.contains { $0.entity == mention.entity } ? nil : (mention.entity, mention.evidence)
      }
      position += 1
    }
    return nil
  }
}

extension EventReader {
  /// First token of a mention near a token, in its sentence.
  private func firstToken(of mention: Int, near index: Int) -> Int? {
    let sentence = clauses.sentence(of: index)
    return (Swift.max(sentence.lowerBound, index - 60)..<Swift.min(sentence.upperBound, index + 10)).first {
      clauses.mentionStart[$0] == mention
    }
  }
}
