import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct SentenceTests {
  static func words(_ document: Document) -> [String] { document.sentences.map { document.words($0.span) } }

  /// `|` stands where the model sees a sentence begin.
  @Test(arguments: [
    "The strike began.| It will last two days.", "“Is it over?” Lee asked.| Nobody knew.", "One sentence alone",
    "Profits fell (by 4%).| Nobody resigned!| Why?",
  ])
  func tokensThatBeginSentencesPartThem(_ marked: String) throws {
    let document = try Tokenized.paragraph(marked)
    #expect(Self.words(document) == marked.split(separator: "|").map { String($0.trimmingPrefix(" ")) })
    for (index, sentence) in document.sentences.enumerated() {
      #expect(sentence.tokens.allSatisfy { document.tokens[$0].sentence == index })
    }
  }

  @Test func blankLinesAlwaysEndSentences() throws {
    let document = try Tokenized.blocks("First part\n\nsecond part\n \nthird\nfourth", asParagraph: true)
    #expect(Self.words(document) == ["First part", "second part", "third\nfourth"])
  }

  @Test(arguments: NastyTexts.all, [false, true])
  func everyByteOfABlockLiesInOneSentence(_ string: String, _ isParagraph: Bool) throws {
    let document = try Tokenized.blocks(string, asParagraph: isParagraph)
    var covered = Array(repeating: 0, count: document.text.count)
    var end: UInt32 = 0
    var token = 0
    for sentence in document.sentences {
      #expect(sentence.span.start >= end && !sentence.span.isEmpty)
      #expect(document.article.blocks[sentence.block].span.contains(sentence.span))
      end = sentence.span.end
      for offset in sentence.span.range { covered[offset] += 1 }
      if !sentence.tokens.isEmpty {
        #expect(sentence.tokens.lowerBound == token)
        token = sentence.tokens.upperBound
        #expect(sentence.span.contains(document.span(of: sentence.tokens)))
      }
    }
    #expect(token == document.tokens.count)
    for block in document.article.blocks {
      for offset in block.span.range where covered[offset] == 0 {
        let rest = Span(offset, min(offset + 3, document.text.count))
        #expect(
          document.text.trimmed(rest).start != UInt32(offset) || document.text.bytes[offset] & 0xC0 == 0x80)
      }
    }
  }

  /// `|` stands where the words end that are read.
  @Test(arguments: [
    (1, "One| two three.\n\nFour five six.\n\nSeven."), (4, "One two three.|\n\nFour five six.\n\nSeven."),
    (6, "One two three.\n\nFour five| six.\n\nSeven."), (9, "One two three.\n\nFour five six.\n\nSeven|."),
    (10, "One two three.\n\nFour five six.\n\nSeven."), (11, "One two three.\n\nFour five six.\n\nSeven."),
  ])
  func wordsBeyondTheLimitAreKeptAndTold(_ limit: Int, _ marked: String) throws {
    let parts = marked.split(separator: "|")
    var document = Document(.made(parts.joined()))
    try TokenStage(Ontology(), limit: limit).run(on: &document)
    SentenceStage.group(&document, starts: [])
    #expect(document.tokens.count == min(limit, 10))
    #expect(document.article.diagnostics.map(\.code) == (parts.count == 1 ? [] : ["article.words"]))
    #expect(document.tokensEnd == (parts.count == 1 ? nil : parts[0].utf8.count))
    let read = document.sentences.filter { !$0.tokens.isEmpty }, rest = document.sentences.filter(\.tokens.isEmpty)
    for (sentences, part) in zip([read, rest], parts + [""]) {
      let blocks = part.split(separator: "\n\n").map { String($0.trimmingPrefix(" ")) }
      #expect(sentences.map { document.words($0.span) } == blocks)
    }
  }

  @Test func boilerplateHasSentencesToo() throws {
    let text = SourceText("News here.\n\nSign up now. Donate!")
    let article = Article(
      id: "a", origin: "a", text: text, given: nil, metadata: .init(),
      blocks: [.init(Span(0, 10), .paragraph), .init(Span(12, text.count), .boilerplate)], body: Span(0, 10))
    var document = Document(article)
    document.tokens = [(0, 10, 0), (12, 24, 1), (25, 32, 1)].map { start, end, block in
      Token(Span(start, end), gap: 1, block: block, norm: "", lemma: "")
    }
    SentenceStage.group(&document, starts: [true, false, true])
    #expect(Self.words(document) == ["News here.", "Sign up now.", "Donate!"])
    #expect(document.sentences.map(\.block) == [0, 1, 1])
    #expect(document.tokens.indices.map { document.isRead(token: $0) } == [true, false, false])
  }

  @Test(
    arguments: [
      ([0..<3, 3..<9], [0..<9], [0..<3, 3..<9]), ([0..<9], [0..<4, 4..<9], [0..<4, 4..<9]),
      ([0..<2, 2..<2, 2..<8], [0..<5, 5..<6, 6..<8], [0..<2, 2..<5, 5..<6, 6..<8]), ([0..<0], [], []), ([], [], []),
      ([0..<5], [0..<3], [0..<3, 3..<5]),
    ] as [([Range<Int>], [Range<Int>], [Range<Int>])])
  func sentencesArePartedByWindows(
    _ sentences: [Range<Int>], _ windows: [Range<Int>], _ expected: [Range<Int>]
  ) {
    let parts = SentenceParts(sentences.map { Sentence(Span(0, 1), block: 0, tokens: $0) }, windows: windows)
    #expect(Array(parts) == expected)
  }

  @Test func distancesFallIntoClasses() {
    let sizes = [1, 2, 3, 4, 5, 6, 7, 9, 10, 14, 15, 24, 25, 40, 41, 500]
    #expect(sizes.map { ArcHead.distanceClass(-$0) } == [0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9])
    #expect(sizes.map { ArcHead.distanceClass($0) } == sizes.map { ArcHead.distanceClass(-$0) + 10 })
  }
}
