package import VouchCore
package import VouchOntology

/// Words that stand beside and in the names of people: titles, given names, names of peoples.
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
  private var peoples: Set<String> = []

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
    try ontology.forEachRow(of: "gazetteers/countries") { table, row in
      for people in table.text(row, table.column("demonyms")).split(separator: "|") { peoples.insert(String(people)) }
    }
  }

  /// The title that some lower-cased words are.
  package func title(_ norm: String) -> Title? { titles[norm] }
  /// Whether a lower-cased word belongs to some title.
  package func isTitleWord(_ norm: String) -> Bool { titleWords.contains(norm) }
  /// Whether a word is the name of a country's people or their adjective, as it is written.
  package func isPeople(_ word: String) -> Bool { peoples.contains(word) }
  /// Whether a word is a given name.
  package func isGivenName(_ word: String) -> Bool { givenNames.contains(word) }
}
