internal import VouchCore
internal import VouchLanguage

/// Recognises dates, times, durations and repeated times in the atoms of a sentence.
///
/// Each matcher reads from one atom and answers what it read with the atom after it, or `nil`. None looks further than a
/// fixed number of atoms, so that a sentence of any length is read in linear time.
struct TimeGrammar {
  let atoms: [TimeAtom]
  let words: TimeWords
  let document: Document

  /// Deepest nesting of one date in another ("the first Monday of the last month of next year").
  static let depth = 4

  // MARK: Atoms

  func text(_ index: Int) -> String { atoms.indices.contains(index) ? atoms[index].text : "" }
  func word(_ index: Int) -> TimeWord? { atoms.indices.contains(index) ? atoms[index].word : nil }
  func number(_ index: Int) -> Int? { atoms.indices.contains(index) ? atoms[index].number : nil }
  func isGlued(_ index: Int) -> Bool { atoms.indices.contains(index) && atoms[index].isGlued }
  func isCapital(_ index: Int) -> Bool { atoms.indices.contains(index) && atoms[index].isCapital }
  func upos(_ index: Int) -> UPOS { atoms.indices.contains(index) ? document.tokens[atoms[index].token].upos : .x }

  /// The atom after one of some words, or the same atom.
  func skipping(_ texts: Set<String>, _ index: Int) -> Int { texts.contains(text(index)) ? index + 1 : index }
  /// The atom after a hyphen, or the same atom.
  func skippingHyphen(_ index: Int) -> Int { text(index) == "-" ? index + 1 : index }
  /// The atom after a possessive ending, or the same atom.
  func skippingPossessive(_ index: Int) -> Int {
    guard text(index) == "'" else { return index }
    return text(index + 1) == "s" ? index + 2 : index + 1
  }

  // MARK: Expressions

  /// The longest expression that begins at an atom; of equals the first of the kinds below.
  func expression(at index: Int) -> TimeMatch? {
    guard mayBegin(index) else { return nil }
    var best: TimeMatch?
    func offer(_ match: TimeMatch?) {
      if let match, match.next > best?.next ?? index { best = match }
    }
    offer(set(index))
    offer(moment(index))
    if let (meaning, next) = range(index) ?? date(index, Self.depth) {
      if isWorthy(meaning, index, next) {
        offer(TimeMatch(content: .date(meaning, bound(before: index, after: next)), first: index, next: next))
      }
    }
    if let (day, next) = dayOfMonth(index), isDayOfMonth(index, next) {
      offer(
        TimeMatch(
          content: .date(.calendar(PartialDate(day: day)), bound(before: index, after: next)), first: index, next: next)
      )
    }
    offer(duration(index))
    return best
  }

  private static let openers: Set<String> = [
    "the", "a", "an", "half", "every", "each", "now", "today", "yesterday", "tomorrow", "tonight", "later", "earlier",
    "that", "same", "from", "between", "within", "in", "several", "some", "few", "couple", "another", "all",
    "q",
    "h", "eve", "once", "twice", "tmrw", "recent", "full", "less", "tomorrows", "yesterdays", "week",
  ]

  /// A cheap test that most words of a text fail.
  private func mayBegin(_ index: Int) -> Bool {
    let atom = atoms[index]
    // The middle of "138-2010-2015" is no date.
    if atom.number != nil, atom.isGlued, text(index - 1) == "-", isGlued(index - 1), number(index - 2) != nil {
      return false
    }
    return atom.number != nil || atom.word != nil || Self.openers.contains(atom.text)
      || words.holidays[atom.text] != nil
  }

  /// Whether a date is more than a bare number or ambiguous word.
  private func isWorthy(_ meaning: TimeMeaning, _ index: Int, _ next: Int) -> Bool {
    switch meaning {
    case .calendar(let date):
      if date.year != nil, date.month == nil, date.weekday == nil { return isYear(index, next) }
      if date.month != nil, date.day == nil, date.year == nil { return isMonth(index, next) }
      if date.day != nil, date.month == nil, date.weekday == nil { return isDayOfMonth(index, next) }
      return true
    case .weekday(_, nil): return isWeekday(index)
    case .season(_, nil, nil): return isSeason(index)
    case .shifted(_, _, .text), .shifted(_, 0, _): return true
    default: return true
    }
  }

  private static let beforeYears: Set<String> = [
    "in", "since", "of", "by", "until", "till", "from", "before", "after", "during", "than", "to", "through", "between",
    "year", "early", "late", "mid", "around", "circa", "and", "or", "(", "for", "throughout", "about", "not", "back",
  ]

  /// A year that stands alone: after a preposition, or before the one thing that it dates ("the 2016 election").
  private func isYear(_ index: Int, _ next: Int) -> Bool {
    let number = atoms[next - 1].number
    guard number.map({ (1500...2200).contains($0) && atoms[next - 1].digits == 4 }) ?? true else { return false }
    if number == nil || text(index) == "year" || isOpenEnded(next) { return true }
    if isGlued(next), !["'", ",", ".", ")", "-", ";", ":"].contains(text(next)) { return false }
    if next - 1 > 0, isGlued(next - 1), !["(", "'", "-", "\"", "["].contains(text(next - 2)) { return false }
    let token = document.tokens[atoms[next - 1].token]
    if token.deprel.string == "nummod" || token.deprel.string == "compound", let head = token.head,
      head > atoms[next - 1].token
    {
      let head = document.tokens[head]
      guard !head.features.contains(.plural), ![.sym, .num].contains(head.upos) else {
        return ["the", "'s"].contains(text(index - 1)) && head.upos == .propn
      }
      return ["the", "a", "'", "s", "its", "their", "his", "her"].contains(text(index - 1))
        || Self.beforeYears.contains(text(index - 1))
    }
    guard upos(next) != .noun || token.head == nil else {
      return Self.beforeYears.contains(text(index - 1)) && !isGlued(next)
    }
    return Self.beforeYears.contains(text(index - 1))
  }

  /// "or later", "or earlier" after a date.
  private func isOpenEnded(_ next: Int) -> Bool {
    text(next) == "or" && ["later", "after", "afterwards", "beyond", "earlier", "before"].contains(text(next + 1))
  }

  private static let beforeMonths: Set<String> = [
    "in", "since", "of", "by", "until", "till", "from", "before", "after", "during", "through", "between", "to", "for",
    "and",
    "or", "throughout", "every", "each", "mid", "around",
  ]

  private func isMonth(_ index: Int, _ next: Int) -> Bool {
    guard next == index + 1 || text(next - 1) == ".", let word = word(index), word.isAmbiguous || word.isAbbreviation
    else { return true }
    if word.isAbbreviation, text(next - 1) == "." || Self.beforeMonths.contains(text(index - 1)) {
      return isCapital(index)
    }
    guard isCapital(index), !isLabelled(index) else { return false }
    if Self.beforeMonths.contains(text(index - 1)) { return upos(index) == .propn }
    return !word.isAbbreviation && upos(index) == .propn && index > 0
      || atoms.count == 1 || text(next) == "'" && text(next + 1) == "s"
  }

  private func isWeekday(_ index: Int) -> Bool {
    guard let word = word(index), word.isAbbreviation, word.isAmbiguous else { return true }
    guard isCapital(index), !isLabelled(index) else { return false }
    return text(index + 1) == "." || ["on", "until", "by"].contains(text(index - 1))
      || upos(index) == .propn && ["mon", "wed"].contains(text(index))
  }

  private func isSeason(_ index: Int) -> Bool {
    ["in", "the", "by", "of", "during", "since", "until", "early", "mid", "late"].contains(text(index - 1))
      && (upos(index) == .noun || upos(index) == .propn) && !["of", "in"].contains(text(index + 1))
  }

  private func isDayOfMonth(_ index: Int, _ next: Int) -> Bool {
    guard text(index) == "the", ["on", "by", "until", "till", "of", "from", "since", "for"].contains(text(index - 1))
    else { return false }
    return ![.noun, .propn, .adj, .num].contains(upos(next)) && text(next) != "-"
      && (atoms[next - 1].number == nil || isOrdinal(index + 1))
  }

  private func isOrdinal(_ index: Int) -> Bool { ordinal(index) != nil }

  /// Whether a name of another sort than a date covers an atom.
  func isLabelled(_ index: Int) -> Bool {
    let token = atoms[index].token
    var low = 0
    var high = document.names.count
    while low < high {
      let middle = (low + high) / 2
      if document.names[middle].tokens.upperBound <= token { low = middle + 1 } else { high = middle }
    }
    return low < document.names.count && document.names[low].tokens.contains(token)
      && document.names[low].label != .date
  }

  /// How the word before a date bounds it; nothing where the date only modifies a noun ("since Monday's vote").
  private func bound(before index: Int, after next: Int) -> TimeBound? {
    guard text(next) != "'" else { return nil }
    if [.noun, .propn].contains(upos(next)), !isGlued(next), word(next) == nil { return nil }
    let before = text(index - 1) == "the" ? index - 2 : index - 1
    switch text(before) {
    case "since": return .since
    case "starting", "beginning", "commencing", "effective": return .since
    case "from" where text(next) == "on" || text(next) == "onward" || text(next) == "onwards": return .since
    case "from",
      "on" where ["starting", "beginning", "effective"].contains(text(before - 1)):
      return .since
    case "after" where text(before - 1) != "day" && text(before - 1) != "days": return .after
    case "before": return .before
    case "to" where text(before - 1) == "prior": return .before
    case "than" where ["earlier", "sooner"].contains(text(before - 1)): return .before
    case "than" where text(before - 1) == "later": return .after
    case "until", "till", "by", "through": return .until
    default: break
    }
    if text(next) == "or", ["later", "after", "afterwards", "beyond"].contains(text(next + 1)) { return .since }
    if text(next) == "or", ["earlier", "before"].contains(text(next + 1)) { return .until }
    return nil
  }
}
