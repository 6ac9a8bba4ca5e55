/// The words of each sentence, parted where a window of the encoder ends, in order.
package struct SentenceParts: Sequence, IteratorProtocol {
  private let sentences: [Sentence]
  private let windows: [Range<Int>]
  private var sentence = 0
  private var window = 0
  private var position = 0

  /// Takes sentences whose tokens ascend, and windows that ascend.
  package init(_ sentences: [Sentence], windows: [Range<Int>]) {
    self.sentences = sentences
    self.windows = windows
    position = sentences.first?.tokens.lowerBound ?? 0
  }

  /// The next part.
  package mutating func next() -> Range<Int>? {
    while sentence < sentences.count, position >= sentences[sentence].tokens.upperBound {
      sentence += 1
      if sentence < sentences.count { position = sentences[sentence].tokens.lowerBound }
    }
    guard sentence < sentences.count else { return nil }
    while window < windows.count, windows[window].upperBound <= position { window += 1 }
    let end = sentences[sentence].tokens.upperBound
    let cut = window < windows.count ? Swift.min(end, windows[window].upperBound) : end
    defer { position = cut }
    return position..<cut
  }
}
