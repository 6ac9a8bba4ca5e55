internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Where a frame looks for a participant.
enum Slot: Hashable, Sendable {
  case subject, object, object2, clause, infinitive, gerund, quote, possessive, premodifier, speaker
  /// Whoever is named first in what follows the word, in its object or in whatever phrase.
  case phrase
  /// Whoever is named first in the subject's phrase.
  case lead
  /// A phrase with this preposition.
  case preposition(String)

  init(_ name: String) {
    switch name {
    case "subject": self = .subject
    case "object": self = .object
    case "object2": self = .object2
    case "clause": self = .clause
    case "infinitive": self = .infinitive
    case "gerund": self = .gerund
    case "quote": self = .quote
    case "possessive": self = .possessive
    case "premodifier": self = .premodifier
    case "speaker": self = .speaker
    case "phrase": self = .phrase
    case "lead": self = .lead
    default: self = .preposition(name)
    }
  }

  static func list(_ table: Table, _ row: Int, _ column: String) -> [Slot] {
    table.list(row, table.column(column)).map(Slot.init)
  }
}

/// What a verb, noun or adjective says happens, and where its participants stand.
struct EventFrame: Sendable {
  let id: Symbol
  let type: String
  let mode: String?
  let actor: [Slot]
  let recipient: [Slot]
  let coActor: [Slot]
  let particle: String?
  let conditions: [FrameCondition]
  /// Code in a scheme of event codes.
  let code: String?

  /// Type of rows that say that a word tells of no event.
  static let none = "NONE"
}

/// What a verb, noun or adjective says about somebody's position, and where holder and target stand.
struct StanceFrame: Sendable {
  let id: Symbol
  let kind: String
  let polarity: Stance.Polarity
  let holder: [Slot]
  let target: [Slot]
  let particle: String?
}
