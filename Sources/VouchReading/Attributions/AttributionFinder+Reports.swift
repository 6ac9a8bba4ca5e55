internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

extension AttributionFinder {
  /// Most tokens of a reported clause; longer ones are no sentences.
  private static let longestContent = 300

  /// Finds indirect speech in one sentence.
  mutating func findReports(in index: Int) {
    let sentence = document.sentences[index]
    guard !sentence.tokens.isEmpty else { return }
    for verb in cueVerbs[index] ?? [] where !isUsed(verb.token) && clauses.quotations.at[verb.token] < 0 {
      if let start = contentStart(after: verb, sentence.tokens) {
        report(from: start, verb, sentence.tokens)
      } else {
        reportBefore(verb, sentence.tokens)
      }
    }
    for verb in cueVerbs[index] ?? [] where isUsed(verb.token) {
      addParticiple(after: verb.token + 1, verb, sentence.tokens)
    }
    for token in sentence.tokens where clauses.norm(token) == "according" && clauses.norm(token + 1) == "to" {
      according(token, sentence.tokens)
    }
  }

  /// Where the reported clause begins; `nil` if no clause follows the cue.
  private func contentStart(after verb: CueVerb, _ sentence: Range<Int>) -> Int? {
    guard verb.cue.content.contains(.clause) else { return infinitiveStart(after: verb, sentence) }
    var position = verb.token + 1
    if let recipient = recipientEnd(from: position, verb, sentence) { position = recipient }
    // "said in a statement on Monday that …"
    let isAdjunct =
      clauses.norm(position) == "that" || clauses.timeAt.indices.contains(position) && clauses.timeAt[position] >= 0
      || ["in", "on", "at", "after", "during", "to", "late", "earlier", "later"].contains(clauses.norm(position))
    if isAdjunct {
      var that = position
      while that < sentence.upperBound, that - position <= 14, clauses.norm(that) != "that" {
        if clauses.isFinite(that) || clauses.isQuoteMark(that) || [",", ";", ":"].contains(clauses.norm(that)) {
          break
        }
        that += 1
      }
      if that < sentence.upperBound, clauses.norm(that) == "that", that + 2 < sentence.upperBound { return that + 1 }
    }
    position = afterTime(position, sentence)
    guard verb.cue.force != "deny", position < sentence.upperBound, opensClause(position, sentence) else {
      return infinitiveStart(after: verb, sentence)
    }
    return position
  }

  /// "urged Italy to pay", "promised to pay": the infinitive is what is asked for or promised.
  private func infinitiveStart(after verb: CueVerb, _ sentence: Range<Int>) -> Int? {
    guard verb.cue.content.contains(.infinitive) else { return nil }
    var position = verb.token + 1
    if verb.cue.recipient.contains(.object), let filler = clauses.filler(from: position, sentence), !filler.isOwner {
      position = filler.last + 1
    }
    guard clauses.norm(position) == "to", position + 2 < sentence.upperBound, !clauses.isMention[position + 1],
      !GrammarWords.determiners.contains(clauses.norm(position + 1)), !clauses.isCapital(position + 1),
      !GrammarWords.pronouns.contains(clauses.norm(position + 1))
    else { return nil }
    return position
  }

  /// The token after the hearers: "told reporters", "told the BBC".
  private func recipientEnd(from start: Int, _ verb: CueVerb, _ sentence: Range<Int>) -> Int? {
    guard
      verb.cue.recipient.contains(.object)
        || verb.cue.recipient.contains(.preposition("to")) && clauses.norm(start) == "to"
    else { return nil }
    let first = clauses.norm(start) == "to" ? start + 1 : start
    if let last = clauses.fillers(from: first, sentence).last, !last.isOwner { return last.last + 1 }
    var position = first
    while position < sentence.upperBound, position - first < 4,
      ["the", "a", "his", "her", "their", "several"].contains(clauses.norm(position))
    { position += 1 }
    let hearers: Set<String> = [
      "reporters", "journalists", "lawmakers", "parliament", "lawmakers", "media", "newspaper", "agency", "television",
      "supporters", "officials", "colleagues", "court", "press", "him", "her", "them",
    ]
    return hearers.contains(clauses.norm(position)) ? position + 1 : nil
  }

  /// Steps over times: "said on Monday".
  private func afterTime(_ start: Int, _ sentence: Range<Int>) -> Int {
    var position = start
    while position < sentence.upperBound, position - start < 8 {
      if clauses.timeAt[position] >= 0 {
        position += 1
      } else if ["on", "late", "early", "in", "earlier", "later"].contains(clauses.norm(position)),
        position + 1 < sentence.upperBound,
        clauses.timeAt[position + 1] >= 0 || clauses.norm(position + 1) == "on"
      {
        position += 1
      } else {
        break
      }
    }
    return position
  }

  /// Whether a clause without "that" begins at a token: a subject, then a finite verb before anything that would end it.
  private func opensClause(_ start: Int, _ sentence: Range<Int>) -> Bool {
    let first = clauses.norm(start)
    guard !GrammarWords.prepositions.contains(first), !clauses.isPunctuation(start),
      !GrammarWords.conjunctions.contains(first), first != "to",
      !GrammarWords.relatives.contains(first)
    else { return false }
    var position = start + 1
    while position < sentence.upperBound, position - start < 16 {
      let norm = clauses.norm(position)
      if [",", ";", ":", "."].contains(norm) || GrammarWords.relatives.contains(norm)
        || clauses.words.conditions.contains(norm) || norm == "that"
      {
        return false
      }
      if GrammarWords.isAuxiliary(norm) { return true }
      if clauses.isFinite(position),
        clauses.words.lexicon.verb(norm)?.inflections.contains(.participle) == false || followsSubject(position, start)
      {
        return true
      }
      position += 1
    }
    return false
  }

  private func followsSubject(_ verb: Int, _ start: Int) -> Bool {
    verb - start <= 4 && (clauses.mentionEnd[verb - 1] >= 0 || GrammarWords.pronouns.contains(clauses.norm(verb - 1)))
  }

  /// "X said (that) …".
  private mutating func report(from start: Int, _ verb: CueVerb, _ sentence: Range<Int>) {
    guard sentence.upperBound - start <= Self.longestContent else { return }
    var end = sentence.upperBound
    var position = start + 2
    while position < end {
      if endsContent(position) { end = position }
      position += 1
    }
    while end > start + 1,
      [".", "!", "?", ",", "\u{2014}", ";", "\u{2013}", "-"].contains(clauses.norm(end - 1))
        || isForeignMark(end - 1, start)
    { end -= 1 }
    guard end - start >= 2 else { return }
    let holdsQuotation = (start..<end).contains { clauses.quotations.at[$0] >= 0 }
    let rule: Symbol =
      clauses.norm(start) == "to"
      ? "attribution.indirect.infinitive"
      : clauses.norm(start - 1) == "that" ? "attribution.indirect.that" : "attribution.indirect.clause"
    take(
      verb.source, document.tokens[verb.token].span, clauses.span(start, end - 1), holdsQuotation ? .mixed : .indirect,
      rule, 0.9)
    addParticiple(after: end, verb, sentence)
  }

  /// A quotation mark at the end of the content that was opened before it.
  private func isForeignMark(_ index: Int, _ start: Int) -> Bool {
    let quotation = clauses.quotations.at[index]
    return clauses.isQuoteMark(index) && (quotation < 0 || clauses.quotations.ranges[quotation].lowerBound <= start)
  }

  /// Whether the reported clause ends before a token: another source speaks, or the same one goes on ("…, adding that").
  private func endsContent(_ position: Int) -> Bool {
    let norm = clauses.norm(position)
    if clauses.quotations.at[position] >= 0,
      clauses.quotations.ranges[clauses.quotations.at[position]].contains(position)
    {
      return false
    }
    if norm == ";" { return true }
    if norm == ",", let next = clauses.words.verbCue(clauses.norm(position + 1)), next.form.inflections == .gerund,
      clauses.norm(position + 1) != "including"
    {
      return true
    }
    if norm == ",", clauses.norm(position + 1) == "according" { return true }
    guard [",", "but", "although", "though", "while", "whereas", "and", "\u{2014}"].contains(norm) else { return false }
    return cueAfter[position].map { clauses.quotations.at[$0.token] < 0 } ?? false
  }

  /// "X said …, adding that …": the same source in the same sentence.
  private mutating func addParticiple(after end: Int, _ verb: CueVerb, _ sentence: Range<Int>) {
    guard clauses.norm(end) == ",", end + 3 < sentence.upperBound,
      let (form, cue) = clauses.words.verbCue(clauses.norm(end + 1)),
      form.inflections == .gerund, cue.content.contains(.clause)
    else { return }
    let hasThat = clauses.norm(end + 2) == "that"
    let start = hasThat ? end + 3 : end + 2
    guard start + 1 < sentence.upperBound, sentence.upperBound - start <= Self.longestContent,
      hasThat || opensClause(start, sentence)
    else { return }
    var last = sentence.upperBound - 1
    while last > start, [".", "!", "?"].contains(clauses.norm(last)) || isForeignMark(last, start) { last -= 1 }
    let holdsQuotation = (start...last).contains { clauses.quotations.at[$0] >= 0 }
    take(
      verb.source, document.tokens[end + 1].span, clauses.span(start, last), holdsQuotation ? .mixed : .indirect,
      "attribution.indirect.participle", 0.85)
  }

  /// "…, X said." at the end of a sentence.
  private mutating func reportBefore(_ verb: CueVerb, _ sentence: Range<Int>) {
    guard verb.cue.content.contains(.clause), verb.left > sentence.lowerBound + 2, clauses.norm(verb.left) == "," else {
      return
    }
    var next = afterTime(recipientEnd(from: verb.token + 1, verb, sentence) ?? verb.token + 1, sentence)
    if ["in", "at", "to"].contains(clauses.norm(next)) {
      while next < sentence.upperBound, ![".", ","].contains(clauses.norm(next)), !clauses.isFinite(next) { next += 1 }
    }
    guard next >= sentence.upperBound || clauses.norm(next) == "." else { return }
    reportEarlier(verb.source, document.tokens[verb.token].span, end: verb.left, sentence, "attribution.indirect.post")
  }

  private mutating func reportEarlier(_ source: Int, _ cue: Span, end: Int, _ sentence: Range<Int>, _ rule: Symbol) {
    let content = sentence.lowerBound..<end
    guard content.count >= 3, content.count <= Self.longestContent, content.contains(where: { clauses.isFinite($0) })
    else { return }
    let first = clauses.quotations.at[content.lowerBound]
    if first >= 0, clauses.quotations.at[end - 1] == first { return }
    let holdsQuotation = content.contains { clauses.quotations.at[$0] >= 0 }
    take(source, cue, clauses.span(content.lowerBound, end - 1), holdsQuotation ? .mixed : .indirect, rule, 0.85)
  }

  /// The phrase "according to" and its source, at the start or the end of a sentence.
  private mutating func according(_ token: Int, _ sentence: Range<Int>) {
    guard let filler = clauses.filler(from: token + 2, sentence), !filler.isOwner, clauses.isActor(filler.mention)
    else { return }
    let cue = clauses.span(token, token + 1)
    let next = filler.last + 1
    if token == sentence.lowerBound, clauses.norm(next) == ",", next + 3 < sentence.upperBound,
      sentence.count <= Self.longestContent
    {
      var last = sentence.upperBound - 1
      while last > next + 1, [".", "!", "?"].contains(clauses.norm(last)) { last -= 1 }
      let holdsQuotation = (next + 1...last).contains { clauses.quotations.at[$0] >= 0 }
      take(
        filler.mention, cue, clauses.span(next + 1, last), holdsQuotation ? .mixed : .indirect,
        "attribution.according.pre", 0.9)
    } else if next >= sentence.upperBound || clauses.norm(next) == "." {
      let end = clauses.norm(token - 1) == "," ? token - 1 : token
      reportEarlier(filler.mention, cue, end: end, sentence, "attribution.according.post")
    }
  }
}
