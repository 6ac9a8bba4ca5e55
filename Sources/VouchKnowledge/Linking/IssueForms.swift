internal import VouchCore
internal import VouchOntology

/// Brings the names of one issue together: `a temporary ceasefire`, `the ceasefire proposal`, `truce`.
///
/// Determiners and words that every proposal bears go; general heads (`the idea of …`, `… proposal`) give way to what they are
/// about; a head noun takes the form that its synonyms share in `lexicons/issues`. What is left tells issues apart:
/// `20-point plan` and `28-point plan`, `ceasefire in Gaza` and `ceasefire in Sudan`.
struct IssueForms: Sendable {
  private var heads: [String: String] = [:]
  /// Modifiers that change nothing before a head: of all heads, or of those named.
  private var modifiers: [String: Set<String>] = [:]
  private var general: Set<String> = []

  init(_ ontology: Ontology) throws(Diagnostic) {
    var heads: [String: String] = [:]
    var modifiers: [String: Set<String>] = [:]
    var general: Set<String> = []
    try ontology.forEachRow(of: "lexicons/issues") { table, row in
      let form = table.text(row, table.column("form"))
      switch table.text(row, table.column("sort")) {
      case "head":
        for word in [form] + table.list(row, table.column("words")) { heads[word] = form }
      case "modifier": modifiers[form] = Set(table.list(row, table.column("words")))
      case "general": general.insert(form)
      default: break
      }
    }
    self.heads = heads
    self.modifiers = modifiers
    self.general = general
  }

  private static let determiners: Set<String> = [
    "a", "an", "the", "this", "that", "these", "those", "any", "some", "such", "every", "each", "no", "its", "his",
    "her", "their", "our", "my", "your",
  ]
  private static let links: Set<String> = ["of", "for", "to", "on", "about"]
  /// Words that begin what only describes the issue further.
  private static let stops: Set<String> = ["which", "who", "whose", "whereby"]
  private static let durations: Set<String> = ["hour", "day", "week", "month", "year"]

  /// The form that the names of an issue share, as part of a key; empty where nothing is left.
  ///
  /// - Complexity: O(n).
  func form(of label: String) -> String {
    var words = Contribution.slug(Self.joined(label)).split(separator: "-").map(String.init)
    if let stop = words.dropFirst().firstIndex(where: Self.stops.contains) { words = Array(words[..<stop]) }
    if let kind = words.indices.dropFirst().first(where: { words[$0] == "of" && Self.isKind(words, after: $0) }) {
      words = Array(words[..<kind])
    }
    words = trimmed(words)
    // `the idea of a truce`, `plans for an election`.
    while words.count > 2, general.contains(Self.singular(words[0])), Self.links.contains(words[1]) {
      words = trimmed(Array(words[2...]))
    }
    let end = words.indices.dropFirst().first { Self.links.contains(words[$0]) || Self.places.contains(words[$0]) }
    var phrase = Array(words[..<(end ?? words.count)])
    var rest = Array(words[(end ?? words.count)...])
    // `ceasefire proposal`: the head before the last word tells what is proposed.
    while phrase.count > 1, general.contains(Self.singular(phrase[phrase.count - 1])),
      heads[Self.singular(phrase[phrase.count - 2])] != nil
    { phrase.removeLast() }
    guard let last = phrase.last else { return words.joined(separator: "-") }
    let head = heads[Self.singular(last)] ?? Self.singular(last)
    phrase[phrase.count - 1] = head
    // `60-day truce`, `truce of 60 days`: how long it is to last is no other issue.
    if isIdle("day", before: head) {
      phrase = Self.withoutDuration(phrase)
      if rest.count >= 3, rest[0] == "of" || rest[0] == "for", Self.durations.contains(Self.singular(rest[2])) {
        rest.removeFirst(3)
      }
    }
    phrase = phrase.dropLast().filter { !isIdle($0, before: head) } + [head]
    return (phrase + rest).joined(separator: "-")
  }

  private static let places: Set<String> = ["in", "with", "between", "at", "over", "against", "from", "by"]

  /// `cease-fire` is one word here, as `ceasefire` is.
  private static func joined(_ label: String) -> String {
    let folded = label.folded
    guard let range = folded.firstRange(of: "cease-fire") else { return folded }
    return folded[..<range.lowerBound] + "ceasefire" + folded[range.upperBound...]
  }

  private static func isKind(_ words: [String], after index: Int) -> Bool {
    let next = words[(index + 1)...].prefix { $0 != "kind" && $0 != "sort" && $0 != "type" }
    return next.count <= 1 && index + 1 + next.count < words.count
  }

  private func trimmed(_ words: [String]) -> [String] {
    let start = words.firstIndex { !Self.determiners.contains($0) && !($0 == "s" && words.count > 1) }
    return Array(words[(start ?? words.count)...])
  }

  private func isIdle(_ word: String, before head: String) -> Bool {
    guard let of = modifiers[word] else { return false }
    return of.isEmpty || of.contains(head)
  }

  private static func withoutDuration(_ phrase: [String]) -> [String] {
    guard phrase.count >= 3,
      let index = phrase.indices.dropLast().first(where: { durations.contains(singular(phrase[$0])) }),
      index > 0, phrase[index - 1].utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { return phrase }
    return Array(phrase[..<(index - 1)] + phrase[(index + 1)...])
  }

  /// The singular of a regular plural; other words as they are.
  private static func singular(_ word: String) -> String {
    if word.hasSuffix("ies"), word.count > 4 { return word.dropLast(3) + "y" }
    for ending in ["sses", "xes", "ches", "shes"] where word.hasSuffix(ending) { return String(word.dropLast(2)) }
    let isPlural = word.hasSuffix("s") && word.count > 3 && !["ss", "us", "is"].contains { word.hasSuffix($0) }
    return isPlural ? String(word.dropLast()) : word
  }
}
