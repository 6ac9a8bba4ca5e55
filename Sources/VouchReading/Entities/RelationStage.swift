internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Reads offices and memberships off titles, and places within places off their names.
struct RelationStage: Stage {
  static let id: Symbol = "relations/1"
  static let requires: Layers = [.sentences, .tokens, .entities]
  static let assigns: Layers = .relations

  let words: ReadingWords

  /// Adds the relations.
  ///
  /// - Complexity: O(m) in mentions; each looks at no more than a dozen tokens.
  func run(on document: inout Document) {
    let clauses = Clauses(document, words)
    var relations: [Relation] = []
    for index in clauses.document.tokens.indices where clauses.mentionStart[index] >= 0 {
      let kind = clauses.entity(clauses.mentionStart[index]).kind
      if kind == .person {
        for relation in [before(index, clauses), after(index, clauses)] {
          if let relation { relations.append(relation) }
        }
      } else if let relation = containment(index, clauses) {
        relations.append(relation)
      }
    }
    document.relations = relations.sorted { $0.evidence.span < $1.evidence.span }
  }

  private func made(
    _ kind: Relation.Kind, _ subject: Int, _ object: Int, _ span: Span, _ rule: Symbol, _ confidence: Double,
    _ document: Document
  ) -> Relation? {
    guard subject != object, let evidence = try? document.evidence(span, rule: rule, confidence: Confidence(confidence))
    else { return nil }
    return Relation(kind: kind, subject: subject, object: object, evidence: evidence)
  }

  /// The title whose last word stands before `end`, with its first token.
  private func title(endingBefore end: Int, _ clauses: Clauses) -> (first: Int, title: NameWords.Title)? {
    let sentence = clauses.sentence(of: end)
    for first in max(sentence.lowerBound, end - words.names.longestTitle)..<max(end, sentence.lowerBound + 1)
    where first < end {
      let text = (first..<end).map(clauses.norm).joined(separator: " ")
      if let title = words.names.title(text) { return (first, title) }
    }
    return nil
  }

  /// Words that say that an office is no longer held.
  private static let past: Set<String> = ["former", "ex", "late", "then", "ousted", "deposed", "one-time", "onetime"]

  /// "French President X", "Italy's Foreign Minister X", "Vatican aide X".
  private func before(_ index: Int, _ clauses: Clauses) -> Relation? {
    guard let (first, title) = title(endingBefore: index, clauses), let kind = Relation.Kind(rawValue: title.relation)
    else { return nil }
    let sentence = clauses.sentence(of: index)
    var owner = first - 1
    guard owner >= sentence.lowerBound, !Self.past.contains(clauses.norm(owner)) else { return nil }
    if clauses.norm(owner) == "'s" || clauses.norm(owner) == "'" { owner -= 1 }
    guard owner >= sentence.lowerBound else { return nil }
    let object: Int
    let start: Int
    if clauses.demonym[owner] >= 0 {
      object = clauses.demonym[owner]
      start = owner
    } else if clauses.mentionEnd[owner] >= 0, isBody(clauses.mentionEnd[owner], clauses) {
      object = clauses.document.mentions[clauses.mentionEnd[owner]].entity
      start = clauses.firstToken(ofMentionEndingAt: owner)
    } else {
      return nil
    }
    guard start == sentence.lowerBound || !Self.past.contains(clauses.norm(start - 1)) else { return nil }
    let mention = clauses.mentionStart[index]
    let span = clauses.span(start, clauses.lastToken(ofMentionStartingAt: index))
    return made(
      kind, clauses.document.mentions[mention].entity, object, span, Symbol("relation.title." + title.id), 0.9,
      clauses.document)
  }

  /// "X, president of Y".
  private func after(_ index: Int, _ clauses: Clauses) -> Relation? {
    let last = clauses.lastToken(ofMentionStartingAt: index)
    let sentence = clauses.sentence(of: index)
    guard clauses.norm(last + 1) == ",", last + 2 < sentence.upperBound else { return nil }
    var position = last + 2
    if let relation = ownedTitle(index, from: position, clauses) { return relation }
    if clauses.norm(position) == "the" { position += 1 }
    var end = min(sentence.upperBound, position + words.names.longestTitle)
    while end > position {
      let text = (position..<end).map(clauses.norm).joined(separator: " ")
      if let title = words.names.title(text), let kind = Relation.Kind(rawValue: title.relation),
        clauses.norm(end) == "of"
      {
        var object = end + 1
        if clauses.norm(object) == "the" { object += 1 }
        guard object < sentence.upperBound, clauses.mentionStart[object] >= 0,
          isBody(clauses.mentionStart[object], clauses)
        else { return nil }
        let span = clauses.span(index, clauses.lastToken(ofMentionStartingAt: object))
        let subject = clauses.document.mentions[clauses.mentionStart[index]].entity
        let body = clauses.document.mentions[clauses.mentionStart[object]].entity
        return made(kind, subject, body, span, Symbol("relation.apposition." + title.id), 0.85, clauses.document)
      }
      end -= 1
    }
    return nil
  }

  /// "X, Y's president".
  private func ownedTitle(_ index: Int, from start: Int, _ clauses: Clauses) -> Relation? {
    guard clauses.mentionStart[start] >= 0, isBody(clauses.mentionStart[start], clauses) else { return nil }
    let first = clauses.lastToken(ofMentionStartingAt: start) + 2
    let sentence = clauses.sentence(of: index)
    guard clauses.norm(first - 1) == "'s" || clauses.norm(first - 1) == "'" else { return nil }
    var end = min(sentence.upperBound, first + words.names.longestTitle)
    while end > first {
      let text = (first..<end).map(clauses.norm).joined(separator: " ")
      if let title = words.names.title(text), let kind = Relation.Kind(rawValue: title.relation),
        end >= sentence.upperBound || clauses.norm(end) == "," || clauses.norm(end) == "."
      {
        let subject = clauses.document.mentions[clauses.mentionStart[index]].entity
        let body = clauses.document.mentions[clauses.mentionStart[start]].entity
        let rule = Symbol("relation.apposition." + title.id)
        return made(kind, subject, body, clauses.span(index, end - 1), rule, 0.85, clauses.document)
      }
      end -= 1
    }
    return nil
  }

  private func isBody(_ mention: Int, _ clauses: Clauses) -> Bool {
    [.organization, .government].contains(clauses.entity(mention).kind)
  }

  /// "City, Region" and "City, Country".
  private func containment(_ index: Int, _ clauses: Clauses) -> Relation? {
    let mention = clauses.mentionStart[index]
    let last = clauses.lastToken(ofMentionStartingAt: index)
    let sentence = clauses.sentence(of: index)
    let next = last + 2
    guard clauses.norm(last + 1) == ",", next < sentence.upperBound, clauses.mentionStart[next] >= 0 else { return nil }
    let inner = clauses.entity(mention)
    let outer = clauses.entity(clauses.mentionStart[next])
    guard inner.kind == .place || inner.kind == .facility, inner.entry?.kind != .region || outer.entry?.kind == .country
    else { return nil }
    guard let outerEntry = outer.entry, outerEntry.kind == .region || outerEntry.kind == .country,
      let country = outerEntry.country,
      inner.entry?.country == country
    else { return nil }
    let end = clauses.lastToken(ofMentionStartingAt: next)
    guard clauses.norm(end + 1) != "and", clauses.norm(end + 1) != "'s" else { return nil }
    return made(
      .partOf, clauses.document.mentions[mention].entity, clauses.document.mentions[clauses.mentionStart[next]].entity,
      clauses.span(index, end), "relation.place.comma", 0.9, clauses.document)
  }
}
