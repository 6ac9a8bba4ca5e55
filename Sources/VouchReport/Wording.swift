internal import VouchCore
internal import VouchKnowledge

/// Words for readers who do not know the names of the graph's vocabulary.
enum Wording {
  /// What an event of a PLOVER type is; the type in small letters if it is another one.
  static func eventType(_ type: String) -> String {
    switch type {
    case "AGREE": "Agreement"
    case "CONSULT": "Meeting or talks"
    case "SUPPORT": "Support"
    case "CONCEDE": "Concession"
    case "COOPERATE": "Cooperation"
    case "AID": "Aid"
    case "RETREAT": "Retreat"
    case "REQUEST": "Request"
    case "ACCUSE": "Accusation"
    case "REJECT": "Refusal"
    case "THREATEN": "Threat or warning"
    case "PROTEST": "Protest"
    case "SANCTION": "Sanction"
    case "MOBILIZE": "Mobilisation"
    case "COERCE": "Coercion"
    case "ASSAULT": "Attack"
    case "STATEMENT": "Statement"
    case "OTHER": "Other"
    default: type.lowercased()
    }
  }

  /// What joins two actors, by the name of an edge of the network, its modality left out.
  static func tie(_ name: String) -> String {
    switch name {
    case "speaks-of": return "speaks of"
    case "member-of": return "member of"
    case "leads": return "leads"
    default:
      let word = name.split(separator: " ").first.map(String.init) ?? name
      return word == word.uppercased()
        ? eventType(word).lowercased() : word.split(separator: "-").joined(separator: " ")
    }
  }

  /// A date as precise as it is known: `28 December 2025`, `December 2025`, `2025`.
  static func date(_ date: CalendarDate) -> String {
    guard let month = date.month else { return String(date.year) }
    return (date.day.map { "\($0) " } ?? "") + "\(months[month - 1]) \(date.year)"
  }

  /// A day: `28 December 2025`.
  static func day(_ number: Int) -> String { CalendarDate(dayNumber: number).map(date) ?? "" }

  /// Short name of a month: `Dec`.
  static func shortMonth(_ month: Int) -> String { String(months[month - 1].prefix(3)) }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// A number with thousands apart: `12 345`, the space a narrow one.
  static func number(_ number: Int) -> String {
    let digits = String(number)
    guard digits.count > 4 else { return digits }
    var text = ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += "\u{202F}" }
      text.append(digit)
    }
    return text
  }

  /// A text short enough for a title: whole words up to about `limit` bytes, then an ellipsis.
  static func short(_ text: String, limit: Int = 240) -> String {
    guard text.utf8.count > limit else { return text }
    let head = text.utf8.prefix(limit)
    // A space is no part of another character, so that a cut there leaves whole ones.
    if let end = head.lastIndex(of: 0x20) { return String(decoding: head[..<end], as: UTF8.self) + "…" }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit / 4))) + "…"
  }

  /// `1 article`, `2 articles`.
  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    "\(self.number(number)) \(number == 1 ? one : many ?? one + "s")"
  }

  /// Kind of a node for readers.
  static func kind(_ kind: NodeKind) -> String {
    switch kind {
    case .organization: "organisation"
    default: kind.name
    }
  }
}
