internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Finds dates, times, durations and repeated times, and works them out from the day of publication.
///
/// Without a day of publication a relative expression has no date. A weekday is the nearest one up to publication, or, in
/// a clause about the future, from it on; a month or day without a year likewise. "That day" and "two days later" are
/// counted from the nearest date before in the article.
struct TimeStage: Stage {
  static let id: Symbol = "times/2"
  static let requires: Layers = [.sentences, .tokens, .names, .syntax]
  static let assigns: Layers = .times

  private let words: TimeWords

  /// Reads the table of words.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  init(_ ontology: Ontology) throws(Diagnostic) { words = try TimeWords(ontology) }

  /// Adds the time expressions.
  ///
  /// - Complexity: O(n) in tokens.
  func run(on document: inout Document) {
    let clauses = ClauseTense(document)
    var resolver = TimeResolver(published: document.article.metadata.published)
    var times: [TimeExpression] = []
    for sentence in document.sentences where document.article.blocks[sentence.block].kind.isRead {
      let atoms = TimeAtom.atoms(of: sentence.tokens, in: document, words: words)
      let grammar = TimeGrammar(atoms: atoms, words: words, document: document)
      var index = 0
      while index < atoms.count {
        guard let match = grammar.expression(at: index), !cutsName(match, grammar) else {
          index += 1
          continue
        }
        times.append(expression(match, grammar, clauses, &resolver))
        index = match.next
      }
    }
    document.times = times
  }

  /// Whether a name of something else holds part of an expression and other words: "April Smith", "the Sunday Times".
  private func cutsName(_ match: TimeMatch, _ grammar: TimeGrammar) -> Bool {
    let tokens = grammar.tokens(match)
    let names = grammar.document.names
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      if names[middle].tokens.upperBound <= tokens.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < names.count, names[low].tokens.lowerBound < tokens.upperBound {
      let name = names[low]
      let isInside = tokens.lowerBound <= name.tokens.lowerBound && name.tokens.upperBound <= tokens.upperBound
      if name.label != .date, !isInside { return true }
      low += 1
    }
    return false
  }

  private func expression(
    _ match: TimeMatch, _ grammar: TimeGrammar, _ clauses: ClauseTense, _ resolver: inout TimeResolver
  ) -> TimeExpression {
    let span = grammar.atoms[match.first].span.union(grammar.atoms[match.next - 1].span)
    switch match.content {
    case .set(let value): return TimeExpression(span, kind: .set, value: value)
    case .duration(let amounts): return TimeExpression(span, kind: .duration, value: TimeAmount.value(amounts))
    case .time(let meaning, let time):
      guard let meaning else { return TimeExpression(span, kind: .time, value: time.value(on: "")) }
      let tense = tense(of: match, grammar, clauses)
      let period = resolver.period(meaning, tense)
      if let period { resolver.remember(period) }
      return TimeExpression(
        span, kind: .time, value: time.value(on: resolver.value(meaning, tense)), date: period?.date,
        from: period.flatMap { CalendarDate(dayNumber: $0.from) }, to: period.flatMap { CalendarDate(dayNumber: $0.to) }
      )
    case .date(let meaning, let bound):
      let tense = tense(of: match, grammar, clauses)
      let period = resolver.period(meaning, tense)
      if let period { resolver.remember(period) }
      var time = TimeExpression(span, kind: .date, value: resolver.value(meaning, tense))
      let from = period.flatMap { CalendarDate(dayNumber: $0.from) }
      let to = period.flatMap { CalendarDate(dayNumber: $0.to) }
      switch bound {
      case nil: (time.date, time.from, time.to) = (period?.date, from, to)
      case .since: (time.date, time.from) = (period?.date, from)
      case .until: (time.date, time.to) = (period?.date, to)
      case .after: time.from = to
      case .before: time.to = from
      }
      return time
    }
  }

  /// The tense of the clause around an expression; "until" and "ahead of" point forward where it has none.
  private func tense(of match: TimeMatch, _ grammar: TimeGrammar, _ clauses: ClauseTense) -> ClauseTense.Tense {
    let tense = clauses.tense(of: grammar.tokens(match))
    guard tense == .unknown || tense == .present else { return tense }
    let before = grammar.text(match.first - 1)
    if ["until", "till", "by"].contains(before) || before == "of" && grammar.text(match.first - 2) == "ahead" {
      return .future
    }
    return tense
  }
}

extension TimeGrammar {
  /// The tokens that a match touches.
  func tokens(_ match: TimeMatch) -> Range<Int> { atoms[match.first].token..<atoms[match.next - 1].token + 1 }
}
