internal import VouchArticles
package import VouchCore
package import VouchOntology

/// Cuts the blocks into tokens and gives each its normal form, which stands for its lemma too.
package struct TokenStage: Stage {
  package static let id: Symbol = "tokens/2"
  package static let requires: Layers = []
  package static let assigns: Layers = .tokens

  private let tokenizer: Tokenizer

  /// Reads the abbreviations.
  package init(_ ontology: Ontology) throws(Diagnostic) {
    tokenizer = Tokenizer(try Abbreviations(ontology))
  }

  /// Adds the tokens.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  package func run(on document: inout Document) {
    let bytes = document.text.bytes
    var tokens: [Token] = []
    for (index, block) in document.article.blocks.enumerated() {
      var end: Int?
      for span in tokenizer.tokens(in: bytes, block.span.range.clamped(to: 0..<bytes.count)) {
        let gap = end.map { Self.gap(bytes[$0..<Int(span.start)]) } ?? 3
        let norm = Self.norm(bytes[span.range])
        tokens.append(Token(span, gap: gap, block: index, norm: norm, lemma: norm))
        end = Int(span.end)
      }
    }
    document.tokens = tokens
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
