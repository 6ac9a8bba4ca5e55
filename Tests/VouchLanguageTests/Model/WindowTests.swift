import Testing
import VouchLanguage
import VouchTestSupport

@Suite struct WindowTests {
  /// Each sign is a word of one piece: "|" a block start, "." a sentence start, "o" another word.
  ///
  /// The limit is 12, the two ends counted.
  @Test(arguments: [
    ("", []), ("ooo", [3]), ("|ooooooooo", [10]),
    // The last block start past the half wins over a later sentence start, …
    ("ooooo|oo.ooo", [5, 7]),
    // … a sentence start over an earlier block start, …
    ("oo|oo.oooooo", [5, 7]),
    // … and a block start before the half is better than none.
    ("oo|ooooooooo", [2, 10]),
    // Without a place to cut the window grows to the next one.
    ("oooooooooooooo.oo", [14, 3]), ("oooooooooooo|oo", [12, 3]),
    // The word that would not fit is a place to cut.
    ("oooooooooo.oo", [10, 3]),
  ])
  func windowsAreCutAtTheBestPlace(_ words: String, _ lengths: [Int]) {
    let cuts = words.map { ModelWords.Cut(isBlockStart: $0 == "|", isSentenceStart: $0 == ".") }
    let windows = WindowPlanner(limit: 12).windows(counts: cuts.map { _ in 1 }, cuts: cuts)
    #expect(windows.map(\.count) == lengths)
  }

  @Test(arguments: 0..<20)
  func windowsAreAllWordsInOrder(_ seed: UInt64) {
    var random = TestRandom(seed: seed)
    let count = Int(random.next() % 3000)
    let rare = Int(random.next() % 400) + 1
    let counts = (0..<count).map { _ in Int(random.next() % 8) + 1 }
    let cuts = (0..<count).map { _ in
      ModelWords.Cut(
        isBlockStart: random.next() % UInt64(3 * rare) == 0, isSentenceStart: random.next() % UInt64(rare) == 0)
    }
    let windows = WindowPlanner(limit: 192).windows(counts: counts, cuts: cuts)
    #expect(windows.flatMap { $0 } == Array(0..<count))
    for window in windows {
      let pieces = counts[window].reduce(2, +)
      #expect(pieces <= 512 && !window.isEmpty)
      let next = window.upperBound < count ? counts[window.upperBound] : 512
      let isPlace = window.upperBound == count || cuts[window.upperBound] != ModelWords.Cut()
      #expect(isPlace || pieces + next > 512)
      if pieces > 192 { #expect(window.dropFirst().allSatisfy { cuts[$0] == ModelWords.Cut() }) }
    }
  }

  /// A sentence seems to start with the words in brackets.
  @Test(arguments: [
    "He left . [She] stayed", "He left . she stayed", "“ Go ! ” [They] went", "Go ! ) ) ) [They] went",
    "Go ! ) ) ) ) They went", "at 5 p.m. [He] left", "No… [He] left", "the U.S. army", "? [A] b", "x . [“] No",
    "x . [5] y",
  ])
  func sentencesSeemToStartAfterTheirEnds(_ marked: String) throws {
    let model = try EncoderTests.model()
    var words = ModelWords()
    var expected: [Int] = []
    for (index, word) in marked.split(separator: " ").enumerated() {
      if word.hasPrefix("[") { expected.append(index) }
      let isGlued = word.allSatisfy { ".!?)”".contains($0) }
      words.append(Array(word.filter { $0 != "[" && $0 != "]" }.utf8)[...], gap: isGlued ? .none : .space, for: model)
    }
    #expect(words.cuts.indices.filter { words.cuts[$0].isSentenceStart } == expected)
  }

  @Test func knownSentencesAreTheOnlyPlacesToCut() throws {
    let model = try EncoderTests.model()
    var words = ModelWords()
    for (word, gap, start) in [
      ("A", ModelWords.Gap.block, true), (".", .none, false), ("B", .block, false), ("C", .space, true),
    ] {
      words.append(Array(word.utf8)[...], gap: gap, startsSentence: start, for: model)
    }
    #expect(words.cuts.map(\.isBlockStart) == [true, false, false, false])
    #expect(words.cuts.map(\.isSentenceStart) == [true, false, false, true])
  }
}
