internal import VouchCore
internal import VouchXML

/// What the words of a block of a page tell: whether it is prose, or a label, a name, a link.
struct BlockText {
  private(set) var words = 0
  private(set) var bytes = 0
  /// Words that hold sentences together, and words that begin with a capital letter.
  private var function = 0
  private var capitals = 0

  /// Counts a block's words.
  ///
  /// - Complexity: O(n).
  init(_ text: ArraySlice<UInt8>) {
    bytes = text.count
    var hash = WordHash.empty
    var length = 0
    var isCapital = false
    var wide = 0
    for byte in text {
      // Chinese, Japanese and Korean set no spaces: two letters are taken for a word.
      if byte &- 0xE3 < 11 {
        wide += 1
        if wide % 2 == 0 { words += 1 }
      }
      let isStart = (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || (0xC3..<0xE2).contains(byte)
      if isStart || (length > 0 && (byte == 0x27 || byte & 0xC0 == 0x80)) {
        if length == 0 { isCapital = byte &- 0x41 < 26 }
        hash = WordHash.adding(byte, to: hash)
        length += 1
      } else if length > 0 {
        count(hash, isCapital)
        hash = WordHash.empty
        length = 0
      }
    }
    if length > 0 { count(hash, isCapital) }
  }

  private mutating func count(_ hash: UInt64, _ isCapital: Bool) {
    words += 1
    if isCapital { capitals += 1 }
    if Self.functionWords[hash] != nil { function += 1 }
  }

  /// Which of a page's blocks are prose: of some length, with a fair share of function words, not mostly links.
  ///
  /// In a language whose function words are not known, small letters stand in for them.
  static func prose(_ texts: [BlockText], _ page: HTMLPage) -> [Bool] {
    let long = texts.filter { $0.words >= 20 }
    let isKnown = long.reduce(0) { $0 + $1.function } * 7 > long.reduce(0) { $0 + $1.words }
    return texts.indices.map { index in
      let text = texts[index]
      guard text.words >= 8, page.origins[index].linked * 2 < text.bytes, page.drafts[index].hint != .caption else {
        return false
      }
      // 0.2 of the words, or 0.45 of those in small letters.
      return isKnown ? text.function * 5 >= text.words : (text.words - text.capitals) * 9 >= text.words * 4
    }
  }

  private static let functionWords = WordMap(
    """
    a about after all also an and are as at be because been before but by can could did do for from had has have he her \
    his how if in into is it its just like may more most no not of on one only or other out over said she should so some \
    such than that the their them then there these they this to under up was were what when where which while who will \
    with would
    """.split(separator: " ").map { (WordHash.of($0.utf8), ()) })
}
