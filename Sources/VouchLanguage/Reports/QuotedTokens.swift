internal import VouchCore

/// Which tokens stand between double quotation marks, and which are such marks.
package struct QuotedTokens {
  /// What a token is.
  package enum Mark: UInt8, Sendable {
    /// No mark, an opening and a closing one, and `"` before it is known which.
    case none, opening, closing, plain
  }

  /// For each token, the double quotation mark that it is.
  package private(set) var marks: [Mark]
  /// For each token, whether double quotation marks stand around it; marks themselves don't count.
  package private(set) var isQuoted: [Bool]

  /// Pairs the marks of each block; a quotation that is not closed lasts to the end of its block.
  ///
  /// - Complexity: O(n) in tokens.
  package init(_ document: Document) {
    let bytes = document.text.bytes
    marks = document.tokens.map { Self.mark(bytes[$0.span.range]) }
    isQuoted = Array(repeating: false, count: marks.count)
    var isOpen = false
    var block = -1
    for (index, token) in document.tokens.enumerated() {
      let here = document.sentences.indices.contains(token.sentence) ? document.sentences[token.sentence].block : -1
      if here != block { isOpen = false }
      block = here
      switch marks[index] {
      case .none: isQuoted[index] = isOpen
      case .opening: isOpen = true
      case .closing: isOpen = false
      case .plain:
        // Without a direction: one that follows a space or a bracket opens, any other closes ("5\'" is no mark of speech).
        let start = Int(token.span.start)
        let opens = start == 0 || [0x20, 0x0A, 0x09, 0x0D, 0x28, 0x5B, 0xA0, 0x94].contains(bytes[start - 1])
        marks[index] = opens ? .opening : .closing
        isOpen = opens
      }
    }
  }

  private static func mark(_ word: ArraySlice<UInt8>) -> Mark {
    let start = word.startIndex
    switch word.count {
    case 1: return word[start] == 0x22 ? .plain : .none
    case 2:
      switch (word[start], word[start + 1]) {
      case (0x60, 0x60), (0xC2, 0xAB): return .opening
      case (0x27, 0x27), (0xC2, 0xBB): return .closing
      default: return .none
      }
    case 3 where word[start] == 0xE2 && word[start + 1] == 0x80:
      return word[start + 2] == 0x9C || word[start + 2] == 0x9E ? .opening : word[start + 2] == 0x9D ? .closing : .none
    default: return .none
    }
  }

  /// A span without quotation marks at its ends, and without a stop or comma after the closing one.
  package func unquoted(_ tokens: Range<Int>, _ document: Document) -> Range<Int> {
    var (first, end) = (tokens.lowerBound, tokens.upperBound)
    while first < end, marks[first] != .none { first += 1 }
    if end - first > 1, marks[end - 2] != .none, [".", ",", ";"].contains(document.tokens[end - 1].norm) { end -= 1 }
    while end > first, marks[end - 1] != .none { end -= 1 }
    return first..<end
  }

  /// How some words are reported, by the share of their letters and digits that are quoted: above 0.9 direct, below 0.02
  /// indirect, else mixed.
  package func form(_ content: [Range<Int>], _ document: Document) -> Report.Form {
    var (all, quoted) = (0, 0)
    for token in content.joined() {
      let count = Self.lettersAndDigits(document.words(document.tokens[token].span))
      all += count
      if isQuoted[token] { quoted += count }
    }
    let share = all == 0 ? 0 : Double(quoted) / Double(all)
    return share > 0.9 ? .direct : share < 0.02 ? .indirect : .mixed
  }

  private static func lettersAndDigits(_ word: String) -> Int {
    word.unicodeScalars.count { scalar in
      if scalar.isASCII { return (0x30...0x39).contains(scalar.value) || (0x41...0x5A).contains(scalar.value & 0xDF) }
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
  }
}
