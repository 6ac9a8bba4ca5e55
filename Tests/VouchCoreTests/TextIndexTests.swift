import Testing
import VouchCore
import VouchTestSupport

/// Texts in which bytes, code points and what people see differ.
private let texts: [String] = [
  "", "plain", "Zürich – naïve", "👩‍👩‍👧 family 👍🏽", "e\u{301}tude", "\u{FEFF}marked", "one\r\ntwo\rthree\nfour",
  "\u{0}\u{1}",
  "שלום world", String(repeating: "é", count: 300) + "end", String(repeating: "x", count: 128),
  String(repeating: "x", count: 127) + "€",
]

@Suite struct TextIndexTests {
  @Test(arguments: texts) func bytesAndCodePointsConvertBothWays(text: String) {
    let source = SourceText(text)
    let scalars = Array(text.unicodeScalars)
    #expect(source.index.codePointCount == scalars.count)
    var offset = 0
    for (number, scalar) in scalars.enumerated() {
      #expect(source.index.codePoint(atByte: offset) == number)
      #expect(source.index.byte(atCodePoint: number) == offset)
      offset += UTF8.width(scalar)
    }
    #expect(source.index.codePoint(atByte: offset) == scalars.count)
    #expect(source.index.byte(atCodePoint: scalars.count) == offset)
  }

  @Test(arguments: texts) func offsetsOutsideTheTextAreItsEnds(text: String) {
    let index = SourceText(text).index
    #expect(index.byte(atCodePoint: -1) == 0)
    #expect(index.byte(atCodePoint: 1_000_000) == text.utf8.count)
    #expect(index.codePoint(atByte: 1_000_000) == index.codePointCount)
    #expect(index.codePoint(atByte: -5) == 0)
  }

  @Test(arguments: [
    ("a\nb", 2, 2, 1), ("a\r\nb", 3, 2, 1), ("a\rb", 2, 2, 1), ("é\nüx", 5, 2, 2), ("abc", 3, 1, 4), ("", 0, 1, 1),
  ])
  func positionsCountLinesAndColumnsFromOne(text: String, byte: Int, line: Int, column: Int) {
    let position = SourceText(text).index.position(atByte: byte)
    #expect(position.line == line)
    #expect(position.column == column)
  }

  @Test func spansOfCodePointsGiveBackTheWords() {
    let source = SourceText("Café 👍🏽 at nine")
    let span = source.index.span(ofCodePoints: 5..<7)
    #expect(source[span] == "👍🏽")
    #expect(source.index.codePoints(of: span) == 5..<7)
  }
}

@Suite struct SourceTextTests {
  @Test func illFormedBytesAreNoText() {
    #expect(SourceText(validating: [0x61, 0xC3]) == nil)
    #expect(SourceText(validating: [0xED, 0xA0, 0x80]) == nil)
    #expect(SourceText(validating: Array("déjà".utf8)) != nil)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a\u{FFFD}b", 1), ([0xE2, 0x82], "\u{FFFD}", 1), ([0xC0, 0x80], "\u{FFFD}\u{FFFD}", 2),
      ([0x61], "a", 0),
    ] as [([UInt8], String, Int)])
  func repairingCountsWhatItReplaces(bytes: [UInt8], text: String, replaced: Int) {
    let result = SourceText.repairing(bytes)
    #expect(result.text[result.text.span] == text)
    #expect(result.replaced == replaced)
  }

  @Test(arguments: [
    ("  a b ", "a b"), ("\u{FEFF}x\u{A0}", "x"), (" \n", ""), ("\u{2003}wide\u{202F}", "wide"), ("", ""),
  ])
  func trimmingTakesWhiteSpaceOffBothEnds(text: String, trimmed: String) {
    let source = SourceText(text)
    #expect(source[source.trimmed(source.span)] == trimmed)
  }
}
