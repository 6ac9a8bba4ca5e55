internal import VouchArticles
package import VouchCore
package import VouchOntology

/// Cuts the blocks of an article into sentences, between tokens.
///
/// A block's end and a blank line always end a sentence; a stop does unless an abbreviation, an initial or a number needs
/// it. Closing quotation marks and brackets after the stop belong to the sentence. Every byte of a block that is no white
/// space lies in one sentence, and no sentence ends inside a token.
package struct SentenceStage: Stage {
  package static let id: Symbol = "sentences/2"
  package static let requires: Layers = .tokens
  package static let assigns: Layers = .sentences

  private let abbreviations: Abbreviations

  /// Reads the abbreviations.
  package init(_ ontology: Ontology) throws(Diagnostic) { abbreviations = try Abbreviations(ontology) }

  /// Adds the sentences, and to the tokens the indices of their sentences.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  package func run(on document: inout Document) {
    let text = document.text
    let scanner = SentenceScanner(text.bytes, abbreviations)
    document.sentences = []
    var token = 0
    for (index, block) in document.article.blocks.enumerated() {
      let first = document.sentences.count
      for span in scanner.spans(in: block.span.range.clamped(to: 0..<text.count)) {
        // The sentence before may have taken the rest of its last token.
        let taken = document.sentences.count > first ? document.sentences.last?.span.end ?? 0 : 0
        let rest = text.trimmed(Span(Int(max(span.start, taken)), Int(span.end)))
        guard !rest.isEmpty else { continue }
        let tokens = take(from: &token, startingBefore: rest.end, block: index, &document)
        let end = tokens.last.map { max(rest.end, document.tokens[$0].span.end) } ?? rest.end
        document.sentences.append(Sentence(Span(Int(rest.start), Int(end)), block: index, tokens: tokens))
      }
    }
  }

  /// Gives the next sentence the tokens of its block that start before its end.
  private func take(from token: inout Int, startingBefore end: UInt32, block: Int, _ document: inout Document)
    -> Range<Int>
  {
    let first = token
    while token < document.tokens.count, document.tokens[token].block == block, document.tokens[token].span.start < end
    {
      document.tokens[token].sentence = document.sentences.count
      token += 1
    }
    return first..<token
  }
}
