internal import VouchCore

/// Reads the writers, and the agency if it is named, off a byline.
struct Byline {
  private(set) var authors: [Article.Located] = []
  private(set) var agency: Article.Located?
  /// Whether the line says "By", or names a place or an agency behind the names.
  private(set) var isExplicit = false

  private let words: [TextWord]
  private let lexicon: PageLexicon
  private var position = 0

  /// Reads a line; finds nothing where it does not look like a byline.
  init(_ source: SourceText, _ span: Span, lexicon: PageLexicon) {
    words = TextWord.words(of: source, in: span)
    self.lexicon = lexicon
    guard words.count <= 40 else { return }
    skipLabel()
    read()
  }

  private mutating func skipLabel() {
    guard let first = words.first?.text.lowercased() else { return }
    if first == "by" || ["author", "authors", "text"].contains(first) && words[0].trailing == ":" {
      position = 1
    } else if ["written", "words", "story"].contains(first), words.count > 1, words[1].text.lowercased() == "by" {
      position = 2
    }
    isExplicit = position > 0
  }

  private mutating func read() {
    while position < words.count {
      if let found = Agencies.agency(in: words, at: position, lexicon: lexicon) {
        if agency == nil { agency = Agencies.located(words[found.words], found.name) }
        isExplicit = true
        return
      }
      guard let end = nameEnd(from: position) else { return }
      let name = words[position..<end]
      authors.append(Article.Located(Self.tidy(name), layer: .text, span: TextWord.span(name)))
      position = end
      guard skipToNextName(afterComma: name.last?.trailing.contains(",") == true) else { return }
    }
  }

  /// The end of the name that begins at `start`: two to five words, particles among them.
  private func nameEnd(from start: Int) -> Int? {
    var end = start
    while end < words.count, end - start < 5 {
      let word = words[end]
      let isParticle = end > start && Self.particles.contains(word.text.lowercased()) && word.trailing.isEmpty
      guard word.leading.isEmpty, isParticle || Self.isNameWord(word) else { break }
      end += 1
      if !word.trailing.isEmpty { break }
    }
    while end > start, Self.particles.contains(words[end - 1].text.lowercased()) { end -= 1 }
    guard end - start >= 2 else { return nil }
    for word in words[start..<end] where Self.roles.contains(word.text.lowercased()) { return nil }
    return lexicon.medium(TextWord.joined(words[start..<end])) == nil ? end : nil
  }

  private static let particles: Set<String> = [
    "de", "del", "della", "der", "den", "di", "da", "dos", "du", "el", "al", "bin", "ibn", "la", "le", "van", "von",
    "ter", "y",
  ]

  /// Words that show that a capitalised line is no person's name.
  private static let roles: Set<String> = [
    "agency", "agencies", "bureau", "correspondent", "courier", "desk", "dispatch", "editor", "editors", "foreign",
    "gazette",
    "herald", "journal", "magazine", "media", "news", "newsroom", "post", "press", "reporter", "reporters", "service",
    "staff",
    "team", "times", "tribune", "writer", "writers", "wire", "with", "world", "politics", "business", "opinion",
    "analysis",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "published", "updated", "posted",
  ]

  private static func isNameWord(_ word: TextWord) -> Bool {
    guard let first = word.text.first, first.isUppercase, !word.text.contains(where: \.isNumber) else { return false }
    return true
  }

  /// Goes on behind a name; whether another may come.
  private mutating func skipToNextName(afterComma: Bool) -> Bool {
    guard position < words.count else { return false }
    let word = words[position].text.lowercased()
    if word == "and" || word == "&" || word.isEmpty && words[position].leading == "&" {
      position += 1
      return true
    }
    if word == "in" || word == "at" || word == "for" {
      // "Jane Doe in Paris and John Smith in London"
      isExplicit = true
      while position < words.count, words[position].text.lowercased() != "and" { position += 1 }
      position += 1
      return position < words.count
    }
    guard afterComma else { return false }
    if Agencies.agency(in: words, at: position, lexicon: lexicon) != nil { return true }
    // A second name behind a comma is one only in a list that ends in "and".
    let rest = words[position...]
    return rest.contains { $0.text.lowercased() == "and" } && !rest.contains { $0.text.lowercased() == "in" }
  }

  /// `Jane Doe` for `JANE DOE`; names in mixed case stay.
  static func tidy(_ words: ArraySlice<TextWord>) -> String {
    guard words.allSatisfy(\.isAllCapitals), words.contains(where: { $0.text.count > 2 }) else {
      return TextWord.joined(words)
    }
    return words.map { tidy($0.text) }.joined(separator: " ")
  }

  /// Capital first letters for a name in capitals.
  static func tidy(_ capitals: String) -> String {
    var result = ""
    var isStart = true
    for character in capitals {
      result += isStart ? String(character) : character.lowercased()
      isStart = !(character.isLetter || character.isNumber)
    }
    return result
  }
}

/// News agencies in a text.
enum Agencies {
  /// The agency whose name begins at a word: one the gazetteer knows, or a name that ends in "News Agency" and the like.
  static func agency(
    in words: [TextWord], at start: Int, lexicon: PageLexicon
  ) -> (name: String, words: Range<Int>)? {
    guard words.indices.contains(start) else { return nil }
    let first = words[start].text.lowercased() == "the" && start + 1 < words.count ? start + 1 : start
    for begin in [start, first] {
      if let (medium, range) = lexicon.medium(in: words, at: begin), medium.isAgency {
        return (TextWord.joined(words[range]), range)
      }
    }
    // By shape: capitalised words up to "Press Agency".
    var end = first
    while end < words.count, end - first < 5, words[end].text.first?.isUppercase == true {
      end += 1
      if end - first >= 3, isAgencyEnding(words[end - 2].text, words[end - 1].text), TextWord.isRun(words[first..<end])
      {
        return (TextWord.joined(words[first..<end]), first..<end)
      }
      if !words[end - 1].trailing.isEmpty { break }
    }
    return nil
  }

  private static func isAgencyEnding(_ first: String, _ second: String) -> Bool {
    let pair = first.lowercased() + " " + second.lowercased()
    return pair == "news agency" || pair == "press agency" || pair == "news service"
  }

  /// An agency with its words.
  static func located(_ words: ArraySlice<TextWord>, _ name: String) -> Article.Located {
    let isCapitals = words.count > 1 && words.allSatisfy(\.isAllCapitals)
    return Article.Located(isCapitals ? Byline.tidy(words) : name, layer: .text, span: TextWord.span(words))
  }

  /// The agency in a dateline: `KYIV (Reuters) —` at the start of a paragraph.
  static func inDateline(_ source: SourceText, _ span: Span, lexicon: PageLexicon) -> Article.Located? {
    let words = Array(
      TextWord.words(of: source, in: Span(Int(span.start), min(Int(span.end), Int(span.start) + 160))).prefix(14))
    guard let open = words.firstIndex(where: { $0.leading.hasSuffix("(") }), open > 0, open <= 8,
      words[0].text.first?.isUppercase == true,
      let found = agency(in: words, at: open, lexicon: lexicon),
      words[found.words.upperBound - 1].trailing.hasPrefix(")")
    else { return nil }
    // A dash closes a dateline: on the bracket or as the next word.
    let behind = words[found.words.upperBound - 1].trailing.dropFirst()
    let next = found.words.upperBound < words.count ? words[found.words.upperBound] : nil
    let hasDash = !behind.isEmpty || (next?.text.isEmpty == true) || next.map { isDash($0.leading) } == true
    return hasDash ? located(words[found.words], found.name) : nil
  }

  private static func isDash(_ text: String) -> Bool { ["-", "–", "—", "--"].contains(text) }
}
