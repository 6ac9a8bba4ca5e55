/// What the encoder makes of a document's words.
package struct EncodedWords: Sendable {
  /// The words of each window, in order, together all words; a window's first word is always a sentence's first.
  package var windows: [Range<Int>]
  /// One vector for each word.
  package var vectors: QuantizedRows
}

/// The language model's encoder: words in their surroundings → word vectors.
package struct Encoder: Sendable {
  /// Items of a word vector.
  package let hidden: Int

  /// Encodes words, window by window.
  ///
  /// A window's vectors are the same bytes whatever windows stand beside it, on every processor.
  ///
  /// - Complexity: O(pieces × (model size + 512)).
  package func encode(_ words: ModelWords) -> EncodedWords {
    EncodedWords(windows: [], vectors: QuantizedRows(width: hidden))
  }
}
