internal import VouchArticles
package import VouchCore
package import VouchOntology

/// Cuts the blocks into tokens and gives each its normal form, which stands for its lemma too.
///
/// After `Document.mostTokens` it stops, with the warning `article.words` in the article's diagnostics.
package struct TokenStage: Stage {
  package static let id: Symbol = "tokens/2"
  package static let requires: Layers = []
  package static let assigns: Layers = .tokens

  private let tokenizer: Tokenizer
  private let limit: Int

  /// Reads the abbreviations; `limit` is the number of tokens that it stops after, at least one.
  package init(_ ontology: Ontology, limit: Int = Document.mostTokens) throws(Diagnostic) {
    tokenizer = Tokenizer(try Abbreviations(ontology))
    self.limit = max(1, limit)
  }

  /// Adds the tokens.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  package func run(on document: inout Document) {
    let bytes = document.text.bytes
    var tokens: [Token] = []
    var isCut = false
    for (index, block) in document.article.blocks.enumerated() where !isCut {
      var end: Int?
      // One more than there is room for tells that the text goes on.
      let room = limit - tokens.count
      let spans = tokenizer.tokens(in: bytes, block.span.range.clamped(to: 0..<bytes.count), limit: room + 1)
      isCut = spans.count > room
      for span in spans.prefix(room) {
        let gap = end.map { Self.gap(bytes[$0..<Int(span.start)]) } ?? 3
        let norm = Self.norm(bytes[span.range])
        tokens.append(Token(span, gap: gap, block: index, norm: norm, lemma: norm))
        end = Int(span.end)
      }
    }
    document.tokens = tokens
    if isCut, let last = tokens.last { Self.cut(&document, at: Int(last.span.end)) }
  }

  /// Notes that words after a byte of the text are not read.
  private static func cut(_ document: inout Document, at end: Int) {
    document.tokensEnd = end
    document.article.diagnostics.append(
      Diagnostic(
        .warning, "article.words",
        "found more than \(document.tokens.count) words; those after byte \(end) of \(document.text.count) are not read;"
          + " split the article", at: .init(path: document.article.origin)))
  }

  /// What sort of gap the white space between two tokens is.
  static func gap(_ space: ArraySlice<UInt8>) -> UInt8 {
    space.isEmpty ? 0 : UInt8(1 + min(2, space.count { $0 == 0x0A }))
  }

  /// Lower case, with plain apostrophes.
  package static func norm(_ bytes: ArraySlice<UInt8>) -> String {
    let form = String(decoding: bytes, as: UTF8.self)
    if bytes.allSatisfy({ $0 < 0x80 }) { return form.lowercased() }
    return String(String.UnicodeScalarView(form.lowercased().unicodeScalars.map { $0 == "\u{2019}" ? "'" : $0 }))
  }
}
