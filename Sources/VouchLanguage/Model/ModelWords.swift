/// The words of a document as the language model reads them.
package struct ModelWords: Sendable {
  /// What stands before a word; the raw values are the model's.
  package enum Gap: UInt8, Sendable, CaseIterable {
    /// Nothing; white space without a line feed, with one, and a blank line or the start of a block.
    case none = 0, space = 1, line = 2, block = 3
  }

  /// How a window may be cut before a word.
  package enum Cut: UInt8, Sendable { case none, softStart, blockStart }

  /// For each word: the gap before it.
  package internal(set) var gaps: [Gap] = []
  /// For each word: its shape, 0…12.
  package internal(set) var shapes: [UInt8] = []
  /// The pieces' ids, word after word; each word has 1…8.
  package internal(set) var pieces: [Int32] = []
  /// For each word, the index of its first piece; then the number of pieces.
  package internal(set) var firstPieces: [Int] = [0]
  /// For each word: whether a window may be cut before it.
  package internal(set) var cuts: [Cut] = []

  /// Number of words.
  package var count: Int { gaps.count }

  /// Makes no words.
  package init() {}

  /// Adds a word whose sentence is yet to be found: windows are cut at blank lines and where a sentence seems to end.
  ///
  /// - Parameters:
  ///   - word: UTF-8; pieces after the word's eighth are left out.
  ///   - gap: what stands before the word.
  ///   - model: the model that is to read the words.
  package mutating func append(_ word: ArraySlice<UInt8>, gap: Gap, for model: LanguageModel) {
  }

  /// Adds a word of a text whose sentences are known: windows are cut at their starts.
  package mutating func append(_ word: ArraySlice<UInt8>, gap: Gap, startsSentence: Bool, for model: LanguageModel) {
  }
}
