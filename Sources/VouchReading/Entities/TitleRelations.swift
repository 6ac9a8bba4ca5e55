internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Whom the text gives which office of which body: "French President X", "X, president of Y", "X is Y's president".
struct TitleRelations {
  private static let (apposition, copula): (Symbol, Symbol) = ("appos", "cop")
  private static let subjects: Set<Symbol> = ["nsubj", "nsubj:outer"]

  private let document: Document
  private let words: ReadingWords
  private let children: DependentLists
  private let map: MentionMap
  private let phrases: OfficePhrases
  /// The entities of countries, by the ids of their rows.
  private let countries: [String: Int]

  /// Prepares the trees and mentions.
  ///
  /// - Complexity: O(n) in tokens.
  init(_ document: Document, _ words: ReadingWords) {
    self.document = document
    self.words = words
    children = DependentLists(document.tokens)
    map = MentionMap(document.mentions, document)
    phrases = OfficePhrases(document, words.names, children)
    countries = Dictionary(
      document.entities.enumerated().compactMap { index, entity in
        entity.entry.flatMap { $0.kind == .country ? ($0.id, index) : nil }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The relations that titles tell of, in the order of the titles.
  ///
  /// - Complexity: O(n) in tokens, times the dependents of titles.
  var relations: [Relation] {
    document.tokens.indices.compactMap { token in
      guard words.names.isTitleWord(document.tokens[token].norm), document.isRead(token: token),
        let (person, place) = bearer(of: token),
        let phrase = phrases.phrase(endingAt: token, isOwner: { body($0) != nil }),
        let object = body(phrase.owner), object != person, let kind = Relation.Kind(rawValue: phrase.title.relation)
      else { return nil }
      let isBefore = phrase.tokens.upperBound == place.lowerBound
      let rule = Symbol((isBefore ? "relation.title." : "relation.apposition.") + phrase.title.id)
      let span = document.span(
        of: min(phrase.tokens.lowerBound, place.lowerBound)..<max(phrase.tokens.upperBound, place.upperBound))
      guard let evidence = try? document.evidence(span, rule: rule, confidence: Confidence(isBefore ? 0.9 : 0.85))
      else { return nil }
      return Relation(kind: kind, subject: person, object: object, evidence: evidence)
    }
  }

  /// The body or country that a token names.
  private func body(_ token: Int) -> Int? {
    if map.mention[token] >= 0, document.mentions[map.mention[token]].kind == .name {
      let entity = document.mentions[map.mention[token]].entity
      return [.organization, .government].contains(document.entities[entity].kind) ? entity : nil
    }
    return words.demonymCountry(document.words(document.tokens[token].span)).flatMap {
      countries[words.gazetteer.entry($0).id]
    }
  }

  /// Who bears the title that ends at a token, and the words that name him.
  private func bearer(of token: Int) -> (entity: Int, words: Range<Int>)? {
    if let found = person(token + 1) { return found }
    if document.tokens[token].deprel == Self.apposition, let head = document.tokens[token].head, head < token {
      return person(head)
    }
    // Who "was president" may be it no more.
    let hasCopula = children[token].contains {
      document.tokens[$0].deprel == Self.copula && document.tokens[$0].norm != "was"
    }
    for child in children[token] {
      let relation = document.tokens[child].deprel
      if relation == Self.apposition && child > token || hasCopula && Self.subjects.contains(relation),
        let found = person(child)
      {
        return found
      }
    }
    return nil
  }

  private func person(_ token: Int) -> (entity: Int, words: Range<Int>)? {
    guard document.tokens.indices.contains(token), map.mention[token] >= 0 else { return nil }
    let mention = document.mentions[map.mention[token]]
    guard mention.kind == .name, document.entities[mention.entity].kind == .person else { return nil }
    return (mention.entity, map.tokens[map.mention[token]])
  }
}
