import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchQuery
import VouchStore
import VouchTestSupport

@Suite struct ListingTests {
  /// A listing of the graph of some articles, as labels.
  private static func listing<Result>(
    of contributions: [Contribution], _ change: (inout ListingFilter, GraphFile) throws -> Void = { _, _ in },
    _ body: (Listing, GraphFile) throws -> Result
  ) throws -> Result {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString).vouch").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try GraphFile.write(Graph.merging(contributions).graph, to: path, creator: "test", replacing: true)
    let graph = try GraphFile(path: path)
    #expect(graph.check().problems.isEmpty)
    var filter = ListingFilter()
    try change(&filter, graph)
    return try body(Listing(graph, filter), graph)
  }

  private static func id(_ name: String, _ graph: GraphFile) throws -> NodeID {
    guard case .found(let id) = try graph.resolve(name) else { throw CocoaError(.featureUnsupported) }
    return id
  }

  /// Two reports of one attack, one of them denied by its victim's accused, and a vote.
  private static func contributions() throws -> [Contribution] {
    var one = HandMadeDocument(
      "one", "Ann Abel attacked Bob Byrne in Ystad, Cid Cole said.\nAnn Abel rejected the report.\n",
      published: "2025-03-02", outlet: "The Gull")
    var (ann, bob, cid) = (
      one.entity(.person, "Ann Abel"), one.entity(.person, "Bob Byrne"), one.entity(.person, "Cid Cole")
    )
    let place = one.entity(.place, "Ystad")
    one.event(
      "ASSAULT", "attacked", actors: [ann], recipients: [bob], place: place, date: "2025-03-01", modality: .alleged)
    one.attribution(cid, cue: "said", content: "Ann Abel attacked Bob Byrne in Ystad")
    one.stance(ann, .oppose, "reject", .issue("report"), words: "the report")
    var two = HandMadeDocument(
      "two", "Ann Abel denied that she attacked Bob Byrne.\nThe town voted.\n", published: "2025-03-03",
      outlet: "The Heron")
    (ann, bob) = (two.entity(.person, "Ann Abel"), two.entity(.person, "Bob Byrne"))
    two.event("ASSAULT", "attacked", actors: [ann], recipients: [bob], date: "2025-03-01", modality: .denied)
    cid = two.entity(.organization, "The town")
    two.event("OTHER", "voted", actors: [cid])
    return [try one.contribution(), try two.contribution()]
  }

  struct Filtered: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let expected: [String]
    let change: @Sendable (inout ListingFilter, GraphFile) throws -> Void

    init(
      _ name: String, _ expected: [String],
      _ change: @escaping @Sendable (inout ListingFilter, GraphFile) throws -> Void
    ) {
      testDescription = name
      self.expected = expected
      self.change = change
    }
  }

  @Test(
    "filters of events",
    arguments: [
      Filtered("everything, by date, else by publication", ["ASSAULT (denied)", "ASSAULT (alleged)", "OTHER"]) { _, _ in
      },
      Filtered("by type in any case", ["ASSAULT (denied)", "ASSAULT (alleged)"]) { filter, _ in filter.type = "assault"
      },
      Filtered("by modality", ["ASSAULT (denied)"]) { filter, _ in filter.modality = "denied" },
      Filtered("by a person on either side", ["ASSAULT (denied)", "ASSAULT (alleged)"]) { filter, graph in
        filter.actors = [try id("Bob Byrne", graph)]
      },
      Filtered("by two people, who must both take part", []) { filter, graph in
        filter.actors = [try id("Bob Byrne", graph), try id("Cid Cole", graph)]
      },
      Filtered("by place", ["ASSAULT (alleged)"]) { filter, graph in filter.places = [try id("Ystad", graph)] },
      Filtered("until a day, which counts", ["ASSAULT (denied)", "ASSAULT (alleged)"]) { filter, _ in
        filter.until = CalendarDate(iso8601: "2025-03-01")?.dayNumber
      },
      Filtered("since a day, by publication where the date is unknown", ["OTHER"]) { filter, _ in
        filter.since = CalendarDate(iso8601: "2025-03-02")?.dayNumber
      },
      Filtered("by outlet", ["ASSAULT (alleged)"]) { filter, graph in filter.outlets = [try id("The Gull", graph)] },
      Filtered("by independent sources", []) { filter, _ in filter.minSources = 2 },
    ])
  func events(_ test: Filtered) throws {
    let found = try Self.listing(of: Self.contributions(), test.change) { listing, _ in try listing.items(.event) }
    #expect(found.map { String($0.node.label.prefix { $0 != ":" }) } == test.expected)
  }

  @Test func anEventTellsWhoSaysSoAndWhatContradictsIt() throws {
    try Self.listing(of: Self.contributions()) { listing, graph in
      let event = try #require(try listing.items(.event).first { $0[.modality] == "alleged" })
      #expect(try event.claimants.map { try graph.node($0).label } == ["Cid Cole"])
      #expect(
        try event.neighbours[.contradicts]?.map { try graph.node($0).label } == [
          "ASSAULT (denied): Ann Abel → Bob Byrne"
        ])
      #expect(try event.witnesses.map { try graph.node($0).label } == ["The Gull"])
      #expect(event[.date] == "2025-03-01")
    }
  }

  @Test func conflictsShowBothSides() throws {
    try Self.listing(of: Self.contributions()) { listing, graph in
      let conflicts = try listing.conflicts()
      #expect(conflicts.count == 1)
      #expect(Set(conflicts[0].sides.map { $0[.modality] }) == ["alleged", "denied"])
    }
    let filtered = try Self.listing(of: Self.contributions(), { filter, _ in filter.type = "AID" }) { listing, _ in
      try listing.conflicts()
    }
    #expect(filtered.isEmpty)
  }

  @Test func statementsAndStancesByTheirActors() throws {
    func count(_ kind: NodeKind, _ name: String) throws -> Int {
      try Self.listing(of: Self.contributions(), { filter, graph in filter.actors = [try Self.id(name, graph)] }) {
        listing, _ in try listing.items(kind).count
      }
    }
    #expect(try count(.statement, "Cid Cole") == 1)
    #expect(try count(.statement, "Ann Abel") == 0)
    #expect(try count(.stance, "Ann Abel") == 1)
    #expect(try count(.stance, "Bob Byrne") == 0)
  }

  @Test func sourcesGroupCopiesOfOneStory() throws {
    let story = (0..<8).map { "Sentence \($0) of the long story that both outlets print number \($0 * 7) today." }
      .joined(separator: "\n")
    let contributions = try [("a", "The Gull"), ("b", "The Heron"), ("c", "The Tern")].enumerated().map {
      index, article in
      try HandMadeDocument(article.0, index < 2 ? story : "Another story altogether.", outlet: article.1).contribution()
    }
    try Self.listing(of: contributions) { listing, graph in
      let groups = try listing.sources()
      #expect(try groups.map { try graph.node($0.witness).label } == ["The Gull", "The Tern"])
      #expect(groups.map { $0.articles.map(\.name) } == [["a", "b"], ["c"]])
      #expect(groups[0].articles.map { $0.copies.count } == [1, 1])
    }
  }
}
