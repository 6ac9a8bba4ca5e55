internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// A time of day with its date, in either order: "Sunday at 3 p.m.", "9:30 on Jan. 3", "tomorrow morning", "last night".
  func moment(_ index: Int) -> TimeMatch? {
    func match(_ date: TimeMeaning?, _ time: TimeOfDay, _ next: Int) -> TimeMatch {
      TimeMatch(content: .time(date, time), first: index, next: next)
    }
    if let found = dayPartOfNow(index) {
      let at = skipping(["at", "around", "about"], found.2)
      if let (time, next) = clock(at, isExpected: at > found.2) {
        return match(found.0, time.shifted(to: found.1), next)
      }
      return match(found.0, .part(found.1), found.2)
    }
    if let (time, next) = clock(index, isExpected: false) {
      var end = next
      var found = time
      let inThe = text(next) == "in" && text(next + 1) == "the" ? next + 2 : next
      if inThe > next, let part = word(inThe)?.dayPart {
        found = time.shifted(to: part)
        end = inThe + 1
      }
      if let (date, part, last) = dayPartOfNow(end) { return match(date, found.shifted(to: part), last) }
      let on = skipping(["on", "of"], skipping([","], end))
      if let (date, last) = date(on, 2), isDay(date) {
        if let part = word(last)?.dayPart { return match(date, found.shifted(to: part), last + 1) }
        return match(date, found, last)
      }
      return match(nil, found, end)
    }
    if let (part, next) = partOfDay(index) {
      let on = skipping(["on", "of"], skipping([","], next))
      if let (date, last) = date(on, 2), isDay(date) { return match(date, .part(part), last) }
      return nil
    }
    guard let (date, next) = date(index, 2), isDay(date) else { return nil }
    if let part = word(skippingHyphen(skipping(["early", "late"], skippingHyphen(next))))?.dayPart, !isPluralPart(next)
    {
      let after = skippingHyphen(skipping(["early", "late"], skippingHyphen(next))) + 1
      let at = skipping(["at", "around", "about"], after)
      if let (time, end) = clock(at, isExpected: at > after) { return match(date, time.shifted(to: part), end) }
      return match(date, .part(part), after)
    }
    if let (part, end) = partOfDay(skipping([","], next)) { return match(date, .part(part), end) }
    let at = skipping(["at", "around", "about", "from", "-", "between"], skipping([","], next))
    guard
      let (time, end) = clock(at, isExpected: at > next && ["at", "around", "from", "between"].contains(text(at - 1)))
    else { return nil }
    return match(date, time, end)
  }

  private func isPluralPart(_ index: Int) -> Bool { word(index)?.isPlural ?? false }

  private func isDay(_ meaning: TimeMeaning) -> Bool {
    switch meaning {
    case .calendar(let date): return date.day != nil
    case .weekday, .weekdayOf, .nthWeekday, .countedWeekdays, .holiday: return true
    case .shifted(let unit, _, _): return unit == .day
    default: return false
    }
  }

  /// "this morning", "last night", "tonight", "that evening".
  private func dayPartOfNow(_ index: Int) -> (TimeMeaning, DayPart, Int)? {
    if text(index) == "tonight" { return (.shifted(.day, 0, .published), .night, index + 1) }
    let start = skipping(["the"], index)
    let named = skipping(["early", "late"], start + 1)
    guard let part = word(named)?.dayPart ?? (word(named)?.unit == .night ? .night : nil), !text(named).hasSuffix("s")
    else { return nil }
    switch text(start) {
    case "this": return (.shifted(.day, 0, .published), part, named + 1)
    case "last" where part == .night || part == .evening: return (.shifted(.day, -1, .published), part, named + 1)
    case "that": return (.shifted(.day, 0, .text), part, named + 1)
    case "next", "following": return (.shifted(.day, 1, .textOrPublished), part, named + 1)
    case "previous": return (.shifted(.day, -1, .textOrPublished), part, named + 1)
    default: return nil
    }
  }

  /// "in the morning", "in the early evening", "the evening", "the night".
  private func partOfDay(_ index: Int) -> (DayPart, Int)? {
    let the = text(index) == "in" ? index + 1 : index
    guard text(the) == "the" else { return nil }
    let named = skippingHyphen(skipping(["early", "late"], the + 1))
    guard !text(named).hasSuffix("s") else { return nil }
    if let part = word(named)?.dayPart { return (part, named + 1) }
    return word(named)?.unit == .night && text(named + 1) == "of" ? (.night, named + 1) : nil
  }

  /// A time of the clock: "3:30", "3 p.m.", "15h00", "0900 GMT", "noon", "9 to 11 a.m."; a bare hour only where one is expected.
  func clock(_ index: Int, isExpected: Bool) -> (TimeOfDay, Int)? {
    guard let (first, next, half) = hour(index, isExpected: isExpected) else { return nil }
    let start = text(index - 1) == "from" || text(index - 1) == "between"
    var join: Int?
    if ["-", "to", "until", "till"].contains(text(next)) || start && text(next) == "and" { join = next + 1 }
    if let join, let (last, end, lastHalf) = hour(join, isExpected: true),
      half != nil || lastHalf != nil || hasMinutes(index) || isExpected
    {
      // "3-4 pm": the half of the day holds for both.
      var from = first
      if half == nil, lastHalf == true, from < 720, from + 720 <= last { from += 720 }
      return (.range(from, last), skippingZone(end))
    }
    guard
      isExpected || half != nil || hasMinutes(index) || word(index)?.clock != nil || isZone(next)
        || text(index + 1) == "o"
    else { return nil }
    return (.minutes(first), skippingZone(next))
  }

  private func hasMinutes(_ index: Int) -> Bool {
    [":", "h"].contains(text(index + 1)) && isGlued(index + 1) && isGlued(index + 2) && number(index + 2) != nil
      && atoms[index + 2].digits == 2
  }

  /// Minutes from midnight, the atom after, and whether its half of the day is said and the second.
  private func hour(_ index: Int, isExpected: Bool) -> (Int, Int, Bool?)? {
    if let hour = word(index)?.clock { return (hour * 60, index + 1, hour >= 12) }
    guard let number = number(index),
      !(index > 0 && isGlued(index) && [":", "/", ".", "$", ","].contains(text(index - 1)))
    else { return nil }
    var minutes = number * 60
    var next = index + 1
    let digits = atoms[index].digits
    if digits <= 2, [":", "."].contains(text(next)), isGlued(next), isGlued(next + 1), let part = self.number(next + 1),
      atoms[next + 1].digits == 2, part < 60
    {
      let isDot = text(next) == "."
      minutes += part
      next += 2
      if text(next) == ":", isGlued(next), self.number(next + 1) != nil { next += 2 }
      if isDot, meridiem(next) == nil { return nil }
    } else if digits <= 2, text(next) == "h", isGlued(next) {
      next += 1
      if isGlued(next), let part = self.number(next), part < 60 {
        minutes += part
        next += 1
      }
      return number < 24 && (hasMinutes(index) || isExpected || isZone(next) || text(next) == "-")
        ? (minutes, next, true) : nil
    } else if digits == 4, isZone(next) || isExpected && meridiem(next) != nil {
      minutes = number / 100 * 60 + number % 100
    } else if digits > 2 {
      return nil
    }
    if text(next) == "o", text(next + 1) == "'", text(next + 2) == "clock" { next += 3 }
    if let (isAfternoon, end) = meridiem(next) {
      guard minutes < 780 else { return nil }
      return (minutes % 720 + (isAfternoon ? 720 : 0), end, isAfternoon)
    }
    guard minutes < 1440 else { return nil }
    if hasMinutes(index) { return (minutes, next, nil) }
    return isExpected && ![.noun, .propn, .num].contains(upos(next)) || isZone(next) || next > index + 1
      ? (minutes, next, nil) : nil
  }

  /// "p.m.", "am": whether it is the afternoon.
  private func meridiem(_ index: Int) -> (Bool, Int)? {
    switch text(index) {
    case "am" where upos(index) != .aux: return (false, index + 1)
    case "pm": return (true, index + 1)
    case "a", "p":
      guard text(index + 1) == ".", isGlued(index + 1), text(index + 2) == "m", isGlued(index + 2) else { return nil }
      return (text(index) == "p", text(index + 3) == "." && isGlued(index + 3) ? index + 4 : index + 3)
    default: return nil
    }
  }

  private func isZone(_ index: Int) -> Bool { word(index)?.isZone ?? false && isCapital(index) }

  private func skippingZone(_ index: Int) -> Int {
    if isZone(index) { return index + 1 }
    return text(index) == "(" && isZone(index + 1) && text(index + 2) == ")" ? index + 3 : index
  }
}

extension TimeOfDay {
  /// An hour from one to twelve, in the afternoon where a part of the day says so.
  func shifted(to part: DayPart) -> TimeOfDay {
    func shifted(_ minutes: Int) -> Int {
      minutes < 720 && (part == .afternoon || part == .evening || part == .night && minutes >= 300)
        ? minutes + 720 : minutes
    }
    switch self {
    case .minutes(let minutes): return .minutes(shifted(minutes))
    case .range(let first, let last): return .range(shifted(first), shifted(last))
    case .part: return self
    }
  }
}
