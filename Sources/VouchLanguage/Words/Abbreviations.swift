package import VouchCore
package import VouchOntology

/// Abbreviations that are written with a dot.
package struct Abbreviations: Sendable {
  /// Sort of an abbreviation: `title`, `initialism`, `month`, `weekday`, `state`, `company`, `other`.
  private var kinds: [String: String] = [:]

  /// Reads `lexicons/abbreviations`.
  ///
  /// - Throws: A `Diagnostic` if the table cannot be read.
  package init(_ ontology: Ontology) throws(Diagnostic) {
    try ontology.forEachRow(of: "lexicons/abbreviations") { table, row in
      kinds[table.text(row, table.column("form"))] = table.text(row, table.column("kind"))
    }
  }

  /// The sort of a form with its dot; `nil` for words that are no abbreviation.
  ///
  /// Letters with a dot each are always one.
  package func kind(_ form: String) -> String? {
    if let kind = kinds[form] { return kind }
    return Self.isInitialism(form) ? "initialism" : nil
  }

  /// Whether a form is single letters with a dot each, such as `J.` or `U.S.A.`.
  private static func isInitialism(_ form: String) -> Bool {
    let bytes = Array(form.utf8)
    guard bytes.count >= 2, bytes.count % 2 == 0, bytes.count <= 16 else { return false }
    return stride(from: 0, to: bytes.count, by: 2).allSatisfy { index in
      (0x41...0x5A).contains(bytes[index] & 0xDF) && bytes[index + 1] == 0x2E
    }
  }
}
