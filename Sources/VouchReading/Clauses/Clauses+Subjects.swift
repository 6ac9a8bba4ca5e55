internal import VouchCore
internal import VouchLanguage

extension Clauses {
  /// The mentions that are the subject of a verb group; empty where it is no name or unclear.
  func subjects(of group: VerbGroup) -> [Int] {
    if let subject = group.subject { return [subject] }
    let own = subjects(before: group.first, isFinite: !isBare(group))
    return own.isEmpty ? sharedSubjects(of: group) : own
  }

  /// "X met Y and rejected the plan": the subject of the nearest finite verb before "and" or "but", if the tenses agree.
  private func sharedSubjects(of group: VerbGroup) -> [Int] {
    let sentence = sentence(of: group.trigger)
    let conjunction = group.first - 1
    guard conjunction > sentence.lowerBound, ["and", "but"].contains(norm(conjunction)) else { return [] }
    var position = conjunction - 1
    while position > sentence.lowerBound, conjunction - position <= 25 {
      if [";", ":", "\u{2014}"].contains(norm(position)) || isQuoteMark(position) { return [] }
      if isFinite(position) {
        guard let other = words.lexicon.verb(norm(position)), let form = words.lexicon.verb(norm(group.first)) else {
          return []
        }
        let tenses: WordForm.Inflections = [.past, .third]
        guard !other.inflections.intersection(form.inflections).isDisjoint(with: tenses) else { return [] }
        var first = position
        while first > sentence.lowerBound,
          GrammarWords.isAdverb(norm(first - 1)) || GrammarWords.isAuxiliary(norm(first - 1))
        { first -= 1 }
        return subjects(before: first)
      }
      position -= 1
    }
    return []
  }

  /// A verb in its base form without auxiliary: only a subject in the plural makes it a verb.
  private func isBare(_ group: VerbGroup) -> Bool {
    guard group.first == group.trigger, let form = words.lexicon.verb(norm(group.trigger)) else { return false }
    return form.inflections.isDisjoint(with: [.past, .third])
  }

  /// The mentions just before token `first`, with only adverbs, times and appositions between.
  func subjects(before first: Int, isFinite: Bool = true) -> [Int] {
    guard first > 0, first <= document.tokens.count else { return [] }
    let sentence = sentence(of: min(first, document.tokens.count - 1))
    guard var position = skipBack(from: first - 1, sentence) else { return [] }
    if norm(position) == "," {
      if let name = namedApposition(before: position, sentence) { return [name] }
      guard let end = appositionOwner(before: position, sentence) else { return [] }
      position = end
    }
    guard mentionEnd[position] >= 0 else { return [] }
    if let person = personOf(bodyEndingAt: position, sentence) { position = person }
    var found = [mentionEnd[position]]
    var left = beforeTitles(firstToken(ofMentionEndingAt: position), sentence)
    while left > sentence.lowerBound, found.count < 6, ["and", ",", "&"].contains(norm(left)) {
      var next = left - 1
      if norm(left) == "and", norm(next) == ",", next > sentence.lowerBound { next -= 1 }
      guard mentionEnd[next] >= 0 else { break }
      if norm(left) == ",", found.count < 2 { break }
      found.append(mentionEnd[next])
      left = beforeTitles(firstToken(ofMentionEndingAt: next), sentence)
    }
    if !isFinite && found.count < 2 { return [] }
    return allowsSubject(after: left, sentence) ? found.reversed() : []
  }

  /// "the foreign minister, NAME, told": the name is the apposition.
  private func namedApposition(before comma: Int, _ sentence: Range<Int>) -> Int? {
    guard comma - 1 > sentence.lowerBound, mentionEnd[comma - 1] >= 0, entity(mentionEnd[comma - 1]).kind == .person
    else { return nil }
    let left = firstToken(ofMentionEndingAt: comma - 1) - 1
    guard left > sentence.lowerBound, norm(left) == ",", words.names.isTitleWord(norm(left - 1)), !isMention[left - 1]
    else { return nil }
    return mentionEnd[comma - 1]
  }

  /// "NAME of the Water Board said": the last token of the person's name.
  private func personOf(bodyEndingAt end: Int, _ sentence: Range<Int>) -> Int? {
    var left = firstToken(ofMentionEndingAt: end) - 1
    if left > sentence.lowerBound, norm(left) == "the" { left -= 1 }
    guard left > sentence.lowerBound, ["of", "from", "at"].contains(norm(left)), mentionEnd[left - 1] >= 0,
      entity(mentionEnd[left - 1]).kind == .person, entity(mentionEnd[end]).kind != .person
    else { return nil }
    return left - 1
  }

  /// Steps over adverbs, times ("on Monday") and brackets to the left.
  private func skipBack(from start: Int, _ sentence: Range<Int>) -> Int? {
    var position = start
    var steps = 0
    while position >= sentence.lowerBound, steps < 14 {
      steps += 1
      if timeAt[position] >= 0 {
        position -= 1
        if position >= sentence.lowerBound, timeAt[position] < 0,
          ["on", "in", "at", "late", "early", "since"].contains(norm(position))
        {
          position -= 1
        }
      } else if GrammarWords.isAdverb(norm(position)), !isMention[position] {
        position -= 1
      } else if norm(position) == ")" {
        guard let open = (max(sentence.lowerBound, position - 12)..<position).last(where: { norm($0) == "(" }),
          open > sentence.lowerBound
        else { return nil }
        position = open - 1
      } else {
        return position
      }
    }
    return nil
  }

  /// For the comma that closes an apposition or relative clause: the last token of the mention before it.
  private func appositionOwner(before comma: Int, _ sentence: Range<Int>) -> Int? {
    var position = comma - 1
    while position > sentence.lowerBound, comma - position < 26 {
      if [";", ":", "\u{2014}"].contains(norm(position)) || isQuoteMark(position) { return nil }
      if norm(position) == "," {
        guard mentionEnd[position - 1] >= 0 else {
          position -= 1
          continue
        }
        let opener = norm(position + 1)
        let isApposition =
          ["who", "whose", "which", "a", "an", "the", "his", "her", "its"].contains(opener)
          || words.names.isTitleWord(opener) || demonym[position + 1] >= 0 || (Int(opener) ?? 0) > 9
          || mentionStart[position + 1] >= 0 && norm(lastToken(ofMentionStartingAt: position + 1) + 1) == "'s"
        if !isApposition { return nil }
        let isRelative = ["who", "whose", "which"].contains(opener)
        let hasVerb = (position + 2..<comma).contains { isFinite($0) }
        return isRelative || !hasVerb ? position - 1 : nil
      }
      position -= 1
    }
    return nil
  }

  /// The token left of the titles, demonyms, determiners and owners ("Italy's Foreign Minister") before a mention.
  func beforeTitles(_ start: Int, _ sentence: Range<Int>) -> Int {
    var position = start - 1
    while position >= sentence.lowerBound, start - position < 12 {
      if let first = titleStart(endingAt: position, sentence) {
        position = first - 1
        continue
      }
      let norm = norm(position)
      if words.names.isTitleWord(norm) && !GrammarWords.prepositions.contains(norm) || demonymLike(position)
        || [
          "the", "former", "acting", "then", "its", "his", "her", "outgoing", "incoming", "newly", "longtime", "top",
          "senior", "veteran",
        ].contains(norm)
      {
        position -= 1
      } else if norm == "'s" || norm == "'", position > sentence.lowerBound, mentionEnd[position - 1] >= 0,
        position < start - 1
      {
        position = firstToken(ofMentionEndingAt: position - 1) - 1
      } else if isUnknownBody(position, start) {
        position -= 1
      } else if mentionEnd[position] >= 0, position < start - 1, words.names.isTitleWord(self.norm(position + 1)) {
        // "Vatican aide X": the body named before a title.
        position = firstToken(ofMentionEndingAt: position) - 1
      } else {
        break
      }
    }
    return position
  }

  /// First token of the longest title of several words that ends at a token: "Secretary of State".
  private func titleStart(endingAt end: Int, _ sentence: Range<Int>) -> Int? {
    guard words.names.isTitleWord(norm(end)) else { return nil }
    let first = max(sentence.lowerBound, end - words.names.longestTitle + 1)
    return (first..<end).first { start in
      words.names.isTitleWord(norm(start)) && words.names.title((start...end).map(norm).joined(separator: " ")) != nil
    }
  }

  /// "Rovers manager X": a capitalised word before a title that names a body nobody knows.
  private func isUnknownBody(_ index: Int, _ start: Int) -> Bool {
    let norm = norm(index)
    return index < start - 1 && isCapital(index) && !isMention[index] && words.names.isTitleWord(self.norm(index + 1))
      && !GrammarWords.sentenceStarters.contains(norm) && !GrammarWords.isAdverb(norm) && timeAt[index] < 0
  }

  private func demonymLike(_ index: Int) -> Bool {
    demonym[index] >= 0
      || isCapital(index) && !isMention[index]
        && words.demonymCountry(document.words(document.tokens[index].span)) != nil
  }

  /// Whether a subject may stand after a token: at the start of a clause.
  private func allowsSubject(after left: Int, _ sentence: Range<Int>) -> Bool {
    guard left >= sentence.lowerBound else { return true }
    let norm = norm(left)
    if GrammarWords.prepositions.contains(norm) { return false }
    if GrammarWords.conjunctions.contains(norm) || GrammarWords.relatives.contains(norm) { return true }
    if isPunctuation(left) { return norm != "/" && norm != "-" && norm != "&" }
    if GrammarWords.isAdverb(norm) { return true }
    if timeAt[left] >= 0 { return true }
    return words.verbCue(norm).map { $0.cue.content.contains(.clause) } ?? false
  }

  /// Whether "if", "unless" and the like open the clause of a subject that begins at `first`.
  func isConditional(_ first: Int) -> Bool {
    let sentence = sentence(of: first)
    let left = beforeTitles(first, sentence)
    return left >= sentence.lowerBound && words.conditions.contains(norm(left))
  }
}
