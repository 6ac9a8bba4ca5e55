package import VouchCore
package import VouchOntology

/// Finds names: by gazetteer, by title, by given name, by head of an organisation, and again where they recur.
package struct NameStage: Stage {
  package static let id: Symbol = "names/1"
  package static let requires: Layers = [.sentences, .tokens]
  package static let assigns: Layers = .names

  private let gazetteer: Gazetteer
  private let words: NameWords
  private let lexicon: Lexicon

  /// Makes the stage.
  package init(gazetteer: Gazetteer, words: NameWords, lexicon: Lexicon) {
    self.gazetteer = gazetteer
    self.words = words
    self.lexicon = lexicon
  }

  /// Adds the names.
  ///
  /// - Complexity: O(n) in tokens; each start tries at most nine tokens.
  package func run(on document: inout Document) {
    var finder = NameFinder(document, gazetteer: gazetteer, words: words, lexicon: lexicon)
    for index in document.sentences.indices { finder.scan(index) }
    document.names = finder.finish()
  }
}
