internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// A month's name, with the dot of its short form.
  func month(_ index: Int) -> (Int, Int)? {
    guard let word = word(index), let month = word.month else { return nil }
    let hasDot = word.isAbbreviation && text(index + 1) == "." && isGlued(index + 1)
    return (month, hasDot ? index + 2 : index + 1)
  }

  /// A weekday's name, with the dot of its short form.
  func weekday(_ index: Int) -> (Int, Int)? {
    guard let word = word(index), let weekday = word.weekday, !word.isPlural else { return nil }
    let hasDot = word.isAbbreviation && text(index + 1) == "." && isGlued(index + 1)
    return (weekday, hasDot ? index + 2 : index + 1)
  }

  /// A date of the calendar: "Sunday, Jan. 3, 2016", "the 3rd of January", "January 2016", "2016-01-03", "2016".
  func calendar(_ index: Int) -> (PartialDate, Int)? {
    if let (date, next) = numeric(index) { return (date, next) }
    if let (weekday, next) = weekday(index) {
      let start = skipping([","], next)
      let opened = skipping(["("], skippingHyphen(start))
      if let (found, end) = numeric(opened) ?? dayAndMonth(opened), found.day != nil {
        var date = found
        date.weekday = weekday
        return (date, opened > start && text(opened - 1) == "(" && text(end) == ")" ? end + 1 : end)
      }
      // "Friday the 15th", "Sunday 31st"; not "Friday 3-1" or "Monday 8 to 9".
      if text(next) == "the" || ordinal(next) != nil
        || number(next) != nil && atoms[next].digits == 2
          && !(isGlued(next + 1) && [":", "-", "/", ".", "%"].contains(text(next + 1))),
        let (day, end) = dayOfMonth(next), !["am", "pm", "a", "p", "to", "-", "people"].contains(text(end)),
        upos(end) != .noun
      {
        return (PartialDate(day: day, weekday: weekday), end)
      }
      return nil
    }
    if let found = dayAndMonth(index) { return found }
    let start = ["calendar", "fiscal"].contains(text(index)) ? index + 1 : skipping(["the"], index)
    let afterYear = text(start) == "year" ? skipping(["of"], start + 1) : index
    if let (year, next) = year(afterYear) {
      if let (month, end) = month(skippingHyphen(skipping(["/"], next))), afterYear == index {
        return (PartialDate(year: year, month: month), end)
      }
      return (PartialDate(year: year), skippingEra(next))
    }
    if let (year, next) = afterYear > index ? nil : era(index) { return (PartialDate(year: year), next) }
    return nil
  }

  /// "14 AD": a year that only its era shows.
  private func era(_ index: Int) -> (Int, Int)? {
    guard let year = number(index), atoms[index].digits <= 4, year > 0, case let next = skippingEra(index + 1),
      next > index + 1
    else { return nil }
    return (year, next)
  }

  private func skippingEra(_ index: Int) -> Int {
    if ["ad", "ce"].contains(text(index)) { return index + 1 }
    if text(index) == "a", text(index + 1) == ".", text(index + 2) == "d" {
      return text(index + 3) == "." ? index + 4 : index + 3
    }
    return index
  }

  /// A month with what belongs to it, before or after.
  private func dayAndMonth(_ index: Int) -> (PartialDate, Int)? {
    if let (month, next) = month(index) {
      // "March 3", "March the 3rd"; "March 2015" and "March 13-15" are read elsewhere.
      if let (day, end) = dayOfMonth(skippingHyphen(next)), !(number(skippingHyphen(next)) == nil && text(next) == "-"),
        !isAmount(end), year(skippingHyphen(next)).map({ $0.1 <= end }) ?? true
      {
        let (year, last) = yearAfter(end)
        return (PartialDate(year: year, month: month, day: day), last)
      }
      let (year, end) = yearAfter(next)
      return (PartialDate(year: year, month: month), end)
    }
    let start = skipping(["the"], index)
    guard let (day, next) = dayOfMonth(start) else { return nil }
    // "3 January", "3rd of January", "the third day of October", "3-January".
    var end = next
    if text(end) == "day", ordinal(start) != nil { end += 1 }
    if text(end) == "of" || text(end) == "in" && text(end - 1) == "day" {
      end += 1
    } else {
      end = skippingHyphen(skipping(["/"], end))
    }
    guard let (month, last) = month(end), isCapital(end) || end > next || word(end)?.isAmbiguous != true else {
      return nil
    }
    let (year, finish) = yearAfter(last)
    return (PartialDate(year: year, month: month, day: day), finish)
  }

  /// The year after a day or month, with a comma, "of", "in", a hyphen or a slash before it.
  private func yearAfter(_ index: Int) -> (Int?, Int) {
    if ["of", "in"].contains(text(index)) {
      if let (found, next) = year(skipping(["the"], index + 1)) { return (found, next) }
      if text(index) == "of", let short = number(index + 1), atoms[index + 1].digits == 2 {
        return (PartialDate.full(year: short), index + 2)
      }
      return (nil, index)
    }
    let start = [",", "-", "/", "."].contains(text(index)) ? index + 1 : index
    // A hyphen joins only figures: "Dec-2018", not "May - 2018 …" between sentences.
    if start > index, text(index) != ",", !isGlued(index) || !isGlued(start) { return (nil, index) }
    guard let (found, next) = year(start), !isAmount(next) else { return (nil, index) }
    return (found, next)
  }

  /// Whether a number before is an amount of something: "March 20 percent", "May 3,000", "3:30".
  private func isAmount(_ index: Int) -> Bool {
    if isGlued(index), [":", "%"].contains(text(index)) { return true }
    if isGlued(index), [",", "."].contains(text(index)), isGlued(index + 1), number(index + 1) != nil { return true }
    return ["percent", "%", "million", "billion", "pm", "am"].contains(text(index))
      || ["p", "a"].contains(text(index)) && text(index + 1) == "." && text(index + 2) == "m"
  }

  /// Two dates with "from … to", "between … and", a hyphen or "to" between them.
  func range(_ index: Int) -> (TimeMeaning, Int)? {
    let opener = text(index)
    let isOpen = opener == "from" || opener == "between"
    let start = isOpen ? index + 1 : index
    if let found = daysOfMonth(start, isOpen) { return found }
    if let found = relatedRange(start) { return found }
    guard let (first, next) = rangeEnd(start, isFirst: true, isOpen),
      let join = joint(next, isOpen, isBetween: opener == "between")
    else { return nil }
    let second = opener == "between" ? skipping(["the"], join) : join
    guard
      let (last, end) = rangeEnd(
        second == join ? join : rangeEnd(join, isFirst: false, isOpen) != nil ? join : second, isFirst: false, isOpen)
    else { return nil }
    switch (first, last) {
    case (.calendar(let a), .calendar(var b)):
      if b.month == nil, b.day != nil { b.month = a.month }
      if b.year == nil, a.year != nil, a.month != nil, b.month != nil || b.day != nil { b.year = a.year }
      var a = a
      if a.month == nil, a.day != nil {
        guard b.month != nil else { return nil }
        a.month = b.month
      }
      // "Nov-Feb 2017" begins the year before.
      if a.year == nil, let year = b.year, let from = a.month, let to = b.month { a.year = from > to ? year - 1 : year }
      if a.month == nil, a.day == nil, a.year != nil, b.year == nil { return nil }
      if let from = a.year, let to = b.year, from > to { return nil }
      // Two bare years are a range only with "from", "between" or a plain span of figures.
      if !isOpen, a.month == nil, b.month == nil, let from = a.year, let to = b.year {
        guard (1500...2200).contains(from), (1500...2200).contains(to) else { return nil }
      }
      if a.day != nil, a.month == nil { return nil }
      if let bMonth = b.month, b.day == nil, a.day != nil, a.month == bMonth, !isOpen { return nil }
      return (.range(.calendar(a), .calendar(b)), end)
    default: return (.range(first, last), end)
    }
  }

  /// An end of a range: a date, or a day whose month the other end names.
  private func rangeEnd(_ index: Int, isFirst: Bool, _ isOpen: Bool) -> (TimeMeaning, Int)? {
    if text(index) == "now" || text(index) == "date" && !isFirst || text(index) == "present" && !isFirst {
      return (.shifted(.day, 0, .published), index + 1)
    }
    if text(index) == "the", text(index + 1) == "present" { return (.shifted(.day, 0, .published), index + 2) }
    if let (date, next) = date(index, Self.depth - 2, isEnd: true) { return (date, next) }
    guard let (day, next) = dayOfMonth(index), isOpen || isFirst == (number(index) != nil) || !isFirst else {
      return nil
    }
    guard !isAmount(next), isFirst || ![.noun, .propn].contains(upos(next)) || number(index) == nil else { return nil }
    return (.calendar(PartialDate(day: day)), next)
  }

  /// The atom after what joins the ends of a range.
  private func joint(_ index: Int, _ isOpen: Bool, isBetween: Bool) -> Int? {
    switch text(index) {
    case "-", "~": return index + 1
    case "to", "through", "thru", "till", "until", "untill": return index + 1
    case "and" where isBetween: return index + 1
    default: return nil
    }
  }

  /// "13-15 July", "July 13 to 15, 2015", "February between 2-7 2018", "4 till 23 of this month".
  private func daysOfMonth(_ index: Int, _ isOpen: Bool) -> (TimeMeaning, Int)? {
    var start = index
    var named: Int?
    if let (month, next) = month(index) {
      named = month
      start = text(next) == "between" || text(next) == "from" ? next + 1 : skipping(["the"], next)
    }
    guard let (first, next) = dayOfMonth(start, digitsOnly: true), !isAmount(next),
      let join = joint(next, isOpen, isBetween: text(index - 1) == "between" || text(start - 1) == "between"),
      let (last, end) = dayOfMonth(join, digitsOnly: false), first <= last || named == nil, !isAmount(end)
    else { return nil }
    var finish = end
    var month = named
    if month == nil {
      let after = skipping(["of"], end)
      if let found = self.month(after) {
        (month, finish) = (found.0, found.1)
      } else if text(after) == "this" || text(after) == "next" || text(after) == "last",
        word(after + 1)?.unit == .month, first <= last,
        let (outer, close) = related(after)
      {
        return (.range(.nth(first, .day, count: 1, of: outer), .nth(last, .day, count: 1, of: outer)), close)
      }
    } else if self.month(skipping(["of"], end)) != nil {
      return nil
    }
    guard let month, first <= last else { return nil }
    let (year, close) = yearAfter(finish)
    return (
      .range(
        .calendar(PartialDate(year: year, month: month, day: first)),
        .calendar(PartialDate(year: year, month: month, day: last))), close
    )
  }

  /// "this week from Tuesday to Thursday".
  private func relatedRange(_ index: Int) -> (TimeMeaning, Int)? {
    guard let (week, next) = related(index), text(next) == "from" || text(next) == "between",
      case .shifted(.week, _, _) = week,
      let (first, after) = weekday(next + 1), let join = joint(after, true, isBetween: text(next) == "between"),
      let (last, end) = weekday(join)
    else { return nil }
    return (.range(.weekdayOf(first, week), .weekdayOf(last, week)), end)
  }
}
