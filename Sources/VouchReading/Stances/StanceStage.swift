internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Reads who is for or against what off verbs, nouns and adjectives by the frames of the ontology.
struct StanceStage: Stage {
  static let id: Symbol = "stances/2"
  static let requires: Layers = [.sentences, .tokens, .entities, .times, .events]
  static let assigns: Layers = .stances

  let words: ReadingWords

  /// Adds the stances.
  ///
  /// - Complexity: O(n) in tokens; every trigger looks at no more than a few dozen of them.
  func run(on document: inout Document) {
    var reader = StanceReader(Trees(document, words))
    for index in reader.document.tokens.indices where reader.document.isRead(token: index) { reader.read(index) }
    document.stances = reader.stances.sorted { $0.evidence.span < $1.evidence.span }
  }
}
