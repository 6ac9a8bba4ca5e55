import VouchTestSupport

@testable import VouchQuery

/// A path pattern as text and as tests of nodes and edges, and all paths that it means, found by trying everything.
struct PatternOracle {
  struct Part {
    var types: Set<String>?
    var least: Int
    var most: Int
    var isQuantified: Bool
    var leastWeight: Int?
    var direction: EdgeDirection

    var text: String {
      var inside = "e\(number)" + (types.map { ":" + $0.sorted().joined(separator: "|") } ?? "")
      if let leastWeight { inside += " WHERE e\(number).w >= \(leastWeight)" }
      let range = isQuantified ? "{\(least),\(most)}" : ""
      switch direction {
      case .forward: return "-[\(inside)]->\(range)"
      case .backward: return "<-[\(inside)]-\(range)"
      case .either: return "-[\(inside)]-\(range)"
      }
    }
    var number = 0
  }

  struct Spot: Hashable {
    var label: String?
    var value: Int?
    var leastNumber: Int?
    var text: String {
      (label.map { ":" + $0 } ?? "") + (value.map { " {v: \($0)}" } ?? "")
    }
  }

  struct Match: Hashable {
    let nodes: [Int]
    let edges: [Int]
    /// How many edges each edge pattern passes.
    let lengths: [Int]
  }

  var spots: [Spot]
  var parts: [Part]
  var mode: PathMode
  var selector: PathSelector

  /// A random pattern; the same for the same numbers.
  init(_ random: inout SeededNumbers) {
    let count = 1 + random.next(below: 2)
    parts = (0..<count).map { number in
      let isQuantified = random.next(below: 4) > 0
      let least = isQuantified ? random.next(below: 3) : 1
      return Part(
        types: [nil, ["R"], ["S"], ["R", "S"]][random.next(below: 4)], least: least,
        most: isQuantified ? least + random.next(below: 3) : 1, isQuantified: isQuantified,
        leastWeight: random.next(below: 3) == 0 ? 1 : nil,
        direction: [.forward, .backward, .either][random.next(below: 3)], number: number)
    }
    spots = (0...count).map { _ in
      Spot(
        label: [nil, nil, "A", "B"][random.next(below: 4)],
        value: random.next(below: 5) == 0 ? random.next(below: 3) : nil)
    }
    mode = PathMode.allCases[random.next(below: 4)]
    selector =
      [
        .all, .shortest(1, withTies: false), .shortest(1, withTies: true), .shortest(3, withTies: false), .groups(1),
        .groups(2),
      ][random.next(below: 6)]
  }

  var text: String {
    let words =
      switch selector {
      case .all: "ALL"
      case .shortest(1, withTies: false): "ANY SHORTEST"
      case .shortest(_, withTies: true): "ALL SHORTEST"
      case .shortest(let count, _): "SHORTEST \(count)"
      case .groups(let count): "SHORTEST \(count)"
      }
    var text = "p = \(words) \(mode.rawValue) PATHS "
    if case .groups = selector { text += "GROUPS " }
    for (number, spot) in spots.enumerated() {
      text += "(n\(number)\(spot.text))"
      if number < parts.count { text += parts[number].text }
    }
    return text
  }

  /// Columns that tell two matches apart: the path, and how many edges each edge pattern passes.
  var columns: [String] { ["p"] + parts.map { $0.isQuantified ? "size(e\($0.number))" : "1 + 0 * \($0.number)" } }

  /// All paths that the pattern and its mode admit, the selector left aside.
  func all(in graph: TestGraph) -> Set<Match> {
    var found: Set<Match> = []
    func admits(_ spot: Spot, _ node: Int) -> Bool {
      if let label = spot.label, !graph.classes[graph.nodes[node].kind].contains(label) { return false }
      if let value = spot.value, graph.nodes[node].properties["v"] != .integer(value) { return false }
      return true
    }
    func admits(_ part: Part, _ edge: TestGraph.Edge) -> Bool {
      if let types = part.types, !types.contains(graph.edgeTypes[edge.type]) { return false }
      if let least = part.leastWeight, case .integer(let weight)? = edge.properties["w"], weight < least {
        return false
      }
      return true
    }
    func walk(_ number: Int, _ passed: Int, _ nodes: [Int], _ edges: [Int], _ lengths: [Int]) {
      let node = nodes[nodes.count - 1]
      guard number < parts.count else {
        if keepsMode(nodes, edges) { found.insert(Match(nodes: nodes, edges: edges, lengths: lengths)) }
        return
      }
      let part = parts[number]
      if passed >= part.least, admits(spots[number + 1], node) {
        walk(number + 1, 0, nodes, edges, lengths + [passed])
      }
      guard passed < part.most else { return }
      for (id, edge) in graph.edges.enumerated() where admits(part, edge) {
        if part.direction != .backward, edge.source == node {
          walk(number, passed + 1, nodes + [edge.target], edges + [id], lengths)
        }
        if part.direction != .forward, edge.target == node, part.direction == .backward || edge.source != edge.target {
          walk(number, passed + 1, nodes + [edge.source], edges + [id], lengths)
        }
      }
    }
    for node in graph.nodes.indices where admits(spots[0], node) { walk(0, 0, [node], [], []) }
    return found
  }

  private func keepsMode(_ nodes: [Int], _ edges: [Int]) -> Bool {
    let passesEdgesOnce = Set(edges).count == edges.count
    switch mode {
    case .walk: return true
    case .trail: return passesEdgesOnce
    case .acyclic: return Set(nodes).count == nodes.count
    case .simple:
      return passesEdgesOnce
        && (Set(nodes).count == nodes.count
          || (nodes.first == nodes.last && Set(nodes.dropLast()).count == nodes.count - 1))
    }
  }

  /// What is wrong with the paths that a query has given; `nil` if nothing is.
  func complaint(about given: [Match], in graph: TestGraph, restrictedTo ends: (Int, Int)? = nil) -> String? {
    let all = all(in: graph)
    guard Set(given).count == given.count else { return "a path is there twice" }
    func pair(_ match: Match) -> [Int] { [match.nodes[0], match.nodes[match.nodes.count - 1]] }
    var expected = Dictionary(grouping: all, by: pair)
    if let ends { expected = expected.filter { $0.key == [ends.0, ends.1] } }
    let found = Dictionary(grouping: given, by: pair)
    for pair in Set(expected.keys).union(found.keys) {
      let wanted = (expected[pair] ?? []).sorted { $0.edges.count < $1.edges.count }
      let got = found[pair] ?? []
      guard got.allSatisfy(Set(wanted).contains) else { return "\(pair): a path that does not match" }
      let lengths = wanted.map(\.edges.count)
      let chosen: [Int]
      switch selector {
      case .all: chosen = lengths
      case .shortest(let count, withTies: false): chosen = Array(lengths.prefix(count))
      case .shortest(let count, withTies: true):
        chosen = lengths.filter { $0 <= lengths[min(count, lengths.count) - 1] }
      case .groups(let count):
        let groups = Set(lengths).sorted().prefix(count)
        chosen = lengths.filter(groups.contains)
      }
      guard got.map(\.edges.count).sorted() == chosen else {
        return "\(pair): expected lengths \(chosen), found \(got.map(\.edges.count).sorted())"
      }
    }
    return nil
  }
}
