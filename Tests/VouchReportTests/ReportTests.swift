import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

@testable import VouchReport

extension GraphFile {
  /// A graph as a file.
  convenience init(of graph: Graph) throws {
    try self.init(GraphFile.encode(graph, creator: "test"), path: "test")
  }
}

@Suite struct ReportTests {
  private func report(_ graph: Graph, _ change: (inout ReportOptions) -> Void = { _ in }) throws -> (
    html: String, summary: ReportSummary
  ) {
    let output = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString).html")
    defer { try? FileManager.default.removeItem(at: output) }
    try Data().write(to: output)
    let handle = try FileHandle(forWritingTo: output)
    var options = ReportOptions(title: "Talks in Ystad")
    change(&options)
    let summary = try GraphFile(of: graph).writeReport(options, to: handle.fileDescriptor)
    try handle.close()
    return (String(decoding: try Data(contentsOf: output), as: UTF8.self), summary)
  }

  /// The JSON that the page's script reads.
  private func data(_ html: String) throws -> [String: Any] {
    let start = try #require(html.range(of: "id=\"data\">")).upperBound
    let end = try #require(html[start...].range(of: "</script>")).lowerBound
    let value = try JSONSerialization.jsonObject(with: Data(html[start..<end].utf8))
    return try #require(value as? [String: Any])
  }

  @Test func theSameGraphGivesTheSameBytes() throws {
    let graph = try SampleGraph.graph()
    let pages = try (0..<2).map { _ in try report(graph).html }
    #expect(pages[0] == pages[1])
  }

  @Test func tellsOfEverythingInTheGraph() throws {
    let (html, summary) = try report(try SampleGraph.graph())
    #expect((summary.articles, summary.events, summary.stances, summary.statements) == (3, 2, 2, 1))
    #expect(summary.bytes == html.utf8.count)
    for text in ["Talks in Ystad", "Ann Abel", "Bob Byrne", "Cid Cole", "harbour plan", "28 February 2025", "The Gull"]
    {
      #expect(html.contains(text), "\(text)")
    }
  }

  @Test func wordsOfEvidenceAreThoseOfTheText() throws {
    let html = try report(try SampleGraph.graph()).html
    let data = try data(html)
    let texts = try #require(data["texts"] as? [[Any]])
    let pieces = try #require(data["pieces"] as? [Int])
    let items = try #require(data["items"] as? [[Any]])
    func words(_ piece: Int) throws -> String {
      let text = try #require(texts[pieces[piece * 5]][2] as? String)
      let units = Array(text.utf16)
      return String(
        decoding: units[pieces[piece * 5 + 1]..<pieces[piece * 5 + 1] + pieces[piece * 5 + 2]], as: UTF16.self)
    }
    var found: [String: Set<String>] = [:]
    for item in items {
      let title = try #require(item[2] as? String)
      for piece in try #require(item[11] as? [Int]) { found[title, default: []].insert(try words(piece)) }
    }
    #expect(found["Meeting or talks (visit): Ann Abel → Bob Byrne"] == ["met"])
    #expect(found["Bob Byrne: reject harbour plan"] == ["harbour plan"])
  }

  @Test func codeUnitsAreCountedAsScriptsCountThem() {
    let source = SourceText("a😀é\u{301}b. Zwei. Ende 🇩🇪.")
    let bytes = Array(source.bytes)
    func span(_ words: String) -> Span {
      let wanted = Array(words.utf8)
      let start = (0..<bytes.count).first { bytes[$0...].starts(with: wanted) } ?? 0
      return Span(start, start + wanted.count)
    }
    let sentences = [span("a😀é\u{301}b."), span("Zwei."), span("Ende 🇩🇪.")]
    for passages in [nil, [span("b"), span("Ende")]] as [[Span]?] {
      let text = PageText(source, sentences: sentences, passagesOf: passages)
      let units = Array(text.text.utf16)
      for words in ["a", "😀", "b", "Ende", "🇩🇪"] {
        let range = text.units(of: span(words))
        #expect(range.map { String(decoding: units[$0], as: UTF16.self) } == words)
      }
      #expect((text.units(of: span("Zwei")) == nil) == (passages != nil))
      #expect(text.sentences.count == (passages == nil ? 6 : 4))
    }
  }

  @Test func longTextsAreLeftOutButForTheirPassages() throws {
    let (whole, first) = try report(try SampleGraph.graph())
    let (passages, second) = try report(try SampleGraph.graph()) { $0.textLimit = 10 }
    #expect(first.hasWholeTexts && !second.hasWholeTexts)
    #expect(whole.contains("Dora Dahl sleeps.\\n") && !passages.contains("Dora Dahl sleeps.\\n"))
    #expect(passages.contains("not the whole articles"))
    #expect(passages.contains("Cid Cole warned Bob Byrne."))
  }

  @Test func anEmptyGraphIsAPageThatSaysSo() throws {
    let (html, summary) = try report(Graph())
    #expect(summary.articles == 0)
    #expect(html.contains("This graph is empty"))
    _ = try data(html)
  }

  @Test(arguments: NastyTexts.all + ["</script><script>alert(1)</script>", "<!-- <script>", "{{data}} & \" ' <b>"])
  func noTextIsMarkup(text: String) throws {
    guard text.contains(where: { !$0.isWhitespace }) else { return }
    var document = HandMadeDocument("odd", "Ann Abel spoke.\n" + text, title: text, outlet: text)
    let ann = document.entity(.person, "Ann Abel")
    document.attribution(ann, cue: "spoke", content: "Ann Abel spoke")
    document.stance(ann, .oppose, "reject", .issue(text), words: "Ann Abel")
    let (html, _) = try report(Graph.merging([try document.contribution()]).graph) { $0.title = text }
    #expect(html.components(separatedBy: "<script").count == 3)
    #expect(html.components(separatedBy: "</script").count == 3)
    #expect(!html.contains("<!-- "))
    _ = try data(html)
  }

  @Test func manyEdgesAreAggregatedAndThePageSaysSo() throws {
    var documents: [HandMadeDocument] = []
    for number in 0..<12 {
      let names = (0..<10).map { "Person\(UnicodeScalar(UInt8(65 + number)))\(UnicodeScalar(UInt8(97 + $0))) Name" }
      var document = HandMadeDocument("d\(number)", names.joined(separator: " met ") + ".")
      let people = names.map { document.entity(.person, $0) }
      for person in people.dropFirst() { document.event("CONSULT", "met", actors: [people[0]], recipients: [person]) }
      documents.append(document)
    }
    let graph = Graph.merging(try documents.map { try $0.contribution() }).graph
    let (whole, all) = try report(graph)
    let (page, some) = try report(graph) { $0.edgeLimit = 20 }
    #expect(!all.isAggregated && !whole.contains("It is aggregated"))
    #expect(some.isAggregated && page.contains("It is aggregated"))
    #expect(some.edges <= 20)
    _ = try data(page)
  }

  @Test(arguments: [
    ("a plan", "a plan"), ("a plan of peace", "a plan of…"), ("äöüäöüäöüäöü", "äöü…"), ("ein Plän", "ein Plän"),
  ]) func titlesAreCutBetweenWords(text: String, short: String) { #expect(Wording.short(text, limit: 12) == short) }

  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]) func digestsAreThoseOfTheStandard(message: String, digest: String) {
    let hash = SHA256.hash(Array(message.utf8)).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    #expect(hash.joined() == digest)
  }
}
