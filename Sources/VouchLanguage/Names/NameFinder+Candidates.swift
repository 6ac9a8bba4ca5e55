internal import VouchCore
internal import VouchOntology

extension NameFinder {
  /// A name that the gazetteer knows.
  struct Known {
    var range: Range<Int>
    var label: Name.Label
    var confidence: Double
  }

  func isDigitInitial(_ index: Int) -> Bool {
    (0x30...0x39).contains(document.text.bytes[Int(document.tokens[index].span.start)])
  }

  /// Whether a token names a day or a month here.
  func isTimeWord(_ index: Int) -> Bool {
    let norm = norm(index)
    if GrammarWords.weekday(norm) != nil { return true }
    guard GrammarWords.month(norm) != nil, shapes.isCapital[index] else { return false }
    guard norm == "may" || norm == "april" || norm == "june" || norm == "august" || norm == "mar" || norm == "jan"
    else { return true }
    let next = index + 1 < document.tokens.count ? self.norm(index + 1) : ""
    let previous = index > 0 ? self.norm(index - 1) : ""
    return Int(next) != nil || Int(previous) != nil
      || ["in", "since", "last", "next", "early", "late", "by", "until", "of", "mid"].contains(previous)
  }

  /// The longest gazetteer name that begins at a token.
  func gazetteerName(at index: Int, _ end: Int, _ style: TokenShapes.Style, titled: Bool = false) -> Known? {
    var limit = index + 1
    let first = Int(document.tokens[index].span.start)
    while limit < end, limit - index < Self.window, isInsideName(limit),
      Int(document.tokens[limit].span.end) - first <= gazetteer.longestName
    { limit += 1 }
    while limit > index {
      defer { limit -= 1 }
      guard shapes.isWord[limit - 1] else { continue }
      let range = index..<limit
      var matches = gazetteer.matches(for: word(range))
      if matches.isEmpty,
        style == .allCapitals || range.count == 1 && shapes.isAllCapitals[index] && isDateline(index, end)
      {
        matches = gazetteer.matches(for: Self.capitalized(word(range)))
      }
      // A town or parish that is called as a people is: in news the word means the people.
      let isDemonym = matches.contains { $0.form == .demonym }
      matches.removeAll { match in
        match.form == .demonym || isDemonym && [.city, .region].contains(gazetteer.entry(match.entry).kind)
      }
      // "The United States" is "United States"; "The Hague" is "The Hague".
      if range.count > 1, norm(index) == "the" {
        let known = Set(gazetteer.matches(for: word(index + 1..<limit)).map(\.entry))
        matches.removeAll { known.contains($0.entry) && !gazetteer.entry($0.entry).name.hasPrefix("The ") }
      }
      if let known = choose(matches, range, titled: titled) { return known }
    }
    return nil
  }

  private func isInsideName(_ index: Int) -> Bool {
    shapes.isWord[index] || ["-", "&", "'", "'s", ".", ",", "\u{2013}"].contains(norm(index))
  }

  private func isDateline(_ index: Int, _ end: Int) -> Bool {
    guard shapes.isStart[index], document.tokens[index].span.count > 3, index + 1 < end else { return false }
    return [",", "\u{2014}", "\u{2013}", "-", "--", "("].contains(norm(index + 1))
  }

  private static func capitalized(_ text: String) -> String {
    text.split(separator: " ").map { $0.prefix(1) + $0.dropFirst().lowercased() }.joined(separator: " ")
  }

  /// The meaning of a gazetteer name that its place in the text allows.
  private func choose(_ matches: [Gazetteer.Match], _ range: Range<Int>, titled: Bool) -> Known? {
    var best: (rank: Int, label: Name.Label, confidence: Double)?
    for match in matches {
      let entry = gazetteer.entry(match.entry)
      // "Smith's" is a possessive; only bodies are called so: "Lloyd's".
      if range.count == 2, norm(range.upperBound - 1) == "'s", entry.kind != .organization { continue }
      if range.count == 1, !allowsSingle(entry, match, range.lowerBound) { continue }
      if titled, entry.kind == .city || entry.kind == .region { continue }
      let choice: (Int, Name.Label, Double)
      switch entry.kind {
      case .country: choice = (0, .location, 0.98)
      case .person: choice = (1, .person, range.count > 1 ? 0.97 : 0.9)
      case .organization: choice = (2, .organization, 0.95)
      case .facility: choice = (3, .facility, 0.95)
      case .agency, .outlet: choice = (4, .organization, 0.9)
      case .region: choice = (5, .location, 0.9)
      case .city: choice = (6, .location, (entry.population ?? 0) >= 100_000 ? 0.9 : 0.6)
      }
      if choice.0 < best?.rank ?? .max { best = choice }
    }
    guard let best else { return nil }
    return Known(range: range, label: best.label, confidence: best.confidence)
  }

  /// Whether one word may mean an entry here; everyday words need more than a capital at the start of a sentence.
  private func allowsSingle(_ entry: Gazetteer.Entry, _ match: Gazetteer.Match, _ index: Int) -> Bool {
    let norm = norm(index)
    if shapes.isAllCapitals[index],
      word(index..<index + 1) == entry.name || entry.aliases.contains(word(index..<index + 1))
    {
      return true
    }
    if entry.kind == .country { return match.form != .metonym || !words.isNoName(norm) }
    if words.isNoName(norm) || words.title(norm) != nil { return false }
    if shapes.isStart[index], shapes.lowerSeen.contains(norm) || lexicon.verb(norm) != nil {
      return false
    }
    if entry.kind == .city, (entry.population ?? 0) < 100_000, words.isGivenName(word(index..<index + 1)) {
      return false
    }
    return true
  }

  /// The run of capitalised tokens that begins at a token, with the small words that names may hold.
  func runRange(_ index: Int, _ end: Int) -> Range<Int> {
    var next = index
    var hasHead = false
    while next < end, next - index < 12 {
      if shapes.isCapital[next], !isTimeWord(next) {
        if next > index, title(at: next, end) != nil, !hasHead || !isHead(next) { break }
        if isHead(next) || startsAsHead(index, next) { hasHead = true }
        next += 1
      } else if next > index, next + 1 < end, Self.particles.contains(norm(next)), shapes.isCapital[next + 1] {
        next += 1
      } else if next > index, isOwnerInName(next, end) {
        next += 1
      } else if next > index, hasHead, let after = linked(next, end) {
        next = after
      } else {
        break
      }
    }
    return index..<max(next, index + 1)
  }

  /// "Workers' Union", "People's Party": an owner that no gazetteer knows belongs to the name of a body.
  private func isOwnerInName(_ index: Int, _ end: Int) -> Bool {
    guard norm(index) == "'" || norm(index) == "'s", index + 1 < end, shapes.isCapital[index + 1], isHead(index + 1)
    else { return false }
    return gazetteer.matches(for: word(index - 1..<index)).isEmpty && title(at: index - 1, end) == nil
  }

  private func isHead(_ index: Int) -> Bool { words.headLabel(word(index..<index + 1), isFirst: false) != nil }
  private func startsAsHead(_ first: Int, _ last: Int) -> Bool {
    last == first && last + 1 < document.tokens.count && words.headLabel(word(first..<last + 2), isFirst: true) != nil
  }

  /// After "of", "for" or "of the" inside the name of an organisation: the capitalised token that follows.
  private func linked(_ index: Int, _ end: Int) -> Int? {
    guard norm(index) == "of" || norm(index) == "for" else { return nil }
    var next = index + 1
    if next < end, norm(next) == "the" { next += 1 }
    guard next < end, shapes.isCapital[next], !isTimeWord(next), !isPerson(next) else { return nil }
    return next
  }

  /// Whether a token names a person: "the Ministry of Merkel" is no ministry's name.
  private func isPerson(_ index: Int) -> Bool {
    gazetteer.matches(for: word(index..<index + 1)).contains { gazetteer.entry($0.entry).kind == .person }
  }

  /// The longest beginning of a run that ends in a head of an organisation, facility or place, or begins with one.
  func headed(_ run: Range<Int>) -> (Range<Int>, Name.Label)? {
    guard run.count >= 2 else { return nil }
    var first = run.lowerBound
    if GrammarWords.determiners.contains(norm(first)) { first += 1 }
    if shapes.isStart[first], words.isNoName(norm(first)), run.upperBound - first <= 2 { return nil }
    guard run.upperBound - first >= 2, shapes.isCapital[first] else { return nil }
    if let label = words.headLabel(word(first..<first + 2), isFirst: true), run.upperBound - first >= 3 {
      return (first..<run.upperBound, label)
    }
    var last = run.upperBound
    while last - first >= 2 {
      if let label = words.headLabel(word(last - 1..<last), isFirst: false) { return (first..<last, label) }
      last -= 1
    }
    return nil
  }

  /// Whether what follows a known name inside a run is another name, a title or a demonym, so that the name ends there.
  func isWhole(_ known: Known, in run: Range<Int>, _ end: Int, _ style: TokenShapes.Style) -> Bool {
    let next = known.range.upperBound
    guard next < run.upperBound else { return true }
    if title(at: next, end) != nil { return headed(run) == nil || known.range.count > 1 }
    if let (range, _) = headed(run), range.lowerBound == known.range.lowerBound {
      // "Merkel White House": two names. "Lyon School": one.
      return gazetteerName(at: next, end, style).map { $0.range.upperBound >= range.upperBound && $0.range.count > 1 }
        ?? false
    }
    if let following = gazetteerName(at: next, end, style) {
      return known.label != .person && following.label == .person || following.range.count > 1
    }
    return gazetteer.matches(for: word(next..<next + 1)).contains { $0.form == .demonym }
  }

  /// The longest title that begins at a token.
  func title(at index: Int, _ end: Int) -> (end: Int, kind: String)? {
    guard words.isTitleWord(norm(index)) else { return nil }
    var limit = min(end, index + words.longestTitle)
    while limit > index {
      let text = limit - index == 1 ? norm(index) : document.tokens[index..<limit].map(\.norm).joined(separator: " ")
      if let title = words.title(text) { return (limit, title.kind) }
      limit -= 1
    }
    return nil
  }
}
