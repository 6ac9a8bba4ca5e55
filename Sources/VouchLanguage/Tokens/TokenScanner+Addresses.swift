extension TokenScanner {
  /// The end of a web address, a mail address, a file name, a hashtag or an account name that starts at an index.
  func addressEnd(_ start: Int) -> Int? {
    switch s.value(start) {
    case 0x23, 0x40: return tagEnd(start)
    case 0x2E:
      // A file's ending by itself: ".doc".
      let end = lettersEnd(start + 1, limit: 6)
      let isEnding = !s.isWord(end) && s.kind(start - 1) != .letter
      return isEnding && TokenWords.fileEndings.contains(lowered(start + 1..<end)) ? end : nil
    default: break
    }
    guard s.lower(start) != 0 || s.kind(start) == .digit, !s.isWord(start - 1) else { return nil }
    if ["http://", "https://", "ftp://", "www.", "mailto:", "doi:10."].contains(where: { starts(start, with: $0) }) {
      return untilSpace(start)
    }
    return mailEnd(start) ?? dottedEnd(start)
  }

  /// The end of `#word` or `@name`.
  private func tagEnd(_ start: Int) -> Int? {
    guard s.kind(start + 1) == .letter, !s.isWord(start - 1) else { return nil }
    var end = start + 1
    while s.isWord(end) || s.kind(end) == .mark || s.value(end) == 0x5F { end += 1 }
    return end
  }

  /// The end of an address that runs up to white space, without the punctuation after it.
  private func untilSpace(_ start: Int) -> Int {
    var end = start
    var brackets = 0
    while end < s.count, s.kind(end) != .space, !TokenWords.addressLimits.contains(s.value(end)) {
      brackets += s.value(end) == 0x28 ? 1 : s.value(end) == 0x29 ? -1 : 0
      end += 1
    }
    while end > start + 4, TokenWords.addressTrailing.contains(s.value(end - 1)) {
      if s.value(end - 1) == 0x29 {
        // A bracket that the address opens belongs to it.
        if brackets >= 0 { break }
        brackets += 1
      }
      end -= 1
    }
    return end
  }

  private func mailEnd(_ start: Int) -> Int? {
    func isMail(_ index: Int) -> Bool {
      s.isWord(index) && s.value(index) < 0x80 || [0x2E, 0x5F, 0x25, 0x2B, 0x2D].contains(s.value(index))
    }
    var at = start
    while at - start < 64, isMail(at) { at += 1 }
    guard s.value(at) == 0x40, s.isWord(at + 1) else { return nil }
    var end = at + 1
    var dots = 0
    while end - at < 128, isMail(end) {
      if s.value(end) == 0x2E { dots += 1 }
      end += 1
    }
    while end > at, !s.isWord(end - 1) {
      if s.value(end - 1) == 0x2E { dots -= 1 }
      end -= 1
    }
    return dots > 0 ? end : nil
  }

  /// The end of labels with dots that are a domain ("example.org/a"), a file ("notes.doc") or a newsgroup.
  private func dottedEnd(_ start: Int) -> Int? {
    var end = start
    var firstDot = start
    var lastDot = start
    var isDomain = true
    while end - start < 96 {
      let value = s.value(end)
      if s.isWord(end), value < 0x80 || lastDot == start {
        end += 1
      } else if value == 0x2E, s.isWord(end + 1), s.isWord(end - 1) {
        if firstDot == start { firstDot = end }
        lastDot = end
        end += 1
      } else if [0x2D, 0x5F, 0x23].contains(value), s.isWord(end + 1) || s.value(end + 1) == 0x23 {
        if value != 0x2D { isDomain = false }
        end += 1
      } else {
        break
      }
    }
    guard lastDot > start, !s.isWord(end) else { return nil }
    let label = lowered(lastDot + 1..<min(end, lastDot + 8))
    let isOneCase = s.isUpper(lastDot + 1) == s.isUpper(end - 1)
    if isOneCase, TokenWords.fileEndings.contains(label) { return end }
    if isOneCase, isDomain, TokenWords.domains.contains(label) {
      return s.value(end) == 0x2F && s.isWord(end + 1) ? untilSpace(start) : end
    }
    guard firstDot - start <= 6, !s.isUpper(start), TokenWords.newsgroups.contains(lowered(start..<firstDot)) else {
      return nil
    }
    return end
  }

  private func starts(_ start: Int, with prefix: String) -> Bool {
    var index = start
    for scalar in prefix.unicodeScalars {
      guard s.value(index) == scalar.value || s.lower(index) == scalar.value else { return false }
      index += 1
    }
    return true
  }
}
