import Testing
import VouchArticles
import VouchCore
import VouchLanguage
import VouchOntology
import VouchReading
import VouchTestSupport

@Suite struct ReadingTests {
  static let sample = """
    Harbour tax splits the coast

    VALLETTA — Malta rejected a harbour tax on Monday, and Italy accused Malta of stalling. “The tax is unfair to every port,” Prime \
    Minister Robert Quill said. According to Judge Helga Brandvold, the case is closed.

    Japan’s foreign minister, Kenji Ōta, told reporters that “no ship” had crossed the line on 3 May 2024. 👍🏽 Café owners protested.
    """

  private static func spans(_ document: Document) -> [Span] {
    var spans =
      document.sentences.map(\.span) + document.tokens.map(\.span) + document.names.map(\.span)
      + document.times.map(\.span)
    spans += document.mentions.map(\.evidence.span) + document.relations.map(\.evidence.span)
    for attribution in document.attributions {
      spans +=
        attribution.content + attribution.cue + attribution.sourceSpans + [attribution.evidence.span]
    }
    for event in document.events { spans += event.triggers.map(\.span) + event.participants.map(\.evidence.span) }
    for stance in document.stances {
      spans += [stance.evidence.span, stance.targetEvidence.span, stance.holderEvidence.span]
    }
    return spans
  }

  @Test func everySpanLiesOnBoundariesOfTheText() throws {
    for string in NastyTexts.all + [Self.sample] {
      let document = try Readers.standard().read(.made(string))
      for span in Self.spans(document) {
        #expect(!span.isEmpty && Int(span.end) <= document.text.count)
        #expect(document.text.isBoundary(Int(span.start)) && document.text.isBoundary(Int(span.end)))
      }
      for sentence in document.sentences {
        for token in document.tokens[sentence.tokens] { #expect(sentence.span.contains(token.span)) }
      }
    }
  }

  @Test func theSampleIsRead() throws {
    let document = try Readers.standard().read(.made(Self.sample))
    let speakers = document.attributions.compactMap { attribution in
      attribution.source.map { document.entities[$0].name }
    }
    for name in ["Robert Quill", "Helga Brandvold"] { #expect(speakers.contains(name)) }
    #expect(document.events.contains { $0.type == "ACCUSE" })
    #expect(document.stances.contains { $0.target == .issue("harbour tax") && $0.polarity == .oppose })
  }

  @Test func readingTwiceGivesTheSameRecord() throws {
    let one = ReadingRecord(try Readers.standard().read(.made(Self.sample)), options: [.text, .syntax]).json
    let other = ReadingRecord(try Reader(ontology: Ontology()).read(.made(Self.sample)), options: [.text, .syntax]).json
    #expect(one == other)
    #expect(!one.contains("\n"))
  }

  @Test func offsetsOfTheRecordGiveBackTheWords() throws {
    let document = try Readers.standard().read(.made(Self.sample))
    let scalars = Array(Self.sample.unicodeScalars)
    for mention in document.mentions {
      let range = document.text.index.codePoints(of: mention.evidence.span)
      var words = String.UnicodeScalarView()
      words.append(contentsOf: scalars[range])
      #expect(String(words) == document.words(mention.evidence.span))
      #expect(
        ReadingRecord(document).json.contains(
          "{\"start\": \(range.lowerBound), \"end\": \(range.upperBound), \"text\": "))
    }
  }

  @Test func aParagraphWithoutAnEndIsReadWhole() throws {
    let sentence =
      "Malta rejected the harbour tax and Italy, which lies north, said that “the tax is fair” to Judge Helga Brandvold "
    let document = try Readers.read(String(repeating: sentence, count: 200))
    #expect(document.tokens.count == 200 * 24)
    #expect(document.sentences.map(\.tokens.count).reduce(0, +) == document.tokens.count)
    for sentence in document.sentences {
      #expect(document.tokens[sentence.tokens].count { $0.head == nil } == 1)
      #expect(sentence.tokens.count < 512)
    }
  }

  @Test func givenLayersAreKeptAndPrinted() throws {
    let given = try Document.conllu(
      """
      1 The the DET DT _ 2 det
      2 Port-ship port-ship NOUN NN _ 3 nsubj
      3 sailed sail VERB VBD _ 0 root _ SpaceAfter=No
      4 . . PUNCT . _ 3 punct

      1 Again again ADV RB _ 0 root
      """
    ).get()
    let document = try Readers.standard().read(given)
    #expect(document.tokens == given.tokens && document.sentences == given.sentences)
    #expect(document.layers.isSuperset(of: [.syntax, .names, .events]))
    let record = ReadingRecord(document, options: .syntax).json
    #expect(
      record.contains(
        #"{"sentence": 0, "start": 4, "end": 13, "lemma": "port-ship", "upos": "NOUN", "xpos": "NN", "head": 3, "deprel": "nsubj", "feats": "Number=Sing"}"#
      ))
    #expect(
      record.contains(#""lemma": "again", "upos": "ADV", "xpos": "RB", "head": 0, "deprel": "root", "feats": null}"#))
  }

  @Test func wordsWithoutTagsGetThoseOfTheModel() throws {
    let document = try Readers.standard().read(try Document.conllu("1 They\n2 said\n3 it\n").get())
    #expect(document.tokens.map(\.lemma) == ["they", "say", "it"])
    #expect(document.tokens.map(\.upos) == [.pron, .verb, .pron])
    #expect(document.tokens.map(\.head) == [1, nil, 1])
  }
}
