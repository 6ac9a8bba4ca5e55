internal import VouchCore

/// What an expression says, before it is counted from the day of publication or from another date.
indirect enum TimeMeaning: Sendable {
  /// A date of the calendar with parts left out.
  case calendar(PartialDate)
  /// "Sunday", "next Friday".
  case weekday(Int, TimeRelation?)
  /// Periods of a unit after (or before) the one that holds the anchor: "last week", "today", "the following year".
  case shifted(TimeUnit, Int, TimeAnchor)
  /// "last March", "this summer".
  case relatedMonth(Int, TimeRelation)
  case season(Season, year: TimeMeaning?, TimeRelation?)
  /// "three weeks ago", "two days later", "four years after 2014".
  case counted([TimeAmount], sign: Int, TimeAnchor)
  /// "two Sundays from now".
  case countedWeekdays(Int, weekday: Int, sign: Int)
  /// "the last three months", "the next two days": before or after the anchor.
  case span([TimeAmount], sign: Int, TimeAnchor)
  /// "within two weeks": from the anchor on.
  case within([TimeAmount], TimeAnchor)
  /// The n-th unit of a period, from its end if negative: "the third quarter of 2018", "the last week of May".
  case nth(Int, TimeUnit, count: Int, of: TimeMeaning)
  /// The n-th such weekday of a period.
  case nthWeekday(Int, weekday: Int, of: TimeMeaning)
  /// A weekday within a week.
  case weekdayOf(Int, TimeMeaning)
  /// A month within a year.
  case monthOf(Int, TimeMeaning)
  /// "Q3 2025", "the second half of the year": the n-th of parts of so many months.
  case fraction(Int, months: Int, of: TimeMeaning?)
  /// The week that holds a day.
  case weekOf(TimeMeaning)
  case part(TimePart, TimeMeaning)
  /// "later this year", "earlier in the week".
  case remainder(isLater: Bool, TimeMeaning)
  case range(TimeMeaning, TimeMeaning)
  case years(from: Int, count: Int)
  /// "the seventies", of the century that brings them closest before publication.
  case decade(Int)
  case holiday(Holiday, year: TimeMeaning?)
  case dayBefore(TimeMeaning)
  /// A date that the expression does not let one work out, with the grain of its value.
  case unknown(TimeUnit)
}

/// What an expression is counted from.
indirect enum TimeAnchor: Sendable {
  /// The day of publication.
  case published
  /// The nearest date before in the article.
  case text
  /// The nearest date before in the article; where there is none, and the clause is not about the past, publication.
  case textOrPublished
  /// Another date of the same expression.
  case date(TimeMeaning)
}

/// A date with parts left out: "3 January", "Friday the 15th", "May 2015", "2014".
struct PartialDate: Hashable, Sendable {
  var year: Int?
  var month: Int?
  var day: Int?
  var weekday: Int?

  /// Fills what is left out from the other end of a range.
  func filled(from other: PartialDate) -> PartialDate {
    var filled = self
    if month == nil, day != nil { filled.month = other.month }
    if year == nil, filled.month != nil { filled.year = other.year }
    return filled
  }

  /// TIMEX3 value with X for what is not known.
  var value: String {
    func pad(_ number: Int?, _ width: Int) -> String {
      guard let number else { return String(repeating: "X", count: width) }
      let digits = String(number)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    if let weekday, day == nil { return "XXXX-WXX-\(weekday + 1)" }
    return pad(year, 4) + (month != nil || day != nil ? "-" + pad(month, 2) : "")
      + (day != nil ? "-" + pad(day, 2) : "")
  }
}

/// What bounds a clause gives a date: "since 2014" begins with it.
enum TimeBound: Sendable {
  case since, after, before, until
}

/// A time of day in minutes from midnight, or a part of the day.
enum TimeOfDay: Hashable, Sendable {
  case minutes(Int)
  case range(Int, Int)
  case part(DayPart)

  /// Completes a TIMEX3 value of a day; an ISO 8601 interval for a range.
  func value(on day: String) -> String {
    func clock(_ minutes: Int) -> String {
      func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
      return day + "T" + pad(minutes / 60 % 24) + ":" + pad(minutes % 60)
    }
    switch self {
    case .minutes(let minutes): return clock(minutes)
    case .range(let first, let last): return clock(first) + "/" + clock(last)
    case .part(let part): return day + "T" + part.rawValue
    }
  }
}

/// What the grammar found: atoms up to `next`, and what they say.
struct TimeMatch: Sendable {
  enum Content: Sendable {
    case date(TimeMeaning, TimeBound?)
    case time(TimeMeaning?, TimeOfDay)
    case duration([TimeAmount])
    /// TIMEX3 value of a repeated time.
    case set(String)
  }
  var content: Content
  /// First atom, and the one after the last.
  var first: Int
  var next: Int
}
