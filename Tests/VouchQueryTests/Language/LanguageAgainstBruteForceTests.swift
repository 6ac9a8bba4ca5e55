import Testing
import VouchTestSupport

@testable import VouchQuery

/// Answers to patterns on small random graphs are just those that trying everything finds, for every selector and mode.
@Suite struct LanguageAgainstBruteForceTests {
  private func matches(_ answer: (columns: [String], rows: [[QueryValue]])) -> [PatternOracle.Match] {
    answer.rows.compactMap { row in
      guard case .path(let path) = row[0] else { return nil }
      let lengths = row.dropFirst().compactMap { value -> Int? in
        if case .integer(let length) = value { return length }
        return nil
      }
      return PatternOracle.Match(nodes: path.nodes, edges: path.edges, lengths: lengths)
    }
  }

  @Test(arguments: 0..<40) func pathsOfOnePattern(block: Int) throws {
    for number in 0..<25 {
      let seed = UInt64(block * 25 + number)
      var random = SeededNumbers(seed: seed)
      let graph = TestGraph.random(seed: seed, nodes: 3 + random.next(below: 3), edges: 3 + random.next(below: 5))
      let pattern = PatternOracle(&random)
      let ending = "MATCH \(pattern.text) RETURN " + pattern.columns.joined(separator: ", ")
      let free = try graph.answer(ending)
      if let complaint = pattern.complaint(about: matches(free), in: graph) {
        Issue.record("seed \(seed): \(ending): \(complaint)")
      }
      // Both ends known, so that the search begins elsewhere.
      let last = "n\(pattern.spots.count - 1)"
      let ends = (random.next(below: graph.nodeCount), random.next(below: graph.nodeCount))
      let bound = try graph.answer(
        "MATCH (n0 {n: \(ends.0)}) MATCH (\(last) {n: \(ends.1)}) " + ending)
      if let complaint = pattern.complaint(about: matches(bound), in: graph, restrictedTo: ends) {
        Issue.record("seed \(seed), between \(ends): \(ending): \(complaint)")
      }
    }
  }

  @Test(arguments: 0..<20) func unboundedPathsOfModesThatEnd(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let graph = TestGraph.random(seed: seed, nodes: 4, edges: 5)
    for mode in [PathMode.trail, .acyclic, .simple] {
      var pattern = PatternOracle(&random)
      pattern.mode = mode
      // No path of these modes is longer than there are edges.
      pattern.parts = [
        .init(types: nil, least: 1, most: 6, isQuantified: true, direction: [.forward, .either][Int(seed % 2)])
      ]
      pattern.spots = [.init(), .init()]
      if pattern.selector == .all { pattern.selector = .groups(2) }
      let query =
        "MATCH " + pattern.text.replacing("{1,6}", with: "+") + " RETURN " + pattern.columns.joined(separator: ", ")
      if let complaint = pattern.complaint(about: matches(try graph.answer(query)), in: graph) {
        Issue.record("seed \(seed): \(query): \(complaint)")
      }
    }
  }

  /// Several patterns, in which no edge is passed twice.
  @Test(arguments: 0..<30) func patternsThatShareNodes(seed: UInt64) throws {
    let graph = TestGraph.random(seed: seed, nodes: 4, edges: 6)
    let edges = Array(graph.edges.enumerated())
    var expected: [[Int]] = []
    for (e, first) in edges {
      for (f, second) in edges where f != e && second.source == first.target {
        for (g, third) in edges where g != e && g != f {
          // A ring over three edges, the last passed in either direction.
          if third.source == second.target, third.target == first.source { expected.append([e, f, g]) }
          if third.target == second.target, third.source == first.source, third.source != third.target {
            expected.append([e, f, g])
          }
        }
      }
    }
    for query in [
      "MATCH (a)-[e]->(b)-[f]->(c)-[g]-(a)", "MATCH (b)-[f]->(c), (c)-[g]-(a), (a)-[e]->(b)",
      "MATCH (a)-[e]->(b), (a)-[g]-(c) WHERE true MATCH (b)-[f]->(c) WHERE f <> e AND f <> g",
      "MATCH (c)<-[f]-(b) MATCH (a)-[e]->(b), (a)-[g]-(c) WHERE e <> f AND f <> g",
    ] {
      let rows = try graph.answer(query + " RETURN e, f, g").rows.map { row in
        row.compactMap { value -> Int? in
          if case .edge(let id) = value { return id }
          return nil
        }
      }
      #expect(
        rows.sorted { $0.lexicographicallyPrecedes($1) } == expected.sorted { $0.lexicographicallyPrecedes($1) },
        "\(query)")
    }
  }

  /// What stands behind WHERE is looked at as early as it can be, which no answer shows.
  @Test(arguments: 0..<30) func conditionsInsideAndOutside(seed: UInt64) throws {
    let graph = TestGraph.random(seed: seed, nodes: 5, edges: 8)
    for (inside, outside) in [
      (
        "MATCH (a WHERE a.v > 1)-[e WHERE e.w > 0]->(b {v: 2})",
        "MATCH (a)-[e]->(b) WHERE a.v > 1 AND e.w > 0 AND b.v = 2"
      ),
      ("MATCH (a)-[e]-(b)-[f]-(c WHERE c.v < a.v)", "MATCH (a)-[e]-(b)-[f]-(c) WHERE c.v < a.v"),
      (
        "MATCH (a)-[e WHERE e.w > 1]->{1,3}(b)",
        "MATCH (a)-[e]->{1,3}(b) WHERE all(x IN e WHERE x.w > 1)"
      ),
      ("MATCH (a:A)-->(b)", "MATCH (a)-->(b) WHERE a:A"),
      ("MATCH (a)-->(b) WHERE (a)-[:R]->(b)", "MATCH (a)-->(b) WHERE EXISTS { (a)-[x]->(b) WHERE type(x) = 'R' }"),
    ] {
      let tail = " RETURN a, b ORDER BY id(a), id(b)"
      #expect(try graph.answer(inside + tail).rows == graph.answer(outside + tail).rows, "\(inside)")
    }
  }
}
