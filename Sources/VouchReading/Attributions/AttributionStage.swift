internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Finds who is said to have said what: direct quotations beside a cue, and the clauses of cue verbs.
///
/// Source and cue always stand in the sentence in which the reported words begin or end.
struct AttributionStage: Stage {
  static let id: Symbol = "attributions/1"
  static let requires: Layers = [.sentences, .tokens, .entities, .times]
  static let assigns: Layers = .attributions

  let words: ReadingWords

  /// Adds the attributions.
  ///
  /// - Complexity: O(n) in tokens; every cue looks at no more than its sentence.
  func run(on document: inout Document) {
    var finder = AttributionFinder(Clauses(document, words))
    finder.findQuotations()
    for sentence in document.sentences.indices { finder.findReports(in: sentence) }
    document.attributions = finder.found.sorted { a, b in
      a.content[0] != b.content[0] ? a.content[0] < b.content[0] : a.evidence.span < b.evidence.span
    }
  }
}
