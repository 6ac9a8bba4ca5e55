internal import VouchCore

/// Reads the owner off a copyright line, and the outlet off the lines that name it.
enum Copyright {
  /// The words of the owner: the capitalised run behind the sign, the year left out.
  ///
  /// `© 2025 The Harbour Courier. All rights reserved.` gives the three words `The Harbour Courier`.
  static func owner(_ words: [TextWord]) -> Range<Int>? {
    guard let sign = words.firstIndex(where: isSign) else { return nil }
    var start = sign
    while start < words.count, isSign(words[start]) || isYear(words[start]) {
      start += 1
    }
    var end = start
    while end < words.count, end - start < 7 {
      let word = words[end]
      let isSmall = ["of", "and", "the", "&"].contains(word.text.lowercased()) && end > start
      guard word.leading.isEmpty || end == start, word.text.first?.isUppercase == true || isSmall else { break }
      if ["All", "Rights", "Reserved"].contains(word.text), end > start { break }
      end += 1
      if !word.trailing.isEmpty, word.trailing != "." || !isCorporate(word.text) { break }
    }
    while end > start, ["of", "and", "the", "&"].contains(words[end - 1].text.lowercased()) { end -= 1 }
    return end > start ? start..<end : nil
  }

  private static func isSign(_ word: TextWord) -> Bool {
    let whole = (word.leading + word.text + word.trailing).lowercased()
    return whole == "©" || whole == "(c)" || whole == "copyright" || (word.leading == "©" && isNumber(word.text))
  }

  private static func isNumber(_ text: String) -> Bool {
    !text.isEmpty && text.allSatisfy { $0.isNumber || $0 == "-" || $0 == "–" }
  }

  private static func isYear(_ word: TextWord) -> Bool { isNumber(word.text) || word.text.isEmpty }

  /// Whether a word only says what kind of company it is.
  static func isCorporate(_ word: String) -> Bool {
    [
      "ltd", "limited", "inc", "llc", "co", "corp", "corporation", "company", "as", "ab", "ag", "gmbh", "plc", "sa",
      "publishing", "publications", "media", "group", "holdings", "foundation",
    ].contains(word.lowercased().filter(\.isLetter))
  }

  /// Whether a name ends as newspapers' names do.
  static func isPaperName(_ words: ArraySlice<TextWord>) -> Bool {
    guard let last = words.last?.text.lowercased(), words.count >= 2, words.count <= 5, TextWord.isRun(words)
    else { return false }
    return [
      "argus", "beacon", "bulletin", "chronicle", "courier", "daily", "dispatch", "echo", "examiner", "express",
      "gazette",
      "globe", "guardian", "herald", "independent", "inquirer", "journal", "ledger", "mail", "mercury", "mirror",
      "monitor",
      "news", "observer", "post", "press", "record", "register", "reporter", "review", "sentinel", "standard", "star",
      "sun",
      "telegraph", "times", "today", "tribune", "weekly", "world",
    ].contains(last)
  }
}
