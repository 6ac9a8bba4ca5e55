import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

/// Descriptions and pronouns that refer to what is named.
@Suite struct ReferenceTests {
  /// The words in brackets are the mentions of the entity with the given name, in the order of the text.
  @Test(
    arguments: [
      ("Elena Duarte", "⟦:Elena Duarte⟧ won the vote. ⟦:She⟧ thanked ⟦:her⟧ rivals."),
      ("Robert Quill", "⟦:Robert Quill⟧ said that ⟦:he⟧ would appeal."),
      ("Lowland Water Board", "The ⟦:Lowland Water Board⟧ met on Monday. ⟦:It⟧ raised ⟦:its⟧ prices."),
    ])
  func pronounsReferToWhatIsNamed(_ name: String, _ marked: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    let entity = try #require(document.entities.firstIndex { $0.name == name })
    let mentions = document.mentions.filter { $0.entity == entity }
    #expect(mentions.map { document.words($0.evidence.span) } == text.marks.map(\.words))
    #expect(mentions.map(\.kind) == [.name] + Array(repeating: .pronoun, count: mentions.count - 1))
  }

  /// The bracketed words are the mentions of the entity with the given name.
  @Test(
    arguments: [
      // Of several presidents, the country decides.
      (
        "Emmanuel Macron",
        "French President ⟦:Emmanuel Macron⟧ met Polish President Karol Nawrocki in Riga. ⟦:The French president⟧ left early."
      ),
      // Who is quoted means himself.
      ("Robert Quill", "Helga Brandvold listened. “⟦:I⟧ never saw the letter,” ⟦:Robert Quill⟧ said."),
      // A description beside a name.
      ("Anna Berg", "Robert Quill's lawyer complained, but ⟦:the judge⟧, ⟦:Anna Berg⟧, left the room."),
      // What is done to it is done to something else.
      ("Lowland Water Board", "The ⟦:Lowland Water Board⟧ rejected it."),
      // Nobody is his own spokesman, and no club a government.
      ("Robert Quill", "⟦:Robert Quill⟧ was silent. ⟦:His⟧ spokesman said that ⟦:he⟧ would resign."),
      ("Lowland Football Club", "The ⟦:Lowland Football Club⟧ lost. The government closed the stadium."),
      // Several people are not one of them.
      ("Elena Duarte", "⟦:Elena Duarte⟧ met Robert Quill. They shook hands."),
    ])
  func wordsThatCanOnlyMeanOne(_ name: String, _ marked: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    let entity = try #require(document.entities.firstIndex { $0.name == name })
    let found = document.mentions.filter { $0.entity == entity }.map { document.words($0.evidence.span) }
    #expect(found == text.marks.map(\.words))
  }

  @Test func chainsAreNumberedInTheOrderOfTheirFirstReferences() throws {
    let document = try Readers.read(
      "The ferry left the harbour at noon. It sank near the island. The crew of the ferry swam to the shore.")
    var next = 0
    for reference in document.references {
      #expect(reference.chain <= next)
      next = max(next, reference.chain + 1)
      #expect(reference.tokens.contains(reference.head))
      #expect(document.tokens[reference.tokens.lowerBound].sentence == document.tokens[reference.head].sentence)
    }
    #expect(zip(document.references, document.references.dropFirst()).allSatisfy { $0.head < $1.head })
    let chain = document.references.first { document.words(document.span(of: $0.tokens)) == "It" }?.chain
    #expect(document.references.filter { $0.chain == chain }.count >= 2)
  }

  @Test func aReferenceEndsWhereItsClauseGoesOn() throws {
    let document = try Document.conllu(
      """
      1 In in ADP IN _ 3 case
      2 the the DET DT _ 3 det
      3 port port NOUN NN _ 8 obl
      4 of of ADP IN _ 5 case
      5 Riga Riga PROPN NNP _ 3 nmod
      6 , , PUNCT , _ 8 punct
      7 nothing nothing PRON NN _ 8 nsubj
      8 moves move VERB VBZ _ 0 root
      """
    ).get()
    let spans = ReferenceSpans(document, children: DependentLists(document.tokens))
    #expect(spans.tokens(head: 2) == 1..<5)
    #expect(spans.tokens(head: 4) == 4..<5)
  }

  @Test(
    arguments: [
      ("cities\tNNS\tcity\nsaid\tVBD\tsay\n", "said", "VBD", "say"), ("cities\tNNS\tcity\n", "cities", "NNS", "city"),
      ("cities\tNNS\tcity\n", "cities", "NNPS", nil), ("", "said", "VBD", nil),
    ] as [(String, String, String, String?)])
  func knownLemmasAreFound(_ lines: String, _ form: String, _ tag: String, _ expected: String?) throws {
    #expect(try LemmaTable(Array(lines.utf8)).lemma(form: form, tag: tag) == expected)
  }

  @Test(arguments: ["b\tNN\tb\na\tNN\ta\n", "a\tNN\n", "a\tNN\ta", "a\tNN\ta\na\tNN\ta\n"])
  func brokenTablesOfLemmasAreRefused(_ lines: String) {
    #expect(throws: (any Error).self) { try LemmaTable(Array(lines.utf8)) }
  }
}
