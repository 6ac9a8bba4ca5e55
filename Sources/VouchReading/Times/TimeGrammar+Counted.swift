internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
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
  func unit(_ index: Int, _ count: Int?) -> (TimeUnit, Int)? {
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
  func counted(_ index: Int, _ depth: Int) -> (TimeMeaning, Int)? {
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
    case "earlier": return opener == "in" ? nil : point(-1, .text, next + 1)
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
    guard text(start + 1) != "single", text(start + 1) != "row", !isRecord(index) else { return nil }
    return point(1, .published, next)
  }

  /// Whether words before tell of a first, a record or the like: "the worst storm in ten years".
  func isRecord(_ index: Int) -> Bool {
    (max(0, index - 8)..<index).contains {
      ["first", "time", "once", "only", "worst", "most"].contains(text($0))
        || document.tokens[atoms[$0].token].features.contains(.superlative)
    }
  }

  func isClauseEnd(_ index: Int) -> Bool {
    index >= atoms.count || [",", ".", ";", ":", ")", "!", "?", "-"].contains(text(index))
  }

  func isFollowedByNoun(_ index: Int) -> Bool {
    [.noun, .propn].contains(upos(index)) && word(index) == nil
  }

  /// "two Sundays from now", "three Fridays ago".
  func countedWeekdays(_ index: Int) -> (TimeMeaning, Int)? {
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
  func spanOfUnits(_ index: Int) -> (TimeMeaning, Int)? {
    var start = skipping(["within", "for", "over", "during", "in"], index)
    if start > index, text(index) != "within" { return nil }
    start = skipping(["the"], start)
    var found: (TimeRelation, [TimeAmount], Int)?
    if let relation = word(start)?.relation, relation != .this, text(start) != "last" || upos(start) != .verb,
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
}
