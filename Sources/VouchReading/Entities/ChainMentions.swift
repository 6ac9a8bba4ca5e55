internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// The descriptions and pronouns that stand in one chain with a named entity.
struct ChainMentions {
  private static let nominal: Symbol = "reference.nominal"
  private static let pronoun: Symbol = "reference.pronoun"

  /// Mentions of the entities, in the order of their heads; none is a name.
  private(set) var mentions: [Mention] = []

  /// Goes through the chains of a document.
  ///
  /// Where a chain has names of several entities, what is no name belongs to the one named last before it; before the
  /// first name, to that one.
  ///
  /// - Parameter named: Mentions by name, ascending.
  /// - Complexity: O(r + m) for r references and m mentions.
  init(_ document: Document, named: [Mention]) {
    var isName = [Bool](repeating: false, count: document.references.count)
    /// For each reference, the entity that it names.
    var entities = [Int?](repeating: nil, count: document.references.count)
    var next = 0
    for (index, reference) in document.references.enumerated() {
      let head = document.tokens[reference.head].span
      while next < named.count, named[next].evidence.span.end <= head.start { next += 1 }
      guard next < named.count, named[next].evidence.span.overlaps(head) else { continue }
      isName[index] = true
      entities[index] = named[next].entity
    }
    var current: [Int: Int] = [:]
    for (index, reference) in document.references.enumerated().reversed() {
      if let entity = entities[index] { current[reference.chain] = entity }
    }
    for (index, reference) in document.references.enumerated() {
      if let entity = entities[index] { current[reference.chain] = entity }
      guard !isName[index], reference.form != .name, document.isRead(token: reference.head),
        let entity = current[reference.chain],
        let evidence = try? document.evidence(
          document.span(of: reference.tokens), rule: reference.form == .pronoun ? Self.pronoun : Self.nominal,
          confidence: reference.confidence)
      else { continue }
      mentions.append(Mention(evidence, entity: entity, kind: reference.form))
    }
  }
}
