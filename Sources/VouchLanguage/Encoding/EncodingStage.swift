package import VouchCore

/// Reads a document's tokens with the encoder of the language model: one vector for each.
package struct EncodingStage: Stage {
  package static let id: Symbol = "encoding/1"
  package static let requires: Layers = .tokens
  package static let assigns: Layers = .encoding

  private let model: LanguageModel

  /// Takes the encoder of a model.
  package init(_ model: LanguageModel) { self.model = model }

  /// Adds the vectors; where sentences are there already, windows are cut at their starts.
  ///
  /// - Complexity: O(n) in tokens.
  package func run(on document: inout Document) {
    let bytes = document.text.bytes
    var words = ModelWords()
    if document.layers.contains(.sentences) {
      var sentence = -1
      for token in document.tokens {
        words.append(
          bytes[token.span.range], gap: Self.gap(token), startsSentence: token.sentence != sentence, for: model)
        sentence = token.sentence
      }
    } else {
      for token in document.tokens { words.append(bytes[token.span.range], gap: Self.gap(token), for: model) }
    }
    document.encoding = model.encoder.encode(words)
  }

  private static func gap(_ token: Token) -> ModelWords.Gap { ModelWords.Gap(rawValue: token.gap) ?? .block }
}
