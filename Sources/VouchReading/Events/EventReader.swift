internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Reads the events of one document off its trees.
struct EventReader {
  let trees: Trees
  /// For each dated word its time expression.
  private let dated: [Int: Int]
  /// What attributions make of the happenings they report: only cues that claim or deny do.
  private let force: [Modality]
  private var merger: EventMerger

  var document: Document { trees.document }
  var events: [Event] { merger.events }

  init(_ trees: Trees) {
    self.trees = trees
    dated = trees.datedWords()
    force = trees.document.attributions.map { Self.force(of: $0, trees) }
    merger = EventMerger(published: trees.document.article.metadata.published)
  }

  /// How the first verb of speech among some words puts what it reports.
  private static func force(of attribution: Attribution, _ trees: Trees) -> Modality {
    let tokens = trees.document.tokens
    for cue in attribution.cue {
      var token = tokens.firstIndex(startingAt: Int(cue.start)) ?? tokens.count
      while token < tokens.count, tokens[token].span.start < cue.end {
        switch trees.words.force(tokens[token].lemma, tokens[token].upos) {
        case "claim": return .alleged
        case "deny": return .denied
        default: token += 1
        }
      }
    }
    return .asserted
  }

  /// Takes the event that a token tells of, if there is one.
  mutating func read(_ token: Int) {
    let upos = trees.upos(token)
    guard upos == .verb || upos == .noun || upos == .adj || upos == .propn, trees.nameOver[token] < 0 else { return }
    if upos == .verb { readDuty(token) }
    let (kind, lemma) = trees.frameKey(token) { !trees.words.eventFrames($0, .adj).isEmpty }
    let frames = trees.words.eventFrames(lemma, kind)
    guard !frames.isEmpty, let frame = pick(frames, token), !isQualifier(token), !isSupport(token) else { return }
    var parts = participants(frame, token, kind)
    if kind == .noun {
      addFromSupport(&parts, frame, token)
      parts = Self.inOrder(parts)
    }
    guard kind == .verb ? isAct(frame, token, parts) : isTold(frame, token, kind, parts) else {
      if kind == .noun { repeatEvent(frame, token) }
      return
    }
    add(frame, token, parts)
  }

  // MARK: Frames

  /// The frame whose particle stands with the trigger, else the one without a particle.
  private func pick(_ frames: [EventFrame], _ token: Int) -> EventFrame? {
    let fitting = frames.filter { $0.particle.map { trees.has($0, with: token) } ?? false }
    // What is fired tells more than what it is fired at.
    if let found = fitting.first(where: { !trees.isPreposition($0.particle, of: token) }) ?? fitting.first {
      return found
    }
    return trees.hasParticle(token) ? nil : frames.first { $0.particle == nil }
  }

  /// Whether an event noun only qualifies another noun: "peace talks" is read at "talks".
  private func isQualifier(_ token: Int) -> Bool {
    (trees.relations[token] == .compound || trees.relations[token] == .amod) && token < trees.head(token) ?? token
  }

  /// Whether a verb says only that the event of its object is done: "held talks" is read at "talks".
  private func isSupport(_ token: Int) -> Bool {
    guard trees.upos(token) == .verb, trees.words.supports.contains(trees.lemma(token)) else { return false }
    return trees.deepObjects(token).contains { object in
      trees.upos(object) == .noun && pick(trees.words.eventFrames(trees.frameLemma(object), .noun), object) != nil
    }
  }

  typealias Participant = (part: Part, role: Event.Role)

  private func participants(_ frame: EventFrame, _ token: Int, _ kind: UPOS) -> [Participant] {
    var found: [Participant] = []
    for (slots, role) in [(frame.recipient, Event.Role.recipient), (frame.actor, .actor), (frame.coActor, .coActor)] {
      for slot in slots {
        var parts = fill(slot, token, kind)
        if parts.isEmpty, slot == .object, role == .recipient, isLocal(frame) {
          // "attacked the minister's house": the owner is struck.
          parts = trees.parts(trees.deepObjects(token).flatMap { trees.dependents($0, .nmodPoss) })
        }
        parts = parts.filter { part in !found.contains { $0.part.entity == part.entity } }
        found += parts.map { ($0, role) }
        if !parts.isEmpty { break }
      }
    }
    return Self.inOrder(found)
  }

  /// Actors first, then who acts with them, then recipients.
  private static func inOrder(_ parts: [Participant]) -> [Participant] {
    [Event.Role.actor, .coActor, .recipient].flatMap { role in parts.filter { $0.role == role } }
  }

  /// Who stands in a slot of a trigger.
  private func fill(_ slot: Slot, _ token: Int, _ kind: UPOS) -> [Part] {
    switch slot {
    case .subject: return trees.parts(kind == .verb ? trees.deepSubjects(token) : trees.subjects(token))
    case .object:
      let receivers = trees.parts(trees.indirectObjects(token))
      return receivers.isEmpty ? trees.parts(trees.deepObjects(token)) : receivers
    case .object2: return trees.parts(trees.deepObjects(token))
    case .possessive: return trees.parts(trees.dependents(token, .nmodPoss))
    case .premodifier: return trees.premodifiers(token)
    case .preposition(let preposition): return trees.parts(trees.prepositional(token, preposition))
    case .speaker: return trees.speaker(of: token).map { [$0] } ?? []
    case .clause, .infinitive, .gerund, .quote: return []
    }
  }

  // MARK: Nouns

  /// Adds who takes part by the verb that a noun hangs on.
  ///
  /// "X held long talks with Y", "X launched a heavy attack on Y", "talks were held between X and Y": what the noun lacks
  /// hangs on the verb. "after a meeting with Y": whoever does what follows took part.
  private func addFromSupport(_ parts: inout [Participant], _ frame: EventFrame, _ noun: Int) {
    guard let verb = trees.head(noun), trees.upos(verb) == .verb else { return }
    func add(_ found: [Part], _ role: Event.Role) {
      parts += found.filter { part in !parts.contains { $0.part.entity == part.entity } }.map { ($0, role) }
    }
    let isObject =
      [.obj, .nsubjPass].contains(trees.relations[noun]) && trees.words.supports.contains(trees.lemma(verb))
    let hasActor = parts.contains { $0.role == .actor && $0.part.isActor }
    if isObject {
      for slot in frame.recipient + frame.coActor {
        guard case .preposition(let preposition) = slot, preposition != "of" else { continue }
        let role: Event.Role = frame.recipient.contains(slot) ? .recipient : .coActor
        if !parts.contains(where: { $0.role == role }) {
          add(trees.parts(trees.prepositional(verb, preposition)), role)
        }
      }
      if !hasActor { add(trees.parts(trees.deepSubjects(verb)).filter(\.isActor), .actor) }
    } else if trees.relations[noun] == .nsubj || trees.relations[noun] == .nsubjPass {
      for preposition in ["between", "with"]
      where frame.actor.contains(.preposition(preposition)) || preposition == "with" {
        if frame.coActor.contains(.preposition(preposition)) || frame.actor.contains(.preposition(preposition)) {
          add(trees.parts(trees.prepositional(verb, preposition)), preposition == "with" ? .coActor : .actor)
        }
      }
    } else if trees.relations[noun] == .obl, !hasActor, frame.type == "CONSULT",
      parts.contains(where: { $0.part.isActor })
    {
      add(trees.parts(trees.deepSubjects(verb)).filter(\.isActor), .actor)
    }
  }

  /// Whether a noun tells of a happening in which somebody known acts or is acted upon.
  private func isTold(_ frame: EventFrame, _ token: Int, _ kind: UPOS, _ parts: [Participant]) -> Bool {
    let actors = parts.filter(\.part.isActor)
    if actors.isEmpty { return parts.contains { $0.role == .recipient && isLocal(frame) } }
    if kind == .adj { return actors.contains { $0.role == .actor } }
    return true
  }

  /// Whether acts of a type strike places as well as people.
  private func isLocal(_ frame: EventFrame) -> Bool { frame.type == "ASSAULT" || frame.type == "COERCE" }

  /// A definite noun of a type told of before means that happening: "the attack", "the talks"; "no such attack" negates it.
  private mutating func repeatEvent(_ frame: EventFrame, _ token: Int) {
    if trees.children[token].contains(where: { trees.norm($0) == "such" }), trees.isNegated(token),
      let trigger = evidence(document.tokens[token].span, Self.anaphor, 0.6)
    {
      let word = document.tokens[token]
      return merger.negateLast(frame.type, word.lemma, trigger, sentence: word.sentence)
    }
    guard
      trees.children[token].contains(where: {
        trees.relations[$0] == .det && ["the", "this", "that", "these"].contains(trees.norm($0))
      }),
      let evidence = try? document.evidence(
        document.tokens[token].span, rule: Self.anaphor, confidence: Confidence(0.6))
    else { return }
    merger.repeatLast(frame.type, document.tokens[token].lemma, evidence, sentence: document.tokens[token].sentence)
  }

  private static let anaphor: Symbol = "event.same-noun"

  // MARK: Verbs

  /// Whether a verb with these participants tells of an act of its frame's type.
  private func isAct(_ frame: EventFrame, _ token: Int, _ parts: [Participant]) -> Bool {
    let actors = parts.filter(\.part.isActor)
    guard !actors.isEmpty || isLocal(frame) && !parts.isEmpty else { return false }
    let isPassive = trees.isPassive(token)
    if frame.type == "CONSULT", frame.particle == nil {
      // Nobody consults alone.
      return parts.count > 1
        || parts.contains { [.organization, .group].contains(document.entities[$0.part.entity].kind) }
    }
    if parts.contains(where: { $0.role != .actor }) { return true }
    // Nobody known is acted upon: then the object must be of a kind that such an act concerns.
    guard frame.recipient.contains(.object) else { return true }
    if isPassive { return parts.contains { $0.role == .actor } }
    let objects = trees.deepObjects(token)
    if let object = objects.first, frame.particle == nil {
      switch frame.type {
      case "ASSAULT": return [.person, .place, .organization, .object].contains(trees.kindAt[object])
      default: return trees.upos(object) != .pron || !Self.things.contains(trees.norm(object))
      }
    }
    if frame.particle != nil { return true }
    if let infinitive = trees.complement(token, .xcomp) {
      // "declined to comment": not to speak is no act.
      if trees.words.force(trees.lemma(infinitive), .verb) != nil { return false }
      return ["AGREE", "REJECT", "THREATEN", "REQUEST", "CONCEDE", "SUPPORT", "AID", "COOPERATE"].contains(frame.type)
    }
    return trees.complement(token, .ccomp) == nil || ["REQUEST", "THREATEN", "ACCUSE", "REJECT"].contains(frame.type)
  }

  private static let things: Set<String> = ["it", "that", "this", "what", "which", "these", "those"]

  // MARK: Duties

  private static let duty: Symbol = "event.request.duty"

  /// "Malta must open the port", in what somebody else says: who says so requests it.
  private mutating func readDuty(_ verb: Int) {
    guard let word = trees.duty(verb), let speaker = trees.speaker(of: verb) else { return }
    let obliged = trees.parts(trees.deepSubjects(verb)).filter { $0.isActor && $0.entity != speaker.entity }
    guard !obliged.isEmpty, let trigger = evidence(document.tokens[word].span, Self.duty, 0.7) else { return }
    add("REQUEST", nil, Self.duty, trigger, [(speaker, .actor)] + obliged.map { ($0, .recipient) }, at: word, of: verb)
  }

  /// Not to agree is to reject.
  private static let opposites: [String: (type: String, rule: Symbol)] = [
    "AGREE": ("REJECT", "event.reject.no-agreement"), "CONCEDE": ("REJECT", "event.reject.no-concession"),
  ]

  private func evidence(_ span: Span, _ rule: Symbol, _ confidence: Double) -> Evidence? {
    try? document.evidence(span, rule: rule, confidence: Confidence(confidence))
  }

  // MARK: Events

  private mutating func add(_ frame: EventFrame, _ token: Int, _ parts: [Participant]) {
    guard let trigger = evidence(document.tokens[token].span, frame.id, trees.upos(token) == .verb ? 0.85 : 0.75) else {
      return
    }
    var modality = trees.modality(token)
    if modality == .asserted, trees.attributionOver[token] >= 0 { modality = force[trees.attributionOver[token]] }
    if modality == .negated, let opposite = Self.opposites[frame.type] {
      return add(
        opposite.type, nil, opposite.rule, trigger, withGovernments(parts, frame), at: token, struck: parts)
    }
    add(frame.type, frame.mode, frame.id, trigger, withGovernments(parts, frame), modality, at: token, struck: parts)
  }

  private mutating func add(
    _ type: String, _ mode: String?, _ rule: Symbol, _ trigger: Evidence, _ parts: [Participant],
    _ modality: Modality = .asserted, at token: Int, of clause: Int? = nil, struck: [Participant] = []
  ) {
    var participants: [Event.Participant] = []
    for (part, role) in parts {
      guard let evidence = evidence(part.span, rule, 0.8) else { continue }
      participants.append(Event.Participant(entity: part.entity, role: role, evidence: evidence))
    }
    var place = clause == nil ? trees.place(token, besides: participants.map(\.entity)) : nil
    if place == nil { place = struck.first { !$0.part.isActor && trees.isPlace(entity: $0.part.entity) }?.part }
    let found = place.flatMap { place in evidence(place.span, rule, 0.8).map { (place.entity, $0) } }
    let time = clause == nil ? trees.time(token, dated).map { document.times[$0] } : nil
    merger.add(
      Event(
        type: type, mode: mode, triggers: [trigger], participants: participants, place: found, date: time?.date,
        modality: modality),
      time: time?.value, lemma: document.tokens[token].lemma, sentence: document.tokens[token].sentence)
  }

  /// An act against a city is one against its country: the government takes part where the article knows it.
  private func withGovernments(_ parts: [Participant], _ frame: EventFrame) -> [Participant] {
    var found: [Participant] = []
    for (part, role) in parts {
      if part.isActor {
        found.append((part, role))
      } else if role == .recipient, isLocal(frame), let code = document.entities[part.entity].entry?.country,
        let government = trees.governments[code], !parts.contains(where: { $0.part.entity == government })
      {
        found.append((Part(entity: government, span: part.span, isActor: true), role))
      }
    }
    return found
  }
}
