internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// "Wednesday next week", "Sunday of last week", "next week on Friday", "this week Monday".
  func weekdayInWeek(_ index: Int) -> (TimeMeaning, Int)? {
    if let (weekday, next) = weekday(index) {
      let start = skipping([",", "of"], next)
      if let (week, end) = related(start), case .shifted(.week, _, _) = week { return (.weekdayOf(weekday, week), end) }
      // "Monday two weeks from now".
      if let (amounts, end) = amounts(next), amounts.count == 1, amounts[0].unit == .week, text(end) == "from",
        text(end + 1) == "now" || text(end + 1) == "today"
      {
        return (.weekdayOf(weekday, .counted(amounts, sign: 1, .published)), end + 2)
      }
      if !(text(next) == "the" || number(next) != nil) { return (.weekday(weekday, nil), next) }
      return (.weekday(weekday, nil), next)
    }
    guard let (week, next) = related(index), case .shifted(.week, _, _) = week else { return nil }
    let on = skipping(["on"], skippingHyphen(next))
    return weekday(on).map { (.weekdayOf($0.0, week), $0.1) }
  }

  /// "June next year", "October of last year", "the 20th of next month".
  func monthInYear(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    if let (month, next) = month(index) {
      if let (day, after) = dayOfMonth(next, digitsOnly: true) {
        guard let (year, end) = related(skipping(["of"], after)), case .shifted(.year, _, _) = year else { return nil }
        return (.nth(day, .day, count: 1, of: .monthOf(month, year)), end)
      }
      let of = skipping(["of", "in", ","], next)
      guard let (year, end) = related(of), case .shifted(.year, _, _) = year else { return nil }
      return (.monthOf(month, year), end)
    }
    guard let (day, next) = dayOfMonth(index), text(next) == "of",
      let (outer, end) = related(next + 1) ?? wholeUnit(next + 1), case .shifted(.month, _, _) = outer
    else {
      return nil
    }
    return (.nth(day, .day, count: 1, of: outer), end)
  }

  /// "the summer of 2014", "winter 2013", "this summer" is read with its relation.
  func season(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    guard let season = word(start)?.season, upos(start) != .verb else { return nil }
    if let (year, next) = year(skipping(["of"], start + 1)), number(next - 1) != nil {
      return (.season(season, year: .calendar(PartialDate(year: year)), nil), next)
    }
    if let (year, next) = related(skipping(["of"], start + 1)), case .shifted(.year, _, _) = year {
      return (.season(season, year: year, nil), next)
    }
    return (.season(season, year: nil, nil), start + 1)
  }

  /// "the 1990s", "the '70s", "the nineteen seventies", "the twenty-tens", "the last decade" is read with its relation.
  func decade(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["'"], skipping(["the"], index))
    if let number = number(start), case let end = skipping(["'"], start + 1), text(end) == "s", number % 10 == 0,
      isGlued(start + 1) || ["the", "in"].contains(text(start - 1)), isGlued(end) || end == start + 1
    {
      // "2003's best" is no decade; "2000's" might be the year's.
      if atoms[start].digits == 4, (1000...2990).contains(number),
        end == start + 1 || number % 100 != 0 || text(start - 1) == "the"
      {
        return (.years(from: number, count: number % 100 == 0 && number < 2000 ? 100 : 10), end + 1)
      }
      if atoms[start].digits == 2, start > index || text(start - 1) == "in" { return (.decade(number), end + 1) }
    }
    var century: Int?
    var next = start
    if let tens = word(start)?.cardinal, (10...20).contains(tens),
      word(skippingHyphen(start + 1))?.decade != nil || text(skippingHyphen(start + 1)) == "tens"
    {
      (century, next) = (tens, skippingHyphen(start + 1))
    }
    if text(next) == "tens", let century { return (.years(from: century * 100 + 10, count: 10), next + 1) }
    guard let decade = word(next)?.decade, start > index || century != nil else { return nil }
    if decade >= 100 { return (.years(from: decade, count: 10), next + 1) }
    return (century.map { .years(from: $0 * 100 + decade, count: 10) } ?? .decade(decade), next + 1)
  }

  /// A holiday of the table, and the year that follows it.
  func holiday(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    guard let list = words.holidays[text(index)] else { return nil }
    for (words, holiday) in list where words.indices.allSatisfy({ text(index + $0) == words[$0] }) {
      let next = index + words.count
      guard isCapital(index) || words.count == 1 && text(index) == "christmas" || words.count > 1 else { return nil }
      let of = skipping(["of", "in", ","], next)
      if let (year, end) = year(of) { return (.holiday(holiday, year: .calendar(PartialDate(year: year))), end) }
      if let (year, end) = related(of), case .shifted(.year, _, _) = year {
        return (.holiday(holiday, year: year), end)
      }
      return (.holiday(holiday, year: nil), next)
    }
    return nil
  }
}
