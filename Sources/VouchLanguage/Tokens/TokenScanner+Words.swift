extension TokenScanner {
  /// The end of the word that starts at an index, with its dot or hyphen where that belongs to it.
  func wordEnd(_ start: Int) -> Int {
    var end = start + 1
    while end < s.count {
      if s.isWord(end) || s.kind(end) == .mark || s.isWord(end + 1) && joins(start, end) {
        end += 1
      } else {
        break
      }
    }
    switch s.value(end) {
    case 0x2E: return keepsDot(start, end) ? end + 1 : end
    case 0x2D: return isBrokenOff(start, end) ? end + 1 : end
    case 0x2F: return end - start == 1 && s.lower(start) == 0x77 ? end + 1 : end  // w/
    case 0x24: return end - start <= 3 && (start..<end).allSatisfy(s.isUpper) ? end + 1 : end  // US$
    default: return end
    }
  }

  /// Whether the character at an index joins the word characters on its two sides.
  private func joins(_ start: Int, _ index: Int) -> Bool {
    let before = s.kind(index - 1)
    let after = s.kind(index + 1)
    switch s.value(index) {
    case 0x27, 0x2019, 0x60, 0xB4: return after == .letter
    case 0x5F: return true
    case 0x2C: return before == .digit && isGrouping(index)
    case 0x3A: return before == .digit && after == .digit
    case 0x2E:
      if before == .digit && after == .digit { return true }
      // Letters with a dot each: the dot of "U" in "U.S.".
      if before == .letter && after == .letter && s.kind(index - 2) != .letter && !s.isWord(index + 2) { return true }
      return isDegree(start, index)
    case 0x26, 0x40, 0x2A: return before == .letter && after == .letter
    case 0x2F: return joinsSlash(start, index)
    case 0x2D, 0x2010, 0x2011: return joinsHyphen(start, index)
    default: return false
    }
  }

  /// Whether the dot at an index is the inner dot of "Ph.D." or the like.
  private func isDegree(_ start: Int, _ dot: Int) -> Bool {
    guard dot - start <= 3, s.kind(start) == .letter else { return false }
    let end = lettersEnd(dot + 1, limit: 5)
    return !s.isWord(end) && TokenWords.degrees.contains(lowered(start..<end))
  }

  /// Whether the comma at an index parts groups of digits ("1,000", "1,00,000") and not numbers ("[1,2]").
  private func isGrouping(_ comma: Int) -> Bool {
    var index = comma + 1
    for _ in 0..<4 {
      let end = digitsEnd(index, limit: 4)
      if end - index == 3 { return true }
      guard end - index == 2, s.value(end) == 0x2C else { return false }
      index = end + 1
    }
    return false
  }

  private func joinsSlash(_ start: Int, _ slash: Int) -> Bool {
    if s.kind(slash - 1) == .digit && s.kind(slash + 1) == .digit { return true }
    guard slash - start <= 2 else { return false }
    let end = lettersEnd(slash + 1, limit: 5)
    return !s.isWord(end) && TokenWords.slashed.contains(lowered(start..<end))
  }

  /// Whether the word goes on after the hyphen at an index.
  private func joinsHyphen(_ start: Int, _ hyphen: Int) -> Bool {
    if isPrefix(start, hyphen) { return true }
    let end = lettersEnd(hyphen + 1, limit: 8)
    guard !s.isWord(end) else { return false }
    if TokenWords.suffixes.contains(lowered(hyphen + 1..<end)) { return true }
    return hyphen - start <= 4 && TokenWords.interjections.contains(lowered(start..<end))
  }

  /// Whether the letters before a hyphen are a prefix, and neither a name in capitals ("UN-backed") nor part of a phrase
  /// ("Hizb-e-Islami").
  private func isPrefix(_ start: Int, _ hyphen: Int) -> Bool {
    guard hyphen - start <= 7, !s.isHyphen(start - 1), TokenWords.prefixes.contains(lowered(start..<hyphen)) else {
      return false
    }
    guard hyphen - start > 1, s.isUpper(hyphen - 1) else { return true }
    return hyphen - start > 2 && s.isUpper(hyphen + 1) && s.isUpper(hyphen + 2)
  }

  /// Whether the hyphen at an index, which no word follows, belongs to the word before it: a prefix ("pre- and post-war")
  /// or the beginning of a word that was not finished ("th- this").
  private func isBrokenOff(_ start: Int, _ hyphen: Int) -> Bool {
    guard s.value(hyphen + 1) != 0x2D, !s.isWord(hyphen + 1), hyphen - start <= 7 else { return false }
    if isPrefix(start, hyphen) { return true }
    guard hyphen - start <= 3, s.lower(start) != 0 else { return false }
    if hyphen - start == 1 { return true }
    return (start..<hyphen).allSatisfy { s.lower($0) != 0 && !TokenWords.vowels.contains(s.lower($0)) }
      && !(start..<hyphen).allSatisfy(s.isUpper)
  }

  /// Cuts a word of 2 to 32 code points where it is more than one token: contractions, clitics, units.
  mutating func cutInside(_ start: Int, _ end: Int) {
    if s.kind(start) == .digit {
      if let unit = unitStart(start, end) { cut(at: unit) }
      return
    }
    if end - start == 3, isVerbless(start, end) {
      cut(at: start + 2)
      return
    }
    if end - start <= 9, let cuts = TokenWords.contractions[lowered(start..<end)] {
      for length in cuts where !isName(start, end) { cut(at: start + length) }
      return
    }
    if let clitic = cliticStart(start, end) {
      if clitic - start > 2 { cutInside(start, clitic) }
      cut(at: clitic)
    }
  }

  /// Whether the word is "its" written for "it's", as the word after it shows.
  private func isVerbless(_ start: Int, _ end: Int) -> Bool {
    guard s.lower(start + 2) == 0x73, lowered(start..<end) == "its", s.value(end) == 0x20 else { return false }
    let next = lettersEnd(end + 1, limit: 8)
    return s.kind(next) == .space && TokenWords.afterItIs.contains(lowered(end + 1..<next))
  }

  /// Whether a word that could be a contraction without apostrophe is written in capitals as abbreviations are ("IM").
  private func isName(_ start: Int, _ end: Int) -> Bool { end - start <= 3 && s.isUpper(start) && s.isUpper(end - 1) }

  /// Where the clitic of a word begins: `n't`, `'s`, `'re`, `'ve`, `'ll`, `'d`, `'m`.
  private func cliticStart(_ start: Int, _ end: Int) -> Int? {
    func isMark(_ index: Int) -> Bool { s.isApostrophe(index) || s.value(index) == 0x60 || s.value(index) == 0xB4 }
    if end - start > 3, isMark(end - 2), s.lower(end - 1) == 0x74, s.lower(end - 3) == 0x6E { return end - 3 }
    if isMark(end - 2), TokenWords.clitics.contains(lowered(end - 1..<end)) { return end - 2 }
    if end - start > 3, isMark(end - 3), TokenWords.clitics.contains(lowered(end - 2..<end)) { return end - 3 }
    return nil
  }

  /// The end of the token that starts with an apostrophe: a clitic (`'s`), a word (`'em`), a decade (`'60s`) or the mark.
  func apostropheEnd(_ start: Int) -> Int {
    let end = lettersEnd(start + 1, limit: 6)
    if end > start + 1, !s.isWord(end) {
      let rest = lowered(start + 1..<end)
      if TokenWords.clitics.contains(rest) && !s.isApostrophe(end) || TokenWords.shortened.contains(rest) { return end }
    }
    let digits = digitsEnd(start + 1, limit: 3)
    if digits == start + 3, !s.isWord(start - 1) {
      let decade = s.lower(digits) == 0x73 ? digits + 1 : digits
      if !s.isWord(decade), !s.isApostrophe(decade) { return decade }
    }
    return symbolEnd(start)
  }
}
