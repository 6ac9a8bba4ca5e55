import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

@Suite struct ReportTests {
  @Test(
    arguments: [
      // Source and content point to the cue between them.
      ([[0, 5, 1], [0, 5, 1], [0, 5, 1]], [[0, 1, 2]]),
      // Two reports; the third span points to the second most of those that are no anchors, but joins an anchor.
      ([[9, 0, 0, 0], [8, 1, 0, 0], [3, 9, 0, 4], [0, 0, 0, 9]], [[0, 1], [2, 3]]),
      // Nobody points to himself: every span stands alone.
      ([[0, 1], [1, 0]], [[0], [1]]),
      ([[1]], [[0]]), ([], []), ([[.nan, .nan], [.nan, .nan]], [[0, 1]]),
    ] as [([[Float]], [[Int]])])
  func spansJoinTheAnchorTheyPointTo(_ scores: [[Float]], _ expected: [[Int]]) {
    #expect(ReportGroups.groups(scores) == expected)
  }

  /// What stands between double quotation marks.
  @Test(arguments: [
    ("He said \"it rains\" twice.", ["it", "rains"]),
    ("“It rains,” he said. “It pours.", ["It", "rains", ",", "It", "pours", "."]),
    ("The 5\" pipe broke.", []), ("(\"Rain\") and \"sun\"", ["Rain", "sun"]), ("«Rain» and ``sun''", ["Rain", "sun"]),
    ("no marks 'here'", []),
  ])
  func quotedTokens(_ text: String, _ expected: [String]) throws {
    let document = try Tokenized.paragraph(text)
    let quoted = QuotedTokens(document)
    let found = document.tokens.indices.filter { quoted.isQuoted[$0] }
    #expect(found.map { document.words(document.tokens[$0].span) } == expected)
  }

  @Test func aQuotationEndsWithItsBlock() throws {
    let document = try Tokenized.blocks("Title\n\n“First part.\n\nPlain words.", asParagraph: false)
    let quoted = QuotedTokens(document)
    #expect(document.tokens.indices.filter { quoted.isQuoted[$0] }.map { document.tokens[$0].norm }.first == "first")
    #expect(!(quoted.isQuoted.last ?? true))
  }

  @Test(
    arguments: [
      ("⟦c:“It rains,”⟧ he said.", "It rains,", .direct), ("He said ⟦c:that it rains⟧.", "that it rains", .indirect),
      ("He said ⟦c:it “rains” again⟧.", "it “rains” again", .mixed),
      ("He said ⟦c:\"it rains\".⟧", "it rains", .direct), ("He said ⟦c:\"it rains.\"⟧", "it rains.", .direct),
    ] as [(String, String, Report.Form)])
  func contentsLoseTheirMarksAndHaveAForm(_ marked: String, _ expected: String, _ form: Report.Form) throws {
    let text = MarkedText(marked)
    let document = try Tokenized.paragraph(text.plain)
    let quoted = QuotedTokens(document)
    let tokens = try #require(Tokenized.find(text.marks[0].words, document))
    let content = quoted.unquoted(tokens, document)
    #expect(Tokenized.words(content, document) == expected)
    #expect(quoted.form([content], document) == form)
  }
}
