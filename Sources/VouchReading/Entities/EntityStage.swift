internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Groups names into entities and links them to the gazetteer.
struct EntityStage: Stage {
  static let id: Symbol = "entities/1"
  static let requires: Layers = [.sentences, .tokens, .names]
  static let assigns: Layers = .entities

  let words: ReadingWords

  /// Adds mentions and entities.
  ///
  /// - Complexity: O(n) in names and tokens.
  func run(on document: inout Document) {
    var resolver = EntityResolver(document, words)
    resolver.resolve()
    var entities: [Entity] = []
    var mentions: [Mention] = []
    var indices: [String: Int] = [:]
    for resolved in resolver.resolved {
      guard let evidence = try? document.evidence(resolved.span, rule: resolved.rule, confidence: resolved.confidence)
      else { continue }
      let index: Int
      if let known = indices[resolved.key] {
        index = known
      } else {
        index = entities.count
        indices[resolved.key] = index
        entities.append(Entity(kind: resolved.kind, name: resolved.name, entry: resolved.entry, mentions: []))
      }
      entities[index].mentions.append(mentions.count)
      if resolved.entry == nil, resolved.name.utf8.count > entities[index].name.utf8.count, entities[index].entry == nil
      {
        entities[index].name = resolved.name
      }
      mentions.append(Mention(evidence, entity: index, kind: .name))
    }
    document.entities = entities
    document.mentions = mentions
  }
}
