import Testing
import VouchCore
import VouchLanguage
import VouchTestSupport

@Suite struct NameTests {
  /// `⟦PER:…⟧` marks each name that must be found, and no other may be.
  @Test(arguments: [
    "Chancellor ⟦PER:Angela Merkel⟧ met ⟦PER:Emmanuel Macron⟧ in ⟦LOC:Berlin⟧ on ⟦DATE:Monday⟧.",
    "The ⟦ORG:European Union⟧ and ⟦LOC:Japan⟧ signed a trade deal in ⟦DATE:March⟧.",
    "⟦LOC:France⟧'s foreign minister spoke. He praised ⟦LOC:Germany⟧.",
    "Judge ⟦PER:Helga Brandvold⟧ sentenced him. ⟦PER:Brandvold⟧ said the crime was grave.",
    "The verdict came on ⟦DATE:Friday⟧, lawyers said. Nobody was surprised.",
    "However, prices rose. Many shops closed. In ⟦DATE:March⟧, wages fell.",
    "The ⟦ORG:Lowland Water Board⟧ denied the report.",
    "Officials from ⟦LOC:Spain⟧, ⟦LOC:Portugal⟧ and ⟦LOC:Italy⟧ attended.",
    "He spoke in ⟦LOC:Buenos Aires⟧ on ⟦DATE:Monday⟧. ⟦PER:Smith⟧'s dog barked.",
    "Residents thanked ⟦PER:Oskar Quillfeather⟧. The rain has stopped, ⟦PER:Oskar Quillfeather⟧ said.",
    "The child, ⟦PER:Matilda⟧, slept. ⟦PER:Matilda⟧ woke late.",
    "The child, ⟦PER:Matilda⟧, slept. Rose water was sold.",
    "⟦NORP:German⟧ firms protested against ⟦NORP:Polish⟧ rules.",
    "A ⟦NORP:French⟧ nurse and two ⟦NORP:Italian⟧ doctors were honoured.",
    "Doctors met ⟦PER:Robert Quillfeather⟧, 54, at the site.",
    "Rain fell on ⟦LOC:Port-au-Prince⟧ and a ⟦LOC:Japan⟧-backed dam.",
    "Mayor ⟦PER:Jean-Luc Quillfeather⟧ read the 20-point plan.",
  ])
  func namesAreFound(_ marked: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    #expect(
      document.names.map { "\($0.label.rawValue):\(document.words($0.span))" }
        == text.marks.map { "\($0.label):\($0.words)" })
    for name in document.names {
      #expect(document.tokens[name.tokens.lowerBound].span.start == name.span.start)
      #expect(document.tokens[name.tokens.upperBound - 1].span.end == name.span.end)
    }
  }

  @Test func namesAscendAndDoNotOverlap() throws {
    for string in NastyTexts.all {
      let document = try Readers.read(string)
      for (a, b) in zip(document.names, document.names.dropFirst()) { #expect(a.span.end <= b.span.start) }
    }
  }
}
