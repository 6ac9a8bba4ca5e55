internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Reads one time expression at a token.
struct TimeReader {
  private let document: Document
  private let published: CalendarDate?

  init(_ document: Document) {
    self.document = document
    published = document.article.metadata.published.flatMap { $0.day == nil ? nil : $0 }
  }

  private static let numbers: [String: Int] = [
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
  ]
  private static let units: [String: String] = [
    "year": "Y", "years": "Y", "month": "M", "months": "M", "week": "W", "weeks": "W", "day": "D", "days": "D",
    "hour": "H", "hours": "H", "minute": "TM", "minutes": "TM",
  ]

  private func norm(_ index: Int, _ sentence: Range<Int>) -> String {
    sentence.contains(index) ? document.tokens[index].norm : ""
  }

  private func isCapital(_ index: Int) -> Bool {
    (0x41...0x5A).contains(document.text.bytes[Int(document.tokens[index].span.start)])
  }

  /// The expression that begins at a token, and the token after it.
  func expression(at index: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    monthDate(index, sentence) ?? dayMonth(index, sentence) ?? weekday(index, sentence) ?? relative(index, sentence)
      ?? isoOrYear(index, sentence) ?? duration(index, sentence)
  }

  private func make(_ first: Int, _ end: Int, _ date: CalendarDate?, _ value: String) -> (TimeExpression, Int) {
    let span = document.tokens[first].span.union(document.tokens[end - 1].span)
    let from = date.flatMap { CalendarDate(dayNumber: $0.dayNumber) }
    let to = date.flatMap { CalendarDate(dayNumber: $0.endDayNumber) }
    return (TimeExpression(span, kind: .date, value: value, date: date, from: from, to: to), end)
  }

  private func year(_ index: Int, _ sentence: Range<Int>) -> Int? {
    let norm = norm(index, sentence)
    guard norm.utf8.count == 4, let year = Int(norm), (1800...2100).contains(year) else { return nil }
    return year
  }

  private func day(_ index: Int, _ sentence: Range<Int>) -> Int? {
    var norm = norm(index, sentence)
    for ending in ["st", "nd", "rd", "th"] where norm.hasSuffix(ending) { norm = String(norm.dropLast(2)) }
    guard norm.utf8.count <= 2, let day = Int(norm), (1...31).contains(day) else { return nil }
    return day
  }

  /// A month with what belongs to it: "December 28, 2025", "February 2022", "early January", "in March".
  private func monthDate(_ start: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    let isPart = ["early", "mid", "late"].contains(norm(start, sentence))
    let index = isPart ? start + 1 : start
    guard sentence.contains(index), isCapital(index), let month = GrammarWords.month(norm(index, sentence)) else {
      return nil
    }
    var next = index + 1
    if norm(next, sentence) == ".", norm(index, sentence).utf8.count <= 4 { next += 1 }
    if let day = day(next, sentence) {
      next += 1
      let yearIndex = norm(next, sentence) == "," ? next + 1 : next
      if let year = year(yearIndex, sentence), let date = CalendarDate(year: year, month: month, day: day) {
        return make(start, yearIndex + 1, date, date.description)
      }
      let date = closest(month: month, day: day, near: index, sentence)
      return make(start, next, date, date?.description ?? "XXXX-\(pad(month))-\(pad(day))")
    }
    if let year = year(next, sentence) {
      return CalendarDate(year: year, month: month).map { make(start, next + 1, $0, $0.description) }
    }
    guard
      isPart
        || ["in", "since", "last", "next", "of", "by", "until", "this", "from", "during", "for"].contains(
          norm(start - 1, sentence)),
      norm(index, sentence) != "mar", norm(index, sentence) != "jan"
    else { return nil }
    let date = closest(month: month, day: nil, near: index, sentence)
    return make(start, index + 1, date, date?.description ?? "XXXX-\(pad(month))")
  }

  /// "28 December 2025", "28 Dec.".
  private func dayMonth(_ index: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    guard let day = day(index, sentence), sentence.contains(index + 1), isCapital(index + 1),
      let month = GrammarWords.month(norm(index + 1, sentence))
    else { return nil }
    if let year = year(index + 2, sentence), let date = CalendarDate(year: year, month: month, day: day) {
      return make(index, index + 3, date, date.description)
    }
    let date = closest(month: month, day: day, near: index, sentence)
    return make(index, index + 2, date, date?.description ?? "XXXX-\(pad(month))-\(pad(day))")
  }

  private func weekday(_ index: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    guard isCapital(index), let weekday = GrammarWords.weekday(norm(index, sentence)) else { return nil }
    guard let published else { return make(index, index + 1, nil, "XXXX-WXX-\(weekday + 1)") }
    var back = (published.weekday - weekday + 7) % 7
    let isFuture = isFuture(index, sentence)
    if isFuture { back -= 7 }
    if isFuture && back == -7 && norm(index - 1, sentence) != "next" { back = 0 }
    let date = CalendarDate(dayNumber: published.dayNumber - back)
    return make(index, index + 1, date, date?.description ?? "XXXX-WXX-\(weekday + 1)")
  }

  /// "today", "yesterday", "last month", "next year", "two days ago".
  private func relative(_ index: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    let word = norm(index, sentence)
    if let shift = ["today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1][word] {
      let date = published.flatMap { CalendarDate(dayNumber: $0.dayNumber + shift) }
      return make(index, index + 1, date, date?.description ?? "XXXX-XX-XX")
    }
    if let shift = ["last": -1, "this": 0, "next": 1][word] {
      switch norm(index + 1, sentence) {
      case "year":
        let date = published.flatMap { CalendarDate(year: $0.year + shift) }
        return make(index, index + 2, date, date?.description ?? "XXXX")
      case "month":
        let date = published.flatMap { month($0, plus: shift) }
        return make(index, index + 2, date, date?.description ?? "XXXX-XX")
      default: return nil
      }
    }
    guard let count = count(index, sentence), norm(index + 2, sentence) == "ago", let published else { return nil }
    let unit = norm(index + 1, sentence)
    let date: CalendarDate?
    switch unit {
    case "day", "days": date = CalendarDate(dayNumber: published.dayNumber - count)
    case "year", "years": date = CalendarDate(year: published.year - count)
    case "month", "months": date = month(published, plus: -count)
    default: date = nil
    }
    return date.map { make(index, index + 3, $0, $0.description) }
  }

  /// "2025-12-28", and a year after a word that takes one.
  private func isoOrYear(_ index: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    let norm = norm(index, sentence)
    if norm.utf8.count == 10, let date = CalendarDate(iso8601: norm), date.day != nil {
      return make(index, index + 1, date, norm)
    }
    guard let year = year(index, sentence),
      ["in", "since", "of", "by", "until", "from", "early", "late", "before", "after", "during", "mid", "than"]
        .contains(self.norm(index - 1, sentence)),
      !["people", "%", "percent", "km", "miles", "troops", "soldiers"].contains(self.norm(index + 1, sentence))
    else { return nil }
    return CalendarDate(year: year).map { make(index, index + 1, $0, norm) }
  }

  private func duration(_ index: Int, _ sentence: Range<Int>) -> (TimeExpression, Int)? {
    guard let count = count(index, sentence), let unit = Self.units[norm(index + 1, sentence)] else { return nil }
    let span = document.tokens[index].span.union(document.tokens[index + 1].span)
    let value = unit == "TM" ? "PT\(count)M" : unit == "H" ? "PT\(count)H" : "P\(count)\(unit)"
    return (TimeExpression(span, kind: .duration, value: value), index + 2)
  }

  private func count(_ index: Int, _ sentence: Range<Int>) -> Int? {
    let norm = norm(index, sentence)
    if let number = Self.numbers[norm] { return number }
    guard norm.utf8.count <= 3, let number = Int(norm), number > 0 else { return nil }
    return number
  }

  private func month(_ date: CalendarDate, plus shift: Int) -> CalendarDate? {
    let months = date.year * 12 + (date.month ?? 1) - 1 + shift
    return CalendarDate(year: months / 12, month: months % 12 + 1)
  }

  /// The last such date before publication or in the 45 days after it; after words of the future the next one.
  private func closest(month: Int, day: Int?, near index: Int, _ sentence: Range<Int>) -> CalendarDate? {
    guard let published else { return nil }
    let dates = [published.year - 1, published.year, published.year + 1].compactMap {
      CalendarDate(year: $0, month: month, day: day)
    }
    if isFuture(index, sentence) { return dates.first { $0.endDayNumber > published.dayNumber } }
    return dates.last { $0.dayNumber <= published.dayNumber + 45 }
  }

  /// Whether words of the future stand before a token.
  private func isFuture(_ index: Int, _ sentence: Range<Int>) -> Bool {
    (max(sentence.lowerBound, index - 10)..<index).contains {
      ["will", "next", "coming", "upcoming", "'ll", "wo", "due", "scheduled", "until", "deadline"].contains(
        document.tokens[$0].norm)
    }
  }

  private func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
