import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchTestSupport

/// One article that tells of one happening, for tables of cases.
struct Report: Sendable, CustomTestStringConvertible {
  var text: String
  var type = "CONSULT"
  var mode: String?
  var trigger: String
  var actors: [String]
  var recipients: [String] = []
  var place: String?
  var placeKind = Entity.Kind.place
  var date: String?
  var published: String? = "2026-03-03"
  var modality = Modality.asserted

  var testDescription: String { text }

  func contribution(_ id: String) throws -> Contribution {
    var document = HandMadeDocument(id, text, published: published)
    let entities = (actors + recipients).map { document.entity(.person, $0) }
    let place = place.map { document.entity(placeKind, $0) }
    document.event(
      type, mode: mode, trigger, actors: Array(entities.prefix(actors.count)),
      recipients: Array(entities.dropFirst(actors.count)), place: place, date: date, modality: modality)
    return try document.contribution()
  }
}

@Suite struct HappeningTests {
  static let meeting = Report(
    text: "Ilona Barta met Petr Novy in Brno on Monday.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"],
    place: "Brno", date: "2026-03-02")

  @Test(
    "reports of one happening are one event with the evidence of all",
    arguments: [
      // Same people, same day, other words.
      Report(
        text: "Petr Novy received Ilona Barta.", trigger: "received", actors: ["Petr Novy", "Ilona Barta"],
        date: "2026-03-02"),
      // More people, a place around the place.
      Report(
        text: "Ilona Barta, Petr Novy and Jan Maly talked in Moravia.", trigger: "talked",
        actors: ["Ilona Barta", "Petr Novy", "Jan Maly"], place: "Moravia", placeKind: .facility, date: "2026-03-02"),
      // The day is unknown, but the report is of these days and uses the same word.
      Report(
        text: "Ilona Barta met Petr Novy.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"],
        published: "2026-03-05"),
      // A month that holds the day.
      Report(
        text: "Ilona Barta met Petr Novy.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"], date: "2026-03"),
      // One of both, but day and place are the same.
      Report(
        text: "Ilona Barta met ministers in Brno.", trigger: "met", actors: ["Ilona Barta"], place: "Brno",
        date: "2026-03-02"),
    ])
  func oneHappening(_ other: Report) throws {
    let graph = Graph.merging([try Self.meeting.contribution("a"), try other.contribution("b")]).graph
    let events = graph.nodes.filter { $0.kind == .event }
    #expect(events.count == 1)
    #expect(Set(events.flatMap(\.evidence).map { graph.sources[Int($0.source.index)].article }) == ["a", "b"])
    let reasons = events.flatMap(\.properties).filter { $0.key == .merge }.map(\.value)
    #expect(reasons.count == 1 && reasons.allSatisfy { $0.hasPrefix("a, b: event.") })
  }

  @Test(
    "reports of different happenings are different events",
    arguments: [
      // Another day, another town, another manner, another happening.
      Report(
        text: "Ilona Barta met Petr Novy.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"], date: "2026-03-03"),
      Report(
        text: "Ilona Barta met Petr Novy in Oslo.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"], place: "Oslo",
        date: "2026-03-02"),
      Report(
        text: "Ilona Barta helped Petr Novy.", type: "AID", trigger: "helped", actors: ["Ilona Barta", "Petr Novy"],
        date: "2026-03-02"),
      Report(
        text: "Ilona Barta beat Petr Novy.", type: "OTHER", trigger: "beat", actors: ["Ilona Barta", "Petr Novy"],
        date: "2026-03-02"),
      // A talk of one of them with somebody else.
      Report(
        text: "Ilona Barta met Jan Maly on Monday.", trigger: "met", actors: ["Ilona Barta", "Jan Maly"],
        date: "2026-03-02"),
      // Nobody knows when: published much later, or at no known time.
      Report(
        text: "Ilona Barta met Petr Novy.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"],
        published: "2026-04-20"),
      Report(text: "Ilona Barta met Petr Novy.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"], published: nil),
      // Told as a plan, not as a fact.
      Report(
        text: "Ilona Barta is to meet Petr Novy.", trigger: "meet", actors: ["Ilona Barta", "Petr Novy"],
        date: "2026-03-02",
        modality: .planned),
    ])
  func differentHappenings(_ other: Report) throws {
    let graph = Graph.merging([try Self.meeting.contribution("a"), try other.contribution("b")]).graph
    #expect(graph.nodes.filter { $0.kind == .event }.count == 2)
    #expect(graph.edges.allSatisfy { $0.kind != .contradicts })
  }

  @Test(
    "what no type tells apart is told apart by its words",
    arguments: [("beat", "beat", 1), ("beat", "praised", 2)])
  func other(_ first: String, _ second: String, _ count: Int) throws {
    let contributions = try [first, second].enumerated().map { index, word in
      try Report(
        text: "Ilona Barta \(word) Petr Novy.", type: "OTHER", trigger: word, actors: ["Ilona Barta", "Petr Novy"],
        date: "2026-03-02"
      ).contribution("\(index)")
    }
    #expect(Graph.merging(contributions).graph.nodes.filter { $0.kind == .event }.count == count)
  }

  @Test func whoDidItAndWhomItWasDoneToAreNotTheSame() throws {
    let one = Report(
      text: "Ilona Barta sued Petr Novy.", type: "ACCUSE", trigger: "sued", actors: ["Ilona Barta"],
      recipients: ["Petr Novy"], date: "2026-03-02")
    let other = Report(
      text: "Petr Novy sued Ilona Barta.", type: "ACCUSE", trigger: "sued", actors: ["Petr Novy"],
      recipients: ["Ilona Barta"], date: "2026-03-02")
    let graph = Graph.merging([try one.contribution("a"), try other.contribution("b")]).graph
    #expect(graph.nodes.filter { $0.kind == .event }.count == 2)
  }

  @Test func aReportThatMayMeanEitherOfTwoDaysStaysAlone() throws {
    var second = Self.meeting
    second.date = "2026-03-03"
    let vague = Report(
      text: "Ilona Barta met Petr Novy in Brno.", trigger: "met", actors: ["Ilona Barta", "Petr Novy"])
    let graph = Graph.merging([
      try Self.meeting.contribution("a"), try second.contribution("b"), try vague.contribution("c"),
    ]).graph
    #expect(graph.nodes.filter { $0.kind == .event }.count == 3)
  }

  @Test func neitherOrderNorOtherArticlesChangeWhatMeets() throws {
    var reports: [Report] = []
    for day in 1...9 {
      for text in ["Ilona Barta met Petr Novy in Brno.", "Petr Novy and Ilona Barta talked."] {
        reports.append(
          Report(
            text: text, trigger: text.contains("met") ? "met" : "talked", actors: ["Ilona Barta", "Petr Novy"],
            date: day % 3 == 0 ? nil : "2026-03-0\(day)", published: "2026-03-0\(day)"))
      }
    }
    let contributions = try reports.enumerated().map { try $1.contribution("\($0).txt") }
    let graph = Graph.merging(contributions).graph
    for stride in [5, 7, 11, 17] {
      // A permutation, as the stride and the number of articles share no factor.
      let order = contributions.indices.map { contributions[$0 * stride % contributions.count] }
      let shuffled = Graph.merging(order).graph
      #expect(shuffled.nodes.map(\.key) == graph.nodes.map(\.key))
      #expect(shuffled.nodes.map(\.label) == graph.nodes.map(\.label))
      #expect(shuffled.nodes.map { $0.properties.map(\.value) } == graph.nodes.map { $0.properties.map(\.value) })
      #expect(shuffled.edges.map(\.evidence) == graph.edges.map(\.evidence))
    }
  }

  @Test func anArticleThatGoesTakesWhatItContributed() throws {
    let other = Report(
      text: "Petr Novy received Ilona Barta and Jan Maly.", trigger: "received",
      actors: ["Petr Novy", "Ilona Barta", "Jan Maly"], date: "2026-03-02")
    let alone = Graph.merging([try Self.meeting.contribution("a")]).graph
    let both = Graph.merging([try Self.meeting.contribution("a"), try other.contribution("b")]).graph
    let event = try #require(alone.nodes.first { $0.kind == .event })
    #expect(event.label == "CONSULT: Ilona Barta, Petr Novy")
    #expect(both.nodes.first { $0.kind == .event }?.label == "CONSULT: Ilona Barta, Petr Novy, Jan Maly")
    #expect(event.key == both.nodes.first { $0.kind == .event }?.key)
  }

  @Test func athousandReportsOfOneHappeningAreOne() throws {
    let contributions = try (0..<1000).map { try Self.meeting.contribution("\($0).txt") }
    let graph = Graph.merging(contributions).graph
    #expect(graph.nodes.filter { $0.kind == .event }.map(\.evidence.count) == [1000])
  }
}

@Suite struct ConflictTests {
  @Test(
    "what one tells and another denies is connected, with the words of both",
    arguments: [
      (Modality.asserted, Modality.denied, true), (.alleged, .denied, true), (.alleged, .negated, true),
      (.asserted, .asserted, false), (.planned, .denied, false), (.denied, .negated, false),
    ])
  func toldAndDenied(_ told: Modality, _ denied: Modality, _ isConflict: Bool) throws {
    var one = HappeningTests.meeting
    one.modality = told
    var other = HappeningTests.meeting
    other.modality = denied
    let graph = Graph.merging([try one.contribution("a"), try other.contribution("b")]).graph
    let conflicts = graph.edges.filter { $0.kind == .contradicts }
    #expect(conflicts.count == (isConflict ? 1 : 0))
    for conflict in conflicts {
      #expect(Set(conflict.evidence.map { graph.sources[Int($0.source.index)].article }) == ["a", "b"])
      #expect(conflict.evidence.allSatisfy { $0.rule == "conflict.denied" })
    }
  }

  @Test func aDenialThatNamesNobodyMeansWhatItsArticleToldOf() throws {
    var document = HandMadeDocument(
      "a", "Ilona Barta accused Petr Novy of an attack on Brno.\nNo such attack happened, Petr Novy said.\n",
      published: "2026-03-03")
    let petr = document.entity(.person, "Petr Novy")
    let brno = document.entity(.place, "Brno")
    document.event("ASSAULT", "attack on", actors: [petr], place: brno, modality: .alleged)
    document.event("ASSAULT", "attack happened", actors: [], modality: .negated)
    document.attribution(petr, cue: "said", content: "No such attack happened")
    let graph = Graph.merging([try document.contribution()]).graph
    let conflict = try #require(graph.edges.first { $0.kind == .contradicts })
    #expect(conflict.evidence.map(\.rule) == ["conflict.denied-nearby", "conflict.denied-nearby"])
    // Who denies it is the speaker of the statement about the denied event.
    let denied = try #require(graph.nodes.firstIndex { $0.properties.contains { $0 == (.modality, "negated") } })
    let about = try #require(graph.edges.first { $0.kind == .about && $0.object == NodeID(denied) })
    let said = try #require(graph.edges.first { $0.kind == .said && $0.object == about.subject })
    #expect(graph.nodes[Int(said.subject.index)].label == "Petr Novy")
  }

  @Test(
    "one holder for and against one target",
    arguments: [
      (Stance.Polarity.support, Stance.Polarity.oppose, "Petr Novy", "truce", true),
      (.support, .conditional, "Petr Novy", "truce", false), (.support, .support, "Petr Novy", "truce", false),
      (.support, .oppose, "Jan Maly", "truce", false), (.support, .oppose, "Petr Novy", "new tax", false),
    ])
  func opposedStances(
    _ first: Stance.Polarity, _ second: Stance.Polarity, _ holder: String, _ issue: String, _ isConflict: Bool
  ) throws {
    func article(_ id: String, _ name: String, _ polarity: Stance.Polarity, _ issue: String) throws -> Contribution {
      var document = HandMadeDocument(id, "\(name) spoke of it.")
      document.stance(document.entity(.person, name), polarity, "endorse", .issue(issue), words: "it")
      return try document.contribution()
    }
    let graph = Graph.merging([
      try article("a", "Petr Novy", first, "a temporary ceasefire"), try article("b", holder, second, issue),
    ]).graph
    #expect(graph.edges.contains { $0.kind == .contradicts } == isConflict)
  }
}
