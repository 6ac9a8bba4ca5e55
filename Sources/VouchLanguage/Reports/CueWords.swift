package import VouchOntology
package import VouchCore

/// Words that report speech, writing or thought, by lemma.
package struct CueWords: Sendable {
  /// What a verb reports, and how it takes its content.
  package struct Verb: Sendable {
    /// What it does: `say`, `claim`, `deny`, `believe` and others.
    package let force: String
    /// Whether an infinitive may be the content: "urged them to leave".
    package let takesInfinitive: Bool
    /// Whether a clause may be: "said it rained".
    package let takesClause: Bool
  }

  private var verbs: [String: Verb] = [:]
  private var lemmas: Set<String> = []

  /// Reads the table.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  package init(_ ontology: Ontology) throws(Diagnostic) {
    try ontology.forEachRow(of: "lexicons/cues") { table, row in
      let lemma = table.text(row, table.column("lemma"))
      lemmas.insert(lemma)
      guard table.text(row, table.column("pos")) == "v" else { return }
      let content = table.list(row, table.column("content"))
      verbs[lemma] = Verb(
        force: table.text(row, table.column("force")), takesInfinitive: content.contains("infinitive"),
        takesClause: content.contains("clause"))
    }
  }

  /// The cue that a verb is; `nil` for other verbs.
  package func verb(_ lemma: String) -> Verb? { verbs[lemma] }
  /// Whether a lemma is some cue, of whatever class of words.
  package func isCue(_ lemma: String) -> Bool { lemmas.contains(lemma) }
}
