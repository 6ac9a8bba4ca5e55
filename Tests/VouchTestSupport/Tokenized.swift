public import VouchArticles
internal import VouchCore
public import VouchLanguage
internal import VouchOntology

/// Documents with tokens and sentences that tests set themselves, without a language model.
public enum Tokenized {
  private static let stage = Result<TokenStage, Diagnostic> { () throws(Diagnostic) in
    try TokenStage(Ontology())
  }

  /// A document of one paragraph in which `|` stands before the sentences but the first.
  public static func paragraph(_ marked: String) throws -> Document {
    let pieces = marked.split(separator: "|").map { $0.trimmingPrefix(" ") }
    var starts: Set<Int> = []
    var count = 0
    for piece in pieces {
      starts.insert(count)
      count += piece.utf8.count + 1
    }
    var document = try tokens(.paragraph(pieces.joined(separator: " ")))
    let begun = document.tokens.map { starts.contains(Int($0.span.start)) }
    SentenceStage.group(&document, starts: begun)
    return document
  }

  /// A document with tokens and no sentences.
  static func tokens(_ article: Article) throws -> Document {
    var document = Document(article)
    try stage.get().run(on: &document)
    return document
  }

  /// Sentences that begin where blocks and blank lines make them, with tokens.
  public static func blocks(_ string: String, asParagraph: Bool) throws -> Document {
    try blocks(asParagraph ? .paragraph(string) : .made(string))
  }

  /// Sentences that begin where blocks and blank lines make them, with tokens.
  public static func blocks(_ article: Article) throws -> Document {
    var document = try tokens(article)
    SentenceStage.group(&document, starts: [])
    return document
  }

  /// The words of some tokens.
  public static func words(_ tokens: Range<Int>, _ document: Document) -> String {
    tokens.isEmpty ? "" : document.words(document.span(of: tokens))
  }

  /// The tokens that some words of a document are, the first time that they stand there.
  public static func find(_ words: String, _ document: Document) -> Range<Int>? {
    for first in document.tokens.indices {
      for end in first + 1...document.tokens.count where self.words(first..<end, document) == words {
        return first..<end
      }
    }
    return nil
  }
}
