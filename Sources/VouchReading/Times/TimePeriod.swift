internal import VouchCore

/// A stretch of days, and what sort of period it is.
struct TimePeriod: Hashable, Sendable {
  /// What sort of period it is; `days` is any other.
  enum Grain: Int, Sendable {
    case day, weekend, week, month, quarter, season, half, year, decade, century, days
  }
  /// First day, counted from 1970-01-01.
  var from: Int
  /// Day after the last one.
  var to: Int
  var grain: Grain

  init(from: Int, to: Int, grain: Grain = .days) {
    self.from = from
    self.to = max(to, from)
    self.grain = grain
  }

  /// The day, month or year that a date names.
  init(_ date: CalendarDate) {
    self.init(
      from: date.dayNumber, to: date.endDayNumber,
      grain: date.day != nil ? .day : date.month != nil ? .month : .year)
  }

  /// One day.
  init(day: Int) { self.init(from: day, to: day + 1, grain: .day) }

  /// The week from Monday that holds a day.
  init(weekOf day: Int) {
    let monday = day - Self.weekday(day)
    self.init(from: monday, to: monday + 7, grain: .week)
  }

  /// Months from one, counted from January of the year 0; `nil` outside the calendar.
  init?(month: Int, count: Int, grain: Grain) {
    guard let first = Self.firstDay(ofMonth: month), let end = Self.firstDay(ofMonth: month + count) else { return nil }
    self.init(from: first, to: end, grain: grain)
  }

  /// The period of a unit that holds a day, or one some units later or earlier; `nil` for units below a day and outside
  /// the calendar.
  init?(_ unit: TimeUnit, holding day: Int, plus shift: Int = 0) {
    switch unit {
    case .day, .night: self.init(day: day + shift)
    case .week, .fortnight: self.init(weekOf: day + 7 * shift)
    case .weekend:
      let monday = day - Self.weekday(day) + 7 * shift
      self.init(from: monday + 5, to: monday + 7, grain: .weekend)
    case .month, .quarter, .year, .decade, .century:
      guard let length = unit.months, let date = CalendarDate(dayNumber: day) else { return nil }
      let month = date.monthNumber
      let grain: Grain =
        switch unit {
        case .month: .month
        case .quarter: .quarter
        case .year: .year
        case .decade: .decade
        default: .century
        }
      self.init(month: (month / length + shift) * length, count: length, grain: grain)
    case .second, .minute, .hour: return nil
    }
  }

  /// Day of the week, 0 Monday, of a day.
  static func weekday(_ day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }

  private static func firstDay(ofMonth month: Int) -> Int? {
    guard month >= 12 else { return nil }
    return CalendarDate(year: month / 12, month: month % 12 + 1)?.dayNumber
  }

  /// A day some months later or earlier, at most the month's last; `nil` outside the calendar.
  static func day(_ day: Int, plusMonths months: Int) -> Int? {
    guard let date = CalendarDate(dayNumber: day), let dayOfMonth = date.day else { return nil }
    let month = date.monthNumber + months
    guard month >= 12, month < 120_000 else { return nil }
    let last = CalendarDate.days(inMonth: month % 12 + 1, of: month / 12)
    return CalendarDate(year: month / 12, month: month % 12 + 1, day: min(dayOfMonth, last))?.dayNumber
  }

  /// A day some amounts later, or earlier if `sign` is -1; `nil` for an amount that cannot be counted.
  static func day(_ day: Int, plus amounts: [TimeAmount], sign: Int) -> Int? {
    var day = day
    for amount in amounts {
      guard amount.isCountable, let count = amount.whole, count <= 100_000 else { return nil }
      if let months = amount.unit.months {
        guard let moved = Self.day(day, plusMonths: sign * count * months) else { return nil }
        day = moved
      } else {
        day += sign * count * (amount.unit.days ?? 0)
      }
    }
    return day
  }

  /// The smallest day, month or year that holds the whole period; `nil` if it takes more than a year.
  var date: CalendarDate? {
    guard let first = CalendarDate(dayNumber: from), let last = CalendarDate(dayNumber: to - 1), to > from else {
      return nil
    }
    if first == last { return first }
    guard first.year == last.year else { return nil }
    return first.month == last.month
      ? CalendarDate(year: first.year, month: first.month) : CalendarDate(year: first.year)
  }

  /// TIMEX3 value; ISO 8601's first and last day for a stretch without a name; `nil` outside the calendar.
  var value: String? {
    guard let first = CalendarDate(dayNumber: from), let last = CalendarDate(dayNumber: max(from, to - 1)) else {
      return nil
    }
    let year = String(CalendarDate(year: first.year)?.description ?? "")
    switch grain {
    case .day: return first.description
    case .month: return CalendarDate(year: first.year, month: first.month)?.description
    case .year: return year
    case .week: return Self.isoWeek(from)
    case .weekend: return Self.isoWeek(from) + "-WE"
    case .quarter: return year + "-Q\(((first.month ?? 1) - 1) / 3 + 1)"
    case .half: return year + "-H\(((first.month ?? 1) - 1) / 6 + 1)"
    case .season:
      let names = ["WI", "SP", "SU", "FA"]
      return year + "-" + names[(first.month ?? 1) % 12 / 3]
    case .decade: return String(year.prefix(3))
    case .century: return String(year.prefix(2))
    case .days: return first == last ? first.description : "\(first)/\(last)"
    }
  }

  /// `2025-W07` of the week that holds a day.
  private static func isoWeek(_ day: Int) -> String {
    let thursday = day - weekday(day) + 3
    guard let date = CalendarDate(dayNumber: thursday), let year = CalendarDate(year: date.year) else {
      return "XXXX-WXX"
    }
    let week = (thursday - year.dayNumber) / 7 + 1
    return "\(year)-W" + (week < 10 ? "0" : "") + "\(week)"
  }

  /// The Monday of a year's or month's first week: the one whose Thursday lies in it.
  var firstWeek: Int {
    let monday = from - Self.weekday(from)
    return monday + 3 >= from ? monday : monday + 7
  }
  /// The Monday of its last week, by the same rule.
  var lastWeek: Int {
    let monday = to - 1 - Self.weekday(to - 1)
    return monday + 3 < to ? monday : monday - 7
  }
}

extension CalendarDate {
  /// Months from January of the year 0 to the date's month.
  var monthNumber: Int { year * 12 + (month ?? 1) - 1 }

  /// Easter Sunday of the Western churches; `nil` outside the calendar.
  ///
  /// Source: the anonymous Gregorian algorithm (Meeus, "Astronomical Algorithms", chapter 8).
  static func easter(_ year: Int) -> CalendarDate? {
    let golden = year % 19
    let century = year / 100
    let rest = year % 100
    let correction = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7
    let late = (golden + 11 * epact + 22 * weekday) / 451
    let sum = epact + weekday - 7 * late + 114
    return CalendarDate(year: year, month: sum / 31, day: sum % 31 + 1)
  }
}
