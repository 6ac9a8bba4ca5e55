internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Reads happenings off verbs and nouns by the frames of the ontology.
struct EventStage: Stage {
  static let id: Symbol = "events/2"
  static let requires: Layers = [.sentences, .tokens, .syntax, .references, .entities, .times, .attributions]
  static let assigns: Layers = .events

  let words: ReadingWords

  /// Adds the events.
  ///
  /// - Complexity: O(n) in tokens; every trigger looks at no more than a few dozen of them.
  func run(on document: inout Document) {
    var reader = EventReader(Trees(document, words))
    for index in reader.document.tokens.indices where reader.document.isRead(token: index) { reader.read(index) }
    document.events = reader.events
  }
}
