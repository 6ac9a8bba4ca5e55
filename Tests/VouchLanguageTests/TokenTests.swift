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
    ("I'd've gone; she CAN'T.", "I 'd 've gone ; she CA N'T ."),
    ("the workers' union and O'Brien", "the workers ' union and O'Brien"),
    ("ma'am, it's five o'clock, 'cause tell 'em", "ma'am , it 's five o'clock , 'cause tell 'em"),
    ("the 1960's, the '60s and 2003's best", "the 1960's , the '60s and 2003 's best"),
    ("You cannot... stop", "You can not ... stop"),
    ("I'm gonna wanna gimme dunno lemme", "I 'm gon na wan na gim me du n no lem me"),
    ("dont say Im late, thats IM", "do nt say I m late , that s IM"),
    ("its a boat in its dock", "it s a boat in its dock"),
  ])
  func cliticsAreCutOff(_ string: String, _ expected: String) throws { try Self.expect(string, expected) }

  @Test(arguments: [
    ("Jean-Luc saw the 20-point plan—again", "Jean - Luc saw the 20 - point plan — again"),
    ("a long-term U.S.-backed deal", "a long - term U.S. - backed deal"),
    ("co-operate, anti-war, mid-1990s, e-mail", "co-operate , anti-war , mid-1990s , e-mail"),
    ("the non-EU and UN-backed pro-Kyiv side", "the non-EU and UN - backed pro-Kyiv side"),
    ("pre- and post-war, tax-wise", "pre- and post-war , tax-wise"),
    ("th- this s- so A- B", "th- this s- so A- B"),
    ("Port-au-Prince, al-Nusra, F-16, Covid-19", "Port - au - Prince , al - Nusra , F - 16 , Covid - 19"),
    ("Hizb-e-Watan pages 5-10, 1998-2003", "Hizb - e - Watan pages 5 - 10 , 1998 - 2003"),
    ("call 202-555-0143 on 2025-12-28", "call 202-555-0143 on 2025-12-28"),
    ("yes -- no - – ---", "yes -- no - – ---"),
  ])
  func hyphensPartWordsButNotPrefixes(_ string: String, _ expected: String) throws { try Self.expect(string, expected) }

  @Test(arguments: [
    ("U.S. and U.K. firms", "U.S. and U.K. firms"),
    ("He left.", "He left ."),
    ("He lives in the U.S.", "He lives in the U.S."),
    ("nails, glue, etc.", "nails , glue , etc."),
    ("See No. 5. No. Yes.", "See No. 5 . No . Yes ."),
    ("Dr. Ann J. Moss met J. R. Roe and George W. Bell.", "Dr. Ann J. Moss met J. R. Roe and George W. Bell ."),
    ("plan B. The end", "plan B . The end"),
    ("Acme Inc. of Dover, Del. rose", "Acme Inc. of Dover , Del. rose"),
    ("on Sat. 5 p.m. in the sun.", "on Sat. 5 p.m. in the sun ."),
    ("a Ph.D. e.g. in law", "a Ph.D. e.g. in law"),
    ("We won.They lost", "We won . They lost"),
    ("Is it the U.K.? Really?! Wow!!! Hm....", "Is it the U.K. ? Really ?! Wow !!! Hm ...."),
    ("and so…", "and so …"),
  ])
  func dotsOfAbbreviationsStay(_ string: String, _ expected: String) throws { try Self.expect(string, expected) }

  @Test(arguments: [
    ("It rose 5% to 1,000.5 at 10:30 a.m. on Feb. 28.", "It rose 5 % to 1,000.5 at 10:30 a.m. on Feb. 28 ."),
    ("1:30pm, 10a.m., 5km, 3kg, 20C", "1:30 pm , 10 a.m. , 5 km , 3 kg , 20 C"),
    ("$3.2bn, £5m, US$40, €1k", "$ 3.2 bn , £ 5 m , US$ 40 , € 1 k"),
    ("the 1990s, 21st, 4G, 3d, B2B", "the 1990s , 21st , 4G , 3d , B2B"),
    ("on 9/11/2001, 24/7, 1/2", "on 9/11/2001 , 24/7 , 1/2"),
    ("see [13,14] or 1,00,000", "see [ 13 , 14 ] or 1,00,000"),
    ("+44 and .25, #1", "+44 and .25 , # 1"),
    ("8km² in 2019", "8 km ² in 2019"),
  ])
  func numbersPartFromTheirUnits(_ string: String, _ expected: String) throws { try Self.expect(string, expected) }

  @Test(arguments: [
    ("Write to me@example.org or http://example.org/a-b.", "Write to me@example.org or http://example.org/a-b ."),
    ("(see www.example.org/a_(b)), example.com, notes.xls", "( see www.example.org/a_(b) ) , example.com , notes.xls"),
    ("#flood @mayor 👍🏽🇩🇪 :) :-( <3", "#flood @mayor 👍🏽 🇩🇪 :) :-( <3"),
    ("as follows:(a) two", "as follows : ( a ) two"),
    ("AT&T and/or others, s/he w/o w/ tea", "AT&T and / or others , s/he w/o w/ tea"),
    ("''Quoted'' ``too'' ‘single’ «French»", "'' Quoted '' `` too '' ‘ single ’ « French »"),
    ("'Quoted' text, she said: 'Go.'", "' Quoted ' text , she said : ' Go . '"),
    ("a -> b => c << d", "a -> b => c << d"),
    ("====", "===="), ("***", "***"),
  ])
  func addressesAndSignsAreWhole(_ string: String, _ expected: String) throws { try Self.expect(string, expected) }

  static func expect(_ string: String, _ expected: String) throws {
    #expect(try tokens(string) == expected.split(separator: " ").map(String.init))
  }

  @Test func gapsTellWhatStandsBefore() throws {
    var document = Document(.paragraph("Ann's plan\nfailed.\n\nBob \t left."))
    try Pipeline([TokenStage(Ontology())]).run(on: &document)
    #expect(
      document.tokens.map { document.words($0.span) } == ["Ann", "'s", "plan", "failed", ".", "Bob", "left", "."])
    #expect(document.tokens.map(\.gap) == [3, 0, 1, 2, 0, 3, 1, 0])
    #expect(document.tokens.allSatisfy { $0.block == 0 && $0.sentence == -1 })
  }

  /// Each takes time that grows with its length only; a quadratic rule would not end here.
  @Test(arguments: [
    "a", "1", "-", "a-", "1-", "'", ".", "a.", "A.", "1,", "1/", "a@", "w/", "co-", "http://", "www.", "www.a)", ":)",
    "n't", "👍",
    "\u{0}", "ש", "語", "\u{301}", "#", "_a", "a.b", "it ", "\u{2019}s", "[..", "1a.m",
  ])
  func longRunsAreCutInLinearTime(_ unit: String) throws {
    let text = SourceText(String(repeating: unit, count: 100_000 / unit.utf8.count))
    let spans = Tokenizer(try Abbreviations(Ontology())).tokens(in: text.bytes, 0..<text.count)
    #expect(!spans.isEmpty)
    #expect(zip(spans, spans.dropFirst()).allSatisfy { $0.end <= $1.start })
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
