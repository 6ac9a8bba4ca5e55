internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Reads the events of one document off its trees.
struct EventReader {
  private(set) var trees: Trees
  /// For each dated word its time expression.
  private let dated: [Int: Int]
  /// What attributions make of the happenings they report: only cues that claim or deny do.
  private let force: [Modality]
  private var merger: EventMerger
  /// People and bodies without a name that take part: "protesters", "the police".
  private var unnamed: UnnamedActors

  var document: Document { trees.document }
  var events: [Event] { merger.events }

  init(_ trees: Trees) {
    self.trees = trees
    dated = trees.datedWords()
    force = trees.document.attributions.map { Self.force(of: $0, trees) }
    merger = EventMerger(published: trees.document.article.metadata.published)
    unnamed = UnnamedActors(trees)
  }

  /// The events, with the entities and mentions of those without a name who take part in them.
  mutating func finish() -> (events: [Event], entities: [Entity], mentions: [Mention]) {
    unnamed.finish(merger.events)
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
    if upos == .verb {
      readDuty(token)
      readWish(token)
    }
    let (kind, lemma) = trees.frameKey(token) { !trees.words.eventFrames($0, .adj).isEmpty }
    let ofForm = trees.words.eventFrames(ofForm: trees.norm(token), kind)
    let frames = ofForm.isEmpty ? trees.words.eventFrames(lemma, kind) : ofForm
    guard !frames.isEmpty, let frame = pick(frames, token), frame.type != EventFrame.none, !isQualifier(token),
      !isSupport(token)
    else { return }
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

  /// The frame most of whose conditions stand around the trigger, else the one whose particle stands with it, else the one
  /// without either.
  private func pick(_ all: [EventFrame], _ token: Int) -> EventFrame? {
    var best: (count: Int, frame: EventFrame)?
    for frame in all where !frame.conditions.isEmpty {
      let count = frame.conditions.reduce(frame.particle == nil ? 0 : 1) { $0 + $1.words.count }
      guard count > best?.count ?? 0, frame.particle.map({ trees.has($0, with: token) }) ?? true,
        frame.conditions.allSatisfy({ trees.holds($0, around: token) })
      else { continue }
      best = (count, frame)
    }
    if let best { return best.frame }
    let frames = all.filter(\.conditions.isEmpty)
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

  private mutating func participants(_ frame: EventFrame, _ token: Int, _ kind: UPOS) -> [Participant] {
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
  private mutating func fill(_ slot: Slot, _ token: Int, _ kind: UPOS) -> [Part] {
    switch slot {
    case .subject:
      let found = actors(kind == .verb ? trees.deepSubjects(token) : trees.subjects(token))
      // "a letter urging Malta to pay": whoever writes it.
      guard found.isEmpty, kind == .verb, trees.relations[token] == .acl, !trees.isPassive(token),
        let noun = trees.head(token), trees.upos(noun) == .noun
      else { return found }
      return actors(trees.doers(noun))
    case .object:
      let receivers = actors(trees.indirectObjects(token))
      return receivers.isEmpty ? actors(trees.deepObjects(token)) : receivers
    case .object2: return actors(trees.deepObjects(token))
    case .possessive: return actors(trees.dependents(token, .nmodPoss))
    case .premodifier: return trees.premodifiers(token)
    case .preposition(let preposition):
      let found = actors(trees.prepositional(token, preposition))
      guard found.isEmpty, kind == .verb, preposition != "of" else { return found }
      // "gave aid to Malta": parsers hang the phrase on the object now and then.
      return actors(trees.dependents(token, .obj).flatMap { trees.prepositional($0, preposition) })
    case .phrase: return nearest(token)
    case .lead: return lead(token)
    case .speaker: return trees.speaker(of: token).map { [$0] } ?? []
    case .clause, .infinitive, .gerund, .quote: return []
    }
  }

  /// The entities that noun phrases name, and those without a name.
  private mutating func actors(_ phrases: [Int]) -> [Part] {
    let named = trees.parts(phrases)
    let nameless = phrases.flatMap { trees.conjuncts($0) }.filter { trees.parts($0).isEmpty }
    return named + nameless.compactMap { unnamed.part($0, trees) }
  }

  /// Words after a trigger in which the slot of whatever phrase looks.
  private static let reach = 64

  /// Whoever is named first after a trigger within its clause, but for its subject.
  private mutating func nearest(_ token: Int) -> [Part] {
    let subjects = trees.parts(trees.isPassive(token) ? [] : trees.deepSubjects(token)).map(\.entity)
    let end = min(trees.subtrees[token].upperBound + 1, token + Self.reach)
    return first(in: token + 1..<max(token + 1, end), below: token, besides: subjects)
  }

  /// Whoever is named first in the phrase of a trigger's subject: "Malta" in "Malta's death toll rose".
  private mutating func lead(_ token: Int) -> [Part] {
    for subject in trees.subjects(token) {
      let start = max(trees.subtrees[subject].lowerBound, subject - Self.reach)
      let end = min(trees.subtrees[subject].upperBound + 1, subject + Self.reach)
      let found = first(in: start..<end, below: subject, besides: [])
      if !found.isEmpty { return found }
    }
    return []
  }

  private mutating func first(in range: Range<Int>, below top: Int, besides taken: [Int]) -> [Part] {
    for token in range {
      guard let phrase = trees.phrase(of: token, below: top) else { continue }
      var found = actors([phrase])
      if found.isEmpty {
        found = trees.named(token).map { part in
          var part = part
          part.head = phrase
          return part
        }
      }
      found = found.filter { $0.isActor && !taken.contains($0.entity) }
      if !found.isEmpty { return found }
    }
    return []
  }

  // MARK: Nouns

  /// Adds who takes part by the verb that a noun hangs on.
  ///
  /// "X held long talks with Y", "X launched a heavy attack on Y", "talks were held between X and Y": what the noun lacks
  /// hangs on the verb. "after a meeting with Y": whoever does what follows took part.
  private mutating func addFromSupport(_ parts: inout [Participant], _ frame: EventFrame, _ noun: Int) {
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
          add(actors(trees.prepositional(verb, preposition)), role)
        }
      }
      if !hasActor { add(actors(trees.deepSubjects(verb)).filter(\.isActor), .actor) }
    } else if trees.relations[noun] == .nsubj || trees.relations[noun] == .nsubjPass {
      for preposition in ["between", "with"]
      where frame.actor.contains(.preposition(preposition)) || preposition == "with" {
        if frame.coActor.contains(.preposition(preposition)) || frame.actor.contains(.preposition(preposition)) {
          add(actors(trees.prepositional(verb, preposition)), preposition == "with" ? .coActor : .actor)
        }
      }
    } else if trees.relations[noun] == .obl, !hasActor, Self.participation.contains(trees.lemma(verb)),
      trees.isMarked(noun, "in")
    {
      add(actors(trees.subjects(verb)).filter(\.isActor), .actor)
    } else if trees.relations[noun] == .obl, !hasActor, frame.type == "CONSULT",
      parts.contains(where: { $0.part.isActor })
    {
      add(trees.parts(trees.deepSubjects(verb)).filter(\.isActor), .actor)
    }
  }

  /// Verbs whose subject takes part in what follows "in".
  private static let participation: Set<String> = ["engage", "participate", "involve", "join"]

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
    guard !actors.isEmpty || isLocal(frame) && !parts.isEmpty, !isForce(token) else { return false }
    let isPassive = trees.isPassive(token)
    // "The storm hit protesters": nobody does it.
    if !isPassive, parts.allSatisfy({ $0.role == .recipient && !document.entities.indices.contains($0.part.entity) }) {
      return false
    }
    if frame.type == "CONSULT", frame.particle == nil {
      // Nobody consults alone.
      return parts.count > 1
        || parts.contains { [.organization, .group].contains(kind(of: $0.part.entity)) }
    }
    if parts.contains(where: { $0.role != .actor }) || frame.code != nil && actors.count > 1 { return true }
    // Nobody known is acted upon: then the object must be of a kind that such an act concerns.
    guard frame.recipient.contains(.object) else { return true }
    if frame.type == "THREATEN", !isThreat(token, actors) { return false }
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

  /// Whether a storm, a disease or the like does what a verb tells of: "an earthquake struck Malta".
  private func isForce(_ verb: Int) -> Bool {
    trees.deepSubjects(verb).contains {
      trees.mentionAt[$0] < 0 && trees.upos($0) == .noun && trees.words.forces.contains(trees.lemma($0))
    }
  }

  /// Whether a verb of warning that names nobody tells of a threat: of what the warner would do, not of what may happen.
  private func isThreat(_ verb: Int, _ actors: [Participant]) -> Bool {
    if let clause = trees.complement(verb, .ccomp) {
      let doers = trees.deepSubjects(clause)
      return doers.contains { trees.upos($0) == .pron }
        || trees.parts(doers).contains { part in actors.contains { $0.part.entity == part.entity } }
    }
    return trees.complement(verb, .xcomp) != nil || !trees.deepObjects(verb).isEmpty
  }

  private func kind(of entity: Int) -> Entity.Kind {
    document.entities.indices.contains(entity) ? document.entities[entity].kind : .group
  }

  private static let things: Set<String> = ["it", "that", "this", "what", "which", "these", "those"]

  // MARK: Duties

  private static let duty: Symbol = "event.request.duty"

  /// "Malta must open the port", in what somebody else says: who says so requests it.
  private mutating func readDuty(_ verb: Int) {
    guard let word = trees.duty(verb), let speaker = trees.speaker(of: verb) else { return }
    let obliged = trees.parts(trees.deepSubjects(verb)).filter { $0.isActor && $0.entity != speaker.entity }
    guard !obliged.isEmpty, let trigger = evidence(document.tokens[word].span, Self.duty, 0.7) else { return }
    add(
      "REQUEST", nil, Self.duty, trigger, [(speaker, .actor)] + obliged.map { ($0, .recipient) },
      code: trees.words.eventCodes.code("REQUEST", nil, .asserted, own: nil), at: word, of: verb)
  }

  private static let wish: Symbol = "event.request.wish"

  /// "Malta wants Japan to pay": who wants somebody to do something requests it.
  private mutating func readWish(_ verb: Int) {
    guard trees.words.modalVerbs[trees.lemma(verb)] == .planned, let infinitive = trees.complement(verb, .xcomp),
      trees.hasInfinitiveMark(infinitive), !trees.isPassive(verb), !trees.isNegated(verb)
    else { return }
    let asked = trees.parts(trees.dependents(verb, .obj, .iobj).filter { $0 < infinitive }).filter(\.isActor)
    let asking = trees.parts(trees.deepSubjects(verb)).filter { part in
      part.isActor && !asked.contains { $0.entity == part.entity }
    }
    guard !asked.isEmpty, !asking.isEmpty,
      let trigger = evidence(document.tokens[verb].span, Self.wish, 0.7)
    else { return }
    add(
      "REQUEST", nil, Self.wish, trigger, asking.map { ($0, .actor) } + asked.map { ($0, .recipient) },
      trees.modality(verb), code: trees.words.eventCodes.code("REQUEST", nil, .asserted, own: nil), at: verb)
  }

  /// Not to agree is to reject.
  private static let opposites: [String: (type: String, rule: Symbol)] = [
    "AGREE": ("REJECT", "event.reject.no-agreement"), "CONCEDE": ("REJECT", "event.reject.no-concession"),
  ]

  private func evidence(_ span: Span, _ rule: Symbol, _ confidence: Double) -> Evidence? {
    try? document.evidence(span, rule: rule, confidence: Confidence(confidence))
  }

  // MARK: Events

  /// Whether what is told as a purpose or an attempt is done nonetheless: who blocks a road "to protest" protests, and an
  /// attempt to kill is an attack.
  private func isDone(_ frame: EventFrame, _ token: Int) -> Bool {
    switch frame.type {
    case "PROTEST": return trees.relations[token] == .advcl || trees.relations[token] == .acl
    case "ASSAULT", "COERCE":
      guard trees.relations[token] == .xcomp || trees.relations[token] == .acl, let above = trees.head(token) else {
        return false
      }
      return ["try", "attempt"].contains(trees.lemma(above)) && trees.modality(above) == .asserted
    default: return false
    }
  }

  private mutating func add(_ frame: EventFrame, _ token: Int, _ parts: [Participant]) {
    guard let trigger = evidence(document.tokens[token].span, frame.id, trees.upos(token) == .verb ? 0.85 : 0.75) else {
      return
    }
    var modality = trees.modality(token)
    if modality == .planned, isDone(frame, token) { modality = .asserted }
    if modality == .asserted, trees.attributionOver[token] >= 0 { modality = force[trees.attributionOver[token]] }
    if modality == .negated, let opposite = Self.opposites[frame.type] {
      return add(
        opposite.type, nil, opposite.rule, trigger, withGovernments(parts, frame),
        code: trees.words.eventCodes.code(opposite.type, nil, .asserted, own: nil), at: token, struck: parts)
    }
    // "said it would free them": of its own acts nobody says "would" but as a promise.
    let isOwn =
      trees.modal(token) != nil
      && trees.speaker(of: token).map { speaker in
        parts.contains { $0.role == .actor && $0.part.entity == speaker.entity }
      } ?? false
    if isOwn, modality == .hypothetical { modality = .planned }
    let told = modality == .planned && !isOwn && !trees.isIntended(token) ? .asserted : modality
    add(
      frame.type, frame.mode, frame.id, trigger, withGovernments(parts, frame), modality,
      code: trees.words.eventCodes.code(frame.type, frame.mode, told, own: frame.code), at: token, struck: parts)
  }

  private mutating func add(
    _ type: String, _ mode: String?, _ rule: Symbol, _ trigger: Evidence, _ parts: [Participant],
    _ modality: Modality = .asserted, code: String? = nil, at token: Int, of clause: Int? = nil,
    struck: [Participant] = []
  ) {
    var participants: [Event.Participant] = []
    for (part, role) in parts {
      guard let evidence = evidence(part.span, rule, 0.8) else { continue }
      let code = document.entities.indices.contains(part.entity) ? trees.code(part) : unnamed.code(part.entity)
      participants.append(Event.Participant(entity: part.entity, role: role, evidence: evidence, code: code))
    }
    var place = clause == nil ? trees.place(token, besides: participants.map(\.entity)) : nil
    if place == nil { place = struck.first { !$0.part.isActor && trees.isPlace(entity: $0.part.entity) }?.part }
    let found = place.flatMap { place in evidence(place.span, rule, 0.8).map { (place.entity, $0) } }
    let time = clause == nil ? trees.time(token, dated).map { document.times[$0] } : nil
    merger.add(
      Event(
        type: type, mode: mode, triggers: [trigger], participants: participants, place: found, date: time?.date,
        modality: modality, code: code),
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
