internal import VouchCore
internal import VouchLanguage

extension TimeGrammar {
  /// A number in words below 100: "twelve", "twenty-one".
  private func smallNumber(_ index: Int) -> (Int, Int)? {
    guard let first = word(index)?.cardinal, first < 100, first != 12 || text(index) != "dozen" else { return nil }
    if first >= 20 {
      let next = skippingHyphen(index + 1)
      if let unit = word(next)?.cardinal, unit < 10 { return (first + unit, next + 1) }
    }
    return (first, index + 1)
  }

  /// A number in words: "two thousand and eighteen", "three hundred", "fifteen".
  private func numberInWords(_ index: Int) -> (Int, Int)? {
    guard var (total, next) = smallNumber(index) else { return nil }
    if text(next) == "hundred" {
      total *= 100
      next += 1
    }
    if text(next) == "thousand" {
      total *= 1000
      next += 1
      if let (hundreds, after) = smallNumber(next), hundreds < 10, text(after) == "hundred" {
        total += hundreds * 100
        next = after + 1
      }
    }
    if total >= 100 {
      let after = skipping(["and"], next)
      if let (rest, end) = smallNumber(after) { return (total + rest, end) }
    }
    return (total, next)
  }

  /// A whole number of at most four digits, or in words.
  func count(_ index: Int) -> (Int, Int)? {
    if let number = number(index) {
      guard atoms[index].digits <= 4,
        !(text(index + 1) == "." && number != 0 && isGlued(index + 1) && self.number(index + 2) != nil
          && isGlued(index + 2))
      else { return nil }
      return (number, index + 1)
    }
    return numberInWords(index)
  }

  /// How many units: hundredths, `nil` for an unknown number.
  ///
  /// "3", "two and a half", "a couple of", "several", "half a", "1.5".
  func quantity(_ index: Int) -> (hundredths: Int?, next: Int)? {
    switch text(index) {
    case "a", "an":
      switch text(index + 1) {
      case "few": return (nil, index + 2)
      case "couple": return (200, skipping(["of"], index + 2))
      case "dozen": return (1200, index + 2)
      case "half" where text(index + 2) == "-" || word(index + 2)?.unit != nil: return (50, skippingHyphen(index + 2))
      case "full", "whole", "further", "mere", "single", "additional": return (100, index + 2)
      default: return (100, index + 1)
      }
    case "another":
      if let (number, next) = count(index + 1) { return (number * 100, next) }
      return (100, index + 1)
    case "couple": return (200, skipping(["of"], index + 1))
    case "several", "few": return (nil, index + 1)
    case "full": return (100, skippingHyphen(index + 1))
    case "some":
      // "some 30 years" is about a number, "some days" is without one.
      if let (number, next) = count(index + 1) { return (number * 100, next) }
      return (nil, index + 1)
    case "half":
      let next = skippingHyphen(index + 1)
      return (50, skipping(["a", "an"], next))
    case "dozens": return (nil, skipping(["of"], index + 1))
    default: break
    }
    if let whole = number(index), text(index + 1) == ".", isGlued(index + 1), let part = number(index + 2),
      isGlued(index + 2),
      atoms[index].digits <= 4, atoms[index + 2].digits <= 2
    {
      return (whole * 100 + (atoms[index + 2].digits == 1 ? part * 10 : part), index + 3)
    }
    guard let (number, next) = count(index) else { return nil }
    // "two and a half", "one and a quarter", "two-and-a-half".
    let and = skippingHyphen(next)
    if text(and) == "and" {
      let article = skippingHyphen(and + 1)
      let part = text(article) == "a" ? skippingHyphen(article + 1) : article
      if text(part) == "half" { return (number * 100 + 50, part + 1) }
      if text(part) == "quarter", text(article) == "a" { return (number * 100 + 25, part + 1) }
    }
    return (number * 100, next)
  }

  /// "3rd", "third", "twenty-third", "last", "second last", "third-to-last": from the end if negative.
  func ordinal(_ index: Int) -> (Int, Int)? {
    if let number = number(index), atoms[index].digits <= 3, isGlued(index + 1),
      ["st", "nd", "rd", "th"].contains(text(index + 1))
    {
      return (number, index + 2)
    }
    if let tens = word(index)?.cardinal, tens >= 20, tens < 100, let unit = word(skippingHyphen(index + 1))?.ordinal,
      unit < 10
    {
      return (tens + unit, skippingHyphen(index + 1) + 1)
    }
    return word(index)?.ordinal.map { ($0, index + 1) }
  }

  /// A day of the month: "28", "28th", "the 28th", "twenty-eighth", "fifteen".
  func dayOfMonth(_ index: Int, digitsOnly: Bool = false) -> (Int, Int)? {
    let start = skipping(["the"], index)
    if let (day, next) = ordinal(start), (1...31).contains(day) { return (day, next) }
    if let day = number(start), atoms[start].digits <= 2, (1...31).contains(day) {
      return (day, start + 1)
    }
    guard !digitsOnly, let (day, next) = smallNumber(start), (1...31).contains(day) else { return nil }
    return (day, next)
  }

  /// A year: "2014", "1789 AD", "nineteen seventy-eight", "two thousand and eighteen"; after "of" also "87".
  func year(_ index: Int) -> (Int, Int)? {
    if let number = number(index) {
      guard atoms[index].digits == 4, (1000...2999).contains(number),
        !(isGlued(index + 1)
          && (text(index + 1) == "s"
            || self.number(index + 2) != nil && isGlued(index + 2) && ["/", ".", ":"].contains(text(index + 1))))
      else { return nil }
      return (number, index + 1)
    }
    if text(index) == "'", isGlued(index + 1), let short = number(index + 1), atoms[index + 1].digits == 2 {
      return (PartialDate.full(year: short), index + 2)
    }
    if let (century, next) = smallNumber(index), (10...29).contains(century), century <= 20 || text(next) == "hundred" {
      let hundred = skipping(["hundred"], next)
      let rest = skipping(["and"], hundred)
      if let (years, end) = smallNumber(rest), years >= 10 || hundred > next { return (century * 100 + years, end) }
      if hundred > next { return (century * 100, hundred) }
    }
    guard let (number, next) = numberInWords(index), (1000...2999).contains(number) else { return nil }
    return (number, next)
  }
}
