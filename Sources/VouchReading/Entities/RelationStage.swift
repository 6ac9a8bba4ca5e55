internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Reads offices and memberships off titles, and places within places off their names.
struct RelationStage: Stage {
  static let id: Symbol = "relations/2"
  static let requires: Layers = [.sentences, .tokens, .syntax, .entities]
  static let assigns: Layers = .relations

  let words: ReadingWords

  /// Adds the relations.
  ///
  /// - Complexity: O(n) in tokens; each title looks at its dependents and its head's.
  func run(on document: inout Document) {
    let relations = TitleRelations(document, words).relations + containments(document)
    document.relations = relations.sorted { $0.evidence.span < $1.evidence.span }
  }

  /// "City, Region" and "City, Country".
  private func containments(_ document: Document) -> [Relation] {
    let names = document.mentions.filter { $0.kind == .name }
    let map = MentionMap(names, document)
    func norm(_ token: Int) -> String { document.tokens.indices.contains(token) ? document.tokens[token].norm : "" }
    return zip(names.indices, names.indices.dropFirst()).compactMap { one, next in
      guard map.tokens[one].upperBound + 1 == map.tokens[next].lowerBound, norm(map.tokens[one].upperBound) == ",",
        !["and", "'s"].contains(norm(map.tokens[next].upperBound)), names[one].entity != names[next].entity
      else { return nil }
      let (inner, outer) = (document.entities[names[one].entity], document.entities[names[next].entity])
      guard inner.kind == .place || inner.kind == .facility,
        inner.entry?.kind != .region || outer.entry?.kind == .country,
        let outerEntry = outer.entry, outerEntry.kind == .region || outerEntry.kind == .country,
        let country = outerEntry.country, inner.entry?.country == country,
        let evidence = try? document.evidence(
          names[one].evidence.span.union(names[next].evidence.span), rule: "relation.place.comma",
          confidence: Confidence(0.9))
      else { return nil }
      return Relation(kind: .partOf, subject: names[one].entity, object: names[next].entity, evidence: evidence)
    }
  }
}
