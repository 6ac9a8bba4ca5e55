internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Groups names into entities, links them to the gazetteer, and adds the descriptions and pronouns that refer to them.
struct EntityStage: Stage {
  static let id: Symbol = "entities/3"
  static let requires: Layers = [.sentences, .tokens, .syntax, .names, .references, .reports]
  static let assigns: Layers = .entities

  let words: ReadingWords

  /// Adds mentions and entities.
  ///
  /// - Complexity: O(n log n) in names, references and tokens.
  func run(on document: inout Document) {
    let children = DependentLists(document.tokens)
    var resolver = EntityResolver(document, words, children)
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
      if resolved.entry == nil, resolved.name.utf8.count > entities[index].name.utf8.count, entities[index].entry == nil
      {
        entities[index].name = resolved.name
      }
      mentions.append(Mention(evidence, entity: index, kind: .name))
    }
    let others = ChainMentions(document, words, children, named: mentions, entities: entities)
    assign(others.entities, mentions + others.mentions, to: &document)
  }

  /// Puts mentions in the order of the text and entities in the order of their first mentions.
  private func assign(_ entities: [Entity], _ mentions: [Mention], to document: inout Document) {
    var mentions = mentions.sorted { $0.evidence.span < $1.evidence.span }
    var order = [Int](repeating: -1, count: entities.count)
    var sorted: [Entity] = []
    for index in mentions.indices {
      let entity = mentions[index].entity
      if order[entity] < 0 {
        order[entity] = sorted.count
        sorted.append(entities[entity])
      }
      mentions[index].entity = order[entity]
      sorted[order[entity]].mentions.append(index)
    }
    for index in sorted.indices {
      sorted[index].code = sorted[index].entry.flatMap { words.codes.code($0, on: document.article.metadata.published) }
    }
    document.entities = sorted
    document.mentions = mentions
  }
}
