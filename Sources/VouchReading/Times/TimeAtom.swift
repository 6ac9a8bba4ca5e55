internal import VouchCore
internal import VouchLanguage

/// A run of letters, a run of digits or a mark: what dates are made of, however their words are cut into tokens.
struct TimeAtom: Sendable {
  /// Index of its token in the document.
  let token: Int
  let span: Span
  /// Whether nothing stands between it and the atom before.
  let isGlued: Bool
  /// Lower case, with plain apostrophes and hyphens.
  let text: String
  /// Value of at most eight digits.
  let number: Int?
  let isCapital: Bool
  let word: TimeWord?

  /// Number of digits.
  var digits: Int { number == nil ? 0 : text.utf8.count }

  /// The atoms of a sentence.
  ///
  /// - Complexity: O(n) in bytes.
  static func atoms(of sentence: Range<Int>, in document: Document, words: TimeWords) -> [TimeAtom] {
    var atoms: [TimeAtom] = []
    atoms.reserveCapacity(sentence.count)
    for index in sentence {
      let token = document.tokens[index]
      let bytes = document.text.bytes[token.span.range]
      let isCapital = bytes.first.map { (0x41...0x5A).contains($0) } ?? false
      if bytes.allSatisfy({ $0 < 0x80 && Self.kind($0) == .letter }) {
        atoms.append(
          TimeAtom(
            token: index, span: token.span, isGlued: token.gap == 0 && index > sentence.lowerBound, text: token.norm,
            number: nil, isCapital: isCapital, word: words[token.norm]))
      } else {
        append(bytes, of: index, isGlued: token.gap == 0 && index > sentence.lowerBound, words, to: &atoms)
      }
    }
    return atoms
  }

  private enum Kind { case letter, digit, mark }

  private static func kind(_ byte: UInt8) -> Kind {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: .letter
    case 0x30...0x39: .digit
    default: .mark
    }
  }

  private static func append(
    _ bytes: ArraySlice<UInt8>, of token: Int, isGlued: Bool, _ words: TimeWords, to atoms: inout [TimeAtom]
  ) {
    var start = bytes.startIndex
    while start < bytes.endIndex {
      let (kind, mark) = Self.kind(bytes, start)
      var end = start + (mark?.length ?? 1)
      if kind != .mark {
        while end < bytes.endIndex, Self.kind(bytes, end).kind == kind { end += 1 }
      }
      let text = mark?.text ?? String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
      atoms.append(
        TimeAtom(
          token: token, span: Span(start, end), isGlued: start > bytes.startIndex || isGlued, text: text,
          number: kind == .digit && end - start <= 8 ? Int(text) : nil,
          isCapital: (0x41...0x5A).contains(bytes[start]), word: kind == .letter ? words[text] : nil))
      start = end
    }
  }

  /// The kind of a byte, and the plain form of a mark.
  private static func kind(_ bytes: ArraySlice<UInt8>, _ index: Int) -> (kind: Kind, mark: (text: String, length: Int)?)
  {
    let kind = kind(bytes[index])
    if kind == .mark { return (kind, (String(UnicodeScalar(bytes[index])), 1)) }
    guard bytes[index] == 0xE2, index + 2 < bytes.endIndex, bytes[index + 1] == 0x80 else { return (kind, nil) }
    switch bytes[index + 2] {
    case 0x90...0x95: return (.mark, ("-", 3))
    case 0x98, 0x99: return (.mark, ("'", 3))
    default: return (kind, nil)
    }
  }
}
