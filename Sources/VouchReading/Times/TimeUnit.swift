/// A unit of time.
enum TimeUnit: String, Sendable {
  case second, minute, hour, day, night, week, weekend, fortnight, month, quarter, year, decade, century

  /// Months that it lasts; `nil` for a unit of days or less.
  var months: Int? {
    switch self {
    case .month: 1
    case .quarter: 3
    case .year: 12
    case .decade: 120
    case .century: 1200
    default: nil
    }
  }

  /// Days that it lasts; `nil` for a unit of months or of less than a day.
  var days: Int? {
    switch self {
    case .day, .night: 1
    case .week, .weekend: 7
    case .fortnight: 14
    default: nil
    }
  }

  /// Whether it is shorter than a day.
  var isClock: Bool { self == .second || self == .minute || self == .hour }

  /// TIMEX3 letter, whether it follows `T`, and how many of the letter's units it is.
  var letter: (letter: String, isClock: Bool, factor: Int) {
    switch self {
    case .second: ("S", true, 1)
    case .minute: ("M", true, 1)
    case .hour: ("H", true, 1)
    case .day, .night: ("D", false, 1)
    case .week: ("W", false, 1)
    case .weekend: ("WE", false, 1)
    case .fortnight: ("W", false, 2)
    case .month: ("M", false, 1)
    case .quarter: ("M", false, 3)
    case .year: ("Y", false, 1)
    case .decade: ("Y", false, 10)
    case .century: ("Y", false, 100)
    }
  }
}

/// A number of units: "two", "two and a half", "a few".
struct TimeAmount: Hashable, Sendable {
  /// Hundredths; `nil` for an unknown number.
  var hundredths: Int?
  var unit: TimeUnit

  /// The number if it is known and whole.
  var whole: Int? { hundredths.flatMap { $0 % 100 == 0 ? $0 / 100 : nil } }

  /// Whether it can be counted on the calendar: a known whole number of days or more.
  var isCountable: Bool { whole != nil && !unit.isClock }

  private var number: String {
    guard let hundredths else { return "X" }
    let value = hundredths * unit.letter.factor
    let rest = value % 100
    guard rest > 0 else { return "\(value / 100)" }
    return "\(value / 100)." + (rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)")
  }

  /// TIMEX3 value of a duration, such as `P3D` or `P1DT5H`.
  static func value(_ amounts: [TimeAmount]) -> String {
    var value = "P"
    var isClock = false
    for amount in amounts {
      if amount.unit.letter.isClock, !isClock {
        value += "T"
        isClock = true
      }
      value += amount.number + amount.unit.letter.letter
    }
    return value
  }
}
