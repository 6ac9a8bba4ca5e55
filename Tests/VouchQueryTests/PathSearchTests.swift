import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchQuery
import VouchStore
import VouchTestSupport

/// A graph on disk for the length of a test.
private final class Fixture {
  let graph: GraphFile
  private let path: String

  init(_ graph: Graph) throws {
    path = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString).vouch").path
    try GraphFile.write(graph, to: path, creator: "test", replacing: true)
    self.graph = try GraphFile(path: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func id(_ name: String) throws -> NodeID {
    guard case .found(let id) = try graph.resolve(name) else { throw CocoaError(.featureUnsupported) }
    return id
  }

  func answer(_ from: String, _ to: String, _ change: (inout PathQuery) throws -> Void = { _ in }) throws -> PathAnswer
  {
    var query = PathQuery(from: try id(from), to: try id(to))
    try change(&query)
    var search = PathSearch(graph)
    return try search.answer(query)
  }

  /// Labels along each path.
  func labels(_ answer: PathAnswer) throws -> [[String]] {
    try answer.paths.map { path in try path.nodes.map { try graph.node($0).label } }
  }
}

@Suite struct PathSearchTests {
  private func fixture() throws -> Fixture { try Fixture(try SampleGraph.graph()) }

  @Test func theShortestPathRunsThroughTheEventBothTookPartIn() throws {
    let fixture = try fixture()
    let answer = try fixture.answer("Ann Abel", "Bob Byrne")
    let labels = try fixture.labels(answer)
    #expect(labels.count == 1)
    #expect(labels[0].count == 3)
    #expect(labels[0][1].hasPrefix("CONSULT visit"))
  }

  @Test func hopsNameTheirIndependentSources() throws {
    let fixture = try fixture()
    let paths = try fixture.answer("Bob Byrne", "harbour plan").paths
    // Two outlets carry one agency's copy: one witness.
    #expect(paths[0].hops.map(\.sources) == [1, 1])
    #expect(paths[0].hops.map(\.evidence.count) == [2, 2])
  }

  @Test func severalPathsComeShortestFirstAndNeverRepeatANode() throws {
    let fixture = try fixture()
    let labels = try fixture.labels(try fixture.answer("Bob Byrne", "Cid Cole") { $0.count = 10 })
    #expect(labels.count >= 2)
    #expect(zip(labels, labels.dropFirst()).allSatisfy { $0.count <= $1.count })
    for path in labels { #expect(Set(path).count == path.count) }
    #expect(Set(labels).count == labels.count)
  }

  @Test func filtersApplyToEveryHop() throws {
    let fixture = try fixture()
    let issue = try fixture.id("harbour plan")
    let labels = try fixture.labels(
      try fixture.answer("Bob Byrne", "Cid Cole") {
        $0.count = 10
        $0.avoid = [issue]
      })
    #expect(labels.allSatisfy { !$0.contains("harbour plan") })
    let via = try fixture.labels(try fixture.answer("Bob Byrne", "Cid Cole") { $0.via = [issue] })
    #expect(via.first?.contains("harbour plan") == true)
    let march = CalendarDate(iso8601: "2025-03-31")?.dayNumber
    #expect(try fixture.labels(try fixture.answer("Bob Byrne", "Cid Cole") { $0.until = march }).isEmpty)
    #expect(try fixture.labels(try fixture.answer("Ann Abel", "Bob Byrne") { $0.since = march }).isEmpty)
    #expect(try fixture.labels(try fixture.answer("Ann Abel", "Bob Byrne") { $0.minSources = 2 }).isEmpty)
    #expect(try fixture.labels(try fixture.answer("Ann Abel", "Bob Byrne") { $0.kinds = [.holds] }).isEmpty)
  }

  @Test func whatIsDeniedJoinsTwoPeopleLessWell() throws {
    var document = HandMadeDocument("a.txt", "No call of Ann Abel and Bob Byrne is planned.\nAnn Abel met Bob Byrne.\n")
    let ann = document.entity(.person, "Ann Abel")
    let bob = document.entity(.person, "Bob Byrne")
    document.event("CONSULT", mode: "phone", "call", actors: [ann, bob], modality: .negated)
    document.event("CONSULT", mode: "visit", "met", actors: [ann, bob])
    let fixture = try Fixture(Graph.merging([try document.contribution()]).graph)
    let labels = try fixture.labels(try fixture.answer("Ann Abel", "Bob Byrne") { $0.count = 2 })
    #expect(
      labels.map { $0[1] } == ["CONSULT visit: Ann Abel, Bob Byrne", "CONSULT phone (negated): Ann Abel, Bob Byrne"])
  }

  @Test func whyThereIsNoPathIsSaid() throws {
    let fixture = try fixture()
    func end(_ answer: PathAnswer) -> PathDeadEnd.Cause? {
      guard case .deadEnd(let end)? = answer.reason else { return nil }
      return end.cause
    }
    #expect(try fixture.answer("Ann Abel", "Ann Abel").reason == .sameNode)
    #expect(end(try fixture.answer("Ann Abel", "Dora Dahl")) == .goalExhausted, "Dora Dahl is connected to nobody")
    #expect(end(try fixture.answer("Dora Dahl", "Ann Abel")) == .startExhausted)
    #expect(end(try fixture.answer("Ann Abel", "Bob Byrne") { $0.maxHops = 1 }) == .hopLimit)
    let bob = try fixture.id("Bob Byrne")
    #expect(try fixture.answer("Ann Abel", "Bob Byrne") { $0.avoid = [bob] }.reason == .avoided)
    #expect(try fixture.answer("Ann Abel", "Cid Cole") { $0.via = [bob, bob] }.reason == .avoided)
  }

  /// A node of one neighbour cannot be passed: the way on leads back.
  @Test func aDeadEndStreetCannotBePassed() throws {
    let fixture = try fixture()
    let graph = fixture.graph
    let (ann, cid) = (try fixture.id("Ann Abel"), try fixture.id("Cid Cole"))
    var tried = 0
    for node in (0..<graph.nodeCount).map({ NodeID($0) }) where node != ann && node != cid {
      let edges = try Array(graph.outgoing(node)) + graph.incoming(node)
      var neighbours: Set<NodeID> = []
      for edge in try edges.map(graph.edge) where !edge.kind.isProvenance {
        neighbours.formUnion([edge.subject, edge.object])
      }
      guard neighbours.subtracting([node]).count == 1 else { continue }
      tried += 1
      #expect(try fixture.answer("Ann Abel", "Cid Cole") { $0.via = [node] }.reason == .avoided)
    }
    #expect(tried > 0)
  }

  @Test func aSearchThatIsStoppedSaysSo() throws {
    let fixture = try fixture()
    let answer = try fixture.answer("Ann Abel", "Cid Cole") { $0.limits.budget = 2 }
    guard case .budget? = answer.stop else {
      Issue.record("the budget was overrun")
      return
    }
    #expect(answer.paths.isEmpty && answer.reason == nil)
    let late = try fixture.answer("Ann Abel", "Cid Cole") { $0.limits.timeout = .zero }
    guard case .timeout? = late.stop else {
      Issue.record("the time was overrun")
      return
    }
  }

  @Test func whatWasFoundBeforeASearchWasStoppedIsGiven() throws {
    let fixture = try fixture()
    let all = try fixture.answer("Bob Byrne", "Cid Cole") { $0.count = 10 }
    let some = try fixture.answer("Bob Byrne", "Cid Cole") {
      $0.count = 10
      $0.limits.budget = all.work.looked - 1
    }
    #expect(all.stop == nil && some.stop != nil)
    #expect(!some.paths.isEmpty && some.paths == Array(all.paths.prefix(some.paths.count)))
  }

  @Test func evidenceOfAChronologicalPathNeverGoesBack() throws {
    let fixture = try fixture()
    // Ann met Bob in March, Cid warned Bob in April.
    let forth = try fixture.answer("Ann Abel", "Cid Cole") { $0.isChronological = true }
    let days = try #require(forth.paths.first).hops.compactMap(\.day)
    #expect(days.count == forth.paths[0].hops.count && days == days.sorted())
    #expect(try fixture.answer("Cid Cole", "Ann Abel") { $0.isChronological = true }.paths.isEmpty)
  }
}
