internal import VouchCore
internal import VouchLanguage

extension Clauses {
  /// A mention in a noun phrase.
  struct Filler {
    var mention: Int
    /// Last token of the mention.
    var last: Int
    /// Whether the mention only owns the phrase: "Japan's demand".
    var isOwner: Bool
  }

  private static let placeNouns: Set<String> = [
    "city", "town", "village", "capital", "region", "port", "province", "state", "republic",
  ]

  /// The mention that heads, or owns, the noun phrase that begins at `start`.
  func filler(from start: Int, _ sentence: Range<Int>) -> Filler? {
    var position = start
    while position < sentence.upperBound, position - start < 8 {
      if mentionStart[position] >= 0 {
        let last = lastToken(ofMentionStartingAt: position)
        let next = last + 1
        let isOwned = norm(next) == "'s" || norm(next) == "'" && next < sentence.upperBound
        let hasTitle = next < sentence.upperBound && words.names.isTitleWord(norm(next)) && !isCapitalStop(next)
        if isOwned || hasTitle, let inner = titled(from: isOwned ? next + 1 : next, sentence) { return inner }
        // "Italy peace deal", "Vatican spokesman": the name only qualifies another noun.
        if !isOwned, next < sentence.upperBound, qualifies(next) { return nil }
        return Filler(mention: mentionStart[position], last: last, isOwner: isOwned)
      }
      let norm = norm(position)
      let isSkipped =
        ["the", "a", "an", "both", "former", "neighbouring", "neighboring", "nearby", "then", "its", "his", "her"]
        .contains(norm)
        || words.names.isTitleWord(norm) && !GrammarWords.prepositions.contains(norm)
        || demonym[position] >= 0 && isCapital(position)
        || Self.placeNouns.contains(norm)
        || norm == "of" && position > start && Self.placeNouns.contains(self.norm(position - 1))
      guard isSkipped else { return nil }
      position += 1
    }
    return nil
  }

  private func isCapitalStop(_ index: Int) -> Bool { GrammarWords.prepositions.contains(norm(index)) }

  /// Whether the token after a name is a noun that the name qualifies, as far as closed classes tell.
  private func qualifies(_ index: Int) -> Bool {
    let norm = norm(index)
    if isPunctuation(index) || timeAt[index] >= 0 || isMention[index] { return false }
    if GrammarWords.prepositions.contains(norm) || GrammarWords.conjunctions.contains(norm)
      || GrammarWords.relatives.contains(norm)
    {
      return false
    }
    if GrammarWords.isAuxiliary(norm) || GrammarWords.isAdverb(norm) || GrammarWords.determiners.contains(norm) {
      return false
    }
    if GrammarWords.pronouns.contains(norm) || norm == "'" || norm.hasPrefix("'") { return false }
    return true
  }

  private func titled(from start: Int, _ sentence: Range<Int>) -> Filler? {
    var position = start
    while position < sentence.upperBound, position - start < 6 {
      if mentionStart[position] >= 0, position > start {
        let last = lastToken(ofMentionStartingAt: position)
        return entity(mentionStart[position]).kind == .person
          ? Filler(mention: mentionStart[position], last: last, isOwner: false) : nil
      }
      guard words.names.isTitleWord(norm(position)) || ["former", "acting", "top"].contains(norm(position)) else {
        return nil
      }
      position += 1
    }
    return nil
  }

  /// The mentions of a noun phrase, with those that "and" adds; `isClosed` after "between", which needs two.
  func fillers(from start: Int, _ sentence: Range<Int>, isClosed: Bool = false) -> [Filler] {
    guard let first = filler(from: start, sentence) else { return [] }
    var found = [first]
    while let last = found.last, !last.isOwner, found.count < 6 {
      var next = last.last + 1
      guard next < sentence.upperBound, [",", "and"].contains(norm(next)) else { break }
      let isComma = norm(next) == ","
      next += 1
      if isComma, norm(next) == "and" { next += 1 }
      guard let more = filler(from: next, sentence), !more.isOwner, isClosed || !startsClause(more.last + 1, sentence)
      else { break }
      // A comma alone begins an apposition or a new clause; it lists only if "and" closes the list.
      if isComma, norm(next - 1) != "and", !listGoesOn(more.last + 1, sentence) { break }
      found.append(more)
    }
    return found
  }

  private func listGoesOn(_ index: Int, _ sentence: Range<Int>) -> Bool {
    index < sentence.upperBound && [",", "and"].contains(norm(index)) && filler(from: index + 1, sentence) != nil
  }

  private func startsClause(_ index: Int, _ sentence: Range<Int>) -> Bool {
    var position = index
    while position < sentence.upperBound, position - index < 3 {
      if isFinite(position) { return true }
      guard timeAt[position] >= 0 || GrammarWords.isAdverb(norm(position)) else { return false }
      position += 1
    }
    return false
  }

  /// Where the clause of a token ends on the right: the first stop, conjunction, relative or other finite verb.
  func clauseEnd(after index: Int, limit: Int = 25) -> Int {
    let sentence = sentence(of: index)
    var position = index + 1
    while position < sentence.upperBound, position - index <= limit {
      let norm = norm(position)
      if [";", ":", "\u{2014}", "(", "--", "\u{2013}"].contains(norm) || isQuoteMark(position) { break }
      if GrammarWords.relatives.contains(norm) || norm == "that" { break }
      if [
        "but", "while", "although", "though", "when", "if", "after", "before", "because", "as", "unless", "until",
        "since", "whether", "whereas",
      ].contains(norm) {
        break
      }
      if isFinite(position) { break }
      position += 1
    }
    return position
  }

  /// The preposition's own phrase after a trigger, inside the clause and within eight tokens.
  func prepositional(_ preposition: String, after index: Int, end: Int) -> [Filler] {
    let sentence = sentence(of: index)
    var position = index + 1
    while position < end, position - index <= 8 {
      if norm(position) == ",", position > index + 1 { return [] }
      if norm(position) == preposition {
        return fillers(from: position + 1, sentence, isClosed: preposition == "between")
      }
      position += 1
    }
    return []
  }

  /// The prepositional phrase that directly follows a noun, or follows other such phrases whose words are names or times.
  func nounComplement(_ preposition: String, after index: Int, end: Int) -> [Filler] {
    let sentence = sentence(of: index)
    var position = index + 1
    while position < end, position - index <= 10 {
      if norm(position) == preposition {
        return fillers(from: position + 1, sentence, isClosed: preposition == "between")
      }
      if timeAt[position] >= 0
        || ["on", "in", "at"].contains(norm(position)) && position + 1 < end && timeAt[position + 1] >= 0
      {
        position += 1
      } else if GrammarWords.prepositions.contains(norm(position)),
        let last = fillers(from: position + 1, sentence).last, !last.isOwner
      {
        position = last.last + 1
      } else {
        return []
      }
    }
    return []
  }
}
