internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// What one word can mean in a date or time; most fields are `nil`.
struct TimeWord: Sendable {
  /// 1 … 12.
  var month: Int?
  /// 0 Monday … 6 Sunday.
  var weekday: Int?
  var cardinal: Int?
  var ordinal: Int?
  var unit: TimeUnit?
  var season: Season?
  var part: TimePart?
  var dayPart: DayPart?
  var relation: TimeRelation?
  /// First year of a decade, without the century below 100.
  var decade: Int?
  /// TIMEX3 value of a frequency adverb.
  var frequency: String?
  /// Hour that a word names: noon, midnight.
  var clock: Int?
  var isZone = false
  /// Month, weekday or season that is more often another word ("May", "Sun", "fall"): it needs a neighbour.
  var isAmbiguous = false
  /// Month or weekday in its short form, which takes a dot.
  var isAbbreviation = false
  /// "Mondays", "evenings".
  var isPlural = false
}

/// "last", "this", "next" and their like before a unit, weekday or month.
enum TimeRelation: String, Sendable {
  case last, previous, past, this, next, coming, following
}

/// A part of a period.
enum TimePart: String, Sendable {
  case start, mid, end, rest
}

/// A part of the day, by its TIMEX3 letters.
enum DayPart: String, Sendable {
  case morning = "MO", afternoon = "AF", evening = "EV", night = "NI"
}

/// A season of the northern hemisphere, by its TIMEX3 letters.
enum Season: String, Sendable {
  case spring = "SP", summer = "SU", autumn = "FA", winter = "WI"
  /// The month that it begins in.
  var month: Int {
    switch self {
    case .spring: 3
    case .summer: 6
    case .autumn: 9
    case .winter: 12
    }
  }
}

/// A holiday whose day the year tells.
enum Holiday: Hashable, Sendable {
  case fixed(month: Int, day: Int)
  /// The n-th such weekday of a month, or the last (-1), and days after it.
  case weekday(month: Int, weekday: Int, n: Int, plus: Int)
  /// Days after Easter Sunday.
  case easter(plus: Int)

  /// Reads `12-25`, `11 thursday 4 +1` or `easter -2`.
  init?(_ text: String) {
    let parts = text.split(separator: " ").map(String.init)
    if parts.first == "easter" {
      self = .easter(plus: parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
    } else if parts.count >= 3, let month = Int(parts[0]), let weekday = GrammarWords.weekdays.firstIndex(of: parts[1]),
      let n = Int(parts[2])
    {
      self = .weekday(month: month, weekday: weekday, n: n, plus: parts.count > 3 ? Int(parts[3]) ?? 0 : 0)
    } else {
      let numbers = text.split(separator: "-").compactMap { Int($0) }
      guard numbers.count == 2 else { return nil }
      self = .fixed(month: numbers[0], day: numbers[1])
    }
  }
}

/// The words of `lexicons/times`.
struct TimeWords: Sendable {
  private var words: [String: TimeWord] = [:]
  /// Holidays by the first of their words.
  private(set) var holidays: [String: [(words: [String], holiday: Holiday)]] = [:]

  /// Reads the table.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  init(_ ontology: Ontology) throws(Diagnostic) {
    var words: [String: TimeWord] = [:]
    var holidays: [String: [(words: [String], holiday: Holiday)]] = [:]
    try ontology.forEachRow(of: "lexicons/times") { table, row in
      func text(_ column: String) -> String { table.text(row, table.column(column)) }
      let form = text("form").lowercased()
      let value = text("value")
      if text("kind") == "holiday" {
        let pieces = form.split(separator: " ").map(String.init)
        guard let first = pieces.first, let holiday = Holiday(value) else { return }
        holidays[first, default: []].append((pieces, holiday))
      } else {
        words[form, default: TimeWord()].add(
          kind: text("kind"), value: value, notes: table.list(row, table.column("note")))
      }
    }
    for (first, list) in holidays { holidays[first] = list.sorted { $0.words.count > $1.words.count } }
    self.words = words
    self.holidays = holidays
  }

  subscript(_ word: String) -> TimeWord? { words[word] }
}

extension TimeWord {
  /// Adds what a row of the table says.
  mutating func add(kind: String, value: String, notes: [String]) {
    switch kind {
    case "month": month = Int(value)
    case "weekday": weekday = Int(value)
    case "cardinal": cardinal = Int(value)
    case "ordinal": ordinal = Int(value)
    case "unit": unit = TimeUnit(rawValue: value)
    case "season": season = Season(rawValue: value)
    case "part": part = TimePart(rawValue: value)
    case "day_part": dayPart = DayPart(rawValue: value)
    case "relation": relation = TimeRelation(rawValue: value)
    case "decade": decade = Int(value)
    case "frequency": frequency = value
    case "clock": clock = Int(value)
    case "zone": isZone = true
    default: break
    }
    for note in notes {
      switch note {
      case "word": isAmbiguous = true
      case "abbreviation": isAbbreviation = true
      case "plural": isPlural = true
      default: break
      }
    }
  }
}
