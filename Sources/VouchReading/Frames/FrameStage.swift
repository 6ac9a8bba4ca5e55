internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Reads happenings and attitudes off dependency trees by the frames of the ontology.
struct FrameStage: Stage {
  static let id: Symbol = "frames/1"
  static let requires: Layers = [
    .sentences, .tokens, .syntax, .references, .entities, .times, .attributions,
  ]
  static let assigns: Layers = [.events, .stances]

  let words: ReadingWords

  /// Adds the events, then the stances, which may be about events, and the countries that only demonyms refer to.
  ///
  /// - Complexity: O(n) in tokens; every trigger looks at its dependents and at a few words above it.
  func run(on document: inout Document) {
    var trees = Trees(document, words)
    let read = document.tokens.indices.filter { document.isRead(token: $0) }
    var events = EventReader(trees)
    for token in read { events.read(token) }
    let found = events.finish()
    trees.add(found.entities, found.mentions)
    var stances = StanceReader(trees, events: found.events)
    for token in read { stances.read(token) }
    document.entities = trees.document.entities
    document.events = found.events
    add(found.mentions, to: &document)
    document.stances = stances.stances.sorted { $0.evidence.span < $1.evidence.span }
  }

  /// Puts further mentions among the others, in the order of the text.
  private func add(_ mentions: [Mention], to document: inout Document) {
    guard !mentions.isEmpty else { return }
    document.mentions = (document.mentions + mentions).enumerated()
      .sorted { ($0.element.evidence.span, $0.offset) < ($1.element.evidence.span, $1.offset) }.map(\.element)
    for entity in document.entities.indices { document.entities[entity].mentions = [] }
    for (index, mention) in document.mentions.enumerated() {
      document.entities[mention.entity].mentions.append(index)
    }
  }
}
