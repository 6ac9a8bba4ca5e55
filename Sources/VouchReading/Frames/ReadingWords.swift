internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// The tables that reading consults, by lemma and part of speech.
struct ReadingWords: Sendable {
  let gazetteer: Gazetteer
  let names: NameWords
  let offices: Offices
  let codes: ActorCodes
  let eventCodes: EventCodes
  /// By part of speech and lemma.
  private var events: [UPOS: [String: [EventFrame]]] = [:]
  private var stances: [UPOS: [String: [StanceFrame]]] = [:]
  private var hasForms = false
  /// How words of speech and thought put what they report (`claim`, `deny`), by part of speech and lemma.
  private var cues: [UPOS: [String: String]] = [:]
  /// Modality of verbs before an infinitive, of adjectives before one, of adverbs and modal verbs, by form or lemma.
  private(set) var modalVerbs: [String: Modality] = [:]
  private(set) var modalAdjectives: [String: Modality] = [:]
  private(set) var modalWords: [String: Modality] = [:]
  /// Modality of what nouns govern ("plan", "threat"), and of infinitives after verbs that say nothing else ("have to").
  private(set) var modalNouns: [String: Modality] = [:]
  private(set) var modalInfinitives: [String: Modality] = [:]
  private(set) var conditions: Set<String> = []
  /// Lemmas of verbs that say no more than that the event of their object is done.
  private(set) var supports: Set<String> = []
  /// Lemmas of what acts without being anybody: storms, diseases.
  private(set) var forces: Set<String> = []
  /// Lemmas of words through which somebody judges.
  private(set) var judgements: [Judgement: Set<String>] = [:]

  /// How a word makes somebody's judgement of what stands with it.
  enum Judgement: String {
    /// Verbs that say of their object what it is: "called it a sham", "cast it as a threat".
    case depicts
    case depictsAs = "depicts-as"
    /// Nouns whose clause somebody holds true: "the view that …".
    case opinion
    /// Verbs whose object is their subject's attitude: "voiced doubts".
    case expresses
  }

  /// Reads the tables.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  init(_ ontology: Ontology, gazetteer: Gazetteer, names: NameWords) throws(Diagnostic) {
    self.gazetteer = gazetteer
    self.names = names
    offices = try Offices(ontology)
    codes = try ActorCodes(ontology, gazetteer: gazetteer)
    eventCodes = try EventCodes(ontology)
    try readFrames(ontology)
    try readCues(ontology)
    try readModality(ontology)
    var supports: Set<String> = []
    try ontology.forEachRow(of: "lexicons/support_verbs") { table, row in
      supports.insert(table.text(row, table.column("lemma")))
    }
    self.supports = supports
    var forces: Set<String> = []
    try ontology.forEachRow(of: "lexicons/forces") { table, row in
      forces.insert(table.text(row, table.column("lemma")))
    }
    self.forces = forces
    var judgements: [Judgement: Set<String>] = [:]
    try ontology.forEachRow(of: "lexicons/judgements") { table, row in
      guard let sort = Judgement(rawValue: table.text(row, table.column("sort"))) else { return }
      judgements[sort, default: []].insert(table.text(row, table.column("lemma")))
    }
    self.judgements = judgements
  }

  private mutating func readFrames(_ ontology: Ontology) throws(Diagnostic) {
    try ontology.forEachRow(of: "frames/events") { table, row in
      func value(_ column: String) -> String? { table.value(row, table.column(column)) }
      let frame = EventFrame(
        id: Symbol(table.text(row, 0)), type: value("type") ?? "OTHER", mode: value("mode"),
        actor: Slot.list(table, row, "actor"), recipient: Slot.list(table, row, "recipient"),
        coActor: Slot.list(table, row, "co_actor"), particle: value("particle"),
        conditions: table.list(row, table.column("condition")).compactMap(FrameCondition.init), code: value("code"))
      guard let upos = Self.upos(table, row) else { return }
      events[upos, default: [:]][table.text(row, table.column("lemma")), default: []].append(frame)
    }
    hasForms = events.values.contains { $0.keys.contains { $0.hasPrefix("=") } }
    try ontology.forEachRow(of: "frames/stances") { table, row in
      func value(_ column: String) -> String? { table.value(row, table.column(column)) }
      guard let polarity = Stance.Polarity(rawValue: value("polarity") ?? "") else { return }
      let frame = StanceFrame(
        id: Symbol(table.text(row, 0)), kind: value("kind") ?? "", polarity: polarity,
        holder: Slot.list(table, row, "holder"), target: Slot.list(table, row, "target"), particle: value("particle"))
      guard let upos = Self.upos(table, row) else { return }
      stances[upos, default: [:]][table.text(row, table.column("lemma")), default: []].append(frame)
    }
  }

  private mutating func readCues(_ ontology: Ontology) throws(Diagnostic) {
    try ontology.forEachRow(of: "lexicons/cues") { table, row in
      guard let upos = Self.upos(table, row) else { return }
      cues[upos, default: [:]][table.text(row, table.column("lemma"))] = table.text(row, table.column("force"))
    }
  }

  private mutating func readModality(_ ontology: Ontology) throws(Diagnostic) {
    var rows: [(form: String, kind: String, modality: Modality)] = []
    try ontology.forEachRow(of: "lexicons/modality") { table, row in
      guard let modality = Modality(rawValue: table.text(row, table.column("modality"))) else { return }
      rows.append((table.text(row, table.column("form")), table.text(row, table.column("kind")), modality))
    }
    for (form, kind, modality) in rows {
      switch kind {
      case "verb": modalVerbs[form] = modality
      case "adjective": modalAdjectives[form] = modality
      case "noun": modalNouns[form] = modality
      case "conjunction": if !form.contains(" ") { conditions.insert(form) }
      case "modal" where form.hasPrefix("be ") && form.hasSuffix(" to"):
        let inner = String(form.dropFirst(3).dropLast(3))
        if !inner.isEmpty { modalAdjectives[inner] = modality }
      case "modal" where form.hasSuffix(" to"): modalInfinitives[String(form.dropLast(3))] = modality
      case "modal", "adverb": modalWords[form] = modality
      default: break
      }
    }
  }

  /// The class of words that a row of frames is for.
  private static func upos(_ table: Table, _ row: Int) -> UPOS? {
    switch table.text(row, table.column("pos")) {
    case "v": .verb
    case "n": .noun
    case "a": .adj
    case "p": .adp
    default: nil
    }
  }

  func eventFrames(_ lemma: String, _ upos: UPOS) -> [EventFrame] { events[upos]?[lemma] ?? [] }
  /// The frames of one form of a word alone, which tables write with "=" before it.
  func eventFrames(ofForm form: String, _ upos: UPOS) -> [EventFrame] {
    hasForms ? events[upos]?["=" + form] ?? [] : []
  }
  func stanceFrames(_ lemma: String, _ upos: UPOS) -> [StanceFrame] { stances[upos]?[lemma] ?? [] }
  /// Whether some frame is for a word.
  func knows(_ lemma: String) -> Bool {
    events.values.contains { $0[lemma] != nil } || stances.values.contains { $0[lemma] != nil }
  }
  func isJudgement(_ lemma: String, _ sort: Judgement) -> Bool { judgements[sort]?.contains(lemma) ?? false }
  /// The force of a word that reports speech or thought; `nil` for others.
  func force(_ lemma: String, _ upos: UPOS) -> String? { cues[upos]?[lemma] }

  /// Whether a word tells of an act, an attitude or a statement, so that its subject or owner is an actor.
  func isAct(_ lemma: String, _ upos: UPOS) -> Bool {
    !eventFrames(lemma, upos).isEmpty || !stanceFrames(lemma, upos).isEmpty || force(lemma, upos) != nil
      || upos == .verb && modalVerbs[lemma] != nil
  }

  /// The country that a demonym belongs to.
  func demonymCountry(_ word: String) -> Gazetteer.EntryID? {
    let found = gazetteer.matches(for: word).filter { $0.form == .demonym }
    return found.count == 1
      ? found.first?.entry : gazetteer.hasOwn ? found.first { gazetteer.isOwn($0.entry) }?.entry : nil
  }
}
