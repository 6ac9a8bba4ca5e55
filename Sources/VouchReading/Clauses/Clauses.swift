internal import VouchArticles
internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// A shallow view of a document's clauses.
///
/// It knows which mention, demonym, time or quotation each token belongs to, and who stands in which slot around a verb or
/// noun. Where a slot is unclear it is empty.
struct Clauses {
  /// The document with hyphenated words as single tokens, except where a mention is part of one: indices are those of its
  /// tokens.
  let document: Document
  let words: ReadingWords
  /// Mention that begins, or ends, at a token; -1 where none does.
  private(set) var mentionStart: [Int]
  private(set) var mentionEnd: [Int]
  /// Whether a token is part of a mention.
  private(set) var isMention: [Bool]
  /// Time expression that covers a token; -1 where none does.
  private(set) var timeAt: [Int]
  /// Country entity of a demonym; -1 elsewhere.
  private(set) var demonym: [Int]
  /// Quotations, by tokens, without their marks.
  let quotations: Quotations

  init(_ document: Document, _ words: ReadingWords) {
    let document = Self.joined(document, words.lexicon)
    self.document = document
    self.words = words
    let count = document.tokens.count
    mentionStart = Array(repeating: -1, count: count)
    mentionEnd = mentionStart
    timeAt = mentionStart
    demonym = mentionStart
    isMention = Array(repeating: false, count: count)
    quotations = Quotations(document)
    markMentions()
    markTimes()
    markDemonyms()
  }

  private static func joined(_ document: Document, _ lexicon: Lexicon) -> Document {
    var mention = 0
    return document.joiningHyphens(lexicon) { range in
      let span = document.tokens[range.lowerBound].span.union(document.tokens[range.upperBound - 1].span)
      while mention < document.mentions.count, document.mentions[mention].evidence.span.end <= span.start {
        mention += 1
      }
      let isParted = document.mentions[mention...].prefix { $0.evidence.span.start < span.end }
        .contains { !$0.evidence.span.contains(span) }
      return isParted ? range.map { $0..<$0 + 1 } : [range]
    }.document
  }

  /// Marks names and pronouns, then the descriptions that hold none of them.
  private mutating func markMentions() {
    markMentions { $0 != .nominal }
    markMentions { $0 == .nominal }
  }

  private mutating func markMentions(_ isWanted: (Mention.Kind) -> Bool) {
    var token = 0
    for (index, mention) in document.mentions.enumerated() where isWanted(mention.kind) {
      let span = mention.evidence.span
      while token < document.tokens.count, document.tokens[token].span.end <= span.start { token += 1 }
      var last = token
      guard token < document.tokens.count, document.tokens[token].span.overlaps(span) else { continue }
      while last + 1 < document.tokens.count, document.tokens[last + 1].span.overlaps(span) { last += 1 }
      guard !isMention[token...last].contains(true) else { continue }
      mentionStart[token] = index
      mentionEnd[last] = index
      for position in token...last { isMention[position] = true }
    }
  }

  private mutating func markTimes() {
    var token = 0
    for (index, time) in document.times.enumerated() {
      while token < document.tokens.count, document.tokens[token].span.end <= time.span.start { token += 1 }
      var position = token
      while position < document.tokens.count, document.tokens[position].span.overlaps(time.span) {
        timeAt[position] = index
        position += 1
      }
    }
  }

  private mutating func markDemonyms() {
    var countries: [String: Int] = [:]
    for (index, entity) in document.entities.enumerated() {
      if let entry = entity.entry, entry.kind == .country { countries[entry.id] = index }
    }
    var known: [String: Int] = [:]
    for (index, token) in document.tokens.enumerated() where !isMention[index] && isCapital(index) {
      let word = document.words(token.span)
      if known[word] == nil {
        known[word] = words.demonymCountry(word).flatMap { countries[words.gazetteer.entry($0).id] } ?? -1
      }
      demonym[index] = known[word] ?? -1
    }
  }

  // MARK: Tokens

  func norm(_ index: Int) -> String { document.tokens.indices.contains(index) ? document.tokens[index].norm : "" }
  func sentence(of index: Int) -> Range<Int> { document.sentences[document.tokens[index].sentence].tokens }
  func isCapital(_ index: Int) -> Bool {
    guard document.tokens.indices.contains(index) else { return false }
    let bytes = document.text.bytes[document.tokens[index].span.range].prefix(4)
    return String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.properties.isUppercase ?? false
  }
  func entity(_ mention: Int) -> Entity { document.entities[document.mentions[mention].entity] }
  func isActor(_ mention: Int) -> Bool { [.person, .organization, .government, .group].contains(entity(mention).kind) }
  func isPlace(_ mention: Int) -> Bool {
    [.place, .facility].contains(entity(mention).kind) || entity(mention).entry?.kind == .country
  }
  /// First token of a mention that ends at `index`.
  func firstToken(ofMentionEndingAt index: Int) -> Int {
    let mention = mentionEnd[index]
    var first = index
    while first > 0, mentionStart[first] != mention { first -= 1 }
    return first
  }
  /// Last token of a mention that begins at `index`.
  func lastToken(ofMentionStartingAt index: Int) -> Int {
    let mention = mentionStart[index]
    var last = index
    while last + 1 < mentionEnd.count, mentionEnd[last] != mention { last += 1 }
    return last
  }
  func span(_ first: Int, _ last: Int) -> Span { document.tokens[first].span.union(document.tokens[last].span) }
  func isQuoteMark(_ index: Int) -> Bool {
    ["\"", "\u{201C}", "\u{201D}", "\u{2018}", "``", "''"].contains(norm(index))
  }
  func isPunctuation(_ index: Int) -> Bool {
    let norm = norm(index)
    guard let first = norm.unicodeScalars.first, norm.utf8.count <= 4 else { return false }
    return !first.properties.isAlphabetic && !("0"..."9").contains(first) && first != "'" && first != "$"
      && first != "%"
  }
  /// A finite verb or auxiliary, as far as its form tells.
  func isFinite(_ index: Int) -> Bool {
    let norm = norm(index)
    if GrammarWords.isAuxiliary(norm) { return !["be", "been", "being", "having"].contains(norm) }
    if norm.hasPrefix("'") { return false }
    guard !isMention[index], let verb = words.lexicon.verb(norm), !verb.inflections.isDisjoint(with: [.past, .third])
    else { return false }
    // "talks", "attacks": a verb only beside its subject.
    guard words.lexicon.analyses(norm).contains(where: { $0.partOfSpeech == .noun }) else { return true }
    guard index > 0 else { return false }
    return mentionEnd[index - 1] >= 0 || GrammarWords.isAdverb(self.norm(index - 1))
      || GrammarWords.isAuxiliary(self.norm(index - 1))
      || ["he", "she", "it", "they", "we", "i", "who", "which"].contains(self.norm(index - 1))
  }
}
