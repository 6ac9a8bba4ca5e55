import Testing
import VouchCore
import VouchLanguage
import VouchOntology
import VouchReading
import VouchTestSupport

@Suite struct CodeTests {
  /// `TYPE code: role code, …` of each event.
  private static func events(_ document: Document) -> [String] {
    document.events.map { event in
      let parts = event.participants.map { "\($0.role.rawValue) \($0.code ?? "-")" }.joined(separator: ", ")
      return "\(event.type) \(event.code ?? "-"): \(parts)"
    }
  }

  @Test(arguments: [
    ("Japan accused North Korea of spying.", "ACCUSE 112: actor JPN, recipient PRK"),
    ("French soldiers attacked Malta.", "ASSAULT 190: actor FRAMIL, recipient MLT"),
    ("Soldiers from France attacked Malta.", "ASSAULT 190: actor FRAMIL, recipient MLT"),
    ("The Maltese government condemned Japan's parliament.", "ACCUSE 111: actor MLTGOV, recipient JPNLEG"),
    ("Malta and Iceland will meet on Friday.", "CONSULT 040: actor MLT, actor ISL"),
    ("Malta wants to help Iceland.", "AID 033: actor MLT, recipient ISL"),
    ("Malta did not help Iceland.", "AID 120: actor MLT, recipient ISL"),
    ("Rebels attacked the police.", "ASSAULT 190: actor REB, recipient COP"),
  ])
  func actorsAndEventsHaveCodes(text: String, expected: String) throws {
    let found = Self.events(try Readers.read(text))
    #expect(found.contains(expected), "\(found)")
  }

  @Test(arguments: [
    ("Protesters attacked the police in Oslo.", ["Protesters", "police"]),
    ("Striking workers accused Malta of fraud. They also accused Japan.", ["Striking workers", "Malta", "Japan"]),
    ("A gunman attacked Malta.", ["Malta"]), ("The storm hit protesters.", []),
    ("No protesters attacked Malta.", ["Malta"]),
  ])
  func severalPeopleWithoutANameTakePart(text: String, expected: [String]) throws {
    let document = try Readers.read(text)
    let entities = document.events.flatMap(\.participants).map(\.entity)
    var names: [String] = []
    for entity in entities where !names.contains(document.entities[entity].name) {
      names.append(document.entities[entity].name)
    }
    #expect(names.sorted() == expected.sorted())
    for (index, mention) in document.mentions.enumerated() {
      #expect(document.entities[mention.entity].mentions.contains(index))
    }
    #expect(document.mentions.map(\.evidence.span) == document.mentions.map(\.evidence.span).sorted())
  }

  @Test func whoTakesPartInNothingIsNoEntity() throws {
    let document = try Readers.read("Protesters like tea. Malta met Japan.")
    #expect(!document.entities.contains { $0.name == "Protesters" })
  }

  private static let own = [
    (
      "countries",
      "# columns: id\tname\tdemonyms\tcode\nzr\tZorland\tZorlandish\tZOR\nqu\tQuorn\tQuornian\tQUO 2000..2024|QUX\n"
    ),
    ("agents", "# columns: id\tform\tcode\nmine.singer\tcourt singer\tSNG\nmine.guild\tguild\tGLD~\n"),
    (
      "events",
      "# replaces: built-in\n# columns: id\tlemma\tpos\ttype\tactor\trecipient\tcondition\tcode\n"
        + "m.1\tbreak\tv\tREJECT\tsubject\tphrase\t\t120\nm.2\tbreak\tv\tSANCTION\tsubject\tphrase\tfriendly tie/bond\t161\n"
        + "m.3\tbreak\tv\tNONE\t\t\tnews\t\nm.4\trise\tv\tASSAULT\tlead\tphrase\t<death toll\t190\n"
        + "m.5\tsettle\tv\tAGREE\tsubject\t\t%\t050:050\n"
    ),
  ]

  private static let reader = Result<Reader, Diagnostic> { () throws(Diagnostic) in
    try Reader(
      ontology: Ontology(adding: own.map { .init(name: $0.0, path: $0.0 + ".tsv", bytes: Array($0.1.utf8)) }))
  }

  @Test(arguments: [
    ("Zorland broke with Quorn.", "REJECT 120: actor ZOR, recipient QUO"),
    ("Zorland broke its friendly old ties with Quorn.", "SANCTION 161: actor ZOR, recipient QUO"),
    ("Zorland broke the news to Quorn.", ""),
    ("Zorlandish court singers broke with Quorn.", "REJECT 120: actor ZORSNG, recipient QUO"),
    ("Zorland's death toll has risen in the dispute with Quorn.", "ASSAULT 190: actor ZOR, recipient QUO"),
    ("Zorland and Quorn settled.", "AGREE 050:050: actor ZOR, actor QUO"),
    ("Zorland settled.", ""), ("Malta accused Zorland.", ""),
  ])
  func aUsersTablesAreObeyed(text: String, expected: String) throws {
    let found = Self.events(try Self.reader.get().read(.paragraph(text, published: "2024-05-15")))
    #expect(found == (expected.isEmpty ? [] : [expected]))
  }
}
