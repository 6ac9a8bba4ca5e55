import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

/// The whole language model with every kernel of the machine: encoder and heads, from text to chains and reports.
@Suite struct SameBytesTests {
  private static let text = """
    Harbour tax splits the coast

    VALLETTA — Malta rejected a harbour tax on Monday, and Italy accused Malta of stalling. “The tax is unfair to every \
    port,” Prime Minister Robert Quill said. According to Judge Helga Brandvold, the case is closed; she won't reopen it.

    Japan’s foreign minister, Kenji Ōta, told reporters that “no ship” had crossed the line on 3 May 2024. 👍🏽 He said \
    the ministry's own figures, which nobody has seen, show 1,204 vessels since Feb. 28 — 4.5% more than a year ago.
    """

  private static let portable = Result { try read(.portable) }

  private static func read(_ kernel: Kernel) throws -> Document {
    let ontology = Ontology()
    let model = try LanguageModel.builtIn(kernel: kernel)
    let pipeline = try Pipeline([
      TokenStage(ontology), EncodingStage(model), SentenceStage(model), SyntaxStage(model),
      NameStage(model, words: NameWords(ontology)), CoreferenceStage(model),
      ReportStage(model, words: CueWords(Ontology())),
    ])
    // Windows of several lengths: whole ones, one of a few words, one without a place to cut.
    let long = String(repeating: "and the port of Malta ", count: 120)
    var document = Document(.made([Self.text, Self.text, long, "Why?"].joined(separator: "\n\n")))
    pipeline.run(on: &document)
    return document
  }

  @Test(arguments: Kernel.available.filter { $0 != .portable })
  func everyKernelReadsTheSame(_ kernel: Kernel) throws {
    let expected = try Self.portable.get(), document = try Self.read(kernel)
    #expect(document.encoding == expected.encoding)
    #expect(document.sentences == expected.sentences)
    #expect(document.tokens == expected.tokens)
    #expect(document.names == expected.names)
    #expect(document.references == expected.references)
    #expect(document.reports == expected.reports)
  }

  @Test func thereIsSomethingToCompare() throws {
    let document = try Self.portable.get()
    #expect(document.encoding?.windows.count ?? 0 >= 3)
    #expect(document.names.count >= 8 && document.references.count >= 20 && document.reports.count >= 4)
  }
}
