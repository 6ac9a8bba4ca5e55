internal import VouchCore
internal import VouchLanguage
internal import VouchOntology
public import VouchStore

/// Versions of the program and of what is built into it.
public enum VouchVersion {
  /// Semantic version of the program.
  public static let current = "0.1.0"
  /// What graph files name as their creator.
  public static let creator = "vouch \(current)"

  /// The built-in language model: its language and the checksum of its weights; `nil` if the program was built without one.
  public static var model: String? {
    (try? LanguageModel.builtInDescription()).map { "english \(hexadecimal($0.checksum))" }
  }

  /// The built-in ontology: the version that `vouch.ttl` states, and a checksum of all tables and documents.
  ///
  /// - Complexity: O(n) in their size, some megabytes.
  public static var ontology: String { "\(Ontology.version) (\(hexadecimal(Ontology().fingerprint)))" }

  /// The format in which graph files are written; all older ones can be read.
  public static var fileFormat: FormatVersion { .current }

  /// All of them, a line for each.
  public static var all: String {
    """
    vouch \(current)
    language model \(model ?? "none")
    ontology \(ontology)
    graph file format \(fileFormat)
    """
  }

  private static func hexadecimal(_ number: UInt64) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
