internal import VouchArticles
package import VouchCore

/// Groups the tokens of an article into sentences where the language model sees them begin.
///
/// A block's start, a blank line and the start of an encoder's window always begin one. Closing quotation marks and
/// brackets belong to the sentence that they close. Every code point of a block that is no white space lies in one
/// sentence; after the last word that is read, what is left of each block is a sentence without tokens.
package struct SentenceStage: Stage {
  package static let id: Symbol = "sentences/2"
  package static let requires: Layers = [.tokens, .encoding]
  package static let assigns: Layers = .sentences

  private let boundary: Linear

  /// Takes the head `boundary` of a model.
  ///
  /// - Throws: A `Diagnostic` if the model lacks it.
  package init(_ model: LanguageModel) throws(Diagnostic) {
    boundary = try model.tensors.linear("boundary", inputs: model.description.hidden, outputs: 1)
  }

  /// Adds the sentences and gives each token its own.
  ///
  /// - Complexity: O(n) in the bytes of the text.
  package func run(on document: inout Document) {
    guard let encoding = document.encoding, encoding.vectors.count == document.tokens.count else { return }
    var starts = boundary(encoding.vectors).map { $0 > 0 }
    for window in encoding.windows where window.lowerBound < starts.count { starts[window.lowerBound] = true }
    Self.group(&document, starts: starts)
  }

  /// Makes the sentences of tokens of which some begin one.
  ///
  /// - Parameter starts: for each token, whether a sentence begins with it.
  package static func group(_ document: inout Document, starts: [Bool]) {
    var sentences: [Sentence] = []
    let text = document.text
    var token = 0
    for (index, block) in document.article.blocks.enumerated() {
      let end = min(Int(block.span.end), text.count)
      let begin = min(Int(block.span.start), end)
      while token < document.tokens.count, Int(document.tokens[token].span.start) < begin { token += 1 }
      var from = begin
      repeat {
        let first = token
        while token < document.tokens.count, Int(document.tokens[token].span.start) < end {
          if token > first, token < starts.count && starts[token] || document.tokens[token].gap >= 3 { break }
          document.tokens[token].sentence = sentences.count
          token += 1
        }
        let isLast = token >= document.tokens.count || Int(document.tokens[token].span.start) >= end
        var next = isLast ? end : Int(document.tokens[token].span.start)
        // What is not read is no part of the last sentence that is.
        if isLast, let tokensEnd = document.tokensEnd, from < tokensEnd, tokensEnd < end { next = tokensEnd }
        let span = text.trimmed(Span(from, next))
        if !span.isEmpty { sentences.append(Sentence(span, block: index, tokens: first..<token)) }
        from = next
      } while from < end
    }
    document.sentences = sentences
  }
}
