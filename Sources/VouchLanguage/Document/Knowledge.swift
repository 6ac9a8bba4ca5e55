public import VouchCore
public import VouchOntology

/// A place in the text that refers to an entity.
public struct Mention: Hashable, Sendable {
  /// How it refers.
  public enum Kind: String, Sendable {
    /// By name, by description, by pronoun.
    case name, nominal, pronoun
  }
  /// The words.
  public var evidence: Evidence
  /// Index of the entity.
  public var entity: Int
  /// How it refers.
  public var kind: Kind
  /// Makes a mention.
  public init(_ evidence: Evidence, entity: Int, kind: Kind) {
    self.evidence = evidence
    self.entity = entity
    self.kind = kind
  }
}

/// Somebody or something that the article mentions, with all its mentions.
public struct Entity: Sendable {
  /// Types of the reading record.
  public enum Kind: String, Sendable, CaseIterable {
    /// The seven types; a country is a government.
    case person, organization, government, group, place, facility, other
  }
  /// Its type.
  public var kind: Kind
  /// The usual name: the gazetteer's, or the longest in the article.
  public var name: String
  /// What the gazetteer says of it; `nil` for an entity that no gazetteer knows.
  public var entry: Gazetteer.Entry?
  /// Indices of its mentions, ascending; empty only for a country that the article knows by its demonym alone.
  public var mentions: [Int]
  /// Adjectives that refer to a country that the article does not mention ("Maltese soldiers"), ascending.
  public var demonyms: [Evidence]
  /// Actor code on the day of publication, such as `FRA` or `FRAGOV`; `nil` where none is known.
  public var code: String?
  /// Makes an entity.
  public init(kind: Kind, name: String, entry: Gazetteer.Entry?, mentions: [Int], demonyms: [Evidence] = []) {
    self.kind = kind
    self.name = name
    self.entry = entry
    self.mentions = mentions
    self.demonyms = demonyms
  }
}

/// A date, time, duration or repeated time.
public struct TimeExpression: Hashable, Sendable {
  /// TIMEX3 types.
  public enum Kind: String, Sendable {
    /// A day or longer, a time of day, a length of time, a repeated time.
    case date, time, duration, set
  }
  /// Bytes.
  public var span: Span
  /// TIMEX3 type.
  public var kind: Kind
  /// TIMEX3 value such as `2025-12-28`, `2025-W52`, `2025-12-28TMO` or `P3D`, with X for what is not known; a range is an
  /// ISO 8601 interval of its two ends, `2025-12-28/2026-01-03`.
  ///
  /// Amounts of time are counted to the day ("two months ago"); `from` and `to` tell how precise that is.
  public var value: String
  /// The smallest day, month or year that holds the time; `nil` where it is not known, takes more than a year, or only
  /// lies before or after a date.
  public var date: CalendarDate?
  /// First day; `nil` where it is not known or the time has no beginning ("until Sunday").
  public var from: CalendarDate?
  /// Day after the last one; `nil` where it is not known or the time has no end ("since 2014").
  public var to: CalendarDate?
  /// Makes a time expression.
  public init(
    _ span: Span, kind: Kind, value: String, date: CalendarDate? = nil, from: CalendarDate? = nil,
    to: CalendarDate? = nil
  ) {
    self.span = span
    self.kind = kind
    self.value = value
    self.date = date
    self.from = from
    self.to = to
  }
}

/// Words that the article reports as somebody's: source, cue and content.
public struct Attribution: Sendable {
  /// Index of the entity that speaks; `nil` where the words name nobody known.
  public var source: Int?
  /// The words that name the source; ascending pieces, empty where the text names none.
  public var sourceSpans: [Span]
  /// The reporting words ("said", "according to"); ascending pieces, may be empty.
  public var cue: [Span]
  /// What is reported, without the quotation marks around it; ascending pieces, never empty.
  public var content: [Span]
  /// How it is reported.
  public var form: Report.Form
  /// The passage from source to content.
  public var evidence: Evidence
  /// Makes an attribution.
  public init(
    source: Int?, sourceSpans: [Span], cue: [Span], content: [Span], form: Report.Form, evidence: Evidence
  ) {
    self.source = source
    self.sourceSpans = sourceSpans
    self.cue = cue
    self.content = content
    self.form = form
    self.evidence = evidence
  }
}

/// Whether a happening is told as fact, claim, plan or wish.
public enum Modality: String, Sendable, CaseIterable {
  /// The seven modalities.
  case asserted, alleged, denied, planned, hypothetical, demanded, negated
}

/// A happening, by PLOVER 2.0.
public struct Event: Sendable {
  /// What a participant does in an event.
  public enum Role: String, Sendable {
    /// Who acts, to whom, with whom.
    case actor, recipient, coActor = "co-actor"
  }
  /// An entity that takes part.
  public struct Participant: Sendable {
    /// Index of the entity.
    public var entity: Int
    /// What it does.
    public var role: Role
    /// The words that refer to it here.
    public var evidence: Evidence
    /// Actor code of whom the whole phrase names, such as `FRAMIL` for "French soldiers"; `nil` where none is known.
    public var code: String?
    /// Makes a participant.
    public init(entity: Int, role: Role, evidence: Evidence, code: String? = nil) {
      self.entity = entity
      self.role = role
      self.evidence = evidence
      self.code = code
    }
  }
  /// PLOVER type, or STATEMENT or OTHER.
  public var type: String
  /// PLOVER mode.
  public var mode: String?
  /// The words that tell of it: its first trigger first, one for each time the article tells of it.
  public var triggers: [Evidence]
  /// Who takes part; an entity once for each role.
  public var participants: [Participant]
  /// Where: index of the entity, and the words.
  public var place: (entity: Int, evidence: Evidence)?
  /// When: TIMEX3 value such as `2025-12-28`, `2026-01`.
  public var date: CalendarDate?
  /// How it is told.
  public var modality: Modality
  /// Code in a scheme of event codes, by default CAMEO's; `nil` where none is known.
  public var code: String?
  /// Makes an event.
  public init(
    type: String, mode: String?, triggers: [Evidence], participants: [Participant],
    place: (entity: Int, evidence: Evidence)?, date: CalendarDate?, modality: Modality, code: String? = nil
  ) {
    self.type = type
    self.mode = mode
    self.triggers = triggers
    self.participants = participants
    self.place = place
    self.date = date
    self.modality = modality
    self.code = code
  }
}

/// Who is for or against what.
public struct Stance: Sendable {
  /// For, against, under conditions, or neither.
  public enum Polarity: String, Sendable, CaseIterable {
    /// The four polarities.
    case support, oppose, conditional, neutral
  }
  /// What a stance is about.
  public enum Target: Hashable, Sendable {
    /// Index of an entity.
    case entity(Int)
    /// Index of an event.
    case event(Int)
    /// An issue, by its normalised label.
    case issue(String)
  }
  /// Index of the entity that holds it.
  public var holder: Int
  /// The words that refer to the holder.
  public var holderEvidence: Evidence
  /// What it is about.
  public var target: Target
  /// The words that refer to the target.
  public var targetEvidence: Evidence
  /// For or against.
  public var polarity: Polarity
  /// `endorse`, `reject`, `demand`, … as in the scheme of stance kinds.
  public var kind: String
  /// The passage that expresses the stance.
  public var evidence: Evidence
  /// Makes a stance.
  public init(
    holder: Int, holderEvidence: Evidence, target: Target, targetEvidence: Evidence, polarity: Polarity, kind: String,
    evidence: Evidence
  ) {
    self.holder = holder
    self.holderEvidence = holderEvidence
    self.target = target
    self.targetEvidence = targetEvidence
    self.polarity = polarity
    self.kind = kind
    self.evidence = evidence
  }
}

/// A lasting relation between two entities that the text states.
public struct Relation: Sendable {
  /// What relates them.
  public enum Kind: String, Sendable {
    /// A person heads, or belongs to, a body or country; a place lies in another.
    case leads, memberOf = "member-of", partOf = "part-of"
  }
  /// What relates them.
  public var kind: Kind
  /// Index of the entity that leads, belongs or lies within.
  public var subject: Int
  /// Index of the other entity.
  public var object: Int
  /// The words that say so.
  public var evidence: Evidence
  /// Makes a relation.
  public init(kind: Kind, subject: Int, object: Int, evidence: Evidence) {
    self.kind = kind
    self.subject = subject
    self.object = object
    self.evidence = evidence
  }
}
