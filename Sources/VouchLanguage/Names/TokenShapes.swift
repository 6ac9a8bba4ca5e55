internal import VouchCore

/// What the tokens of a document look like.
package struct TokenShapes: Sendable {
  /// How a sentence is written.
  package enum Style: Sendable { case normal, titleCase, allCapitals }

  /// For each token: whether it begins with an upper-case letter.
  package private(set) var isCapital: [Bool] = []
  /// For each token: whether it is two or more letters, all upper case.
  package private(set) var isAllCapitals: [Bool] = []
  /// For each token: whether it contains a letter or a digit.
  package private(set) var isWord: [Bool] = []
  /// For each token: whether it begins a sentence, a quotation, a list item or what follows a colon.
  package private(set) var isStart: [Bool] = []
  /// For each sentence.
  package private(set) var styles: [Style] = []
  /// Forms that the document writes with a small first letter.
  package private(set) var lowerSeen: Set<String> = []

  /// Looks at the tokens of a document.
  ///
  /// - Complexity: O(n).
  package init(_ document: Document) {
    let bytes = document.text.bytes
    for token in document.tokens {
      let form = bytes[token.span.range]
      let first = Self.firstScalar(form)
      let isUpper = first.properties.isUppercase
      isCapital.append(isUpper)
      isWord.append(
        first.properties.isAlphabetic || (0x30...0x39).contains(first.value)
          || form.count > 1 && form.contains { $0 >= 0x41 })
      isAllCapitals.append(isUpper && form.count > 1 && form.allSatisfy { !(0x61...0x7A).contains($0) && $0 < 0x80 })
      if first.properties.isLowercase { lowerSeen.insert(token.norm) }
    }
    isStart = Array(repeating: false, count: document.tokens.count)
    for sentence in document.sentences {
      styles.append(style(of: sentence, document))
      var isStarting = true
      for index in sentence.tokens {
        if isWord[index] {
          isStart[index] = isStarting
          isStarting = false
        } else {
          isStarting =
            isStarting
            || ["\"", "\u{201C}", "\u{2018}", "'", ":", "-", "\u{2014}", "\u{2013}", "\u{2022}", "("].contains(
              document.tokens[index].norm)
        }
      }
    }
  }

  private func style(of sentence: Sentence, _ document: Document) -> Style {
    var words = 0
    var capitals = 0
    var allCapitals = 0
    for index in sentence.tokens where isWord[index] && document.tokens[index].span.count > 3 {
      words += 1
      if isCapital[index] { capitals += 1 }
      if isAllCapitals[index] { allCapitals += 1 }
    }
    if words >= 3, allCapitals * 10 >= words * 7 { return .allCapitals }
    // A headline ends without a full stop.
    let isStopped = sentence.tokens.last.map { document.tokens[$0].norm == "." } ?? false
    if words >= 4, capitals * 10 >= words * 7, !isStopped { return .titleCase }
    return .normal
  }

  private static func firstScalar(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar {
    String(decoding: bytes.prefix(4), as: UTF8.self).unicodeScalars.first ?? "\0"
  }
}
