import Testing
import VouchCore
import VouchTestSupport

@testable import VouchQuery

/// What is wrong with a query is told at its place, with what could stand there.
@Suite struct LanguageErrorTests {
  /// Queries with the place that is to blame in marks, and a part of the message.
  @Test(arguments: [
    ("MATCH (a) ⟦RETRUN⟧ a", "did you mean RETURN?"),
    ("⟦SELECT⟧ a", "the clauses are: MATCH"),
    ("MATCH (a) RETURN ⟦b⟧", "no variable is called \"b\"; did you mean a?"),
    ("MATCH (a) RETURN ⟦lenght⟧(a)", "did you mean length?"),
    ("MATCH (a)-[e]->⟦b⟧ RETURN e", "expected \"(\" of a node"),
    ("MATCH (a ⟦$x⟧) RETURN a", "must be named"),
    ("MATCH p = ANY ⟦SHORTST⟧ (a)-[e]->+(b) RETURN p", "did you mean"),
    ("MATCH (a)⟦-[e]->+⟧(b) RETURN a", "ANY SHORTEST"),
    ("MATCH (a)-[:x⟦..⟧]->(b) RETURN a", "[e:type*1..3]"),
    ("MATCH (a)-[e]->{2,⟦900⟧}(b) RETURN a", "at most 256"),
    ("MATCH (a) ⟦DELETE⟧ a", "queries only read"),
    ("MATCH (a) RETURN a LIMIT ⟦-1⟧", "must not be negative"),
    ("MATCH (a) RETURN a, ⟦count(max(a.v))⟧", "aggregate"),
    ("MATCH (a) WHERE ⟦count(a)⟧ > 1 RETURN a", "WITH before"),
    ("MATCH (a) RETURN a.n, ⟦a⟧.v + count(*)", "column of its own"),
    ("MATCH (a) WITH ⟦a.v⟧ RETURN 1", "AS name"),
    ("MATCH (a) RETURN 'it⟦⟧s", "does not end"),
    ("MATCH (a) RETURN a.v = ⟦$x⟧", "has no value"),
    ("MATCH (a)-[e]->(b), (c)-[⟦e⟧]->(d) RETURN e", "no edge is passed twice"),
    ("MATCH (a)-[e]->(⟦e⟧) RETURN e", "is an edge and cannot be a node"),
    ("MATCH (a) RETURN ⟦1 / 0⟧", "division by zero"),
    ("MATCH (a) RETURN ⟦a + 1⟧", "expected a number"),
    ("RETURN ⟦99999999999999999999⟧", "too large"),
    ("MATCH (n)\nWHERE n.v > 1 AND ⟦m⟧.v < 2\nRETURN n", "no variable is called \"m\""),
  ])
  func mistakesAreMarked(query: String, message: String) throws {
    let parts = query.split(whereSeparator: { $0 == "⟦" || $0 == "⟧" }).map(String.init)
    let text = query.filter { $0 != "⟦" && $0 != "⟧" }
    let graph = TestGraph.random(seed: 1, nodes: 3, edges: 3)
    let error = #expect(throws: QueryError.self) { try graph.answer(text) }
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    if parts.count == 3 {
      let start = parts[0].utf8.count
      #expect(error?.range == start..<start + parts[1].utf8.count, "\(query)")
    }
  }

  @Test func caretsStandUnderThePlace() throws {
    let query = "MATCH (a)\nWHERE a.näme = b.name\nRETURN a"
    let error = try #require(throws: QueryError.self) { try TestGraph().answer(query) }
    let excerpt = try #require(error.excerpt(of: query))
    #expect(excerpt.line == "WHERE a.näme = b.name")
    #expect(excerpt.carets == "               ^")
    let diagnostic = error.diagnostic(in: query)
    #expect(diagnostic.location.line == 2)
    #expect(diagnostic.location.column == 16)
  }

  /// Whatever is given, a query is refused or answered; nothing traps, and nothing takes long.
  @Test(arguments: [
    String(repeating: "(", count: 50_000), "RETURN " + String(repeating: "(", count: 30_000),
    "RETURN " + String(repeating: "[", count: 30_000), "RETURN " + String(repeating: "-", count: 60_000) + "1",
    "RETURN " + String(repeating: "NOT ", count: 15_000) + "true",
    "RETURN 1" + String(repeating: "+1", count: 30_000), "RETURN a" + String(repeating: ".a", count: 30_000),
    "MATCH " + String(repeating: "(),", count: 20_000) + "() RETURN 1",
    "MATCH ()" + String(repeating: "--()", count: 15_000) + " RETURN 1",
    "MATCH (a)" + String(repeating: " MATCH (a)", count: 6000) + " RETURN 1",
    "RETURN " + String(repeating: "CASE WHEN ", count: 5000),
    "MATCH (a:" + String(repeating: "!", count: 60_000) + "A) RETURN a",
    "MATCH (a:" + String(repeating: "(", count: 60_000) + "A) RETURN a",
    "RETURN '" + String(repeating: "\\u0000", count: 9000) + "'", "RETURN $", "RETURN `", "/*", "\u{0}", "MATCH (a)-[*",
    "RETURN 9223372036854775807 + 1", "RETURN -9223372036854775807 - 2", "RETURN abs(-9223372036854775807 - 1)",
    "RETURN range(1, 9223372036854775807)", "RETURN range(9223372036854775806, 9223372036854775807)",
    "RETURN [1,2,3][-9223372036854775807..9223372036854775807]", "RETURN [1][9223372036854775807]",
    "RETURN substring('abc', 9223372036854775807)", "RETURN left('abc', 9223372036854775807)",
    "RETURN 0.0 / 0.0 ORDER BY 1", "RETURN round(1e308, 15)", "RETURN toInteger(1e300)", "RETURN 1e400",
    "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN count(*)",
    "WITH 'x' AS s " + String(repeating: "WITH s + s AS s ", count: 60) + "RETURN size(s)",
    "WITH [1] AS s " + String(repeating: "WITH s + s AS s ", count: 60) + "RETURN size(s)",
    "MATCH (a) SKIP", "EXPLAIN", "RETURN 1 SKIP 9223372036854775807 LIMIT 9223372036854775807",
    "MATCH p = SHORTEST 100000 WALK (a)-[e]->*(b) RETURN count(*)",
  ])
  func nothingTraps(query: String) throws {
    let graph = TestGraph.random(seed: 2, nodes: 6, edges: 12)
    do {
      _ = try graph.answer(query, work: 300_000)
    } catch is QueryError {
      // Refused: that is an answer, too.
    }
  }

  /// Random changes to good queries: the replay of what fuzzing tries.
  @Test(arguments: 0..<8) func nothingTrapsOnBrokenQueries(block: UInt64) throws {
    let seeds = [
      "MATCH p = ALL SHORTEST TRAIL (a:A {v: 1})-[e:R|S WHERE e.w > 0]->{1,3}(b) WHERE a.n < b.n RETURN p, length(p) AS l",
      "MATCH (a)-[e]->(b) WITH a, count(*) AS c, collect(b.n)[0..2] AS l WHERE c > 1 RETURN a.n, c, l ORDER BY c DESC SKIP 1 LIMIT 3",
      "OPTIONAL MATCH (a:A&!B)<-[:R*0..2]-(b) UNWIND [1, 2.5, 'x', null, date('2025-12')] AS x RETURN DISTINCT x, CASE WHEN x = 1 THEN 'one' ELSE toString(x) END",
      "MATCH (a) WHERE (a)-[:R]->(:B) OR EXISTS { (a)--(c) WHERE c.v IN [1, 2] } RETURN all(x IN [1, 2] WHERE x > 0), [x IN range(1, 3) | x * x]",
    ]
    let pieces = [
      "(", ")", "[", "]", "{", "}", "-", ">", "<", "..", "*", ",", ":", "|", "$x", "'", "WHERE", "ANY", "1", "é",
      "\u{0}", ".",
    ]
    var random = SeededNumbers(seed: block)
    let graph = TestGraph.random(seed: 3, nodes: 5, edges: 8)
    for _ in 0..<150 {
      var bytes = Array(seeds[random.next(below: seeds.count)].utf8)
      for _ in 0...random.next(below: 4) {
        let place = random.next(below: bytes.count)
        switch random.next(below: 3) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(contentsOf: pieces[random.next(below: pieces.count)].utf8, at: place)
        default: bytes[place] = UInt8(random.next(below: 256))
        }
      }
      do {
        _ = try graph.answer(String(decoding: bytes, as: UTF8.self), work: 20_000)
      } catch is QueryError {}
    }
  }
}
