import Testing
import VouchArticles
import VouchCore
import VouchKnowledge
import VouchTestSupport

@Suite struct StoryTests {
  /// A text of `count` sentences of ten words that occur nowhere else.
  private static func story(_ name: String, _ count: Int) -> [String] {
    (0..<count).map { number in (0..<10).map { "\(name)\(number)x\($0)" }.joined(separator: " ") + "." }
  }

  private static func graph(_ articles: [(text: [String], outlet: String?, agency: String?)]) throws -> Graph {
    Graph.merging(
      try articles.enumerated().map { index, article in
        try HandMadeDocument(
          "\(index)", article.text.joined(separator: "\n"), outlet: article.outlet, agency: article.agency
        ).contribution()
      }
    ).graph
  }

  private static func witnesses(_ graph: Graph) -> [String] {
    graph.sources.filter { $0.layer == .text }.map { source in
      graph.witnesses[source.node].map { graph.nodes[Int($0.index)].label } ?? ""
    }
  }

  @Test func copiesOfOneStoryAreOneWitness() throws {
    let story = Self.story("a", 12)
    let graph = try Self.graph([
      (story, "The Gull", nil), (story.reversed(), "The Heron", nil), (Self.story("b", 12), "The Tern", nil),
    ])
    let copies = graph.edges.filter { $0.kind == .sameStoryAs }
    #expect(copies.count == 1)
    #expect(Self.witnesses(graph) == ["The Gull", "The Gull", "The Tern"])
    let evidence = try #require(copies.first).evidence
    #expect(Set(evidence.map { graph.sources[Int($0.source.index)].article }) == ["0", "1"])
    #expect(evidence.allSatisfy { $0.rule == "story.near-duplicate" && $0.confidence.value > 0.5 })
  }

  @Test func aCopyOfACopyIsTheSameWitness() throws {
    let (a, b, c) = (Self.story("a", 10), Self.story("b", 8), Self.story("c", 8))
    // The first and the last share little; the one between them shares much with both.
    let graph = try Self.graph([
      (a + c, "The Gull", nil), (a + b, "The Heron", nil), (Array(a.suffix(2)) + b, "The Tern", "Coast Press Agency"),
    ])
    #expect(Self.witnesses(graph) == ["Coast Press Agency", "Coast Press Agency", "Coast Press Agency"])
  }

  @Test(
    "what is shared, and whether both name one agency, decides",
    arguments: [(9, false, true), (3, false, false), (3, true, true), (0, true, false)])
  func threshold(_ shared: Int, _ isAgency: Bool, _ isCopy: Bool) throws {
    let story = Self.story("a", 12)
    let other = Array(story.prefix(shared)) + Self.story("b", 12 - shared)
    let agency = isAgency ? "Coast Press Agency" : nil
    let graph = try Self.graph([(story, "The Gull", agency), (other, "The Heron", agency)])
    #expect(graph.edges.contains { $0.kind == .sameStoryAs } == isCopy)
    #expect((Set(Self.witnesses(graph)).count == 1) == (isCopy || isAgency))
  }

  @Test func quotationMarksApostrophesAndCaseDoNotHideACopy() throws {
    let words =
      "The miners' union said that it hadn't been asked before the \"deal\" was signed in the capital last night"
    let plain = (0..<4).map { "\(words) for the \($0) time." }
    let typeset = plain.map {
      $0.replacing("'", with: "\u{2019}").replacing("\"deal\"", with: "\u{201C}DEAL\u{201D}")
    }
    let graph = try Self.graph([(plain, nil, nil), (typeset, nil, nil)])
    #expect(graph.edges.contains { $0.kind == .sameStoryAs })
  }

  @Test func aThousandCopiesAreOneWitness() throws {
    let story = Self.story("a", 6)
    let graph = try Self.graph((0..<1000).map { (story, "Outlet \($0)", nil) })
    #expect(Set(Self.witnesses(graph)).count == 1)
    #expect(graph.edges.filter { $0.kind == .sameStoryAs }.count < 3000)
  }
}
