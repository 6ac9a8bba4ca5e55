import Testing
import VouchCore
import VouchTestSupport

@Suite struct EvidenceTests {
  private let text = SourceText("Ann spoke. Élodie left.")
  private var sentences: [Span] { [Span(0, 10), Span(11, text.count)] }

  private func make(_ start: Int, _ end: Int) throws(Evidence.Failure) -> Evidence {
    try Evidence(Span(start, end), of: text, sentences: sentences, rule: "test.rule", confidence: Confidence(0.5))
  }

  @Test func wordsOfASentenceAreEvidence() throws {
    let evidence = try make(11, 18)
    #expect(text[evidence.span] == "Élodie")
    #expect(evidence.sentence == 1)
    #expect(evidence.checksum == Evidence.checksum(of: "Élodie".utf8))
  }

  @Test(arguments: [
    (3, 3, Evidence.Failure.empty), (0, 99, .outsideText), (12, 15, .splitsCodePoint), (11, 12, .splitsCodePoint),
    (10, 13, .outsideSentences),
  ])
  func whatIsNotInTheTextIsRefused(start: Int, end: Int, failure: Evidence.Failure) {
    #expect(throws: failure) { try make(start, end) }
  }

  @Test func confidenceStaysBetweenNoneAndAll() {
    #expect(Confidence(1.5).thousandths == 1000)
    #expect(Confidence(-1).thousandths == 0)
    #expect(Confidence(.nan).thousandths == 0)
    #expect(Confidence(0.1234).thousandths == 123)
  }
}
