internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// Any single date: the longest of its forms.
  func date(_ index: Int, _ depth: Int, isEnd: Bool = false) -> (TimeMeaning, Int)? {
    guard depth > 0 else { return nil }
    var best: (TimeMeaning, Int)?
    func offer(_ found: (TimeMeaning, Int)?) {
      if let found, found.1 > best?.1 ?? index { best = found }
    }
    offer(deictic(index))
    offer(counted(index, depth))
    offer(spanOfUnits(index))
    offer(anaphoric(index))
    offer(part(index, depth))
    offer(nth(index, depth))
    offer(fraction(index, depth))
    offer(numberedWeek(index, depth))
    offer(weekWith(index))
    offer(holiday(index, depth))
    offer(decade(index))
    offer(season(index))
    offer(related(index))
    offer(weekdayInWeek(index))
    offer(monthInYear(index, depth))
    offer(eve(index, depth))
    if let (date, next) = calendar(index) { offer((.calendar(date), next)) }
    return best
  }

  /// "today", "yesterday", "the day after tomorrow".
  private func deictic(_ index: Int) -> (TimeMeaning, Int)? {
    func day(_ shift: Int, _ next: Int) -> (TimeMeaning, Int) { (.shifted(.day, shift, .published), next) }
    switch text(index) {
    case "today": return day(0, index + 1)
    case "yesterday", "yesterdays": return day(-1, index + 1)
    case "tomorrow", "tomorrows", "tmrw": return day(1, index + 1)
    default: break
    }
    let start = skipping(["the"], index)
    guard text(start) == "day" else { return nil }
    if text(start + 1) == "before", text(start + 2) == "yesterday" { return day(-2, start + 3) }
    if text(start + 1) == "after", text(start + 2) == "tomorrow" || text(start + 2) == "tmrw" {
      return day(2, start + 3)
    }
    return nil
  }

  // MARK: Counted

  /// "two and a half years", "1 month, 2 weeks and 3 days".
  func amounts(_ index: Int) -> ([TimeAmount], Int)? {
    var amounts: [TimeAmount] = []
    var next = index
    while amounts.count < 4 {
      let start = amounts.isEmpty ? next : skipping(["and"], skipping([","], next))
      guard let (count, after) = quantity(start), let (unit, end) = unit(after, count) else { break }
      if let last = amounts.last?.unit, Self.rank(unit) >= Self.rank(last) { break }
      amounts.append(TimeAmount(hundredths: count, unit: unit))
      next = end
      // "an hour and a half", "one year and a quarter".
      if text(next) == "and", text(next + 1) == "a", ["half", "quarter"].contains(text(next + 2)), let count {
        amounts[amounts.count - 1].hundredths = count + (text(next + 2) == "half" ? 50 : 25)
        return (amounts, next + 3)
      }
    }
    return amounts.isEmpty ? nil : (amounts, next)
  }

  private static func rank(_ unit: TimeUnit) -> Int {
    switch unit {
    case .second: 0
    case .minute: 1
    case .hour: 2
    case .day, .night: 3
    case .week, .weekend: 4
    case .fortnight: 5
    case .month: 6
    case .quarter: 7
    case .year: 8
    case .decade: 9
    case .century: 10
    }
  }

  /// A unit after a number, its letter glued to figures ("3h"), or after a hyphen ("three-day").
  private func unit(_ index: Int, _ count: Int?) -> (TimeUnit, Int)? {
    if isGlued(index), number(index - 1) != nil, let unit = Self.letters[text(index)], atoms[index - 1].digits <= 3,
      !(isGlued(index + 1) && (text(index + 1) == "'" || number(index + 1) != nil))
    {
      return (unit, index + 1)
    }
    let hyphen = skippingHyphen(index)
    let start =
      ["full", "whole", "consecutive", "straight", "calendar", "business", "working", "more", "long"].contains(
        text(hyphen)) ? hyphen + 1 : hyphen
    guard let unit = word(start)?.unit else { return nil }
    // One second is an ordinal, half of one a quarter.
    if unit == .second, text(start) == "second", count == 100 && number(index - 1) == nil { return nil }
    return (unit, start + 1)
  }

  private static let letters: [String: TimeUnit] = ["h": .hour, "d": .day, "w": .week, "y": .year]

  /// "two weeks ago", "three days later", "in four years", "a week from Sunday", "two days before the vote".
  private func counted(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    if let found = countedWeekdays(index) { return found }
    var start = index
    let opener = text(index)
    if opener == "in" || opener == "within" || opener == "after" {
      start = skipping(["the", "about", "around", "another"], index + 1)
    }
    // "less than two weeks from today" is any time until then.
    let isWithin = opener == "within" || opener == "less" && text(index + 1) == "than" || text(index - 1) == "for"
    if opener == "less", text(index + 1) == "than" { start = index + 2 }
    guard let (amounts, next) = amounts(start), amounts.allSatisfy({ !$0.unit.isClock }), let unit = amounts.last?.unit
    else { return nil }
    func point(_ sign: Int, _ anchor: TimeAnchor, _ end: Int) -> (TimeMeaning, Int) {
      (isWithin && sign > 0 ? .within(amounts, anchor) : .counted(amounts, sign: sign, anchor), end)
    }
    switch text(next) {
    case "ago": return point(-1, .published, next + 1)
    case "hence": return point(1, .published, next + 1)
    case "back" where ![.noun, .det, .adp].contains(upos(next + 1)) && upos(next) == .adv && opener != "in":
      return point(-1, .published, next + 1)
    case "later", "afterwards", "afterward": return opener == "in" ? nil : point(1, .text, next + 1)
    case "earlier": return point(-1, .text, next + 1)
    case "in" where text(next + 1) == "the" && text(next + 2) == "future":
      return (.span(amounts, sign: 1, .published), next + 3)
    case "from" where text(next + 1) == "now": return point(1, .published, next + 2)
    case "from", "after", "since":
      if let (outer, end) = date(skipping(["the"], next + 1), depth - 1) ?? date(next + 1, depth - 1) {
        return point(1, .date(outer), end)
      }
      guard text(next) == "after", start == index else { return nil }
      return isClauseEnd(next + 1) ? point(1, .text, next + 1) : (.unknown(unit), next + 1)
    case "before":
      if let (outer, end) = date(next + 1, depth - 1) { return point(-1, .date(outer), end) }
      guard start == index else { return nil }
      return isClauseEnd(next + 1) ? point(-1, .text, next + 1) : (.unknown(unit), next + 1)
    case "starting", "beginning", "commencing":
      let from = skipping(["from", "on"], next + 1)
      return date(from, depth - 1).map { (.within(amounts, .date($0.0)), $0.1) }
    default: break
    }
    if opener == "within" { return (.within(amounts, .published), next) }
    // "in three years" is a point to come, "the first in three years" and "it fell in three days" are durations.
    guard opener == "in", !isFollowedByNoun(next), text(next) != "of",
      text(next) != "'" || text(next + 1) != "s" || text(next + 2) == "time"
    else { return nil }
    guard ClauseCue.isFuture(self, index) else { return nil }
    return point(1, .published, next)
  }

  private func isClauseEnd(_ index: Int) -> Bool {
    index >= atoms.count || [",", ".", ";", ":", ")", "!", "?", "-"].contains(text(index))
  }

  private func isFollowedByNoun(_ index: Int) -> Bool {
    [.noun, .propn].contains(upos(index)) && word(index) == nil
  }

  /// "two Sundays from now", "three Fridays ago".
  private func countedWeekdays(_ index: Int) -> (TimeMeaning, Int)? {
    guard let (count, next) = count(index), (1...60).contains(count), let weekday = word(next)?.weekday else {
      return nil
    }
    if text(next + 1) == "from", text(next + 2) == "now" {
      return (.countedWeekdays(count, weekday: weekday, sign: 1), next + 3)
    }
    if text(next + 1) == "ago" { return (.countedWeekdays(count, weekday: weekday, sign: -1), next + 2) }
    return nil
  }

  /// "the last three months", "next two days", "the past decade", "the coming weeks": a stretch that ends or begins now.
  private func spanOfUnits(_ index: Int) -> (TimeMeaning, Int)? {
    var start = skipping(["within", "for", "over", "during", "in"], index)
    if start > index, text(index) != "within" { return nil }
    start = skipping(["the"], start)
    var found: (TimeRelation, [TimeAmount], Int)?
    if let relation = word(start)?.relation, relation != .this, upos(start) != .verb,
      let (amounts, next) = amounts(start + 1),
      text(start + 1) != "a"
    {
      found = (relation, amounts, next)
    } else if let (count, next) = quantity(start), let relation = word(next)?.relation, relation != .this,
      let unit = word(next + 1)?.unit,
      text(start) != "a"
    {
      found = (relation, [TimeAmount(hundredths: count, unit: unit)], next + 2)
    }
    guard let (relation, amounts, next) = found, amounts.allSatisfy({ !$0.unit.isClock }) else { return nil }
    // "the last four months of 2021" is counted there.
    if text(next) == "of" { return nil }
    if amounts.count == 1, amounts[0].hundredths == 100, amounts[0].unit != .day { return nil }
    if text(index) == "within" { return (.within(amounts, .published), next) }
    switch relation {
    case .last, .past, .previous: return (.span(amounts, sign: -1, .published), next)
    case .next, .coming: return (.span(amounts, sign: 1, .published), next)
    default: return (.span(amounts, sign: 1, .textOrPublished), next)
    }
  }

  // MARK: Related

  /// "last week", "this year", "next March", "the coming Friday", "the week after next", "last decade".
  func related(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    if let found = afterNext(start) { return found }
    guard let relation = word(start)?.relation else { return nil }
    let named = ["calendar", "fiscal", "financial", "business"].contains(text(start + 1)) ? start + 2 : start + 1
    // "last Friday, Jan. 3": the date says which.
    if named == start + 1, let (date, next) = calendar(named), date.month != nil, date.day != nil {
      return (.calendar(date), next)
    }
    guard let word = word(named) else { return nil }
    if let unit = word.unit, !text(named).hasSuffix("s"), !unit.isClock {
      return shifted(unit, relation, hasArticle: start > index).map { ($0, named + 1) }
    }
    if let weekday = word.weekday, !word.isPlural {
      return (.weekday(weekday, relation), self.weekday(named)?.1 ?? named + 1)
    }
    if let month = word.month, isCapital(named) || !word.isAmbiguous {
      return (.relatedMonth(month, relation), self.month(named)?.1 ?? named + 1)
    }
    if let season = word.season, upos(named) != .verb { return (.season(season, year: nil, relation), named + 1) }
    return nil
  }

  private func shifted(_ unit: TimeUnit, _ relation: TimeRelation, hasArticle: Bool) -> TimeMeaning? {
    switch relation {
    case .last, .past: return .shifted(unit, -1, .published)
    case .previous: return .shifted(unit, -1, hasArticle && unit.days != nil ? .textOrPublished : .published)
    case .this: return .shifted(unit, 0, .published)
    // "the next day" follows on what was told, "next week" does not.
    case .next: return .shifted(unit, 1, hasArticle && (unit == .day || unit == .night) ? .textOrPublished : .published)
    case .coming: return .shifted(unit, 1, .published)
    case .following: return .shifted(unit, 1, .textOrPublished)
    }
  }

  /// "the week after next", "March after next", "Friday after next".
  private func afterNext(_ index: Int) -> (TimeMeaning, Int)? {
    guard text(index + 1) == "after", text(index + 2) == "next", let word = word(index) else { return nil }
    if let unit = word.unit, !unit.isClock { return (.shifted(unit, 2, .published), index + 3) }
    if let month = word.month { return (.monthOf(month, .shifted(.year, 1, .published)), index + 3) }
    if let weekday = word.weekday { return (.countedWeekdays(2, weekday: weekday, sign: 1), index + 3) }
    return nil
  }

  /// "that day", "the same week", "later that month", "the day before", "the week after".
  private func anaphoric(_ index: Int) -> (TimeMeaning, Int)? {
    if ["that", "same"].contains(text(index)) || text(index) == "the" && text(index + 1) == "same"
      || text(index) == "that" && text(index + 1) == "same"
    {
      let start = ["same"].contains(text(index + 1)) ? index + 2 : index + 1
      guard let unit = word(start)?.unit, !unit.isClock, !text(start).hasSuffix("s"),
        text(index) != "that" || upos(index) != .sconj
      else { return nil }
      if text(start + 1) == "'" || upos(start + 1) == .noun { return (.shifted(unit, 0, .text), start + 1) }
      return (.shifted(unit, 0, .text), start + 1)
    }
    guard let start = ["the", "a"].contains(text(index)) ? index + 1 : nil, let unit = word(start)?.unit,
      unit.days != nil || unit.months != nil,
      !text(start).hasSuffix("s"), text(index) == "the"
    else { return nil }
    switch text(start + 1) {
    case "before":
      if let (outer, end) = date(start + 2, 1) {
        return (.counted([TimeAmount(hundredths: 100, unit: unit)], sign: -1, .date(outer)), end)
      }
      return isClauseEnd(start + 2) ? (.shifted(unit, -1, .text), start + 2) : (.unknown(unit), start + 2)
    case "after", "afterwards":
      if let (outer, end) = date(start + 2, 1) {
        return (.counted([TimeAmount(hundredths: 100, unit: unit)], sign: 1, .date(outer)), end)
      }
      return isClauseEnd(start + 2) ? (.shifted(unit, 1, .text), start + 2) : (.unknown(unit), start + 2)
    default: return nil
    }
  }

  /// "on the eve of the vote", "the eve of Christmas".
  private func eve(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    guard text(start) == "eve", text(start + 1) == "of" else { return nil }
    if let (day, end) = date(start + 2, depth - 1) { return (.dayBefore(day), end) }
    return (.unknown(.day), start + 1)
  }

  // MARK: Parts

  /// "early January", "mid-2014", "the end of the month", "later this year", "the rest of the week".
  private func part(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    var start = skipping(["the"], index)
    if text(start) == "later" || text(start) == "earlier" {
      let isLater = text(start) == "later"
      let on = skipping(["on"], start + 1)
      if let (whole, next) = related(on) ?? anaphoric(on) ?? (text(on) == "in" ? wholeUnit(on + 1) : nil) {
        // "later that day" is that day, "later this year" the rest of the year.
        if case .shifted(let unit, _, let anchor) = whole {
          if case .text = anchor { return (whole, next) }
          if unit == .day { return (whole, next) }
          return (.remainder(isLater: isLater, whole), next)
        }
        return nil
      }
      return nil
    }
    // "mid-November" is one word to some and three to others.
    guard let part = word(start)?.part else { return nil }
    start += 1
    let isNoun = ["beginning", "start", "middle", "end", "rest", "remainder"].contains(text(start - 1))
    if isNoun {
      guard
        text(start) == "of" || part == .rest || part == .end || depth < Self.depth || atoms.count < 8
          || text(start - 2) == "the"
      else { return nil }
      let ofIndex = text(start) == "of" ? start + 1 : start
      guard ofIndex > start || part == .rest || word(ofIndex)?.relation != nil || word(ofIndex)?.month != nil else {
        return nil
      }
      let whole = skipping(["around", "about"], ofIndex)
      guard let (meaning, next) = wholeUnit(whole) ?? date(whole, depth - 1), hasParts(meaning) else { return nil }
      return (.part(part, meaning), next)
    }
    let whole = skipping(["in", "on"], skippingHyphen(start))
    guard part != .rest,
      let (meaning, next) = (whole > start && text(start) == "in" ? wholeUnit(whole) : nil) ?? season(whole)
        ?? date(whole, depth - 1), hasParts(meaning)
    else { return nil }
    if case .calendar(let date) = meaning, date.month == nil, date.year != nil, next < atoms.count, isGlued(next),
      number(next) != nil
    {
      return nil
    }
    return (.part(part, meaning), next)
  }

  /// "the week", "this month", "my week": the one of publication.
  private func wholeUnit(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the", "my", "our", "current"], index)
    guard let unit = word(start)?.unit, !text(start).hasSuffix("s"), unit.months != nil || unit == .week,
      unit != .decade, unit != .century,
      text(start + 1) != "'"
    else { return nil }
    return (.shifted(unit, 0, .published), start + 1)
  }

  /// Whether a date is long enough to have a beginning and an end.
  private func hasParts(_ meaning: TimeMeaning) -> Bool {
    switch meaning {
    case .calendar(let date): return date.day == nil && date.weekday == nil
    case .shifted(let unit, _, _): return unit != .day && unit != .night
    case .relatedMonth, .season, .monthOf, .years, .decade, .nth, .fraction, .weekOf: return true
    default: return false
    }
  }

  /// "the first Monday of May", "the third week of 2015", "the last four months of 2021", "the 15th day of next month".
  private func nth(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    var n: Int
    var next: Int
    var isLast = false
    if let (ordinal, end) = ordinal(start) {
      (n, next) = (ordinal, end)
      if ["last", "to"].contains(text(skippingHyphen(end))) {
        let last = text(skippingHyphen(end)) == "to" ? skippingHyphen(skippingHyphen(end) + 1) : skippingHyphen(end)
        if text(last) == "last" { (n, next) = (-ordinal, last + 1) }
      }
    } else if text(start) == "last" || text(start) == "final" {
      (n, next) = (-1, start + 1)
      isLast = true
    } else if text(start) == "opening" {
      (n, next) = (1, start + 1)
    } else {
      return nil
    }
    var count = 1
    if isLast || n == 1, let (number, end) = self.count(next), word(end)?.unit != nil { (count, next) = (number, end) }
    if let weekday = word(next)?.weekday {
      guard let (outer, end) = container(next + 1, depth) else {
        // "the third Tuesday" alone is of the month of publication.
        guard !isLast, n > 0, n <= 5, depth == Self.depth else { return nil }
        return nil
      }
      return (.nthWeekday(n, weekday: weekday, of: outer), end)
    }
    guard let unit = word(next)?.unit, !unit.isClock, unit.rawValue != "decade" || depth > 0 else { return nil }
    // "the 20 of next month" has no word "day".
    guard let (outer, end) = container(next + 1, depth) else {
      if unit == .century, n > 0, n <= 30 { return (.years(from: (n - 1) * 100, count: 100), next + 1) }
      return nil
    }
    if unit == .quarter {
      return count == 1
        ? (n > 0 ? .fraction(n, months: 3, of: outer) : .nth(n, unit, count: 1, of: outer), end)
        : (.nth(n, unit, count: count, of: outer), end)
    }
    var nested: (TimeMeaning, Int) = (.nth(n, unit, count: count, of: outer), end)
    // "the first week of October on Friday".
    let after = skipping([","], end)
    if unit == .week, let (weekday, last) = weekday(skipping(["on"], after == end ? after : after)) {
      nested = (.weekdayOf(weekday, nested.0), last)
    }
    return nested
  }

  /// What follows "of" or "in", or stands without either: the period that something is a part of.
  private func container(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let hasOf = ["of", "in"].contains(text(index))
    let start = hasOf ? index + 1 : index
    if hasOf, let found = wholeUnit(start) { return found }
    guard let (meaning, next) = date(start, depth - 1) else { return nil }
    if !hasOf {
      // Only "this year" and bare years follow on directly: "third quarter 2018".
      switch meaning {
      case .shifted(.year, _, _), .shifted(.month, _, _): break
      case .calendar(let date) where date.month == nil && date.day == nil && date.weekday == nil: break
      default: return nil
      }
    }
    return hasParts(meaning) ? (meaning, next) : nil
  }

  /// "Q3 2025", "third quarter", "the first half of 2016", "2018Q4", "H1", "next year's first quarter".
  private func fraction(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    if let (year, next) = year(start), let (n, months, end) = shortFraction(skippingHyphen(next)) {
      return (.fraction(n, months: months, of: .calendar(PartialDate(year: year))), end)
    }
    if let (n, months, next) = shortFraction(start) {
      let hyphen = isGlued(next) ? skippingHyphen(next) : next
      if let (outer, end) = container(hyphen, depth) { return (.fraction(n, months: months, of: outer), end) }
      guard isCapital(start) || ["in", "during", "for"].contains(text(start - 1)),
        months == 3 || ["in", "during", "for", "of"].contains(text(start - 1))
      else { return nil }
      return (.fraction(n, months: months, of: nil), next)
    }
    if case .some((.shifted(.year, let shift, let anchor), let next)) = related(start), text(next) == "'",
      let (n, months, end) = longFraction(skippingPossessive(next))
    {
      return (.fraction(n, months: months, of: .shifted(.year, shift, anchor)), end)
    }
    guard let (n, months, next) = longFraction(start) else { return nil }
    if let (outer, end) = container(next, depth) { return (.fraction(n, months: months, of: outer), end) }
    // In sport a quarter or half is none of the year.
    return months == 3
      && (atoms.count <= 4
        || ["in", "during", "for"].contains(text(index - 1)) && start > index && upos(next) == .noun
          && text(next) != "final")
      ? (.fraction(n, months: months, of: nil), next) : nil
  }

  private func shortFraction(_ index: Int) -> (Int, Int, Int)? {
    guard ["q", "h"].contains(text(index)), isGlued(index + 1), let n = number(index + 1), atoms[index + 1].digits == 1
    else { return nil }
    let isQuarter = text(index) == "q"
    return n >= 1 && n <= (isQuarter ? 4 : 2) ? (n, isQuarter ? 3 : 6, index + 2) : nil
  }

  private func longFraction(_ index: Int) -> (Int, Int, Int)? {
    guard let (n, next) = ordinal(index) else { return nil }
    let noun = skippingHyphen(next)
    if word(noun)?.unit == .quarter, (1...4).contains(n), !text(noun).hasSuffix("s") { return (n, 3, noun + 1) }
    if text(noun) == "half", n <= 2 { return (n, 6, noun + 1) }
    return nil
  }

  /// "week 27 of last year", "Week 31".
  private func numberedWeek(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    guard text(start) == "week", let n = number(start + 1), (1...53).contains(n), upos(start + 2) != .noun else {
      return nil
    }
    if let (outer, end) = container(start + 2, depth) { return (.nth(n, .week, count: 1, of: outer), end) }
    guard isCapital(start) || ["between", "from", "to", "and"].contains(text(start - 1)) else { return nil }
    return (.nth(n, .week, count: 1, of: .shifted(.year, 0, .published)), start + 2)
  }

  /// "the week of April 10th", "the week commencing February 4".
  private func weekWith(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    guard text(start) == "week", ["of", "commencing", "starting", "beginning", "from"].contains(text(start + 1)) else {
      return nil
    }
    if let (date, next) = calendar(start + 2), date.day != nil { return (.weekOf(.calendar(date)), next) }
    if let (day, next) = dayOfMonth(start + 2), text(start + 2) == "the", ordinal(start + 3) != nil {
      return (.weekOf(.calendar(PartialDate(day: day))), next)
    }
    return nil
  }

  // MARK: Combined

  /// "Wednesday next week", "Sunday of last week", "next week on Friday", "this week Monday".
  private func weekdayInWeek(_ index: Int) -> (TimeMeaning, Int)? {
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
  private func monthInYear(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    if let (month, next) = month(index) {
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
  private func season(_ index: Int) -> (TimeMeaning, Int)? {
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
  private func decade(_ index: Int) -> (TimeMeaning, Int)? {
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
  private func holiday(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
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
