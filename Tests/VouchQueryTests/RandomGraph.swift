import Foundation
import VouchArticles
import VouchCore
import VouchKnowledge
import VouchQuery
import VouchStore
import VouchTestSupport

/// A small random graph, written through a file, and all its paths found by brute force.
final class RandomGraph {
  struct Piece {
    let source: Int
    let confidence: Int
  }
  struct Edge {
    let a, b: Int
    let kind: EdgeKind
    let pieces: [Piece]
  }

  static let people = 8
  static let stances = 2
  static let articles = 5
  static let outlets = 3
  private static let kinds: [EdgeKind] = [.holds, .toward, .about, .leads]
  private static let polarities = ["support", "oppose"]

  let file: GraphFile
  private let path: String
  private(set) var edges: [Edge] = []
  /// Outlet and day of each article; the last article has no date.
  let outlets: [Int]
  let days: [Int?]
  let polarityOfStance: [String]

  init(seed: UInt64) throws {
    var random = SeededNumbers(seed: seed)
    let count = Self.people + Self.stances
    outlets = (0..<Self.articles).map { _ in random.next(below: Self.outlets) }
    days = (0..<Self.articles).map { $0 == Self.articles - 1 ? nil : 20_000 + random.next(below: 4) }
    polarityOfStance = (0..<Self.stances).map { _ in Self.polarities[random.next(below: 2)] }
    var seen: Set<[Int]> = []
    for _ in 0..<(10 + random.next(below: 12)) {
      let a = random.next(below: count)
      let b = random.next(below: count)
      let kind = Self.kinds[random.next(below: Self.kinds.count)]
      guard a != b, seen.insert([a, b, Int(kind.rawValue)]).inserted else { continue }
      let pieces = (0...random.next(below: 3)).map { _ in
        Piece(source: random.next(below: Self.articles), confidence: [300, 600, 900][random.next(below: 3)])
      }
      edges.append(Edge(a: a, b: b, kind: kind, pieces: pieces.sorted { $0.source < $1.source }))
    }
    path = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString).vouch").path
    try GraphFile.write(try Self.graph(edges, outlets, days, polarityOfStance), to: path, creator: "test", replacing: true)
    file = try GraphFile(path: path)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Nodes are, in order: people, stances, articles, outlets.
  private static func graph(_ edges: [Edge], _ outlets: [Int], _ days: [Int?], _ polarities: [String]) throws -> Graph {
    let text = SourceText("Somebody said something.")
    let sentences = [text.span]
    func evidence(_ piece: Piece) throws -> Evidence {
      try Evidence(
        Span(0, 8), of: text, sentences: sentences, source: SourceID(piece.source), rule: "test.rule",
        confidence: Confidence(thousandths: piece.confidence))
    }
    let some = [try evidence(Piece(source: 0, confidence: 900))]
    func node(_ kind: NodeKind, _ name: String, _ properties: [(key: Property, value: String)] = []) -> Graph.Node {
      Graph.Node(kind: kind, key: "\(kind.name)/\(name)", label: name, properties: properties, evidence: some)
    }
    var nodes = (0..<people).map { node(.person, "person\($0)") }
    nodes += polarities.enumerated().map {
      node(.stance, "stance\($0.offset)", [(.polarity, $0.element), (.stanceKind, "endorse")])
    }
    nodes += days.enumerated().map { number, day in
      let date = day.flatMap(CalendarDate.init(dayNumber:))
      return node(.article, "article\(number)", date.map { [(.published, $0.description)] } ?? [])
    }
    nodes += (0..<Self.outlets).map { node(.outlet, "outlet\($0)") }
    let firstArticle = people + polarities.count
    let sources = days.indices.map {
      Graph.Source(
        article: "article\($0)", layer: .text, text: text, sentences: sentences, node: NodeID(firstArticle + $0))
    }
    var all = try edges.map {
      Graph.Edge(subject: NodeID($0.a), kind: $0.kind, object: NodeID($0.b), evidence: try $0.pieces.map(evidence))
    }
    all += outlets.enumerated().map {
      Graph.Edge(
        subject: NodeID(firstArticle + $0.offset), kind: .publishedBy,
        object: NodeID(firstArticle + days.count + $0.element), evidence: some)
    }
    return Graph(sources: sources, nodes: nodes, edges: all)
  }

  // MARK: Brute force

  struct Found: Equatable {
    let nodes: [Int]
    let weight, hops, support: Int
  }

  private func counts(_ piece: Piece, _ query: PathQuery) -> Bool {
    let day = days[piece.source]
    return piece.confidence >= Int(query.minConfidence.thousandths)
      && query.sources.map { $0.contains(SourceID(piece.source)) } ?? true
      && query.since.map { since in day.map { $0 >= since } ?? false } ?? true
      && query.until.map { until in day.map { $0 <= until } ?? false } ?? true
      && (!query.isChronological || day != nil)
  }

  private func joining(_ a: Int, _ b: Int, _ query: PathQuery) -> [[Piece]] {
    edges.filter { ($0.a, $0.b) == (a, b) || ($0.a, $0.b) == (b, a) }
      .filter { query.kinds?.contains($0.kind) ?? true }
      .map { $0.pieces.filter { counts($0, query) } }.filter { !$0.isEmpty }
  }

  private func neighbours(_ node: Int) -> Set<Int> {
    Set(edges.filter { $0.a == node }.map(\.b) + edges.filter { $0.b == node }.map(\.a))
  }

  private func links(_ node: Int) -> Int {
    Set(edges.filter { $0.a == node }.map(\.b)).count + Set(edges.filter { $0.b == node }.map(\.a)).count
  }

  private func weight(_ a: Int, _ b: Int, _ edges: [[Piece]], _ query: PathQuery) -> Int {
    let pieces = edges.flatMap(\.self)
    switch query.weight {
    case .hops: return 0
    case .confidence: return Int((-1000 * log(Double(pieces.map(\.confidence).max() ?? 0) / 1000)).rounded())
    case .recency:
      let known = days.compactMap(\.self)
      let newest = pieces.compactMap { days[$0.source] }.max() ?? (known.min() ?? 0) - 1
      return 1000 * ((known.max() ?? 0) - newest)
    case .sources: return 1000 / Set(pieces.map { outlets[$0.source] }).count
    case .hub: return [a, b].map { Int((500 * log2(Double(links($0)))).rounded()) }.reduce(0, +)
    }
  }

  private func isChronological(_ hops: [[[Piece]]]) -> Bool {
    var day = Int.min
    for hop in hops {
      guard let next = hop.flatMap(\.self).compactMap({ days[$0.source] }).filter({ $0 >= day }).min() else { return false }
      day = next
    }
    return true
  }

  /// All paths that a query admits, best first; ties by node.
  func paths(_ query: PathQuery) -> [Found] {
    var found: [Found] = []
    let from = Int(query.from.index)
    let to = Int(query.to.index)
    let via = query.via.map { Int($0.index) }
    func walk(_ nodes: [Int]) {
      guard let last = nodes.last else { return }
      if last == to {
        guard nodes.filter(via.contains) == via else { return }
        let hops = zip(nodes, nodes.dropFirst()).map { joining($0, $1, query) }
        guard !query.isChronological || isChronological(hops) else { return }
        var key = (weight: 0, support: 0)
        for (ends, hop) in zip(zip(nodes, nodes.dropFirst()), hops) {
          key.weight += weight(ends.0, ends.1, hop, query)
          key.support +=
            hop.map { pieces in
              1000 / Set(pieces.map { outlets[$0.source] }).count
                + (1000 - (pieces.map(\.confidence).max() ?? 0)) / 10
            }.min() ?? 0
        }
        found.append(Found(nodes: nodes, weight: key.weight, hops: hops.count, support: key.support))
        return
      }
      guard nodes.count <= query.maxHops else { return }
      for next in neighbours(last) where !nodes.contains(next) {
        let hop = joining(last, next, query)
        guard !hop.isEmpty, Set(hop.flatMap(\.self).map { outlets[$0.source] }).count >= query.minSources else { continue }
        if next != to {
          guard !query.avoid.contains(NodeID(next)), neighbours(next).count <= query.maxDegree ?? .max else { continue }
          if next >= Self.people, let stances = query.stances,
            !stances.contains(polarityOfStance[next - Self.people])
          {
            continue
          }
        }
        walk(nodes + [next])
      }
    }
    walk([from])
    return found.sorted {
      ($0.weight, $0.hops, $0.support) != ($1.weight, $1.hops, $1.support)
        ? ($0.weight, $0.hops, $0.support) < ($1.weight, $1.hops, $1.support)
        : $0.nodes.lexicographicallyPrecedes($1.nodes)
    }
  }
}
