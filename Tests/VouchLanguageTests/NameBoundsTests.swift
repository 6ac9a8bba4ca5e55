import Testing
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct NameBoundsTests {
  static let bounds = Result { NameBounds(try NameWords(Ontology())) }

  /// `⟦found:…⟧` is what a labeller marked; what is left of it follows.
  @Test(arguments: [
    ("⟦PER:President Anna Berg⟧ left.", "Anna Berg"), ("⟦PER:Anna Berg's⟧ dog barked.", "Anna Berg"),
    ("⟦PER:Prime Minister Anna Berg⟧ left.", "Anna Berg"), ("⟦ORG:The Water Board⟧ met.", "Water Board"),
    ("They saw ⟦ORG:the Water Board,⟧ too.", "Water Board"), ("It rained in ⟦LOC:The Hague⟧.", "The Hague"),
    ("⟦LOC:The Hague⟧ is wet.", "The Hague"), ("He reads ⟦ORG:The Coast Gazette⟧ daily.", "The Coast Gazette"),
    ("⟦ORG:“Water Board”⟧ met.", "Water Board"), ("Since ⟦DATE:the 1990s,⟧ it rains.", "the 1990s"),
    ("The ⟦ORG:Water Board (North)⟧ met.", "Water Board (North)"),
    ("The ⟦ORG:Water Board (⟧ North) met.", "Water Board"),
    ("He paid ⟦MONEY:$ 5 million⟧.", "$ 5 million"), ("⟦PER:President⟧ left.", "President"), ("A ⟦PER:,⟧ here.", ""),
    ("The ⟦ORG:Ministry of Water of the⟧ old state.", "Ministry of Water"), ("The ⟦ORG:Board for⟧ water.", "Board"),
    ("It went ⟦ORG:On And⟧ home.", "On And"), ("⟦PER:Norwegian Anna Berg⟧ left.", "Anna Berg"),
    ("⟦PER:Norwegian⟧ left.", "Norwegian"),
  ])
  func namesAreTrimmed(_ marked: String, _ expected: String) throws {
    let text = MarkedText(marked)
    let mark = try #require(text.marks.first)
    let document = try Tokenized.paragraph(text.plain)
    let tokens = try #require(Tokenized.find(mark.words, document))
    let label = try #require(Name.Label(rawValue: mark.label))
    let trimmed = try Self.bounds.get().trimmed(tokens, label, document)
    #expect(trimmed.map { Tokenized.words($0, document) } ?? "" == expected)
  }
}
