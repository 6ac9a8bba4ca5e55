import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct CoNLLUTests {
  static let harbour = """
    # newdoc id = harbour
    # sent_id = 1
    # text = Ida didn't  sail.
    1 Ida Ida PROPN NNP Number=Sing 4 nsubj
    2-3 didn't
    2 did do AUX VBD _ 4 aux
    3 n't not PART RB _ 4 advmod
    4 sail sail VERB VB VerbForm=Inf 0 root _ SpaceAfter=No
    5 . . PUNCT . _ 4 punct

    # sent_id = 2
    1 Per Per PROPN NNP Number=Sing 2 nsubj
    2 slept sleep VERB VBD _ 0 root _ SpaceAfter=No
    2.1 hidden _ _ _ _ _ _ 2:x
    3 . . PUNCT . _ 2 punct

    # newpar
    # sent_id = 3
    1 Why why ADV WRB _ 0 root _ SpaceAfter=No
    2 ? ? PUNCT . _ 1 punct
    """

  @Test func textWordsAndTreesAreTaken() throws {
    let document = try Document.conllu(Self.harbour).get()
    #expect(document.article.id == "harbour")
    #expect(document.words(document.text.span) == "Ida didn't  sail. Per slept.\n\nWhy?")
    #expect(document.article.blocks.map { document.words($0.span) } == ["Ida didn't  sail. Per slept.", "Why?"])
    #expect(document.sentences.map { document.words($0.span) } == ["Ida didn't  sail.", "Per slept.", "Why?"])
    #expect(document.sentences.map(\.block) == [0, 0, 1])
    #expect(
      document.tokens.map { document.words($0.span) }
        == ["Ida", "did", "n't", "sail", ".", "Per", "slept", ".", "Why", "?"])
    #expect(document.tokens.map(\.sentence) == [0, 0, 0, 0, 0, 1, 1, 1, 2, 2])
    #expect(document.tokens.map(\.head) == [3, 3, 3, nil, 3, 6, nil, 6, nil, 8])
    #expect(document.tokens.prefix(4).map(\.deprel.string) == ["nsubj", "aux", "advmod", "root"])
    #expect(document.tokens[6].upos == .verb && document.tokens[6].xpos == "VBD" && document.tokens[6].lemma == "sleep")
    #expect(document.layers == [.sentences, .tokens, .syntax])
    #expect(document.article.diagnostics.isEmpty)
  }

  @Test func whatIsWrittenReadsTheSame() throws {
    let document = try Document.conllu(Self.harbour).get()
    let written = String(decoding: document.conllu, as: UTF8.self)
    #expect(
      written.hasPrefix(
        "# newdoc id = harbour\n# newpar\n# sent_id = harbour-1\n# text = Ida didn't sail.\n"
          + "1\tIda\tIda\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\tstart_char=0|end_char=3\n2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
          + "2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\tstart_char=4|end_char=7\n"))
    let again = try Document.conllu(written).get()
    #expect(again.tokens.map(\.head) == document.tokens.map(\.head))
    #expect(again.tokens.map(\.features) == document.tokens.map(\.features))
    #expect(again.sentences.map(\.tokens) == document.sentences.map(\.tokens))
    // The article's own white space is not in the format; from here on nothing changes.
    let settled = String(decoding: again.conllu, as: UTF8.self)
    #expect(String(decoding: try Document.conllu(settled).get().conllu, as: UTF8.self) == settled)
  }

  @Test func blankColumnsAreNotGiven() throws {
    let document = try Document.conllu("1 Ida\n2 sails\n").get()
    #expect(document.layers == [.sentences, .tokens])
    #expect(document.tokens.map(\.lemma) == ["", ""] && document.tokens.map(\.upos) == [.x, .x])
    let written = String(decoding: document.conllu, as: UTF8.self)
    #expect(written.contains("\n2\tsails\t_\t_\t_\t_\t_\t_\t_\tstart_char=4|end_char=9\n"))
  }

  /// What is wrong, what is said of it, and the words that are read all the same.
  @Test(arguments: [
    ("1\tIda\tIda\n\n1 Per\n", ["conllu.columns@1"], "Per"),
    ("1 Ida\n3 sails\n\n1 Per\n", ["conllu.id@2"], "Per"),
    ("x Ida\n\n1 Per\n", ["conllu.id@1"], "Per"),
    ("2-1 Ida\n1 Ida\n\n1 Per\n", ["conllu.id@1"], "Per"),
    ("1-2 Ida\n1 Ida\n\n1 Per\n", ["conllu.id@2"], "Per"),
    ("1-99999999999999999999 Ida\n1 Ida\n\n1 Per\n", ["conllu.id@1"], "Per"),
    ("1-3 ab\n1 a\n2 b\n3 c\n\n1 Per\n", ["conllu.multiword@1"], "Per"),
    ("1\t\u{A0}\t_\t_\t_\t_\t_\t_\t_\t_\n\n1 Per\n", ["conllu.form@1"], "Per"),
    ("1-2 zum\n1 zu\n2 dem\n", ["conllu.multiword@1"], "z um"),
    ("# text = Other words\n1 Ida\n2 sails\n", ["conllu.text@1"], "Ida sails"),
    ("1 Ida _ NAME _ _ 0 root\n", ["conllu.upos@1"], "Ida"),
    ("1 Ida _ PROPN <b> _ 0 root\n", ["conllu.xpos@1"], "Ida"),
    ("1 Ida _ PROPN NNP Colour=Red|x 0 root\n", ["conllu.feats@1"], "Ida"),
    ("1 Ida _ PROPN _ _ 0 boss\n", ["conllu.deprel@1", "conllu.tree@1"], "Ida"),
    ("1 Ida _ PROPN _ _ 2 nsubj\n2 sails _ VERB _ _ 1 root\n", ["conllu.tree@1"], "Ida sails"),
    ("1 Ida _ PROPN _ _ 7 nsubj\n2 sails _ VERB _ _ 0 root\n", ["conllu.tree@1"], "Ida sails"),
    ("1 Ida _ PROPN _ _ x nsubj\n2 sails _ VERB _ _ 0 root\n", ["conllu.tree@1"], "Ida sails"),
    ("1 Ida _ PROPN _ _ 0 root\n2 sails _ VERB _ _ 0 root\n", ["conllu.tree@2"], "Ida sails"),
    ("1 Ida _ PROPN _ _ 0 root\n2 sails\n", ["conllu.partial@2"], "Ida sails"),
  ])
  func faultsAreToldAndTheRestIsRead(_ lines: String, _ codes: [String], _ words: String) throws {
    let document = try Document.conllu(lines).get()
    let told = document.article.diagnostics
    #expect(told.map { "\($0.code)@\($0.location.line ?? 0)" } == codes)
    #expect(told.allSatisfy { $0.severity == .warning && $0.location.path == "test.conllu" })
    #expect(document.tokens.map { document.words($0.span) } == words.split(separator: " ").map(String.init))
    if document.layers.contains(.syntax) {
      for sentence in document.sentences { checkTree(document, sentence) }
    }
  }

  @Test func illFormedBytesBecomeReplacementCharacters() throws {
    let raw = RawArticle(
      kind: .conllu, bytes: Array("1\tId\u{E9}\t_\t_\t_\t_\t_\t_\t_\t_\n".utf8).filter { $0 != 0xA9 }, id: "a",
      origin: "a",
      line: 1)
    let document = try Document.make(from: raw, options: ArticleOptions(), lexicon: PageLexicon(Ontology())).get()
    #expect(document.words(document.text.span) == "Id\u{FFFD}")
    #expect(document.article.diagnostics.map(\.code) == ["article.encoding"])
  }

  @Test(arguments: [("", "article.empty"), ("# newdoc\n\n\n", "article.empty"), ("1 a\u{0}b\n", "article.binary")])
  func whatHoldsNoSentenceFails(_ lines: String, _ code: String) throws {
    guard case .failure(let failure) = try Document.conllu(lines) else {
      Issue.record("read \(lines)")
      return
    }
    #expect(failure.code == code)
  }

  @Test func limitsHold() throws {
    var options = ArticleOptions()
    options.articleLimit = 5
    guard case .failure(let failure) = try Document.conllu("1 Ida\n2 sails\n", options: options) else {
      Issue.record("nine bytes were read")
      return
    }
    #expect(failure.code == "article.too-large")
    let many = try Document.conllu(String(repeating: "1 Ida\n3 sails\n\n", count: 500) + "1 Per\n").get()
    #expect(many.article.diagnostics.count == 21)
    #expect(many.article.diagnostics.last?.code == "conllu.more")
  }

  /// Contractions in articles are multi-word tokens; words and marks that touch are not.
  @Test(arguments: [
    ("They don't know.", ["2-3 don't"]), ("We’ll go, can't we?", ["1-2 We’ll", "5-6 can't"]),
    ("The port's cranes cannot lift.", ["2-3 port's", "5-6 cannot"]), ("“Hello,” she said (twice).", []),
    ("It rose 5% to $3.50-odd.", []),
  ])
  func contractionsAreMultiWordTokens(_ string: String, _ ranges: [String]) throws {
    let written = try Self.written(.paragraph(string))
    let found = written.split(separator: "\n").filter { $0.prefix { $0 != "\t" }.contains("-") && !$0.hasPrefix("#") }
    #expect(found.map { $0.split(separator: "\t").prefix(2).joined(separator: " ") } == ranges)
    #expect(written.contains("\n# text = \(string)\n"))
  }

  @Test(arguments: NastyTexts.all)
  func everyTextIsWrittenWellFormed(_ string: String) throws {
    let written = try Self.written(.paragraph(string))
    for line in written.split(separator: "\n") where !line.hasPrefix("#") {
      let columns = line.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(columns.count == 10 && columns.allSatisfy { !$0.isEmpty })
    }
    if case .success(let again) = try Document.conllu(written) {
      #expect(again.article.diagnostics.isEmpty)
      #expect(
        String(decoding: again.conllu, as: UTF8.self).split(separator: "\n").count
          == written.split(separator: "\n").count)
    } else {
      #expect(!written.contains("\n1\t"))
    }
  }

  private static func written(_ article: Article) throws -> String {
    String(decoding: try Tokenized.blocks(article).conllu, as: UTF8.self)
  }
}

/// Checks that the words of a sentence are one tree.
func checkTree(_ document: Document, _ sentence: Sentence, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(sentence.tokens.count { document.tokens[$0].head == nil } == 1, sourceLocation: sourceLocation)
  for start in sentence.tokens {
    var word = start
    var steps = 0
    while let head = document.tokens[word].head, steps <= sentence.tokens.count {
      #expect(sentence.tokens.contains(head), sourceLocation: sourceLocation)
      word = head
      steps += 1
    }
    #expect(steps < sentence.tokens.count, sourceLocation: sourceLocation)
    #expect(
      (document.tokens[start].deprel == "root") == (document.tokens[start].head == nil), sourceLocation: sourceLocation)
  }
}
