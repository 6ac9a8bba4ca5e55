package import VouchCore
package import VouchOntology

/// Words that tell names by their shape: titles, given names, heads of organisations, words that are no names.
package struct NameWords: Sendable {
  /// A title, office or occupation that stands before or after a name.
  package struct Title: Sendable {
    /// Permanent id of its row.
    package let id: String
    /// `leads`, `member-of` or empty.
    package let relation: String
    /// `honorific`, `office`, `military`, `occupation`, `kin`.
    package let kind: String
  }

  /// Most words of a title.
  package private(set) var longestTitle = 1
  private var titles: [String: Title] = [:]
  private var titleWords: Set<String> = []
  private var heads: [String: (position: String, kind: String)] = [:]
  private var notNames: Set<String> = []
  private var givenNames: Set<String> = []

  /// Reads the tables.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  package init(_ ontology: Ontology) throws(Diagnostic) {
    try ontology.forEachRow(of: "lexicons/titles") { table, row in
      let title = Title(
        id: table.text(row, 0), relation: table.text(row, table.column("relation")),
        kind: table.text(row, table.column("kind")))
      for form in [table.text(row, table.column("form")), table.text(row, table.column("plural"))] where !form.isEmpty {
        let words = form.lowercased().split(separator: " ")
        titles[words.joined(separator: " ")] = title
        longestTitle = max(longestTitle, min(words.count, 6))
        for word in words { titleWords.insert(String(word)) }
      }
    }
    try ontology.forEachRow(of: "lexicons/organization_heads") { table, row in
      heads[table.text(row, table.column("form"))] = (
        table.text(row, table.column("position")), table.text(row, table.column("kind"))
      )
    }
    try ontology.forEachRow(of: "lexicons/not_names") { table, row in
      notNames.insert(table.text(row, table.column("form")).lowercased())
    }
    try ontology.forEachRow(of: "lexicons/given_names") { table, row in
      givenNames.insert(table.text(row, table.column("name")))
    }
  }

  /// The title that some lower-cased words are.
  package func title(_ norm: String) -> Title? { titles[norm] }
  /// Whether a lower-cased word belongs to some title.
  package func isTitleWord(_ norm: String) -> Bool { titleWords.contains(norm) }
  /// Whether a lower-cased word is often capitalised without being a name.
  package func isNoName(_ norm: String) -> Bool {
    notNames.contains(norm) || GrammarWords.sentenceStarters.contains(norm)
  }
  /// Whether a word is a given name.
  package func isGivenName(_ word: String) -> Bool { givenNames.contains(word) }

  /// The label of names that end with, or (`isFirst`) begin with, some words.
  package func headLabel(_ words: String, isFirst: Bool) -> Name.Label? {
    guard let head = heads[words], head.position == "any" || (head.position == "first") == isFirst else { return nil }
    if isFirst && head.position == "any" { return nil }
    switch head.kind {
    case "facility": return .facility
    case "place": return .location
    default: return .organization
    }
  }
}
