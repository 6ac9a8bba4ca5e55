internal import VouchArticles
internal import VouchCore
public import VouchLanguage
internal import VouchOntology
public import VouchReading

/// One reader for all tests; making one reads all tables.
public enum Readers {
  private static let made = Result<Reader, Diagnostic> { () throws(Diagnostic) in try Reader(ontology: Ontology()) }

  /// The reader of the built-in ontology.
  public static func standard() throws -> Reader { try made.get() }

  /// Reads one paragraph, published on Wednesday 15 May 2024 unless said otherwise.
  public static func read(_ paragraph: String, published: String? = "2024-05-15") throws -> Document {
    try standard().read(.paragraph(paragraph, published: published))
  }
}
