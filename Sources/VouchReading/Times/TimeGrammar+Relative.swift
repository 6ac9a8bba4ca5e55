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
  func deictic(_ index: Int) -> (TimeMeaning, Int)? {
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

  /// "last week", "this year", "next March", "the coming Friday", "the week after next", "last decade".
  func related(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    if let found = afterNext(start) { return found }
    guard let relation = word(start)?.relation else { return nil }
    // "Following Monday's debate" is no date but a preposition before one.
    if relation == .following, start == index, isCapital(start) || upos(start) == .adp { return nil }
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

  func shifted(_ unit: TimeUnit, _ relation: TimeRelation, hasArticle: Bool) -> TimeMeaning? {
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
  func afterNext(_ index: Int) -> (TimeMeaning, Int)? {
    guard text(index + 1) == "after", text(index + 2) == "next", let word = word(index) else { return nil }
    if let unit = word.unit, !unit.isClock { return (.shifted(unit, 2, .published), index + 3) }
    if let month = word.month { return (.monthOf(month, .shifted(.year, 1, .published)), index + 3) }
    if let weekday = word.weekday { return (.countedWeekdays(2, weekday: weekday, sign: 1), index + 3) }
    return nil
  }

  /// "that day", "the same week", "later that month", "the day before", "the week after".
  func anaphoric(_ index: Int) -> (TimeMeaning, Int)? {
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
  func eve(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    guard text(start) == "eve", text(start + 1) == "of" else { return nil }
    if let (day, end) = date(start + 2, depth - 1) { return (.dayBefore(day), end) }
    return (.unknown(.day), start + 1)
  }
}
