internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Reads the stances of one document off its trees.
struct StanceReader {
  let trees: Trees
  private(set) var stances: [Stance] = []
  /// Stances that are looked back to for the same judgement in other words; one sentence rarely has more.
  private static let near = 16
  /// Event whose trigger begins at a byte.
  private var triggers: [UInt32: Int] = [:]
  /// For a pronoun that means no entity, the noun of its chain that stands before it.
  private var antecedents: [Int: Int] = [:]

  var document: Document { trees.document }

  /// - Parameter events: The document's events, which a stance may be about.
  init(_ trees: Trees, events: [Event]) {
    self.trees = trees
    for (index, event) in events.enumerated() {
      for trigger in event.triggers { triggers[trigger.span.start] = index }
    }
    var nouns: [Int: Int] = [:]
    for reference in trees.document.references where trees.mentionAt[reference.head] < 0 {
      if reference.form == .nominal { nouns[reference.chain] = reference.head }
      if reference.form == .pronoun { antecedents[reference.head] = nouns[reference.chain] }
    }
  }

  /// What a stance is about, and the words.
  private struct Target {
    var target: Stance.Target
    var span: Span
    /// Whether it is a clause that says what is not, or shall not be.
    var isNegated = false
  }

  /// Takes the stance that a token expresses, if there is one.
  mutating func read(_ token: Int) {
    let upos = trees.upos(token)
    guard upos == .verb || upos == .noun || upos == .adj || upos == .propn, trees.nameOver[token] < 0 else { return }
    if upos == .verb, readDuty(token) { return }
    let (kind, lemma) = trees.frameKey(token) { !trees.words.stanceFrames($0, .adj).isEmpty }
    let frames = ordered(trees.words.stanceFrames(lemma, kind), token)
    guard !frames.isEmpty, isHeld(token) else { return }
    for frame in frames {
      let holders = holders(frame, token, kind)
      guard !holders.isEmpty else { continue }
      for slot in frame.target {
        guard let target = target(slot, token, frame), !isFact(frame, token, kind, target) else { continue }
        if add(frame, holders, target, token) { return }
      }
    }
  }

  /// Whether somebody only tells what something did, where a frame takes what it does in general or will do for their
  /// judgement of it; of actors too.
  private func isFact(_ frame: StanceFrame, _ token: Int, _ kind: UPOS, _ target: Target) -> Bool {
    guard kind == .verb, frame.holder.contains(.speaker), frame.target.contains(.subject) else { return false }
    if case .entity(let entity) = target.target, trees.isActor(entity: entity) { return true }
    return !trees.isGeneral(token)
  }

  /// Frames whose particle stands with the word come first; those whose particle does not are left out.
  private func ordered(_ frames: [StanceFrame], _ token: Int) -> [StanceFrame] {
    let found = frames.filter { $0.particle.map { trees.has($0, with: token) } ?? false }
    return found + (trees.hasParticle(token) ? [] : frames.filter { $0.particle == nil })
  }

  /// Whether the word is said of its holder as fact: what somebody may hold, or is asked to hold, is no stance.
  private func isHeld(_ token: Int) -> Bool {
    if isDoubted(token) { return false }
    let depiction = trees.depiction(token)?.verb
    if let depiction, trees.isNegated(depiction) { return false }
    switch modality(depiction ?? token) {
    case .asserted, .planned, .negated: return true
    case .hypothetical:
      // "would welcome" is polite, not a condition.
      return !trees.isSupposed(token)
        && trees.children[token].contains { trees.relations[$0] == .aux && trees.lemma($0) == "would" }
    case .alleged, .denied, .demanded: return false
    }
  }

  /// "questioned the minister's commitment": whoever doubts or denies an attitude does not say that it is held.
  private func isDoubted(_ token: Int) -> Bool {
    guard trees.relations[token] == .obj, let verb = trees.head(token) else { return false }
    return trees.words.stanceFrames(trees.lemma(verb), .verb).contains { $0.kind == "doubt" || $0.kind == "deny" }
  }

  /// A noun's own words tell whether somebody holds what it says; what the sentence says of it does not.
  private func modality(_ token: Int) -> Modality {
    trees.upos(token) == .noun || trees.upos(token) == .propn
      ? trees.local(token, isTrigger: true) ?? .asserted : trees.modality(token)
  }

  // MARK: Holders

  private func holders(_ frame: StanceFrame, _ token: Int, _ kind: UPOS) -> [Part] {
    for slot in frame.holder {
      let found = holders(slot, token, kind).filter(\.isActor)
      if !found.isEmpty { return found }
    }
    // "the plan is unacceptable": it is so to whoever says it.
    return frame.target.first == .subject ? holders(.speaker, token, kind) : []
  }

  private func holders(_ slot: Slot, _ token: Int, _ kind: UPOS) -> [Part] {
    switch slot {
    case .subject: return trees.parts(kind == .verb ? trees.deepSubjects(token) : trees.subjects(token))
    case .possessive:
      let owners = trees.parts(trees.dependents(token, .nmodPoss))
      return owners.isEmpty ? trees.parts(supportingSubjects(token)) : owners
    case .premodifier: return trees.premodifiers(token)
    case .speaker:
      if let depiction = trees.depiction(token) { return trees.parts(trees.deepSubjects(depiction.verb)) }
      let holders = trees.opinionHolders(trees.predicative(token))
      return holders.isEmpty ? trees.speaker(of: token).map { [$0] } ?? [] : holders
    case .preposition(let preposition): return trees.parts(trees.prepositional(token, preposition))
    default: return []
    }
  }

  /// "voiced scepticism about": the subject of the verb that the noun is the object of holds what the noun says.
  ///
  /// "share the Kenyan proposal": not theirs.
  private func supportingSubjects(_ noun: Int) -> [Int] {
    guard trees.relations[noun] == .obj, trees.premodifiers(noun).isEmpty, let verb = trees.head(noun),
      trees.words.supports.contains(trees.lemma(verb)) || trees.words.isJudgement(trees.lemma(verb), .expresses)
    else { return [] }
    return trees.deepSubjects(verb)
  }

  // MARK: Targets

  private func target(_ slot: Slot, _ token: Int, _ frame: StanceFrame) -> Target? {
    switch slot {
    case .subject: return judged(token)
    case .object, .object2:
      guard trees.upos(token) == .verb else { return nil }
      // "wants Malta to withdraw": what is wanted is the withdrawal.
      if trees.complement(token, .xcomp, .ccomp) != nil, frame.target.contains(.infinitive) { return nil }
      return trees.deepObjects(token).first.flatMap(thing)
    case .preposition(let preposition):
      return trees.prepositional(token, preposition).lazy.compactMap { isVerbal($0) ? clause($0) : thing($0) }.first
    case .infinitive:
      return trees.complement(token, .xcomp, .ccomp, .advcl, .acl).flatMap {
        trees.hasInfinitiveMark($0) || trees.upos(token) == .verb && frame.kind == "demand"
          ? clause($0, of: token) : nil
      }
    case .gerund:
      return trees.complement(token, .xcomp, .ccomp, .advcl, .obl)
        .flatMap { trees.document.tokens[$0].xpos == "VBG" ? clause($0) : nil }
    case .clause: return trees.complement(token, .ccomp).flatMap { clause($0) }
    case .possessive, .premodifier, .quote, .speaker, .phrase, .lead: return nil
    }
  }

  /// What a word judges: the object of the verb that depicts it, else the subject.
  private func judged(_ token: Int) -> Target? {
    if let depiction = trees.depiction(token) { return thing(depiction.object) }
    let predicate = trees.predicative(token)
    guard let subject = (trees.upos(token) == .verb ? trees.deepSubjects(predicate) : trees.subjects(predicate)).first
    else { return nil }
    return thing(subject) ?? topic(of: subject)
  }

  /// "This is a mistake," she said of the bill: what the verb of speech names that a pronoun stands for.
  private func topic(of pronoun: Int) -> Target? {
    guard trees.upos(pronoun) == .pron, trees.attributionOver[pronoun] >= 0 else { return nil }
    for cue in document.attributions[trees.attributionOver[pronoun]].cue {
      guard let verb = document.tokens.firstIndex(startingAt: Int(cue.start)) else { continue }
      for preposition in ["of", "about"] {
        if let found = trees.prepositional(verb, preposition).first.flatMap(thing) { return found }
      }
    }
    return nil
  }

  private func isVerbal(_ token: Int) -> Bool { trees.upos(token) == .verb }

  /// A noun phrase as a target: an entity if it names one, an event if its head tells of one, else an issue.
  private func thing(_ head: Int) -> Target? {
    if isVerbal(head) { return clause(head) }
    if trees.mentionAt[head] >= 0 || trees.nameOver[head] >= 0 {
      guard let part = trees.parts(head).first else { return nil }
      return Target(target: .entity(part.entity), span: part.span)
    }
    // "his predecessor Anna Lund"
    if let name = trees.children[head].first(where: {
      [.appos, .flat, .nmodDesc].contains(trees.relations[$0]) && trees.mentionAt[$0] >= 0
    }), let part = trees.parts(name).first {
      return Target(target: .entity(part.entity), span: part.span)
    }
    // "welcomed it": the agreement that was spoken of.
    let noun = antecedents[head] ?? head
    guard let label = trees.label(noun) else { return nil }
    let span = noun == head ? trees.span(label.tokens) : document.tokens[head].span
    if let event = triggers[document.tokens[noun].span.start] { return Target(target: .event(event), span: span) }
    return Target(target: .issue(label.text), span: span)
  }

  /// A clause as a target.
  ///
  /// "wants the war to end": whose infinitive it is belongs to it, unless that is an actor.
  private func clause(_ head: Int, of governor: Int? = nil) -> Target? {
    if let governor, let object = trees.deepObjects(governor).first, object > governor, object < head,
      trees.parts(object).isEmpty, let thing = trees.label(object), let label = trees.label(head)
    {
      let tokens = thing.tokens.lowerBound..<label.tokens.upperBound
      return Target(target: .issue(thing.text + " to " + label.text), span: trees.span(tokens))
    }
    guard let label = trees.label(head), label.tokens.count > 1 || triggers[document.tokens[head].span.start] != nil
    else { return nil }
    let span = trees.span(label.tokens)
    let isNegated = trees.isNegated(head)
    if let event = triggers[document.tokens[head].span.start] {
      return Target(target: .event(event), span: span, isNegated: isNegated)
    }
    return Target(target: .issue(label.text), span: span, isNegated: isNegated)
  }

  // MARK: Duties

  private static let duty = StanceFrame(
    id: "stance.demand.duty", kind: "demand", polarity: .support, holder: [], target: [], particle: nil)
  /// "Malta must open the port", in what somebody says: who says so demands it.
  private mutating func readDuty(_ verb: Int) -> Bool {
    guard let speaker = trees.speaker(of: verb),
      trees.duty(verb) != nil, let target = clause(verb)
    else { return false }
    return add(Self.duty, [speaker], target, verb)
  }

  // MARK: Stances

  private mutating func add(_ frame: StanceFrame, _ holders: [Part], _ target: Target, _ token: Int) -> Bool {
    var polarity = frame.polarity
    var kind = frame.kind
    // Who demands that something shall not be is against it; a duty is its own clause.
    if (modality(token) == .negated) != (target.isNegated && frame.id != Self.duty.id) {
      // "does not support" is a rejection; what "does not reject" means is open.
      guard polarity == .support else { return true }
      polarity = .oppose
      kind = "reject"
    }
    let passage = document.tokens[token].span.union(target.span)
    let confidence = Confidence(0.8)
    guard let evidence = try? document.evidence(passage, rule: frame.id, confidence: confidence),
      let words = try? document.evidence(target.span, rule: frame.id, confidence: confidence)
    else { return false }
    var isAdded = false
    for holder in holders {
      if case .entity(holder.entity) = target.target { continue }
      guard let holderEvidence = try? document.evidence(holder.span, rule: frame.id, confidence: confidence) else {
        continue
      }
      isAdded = true
      // "dismissed the report as nonsense" is one judgement in two words.
      guard
        !stances.suffix(Self.near).contains(where: {
          $0.holder == holder.entity && $0.target == target.target && $0.polarity == polarity
            && $0.evidence.span.overlaps(passage)
        })
      else { continue }
      stances.append(
        Stance(
          holder: holder.entity, holderEvidence: holderEvidence, target: target.target, targetEvidence: words,
          polarity: polarity, kind: kind, evidence: evidence))
    }
    return isAdded
  }
}
