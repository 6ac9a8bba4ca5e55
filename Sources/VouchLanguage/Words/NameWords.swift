package import VouchCore
package import VouchOntology

/// Words that stand beside and in the names of people: titles, given names.
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
    try ontology.forEachRow(of: "lexicons/given_names") { table, row in
      givenNames.insert(table.text(row, table.column("name")))
    }
  }

  /// The title that some lower-cased words are.
  package func title(_ norm: String) -> Title? { titles[norm] }
  /// Whether a lower-cased word belongs to some title.
  package func isTitleWord(_ norm: String) -> Bool { titleWords.contains(norm) }
  /// Whether a word is a given name.
  package func isGivenName(_ word: String) -> Bool { givenNames.contains(word) }
}
