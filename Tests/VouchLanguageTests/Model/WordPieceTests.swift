import Testing
import VouchLanguage
import VouchTestSupport

@Suite struct WordPieceTests {
  @Test(arguments: [
    ("the", "the"), ("The", "the"), ("flooding", "flood ##ing"), ("FLOODED", "flood ##ed"),
    // The longest piece first, even where a shorter one would leave a better rest.
    ("mayor", "mayor"), ("mayo", "may ##o"), ("unflooded", "un ##flood ##ed"),
    ("can't", "c ##a ##n ' t"), ("U.S.", "u . s ."), ("$5", "$ 5"), ("é", "e"), ("É\u{301}t", "e ##t"),
    ("\u{1F1}", "d ##z"),
    ("soft\u{AD}hyphen", "s ##o ##f ##t ##h ##y ##p ##h"),
    // A run with a piece that is not known is one unknown piece; the other runs stay.
    ("theλ-city", "[UNK] - city"), ("city-λ", "city - [UNK]"), ("#x", "[UNK] x"),
    ("中。", "中 。"), ("国", "[UNK]"), ("", "[UNK]"), ("\u{301}", "[UNK]"), ("\u{200B}", "[UNK]"),
    // Eight pieces at most.
    ("abcdefghij", "a ##b ##c ##d ##e ##f ##g ##h"), ("........", ". . . . . . . ."), ("..........", ". . . . . . . ."),
    (String(repeating: "a", count: 100), "a ##a ##a ##a ##a ##a ##a ##a"),
    (String(repeating: "a", count: 101), "[UNK]"),
    (String(repeating: "a", count: 101) + ".", "[UNK] ."),
  ])
  func wordsAreCutIntoTheLongestPieces(_ word: String, _ pieces: String) throws {
    let ids = try EncoderTests.model().pieces.pieces(word.unicodeScalars)
    #expect(ids.map { TinyModel.vocabulary[Int($0)] }.joined(separator: " ") == pieces)
  }

  @Test(arguments: NastyTexts.all)
  func everyTextHasOneToEightPieces(_ text: String) throws {
    let ids = try EncoderTests.model().pieces.pieces(text.unicodeScalars)
    #expect((1...8).contains(ids.count))
    #expect(ids.allSatisfy { TinyModel.vocabulary.indices.contains(Int($0)) })
  }

  @Test(arguments: [
    (".", 0), ("—", 0), ("2024", 1), ("٣", 1), ("1,000", 2), ("B2B", 3), ("mp3", 4), ("the", 5), ("n't", 5), ("ß", 5),
    ("I", 6), ("É", 6), ("U.S.", 7), ("NATO", 8), ("AT&T", 8), ("NATIONS", 9), ("Paris", 10), ("McDonald", 11),
    ("O'Brien", 11), ("iPhone", 12), ("", 0),
  ])
  func shapesTellCaseAndDigits(_ word: String, _ shape: UInt8) {
    #expect(WordShape.of(word.unicodeScalars) == shape)
  }
}
