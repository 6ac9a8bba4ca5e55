internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  private static let beforeArticle: Set<String> = [
    "for", "in", "within", "after", "about", "almost", "nearly", "around", "over", "than", "least", "most", "another",
    "lasted",
    "last", "took", "take", "takes", "spent", "spend", "half", "served", "every", "once",
  ]

  /// "three days", "a two-week truce", "more than an hour", "all week".
  func duration(_ index: Int) -> TimeMatch? {
    if text(index) == "all" || text(index) == "full", case let noun = skippingHyphen(index + 1),
      let unit = word(noun)?.unit, !text(noun).hasSuffix("s"), !unit.isClock
    {
      return TimeMatch(content: .duration([TimeAmount(hundredths: 100, unit: unit)]), first: index, next: noun + 1)
    }
    guard let (amounts, next) = amounts(index) else { return nil }
    // Ages and rates are no durations: "a 20-year-old", "five years old", "$3 a day", "twice a week", "100 miles an hour".
    if text(skippingHyphen(next)) == "old" || text(next) == "of" && text(next + 1) == "age" { return nil }
    if text(index) == "a" || text(index) == "an", amounts[0].hundredths == 100 {
      let isOpen = Self.beforeArticle.contains(text(index - 1))
      guard isOpen || text(next) == "of" && [.verb, .adp].contains(upos(index - 1)) || text(index + 1) == "full" else {
        return nil
      }
    }
    if amounts[0].unit == .quarter || amounts[0].unit == .night && text(index + 1) == "at" { return nil }
    if amounts[0].unit == .second, amounts[0].hundredths == nil { return nil }
    // "one day", "some day": no matter how long.
    if amounts.count == 1, ["one", "some"].contains(text(index)), !text(next - 1).hasSuffix("s"),
      text(index + 1) != "-",
      !Self.beforeArticle.contains(text(index - 1))
    {
      return amounts[0].unit == .day || text(index) == "some"
        ? nil : TimeMatch(content: .duration(amounts), first: index, next: next)
    }
    return TimeMatch(content: .duration(amounts), first: index, next: next)
  }

  /// "every Monday", "each year", "every two weeks", "daily", "Mondays", "twice a week".
  func set(_ index: Int) -> TimeMatch? {
    func match(_ value: String, _ next: Int) -> TimeMatch { TimeMatch(content: .set(value), first: index, next: next) }
    if let frequency = word(index)?.frequency {
      return text(index) == "annual" || isLabelled(index) ? nil : match(frequency, index + 1)
    }
    if let word = word(index), word.isPlural, let weekday = word.weekday, text(index - 1) != "-" {
      return match("XXXX-WXX-\(weekday + 1)", index + 1)
    }
    if text(index) == "weekdays" { return match("XXXX-WXX", index + 1) }
    switch text(index) {
    case "every", "each":
      let start = skipping(["other", "single"], index + 1)
      let factor = text(index + 1) == "other" ? 200 : 100
      if let word = word(start) {
        if let weekday = word.weekday { return match("XXXX-WXX-\(weekday + 1)", self.weekday(start)?.1 ?? start + 1) }
        if let month = word.month, isCapital(start) { return match(PartialDate(month: month).value, start + 1) }
        if let part = word.dayPart, !text(start).hasSuffix("s") {
          return match("XXXX-XX-XXT" + part.rawValue, start + 1)
        }
        if let season = word.season { return match("XXXX-" + season.rawValue, start + 1) }
        if let unit = word.unit, !text(start).hasSuffix("s") {
          return match(TimeAmount.value([TimeAmount(hundredths: factor, unit: unit)]), start + 1)
        }
      }
      guard text(index) == "every", factor == 100, let (amounts, next) = amounts(start) else { return nil }
      return match(TimeAmount.value(amounts), next)
    default: break
    }
    // "once a week", "three times a year".
    let times: Int?
    switch text(index) {
    case "once", "twice": times = index + 1
    default: times = count(index).flatMap { text($0.1) == "times" ? $0.1 + 1 : nil }
    }
    guard let times, ["a", "an", "per", "each", "every"].contains(text(times)), let unit = word(times + 1)?.unit else {
      return nil
    }
    return match(TimeAmount.value([TimeAmount(hundredths: 100, unit: unit)]), times + 2)
  }
}
