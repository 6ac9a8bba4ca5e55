internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// "early January", "mid-2014", "the end of the month", "later this year", "the rest of the week".
  func part(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
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
  func wholeUnit(_ index: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the", "my", "our", "current"], index)
    guard let unit = word(start)?.unit, !text(start).hasSuffix("s"), unit.months != nil || unit == .week,
      unit != .decade, unit != .century,
      text(start + 1) != "'"
    else { return nil }
    return (.shifted(unit, 0, .published), start + 1)
  }

  /// Whether a date is long enough to have a beginning and an end.
  func hasParts(_ meaning: TimeMeaning) -> Bool {
    switch meaning {
    case .calendar(let date): return date.day == nil && date.weekday == nil
    case .shifted(let unit, _, _): return unit != .day && unit != .night
    case .relatedMonth, .season, .monthOf, .years, .decade, .nth, .fraction, .weekOf: return true
    default: return false
    }
  }

  /// "the first Monday of May", "the third week of 2015", "the last four months of 2021", "the 15th day of next month".
  func nth(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
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
  func container(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
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
  func fraction(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
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

  func shortFraction(_ index: Int) -> (Int, Int, Int)? {
    guard ["q", "h"].contains(text(index)), isGlued(index + 1), let n = number(index + 1), atoms[index + 1].digits == 1
    else { return nil }
    let isQuarter = text(index) == "q"
    return n >= 1 && n <= (isQuarter ? 4 : 2) ? (n, isQuarter ? 3 : 6, index + 2) : nil
  }

  func longFraction(_ index: Int) -> (Int, Int, Int)? {
    guard let (n, next) = ordinal(index) else { return nil }
    let noun = skippingHyphen(next)
    if word(noun)?.unit == .quarter, (1...4).contains(n), !text(noun).hasSuffix("s") { return (n, 3, noun + 1) }
    if text(noun) == "half", n <= 2 { return (n, 6, noun + 1) }
    return nil
  }

  /// "week 27 of last year", "Week 31".
  func numberedWeek(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
    let start = skipping(["the"], index)
    guard text(start) == "week", let n = number(start + 1), (1...53).contains(n), upos(start + 2) != .noun else {
      return nil
    }
    if let (outer, end) = container(start + 2, depth) { return (.nth(n, .week, count: 1, of: outer), end) }
    guard isCapital(start) || ["between", "from", "to", "and"].contains(text(start - 1)) else { return nil }
    return (.nth(n, .week, count: 1, of: .shifted(.year, 0, .published)), start + 2)
  }

  /// "the week of April 10th", "the week commencing February 4".
  func weekWith(_ index: Int) -> (TimeMeaning, Int)? {
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
}
