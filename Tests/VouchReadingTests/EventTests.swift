import Testing
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct EventTests {
  /// `TYPE modality: role name, …`, or nothing.
  static func events(_ document: Document) -> [String] {
    document.events.map { event in
      let parts = event.participants.map { "\($0.role.rawValue) \(document.words($0.evidence.span))" }.joined(
        separator: ", ")
      return "\(event.type) \(event.modality.rawValue): \(parts)"
    }
  }

  /// `t` marks the trigger.
  @Test(arguments: [
    ("Japan ⟦t:accused⟧ North Korea of spying.", "ACCUSE asserted: actor Japan, recipient North Korea"),
    ("Japan has not ⟦t:accused⟧ North Korea of spying.", "ACCUSE negated: actor Japan, recipient North Korea"),
    (
      "Angela Merkel ⟦t:met⟧ President Emmanuel Macron in Berlin.",
      "CONSULT asserted: actor Angela Merkel, co-actor Emmanuel Macron"
    ),
    (
      "Angela Merkel and Emmanuel Macron will ⟦t:meet⟧ on Friday.",
      "CONSULT planned: actor Angela Merkel, actor Emmanuel Macron"
    ),
    (
      "The treaty was ⟦t:rejected⟧ by Anna Berg, the president of the Farmers' Union, and bank chief Eva Lund.",
      "REJECT asserted: actor Anna Berg, actor Eva Lund"
    ),
    ("Malta ⟦t:warned⟧ that it would attack Iceland.", "THREATEN asserted: actor Malta"),
    ("Malta was ⟦t:attacked⟧ by Iceland.", "ASSAULT asserted: actor Iceland, recipient Malta"),
    ("Malta, which lies to the south, ⟦t:condemned⟧ Iceland.", "ACCUSE asserted: actor Malta, recipient Iceland"),
    ("Robert Quill claimed that Malta had ⟦t:attacked⟧ Iceland.", "ASSAULT alleged: actor Malta, recipient Iceland"),
    ("Robert Quill denied that Malta had ⟦t:attacked⟧ Iceland.", "ASSAULT denied: actor Malta, recipient Iceland"),
    ("Malta and Iceland ⟦t:agreed⟧ to share the port.", "AGREE asserted: actor Malta, actor Iceland"),
    ("Malta met Iceland and ⟦t:condemned⟧ Japan.", "ACCUSE asserted: actor Malta, recipient Japan"),
    ("If Malta ⟦t:attacks⟧ Iceland, markets fall.", "ASSAULT hypothetical: actor Malta, recipient Iceland"),
    ("Japan, which had ⟦t:condemned⟧ Iceland, kept silent.", "ACCUSE asserted: actor Japan, recipient Iceland"),
    ("Malta refused to ⟦t:attack⟧ Iceland.", "ASSAULT negated: actor Malta, recipient Iceland"),
    ("Malta wants Japan to ⟦t:attack⟧ Iceland.", "ASSAULT demanded: actor Japan, recipient Iceland"),
    ("Malta threatened to ⟦t:attack⟧ Iceland.", "ASSAULT hypothetical: actor Malta, recipient Iceland"),
    ("Malta could ⟦t:attack⟧ Iceland.", "ASSAULT hypothetical: actor Malta, recipient Iceland"),
    ("Japan accused Malta of ⟦t:attacking⟧ Iceland.", "ASSAULT alleged: actor Malta, recipient Iceland"),
    ("Japan thanked Malta for ⟦t:visiting⟧ Iceland.", "CONSULT asserted: actor Malta, recipient Iceland"),
    ("Malta met Japan after ⟦t:visiting⟧ Iceland.", "CONSULT asserted: actor Malta, recipient Iceland"),
    ("Nine drones ⟦t:attacked⟧ Angela Merkel's house.", "ASSAULT asserted: recipient Angela Merkel"),
    (
      "The attack by Malta on Iceland failed. No such ⟦t:attack⟧ took place, Japan said.",
      "ASSAULT negated: actor Malta, recipient Iceland"
    ),
    ("Malta did not ⟦t:agree⟧ with Iceland.", "REJECT asserted: actor Malta, co-actor Iceland"),
    (
      "Angela Merkel's ⟦t:talks⟧ with Emmanuel Macron failed.",
      "CONSULT asserted: actor Angela Merkel, co-actor Emmanuel Macron"
    ),
    (
      "Angela Merkel held long ⟦t:talks⟧ with Emmanuel Macron.",
      "CONSULT asserted: actor Angela Merkel, co-actor Emmanuel Macron"
    ),
    ("The ⟦t:talks⟧ between Malta and Iceland began.", "CONSULT asserted: actor Malta, actor Iceland"),
    ("Malta launched an ⟦t:attack⟧ on Iceland.", "ASSAULT asserted: actor Malta, recipient Iceland"),
    (
      "The Maltese ⟦t:attack⟧ on Iceland failed. Malta was silent.",
      "ASSAULT asserted: actor Maltese, recipient Iceland"
    ),
    (
      "Angela Merkel said that Iceland ⟦t:must⟧ open its ports.",
      "REQUEST asserted: actor Angela Merkel, recipient Iceland"
    ),
  ])
  func framesAreFilled(_ marked: String, _ expected: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    let found = Self.events(document)
    #expect(found.contains(expected), "\(found)")
    #expect(document.events.contains { event in event.triggers.contains { document.words($0.span) == text["t"][0] } })
  }

  @Test(arguments: [
    "The plan proposed by the board failed.", "Talks about Malta continued.",
    "The attack was over.", "She met him.",
    "The attack dog barked in Malta.", "Malta is an island.",
    "A strong earthquake struck northern Peru.", "The drought has threatened Kenya.",
    "Thieves broke into a shop in Malta.",
    "Japan warned of aftershocks.", "The deal is dead. Malta has rejected it.",
  ])
  func unclearWordsMakeNothing(_ string: String) throws {
    #expect(Self.events(try Readers.read(string)).isEmpty)
  }

  @Test func oneHappeningToldTwiceIsOneEvent() throws {
    let document = try Readers.read("Japan accused North Korea of spying. Later Japan accused North Korea of lying.")
    #expect(document.events.count == 1)
    #expect(document.events.first?.triggers.count == 2)
  }

  @Test func aDateInTheClauseDatesTheEvent() throws {
    let document = try Readers.read("Japan accused North Korea of spying on Monday.")
    #expect(document.events.first?.date?.description == "2024-05-13")
  }
}
