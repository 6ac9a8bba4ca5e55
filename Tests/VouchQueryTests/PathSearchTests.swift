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
    var search = PathSearch(graph, query)
    return try search.run()
  }

  /// Labels along each path.
  func labels(_ answer: PathAnswer) throws -> [[String]] {
    guard case .found(let paths) = answer else { return [] }
    return try paths.map { path in
      try ([path.hops[0].from] + path.hops.map(\.to)).map { try graph.node($0).label }
    }
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
    guard case .found(let paths) = try fixture.answer("Bob Byrne", "harbour plan") else {
      Issue.record("no path")
      return
    }
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
    func reason(_ answer: PathAnswer) -> PathAnswer.Reason? {
      guard case .none(let reason) = answer else { return nil }
      return reason
    }
    #expect(reason(try fixture.answer("Ann Abel", "Ann Abel")) == .sameNode)
    guard case .unconnected(_, 0)? = reason(try fixture.answer("Ann Abel", "Dora Dahl")) else {
      Issue.record("Dora Dahl is connected to nobody")
      return
    }
    guard case .tooFar(1, _)? = reason(try fixture.answer("Ann Abel", "Bob Byrne") { $0.maxHops = 1 }) else {
      Issue.record("two hops are needed")
      return
    }
    guard case .budget? = reason(try fixture.answer("Ann Abel", "Cid Cole") { $0.budget = 2 }) else {
      Issue.record("the budget was overrun")
      return
    }
    let bob = try fixture.id("Bob Byrne")
    #expect(reason(try fixture.answer("Ann Abel", "Bob Byrne") { $0.avoid = [bob] }) == .avoided)
  }
}

/// Random graphs, all paths found by brute force.
@Suite struct PathSearchAgainstBruteForceTests {
  @Test(arguments: 1...12) func lengthsEqualThoseOfAllSimplePaths(seed: UInt64) throws {
    var state = seed &* 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let names = (0..<7).map { "Person\($0) Name\($0)" }
    var contributions: [Contribution] = []
    var neighbours: [[Int: Bool]] = Array(repeating: [:], count: 7)
    for number in 0..<8 {
      let a = random(7)
      let b = (a + 1 + random(6)) % 7
      var document = HandMadeDocument("a\(number).txt", "\(names[a]) met \(names[b]) again.")
      let first = document.entity(.person, names[a])
      let second = document.entity(.person, names[b])
      document.event("CONSULT", "met", actors: [first], recipients: [second])
      contributions.append(try document.contribution())
      neighbours[a][b] = true
      neighbours[b][a] = true
    }
    let fixture = try Fixture(Graph.merging(contributions).graph)
    for a in 0..<7 {
      for b in 0..<7 where a != b && !neighbours[a].isEmpty && !neighbours[b].isEmpty {
        let shortest = Self.shortest(a, b, neighbours)
        let found = try fixture.labels(try fixture.answer(names[a], names[b]) { $0.maxHops = 14 })
        #expect(found.first.map { ($0.count - 1) / 2 } == shortest, "from \(a) to \(b)")
      }
    }
  }

  private static func shortest(_ from: Int, _ to: Int, _ neighbours: [[Int: Bool]]) -> Int? {
    var best: Int?
    func walk(_ node: Int, _ seen: Set<Int>) {
      if node == to {
        best = min(best ?? .max, seen.count - 1)
        return
      }
      for next in neighbours[node].keys where !seen.contains(next) { walk(next, seen.union([next])) }
    }
    walk(from, [from])
    return best
  }
}
