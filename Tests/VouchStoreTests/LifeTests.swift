import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchStore
import VouchTestSupport

/// What a graph file goes through: articles come, change, go; the graph is always that of the articles that are there.
@Suite struct LifeTests {
  @Test func aContributionSurvivesItsEncoding() throws {
    for contribution in try SampleGraph.contributions() + SampleArticles.articles(4) {
      let encoded = contribution.encoded
      let decoded = try Contribution(
        article: contribution.article, text: contribution.text, given: contribution.given, decoding: encoded)
      #expect(decoded.encoded == encoded)
      #expect(decoded.contentHash == contribution.contentHash)
      let graphs = [contribution, decoded].map { GraphFile.encode(Graph.merging([$0]).graph, creator: "test") }
      #expect(graphs[0] == graphs[1])
    }
  }

  @Test func aBuildHoldsTheGraphOfItsArticles() throws {
    let articles = try SampleArticles.articles(5)
    let file = try GraphFile(built(articles), path: "test.vouch")
    let graph = Graph.merging(articles).graph
    #expect((file.nodeCount, file.edgeCount) == (graph.nodes.count, graph.edges.count))
    #expect(file.check().problems == [])
    for (index, node) in graph.nodes.enumerated() { #expect(try file.node(NodeID(index)).label == node.label) }
    for (index, source) in graph.sources.enumerated() {
      #expect(try file.text(SourceID(index)).bytes == source.text.bytes)
    }
  }

  /// However the articles come, in whatever order and batches, replaced and retracted meanwhile: compacted, the file has the
  /// bytes of one build of what is left.
  @Test(arguments: 0..<8) func howTheGraphCameAboutDoesNotShow(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    var bytes: [UInt8]?
    var articles: [Int: Contribution] = [:]
    for _ in 0..<4 {
      var batch: [Int: Contribution] = [:]
      for _ in 0..<1 + random.next(below: 3) {
        let number = random.next(below: 6)
        batch[number] = try SampleArticles.article(number, edition: random.next(below: 2))
      }
      let gone = bytes != nil && random.next(below: 2) == 0 ? articles.keys.sorted().first : nil
      let change = { (update: GraphUpdate) in
        if let gone, batch[gone] == nil { #expect(update.retract("article-\(gone).txt") == 1) }
        update.add(batch.keys.sorted().reversed().compactMap { batch[$0] })
      }
      if let old = bytes {
        bytes = try changed(old, change)
      } else {
        let storage = SimulatedStorage()
        let update = try GraphUpdate.of(nil, publishingTo: storage)
        change(update)
        _ = try update.commit()
        bytes = storage.bytes
      }
      if let gone, batch[gone] == nil { articles[gone] = nil }
      articles.merge(batch) { _, new in new }
    }
    let final = try #require(bytes)
    #expect(try GraphFile(final, path: "test.vouch").check().problems == [])
    #expect(try compacted(final) == built(articles.keys.sorted().compactMap { articles[$0] }))
  }

  @Test func anUnchangedArticleIsNotWrittenAgain() throws {
    let articles = try SampleArticles.articles(3)
    let bytes = try built(articles)
    let storage = SimulatedStorage(bytes)
    let update = try GraphUpdate.of(storage)
    #expect(update.holdings.contain("article-1.txt", contentHash: articles[1].contentHash, reading: 1))
    #expect(!update.holdings.contain("article-1.txt", contentHash: articles[1].contentHash, reading: 2))
    update.add(articles)
    let summary = try update.commit()
    #expect(!summary.isChanged)
    #expect((summary.unchanged, summary.added, summary.generation) == (3, 0, 1))
    #expect(storage.operations.isEmpty)
  }

  @Test func aChangedArticleReplacesTheOldOne() throws {
    let storage = SimulatedStorage(try built(SampleArticles.articles(3)))
    let update = try GraphUpdate.of(storage)
    update.add([try SampleArticles.article(1, edition: 1)])
    let summary = try update.commit()
    #expect((summary.replaced, summary.added, summary.articles, summary.generation) == (1, 0, 3, 2))
    let articles = try [0, 1, 2].map { try SampleArticles.article($0, edition: $0 == 1 ? 1 : 0) }
    #expect(try compacted(storage.bytes) == built(articles))
  }

  @Test func whatAnotherProgramReadReplacesTheOldReading() throws {
    let storage = SimulatedStorage(try built(SampleArticles.articles(2)))
    let update = try GraphUpdate.of(storage)
    update.add(try SampleArticles.articles(2), reading: 2)
    #expect(try update.commit().replaced == 2)
    #expect(try GraphFile(storage.bytes, path: "test.vouch").check().problems == [])
  }

  @Test func differentArticlesOfOneNameAreToldApart() throws {
    let twins = try [0, 1].map { try SampleArticles.article(0, edition: $0) }
    let bytes = try built(twins)
    let file = try GraphFile(bytes, path: "test.vouch")
    let names = Set(try (0..<file.sourceCount).map { try file.source(SourceID($0)).article })
    #expect(names.count == 2)
    #expect(names.allSatisfy { $0.hasPrefix("article-0.txt@") })
    let one = try #require(names.min())
    let left = try changed(bytes) { #expect($0.retract(one) == 1) }
    #expect(try GraphFile(left, path: "test.vouch").source(SourceID(0)).article == "article-0.txt")
    let none = try changed(bytes) { #expect($0.retract("article-0.txt") == 2) }
    #expect(try GraphFile(none, path: "test.vouch").nodeCount == 0)
  }

  @Test func decisionsAboutNamesHoldForWhatIsAddedLater() throws {
    let overrides = try Overrides(Array("merge\tperson/ann-abel\tperson/bob-byrne\n".utf8), path: "overrides.tsv")
    let articles = try SampleArticles.articles(4)
    let first = try built(Array(articles.prefix(2)), overrides: overrides)
    let both = try changed(first) { $0.add(Array(articles.suffix(2))) }
    #expect(try compacted(both) == built(articles, overrides: overrides))
    #expect(try compacted(both) != built(articles))
    #expect(try compacted(changed(both) { $0.overrides = Overrides() }) == built(articles))
  }

  @Test func olderGenerationsCanBeReadUntilTheFileIsCompacted() throws {
    let articles = try SampleArticles.articles(3)
    var bytes = try built([articles[0]])
    for article in articles.dropFirst() { bytes = try changed(bytes) { $0.add([article]) } }
    let place = try TemporaryFile(bytes)
    let generations = try GraphFile.generations(path: place.path)
    #expect(generations.map(\.number) == [3, 2, 1])
    #expect(generations.map(\.articles) == [3, 2, 1])
    for count in 1...3 {
      let file = try GraphFile(path: place.path, generation: count)
      let graph = Graph.merging(Array(articles.prefix(count))).graph
      #expect((file.generation, file.nodeCount, file.edgeCount) == (count, graph.nodes.count, graph.edges.count))
      #expect(file.check().problems == [])
    }
    for number in [0, 4] {
      #expect { try GraphFile(path: place.path, generation: number) } throws: {
        ($0 as? Diagnostic)?.code == "store.no-generation"
      }
    }
    let update = try GraphUpdate(path: place.path, creator: "test")
    _ = try update.compact()
    #expect(try GraphFile.generations(path: place.path).map(\.articles) == [3])
  }

  @Test func aFileThatIsMostlyGarbageIsCompactedByItself() throws {
    let articles = try SampleArticles.articles(40)
    let place = try TemporaryFile()
    var isCompacted = false
    for article in articles {
      let update = try GraphUpdate(path: place.path, creator: "test")
      update.compactsFrom = 40_000
      update.add([article])
      let summary = try update.commit()
      if summary.isCompacted {
        isCompacted = true
        #expect(summary.generation == 1)
        #expect(try GraphFile(path: place.path).length == summary.bytes)
        break
      }
    }
    #expect(isCompacted)
  }

  @Test func aGraphWithoutItsArticlesCannotBeAddedTo() throws {
    let place = try TemporaryFile(GraphFile.encode(try SampleGraph.graph(), creator: "test"))
    for path in [place.path, VersionTests.folder.appendingPathComponent("version-1.vouch").path] {
      #expect { try GraphUpdate(path: path, creator: "test") } throws: {
        ($0 as? Diagnostic)?.code == "store.no-articles"
      }
    }
  }

  @Test func aSecondWriterIsTurnedAwayWhileReadersAreNot() throws {
    let place = try TemporaryFile(try built(SampleArticles.articles(2)))
    let update = try GraphUpdate(path: place.path, creator: "test")
    #expect { try GraphUpdate(path: place.path, creator: "test") } throws: {
      ($0 as? Diagnostic)?.code == "store.locked"
    }
    let reader = try GraphFile(path: place.path)
    update.add([try SampleArticles.article(5)])
    let summary = try update.commit()
    #expect(reader.generation == 1)
    #expect(reader.check().problems == [])
    #expect(try GraphFile(path: place.path).generation == summary.generation)
  }

  @Test func aFileThatIsReplacedWhileItIsReadStaysWhatItWas() throws {
    let place = try TemporaryFile(try built(SampleArticles.articles(2)))
    let reader = try GraphFile(path: place.path)
    let update = try GraphUpdate(path: place.path, creator: "test", replacing: true)
    update.add([try SampleArticles.article(5)])
    _ = try update.commit()
    #expect(reader.check().problems == [])
    #expect(try GraphFile(path: place.path).nodeCount != reader.nodeCount)
    #expect(place.neighbours == ["test.vouch"])
  }
}

/// What is left of a damaged file.
@Suite struct SalvageTests {
  private func salvaged(_ bytes: [UInt8]) throws -> StoredArticles {
    let place = try TemporaryFile(bytes)
    return try StoredArticles(salvaging: place.path)
  }

  @Test func everyWholeArticleIsFoundWithoutHeaderSlotsAndManifest() throws {
    let articles = try SampleArticles.articles(3)
    var bytes = try changed(built(Array(articles.prefix(2)))) { $0.add([articles[2]]) }
    for offset in 0..<12288 { bytes[offset] = 0 }
    let found = try salvaged(bytes)
    #expect(found.lost == 0)
    #expect(try built(found.contributions.map(\.contribution)) == built(articles))
    #expect(try built(Array(found.contributions.map(\.contribution).prefix(1))) == built([articles[0]]))
  }

  @Test func aDamagedArticleIsLostAndTheOthersAreKept() throws {
    let articles = try SampleArticles.articles(3)
    var bytes = try built(articles)
    let words = Array("Bob Byrne warned".utf8)
    let place = try #require((0..<bytes.count - words.count).first { bytes[$0...].starts(with: words) })
    bytes[place] ^= 1
    let found = try salvaged(bytes)
    #expect(found.lost == 1)
    #expect(found.contributions.map(\.contribution.article) == ["article-0.txt", "article-2.txt"])
  }

  @Test func whatWasRetractedOrReplacedStaysAway() throws {
    let bytes = try changed(built(SampleArticles.articles(3))) {
      _ = $0.retract("article-0.txt")
      $0.add([try SampleArticles.article(1, edition: 1)])
    }
    let found = try salvaged(bytes).contributions.map(\.contribution)
    #expect(found.map(\.article) == ["article-1.txt", "article-2.txt"])
    #expect(try built(found) == compacted(bytes))
  }

  @Test func aTruncatedFileGivesWhatLiesBeforeItsEnd() throws {
    let bytes = try built(SampleArticles.articles(3))
    var counts: [Int] = []
    for length in stride(from: 0, through: bytes.count, by: 509) {
      counts.append(try salvaged(Array(bytes.prefix(length))).contributions.count)
    }
    #expect(counts == counts.sorted())
    #expect(Set(counts) == [0, 1, 2, 3])
  }

  /// An article may quote the bytes of a segment: they are not taken for one.
  @Test func whatLooksLikeAnArticleInsideATextIsNone() throws {
    let inner = try built([SampleArticles.article(0)])
    let start = 12288
    var bytes = try built([SampleArticles.article(1)])
    for offset in 0..<start { bytes[offset] = 0 }
    let shifted = bytes + [UInt8](repeating: 0, count: 64 - bytes.count % 64) + inner[start...]
    #expect(try salvaged(shifted).contributions.map(\.contribution.article) == ["article-1.txt"])
  }
}
