internal import VouchCore

/// Finds calendar dates written out in digits and month names, never relative ones.
enum DateWords {
  /// A date and its bytes in the text searched.
  struct Match: Hashable {
    var date: CalendarDate
    var range: Range<Int>
  }

  private struct Token {
    enum Kind { case number, word, mark }
    var kind: Kind
    var range: Range<Int>
    var number = 0
    var month: Int?
  }

  /// The first date in a string; ISO 8601 first.
  static func parse(_ text: String) -> CalendarDate? {
    guard let tidy = GivenMetadata.tidy(text) else { return nil }
    return CalendarDate(iso8601: tidy) ?? matches(in: Array(tidy.utf8)[...]).first?.date
  }

  /// All dates with day, month and year, in order, in offsets of the slice.
  ///
  /// `28 December 2025`, `Dec. 28th, 2025`, `2025-12-28`, `2025/12/28`, `28.12.2025`, and `28/12/2025` where it can be
  /// read in one way only.
  static func matches(in bytes: ArraySlice<UInt8>) -> [Match] {
    let tokens = tokens(in: bytes)
    var matches: [Match] = []
    var index = 0
    while index < tokens.count {
      if let (date, last) = date(at: index, tokens, bytes) {
        matches.append(Match(date: date, range: tokens[index].range.lowerBound..<tokens[last].range.upperBound))
        index = last + 1
      } else {
        index += 1
      }
    }
    return matches
  }

  private static func tokens(in bytes: ArraySlice<UInt8>) -> [Token] {
    var tokens: [Token] = []
    var position = bytes.startIndex
    func run(_ isPart: (UInt8) -> Bool) -> Range<Int> {
      let start = position
      while position < bytes.endIndex, isPart(bytes[position]) { position += 1 }
      return start..<position
    }
    while position < bytes.endIndex {
      let byte = bytes[position]
      if (0x30...0x39).contains(byte) {
        let range = run { (0x30...0x39).contains($0) }
        let number = range.count <= 4 ? Int(String(decoding: bytes[range], as: UTF8.self)) ?? 0 : 0
        tokens.append(Token(kind: .number, range: range, number: number))
      } else if isLetter(byte) {
        let range = run(isLetter)
        tokens.append(Token(kind: .word, range: range, month: month(bytes[range])))
      } else {
        // A no-break space is a space.
        let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte) || byte == 0xC2 || byte == 0xA0
        if !isSpace { tokens.append(Token(kind: .mark, range: position..<(position + 1))) }
        position += 1
      }
    }
    return tokens
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0xC3
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
  ]

  private static func month(_ word: ArraySlice<UInt8>) -> Int? {
    guard word.count >= 3, let first = word.first, (0x41...0x5A).contains(first) else { return nil }
    let lower = String(decoding: word, as: UTF8.self).lowercased()
    for (index, name) in months.enumerated()
    where lower == name || lower == name.prefix(3) || (lower == "sept" && index == 8) {
      return index + 1
    }
    return nil
  }

  private static func date(at index: Int, _ tokens: [Token], _ bytes: ArraySlice<UInt8>) -> (CalendarDate, Int)? {
    let token = tokens[index]
    // A date is not the tail of a longer number or word.
    if index > 0, tokens[index - 1].range.upperBound == token.range.lowerBound, token.kind == .number {
      if tokens[index - 1].kind != .mark || bytes[tokens[index - 1].range.lowerBound] != 0x28 { return nil }
    }
    if let month = token.month { return monthFirst(month, after: index, tokens, bytes) }
    guard token.kind == .number else { return nil }
    return dayFirst(index, tokens, bytes) ?? numeric(index, tokens, bytes)
  }

  private static func isMark(_ index: Int, _ tokens: [Token], _ bytes: ArraySlice<UInt8>, _ marks: [UInt8]) -> Bool {
    index < tokens.count && tokens[index].kind == .mark && marks.contains(bytes[tokens[index].range.lowerBound])
  }

  private static func isOrdinal(_ index: Int, _ tokens: [Token], _ bytes: ArraySlice<UInt8>) -> Bool {
    guard index > 0, index < tokens.count, tokens[index].kind == .word,
      tokens[index].range.lowerBound == tokens[index - 1].range.upperBound
    else { return false }
    return ["st", "nd", "rd", "th"].contains(String(decoding: bytes[tokens[index].range], as: UTF8.self).lowercased())
  }

  private static func year(_ index: Int, _ tokens: [Token]) -> Int? {
    guard index < tokens.count, tokens[index].kind == .number, tokens[index].range.count == 4,
      (1800...2199).contains(tokens[index].number)
    else { return nil }
    return tokens[index].number
  }

  private static func day(_ index: Int, _ tokens: [Token]) -> Int? {
    guard index < tokens.count, tokens[index].kind == .number, tokens[index].range.count <= 2 else { return nil }
    return tokens[index].number
  }

  /// Reads dates such as `December 28, 2025`.
  private static func monthFirst(
    _ month: Int, after index: Int, _ tokens: [Token], _ bytes: ArraySlice<UInt8>
  ) -> (CalendarDate, Int)? {
    var next = index + 1
    if isMark(next, tokens, bytes, [0x2E]) { next += 1 }
    guard let day = day(next, tokens) else { return nil }
    next += 1
    if isOrdinal(next, tokens, bytes) { next += 1 }
    if isMark(next, tokens, bytes, [0x2C]) { next += 1 }
    guard let year = year(next, tokens), let date = CalendarDate(year: year, month: month, day: day) else { return nil }
    return (date, next)
  }

  /// Reads dates such as `28 Dec. 2025` and `28th of December, 2025`.
  private static func dayFirst(_ index: Int, _ tokens: [Token], _ bytes: ArraySlice<UInt8>) -> (CalendarDate, Int)? {
    guard let day = day(index, tokens) else { return nil }
    var next = index + 1
    if isOrdinal(next, tokens, bytes) { next += 1 }
    if isMark(next, tokens, bytes, [0x2E, 0x2D]) { next += 1 }
    if next < tokens.count, String(decoding: bytes[tokens[next].range], as: UTF8.self).lowercased() == "of" {
      next += 1
    }
    guard next < tokens.count, let month = tokens[next].month else { return nil }
    next += 1
    while isMark(next, tokens, bytes, [0x2E, 0x2C, 0x2D]) { next += 1 }
    guard let year = year(next, tokens), let date = CalendarDate(year: year, month: month, day: day) else { return nil }
    return (date, next)
  }

  /// Reads dates such as `2025-12-28`, `2025/12/28`, `28.12.2025` and `28/12/2025`.
  private static func numeric(_ index: Int, _ tokens: [Token], _ bytes: ArraySlice<UInt8>) -> (CalendarDate, Int)? {
    let last = index + 4
    guard last < tokens.count, isMark(index + 1, tokens, bytes, [0x2D, 0x2F, 0x2E]),
      bytes[tokens[index + 1].range.lowerBound] == bytes[tokens[index + 3].range.lowerBound],
      tokens[index + 2].kind == .number, tokens[last].kind == .number,
      tokens[last].range.upperBound - tokens[index].range.lowerBound <= 10
    else { return nil }
    let mark = bytes[tokens[index + 1].range.lowerBound]
    let (first, second, third) = (tokens[index].number, tokens[index + 2].number, tokens[last].number)
    if let year = year(index, tokens), mark != 0x2E {
      return CalendarDate(year: year, month: second, day: third).map { ($0, last) }
    }
    guard let year = year(last, tokens), mark != 0x2D else { return nil }
    // With slashes Americans put the month first: read only what has one reading.
    if mark == 0x2E || first > 12 || first == second {
      return CalendarDate(year: year, month: second, day: first).map { ($0, last) }
    }
    return second > 12 ? CalendarDate(year: year, month: first, day: second).map { ($0, last) } : nil
  }
}
