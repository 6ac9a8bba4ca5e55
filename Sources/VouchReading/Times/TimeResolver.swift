internal import VouchCore

/// Works out what expressions denote, from the day of publication and the dates before them in the article.
struct TimeResolver {
  /// Day of publication as a day number; `nil` if it is not known.
  let published: Int?
  /// The nearest day before in the article, and the nearest date of any grain.
  private(set) var lastDay: TimePeriod?
  private(set) var last: TimePeriod?

  init(published: CalendarDate?) { self.published = published.flatMap { $0.day == nil ? nil : $0.dayNumber } }

  /// Remembers a date for those that follow.
  mutating func remember(_ period: TimePeriod) {
    last = period
    if period.grain == .day { lastDay = period }
  }

  typealias Tense = ClauseTense.Tense

  /// The days that an expression denotes; `nil` where they are not known.
  ///
  /// - Complexity: O(1): expressions nest at most as deep as the grammar lets them.
  func period(_ meaning: TimeMeaning, _ tense: Tense) -> TimePeriod? {
    switch meaning {
    case .calendar(let date): return period(date, tense)
    case .weekday(let weekday, let relation): return period(weekday: weekday, relation, tense)
    case .shifted(let unit, let shift, let anchor):
      return anchorDay(anchor, unit, tense).flatMap { TimePeriod(unit, holding: $0, plus: shift) }
    case .relatedMonth(let month, let relation): return period(month: month, relation)
    case .season(let season, let year, let relation): return period(season, year, relation, tense)
    case .counted(let amounts, let sign, let anchor): return period(amounts, sign, anchor, tense)
    case .countedWeekdays(let count, let weekday, let sign):
      guard let published else { return nil }
      let today = TimePeriod.weekday(published)
      let first = sign > 0 ? (weekday - today + 6) % 7 + 1 : (today - weekday + 6) % 7 + 1
      return TimePeriod(day: published + sign * (first + 7 * (count - 1)))
    case .span(let amounts, let sign, let anchor): return span(amounts, sign, anchor, tense)
    case .within(let amounts, let anchor):
      guard let start = anchorDay(anchor, .day, tense) else { return nil }
      return TimePeriod.day(start, plus: amounts, sign: 1).map { TimePeriod(from: start, to: $0) }
    case .nth(let n, let unit, let count, let outer):
      return period(outer, tense).flatMap { nth(n, unit, count, of: $0) }
    case .nthWeekday(let n, let weekday, let outer):
      return period(outer, tense).flatMap { Self.nth(n, weekday: weekday, of: $0) }
    case .weekdayOf(let weekday, let week):
      return period(week, tense).map { TimePeriod(day: TimePeriod(weekOf: $0.from).from + weekday) }
    case .monthOf(let month, let year):
      return period(year, tense).flatMap { CalendarDate(dayNumber: $0.from) }
        .flatMap { CalendarDate(year: $0.year, month: month) }.map { TimePeriod($0) }
    case .fraction(let n, let months, let year): return fraction(n, months, year, tense)
    case .weekOf(let day): return period(day, tense).map { TimePeriod(weekOf: $0.from) }
    case .part(let part, let whole): return period(whole, tense).flatMap { self.part(part, of: $0) }
    case .remainder(let isLater, let whole):
      guard let published, let whole = period(whole, tense), whole.from <= published, published < whole.to else {
        return period(whole, tense)
      }
      return isLater ? TimePeriod(from: published, to: whole.to) : TimePeriod(from: whole.from, to: published)
    case .range(let first, let last): return range(first, last, tense)
    case .years(let first, let count):
      let grain: TimePeriod.Grain = count == 10 ? .decade : count == 100 ? .century : .days
      return TimePeriod(month: first * 12, count: count * 12, grain: grain)
    case .decade(let year):
      guard let published, let now = CalendarDate(dayNumber: published) else { return nil }
      let century = now.year / 100 * 100
      let first = century + year <= now.year ? century + year : century - 100 + year
      return TimePeriod(month: first * 12, count: 120, grain: .decade)
    case .holiday(let holiday, let year): return period(holiday, year, tense)
    case .dayBefore(let day): return period(day, tense).map { TimePeriod(day: $0.from - 1) }
    case .unknown: return nil
    }
  }

  // MARK: Dates of the calendar

  private func period(_ date: PartialDate, _ tense: Tense) -> TimePeriod? {
    if let year = date.year {
      return CalendarDate(year: year, month: date.month, day: date.day).map { TimePeriod($0) }
    }
    if let month = date.month {
      let dates = candidates { CalendarDate(year: $0, month: month, day: date.day) }
      let matching = dates.filter {
        date.weekday == TimePeriod.weekday($0.from) && abs($0.from - (published ?? 0)) < 730
      }
      return closest(date.weekday == nil || matching.isEmpty ? dates : matching, tense)
    }
    guard let day = date.day, let published, let now = CalendarDate(dayNumber: published) else { return nil }
    let dates = (now.monthNumber - 11...now.monthNumber + 11).compactMap { month in
      CalendarDate(year: month / 12, month: month % 12 + 1, day: day).map { TimePeriod($0) }
    }
    guard let weekday = date.weekday else { return nearest(dates, tense) }
    return nearest(dates.filter { TimePeriod.weekday($0.from) == weekday }, tense == .unknown ? .past : tense)
  }

  /// A yearly date in the years around publication, nine to either side so that leap days are among them.
  private func candidates(_ make: (Int) -> CalendarDate?) -> [TimePeriod] {
    guard let published, let now = CalendarDate(dayNumber: published) else { return [] }
    return (now.year - 9...now.year + 9).compactMap(make).map { TimePeriod($0) }
  }

  /// The yearly date meant: the last before publication in the past tense, the next in the future. Without a tense the
  /// closest, where one of the year of publication counts as five months closer: others are usually given their year.
  private func closest(_ dates: [TimePeriod], _ tense: Tense) -> TimePeriod? {
    guard let published else { return nil }
    switch tense {
    case .past: return dates.last { $0.from <= published }
    case .future: return dates.first { $0.to > published }
    case .present, .unknown:
      guard let now = CalendarDate(dayNumber: published), let year = CalendarDate(year: now.year) else { return nil }
      func distance(_ date: TimePeriod) -> Int {
        let days = date.from > published ? date.from - published : max(0, published - date.to)
        return days - (date.from >= year.dayNumber && date.from < year.endDayNumber ? 150 : 0)
      }
      return dates.min { distance($0) < distance($1) }
    }
  }

  private func nearest(_ dates: [TimePeriod], _ tense: Tense) -> TimePeriod? {
    guard let published else { return nil }
    switch tense {
    case .past: return dates.last { $0.from <= published }
    case .future: return dates.first { $0.to > published }
    case .present, .unknown: return dates.min { abs($0.from - published) < abs($1.from - published) }
    }
  }

  private func period(weekday: Int, _ relation: TimeRelation?, _ tense: Tense) -> TimePeriod? {
    guard let published else { return nil }
    let today = TimePeriod.weekday(published)
    let back = (today - weekday + 7) % 7
    let ahead = (weekday - today + 7) % 7
    let monday = published - today
    let day: Int
    switch relation {
    case nil: day = tense == .future || tense == .present ? published + ahead : published - back
    case .last, .previous: day = monday - 7 + weekday
    case .past: day = published - (back == 0 ? 7 : back)
    case .this: day = monday + weekday
    case .next: day = monday + 7 + weekday
    case .coming: day = published + (ahead == 0 ? 7 : ahead)
    case .following:
      guard let anchor = anchorDay(.textOrPublished, .day, tense) else { return nil }
      let ahead = (weekday - TimePeriod.weekday(anchor) + 7) % 7
      day = anchor + (ahead == 0 ? 7 : ahead)
    }
    return TimePeriod(day: day)
  }

  private func period(month: Int, _ relation: TimeRelation) -> TimePeriod? {
    guard let published, let now = CalendarDate(dayNumber: published), let current = now.month else { return nil }
    let year: Int
    switch relation {
    case .last, .previous, .past: year = month < current ? now.year : now.year - 1
    case .this: year = now.year
    case .next, .coming, .following: year = month > current ? now.year : now.year + 1
    }
    return CalendarDate(year: year, month: month).map { TimePeriod($0) }
  }

  private func period(
    _ season: Season, _ year: TimeMeaning?, _ relation: TimeRelation?, _ tense: Tense
  ) -> TimePeriod? {
    func period(_ year: Int) -> TimePeriod? {
      TimePeriod(month: year * 12 + season.month - 1, count: 3, grain: .season)
    }
    if let year {
      return self.period(year, tense).flatMap { CalendarDate(dayNumber: $0.from) }.flatMap { period($0.year) }
    }
    guard let published, let now = CalendarDate(dayNumber: published) else { return nil }
    let all = (now.year - 2...now.year + 2).compactMap(period)
    switch relation {
    case .last, .previous, .past: return all.last { $0.to <= published }
    case .next, .coming, .following: return all.first { $0.from > published }
    case .this: return period(season == .winter && (now.month ?? 1) <= 2 ? now.year - 1 : now.year)
    case nil: return closest(all, tense)
    }
  }

  private func period(_ holiday: Holiday, _ year: TimeMeaning?, _ tense: Tense) -> TimePeriod? {
    if let year {
      return period(year, tense).flatMap { CalendarDate(dayNumber: $0.from) }.flatMap { Self.day(holiday, $0.year) }
    }
    guard let published, let now = CalendarDate(dayNumber: published) else { return nil }
    return closest((now.year - 2...now.year + 2).compactMap { Self.day(holiday, $0) }, tense)
  }

  private static func day(_ holiday: Holiday, _ year: Int) -> TimePeriod? {
    switch holiday {
    case .fixed(let month, let day): return CalendarDate(year: year, month: month, day: day).map { TimePeriod($0) }
    case .easter(let plus): return CalendarDate.easter(year).map { TimePeriod(day: $0.dayNumber + plus) }
    case .weekday(let month, let weekday, let n, let plus):
      return CalendarDate(year: year, month: month).flatMap { nth(n, weekday: weekday, of: TimePeriod($0)) }
        .map { TimePeriod(day: $0.from + plus) }
    }
  }

  // MARK: Counting

  /// The day that an expression is counted from: for a date of the text one at least as fine as the unit.
  private func anchorDay(_ anchor: TimeAnchor, _ unit: TimeUnit, _ tense: Tense) -> Int? {
    switch anchor {
    case .published: return published
    case .date(let meaning): return period(meaning, tense)?.from
    case .textOrPublished where last == nil && tense != .past: return published
    case .text, .textOrPublished:
      switch unit {
      case .second, .minute, .hour, .day, .night: return lastDay?.from
      case .week, .weekend, .fortnight:
        return last.flatMap { $0.to - $0.from <= 7 ? $0.from : nil } ?? lastDay?.from
      case .month, .quarter: return last.flatMap { $0.to - $0.from <= 92 ? $0.from : nil }
      case .year, .decade, .century: return last?.from
      }
    }
  }

  /// A point counted from an anchor, as precise as the smallest unit that is counted.
  private func period(_ amounts: [TimeAmount], _ sign: Int, _ anchor: TimeAnchor, _ tense: Tense) -> TimePeriod? {
    guard let unit = amounts.last?.unit, let day = countedDay(amounts, sign, anchor, tense) else { return nil }
    return TimePeriod(unit, holding: day)
  }

  /// The day that lies the amounts before or after the anchor.
  func countedDay(_ amounts: [TimeAmount], _ sign: Int, _ anchor: TimeAnchor, _ tense: Tense) -> Int? {
    guard let unit = amounts.last?.unit, let start = anchorDay(anchor, unit, tense) else { return nil }
    return TimePeriod.day(start, plus: amounts, sign: sign)
  }

  private func span(_ amounts: [TimeAmount], _ sign: Int, _ anchor: TimeAnchor, _ tense: Tense) -> TimePeriod? {
    guard let unit = amounts.last?.unit, let start = anchorDay(anchor, unit, tense) else { return nil }
    if amounts.count == 1, let count = amounts[0].whole, let months = unit.months, unit != .month, unit != .year {
      guard let here = TimePeriod(unit, holding: start) else { return nil }
      let first = CalendarDate(dayNumber: sign > 0 ? here.to : here.from).map(\.monthNumber)
      return first.flatMap {
        TimePeriod(month: sign > 0 ? $0 : $0 - count * months, count: count * months, grain: .days)
      }
    }
    guard let end = TimePeriod.day(start, plus: amounts, sign: sign) else { return nil }
    return sign > 0 ? TimePeriod(from: start + 1, to: end + 1) : TimePeriod(from: end, to: start)
  }

  // MARK: Parts

  private func nth(_ n: Int, _ unit: TimeUnit, _ count: Int, of outer: TimePeriod) -> TimePeriod? {
    guard n != 0, abs(n) <= 400, (1...400).contains(count) else { return nil }
    func group(first: Int, end: Int, length: Int) -> (Int, Int)? {
      let start = n > 0 ? first + (n - 1) * length : end + (n + 1 - count) * length
      return start >= first && start + count * length <= end ? (start, start + count * length) : nil
    }
    switch unit {
    case .day, .night:
      return group(first: outer.from, end: outer.to, length: 1)
        .map { TimePeriod(from: $0.0, to: $0.1, grain: count == 1 ? .day : .days) }
    case .week, .weekend:
      return group(first: outer.firstWeek, end: outer.lastWeek + 7, length: 7).map {
        unit == .weekend
          ? TimePeriod(from: $0.0 + 5, to: $0.0 + 7, grain: .weekend)
          : TimePeriod(from: $0.0, to: $0.1, grain: count == 1 ? .week : .days)
      }
    case .month, .quarter, .year, .decade:
      guard let months = unit.months, let first = CalendarDate(dayNumber: outer.from)?.monthNumber,
        let end = CalendarDate(dayNumber: outer.to)?.monthNumber,
        let (from, to) = group(first: first, end: end, length: months)
      else { return nil }
      let grain: TimePeriod.Grain =
        count > 1 ? .days : unit == .month ? .month : unit == .quarter ? .quarter : unit == .year ? .year : .decade
      return TimePeriod(month: from, count: to - from, grain: grain)
    default: return nil
    }
  }

  private static func nth(_ n: Int, weekday: Int, of outer: TimePeriod) -> TimePeriod? {
    guard n != 0, abs(n) <= 60 else { return nil }
    let day: Int
    if n > 0 {
      day = outer.from + (weekday - TimePeriod.weekday(outer.from) + 7) % 7 + 7 * (n - 1)
    } else {
      day = outer.to - 1 - (TimePeriod.weekday(outer.to - 1) - weekday + 7) % 7 + 7 * (n + 1)
    }
    return outer.from <= day && day < outer.to ? TimePeriod(day: day) : nil
  }

  private func fraction(_ n: Int, _ months: Int, _ year: TimeMeaning?, _ tense: Tense) -> TimePeriod? {
    let grain: TimePeriod.Grain = months == 3 ? .quarter : months == 6 ? .half : .days
    func period(_ year: Int) -> TimePeriod? {
      TimePeriod(month: year * 12 + (n - 1) * months, count: months, grain: grain)
    }
    if let year {
      guard let outer = self.period(year, tense), let first = CalendarDate(dayNumber: outer.from) else { return nil }
      guard outer.grain == .year else {
        // The half of a decade or of a month.
        let length = (outer.to - outer.from) * months / 12
        return TimePeriod(from: outer.from + (n - 1) * length, to: min(outer.from + n * length, outer.to))
      }
      return period(first.year)
    }
    guard let published, let now = CalendarDate(dayNumber: published) else { return nil }
    return closest((now.year - 2...now.year + 2).compactMap(period), tense)
  }

  /// The beginning, middle or end of a period: thirds of a month, of a week its days to Wednesday and from Friday, of a
  /// year its first three, middle four and last four months.
  private func part(_ part: TimePart, of whole: TimePeriod) -> TimePeriod? {
    let length = whole.to - whole.from
    switch (part, whole.grain) {
    case (.rest, _):
      guard let published, whole.from <= published, published < whole.to else { return whole }
      return TimePeriod(from: published, to: whole.to)
    case (.start, .week): return TimePeriod(from: whole.from, to: whole.from + 3)
    case (.mid, .week): return TimePeriod(from: whole.from + 1, to: whole.from + 5)
    case (.end, .week): return TimePeriod(from: whole.from + 4, to: whole.to)
    case (.start, .month): return TimePeriod(from: whole.from, to: whole.from + 10)
    case (.mid, .month): return TimePeriod(from: whole.from + 9, to: whole.from + 20)
    case (.end, .month): return TimePeriod(from: whole.from + 20, to: whole.to)
    case (_, .year):
      let month = CalendarDate(dayNumber: whole.from)?.monthNumber ?? 0
      switch part {
      case .start: return TimePeriod(month: month, count: 3, grain: .days)
      case .mid: return TimePeriod(month: month + 4, count: 4, grain: .days)
      default: return TimePeriod(month: month + 8, count: 4, grain: .days)
      }
    case (.start, _): return TimePeriod(from: whole.from, to: whole.from + max(1, length / 3))
    case (.mid, _): return TimePeriod(from: whole.from + length / 3, to: whole.to - length / 3)
    case (.end, _): return TimePeriod(from: whole.to - max(1, length / 3), to: whole.to)
    }
  }

  private func range(_ first: TimeMeaning, _ last: TimeMeaning, _ tense: Tense) -> TimePeriod? {
    guard let from = period(first, tense), var to = period(last, tense) else { return nil }
    // "Nov-Feb", "Friday to Monday": the end is the next one after the beginning.
    if to.to <= from.from {
      var later = self
      later = TimeResolver(day: from.from)
      if case .calendar(let date) = last, date.year != nil { return nil }
      guard let next = later.period(last, .future) else { return nil }
      to = next
    }
    return TimePeriod(from: from.from, to: to.to)
  }

  private init(day: Int) { published = day }

  // MARK: Values

  /// TIMEX3 value, with X for what is not known; for a range an ISO 8601 interval of the two values.
  func value(_ meaning: TimeMeaning, _ tense: Tense) -> String {
    switch meaning {
    case .range(let first, let last):
      guard let from = period(first, tense), let whole = period(meaning, tense) else {
        return value(first, tense) + "/" + value(last, tense)
      }
      var end = value(last, tense)
      if period(last, tense)?.to != whole.to { end = TimeResolver(day: from.from).value(last, .future) }
      return value(first, tense) + "/" + end
    case .part(_, let whole), .remainder(_, let whole): return value(whole, tense)
    case .counted(let amounts, let sign, let anchor):
      return countedDay(amounts, sign, anchor, tense).flatMap { TimePeriod(day: $0).value } ?? Self.unknown(meaning)
    default: return period(meaning, tense)?.value ?? Self.unknown(meaning)
    }
  }

  /// A value with X throughout, as fine as the expression.
  private static func unknown(_ meaning: TimeMeaning) -> String {
    switch meaning {
    case .calendar(let date): return date.value
    case .weekday(let weekday, _), .countedWeekdays(_, let weekday, _), .nthWeekday(_, let weekday, _),
      .weekdayOf(let weekday, _):
      return "XXXX-WXX-\(weekday + 1)"
    case .shifted(let unit, _, _), .unknown(let unit): return unknown(unit)
    case .counted(let amounts, _, _): return unknown(amounts.last?.unit ?? .day)
    case .relatedMonth(let month, _), .monthOf(let month, _): return PartialDate(month: month).value
    case .season(let season, _, _): return "XXXX-" + season.rawValue
    case .fraction(let n, let months, _): return months == 3 ? "XXXX-Q\(n)" : months == 6 ? "XXXX-H\(n)" : "XXXX"
    case .nth(_, let unit, _, _): return unknown(unit)
    case .weekOf: return "XXXX-WXX"
    case .span(let amounts, _, _), .within(let amounts, _): return TimeAmount.value(amounts)
    case .decade(let year): return "XX\(year / 10)"
    case .years: return "XXXX"
    case .holiday(.fixed(let month, let day), _): return PartialDate(month: month, day: day).value
    case .holiday, .dayBefore: return "XXXX-XX-XX"
    case .part(_, let whole), .remainder(_, let whole): return unknown(whole)
    case .range(let first, let last): return unknown(first) + "/" + unknown(last)
    }
  }

  private static func unknown(_ unit: TimeUnit) -> String {
    switch unit {
    case .second, .minute, .hour, .day, .night: "XXXX-XX-XX"
    case .week, .fortnight: "XXXX-WXX"
    case .weekend: "XXXX-WXX-WE"
    case .month: "XXXX-XX"
    case .quarter: "XXXX-QX"
    case .year: "XXXX"
    case .decade: "XXX"
    case .century: "XX"
    }
  }
}
