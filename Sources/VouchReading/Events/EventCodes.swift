internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// The codes of events in another scheme than PLOVER, by default CAMEO's roots.
struct EventCodes: Sendable {
  /// By type, mode and modality; empty for any.
  private var codes: [String: String] = [:]

  /// Reads the table.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  init(_ ontology: Ontology) throws(Diagnostic) {
    var codes: [String: String] = [:]
    try ontology.forEachRow(of: "lexicons/event_codes") { table, row in
      func text(_ column: String) -> String { table.text(row, table.column(column)) }
      let key = Self.key(text("type"), text("mode"), text("modality"))
      codes[key] = codes[key] ?? text("code")
    }
    self.codes = codes
  }

  private static func key(_ type: String, _ mode: String, _ modality: String) -> String {
    type + "/" + mode + "/" + modality
  }

  /// The code of an event: the row of its type, mode and modality, or of fewer of them.
  ///
  /// - Parameters:
  ///   - own: The code of the frame, which goes before those of its type, but not before those of its modality.
  ///   - modality: How it is told; what "will" happen counts as told.
  func code(_ type: String, _ mode: String?, _ modality: Modality, own: String?) -> String? {
    let mode = mode ?? ""
    if modality != .asserted {
      for key in [Self.key(type, mode, modality.rawValue), Self.key(type, "", modality.rawValue)] {
        if let code = codes[key] { return code }
      }
    }
    return own ?? codes[Self.key(type, mode, "")] ?? codes[Self.key(type, "", "")]
  }
}
