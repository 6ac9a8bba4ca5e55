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
  var isCapitalised: Bool {
    guard let first = text.utf8.first else { return false }
    if first < 0x80 { return first &- 0x41 < 26 || first &- 0x30 < 10 }
    return text.first.map { $0.isUppercase || $0.isNumber } ?? false
  }
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
    if let word = Self.plain(source.bytes, outer) {
      self = word
      return
    }
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

  private init(outer: Range<Int>, inner: Range<Int>, _ bytes: [UInt8]) {
    self.outer = outer
    self.inner = inner
    text = String(decoding: bytes[inner], as: UTF8.self)
    leading = String(decoding: bytes[outer.lowerBound..<inner.lowerBound], as: UTF8.self)
    trailing = String(decoding: bytes[inner.upperBound..<outer.upperBound], as: UTF8.self)
  }

  /// A word of ASCII letters and digits with ASCII around it, as most are; `nil` for others.
  private static func plain(_ bytes: [UInt8], _ outer: Range<Int>) -> TextWord? {
    func isPlain(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }
    var start = outer.lowerBound
    var end = outer.upperBound
    while start < end, !isPlain(bytes[start]) {
      guard bytes[start] < 0x80 else { return nil }
      start += 1
    }
    while end > start, !isPlain(bytes[end - 1]) {
      guard bytes[end - 1] < 0x80 else { return nil }
      end -= 1
    }
    // Initials and the like keep their full stops; marks may follow a letter.
    if end - start <= 2 { return nil }
    if end < outer.upperBound, bytes[end] >= 0x80 { return nil }
    return TextWord(outer: outer, inner: start..<end, bytes)
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
