internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Finds the attributions of one document.
struct AttributionFinder {
  /// A cue verb with the mention that is its subject.
  struct CueVerb {
    var token: Int
    /// First token of its auxiliaries.
    var first: Int
    var cue: Cue
    var source: Int
    /// Token left of the source's titles.
    var left: Int
  }

  let clauses: Clauses
  private(set) var found: [Attribution] = []
  /// Cue tokens that introduce a quotation already.
  private var used: Set<Int> = []
  /// Cue verbs by sentence, found once.
  private(set) var cueVerbs: [Int: [CueVerb]] = [:]
  /// Cue verbs by their token, and by the token left of their source.
  private(set) var cueAt: [Int: CueVerb] = [:]
  private(set) var cueAfter: [Int: CueVerb] = [:]

  var document: Document { clauses.document }

  init(_ clauses: Clauses) {
    self.clauses = clauses
    for (index, sentence) in clauses.document.sentences.enumerated() where !sentence.tokens.isEmpty {
      let verbs = sentence.tokens.compactMap { cueVerb(at: $0) }
      guard !verbs.isEmpty else { continue }
      cueVerbs[index] = verbs
      for verb in verbs {
        cueAt[verb.token] = verb
        if cueAfter[verb.left] == nil { cueAfter[verb.left] = verb }
      }
    }
  }

  private func cueVerb(at index: Int) -> CueVerb? {
    guard !clauses.isMention[index], let (form, cue) = clauses.words.verbCue(clauses.norm(index)),
      let group = clauses.verbGroup(at: index, form), !group.isPassive, !group.isNegated, group.modality == .asserted
    else { return nil }
    let subjects = clauses.subjects(of: group)
    guard subjects.count == 1, clauses.isActor(subjects[0]) else { return nil }
    let sentence = clauses.sentence(of: index)
    guard let first = firstToken(of: subjects[0], before: index, sentence) else { return nil }
    var left = clauses.beforeTitles(first, sentence)
    // "the foreign minister, NAME, said"
    if left > sentence.lowerBound, clauses.norm(left) == ",", clauses.words.names.isTitleWord(clauses.norm(left - 1)) {
      left = clauses.beforeTitles(left, sentence)
    }
    return CueVerb(token: index, first: group.first, cue: cue, source: subjects[0], left: left)
  }

  private func firstToken(of mention: Int, before index: Int, _ sentence: Range<Int>) -> Int? {
    (max(sentence.lowerBound, index - 60)..<index).last { clauses.mentionStart[$0] == mention }
  }

  func isUsed(_ token: Int) -> Bool { used.contains(token) }
  mutating func use(_ token: Int) { used.insert(token) }

  /// Takes an attribution if its passage is good evidence.
  mutating func take(
    _ source: Int, _ cue: Span, _ content: Span, _ form: Attribution.Form, _ rule: Symbol, _ confidence: Double
  ) {
    let content = document.text.trimmed(content)
    guard !content.isEmpty else { return }
    let sourceSpan = document.mentions[source].evidence.span
    let passage = sourceSpan.union(cue).union(content)
    guard let evidence = try? document.evidence(passage, rule: rule, confidence: Confidence(confidence)) else { return }
    found.append(
      Attribution(
        source: document.mentions[source].entity, sourceSpan: sourceSpan, cue: cue, content: [content], form: form,
        evidence: evidence))
  }

  // MARK: Direct quotations

  /// Attributes every quotation that has a cue before or after it.
  mutating func findQuotations() {
    for range in clauses.quotations.ranges where range.count >= 3 {
      if attributeAfter(range) { continue }
      attributeBefore(range)
    }
  }

  private func sentence(_ token: Int) -> Int { document.tokens[token].sentence }
  private func contentSpan(_ range: Range<Int>) -> Span { clauses.span(range.lowerBound, range.upperBound - 1) }

  /// `"…," X said` and `"…," said X`.
  private mutating func attributeAfter(_ range: Range<Int>) -> Bool {
    let close = range.upperBound
    var next = close + 1
    guard next < document.tokens.count, sentence(next) == sentence(close) else { return false }
    let ends = [",", "?", "!", ".", "\u{2026}", "\u{2014}"].contains(clauses.norm(close - 1))
    let hasComma = clauses.norm(next) == ","
    if hasComma { next += 1 }
    guard ends || hasComma, next < document.tokens.count, sentence(next) == sentence(close) else { return false }
    let tokens = document.sentences[sentence(close)].tokens
    if let (form, cue) = clauses.words.verbCue(clauses.norm(next)), cue.content.contains(.quote),
      !form.inflections.isDisjoint(with: [.past, .third]), let filler = clauses.filler(from: next + 1, tokens),
      !filler.isOwner,
      clauses.isActor(filler.mention), startsWhole(range)
    {
      use(next)
      take(
        filler.mention, clauses.document.tokens[next].span, contentSpan(range), .direct,
        "attribution.direct.post-inverted", 0.95)
      return true
    }
    guard let verb = cueAfter[next - 1], verb.token > next, verb.cue.content.contains(.quote),
      startsWhole(range)
    else { return false }
    use(verb.token)
    take(verb.source, document.tokens[verb.token].span, contentSpan(range), .direct, "attribution.direct.post", 0.95)
    return true
  }

  /// Whether a quotation opens its sentence, so that it is no part of the article's own clause.
  private func startsWhole(_ range: Range<Int>) -> Bool {
    let open = range.lowerBound - 1
    guard open > 0, sentence(open - 1) == sentence(open) else { return true }
    return [",", ":", "\u{2014}", "(", ")", ";"].contains(clauses.norm(open - 1))
      || clauses.isCapital(range.lowerBound) && clauses.norm(open - 1) == "\u{2022}"
  }

  /// `X said, "…"`, `X told reporters: "…"`, `said X: "…"`.
  private mutating func attributeBefore(_ range: Range<Int>) {
    let open = range.lowerBound - 1
    guard open > 0, sentence(open - 1) == sentence(open), [",", ":"].contains(clauses.norm(open - 1)) else { return }
    let near = max(document.sentences[sentence(open)].tokens.lowerBound, open - 14)..<open
    guard let verb = near.last(where: { cueAt[$0] != nil }).flatMap({ cueAt[$0] }), verb.token + 1 < open,
      verb.cue.content.contains(.quote)
    else { return }
    let between = verb.token + 1..<open - 1
    guard
      !between.contains(where: {
        clauses.isFinite($0) || clauses.norm($0) == "," || clauses.norm($0) == "that" || clauses.quotations.at[$0] >= 0
      })
    else { return }
    use(verb.token)
    take(verb.source, document.tokens[verb.token].span, contentSpan(range), .direct, "attribution.direct.pre", 0.92)
  }
}
