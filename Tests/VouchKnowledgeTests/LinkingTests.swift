import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchTestSupport

@Suite struct LinkingTests {
  private static func article(_ id: String, _ kind: Entity.Kind, _ name: String) throws -> Contribution {
    var document = HandMadeDocument(id, "\(name) is in the news.")
    _ = document.entity(kind, name)
    return try document.contribution()
  }

  private static func named(_ kind: Entity.Kind, _ names: String...) throws -> [Graph.Node] {
    let graph = Graph.merging(try names.enumerated().map { try article("\($0)", kind, $1) }).graph
    return graph.nodes.filter { $0.kind.isActor && $0.kind != .author }
  }

  @Test(
    "spellings of one full name are one person",
    arguments: [
      ("Sergei Kuznetsov", "Sergey Kuznetsov"), ("Oleh Hrynevskyy", "Oleh Hrynevsky"),
      ("Pavlo Tymchenko", "Pavlo Timchenko"),
      ("Dmitry Yeliseyev", "Dmitri Eliseyev"), ("Mohammed Rahimi", "Muhammad Rahimi"), ("J. D. Quillon", "JD Quillon"),
      ("Yury Borisoff", "Yuri Borisov"), ("Jean-Luc Marchais", "Jean Luc Marchais"), ("JOSÉ PEÑALBA", "Jose Penalba"),
    ])
  func spellings(_ a: String, _ b: String) throws {
    let people = try Self.named(.person, a, b)
    #expect(people.count == 1)
    #expect(people.first?.evidence.count == 2)
  }

  @Test(
    "namesakes and different names stay apart",
    arguments: [
      ("John Smith", "John Smyth"), ("Bryan Cole", "Brian Cole"), ("Anna Kowal", "Hanna Kowal"),
      ("Ivan Petrov", "Ivan Petrova"),
      ("Sergei Kuznetsov", "Sergei Kovalev"), ("Kim Song", "Kim Sung"), ("Maria Kern", "Marie Kern"),
    ])
  func namesakes(_ a: String, _ b: String) throws {
    #expect(try Self.named(.person, a, b).count == 2)
  }

  @Test("peoples are the same in all articles, whoever is described is not", arguments: [Mention.Kind.name, .nominal])
  func groups(_ form: Mention.Kind) throws {
    let articles = try ["one", "two"].map { id in
      var document = HandMadeDocument(id, "Nordics are in the news.")
      _ = document.entity(.group, "Nordics", mentions: [document.evidence("Nordics")], as: form)
      return try document.contribution()
    }
    #expect(Graph.merging(articles).graph.nodes.filter { $0.kind == .group }.count == (form == .name ? 1 : 2))
  }

  @Test func aSpellingThatTheGazetteerLacksIsThePersonItKnows() throws {
    let people = try Self.named(.person, "Serguei Lavroff")
    #expect(people.map(\.key) == ["person:sergei-lavrov"])
    #expect(people[0].properties.contains { $0 == (.merge, "Serguei Lavroff: name.spelling-of-gazetteer") })
  }

  @Test func theKeyOfAPersonDoesNotDependOnOtherArticles() throws {
    let alone = try Self.named(.person, "Sergey Kuznetsov")
    let both = try Self.named(.person, "Sergey Kuznetsov", "Sergei Kuznetsov", "Serguei Kuznetsov")
    #expect(alone.map(\.key) == ["person/sergei-kuznetsov"])
    #expect(both.map(\.key) == alone.map(\.key))
    #expect(
      both[0].properties.filter { $0.key == .merge }.map(\.value)
        == ["Sergey Kuznetsov: name.spelling", "Serguei Kuznetsov: name.spelling"])
  }

  @Test func bodiesMeetInBritishAndAmericanSpelling() throws {
    #expect(try Self.named(.organization, "Centre for Harbour Defence", "The Center for Harbor Defense").count == 1)
    #expect(try Self.named(.organization, "Centre for Harbour Defence", "Centre for River Defence").count == 2)
  }

  @Test(
    "names of one issue meet",
    arguments: [
      ("a temporary ceasefire", "truce"), ("the ceasefire proposal", "truce"),
      ("the idea of a cease-fire", "ceasefire"),
      ("a 60-day truce", "a ceasefire of 30 days"), ("any such agreement", "the proposed deal"),
      ("early elections", "an early vote"),
      ("plans for a wealth tax", "wealth taxes"), ("a ceasefire of the kind sought by Paris", "truce"),
      ("truce in Gaza", "ceasefire in Gaza"),
      ("tariffs which the union fears", "new tariffs"), ("peace deal proposal", "peace agreement"),
    ])
  func issues(_ a: String, _ b: String) throws { #expect(try Self.issues(a, b).count == 1) }

  @Test(
    "names of different issues do not meet",
    arguments: [
      ("20-point plan", "28-point plan"), ("a lasting ceasefire", "a temporary ceasefire"),
      ("truce in Gaza", "truce in Sudan"),
      ("peace plan", "peace"), ("wealth tax", "carbon tax"), ("harbour plan", "harbour"), ("trade deal", "peace deal"),
    ])
  func otherIssues(_ a: String, _ b: String) throws { #expect(try Self.issues(a, b).count == 2) }

  private static func issues(_ labels: String...) throws -> [Graph.Node] {
    let graph = Graph.merging(
      try labels.enumerated().map { index, label in
        var document = HandMadeDocument("\(index)", "Ann Abel wants it.")
        document.stance(document.entity(.person, "Ann Abel"), .support, "endorse", .issue(label), words: "it")
        return try document.contribution()
      }
    ).graph
    let issues = graph.nodes.filter { $0.kind == .issue }
    // An issue is called as an article calls it.
    #expect(issues.allSatisfy { labels.contains($0.label) })
    return issues
  }
}

@Suite struct OverridesTests {
  @Test(
    "a line that is no decision is an error that names it",
    arguments: [
      ("join\tA\tB", "overrides.action", "merge, split, rename or retype"),
      ("merge\tA", "overrides.cells", "expected two"),
      ("merge A B", "overrides.action", "separated by tabs"), ("rename\tA\t", "overrides.cells", "not empty"),
      ("retype\tA\tstance", "overrides.kind", "person, organization"),
      ("split\tA\tb\tc", "overrides.cells", "found 3 cells"),
    ])
  func errors(_ line: String, _ code: String, _ expected: String) throws {
    let failure = #expect(throws: Diagnostic.self) {
      try Overrides(Array("# decisions\n\nmerge\tA\tB\r\n\(line)\n".utf8), path: "o.tsv")
    }
    #expect(failure?.code == code)
    #expect(failure?.message.contains(expected) == true)
    #expect(failure?.location.path == "o.tsv")
    #expect(failure?.location.line == 4)
  }

  private static func graph(_ overrides: String) throws -> (graph: Graph, diagnostics: [Diagnostic]) {
    Graph.merging(try SampleGraph.contributions(), overrides: try Overrides(Array(overrides.utf8), path: "o.tsv"))
  }

  private static func facts(_ graph: Graph, _ label: String) -> [String] {
    graph.nodes.filter { $0.label == label }.map { "\($0.kind.name) \($0.key)" }
  }

  @Test func mergedNodesAreOneAndSayWhy() throws {
    let (graph, diagnostics) = try Self.graph("merge\tBob Byrne\tperson/cid-cole\n")
    #expect(diagnostics.isEmpty)
    let bob = try #require(graph.nodes.first { $0.key == "person/bob-byrne" })
    #expect(!graph.nodes.contains { $0.key == "person/cid-cole" })
    #expect(bob.label == "Bob Byrne")
    #expect(bob.properties.contains { $0 == (.alias, "Cid Cole") })
    #expect(bob.properties.contains { $0 == (.merge, "Cid Cole: override, line 1") })
    // Both stances are now his, and they contradict each other.
    let stances = graph.edges.filter { $0.kind == .holds }
    #expect(Set(stances.map(\.subject)).count == 1 && stances.count == 2)
    #expect(graph.edges.contains { $0.kind == .contradicts })
  }

  @Test func aSplitNodeIsAnotherInThatArticle() throws {
    let (graph, _) = try Self.graph(
      "split\tBob Byrne\tthree.txt\nrename\tperson/bob-byrne~three-txt\tBob Byrne junior\n")
    #expect(Self.facts(graph, "Bob Byrne") == ["person person/bob-byrne"])
    #expect(Self.facts(graph, "Bob Byrne junior") == ["person person/bob-byrne~three-txt"])
  }

  @Test func aRenamedNodeKeepsItsOldName() throws {
    let (graph, _) = try Self.graph("rename\tBob Byrne\tRobert Byrne\n")
    let robert = try #require(graph.nodes.first { $0.label == "Robert Byrne" })
    #expect(robert.properties.contains { $0 == (.alias, "Bob Byrne") })
    #expect(graph.nodes.contains { $0.label == "CONSULT visit: Ann Abel → Robert Byrne" })
  }

  @Test func aRetypedNodeLosesTheEdgesThatItCannotHave() throws {
    let (graph, _) = try Self.graph("retype\tYstad\torganization\nretype\tCid Cole\tplace\n")
    #expect(Self.facts(graph, "Ystad") == ["organization place/ystad"])
    #expect(!graph.edges.contains { $0.kind == .at })
    let cid = try #require(graph.nodes.firstIndex { $0.label == "Cid Cole" })
    #expect(graph.nodes[cid].kind == .place)
    #expect(graph.edges.allSatisfy { ![EdgeKind.said, .holds].contains($0.kind) || $0.subject != NodeID(cid) })
    #expect(graph.nodes.allSatisfy { !$0.evidence.isEmpty })
    #expect(!graph.nodes.contains { $0.kind == .statement })
  }

  @Test func whatNobodyIsCalledIsAWarningAndWhatTwoAreAnError() throws {
    let unused = try Self.graph("rename\tZoe Zorn\tZ\n").diagnostics
    #expect(unused.map(\.code) == ["overrides.unused"])
    #expect(unused.map(\.location.line) == [1])
    var contributions = try SampleGraph.contributions()
    var namesake = HandMadeDocument("four.txt", "Bob Byrne is a dog.")
    _ = namesake.entity(.organization, "Bob Byrne")
    contributions.append(try namesake.contribution())
    let ambiguous = Graph.merging(
      contributions, overrides: try Overrides(Array("rename\tBob Byrne\tB\n".utf8), path: "o.tsv"))
    #expect(ambiguous.diagnostics.map(\.code) == ["overrides.ambiguous"])
    #expect(ambiguous.diagnostics[0].message.contains("organization/bob-byrne, person/bob-byrne"))
  }
}
