import Foundation
import Testing
import VouchKnowledge
import VouchStore
import VouchTestSupport

@testable import VouchQuery

/// Queries of graph files.
@Suite struct LanguageFileGraphTests {
  /// A graph on disk for the length of a test.
  private final class Fixture {
    let file: GraphFile
    private let path: String

    init(_ graph: Graph) throws {
      path = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString).vouch").path
      try GraphFile.write(graph, to: path, creator: "test", replacing: true)
      file = try GraphFile(path: path)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  /// A value as the tests write it: nodes by name, edges by type.
  private func form(_ value: QueryValue, _ graph: FileGraph) throws -> String {
    switch value {
    case .node(let id): return try graph.graph.node(NodeID(id)).label
    case .edge(let id): return graph.edgeTypes[try graph.edgeType(id)]
    case .list(let values): return "[" + (try values.map { try form($0, graph) }).joined(separator: ", ") + "]"
    case .null: return "null"
    default: return QueryText.string(value) ?? "\(value)"
    }
  }

  @Test(arguments: [
    ("MATCH (a:Actor) RETURN count(*)", "7"), ("MATCH (a:Person) RETURN a.name ORDER BY a.name LIMIT 1", "Ann Abel"),
    ("MATCH (a:person {name: 'ANN ABEL'}) RETURN a.name, a.kind, a.sources", "Ann Abel person 1"),
    ("MATCH (e:Event {type: 'CONSULT'}) RETURN e.mode, e.modality, e.date", "visit asserted 2025-02-28"),
    ("MATCH (e:Event) WHERE e.date < DATE '2025-03' RETURN count(e)", "1"),
    ("MATCH (e:Event) WHERE e.date >= '2025-03-01' RETURN count(e)", "0"),
    ("MATCH (s:Stance {polarity: 'oppose'}) RETURN s.kind, s.type, labels(s)", "reject reject [Stance]"),
    ("MATCH (a)-[h:holds]->(s)-[t:toward]->(i:Issue) RETURN a, i ORDER BY a.name", "Bob Byrne harbour plan"),
    (
      "MATCH (:Person {name: 'Bob Byrne'})-[h:holds]->() RETURN h.sources, h.articles, h.date, h.confidence > 0, type(h)",
      "1 [one.txt, two.txt] 2025-03-01 true holds"
    ),
    ("MATCH (a:Article) RETURN a.outlet, a.published ORDER BY a.published DESC LIMIT 1", "The Heron 2025-04-01"),
    ("MATCH (e:Event)-[:co_actor|at|coActor]->(p:Place) RETURN p.name, labels(p)", "Ystad [Place]"),
    ("MATCH (a:Article)-[:published-by]->(o) RETURN o.name, count(a) AS n ORDER BY n DESC, o.name", "The Heron 2"),
    (
      "MATCH p = ANY SHORTEST (a {name: 'Ann Abel'})-[e]-+(b {name: 'Bob Byrne'}) RETURN length(p), e",
      "2 [actor, recipient]"
    ),
    ("MATCH p = ANY (a {name: 'Ann Abel'})-[e WHERE e.sources > 1]-+(b {name: 'Bob Byrne'}) RETURN count(p)", "0"),
    ("MATCH (a {name: 'Bob Byrne'}) RETURN id(a) = 'n' + substring(id(a), 1), 'name' IN keys(a)", "true true"),
    ("MATCH (a:Person) WHERE NOT (a)-[:holds]->() RETURN a.name ORDER BY a.name", "Ann Abel"),
  ])
  func factsOfTheSampleGraph(query: String, firstRow: String) throws {
    let fixture = try Fixture(try SampleGraph.graph())
    let graph = try FileGraph(fixture.file)
    let rows = try GraphQuery(query, on: fixture.file).run()
    #expect(try rows.first?.map { try form($0, graph) }.joined(separator: " ") == firstRow, "\(query)")
  }

  /// What the file's own search finds equals what the search over patterns finds in the same graph in memory.
  @Test(arguments: 0..<12) func shortestPathsBetweenKnownNodes(seed: UInt64) throws {
    let random = try RandomGraph(seed: seed)
    let file = try FileGraph(random.file)
    var copy = TestGraph()
    for node in 0..<file.nodeCount {
      copy.addNode(file.classes[try file.nodeClass(node)], ["name": try file.nodeValue(node, key: 0)])
    }
    for edge in 0..<file.edgeCount {
      let ends = try file.ends(edge)
      copy.addEdge(
        ends.source, ends.target, file.edgeTypes[try file.edgeType(edge)], ["sources": try file.edgeValue(edge, key: 0)]
      )
    }
    func paths(_ rows: [[QueryValue]]) -> Set<QueryValue> { Set(rows.map { $0[0] }) }
    func lengths(_ rows: [[QueryValue]]) -> [Int] {
      rows.compactMap { row in
        if case .path(let path) = row[0] { return path.edges.count }
        return nil
      }.sorted()
    }
    for (edge, hops) in [
      ("-[e]-", "{1,6}"), ("-[e:holds|about]->", "+"), ("<-[e WHERE e.sources > 1]-", "*"), ("-[e]->", "{0,3}"),
    ] {
      for goal in 1..<RandomGraph.people {
        let pattern = "(a {name: 'person0'})\(edge)\(hops)(b {name: 'person\(goal)'}) RETURN p"
        for selector in ["ALL SHORTEST", "SHORTEST GROUP", "SHORTEST 1 SIMPLE GROUPS"] {
          let query = "MATCH p = \(selector) \(pattern)"
          #expect(
            try paths(GraphQuery(query, on: random.file).run()) == paths(copy.answer(query).rows), "\(seed): \(query)")
        }
        let all = try paths(copy.answer("MATCH p = SHORTEST 1000 ACYCLIC \(pattern)").rows)
        for selector in ["ANY SHORTEST", "ANY WALK", "SHORTEST 4 ACYCLIC PATHS", "ANY 3 SIMPLE"] {
          let query = "MATCH p = \(selector) \(pattern)"
          let found = try GraphQuery(query, on: random.file).run()
          #expect(try lengths(found) == lengths(copy.answer(query).rows), "\(seed): \(query)")
          #expect(paths(found).isSubset(of: all) && paths(found).count == found.count, "\(seed): \(query)")
        }
      }
    }
  }

  @Test func whatTheGraphDoesNotKnowIsNamed() throws {
    let fixture = try Fixture(try SampleGraph.graph())
    for (query, part) in [
      ("MATCH (a:Persn) RETURN a", "did you mean Person?"), ("MATCH ()-[e:hold]->() RETURN e", "did you mean holds?"),
      ("MATCH (a) RETURN a.tpye", "did you mean type?"), ("MATCH ()-[e]->() RETURN e.name", "here are: sources"),
      ("MATCH (a {name: 'Ann Able'}) RETURN a", "Ann Abel (person)"),
      ("MATCH (a {name: 'Nobody Nowhere'}) RETURN a", "nothing is spelt nearly so"),
    ] {
      let error = #expect(throws: QueryError.self) { try GraphQuery(query, on: fixture.file) }
      #expect(error?.message.contains(part) == true, "\(error?.message ?? "")")
    }
  }

  @Test func explanationsTellWhereSearchesBegin() throws {
    let fixture = try Fixture(try SampleGraph.graph())
    let query = try GraphQuery(
      """
      EXPLAIN MATCH (i:Issue)<-[:toward]-(s {polarity: 'oppose'})<-[:holds]-(a {name: 'Bob Byrne'}) WHERE s.sources > 0 AND i.name <> a.name
      MATCH p = ALL SHORTEST (a)-[e WHERE e.confidence > 0.1]-{1,4}(i) WHERE length(p) > 1 RETURN p LIMIT 3
      """, on: fixture.file)
    #expect(query.isExplained)
    let lines = try query.explanation()
    #expect(lines.contains("   search from (a {name: 'Bob Byrne'}), by its name: 1 node"))
    #expect(lines.contains("     pre-filter, as the node is admitted: polarity = 'oppose'"))
    #expect(lines.contains("     filter, as soon as its variables are known: i.name <> a.name"))
    #expect(lines.contains("     breadth first from both ends, over distinct neighbours"))
    #expect(lines.contains("     pre-filter, as each edge is admitted: e.confidence > 0.1"))
    #expect(lines.contains("     post-filter, on each path found: length(p) > 1"))
    #expect(lines.last == "3. RETURN: p; at most 3, then the search stops")
  }
}
