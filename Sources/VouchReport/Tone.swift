/// What a mark is coloured by: what a stance is toward its target, or what else joins two nodes.
enum Tone: Int, CaseIterable {
  case event = 0, support, oppose, conditional, neutral, mention, structure, mixed

  /// The tone of a polarity.
  init(polarity: String?) {
    switch polarity {
    case "support": self = .support
    case "oppose": self = .oppose
    case "conditional": self = .conditional
    default: self = .neutral
    }
  }

  /// What several stances together are: mixed if some are for and some against, or under conditions.
  init(_ tones: [Tone]) {
    let distinct = Set(tones).subtracting([.neutral])
    self = distinct.count > 1 ? .mixed : distinct.first ?? .neutral
  }

  /// Its class in the style sheet.
  var name: String { String(describing: self) }

  /// A sign that tells it without colour.
  var sign: String {
    switch self {
    case .support: "+"
    case .oppose: "−"
    case .conditional: "?"
    case .mixed: "±"
    case .neutral: "·"
    case .event, .mention, .structure: ""
    }
  }
}
