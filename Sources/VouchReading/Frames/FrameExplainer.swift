public import VouchCore
public import VouchLanguage
public import VouchOntology

/// Tells which frames of the ontology the words of a document have, which fired, and why others did not.
public struct FrameExplainer: Sendable {
  private let words: ReadingWords

  /// Reads the tables.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  public init(ontology: Ontology) throws(Diagnostic) {
    words = try ReadingWords(ontology, gazetteer: try Gazetteer(ontology), names: try NameWords(ontology))
  }

  /// The frames at the words of a document that was read with the same tables, in the order of the words.
  ///
  /// - Complexity: O(n log n) in tokens, events and stances.
  public func uses(in document: Document) -> [FrameUse] {
    var found = FrameUses(Trees(document, words))
    found.addFired()
    for token in document.tokens.indices where document.isRead(token: token) { found.addOthers(at: token) }
    return found.sorted
  }
}

/// The frames at the words of one document.
private struct FrameUses {
  private struct Place: Hashable {
    var start: UInt32
    var layer: FrameUse.Layer
  }

  private let trees: Trees
  private var uses: [FrameUse] = []
  /// The rules that fired at each word.
  private var fired: [Place: [Symbol]] = [:]

  init(_ trees: Trees) { self.trees = trees }

  private var document: Document { trees.document }

  var sorted: [FrameUse] {
    uses.enumerated().sorted { ($0.element.span, $0.offset) < ($1.element.span, $1.offset) }.map(\.element)
  }

  // MARK: Frames that fired

  mutating func addFired() {
    for event in document.events {
      let participants = event.participants.map { ($0.role.rawValue, document.entities[$0.entity].name) }
      for trigger in event.triggers {
        add(trigger, at: trigger.span, .event, label(event.type, event.mode), event.modality, participants)
      }
    }
    for stance in document.stances {
      let target: String
      switch stance.target {
      case .entity(let entity): target = document.entities[entity].name
      case .event: target = document.words(stance.targetEvidence.span)
      case .issue(let label): target = label
      }
      add(
        stance.evidence, at: word(of: stance), .stance, stance.kind + "/" + stance.polarity.rawValue, nil,
        [("holder", document.entities[stance.holder].name), ("target", target)])
    }
  }

  /// The word of a stance's passage whose frame fired, else the whole passage.
  private func word(of stance: Stance) -> Span {
    let passage = stance.evidence.span
    var token = document.tokens.firstIndex(startingAt: Int(passage.start)) ?? document.tokens.count
    while token < document.tokens.count, document.tokens[token].span.start < passage.end {
      if stanceFrames(token).contains(where: { $0.id == stance.evidence.rule }) { return document.tokens[token].span }
      token += 1
    }
    return passage
  }

  private func label(_ type: String, _ mode: String?) -> String { type + (mode.map { "/" + $0 } ?? "") }

  private mutating func add(
    _ evidence: Evidence, at span: Span, _ layer: FrameUse.Layer, _ label: String, _ modality: Modality?,
    _ participants: [(String, String)]
  ) {
    fired[Place(start: span.start, layer: layer), default: []].append(evidence.rule)
    uses.append(
      FrameUse(
        sentence: Int(evidence.sentence), span: span, layer: layer, rule: evidence.rule, label: label,
        modality: modality, participants: participants.map { (role: $0.0, name: $0.1) }, reason: nil))
  }

  // MARK: Frames that did not

  private func eventFrames(_ token: Int) -> [EventFrame] {
    let (kind, lemma) = trees.frameKey(token) { !trees.words.eventFrames($0, .adj).isEmpty }
    let ofForm = trees.words.eventFrames(ofForm: trees.norm(token), kind)
    return ofForm.isEmpty ? trees.words.eventFrames(lemma, kind) : ofForm
  }

  private func stanceFrames(_ token: Int) -> [StanceFrame] {
    let (kind, lemma) = trees.frameKey(token) { !trees.words.stanceFrames($0, .adj).isEmpty }
    return trees.words.stanceFrames(lemma, kind)
  }

  mutating func addOthers(at token: Int) {
    for frame in eventFrames(token) {
      let slots = [("actor", frame.actor), ("recipient", frame.recipient), ("co-actor", frame.coActor)]
      let missing = frame.conditions.first { !trees.holds($0, around: token) }
      addUnfired(frame.id, label(frame.type, frame.mode), frame.particle, slots, token, .event, missing: missing)
    }
    for frame in stanceFrames(token) {
      let slots = [("holder", frame.holder), ("target", frame.target)]
      addUnfired(frame.id, frame.kind + "/" + frame.polarity.rawValue, frame.particle, slots, token, .stance)
    }
  }

  private mutating func addUnfired(
    _ id: Symbol, _ label: String, _ particle: String?, _ slots: [(String, [Slot])], _ token: Int,
    _ layer: FrameUse.Layer, missing: FrameCondition? = nil
  ) {
    let span = document.tokens[token].span
    let others = fired[Place(start: span.start, layer: layer)] ?? []
    guard !others.contains(id) else { return }
    let reason: String
    if trees.nameOver[token] >= 0 {
      reason = "the word is part of a name"
    } else if let particle, !trees.has(particle, with: token) {
      reason = "\"\(particle)\" does not stand with the word"
    } else if let missing {
      reason = "\"\(missing.text)\" does not stand around the word"
    } else if let other = others.first {
      reason = "\(other) goes before it"
    } else {
      let wanted = slots.filter { !$0.1.isEmpty }.map { "\($0.0): " + $0.1.map(\.name).joined(separator: ", ") }
      reason = "nobody known stands where it looks, or what does is not fit (\(wanted.joined(separator: "; ")))"
    }
    uses.append(
      FrameUse(
        sentence: document.tokens[token].sentence, span: span, layer: layer, rule: id, label: label, modality: nil,
        participants: [], reason: reason))
  }
}

extension Slot {
  /// As tables call it.
  fileprivate var name: String {
    switch self {
    case .preposition(let word): word
    default: String(describing: self)
    }
  }
}
