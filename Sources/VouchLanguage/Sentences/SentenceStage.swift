internal import VouchArticles
package import VouchCore
package import VouchOntology

/// Cuts the blocks of an article into sentences.
///
/// A block's end and a blank line always end a sentence; a stop does unless an abbreviation, an initial or a number needs
/// it. Closing quotation marks and brackets after the stop belong to the sentence. Every byte of a block that is no white
/// space lies in one sentence.
package struct SentenceStage: Stage {
  package static let id: Symbol = "sentences/1"
  package static let requires: Layers = []
  package static let assigns: Layers = .sentences

  private let abbreviations: Abbreviations

  /// Reads the abbreviations.
  package init(_ ontology: Ontology) throws(Diagnostic) { abbreviations = try Abbreviations(ontology) }

  /// Adds the sentences.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  package func run(on document: inout Document) {
    var sentences: [Sentence] = []
    let text = document.text
    for (index, block) in document.article.blocks.enumerated() {
      let scanner = SentenceScanner(text.bytes, abbreviations)
      for span in scanner.spans(in: block.span.range.clamped(to: 0..<text.count)) {
        let trimmed = text.trimmed(span)
        if !trimmed.isEmpty { sentences.append(Sentence(trimmed, block: index, tokens: 0..<0)) }
      }
    }
    document.sentences = sentences
  }
}
