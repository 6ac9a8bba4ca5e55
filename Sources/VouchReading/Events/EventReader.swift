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
  struct Part: Hashable {
    var entity: Int
    var span: Span
    var isActor: Bool
  }

  /// A trigger with its slots.
  struct Candidate {
    var token: Int
    var form: WordForm
    var group: Clauses.VerbGroup?
    var subjects: [Int] = []
    var end: Int
  }

  private mutating func markForce() {
    let document = clauses.document
    for attribution in document.attributions {
      guard let force = attribution.cue.compactMap({ force(of: $0) }).first else { continue }
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

  /// How the first verb of speech among some words puts what it reports.
  private func force(of cue: Span) -> String? {
    let tokens = clauses.document.tokens
    var token = tokens.firstIndex(startingAt: Int(cue.start)) ?? tokens.count
    while token < tokens.count, tokens[token].span.start < cue.end {
      if let cue = clauses.words.verbCue(clauses.norm(token))?.cue { return cue.force }
      token += 1
    }
    return nil
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
    // Words of agreement and refusal take an infinitive: "refused to pay".
    if next == "to" { return ["AGREE", "REJECT", "THREATEN", "REQUEST", "CONCEDE"].contains(frame.type) }
    return !["that", "how", "why", "whether", "if", "himself", "herself", "itself", "themselves"].contains(next)
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

  func pickNoun(_ frames: [EventFrame], _ index: Int) -> EventFrame? {
    let before =
      index > 0 && document.tokens[index - 1].sentence == document.tokens[index].sentence
      ? document.tokens[index - 1].lemma : ""
    return frames.first { $0.particle != nil && $0.particle == before } ?? frames.first { $0.particle == nil }
  }

  // MARK: Events

  mutating func add(
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
    // What stands before an apposition's or relative clause's closing comma belongs to that.
    if let group = candidate.group, group.first > sentence.lowerBound, clauses.norm(group.first - 1) == "," {
      return nil
    }
    position = candidate.token - 1
    while position >= sentence.lowerBound, candidate.token - position < 14 {
      if clauses.timeAt[position] >= 0 { return document.times[clauses.timeAt[position]].date }
      let norm = clauses.norm(position)
      let isOwn = candidate.group.map { position >= $0.first } ?? false
      let parts = [
        ";", ":", "that", "after", "before", "when", "while", "but", "as", "because", "since", "where", "which", "who",
      ]
      if !isOwn, clauses.isFinite(position) || parts.contains(norm) || clauses.isQuoteMark(position) { return nil }
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
