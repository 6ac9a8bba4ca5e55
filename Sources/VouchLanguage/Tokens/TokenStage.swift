internal import VouchArticles
package import VouchCore
package import VouchOntology

/// Cuts the sentences that are read into tokens and gives each its normal and its base form.
package struct TokenStage: Stage {
  package static let id: Symbol = "tokens/1"
  package static let requires: Layers = .sentences
  package static let assigns: Layers = .tokens

  private let tokenizer: Tokenizer
  private let lexicon: Lexicon

  /// Makes the stage; the gazetteer knows which hyphens stand between two names.
  package init(_ ontology: Ontology, gazetteer: Gazetteer, lexicon: Lexicon) throws(Diagnostic) {
    self.lexicon = lexicon
    tokenizer = Tokenizer(try Abbreviations(ontology)) { first, rest, whole in
      guard gazetteer.matches(for: whole).isEmpty else { return false }
      let isName = gazetteer.matches(for: first).contains {
        $0.form != .demonym && gazetteer.entry($0.entry).kind != .city
      }
      guard isName else { return false }
      let isLower = rest.unicodeScalars.first?.properties.isLowercase ?? false
      return isLower || !gazetteer.matches(for: rest).isEmpty
    }
  }

  /// Adds the tokens.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  package func run(on document: inout Document) {
    let bytes = document.text.bytes
    var tokens: [Token] = []
    for index in document.sentences.indices {
      let sentence = document.sentences[index]
      let first = tokens.count
      if document.article.blocks[sentence.block].kind.isRead {
        for span in tokenizer.tokens(in: bytes, sentence.span.range) {
          let norm = Self.norm(bytes[span.range])
          tokens.append(Token(span, sentence: index, norm: norm, lemma: lexicon.lemma(norm)))
        }
      }
      document.sentences[index].tokens = first..<tokens.count
    }
    document.tokens = tokens
  }

  /// Lower case, with plain apostrophes.
  package static func norm(_ bytes: ArraySlice<UInt8>) -> String {
    let form = String(decoding: bytes, as: UTF8.self)
    if bytes.allSatisfy({ $0 < 0x80 }) { return form.lowercased() }
    return String(String.UnicodeScalarView(form.lowercased().unicodeScalars.map { $0 == "\u{2019}" ? "'" : $0 }))
  }
}
