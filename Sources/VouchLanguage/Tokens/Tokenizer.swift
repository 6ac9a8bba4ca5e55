package import VouchCore

/// Cuts a sentence into tokens as Universal Dependencies cuts English, by rule.
///
/// Deviation: hyphenated words stay whole (`Port-au-Prince`, `20-point`), unless `splitsHyphen` says that a name stands before
/// the hyphen. Only white space lies between tokens.
package struct Tokenizer: Sendable {
  private let abbreviations: Abbreviations
  /// Whether `(first, rest, whole)` of a hyphenated word are two words and a hyphen.
  private let splitsHyphen: @Sendable (String, String, String) -> Bool

  /// Makes a tokenizer.
  package init(
    _ abbreviations: Abbreviations,
    splitsHyphen: @escaping @Sendable (String, String, String) -> Bool = { _, _, _ in false }
  ) {
    self.abbreviations = abbreviations
    self.splitsHyphen = splitsHyphen
  }

  /// The tokens of a range of valid UTF-8.
  ///
  /// - Complexity: O(n).
  package func tokens(in bytes: [UInt8], _ range: Range<Int>) -> [Span] {
    let scalars = Scalars(bytes, range)
    var spans: [Span] = []
    var index = 0
    while index < scalars.count {
      if scalars.kind(index) == .space {
        index += 1
        continue
      }
      let end = max(tokenEnd(scalars, index, bytes), index + 1)
      for cut in cuts(scalars, index, end, bytes) where cut.lowerBound < cut.upperBound {
        spans.append(Span(scalars.offsets[cut.lowerBound], scalars.offsets[cut.upperBound]))
      }
      index = end
    }
    return spans
  }

  /// Where the token that starts at an index ends, before clitics are cut off.
  private func tokenEnd(_ s: Scalars, _ start: Int, _ bytes: [UInt8]) -> Int {
    if let end = addressEnd(s, start) { return end }
    switch s.kind(start) {
    case .letter, .digit, .mark: return wordEnd(s, start, bytes)
    case .emoji: return emojiEnd(s, start)
    case .space: return start + 1
    case .other: return symbolEnd(s, start)
    }
  }

  private func wordEnd(_ s: Scalars, _ start: Int, _ bytes: [UInt8]) -> Int {
    var first = start
    while true {
      let end = plainWordEnd(s, first, bytes)
      // "U.S.-backed": the word goes on after an abbreviation's dot and a hyphen.
      guard s.value(end - 1) == 0x2E, s.isHyphen(end), s.isWord(end + 1) else { return end }
      first = end + 1
    }
  }

  private func plainWordEnd(_ s: Scalars, _ start: Int, _ bytes: [UInt8]) -> Int {
    var end = start + 1
    while end < s.count {
      if s.isWord(end) || s.kind(end) == .mark || s.value(end) == 0x5F {
        end += 1
      } else if joins(s, end) {
        end += 2
      } else {
        break
      }
    }
    if s.value(end) == 0x2E, keepsDot(s, start, end, bytes) { end += 1 }
    return end
  }

  /// Whether the character at an index joins the word characters on its two sides.
  private func joins(_ s: Scalars, _ index: Int) -> Bool {
    let before = s.kind(index - 1)
    let after = s.kind(index + 1)
    guard before != .space, s.isWord(index + 1) else { return false }
    switch s.value(index) {
    case 0x2D, 0x2010, 0x2011, 0x27, 0x2019: return true
    case 0x2C, 0x3A: return before == .digit && after == .digit
    case 0x2E:
      if before == .digit && after == .digit { return true }
      // Letters with a dot each: the dot of "U" in "U.S.".
      return before == .letter && after == .letter && !s.isWord(index - 2) && !s.isWord(index + 2)
    case 0x26: return s.isUpper(index - 1) && s.isUpper(index + 1)
    default: return false
    }
  }

  private func keepsDot(_ s: Scalars, _ start: Int, _ dot: Int, _ bytes: [UInt8]) -> Bool {
    guard dot - start <= 16 else { return false }
    var first = start
    for index in start..<dot where s.isHyphen(index) { first = index + 1 }
    let form = String(decoding: bytes[s.offsets[first]..<s.offsets[dot + 1]], as: UTF8.self)
    let whole = String(decoding: bytes[s.offsets[start]..<s.offsets[dot + 1]], as: UTF8.self)
    guard let kind = abbreviations.kind(whole) ?? abbreviations.kind(form) else { return false }
    var next = dot + 1
    while s.value(next) == 0x29 || s.value(next) == 0x22 || s.value(next) == 0x2019 || s.value(next) == 0x201D {
      next += 1
    }
    let isLast = next >= s.count
    return !isLast || kind == "company" || kind == "state" || kind == "month" || form.dropLast().contains(".")
      || form == "etc."
      || form == "Jr." || form == "Sr."
  }

  /// The end of a web address, an e-mail address, a hashtag or an account name that starts at an index.
  private func addressEnd(_ s: Scalars, _ start: Int) -> Int? {
    let first = s.value(start)
    if first == 0x23 || first == 0x40 {
      guard s.kind(start + 1) == .letter else { return nil }
      var end = start + 1
      while s.isWord(end) || s.kind(end) == .mark || s.value(end) == 0x5F { end += 1 }
      return end
    }
    guard s.lower(start) != 0 || s.kind(start) == .digit else { return nil }
    if starts(s, start, with: "http://") || starts(s, start, with: "https://") || starts(s, start, with: "www.") {
      var end = start
      while end < s.count, s.kind(end) != .space, s.value(end) != 0x3C, s.value(end) != 0x22, s.value(end) != 0x201D {
        end += 1
      }
      while end > start + 4, Self.trailing.contains(s.value(end - 1)) { end -= 1 }
      return end
    }
    return mailEnd(s, start)
  }

  private static let trailing: Set<UInt32> = [0x2E, 0x2C, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D, 0x27, 0x2019, 0x2026]

  private func mailEnd(_ s: Scalars, _ start: Int) -> Int? {
    func isMail(_ index: Int) -> Bool {
      s.isWord(index) && s.value(index) < 0x80 || [0x2E, 0x5F, 0x25, 0x2B, 0x2D].contains(s.value(index))
    }
    guard !isMail(start - 1) else { return nil }
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

  private func starts(_ s: Scalars, _ start: Int, with prefix: String) -> Bool {
    var index = start
    for scalar in prefix.unicodeScalars {
      guard s.value(index) == scalar.value || s.lower(index) == scalar.value else { return false }
      index += 1
    }
    return true
  }

  private func emojiEnd(_ s: Scalars, _ start: Int) -> Int {
    var end = start + 1
    if (0x1F1E6...0x1F1FF).contains(s.value(start)), (0x1F1E6...0x1F1FF).contains(s.value(end)) { end += 1 }
    while end < s.count {
      if s.kind(end) == .mark {
        end += 1
      } else if s.value(end - 1) == 0x200D, s.kind(end) == .emoji {
        end += 1
      } else {
        break
      }
    }
    return end
  }

  private func symbolEnd(_ s: Scalars, _ start: Int) -> Int {
    var end = start + 1
    // Runs that are one sign: dashes, dots of an ellipsis, doubled apostrophes and grave accents.
    if [0x2D, 0x2E, 0x2013, 0x2014, 0x5F, 0x2A].contains(s.value(start)) {
      while s.value(end) == s.value(start) { end += 1 }
    } else if s.value(start) == 0x27 || s.value(start) == 0x60, s.value(end) == s.value(start) {
      end += 1
    }
    while s.kind(end) == .mark { end += 1 }
    return end
  }

  /// Cuts clitics and names before hyphens off a word.
  private func cuts(_ s: Scalars, _ start: Int, _ end: Int, _ bytes: [UInt8]) -> [Range<Int>] {
    guard s.isWord(start), end - start > 2, end - start < 64 else { return [start..<end] }
    if let clitic = cliticStart(s, start, end) {
      return cuts(s, start, clitic, bytes) + [clitic..<end]
    }
    if end - start == 6, zip(start..<end, "cannot".unicodeScalars).allSatisfy({ s.lower($0) == $1.value }) {
      return [start..<start + 3, start + 3..<end]
    }
    guard s.isUpper(start), let hyphen = (start..<end).first(where: { s.isHyphen($0) }), hyphen > start,
      hyphen + 1 < end
    else { return [start..<end] }
    func words(_ range: Range<Int>) -> String {
      String(decoding: bytes[s.offsets[range.lowerBound]..<s.offsets[range.upperBound]], as: UTF8.self)
    }
    guard splitsHyphen(words(start..<hyphen), words(hyphen + 1..<end), words(start..<end)) else { return [start..<end] }
    return [start..<hyphen, hyphen..<hyphen + 1] + cuts(s, hyphen + 1, end, bytes)
  }

  /// Where the clitic of a word begins: `n't`, `'s`, `'re`, `'ve`, `'ll`, `'d`, `'m`.
  private func cliticStart(_ s: Scalars, _ start: Int, _ end: Int) -> Int? {
    func letters(_ from: Int) -> String {
      String(String.UnicodeScalarView((from..<end).compactMap { Unicode.Scalar(s.lower($0)) }))
    }
    if end - start > 3, s.isApostrophe(end - 2), s.lower(end - 1) == 0x74, s.lower(end - 3) == 0x6E { return end - 3 }
    if s.isApostrophe(end - 2), ["s", "d", "m"].contains(letters(end - 1)) { return end - 2 }
    if end - start > 3, s.isApostrophe(end - 3), ["re", "ve", "ll"].contains(letters(end - 2)) { return end - 3 }
    return nil
  }
}
