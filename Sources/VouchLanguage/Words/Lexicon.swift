package import VouchCore
package import VouchOntology

/// The words that the frames, cues and modalities of the ontology are about, in all their forms.
package struct Lexicon: Sendable {
  private var forms: [String: [WordForm]] = [:]

  /// Inflects the lemmas of the tables, regularly or as `lexicons/irregular` says.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  package init(_ ontology: Ontology) throws(Diagnostic) {
    var irregular: [String: [String]] = [:]
    try ontology.forEachRow(of: "lexicons/irregular") { table, row in
      let key = table.text(row, table.column("lemma")) + "." + table.text(row, table.column("pos"))
      irregular[key, default: []] += table.list(row, table.column("forms"))
    }
    var lemmas: Set<String> = Set(irregular.keys)
    for name in ["frames/events", "frames/stances", "lexicons/cues", "lexicons/support_verbs"] {
      try ontology.forEachRow(of: name) { table, row in
        lemmas.insert(table.text(row, table.column("lemma")) + "." + table.text(row, table.column("pos")))
      }
    }
    try ontology.forEachRow(of: "lexicons/modality") { table, row in
      let letters = ["verb": "v", "noun": "n", "adjective": "a"]
      if let letter = letters[table.text(row, table.column("kind"))] {
        lemmas.insert(table.text(row, table.column("form")) + "." + letter)
      }
    }
    for key in lemmas.sorted() {
      guard let dot = key.lastIndex(of: "."), dot > key.startIndex,
        let partOfSpeech = WordForm.PartOfSpeech(rawValue: String(key[key.index(after: dot)...]))
      else { continue }
      add(String(key[..<dot]), partOfSpeech, irregular: irregular[key] ?? [])
    }
  }

  /// What a lower-cased form may be, in a fixed order; empty for words of no table.
  package func analyses(_ norm: String) -> [WordForm] { forms[norm] ?? [] }

  /// The reading of a form as a verb, if it has one.
  package func verb(_ norm: String) -> WordForm? { forms[norm]?.first { $0.partOfSpeech == .verb } }

  /// The base form: of the verb if the form can only be a verb or is inflected, else of the noun, else the form.
  package func lemma(_ norm: String) -> String {
    guard let analyses = forms[norm] else { return norm }
    if analyses.contains(where: { $0.lemma == norm }) { return norm }
    return (analyses.first { $0.partOfSpeech == .verb } ?? analyses.first)?.lemma ?? norm
  }

  private mutating func add(_ lemma: String, _ partOfSpeech: WordForm.PartOfSpeech, irregular: [String]) {
    switch partOfSpeech {
    case .verb: addVerb(lemma, irregular: irregular)
    case .noun:
      insert(lemma, lemma, .noun, .base)
      for plural in irregular.isEmpty ? [Inflection.sForm(lemma)] : irregular { insert(plural, lemma, .noun, .plural) }
    default: insert(lemma, lemma, partOfSpeech, .base)
    }
  }

  private mutating func addVerb(_ lemma: String, irregular: [String]) {
    let gerunds = irregular.filter { $0.hasSuffix("ing") && $0 != lemma }
    let thirds = irregular.filter { $0.hasSuffix("s") && $0 != lemma && !$0.hasPrefix("'") }
    let pasts = irregular.filter { !gerunds.contains($0) && !thirds.contains($0) }
    insert(lemma, lemma, .verb, .base)
    for form in thirds.isEmpty ? [Inflection.sForm(lemma)] : thirds { insert(form, lemma, .verb, .third) }
    for form in gerunds.isEmpty ? [Inflection.ingForm(lemma)] : gerunds { insert(form, lemma, .verb, .gerund) }
    if pasts.isEmpty {
      insert(Inflection.edForm(lemma), lemma, .verb, [.past, .participle])
    } else if pasts.count == 2, !pasts.contains(where: { $0.hasSuffix("ed") }) {
      insert(pasts[0], lemma, .verb, .past)
      insert(pasts[1], lemma, .verb, .participle)
    } else {
      for form in pasts { insert(form, lemma, .verb, [.past, .participle]) }
    }
  }

  private mutating func insert(
    _ form: String, _ lemma: String, _ partOfSpeech: WordForm.PartOfSpeech, _ inflections: WordForm.Inflections
  ) {
    var analyses = forms[form] ?? []
    if let index = analyses.firstIndex(where: { $0.lemma == lemma && $0.partOfSpeech == partOfSpeech }) {
      let merged = analyses[index].inflections.union(inflections)
      analyses[index] = WordForm(lemma: lemma, partOfSpeech: partOfSpeech, inflections: merged)
    } else {
      analyses.append(WordForm(lemma: lemma, partOfSpeech: partOfSpeech, inflections: inflections))
    }
    forms[form] = analyses
  }
}
