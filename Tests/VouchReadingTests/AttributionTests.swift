import Testing
import VouchCore
import VouchLanguage
import VouchReading
import VouchTestSupport

@Suite struct AttributionTests {
  /// A document with one report whose parts are marked: `s` source, `c` cue, `x` content; and entities by their names.
  static func attributed(
    _ marked: String, people: [String], kind: Entity.Kind = .person, head: String? = nil
  ) throws -> Document {
    let text = MarkedText(marked)
    var document = try Tokenized.paragraph(text.plain)
    func tokens(_ label: String) throws -> [Range<Int>] {
      try text[label].map { try #require(Tokenized.find($0, document)) }
    }
    let source = try tokens("s")
    if let head {
      // All words of the source hang on its head.
      let index = try #require(Tokenized.find(head, document)).lowerBound
      for token in source.joined() where token != index { document.tokens[token].head = index }
    }
    for person in people {
      guard let words = Tokenized.find(person, document) else { continue }
      let evidence = try document.evidence(document.span(of: words), rule: "test", confidence: Confidence(1))
      document.mentions.append(Mention(evidence, entity: document.entities.count, kind: .name))
      document.entities.append(
        Entity(kind: kind, name: person, entry: nil, mentions: [document.mentions.count - 1]))
    }
    document.reports = [
      Report(
        source: source, cue: try tokens("c"), content: try tokens("x"), form: .indirect, confidence: Confidence(0.8))
    ]
    AttributionStage().run(on: &document)
    return document
  }

  static func speaker(_ document: Document) -> String? {
    document.attributions.first?.source.map { document.entities[$0].name }
  }

  @Test(
    arguments: [
      ("⟦s:Anna Berg⟧ ⟦c:said⟧ ⟦x:it rains⟧.", "Anna", "Anna Berg"),
      ("⟦s:A judge, Anna Berg,⟧ ⟦c:said⟧ ⟦x:it rains⟧.", "judge", "Anna Berg"),
      ("⟦s:Anna Berg of Tern Bank⟧ ⟦c:said⟧ ⟦x:it rains⟧.", "Anna", "Anna Berg"),
      ("⟦s:Anna Berg of Tern Bank⟧ ⟦c:said⟧ ⟦x:it rains⟧.", "Bank", "Tern Bank"),
      ("⟦s:A man⟧ ⟦c:said⟧ ⟦x:Anna Berg sleeps⟧.", "man", nil),
      ("⟦c:Reportedly⟧ ⟦x:Anna Berg sleeps⟧.", nil, nil),
      ("Though ⟦s:he⟧ ⟦c:said⟧ to Anna Berg ⟦x:it rains⟧.", "he", nil),
    ] as [(String, String?, String?)])
  func theSpeakerIsWhoTheSourceNames(_ marked: String, _ head: String?, _ expected: String?) throws {
    let document = try Self.attributed(marked, people: ["Anna Berg", "Tern Bank"], head: head)
    #expect(document.attributions.count == 1)
    #expect(Self.speaker(document) == expected)
  }

  @Test func placesDoNotSpeak() throws {
    let document = try Self.attributed(
      "⟦s:A man in Tern Bay⟧ ⟦c:said⟧ ⟦x:it rains⟧.", people: ["Tern Bay"], kind: .place)
    #expect(document.attributions.count == 1 && document.attributions[0].source == nil)
  }

  @Test func partsKeepTheirPiecesAndTheEvidenceCoversThem() throws {
    let document = try Self.attributed(
      "“⟦x:It rains⟧,” ⟦c:said⟧ ⟦s:Anna Berg⟧, “⟦x:and it pours⟧.”", people: ["Anna Berg"])
    let attribution = try #require(document.attributions.first)
    #expect(attribution.content.map { document.words($0) } == ["It rains", "and it pours"])
    #expect(document.words(attribution.evidence.span) == "It rains,” said Anna Berg, “and it pours")
    #expect(attribution.evidence.confidence == Confidence(0.8))
    #expect(attribution.cue.map { document.words($0) } == ["said"])
  }

  /// `s` is the source of the statement that `x` is; the name of the speaker stands beside.
  @Test(
    arguments: [
      ("The union thanked Anna Berg, ⟦s:who⟧ said that ⟦x:the strike would end on Friday⟧.", "Anna Berg"),
      ("⟦s:The judge, Anna Berg,⟧ said that ⟦x:the trial would begin in May⟧.", "Anna Berg"),
      ("Robert Quill resigned. ⟦s:He⟧ said that ⟦x:the board had lost its way⟧.", "Robert Quill"),
      ("According to ⟦s:the Lowland Water Board⟧, ⟦x:rivers rose by half last year⟧.", "Lowland Water Board"),
    ])
  func speakersAreFoundInText(_ marked: String, _ expected: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    let content = try #require(text["x"].first)
    let attribution = try #require(
      document.attributions.last { $0.content.contains { document.words($0).contains(content) } })
    #expect(attribution.source.map { document.entities[$0].name } == expected)
  }

  @Test func aReportInsideAReportHasItsOwnSpeaker() throws {
    let document = try Readers.read(
      "Helga Brandvold said on Monday that Robert Quill had promised Anna Berg that the bridge would open in May.")
    let speakers = document.attributions.map { attribution in
      attribution.source.map { document.entities[$0].name } ?? ""
    }
    #expect(speakers == ["Helga Brandvold", "Robert Quill"])
    #expect(document.attributions.last?.content.map { document.words($0) } == ["that the bridge would open in May"])
    #expect(document.attributions.last?.evidence.rule == "attribution.tree.indirect")
  }
}
