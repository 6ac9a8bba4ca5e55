internal import VouchCore
internal import VouchLanguage

extension Clauses {
  /// A noun phrase that is no name.
  struct Phrase {
    var tokens: Range<Int>
    /// Its words, names with their capitals, without articles and leading determiners and numerals.
    var label: String
    /// Last token before the first preposition: the noun that heads it.
    var head: Int
  }

  private static let linking: Set<String> = ["of", "on", "for", "in", "against", "with", "between"]

  /// The noun phrase of at most six words that begins at a token; `nil` if it holds a pronoun or is unclear.
  func phrase(from start: Int, end: Int) -> Phrase? {
    let sentence = sentence(of: start)
    let limit = min(end, sentence.upperBound)
    var first = start
    while first < limit, isLeading(first) { first += 1 }
    var next = first
    var head: Int?
    while next < limit, continues(next, first) {
      if head == nil, Self.linking.contains(norm(next)) { head = next - 1 }
      next += 1
    }
    while next > first, isWeakEnd(next - 1) { next -= 1 }
    if next - first > 6, let head { next = head + 1 }
    guard next > first, next - first <= 6, isNounLike(next - 1) else { return nil }
    guard
      !(first..<next).contains(where: {
        GrammarWords.pronouns.contains(norm($0))
          || ["his", "her", "its", "their", "our", "my", "your"].contains(norm($0))
      })
    else { return nil }
    return Phrase(tokens: first..<next, label: label(first..<next), head: min(head ?? next - 1, next - 1))
  }

  private func isLeading(_ index: Int) -> Bool {
    let norm = norm(index)
    return GrammarWords.determiners.contains(norm)
      && !["no", "its", "his", "her", "their", "our", "my", "your"].contains(norm) || Int(norm) != nil
  }

  private func continues(_ index: Int, _ first: Int) -> Bool {
    let norm = norm(index)
    if timeAt[index] >= 0 || isPunctuation(index) || isQuoteMark(index) { return false }
    if GrammarWords.conjunctions.contains(norm) || GrammarWords.relatives.contains(norm) || norm == "to"
      || GrammarWords.negations.contains(norm)
    {
      return false
    }
    if GrammarWords.prepositions.contains(norm) {
      return index > first && Self.linking.contains(norm) && index - first < 6
    }
    if GrammarWords.isAdverb(norm), index == first || !norm.hasSuffix("ly") { return false }
    if GrammarWords.isAuxiliary(norm) { return false }
    // A past or third-person form after at least one word may be the next verb, unless it is a noun too.
    if index > first, !isMention[index], isFinite(index),
      !words.lexicon.analyses(norm).contains(where: { $0.partOfSpeech == .noun })
    {
      return false
    }
    return true
  }

  private func isWeakEnd(_ index: Int) -> Bool {
    let norm = norm(index)
    return GrammarWords.prepositions.contains(norm) || GrammarWords.determiners.contains(norm)
      || GrammarWords.isAdverb(norm) || norm == "'s" || norm == "'"
  }

  private func isNounLike(_ index: Int) -> Bool {
    let norm = norm(index)
    return norm.utf8.count > 2 && !GrammarWords.isAdverb(norm)
      && (norm.unicodeScalars.first?.properties.isAlphabetic ?? false || norm.contains("-"))
  }

  private func label(_ range: Range<Int>) -> String {
    var label = ""
    for index in range where !["a", "an", "the"].contains(norm(index)) {
      let norm = norm(index)
      if !label.isEmpty, norm != "'s", norm != "'" { label += " " }
      // Names keep their capitals; the first word of a sentence has one of its own.
      label +=
        isCapital(index) && index > sentence(of: index).lowerBound ? document.words(document.tokens[index].span) : norm
    }
    return label
  }
}
