internal import VouchCore

/// What stands at the ends of a name and is no part of it: determiners, titles, possessive 's, punctuation.
package struct NameBounds: Sendable {
  private static let determiners: Set<String> = [
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "your",
  ]
  /// Names of places that keep their article.
  private static let articled: Set<String> = ["hague", "gambia", "bahamas", "bronx"]
  private static let loose: Set<String> = [
    ",", ".", ";", ":", "!", "?", "\"", "'", "\u{2018}", "\u{201C}", "\u{201D}", "``", "''", "-", "\u{2013}",
    "\u{2014}", "\u{2026}", "...", "--", "[", "]", "'s", "\u{AB}", "\u{BB}",
  ]

  /// Words, if written small, that no name ends with.
  private static let joining: Set<String> = [
    "of", "the", "and", "in", "for", "by", "at", "on", "to", "a", "an", "or", "from", "with",
  ]

  private let words: NameWords

  /// Takes the titles.
  package init(_ words: NameWords) { self.words = words }

  /// The tokens of a name without what is no part of it; `nil` if nothing is left.
  ///
  /// Dates and sums keep all their words but punctuation.
  package func trimmed(_ tokens: Range<Int>, _ label: Name.Label, _ document: Document) -> Range<Int>? {
    func norm(_ index: Int) -> String { document.tokens[index].norm }
    var (first, end) = (tokens.lowerBound, tokens.upperBound)
    while first < end, isLoose(norm(end - 1), "(", tokens: first..<end - 1, document) { end -= 1 }
    while first < end, isLoose(norm(first), ")", tokens: first + 1..<end, document) { first += 1 }
    guard first < end else { return nil }
    while end - first > 1, Self.joining.contains(norm(end - 1)), isSmall(end - 1, document) { end -= 1 }
    guard label != .date, label != .money else { return first..<end }
    if end - first > 1, Self.determiners.contains(norm(first)), !isArticled(first..<end, document) { first += 1 }
    if label == .person {
      while let length = title(first..<end, document) ?? people(first..<end, document) { first += length }
    }
    return first..<end
  }

  /// Whether a token at an end is punctuation, or a bracket whose other half is not among `tokens`.
  private func isLoose(_ norm: String, _ other: String, tokens: Range<Int>, _ document: Document) -> Bool {
    if norm == "(" || norm == ")" { return norm == other || !tokens.contains { document.tokens[$0].norm == other } }
    return Self.loose.contains(norm)
  }

  /// Whether "The" with a capital belongs to the name.
  private func isArticled(_ name: Range<Int>, _ document: Document) -> Bool {
    guard document.tokens[name.lowerBound].norm == "the",
      document.text.bytes[Int(document.tokens[name.lowerBound].span.start)] == 0x54
    else { return false }
    if name.count == 2, Self.articled.contains(document.tokens[name.lowerBound + 1].norm) { return true }
    // Inside a sentence, only a name writes it so.
    let sentence = document.sentences[document.tokens[name.lowerBound].sentence]
    return name.lowerBound > sentence.tokens.lowerBound
  }

  private func isSmall(_ token: Int, _ document: Document) -> Bool {
    (0x61...0x7A).contains(document.text.bytes[Int(document.tokens[token].span.start)])
  }

  /// 1 if a person's name begins with the people that the person belongs to ("Norwegian Anna Berg"), which must leave some.
  private func people(_ name: Range<Int>, _ document: Document) -> Int? {
    let first = document.words(document.tokens[name.lowerBound].span)
    guard name.count > 1, words.isPeople(first), !words.isGivenName(first) else { return nil }
    return 1
  }

  /// The length of the title at the start of a person's name, which must leave some of it.
  private func title(_ name: Range<Int>, _ document: Document) -> Int? {
    guard name.count > 1 else { return nil }
    let first = document.tokens[name.lowerBound]
    guard !words.isGivenName(document.words(first.span)) else { return nil }
    for length in stride(from: min(words.longestTitle, name.count - 1), through: 1, by: -1) {
      let norm = name.prefix(length).map { document.tokens[$0].norm }.joined(separator: " ")
      if words.title(norm) != nil { return length }
    }
    return nil
  }
}
