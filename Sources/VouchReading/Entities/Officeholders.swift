internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Who is meant by "the French president" in an article: whom it gives that title, else whom the table of offices names among
/// the people of the article.
struct Officeholders {
  private let document: Document
  private let words: ReadingWords
  private let map: MentionMap
  private let named: [Mention]
  private let entities: [Entity]
  private let phrases: OfficePhrases
  /// Entities of people by country and title.
  private var titled: [String: Set<Int>] = [:]
  private var people: [String: Int] = [:]

  /// Collects the titles that the article gives.
  ///
  /// - Complexity: O(n) in tokens.
  init(
    _ document: Document, _ words: ReadingWords, _ children: DependentLists, _ named: [Mention], _ map: MentionMap,
    _ entities: [Entity]
  ) {
    self.document = document
    self.words = words
    self.map = map
    self.named = named
    self.entities = entities
    phrases = OfficePhrases(document, words.names, children)
    for (index, entity) in entities.enumerated() where entity.kind == .person {
      if let id = entity.entry?.id { people[id] = index }
    }
    for token in document.tokens.indices.dropLast() where words.names.isTitleWord(document.tokens[token].norm) {
      guard let person = bearer(of: token), let phrase = phrase(endingAt: token), let country = country(phrase.owner)
      else { continue }
      titled[country + " " + phrase.words, default: []].insert(person)
      if phrase.title.relation == "leads" { titled[country + " leader", default: []].insert(person) }
    }
  }

  private func phrase(endingAt token: Int) -> OfficePhrases.Phrase? {
    phrases.phrase(endingAt: token) { country($0) != nil }
  }

  /// Whoever a title stands right before, or is set beside.
  private func bearer(of token: Int) -> Int? {
    var next = token + 1
    if next + 1 < document.tokens.count, document.tokens[next].norm == "," { next += 1 }
    if let person = person(next), next == token + 1 || document.tokens[next].deprel == "appos" { return person }
    guard document.tokens[token].deprel == "appos", let head = document.tokens[token].head else { return nil }
    return person(head)
  }

  private func person(_ token: Int) -> Int? {
    guard document.tokens.indices.contains(token), map.mention[token] >= 0 else { return nil }
    let entity = named[map.mention[token]].entity
    return entities[entity].kind == .person ? entity : nil
  }

  /// The country that a token names, by name or demonym.
  private func country(_ token: Int) -> String? {
    if map.mention[token] >= 0 {
      let entity = entities[named[map.mention[token]].entity]
      return entity.kind == .government ? entity.entry?.country ?? entity.entry?.government : nil
    }
    let id = words.demonymCountry(document.words(document.tokens[token].span))
    return id.flatMap { words.gazetteer.entry($0).country }
  }

  /// Whether a description is but the title of the name that follows.
  func isTitle(_ reference: Reference) -> Bool {
    reference.form == .nominal && person(reference.head + 1) != nil
      && words.names.isTitleWord(document.tokens[reference.head].norm)
  }

  /// The person that a description means by an office; `nil` if it names none, or nobody is the only one.
  func person(_ reference: Reference) -> Int? {
    guard reference.form == .nominal, words.names.isTitleWord(document.tokens[reference.head].norm),
      let phrase = phrase(endingAt: reference.head), let country = country(phrase.owner)
    else { return nil }
    if let found = titled[country + " " + phrase.words], found.count == 1 { return found.first }
    let holders = words.offices.holders(
      of: phrase.words, country: country, on: document.article.metadata.published)
    let known = Set(holders.compactMap { people[$0] })
    return known.count == 1 ? known.first : nil
  }
}
