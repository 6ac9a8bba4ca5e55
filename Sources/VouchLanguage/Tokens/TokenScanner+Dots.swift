extension TokenScanner {
  /// Whether the dot after the word that starts at `start` belongs to the word.
  func keepsDot(_ start: Int, _ dot: Int) -> Bool {
    guard dot - start <= 14, !(s.value(dot + 1) == 0x2E && s.value(dot + 2) == 0x2E) else { return false }
    guard s.kind(start) == .letter else { return isClock(start, dot) }
    let word = form(start..<dot + 1)
    guard let kind = abbreviations.kind(word) else { return false }
    // A sentence that begins without a space: "won.The".
    if s.kind(dot + 1) == .letter, !s.isUpper(dot + 1) { return false }
    let next = afterSpace(dot + 1)
    if dot - start == 1 { return isInitial(start, next) }
    if word.dropLast().contains(".") { return true }
    let lowered = lowered(start..<dot)
    if s.value(dot + 1) == 0x2E { return kind == "company" || kind == "title" }
    if TokenWords.numbered.contains(lowered) { return s.kind(next) == .digit }
    if s.value(start - 2) == 0x2C, kind == "state" || lowered == "del" { return true }
    guard TokenWords.ambiguous.contains(form(start..<dot)) else { return true }
    switch kind {
    case "title": return s.isUpper(next)
    case "state", "month", "weekday", "company":
      return next < s.count && !s.isUpper(next)
    default: return next < s.count && !s.isUpper(next) && s.kind(next) != .other || s.value(dot + 1) == 0x2C
    }
  }

  /// Whether the dot ends "10a.m." or the like.
  private func isClock(_ start: Int, _ dot: Int) -> Bool {
    guard dot - start > 3, s.kind(dot - 4) == .digit else { return false }
    return ["a.m", "p.m"].contains(lowered(dot - 3..<dot))
  }

  /// Whether a single letter before a dot is an initial or the like, judged by the word at `next`.
  private func isInitial(_ start: Int, _ next: Int) -> Bool {
    if !s.isUpper(start) { return s.kind(next) == .digit }
    guard next < s.count else { return false }
    if s.value(next) == 0x2C || s.value(next) == 0x3B { return s.lower(start) != 0x69 }
    guard s.isUpper(next) else { return false }
    // "George W. Bush", "J. R. Moss", a list's "A. Scope": the word before is no ordinary word.
    var before = start - 1
    while before >= 0, start - before < 8, s.kind(before) == .space { before -= 1 }
    if s.value(before) == 0x2E || before < 0 { return true }
    if s.lower(start) == 0x69 { return false }
    var first = before
    while first > 0, before - first < 20, s.isWord(first - 1) { first -= 1 }
    if s.isUpper(first) { return true }
    let end = lettersEnd(next, limit: 12)
    return !GrammarWords.sentenceStarters.contains(lowered(next..<end))
  }
}
