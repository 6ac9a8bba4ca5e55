internal import VouchCore
internal import VouchOntology

/// Finds the names of one document.
struct NameFinder {
  let document: Document
  let gazetteer: Gazetteer
  let words: NameWords
  let lexicon: Lexicon
  let shapes: TokenShapes
  private(set) var found: [Name] = []
  /// Capitalised tokens that may turn out to be names, with the token that follows their run.
  private(set) var tentative: [Range<Int>] = []

  init(_ document: Document, gazetteer: Gazetteer, words: NameWords, lexicon: Lexicon) {
    self.document = document
    self.gazetteer = gazetteer
    self.words = words
    self.lexicon = lexicon
    shapes = TokenShapes(document)
  }

  /// Most tokens of a gazetteer name.
  static let window = 9
  static let particles: Set<String> = [
    "de", "van", "von", "der", "den", "bin", "ibn", "al", "el", "la", "le", "du", "da", "dos", "del", "di", "ter", "zu",
  ]

  func norm(_ index: Int) -> String { document.tokens[index].norm }
  func word(_ range: Range<Int>) -> String { document.words(span(range)) }
  func span(_ range: Range<Int>) -> Span {
    Span(Int(document.tokens[range.lowerBound].span.start), Int(document.tokens[range.upperBound - 1].span.end))
  }

  /// Finds the names of one sentence.
  mutating func scan(_ sentenceIndex: Int) {
    let sentence = document.sentences[sentenceIndex]
    let style = shapes.styles[sentenceIndex]
    var index = sentence.tokens.lowerBound
    let end = sentence.tokens.upperBound
    /// Where the last title ended, if it is one that people bear.
    var titleEnd = -1
    while index < end {
      if let title = title(at: index, end), !(shapes.isCapital[index] && beginsName(index, end, style)) {
        if title.end < end, shapes.isCapital[title.end] || title.kind != "kin" { titleEnd = title.end }
        index = title.end
        continue
      }
      guard shapes.isCapital[index] || isDigitInitial(index), !isTimeWord(index) else {
        index += 1
        continue
      }
      index = scanRun(from: index, end, style, titled: titleEnd == index)
    }
  }

  /// Whether a name other than a person's begins at a capitalised title word: "General Assembly", "Justice Department".
  private func beginsName(_ index: Int, _ end: Int, _ style: TokenShapes.Style) -> Bool {
    if let known = gazetteerName(at: index, end, style), known.range.count > 1 { return true }
    return style == .normal && headed(runRange(index, end)) != nil
  }

  /// Takes the name that begins at `index`, if there is one; returns where to go on.
  private mutating func scanRun(from index: Int, _ end: Int, _ style: TokenShapes.Style, titled: Bool) -> Int {
    let known = gazetteerName(at: index, end, style, titled: titled)
    guard style == .normal else {
      guard let known else { return index + 1 }
      take(known.range, known.label, known.range.count > 1 ? "name.gazetteer" : "name.gazetteer.heading", 0.9)
      return known.range.upperBound
    }
    if known == nil, GrammarWords.determiners.contains(norm(index)) { return index + 1 }
    let run = runRange(index, end)
    if let known, known.range.upperBound >= run.upperBound || isWhole(known, in: run, end, style) {
      return takeKnown(known, titled: titled)
    }
    if let (range, label) = headed(run) {
      take(range, label, "name.shape.head", 0.75)
      return range.upperBound
    }
    if let known, known.range.count > 1 {
      // "Los Angeles" before a word that no table knows may be half of a club's or a paper's name.
      if known.label == .location { return run.upperBound }
      return takeKnown(known, titled: titled)
    }
    return scanShape(run, known: known, titled: titled)
  }

  private mutating func takeKnown(_ known: Known, titled: Bool) -> Int {
    take(known.range, known.label, "name.gazetteer", known.confidence)
    return known.range.upperBound
  }

  /// A run of capitalised tokens that no gazetteer knows as a whole.
  private mutating func scanShape(_ run: Range<Int>, known: Known?, titled: Bool) -> Int {
    let first = run.lowerBound
    guard shapes.isCapital[first] else { return first + 1 }
    let isNoName = words.isNoName(norm(first))
    if isNoName && (shapes.isStart[first] || run.count == 1) {
      return first + 1
    }
    let person = first..<min(run.upperBound, first + 4)
    if titled, !isNoName, !shapes.isAllCapitals[first] || run.count > 1 {
      take(person, .person, "name.shape.title", run.count > 1 ? 0.9 : 0.8)
      return person.upperBound
    }
    if run.count >= 2, words.isGivenName(word(first..<first + 1)),
      !person.dropFirst().contains(where: { words.isNoName(norm($0)) })
    {
      take(person, .person, "name.shape.given-name", 0.85)
      return person.upperBound
    }
    if run.count >= 2, run.count <= 3,
      !run.contains(where: { words.isNoName(norm($0)) || shapes.isAllCapitals[$0] || lexicon.verb(norm($0)) != nil }),
      speaks(run)
    {
      take(run, .person, "name.shape.speaker", 0.75)
      return run.upperBound
    }
    if known == nil || run.count > 1 { tentative.append(run) }
    return known != nil && run.count == 1 ? first + 1 : run.upperBound
  }

  /// Whether a run stands beside a verb of speech or before its age or description.
  private func speaks(_ run: Range<Int>) -> Bool {
    func isSpeech(_ index: Int) -> Bool {
      guard document.tokens.indices.contains(index),
        document.tokens[index].sentence == document.tokens[run.lowerBound].sentence
      else { return false }
      return ["said", "says", "told", "added", "wrote", "argued", "explained"].contains(norm(index))
    }
    if isSpeech(run.lowerBound - 1) || isSpeech(run.upperBound) { return true }
    let next = run.upperBound
    guard next + 1 < document.tokens.count, norm(next) == "," else { return false }
    return ["who", "aged"].contains(norm(next + 1))
      || (Int(norm(next + 1)) ?? 0) > 9 && (Int(norm(next + 1)) ?? 0) < 110
  }

  mutating func take(_ range: Range<Int>, _ label: Name.Label, _ rule: Symbol, _ confidence: Double) {
    found.append(
      Name(tokens: range, span: span(range), label: label, rule: rule, confidence: Confidence(confidence)))
  }

  /// The names in order, after surnames and doubtful names have been settled.
  mutating func finish() -> [Name] {
    var surnames: Set<String> = []
    for name in found where name.label == .person && name.tokens.count > 1 {
      surnames.insert(word(name.tokens.upperBound - 1..<name.tokens.upperBound))
      let first = word(name.tokens.lowerBound..<name.tokens.lowerBound + 1)
      if words.isGivenName(first), !shapes.lowerSeen.contains(norm(name.tokens.lowerBound)) { surnames.insert(first) }
    }
    for index in found.indices where found[index].label == .location && found[index].tokens.count == 1 {
      let name = found[index]
      guard surnames.contains(document.words(name.span)), !isCountry(document.words(name.span)) else { continue }
      found[index].label = .person
      found[index].rule = "name.same"
    }
    let labels = Dictionary(found.map { (document.words($0.span), $0.label) }) { first, _ in first }
    let repeated = repeatedGivenNames()
    for run in tentative {
      if run.count == 1, surnames.contains(word(run)) {
        take(run, .person, "name.same", 0.9)
      } else if run.count == 1, repeated.contains(word(run)) {
        take(run, .person, "name.shape.given-name.repeated", 0.7)
      } else if run.count > 1, let label = labels[word(run)] {
        take(run, label, "name.same", 0.85)
      }
    }
    let confirmed = Set(
      found.filter { $0.rule != "name.gazetteer.heading" }.map { document.words($0.span).lowercased() })
    // One word of a heading is a name only if running text has it too, or it is a country.
    let kept = found.filter { name in
      guard name.rule == "name.gazetteer.heading", name.label != .person else { return true }
      let text = document.words(name.span)
      return confirmed.contains(text.lowercased())
        || !gazetteer.matches(for: text).allSatisfy { gazetteer.entry($0.entry).kind == .city }
    }
    return kept.sorted { $0.span < $1.span }
  }

  /// Given names that stand alone more than once, at least once where only names have capitals.
  private func repeatedGivenNames() -> Set<String> {
    var seen: Set<String> = []
    var repeated: Set<String> = []
    var insideSentence: Set<String> = []
    for run in tentative where run.count == 1 && words.isGivenName(word(run)) {
      let name = word(run)
      if !seen.insert(name).inserted { repeated.insert(name) }
      if !shapes.isStart[run.lowerBound] { insideSentence.insert(name) }
    }
    return repeated.intersection(insideSentence)
  }

  private func isCountry(_ word: String) -> Bool {
    gazetteer.matches(for: word).contains { gazetteer.entry($0.entry).kind == .country && $0.form != .demonym }
  }
}
