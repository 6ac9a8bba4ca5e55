import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct TokenTests {
  static func tokens(_ string: String) throws -> [String] {
    let text = SourceText(string)
    return Tokenizer(try Abbreviations(Ontology())).tokens(in: text.bytes, 0..<text.count).map { text[$0] }
  }

  /// Tokens are parted by spaces on the right.
  @Test(arguments: [
    ("The court's ruling, it said, wasn't final.", "The court 's ruling , it said , was n't final ."),
    ("They’re “sure” we’ll pay $3.50 (€4)!", "They ’re “ sure ” we ’ll pay $ 3.50 ( € 4 ) !"),
    ("It rose 5% to 1,000.5 at 10:30 a.m. on Feb. 28.", "It rose 5 % to 1,000.5 at 10:30 a.m. on Feb. 28 ."),
    ("U.S. and U.K. firms", "U.S. and U.K. firms"),
    ("Jean-Luc saw the 20-point plan—again", "Jean-Luc saw the 20-point plan — again"),
    ("You cannot... stop", "You can not ... stop"),
    ("Write to me@example.org or http://example.org/a-b.", "Write to me@example.org or http://example.org/a-b ."),
    ("#flood @mayor 👍🏽🇩🇪", "#flood @mayor 👍🏽 🇩🇪"),
    ("the workers' union and O'Brien", "the workers ' union and O'Brien"),
    ("AT&T and/or others", "AT&T and / or others"),
    ("He left.", "He left ."),
  ])
  func tokensAreCutAsUniversalDependenciesCutsThem(_ string: String, _ expected: String) throws {
    #expect(try Self.tokens(string) == expected.split(separator: " ").map(String.init))
  }

  @Test(arguments: NastyTexts.all)
  func onlyWhiteSpaceLiesBetweenTokens(_ string: String) throws {
    let text = SourceText(string)
    let spans = Tokenizer(try Abbreviations(Ontology())).tokens(in: text.bytes, 0..<text.count)
    var end = 0
    for span in spans {
      #expect(!span.isEmpty && Int(span.start) >= end)
      #expect(text.isBoundary(Int(span.start)) && text.isBoundary(Int(span.end)))
      #expect(text[Span(end, Int(span.start))].unicodeScalars.allSatisfy(Self.isSpace))
      end = Int(span.end)
    }
    #expect(text[Span(end, text.count)].unicodeScalars.allSatisfy(Self.isSpace))
  }

  static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
  }

  @Test(arguments: [
    ("rejected", "reject"), ("denies", "deny"), ("met", "meet"), ("agreed", "agree"), ("withdrew", "withdraw"),
    ("withdrawn", "withdraw"),
    ("said", "say"), ("told", "tell"), ("accusing", "accuse"), ("vetoes", "veto"), ("strikes", "strike"),
  ])
  func formsFindTheirLemmas(_ form: String, _ lemma: String) throws {
    #expect(try Lexicon(Ontology()).lemma(form) == lemma)
  }

  @Test func inflectionsAreToldApart() throws {
    let lexicon = try Lexicon(Ontology())
    #expect(lexicon.verb("withdrew")?.inflections == .past)
    #expect(lexicon.verb("withdrawn")?.inflections == .participle)
    #expect(lexicon.verb("rejected")?.inflections == [.past, .participle])
    #expect(lexicon.verb("rejects")?.inflections == .third)
    #expect(lexicon.verb("rejecting")?.inflections == .gerund)
  }

  private struct NameCounter: Stage {
    static let id: Symbol = "test.names/1"
    static let requires: Layers = .tokens
    static let assigns: Layers = .names
    func run(on document: inout Document) {}
  }

  @Test func stagesWithoutTheirLayersAreRejected() throws {
    #expect(throws: Pipeline.Unmet.self) { try Pipeline([NameCounter()]) }
    #expect(throws: Never.self) { try Pipeline([TokenStage(Ontology()), NameCounter()]) }
  }
}
