import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct SentenceTests {
  static let stages = Result {
    try Pipeline([TokenStage(Ontology(), lexicon: Lexicon(Ontology())), SentenceStage(Ontology())])
  }

  static func sentences(_ article: Article) throws -> [String] {
    var document = Document(article)
    try stages.get().run(on: &document)
    return document.sentences.map { document.words($0.span) }
  }

  /// Sentences are parted by `|`.
  @Test(arguments: [
    "The strike began.| It will last two days.",
    "The U.S. Senate met on Feb. 28 in Washington, D.C., to vote.| It adjourned at 5 p.m.| The vote failed.",
    "Dr. Ann Lee of St. Mary's Hospital spoke.| She thanked J. R. Moss.",
    "“It is over.”| The union left.",
    "“Is it over?” Lee asked.| Nobody knew.",
    "\"Stop!\" he said.| \"We lost.\"",
    "Prices rose 3.5 percent.| Wages did not…| Unions protested!",
    "He moved to the U.K.| The court agreed.",
    "Acme Inc. said profits fell.| Shares dropped (by 4%).| Nobody resigned.",
    "It happened in the U.S. and Canada.| See No. 5 of the report.",
  ])
  func sentencesEndWhereTheyShould(_ marked: String) throws {
    let expected = marked.split(separator: "|").map { $0.trimmingPrefix(" ") }.map(String.init)
    #expect(try Self.sentences(.paragraph(expected.joined(separator: " "))) == expected)
  }

  @Test func blankLinesAlwaysEndSentences() throws {
    #expect(
      try Self.sentences(.paragraph("First part\n\nsecond part\n \nthird")) == ["First part", "second part", "third"])
  }

  @Test(arguments: NastyTexts.all)
  func everyByteOfABlockLiesInOneSentence(_ string: String) throws {
    for article in [Article.paragraph(string), Article.made(string)] {
      var document = Document(article)
      try Self.stages.get().run(on: &document)
      var covered = Array(repeating: 0, count: document.text.count)
      var end: UInt32 = 0
      for sentence in document.sentences {
        #expect(sentence.span.start >= end && !sentence.span.isEmpty)
        #expect(article.blocks[sentence.block].span.contains(sentence.span))
        end = sentence.span.end
        for token in sentence.tokens { #expect(sentence.span.contains(document.tokens[token].span)) }
        for offset in sentence.span.range { covered[offset] += 1 }
      }
      #expect(document.sentences.flatMap(\.tokens) == Array(document.tokens.indices))
      #expect(
        document.tokens.map(\.sentence)
          == document.sentences.enumerated().flatMap { index, sentence in sentence.tokens.map { _ in index } })
      for block in article.blocks {
        for offset in block.span.range where covered[offset] == 0 {
          #expect(
            document.text.trimmed(Span(offset, min(offset + 3, document.text.count))).start != UInt32(offset)
              || document.text.bytes[offset] & 0xC0 == 0x80)
        }
      }
    }
  }

  @Test func boilerplateHasSentencesButNoTokens() throws {
    let text = SourceText("News here.\n\nSign up now. Donate.")
    let article = Article(
      id: "a", origin: "a", text: text, given: nil, metadata: .init(),
      blocks: [.init(Span(0, 10), .paragraph), .init(Span(12, 32), .boilerplate)],
      body: Span(0, 10))
    var document = Document(article)
    try Self.stages.get().run(on: &document)
    #expect(document.sentences.count == 3)
    #expect(document.tokens.allSatisfy { $0.block == 0 })
    #expect(document.sentences.map(\.tokens.isEmpty) == [false, true, true])
  }
}
