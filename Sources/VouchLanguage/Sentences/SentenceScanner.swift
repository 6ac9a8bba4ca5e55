internal import VouchCore

/// Finds where the sentences of one block end.
struct SentenceScanner {
  private let bytes: [UInt8]
  private let abbreviations: Abbreviations

  init(_ bytes: [UInt8], _ abbreviations: Abbreviations) {
    self.bytes = bytes
    self.abbreviations = abbreviations
  }

  /// Words after a quoted question or exclamation that show that its sentence goes on.
  private static let reporting: Set<String> = ["said", "says", "asked", "told", "added", "replied", "wrote", "asks"]

  /// The sentences of a range, which they cover without gaps.
  func spans(in range: Range<Int>) -> [Span] {
    var spans: [Span] = []
    var start = range.lowerBound
    var position = start
    while position < range.upperBound {
      if bytes[position] == 0x0A, let next = afterBlankLine(position, range.upperBound) {
        spans.append(Span(start, position))
        start = next
        position = next
        continue
      }
      let width = stopWidth(position, range.upperBound)
      guard width > 0 else {
        position += 1
        continue
      }
      var end = position + width
      while end < range.upperBound, case let more = stopWidth(end, range.upperBound), more > 0 { end += more }
      let afterStops = end
      while end < range.upperBound, case let closer = closerWidth(end, range.upperBound), closer > 0 { end += closer }
      if ends(stop: position, afterStops: afterStops, end: end, start: start, limit: range.upperBound) {
        spans.append(Span(start, end))
        start = end
      }
      position = end
    }
    if start < range.upperBound { spans.append(Span(start, range.upperBound)) }
    return spans
  }

  /// Whether the sentence ends at `end`.
  private func ends(stop: Int, afterStops: Int, end: Int, start: Int, limit: Int) -> Bool {
    var next = end
    while next < limit, case let space = SourceText.spaceWidth(bytes, at: next, before: limit), space > 0 {
      next += space
    }
    guard next < limit else { return true }
    guard next > end else { return false }
    let word = wordAhead(next, limit)
    if let first = word.unicodeScalars.first, first.properties.isLowercase { return false }
    let isDot = bytes[stop] == 0x2E && afterStops == stop + 1
    if !isDot {
      return !(end > afterStops && isReported(next, limit))
    }
    return dotEnds(stop, start: start, next: next, limit: limit, word: word)
  }

  private func dotEnds(_ stop: Int, start: Int, next: Int, limit: Int, word: String) -> Bool {
    var wordStart = stop
    while wordStart > start, stop - wordStart < 24, isWordByte(bytes[wordStart - 1]) { wordStart -= 1 }
    let form = String(decoding: bytes[wordStart...stop], as: UTF8.self)
    guard let kind = abbreviations.kind(form) else { return true }
    let startsSentence = GrammarWords.sentenceStarters.contains(word.lowercased())
    switch kind {
    case "title": return form == "Jr." || form == "Sr." ? startsSentence : false
    case "month", "weekday": return startsSentence && !(0x30...0x39).contains(bytes[next])
    case "other":
      if (0x30...0x39).contains(bytes[next]) { return false }
      return form == "No." ? wordStart == start : startsSentence
    default: return startsSentence || isQuote(next)
    }
  }

  /// Whether "… X said" follows a quotation that ended in `?` or `!`.
  private func isReported(_ next: Int, _ limit: Int) -> Bool {
    var position = next
    for _ in 0..<4 {
      let word = wordAhead(position, limit)
      guard !word.isEmpty else { return false }
      if Self.reporting.contains(word) { return true }
      position += word.utf8.count
      guard position < limit, bytes[position] == 0x20 else { return false }
      position += 1
    }
    return false
  }

  /// The letters, hyphens and apostrophes from `position` on, at most 40 bytes.
  private func wordAhead(_ position: Int, _ limit: Int) -> String {
    var end = position
    while end < limit, end - position < 40, isLetterByte(bytes[end]) { end += 1 }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  private func isLetterByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || byte >= 0xC3 && byte != 0xE2 || (0x80...0xBF).contains(byte)
  }
  private func isWordByte(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF) || byte >= 0x80 || byte == 0x2E || byte == 0x2D || byte == 0x2F
  }
  private func isQuote(_ position: Int) -> Bool {
    bytes[position] == 0x22
      || bytes[position] == 0xE2 && position + 2 < bytes.count && bytes[position + 1] == 0x80
        && bytes[position + 2] == 0x9C
  }

  /// Width of `.`, `!`, `?` or `…` at a position, else 0.
  private func stopWidth(_ position: Int, _ limit: Int) -> Int {
    switch bytes[position] {
    case 0x2E, 0x21, 0x3F: return 1
    case 0xE2 where position + 2 < limit && bytes[position + 1] == 0x80 && bytes[position + 2] == 0xA6: return 3
    default: return 0
    }
  }

  /// Width of a closing quotation mark or bracket, else 0.
  private func closerWidth(_ position: Int, _ limit: Int) -> Int {
    switch bytes[position] {
    case 0x22, 0x27, 0x29, 0x5D: return 1
    case 0xC2 where position + 1 < limit && bytes[position + 1] == 0xBB: return 2
    case 0xE2
    where position + 2 < limit && bytes[position + 1] == 0x80
      && (bytes[position + 2] == 0x99 || bytes[position + 2] == 0x9D):
      return 3
    default: return 0
    }
  }

  /// Where the next line with words begins if a blank line follows the line feed at `position`.
  private func afterBlankLine(_ position: Int, _ limit: Int) -> Int? {
    var next = position + 1
    var isBlank = false
    while next < limit, case let space = SourceText.spaceWidth(bytes, at: next, before: limit), space > 0 {
      if bytes[next] == 0x0A { isBlank = true }
      next += space
    }
    return isBlank ? next : nil
  }
}
