/// The words of a document as the language model reads them.
package struct ModelWords: Sendable {
  /// What stands before a word; the raw values are the model's.
  package enum Gap: UInt8, Sendable, CaseIterable {
    /// Nothing; white space without a line feed, with one, and a blank line or the start of a block.
    case none = 0
    case space = 1
    case line = 2
    case block = 3
  }

  /// What a cut before a word would be.
  package struct Cut: Hashable, Sendable {
    /// Whether a block starts with the word.
    package var isBlockStart: Bool
    /// Whether a sentence starts, or seems to start, with the word.
    package var isSentenceStart: Bool
    /// Makes a cut.
    package init(isBlockStart: Bool = false, isSentenceStart: Bool = false) {
      self.isBlockStart = isBlockStart
      self.isSentenceStart = isSentenceStart
    }
  }

  /// For each word: the gap before it.
  package private(set) var gaps: [Gap] = []
  /// For each word: its shape, 0…12.
  package private(set) var shapes: [UInt8] = []
  /// The pieces' ids, word after word; each word has 1…8.
  package private(set) var pieces: [Int32] = []
  /// For each word, the index of its first piece; then the number of pieces.
  package private(set) var firstPieces: [Int] = [0]
  /// For each word: what a cut before it would be.
  package private(set) var cuts: [Cut] = []
  private var endings: [Ending] = []

  /// What a word means for the start of the next sentence.
  private enum Ending: Sendable { case none, closesQuotation, endsSentence }

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
    let text = String(decoding: word, as: UTF8.self)
    let isSmall = text.unicodeScalars.first.map(WordShape.isLower) ?? true
    let isStart = gap != .none && !isSmall && precedingEnds
    append(text, gap, Cut(isBlockStart: gap == .block, isSentenceStart: isStart), model)
  }

  /// Adds a word of a text whose sentences are known: windows are cut at their starts.
  package mutating func append(_ word: ArraySlice<UInt8>, gap: Gap, startsSentence: Bool, for model: LanguageModel) {
    let cut = Cut(isBlockStart: gap == .block && startsSentence, isSentenceStart: startsSentence)
    append(String(decoding: word, as: UTF8.self), gap, cut, model)
  }

  /// Adds a word of other words, as it is there.
  package mutating func append(_ other: ModelWords, word: Int) {
    gaps.append(other.gaps[word])
    shapes.append(other.shapes[word])
    pieces.append(contentsOf: other.pieces[other.firstPieces[word]..<other.firstPieces[word + 1]])
    firstPieces.append(pieces.count)
    cuts.append(other.cuts[word])
    endings.append(other.endings[word])
  }

  private mutating func append(_ text: String, _ gap: Gap, _ cut: Cut, _ model: LanguageModel) {
    gaps.append(gap)
    shapes.append(WordShape.of(text.unicodeScalars))
    pieces.append(contentsOf: model.pieces.pieces(text.unicodeScalars))
    firstPieces.append(pieces.count)
    cuts.append(cut)
    endings.append(Self.ending(text))
  }

  /// Whether the words so far end a sentence; up to three that close quotations and brackets are passed over.
  private var precedingEnds: Bool {
    var last = endings.count - 1
    let first = last - 3
    while last > 0, last > first, endings[last] == .closesQuotation { last -= 1 }
    return last >= 0 && endings[last] == .endsSentence
  }

  private static func ending(_ text: String) -> Ending {
    switch text {
    case "\"", "'", "''", "\u{2019}", "\u{201D}", ")", "]", "}", "\u{BB}": .closesQuotation
    default:
      switch text.unicodeScalars.last {
      case ".", "!", "?", "\u{2026}": .endsSentence
      default: .none
      }
    }
  }
}
