package import VouchCore

/// Cuts text into words as Universal Dependencies cuts English (conventions of the EWT and GUM treebanks), by rule.
///
/// Hyphenated words are cut at their hyphens except after prefixes (`co-operate`), contractions into their words
/// (`do` `n't`, `can` `not`, `gon` `na`); abbreviations keep their dot. No rule needs to know where sentences end.
/// Only white space lies between tokens.
package struct Tokenizer: Sendable {
  private let abbreviations: Abbreviations

  /// Makes a tokenizer.
  package init(_ abbreviations: Abbreviations) { self.abbreviations = abbreviations }

  /// The first tokens of a range of valid UTF-8, at most `limit`, as spans of bytes, ascending.
  ///
  /// - Complexity: O(n); every rule looks at a bounded number of code points ahead of and behind the token.
  package func tokens(in bytes: [UInt8], _ range: Range<Int>, limit: Int = .max) -> ArraySlice<Span> {
    var scanner = TokenScanner(Scalars(bytes, range), abbreviations)
    scanner.scan(limit)
    return scanner.spans.prefix(limit)
  }
}

/// Walks over the code points of one block and cuts tokens off.
///
/// Indices are positions in `s`.
struct TokenScanner {
  let s: Scalars
  let abbreviations: Abbreviations
  /// The tokens found so far.
  private(set) var spans: [Span] = []
  /// Where the token that is cut next begins.
  private var first = 0

  init(_ scalars: Scalars, _ abbreviations: Abbreviations) {
    s = scalars
    self.abbreviations = abbreviations
  }

  /// Finds the first tokens: `limit` of them, or a few more where a word is cut.
  mutating func scan(_ limit: Int) {
    spans.reserveCapacity(min(s.count / 5, limit))
    while first < s.count, spans.count < limit {
      if s.kind(first) == .space {
        first += 1
        continue
      }
      let start = first
      let end = max(pieceEnd(start), start + 1)
      if s.isWord(start), end - start > 1, end - start <= 32 { cutInside(start, end) }
      cut(at: end)
    }
  }

  /// Ends a token at an index; the next one begins there.
  mutating func cut(at end: Int) {
    guard end > first else { return }
    spans.append(Span(s.offsets[first], s.offsets[end]))
    first = end
  }

  /// Where the piece that starts at an index ends: a token, or a word that `cutInside` may still cut.
  private func pieceEnd(_ start: Int) -> Int {
    if let end = addressEnd(start) { return end }
    if let end = emoticonEnd(start) { return end }
    switch s.kind(start) {
    case .digit: return numberEnd(start) ?? wordEnd(start)
    case .letter, .mark: return wordEnd(start)
    case .emoji: return emojiEnd(start)
    case .space: return start + 1
    case .other: return s.isApostrophe(start) ? apostropheEnd(start) : symbolEnd(start)
    }
  }

  /// The code points of a range, lower-cased where they are ASCII, with plain apostrophes; for bounded ranges.
  func lowered(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    for index in range {
      let lower = s.lower(index)
      let value = lower != 0 ? lower : s.isApostrophe(index) ? 0x27 : s.value(index)
      if let scalar = Unicode.Scalar(value) { view.append(scalar) }
    }
    return String(view)
  }

  /// The code points of a range as they are; for bounded ranges.
  func form(_ range: Range<Int>) -> String {
    String(String.UnicodeScalarView(range.compactMap { Unicode.Scalar(s.value($0)) }))
  }

  /// Where the letters that start at an index end, at most `limit` further on.
  func lettersEnd(_ start: Int, limit: Int) -> Int {
    var end = start
    while end - start < limit, s.kind(end) == .letter { end += 1 }
    return end
  }

  /// Where the digits that start at an index end, at most `limit` further on.
  func digitsEnd(_ start: Int, limit: Int) -> Int {
    var end = start
    while end - start < limit, s.kind(end) == .digit { end += 1 }
    return end
  }

  /// The first index from `start` on that is no white space, at most 8 further on.
  func afterSpace(_ start: Int) -> Int {
    var index = start
    while index < s.count, index - start < 8, s.kind(index) == .space { index += 1 }
    return index
  }
}
