internal import VouchCore

/// What an article tells, as the set of its shingles: hashes of five words that follow each other.
///
/// Source: Broder, "On the resemblance and containment of documents" (1997).
struct Story: Sendable {
  private static let width = 5

  /// Distinct, ascending.
  let shingles: [UInt64]
  /// Indices of the sentences that are read, ascending.
  let sentences: [Int]

  /// - Complexity: O(n log n) in the length of the text.
  init(_ text: SourceText, sentences: [Span], isRead: (Int) -> Bool) {
    let read = sentences.indices.filter(isRead)
    self.sentences = read
    var distinct = Self.shingles(text, read.map { ($0, sentences[$0]) }).map(\.hash)
    distinct.sort()
    var end = 0
    for hash in distinct where end == 0 || distinct[end - 1] != hash {
      distinct[end] = hash
      end += 1
    }
    distinct.removeLast(distinct.count - end)
    shingles = distinct
  }

  /// Those shingles by which articles look for each other: one of eight of a long text, all of a short one.
  var sample: [UInt64] { shingles.count < 256 ? shingles : shingles.filter { $0 & 7 == 0 } }

  /// How many shingles two stories share.
  ///
  /// - Complexity: O(n).
  func shared(with other: Story) -> Int {
    var count = 0
    var i = 0
    var j = 0
    while i < shingles.count, j < other.shingles.count {
      if shingles[i] == other.shingles[j] { count += 1 }
      if shingles[i] <= other.shingles[j] { i += 1 } else { j += 1 }
    }
    return count
  }

  /// The sentences that share most with another story, at most `count`, in the order of the text.
  func sentences(_ count: Int, sharedWith other: Story, text: SourceText, spans: [Span]) -> [Int] {
    var shares: [Int: Int] = [:]
    for (hash, sentence) in Self.shingles(text, sentences.map { ($0, spans[$0]) }) {
      let place = other.shingles.partition { $0 >= hash }
      if place < other.shingles.count, other.shingles[place] == hash { shares[sentence, default: 0] += 1 }
    }
    return shares.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(count).map(\.key).sorted()
  }

  /// Each five words, with the sentence in which they begin.
  private static func shingles(_ text: SourceText, _ sentences: [(Int, Span)]) -> [(hash: UInt64, sentence: Int)] {
    var shingles: [(hash: UInt64, sentence: Int)] = []
    var window: [(hash: UInt64, sentence: Int)] = []
    for (sentence, span) in sentences {
      forEachWord(text.bytes[span.range]) { word in
        window.append((word, sentence))
        guard window.count >= width else { return }
        let last = window.suffix(width)
        shingles.append(
          (last.reduce(0) { ($0 ^ $1.hash) &* 0x9E37_79B9_7F4A_7C15 &+ ($0 >> 29) }, last.first?.sentence ?? 0))
      }
    }
    return shingles
  }

  /// Hashes of the words: letters and digits without case; apostrophes vanish, all else parts words.
  private static func forEachWord(_ bytes: ArraySlice<UInt8>, _ body: (UInt64) -> Void) {
    let offset: UInt64 = 0xCBF2_9CE4_8422_2325
    var hash = offset
    var index = bytes.startIndex
    func close() {
      if hash != offset { body(hash) }
      hash = offset
    }
    while index < bytes.endIndex {
      var byte = bytes[index]
      index += 1
      if byte == 0xE2, index + 1 < bytes.endIndex, bytes[index] == 0x80 {
        // Curly apostrophes vanish like straight ones; other general punctuation parts words.
        if bytes[index + 1] != 0x98, bytes[index + 1] != 0x99 { close() }
        index += 2
        continue
      }
      if byte == 0x27 { continue }
      if (0x41...0x5A).contains(byte) { byte += 0x20 }
      if byte >= 0x80 && byte != 0xC2 || (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      } else {
        close()
        // U+0080 … U+00BF are spaces and signs.
        if byte == 0xC2 { index = min(index + 1, bytes.endIndex) }
      }
    }
    close()
  }
}
