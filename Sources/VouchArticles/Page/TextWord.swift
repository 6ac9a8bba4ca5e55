internal import VouchCore

/// A word of a text between white space, and the same without the punctuation around it.
struct TextWord {
  /// Bytes of the text, punctuation included.
  var outer: Range<Int>
  /// Bytes of the text without punctuation at the ends; a full stop after an initial stays.
  var inner: Range<Int>
  /// The letters of `inner`.
  var text: String
  /// What stands before and behind.
  var leading: String
  var trailing: String

  /// Whether it begins with a capital letter or a digit.
  var isCapitalised: Bool { text.first.map { $0.isUppercase || $0.isNumber } ?? false }
  /// Whether it has letters, and all of them are capitals.
  var isAllCapitals: Bool { text.contains(where: \.isLetter) && !text.contains(where: \.isLowercase) }

  /// The words of a span, in order.
  static func words(of source: SourceText, in span: Span) -> [TextWord] {
    let bytes = source.bytes
    let limit = min(Int(span.end), bytes.count)
    var words: [TextWord] = []
    var position = Int(span.start)
    while position < limit {
      let width = SourceText.spaceWidth(bytes, at: position, before: limit)
      if width > 0 {
        position += width
        continue
      }
      let start = position
      while position < limit, SourceText.spaceWidth(bytes, at: position, before: limit) == 0 { position += 1 }
      words.append(TextWord(source, start..<position))
    }
    return words
  }

  private init(_ source: SourceText, _ outer: Range<Int>) {
    let whole = source[Span(outer)]
    var inner = whole[...]
    while let first = inner.first, !(first.isLetter || first.isNumber) { inner.removeFirst() }
    while let last = inner.last, !(last.isLetter || last.isNumber) { inner.removeLast() }
    // The full stop of an initial belongs to it: "J. Smith", "Jr.".
    let isInitial = inner.count == 1 && inner.first?.isUppercase == true
    if isInitial || inner == "Jr" || inner == "Sr", whole[inner.endIndex...].first == "." {
      inner = whole[inner.startIndex..<whole.index(after: inner.endIndex)]
    }
    let before = whole[..<inner.startIndex].utf8.count
    self.outer = outer
    self.inner = (outer.lowerBound + before)..<(outer.lowerBound + before + inner.utf8.count)
    text = String(inner)
    leading = String(whole[..<inner.startIndex])
    trailing = String(whole[inner.endIndex...])
  }

  /// Whether nothing but white space stands between the words, so that they can be one name.
  static func isRun(_ words: ArraySlice<TextWord>) -> Bool {
    !words.contains(where: \.text.isEmpty) && !words.dropLast().contains { !$0.trailing.isEmpty }
      && !words.dropFirst().contains { !$0.leading.isEmpty }
  }

  /// The words with single spaces.
  static func joined(_ words: ArraySlice<TextWord>) -> String { words.map(\.text).joined(separator: " ") }

  /// The bytes from the first word's to the last word's, punctuation at the ends left out.
  static func span(_ words: ArraySlice<TextWord>) -> Span {
    Span(words.first?.inner.lowerBound ?? 0, words.last?.inner.upperBound ?? 0)
  }
}
