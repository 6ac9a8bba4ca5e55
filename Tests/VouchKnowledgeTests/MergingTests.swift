import Testing
import VouchArticles
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchTestSupport

@Suite struct MergingTests {
  @Test func theSameKeyInTwoArticlesIsOneNodeWithBothTheirEvidence() throws {
    let graph = try SampleGraph.graph()
    let bobs = graph.nodes.filter { $0.label == "Bob Byrne" }
    #expect(bobs.count == 1)
    #expect(Set(bobs[0].evidence.map(\.source)).count == 3)
    let stances = graph.nodes.filter { $0.kind == .stance }
    #expect(
      stances.map(\.label) == ["Bob Byrne: reject (oppose) harbour plan", "Cid Cole: endorse (support) harbour plan"])
  }

  @Test func everyEdgeAndNodeHasEvidenceInAscendingOrder() throws {
    let graph = try SampleGraph.graph()
    for evidence in graph.nodes.map(\.evidence) + graph.edges.map(\.evidence) {
      #expect(!evidence.isEmpty)
      #expect(zip(evidence, evidence.dropFirst()).allSatisfy { ($0.source, $0.span) <= ($1.source, $1.span) })
      for piece in evidence {
        let text = graph.sources[Int(piece.source.index)].text
        #expect(Evidence.checksum(of: text.bytes[piece.span.range]) == piece.checksum)
      }
    }
  }

  @Test func twoCopiesOfAnAgencysStoryAreOneWitness() throws {
    let graph = try SampleGraph.graph()
    let copies = graph.sources.filter { $0.article != "three.txt" }.map { graph.witnesses[$0.node] }
    #expect(Set(copies).count == 1)
    let witness = try #require(copies.first.flatMap { $0 })
    #expect(graph.nodes[Int(witness.index)].kind == .agency)
  }

  @Test func metadataIsASourceOfItsOwn() throws {
    let graph = try SampleGraph.graph()
    let edge = try #require(graph.edges.first { $0.kind == .publishedBy })
    let evidence = try #require(edge.evidence.first)
    let source = graph.sources[Int(evidence.source.index)]
    #expect(source.layer == .metadata)
    #expect(source.text[evidence.span] == "The Gull")
  }

  @Test func theOrderOfArticlesDoesNotMatter() throws {
    let contributions = try SampleGraph.contributions()
    let forward = Graph.merging(contributions).graph
    let backward = Graph.merging(contributions.reversed()).graph
    #expect(forward.nodes.map(\.key) == backward.nodes.map(\.key))
    #expect(forward.nodes.map(\.evidence) == backward.nodes.map(\.evidence))
    #expect(forward.edges.map(\.evidence) == backward.edges.map(\.evidence))
  }

  @Test func anArticleGivenTwiceCountsOnce() throws {
    let contributions = try SampleGraph.contributions()
    let (graph, diagnostics) = Graph.merging(contributions + [contributions[0]])
    #expect(graph.edges.map(\.evidence) == (try SampleGraph.graph()).edges.map(\.evidence))
    #expect(diagnostics.map(\.code) == ["article.duplicate"])
  }

  @Test func differentArticlesOfOneNameAreBothKept() throws {
    let other = HandMadeDocument("one.txt", "Another story of the same name.")
    let (graph, diagnostics) = Graph.merging(try SampleGraph.contributions() + [try other.contribution()])
    let named = Set(graph.sources.map(\.article).filter { $0.hasPrefix("one.txt@") })
    #expect(named.count == 2)
    #expect(diagnostics.map(\.code) == ["article.same-name", "article.same-name"])
  }

  @Test func aBareSurnameIsAnotherPersonInEachArticle() throws {
    var documents = [HandMadeDocument("a.txt", "Smith spoke."), HandMadeDocument("b.txt", "Smith slept.")]
    for index in documents.indices { _ = documents[index].entity(.person, "Smith") }
    let graph = Graph.merging(try documents.map { try $0.contribution() }).graph
    #expect(graph.nodes.filter { $0.kind == .person }.map(\.key) == ["person/smith@a.txt", "person/smith@b.txt"])
  }

  @Test func anArticleWithoutSentencesContributesNothing() {
    #expect(throws: Diagnostic.self) { try HandMadeDocument("empty.txt", "").contribution() }
  }

  @Test func spellingsOfOneAccentKeepTheirBytewiseOrder() throws {
    let names = ["f.txt", "A\u{30A}.txt", "\u{C5}.txt", "Z.txt"]
    let contributions = try names.enumerated().map { try HandMadeDocument($1, "Story \($0) is told.").contribution() }
    let graph = Graph.merging(contributions).graph
    let articles = graph.nodes.filter { $0.kind == .article }.map(\.key)
    #expect(articles.count == 4)
    #expect(zip(articles, articles.dropFirst()).allSatisfy { $0.precedesBytewise($1) })
  }

  @Test func everyMentionOfOneNameIsKept() throws {
    var document = HandMadeDocument("a.txt", String(repeating: "Ann Abel spoke.\n", count: 3000))
    let mentions = document.document.sentences.compactMap { sentence in
      try? document.document.evidence(
        Span(Int(sentence.span.start), Int(sentence.span.start) + 8), rule: "test.name", confidence: Confidence(1))
    }
    _ = document.entity(.person, "Ann Abel", mentions: mentions)
    let graph = Graph.merging([try document.contribution()]).graph
    #expect(graph.nodes.first { $0.kind == .person }?.evidence.count == 3000)
  }
}
