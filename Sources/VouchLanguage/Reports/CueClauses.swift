internal import VouchCore

/// Reports that the dependency tree shows where the model found none: a subject, a verb that reports, and its clause.
///
/// The model finds no report inside another ("Berg said ⟦Dahl had promised to pay⟧"), since the corpus that it learned from
/// has none.
struct CueClauses {
  private static let confidence = Confidence(0.75)
  /// Most words of a content.
  private static let longest = 512
  /// What verbs report speech; belief of third persons is somebody's guess.
  private static let forces: Set<String> = [
    "say", "claim", "deny", "promise", "order", "ask", "warn", "accept",
  ]
  private static let finite: Set<Symbol> = ["VBD", "VBZ", "VBP", "VBN", "VBG"]
  private static let (clause, open, negation): (Symbol, Symbol, String) = ("ccomp", "xcomp", "not")
  private static let auxiliary: Symbol = "aux", copula: Symbol = "cop", mark: Symbol = "mark", modal: Symbol = "MD",
    bare: Symbol = "VB"
  private static let addressed: Features = [.first, .second]

  private let document: Document
  private let words: CueWords
  private let children: DependentLists
  private let subtrees: [ClosedRange<Int>]
  private let subjects: CueSubjects
  private let marks: QuotedTokens

  /// Prepares the trees.
  ///
  /// - Complexity: O(n) in tokens.
  init(_ document: Document, _ words: CueWords, _ marks: QuotedTokens) {
    self.document = document
    self.words = words
    self.marks = marks
    children = DependentLists(document.tokens)
    subtrees = children.subtrees
    subjects = CueSubjects(document, children: children)
  }

  /// The reports that are not among `known`.
  ///
  /// - Complexity: O(n log n) in tokens.
  func missing(from known: [Report]) -> [Report] {
    var isCue = [Bool](repeating: false, count: document.tokens.count)
    /// For each token, the shortest content that covers it.
    var covering = [Int](repeating: 0, count: document.tokens.count)
    for report in known {
      for token in report.cue.joined() { isCue[token] = true }
      for piece in report.content {
        for token in piece where covering[token] == 0 || piece.count < covering[token] { covering[token] = piece.count }
      }
    }
    var found: [Report] = []
    for token in document.tokens.indices where !isCue[token] && document.isRead(token: token) {
      guard let content = content(of: token), let source = subjects.source(of: [token..<token + 1], taken: [content]),
        !isSpeakersOwn(source)
      else { continue }
      // A content that is told already, but for some words, is not told again.
      let outer = covering[content.lowerBound]
      guard outer == 0 || covering[token] > 0 && content.count * 5 < outer * 4 else { continue }
      found.append(
        Report(
          source: [source], cue: [token..<token + 1], content: [content],
          form: marks.isQuoted[token] ? .indirect : marks.form([content], document),
          origin: .tree, confidence: Self.confidence))
    }
    return found
  }

  private func content(of verb: Int) -> Range<Int>? {
    let token = document.tokens[verb]
    guard token.upos == .verb, Self.finite.contains(token.xpos), let cue = words.verb(token.lemma),
      Self.forces.contains(cue.force)
    else { return nil }
    var found: Int?
    for child in children[verb] {
      let dependent = document.tokens[child]
      if dependent.lemma == Self.negation || dependent.xpos == Self.modal { return nil }
      if dependent.deprel == Self.mark, dependent.norm != "that" { return nil }
      if dependent.deprel == Self.clause && cue.takesClause && isClause(child)
        || dependent.deprel == Self.open && isInfinitive(child, cue)
      {
        found = found ?? child
      }
    }
    guard let found, found > verb else { return nil }
    let range = subtrees[found]
    guard range.lowerBound > verb else { return nil }
    let content = marks.unquoted(range.lowerBound..<range.upperBound + 1, document)
    return (2...Self.longest).contains(content.count) ? content : nil
  }

  private func isClause(_ token: Int) -> Bool {
    document.tokens[token].upos == .verb || children[token].contains { document.tokens[$0].deprel == Self.copula }
  }

  private func isInfinitive(_ token: Int, _ cue: CueWords.Verb) -> Bool {
    (cue.takesInfinitive || cue.force == "promise") && document.tokens[token].xpos == Self.bare
  }

  /// Whether somebody who is quoted speaks of his own words ("I told them"), or of nobody's ("you say").
  private func isSpeakersOwn(_ source: Range<Int>) -> Bool {
    guard source.count == 1 else { return false }
    let word = document.tokens[source.lowerBound]
    return word.upos == .pron && !word.features.isDisjoint(with: Self.addressed)
  }
}
