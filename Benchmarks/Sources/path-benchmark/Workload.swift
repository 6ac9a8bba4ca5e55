import Glibc
import Vouch

/// A graph of people and what they have said of each other, Zipf's law at both ends of a statement; the same in every run.
struct Workload {
  struct Statement {
    let subject, object: Int
    let kind: EdgeKind
    let document, sentence: Int
    let confidence: Int
  }

  static let documentLength = 20
  static let exponent = 0.8
  static let firstDay = 19_723
  static let dayCount = 730
  static let kinds: [EdgeKind] = [.holds, .toward, .about, .leads, .memberOf, .contradicts]

  let entityCount: Int
  let statements: [Statement]
  let documentCount: Int
  let pairs: [(Int, Int)]

  init(entities: Int, statements count: Int, pairs pairCount: Int) {
    var random = SplitMix64(state: 20_260_101)
    var cumulative: [Double] = []
    var sum = 0.0
    for rank in 1...entities {
      sum += pow(Double(rank), -Self.exponent)
      cumulative.append(sum)
    }
    // Ranks are dealt out at random, so that hubs do not have the lowest numbers.
    var entityOfRank = Array(0..<entities)
    for index in stride(from: entities - 1, to: 0, by: -1) {
      entityOfRank.swapAt(index, random.next(below: index + 1))
    }
    func entity() -> Int {
      let target = random.unit() * sum
      var low = 0
      var high = entities - 1
      while low < high {
        let middle = (low + high) / 2
        if cumulative[middle] < target { low = middle + 1 } else { high = middle }
      }
      return entityOfRank[low]
    }
    entityCount = entities
    documentCount = (count + Self.documentLength - 1) / Self.documentLength
    var statements: [Statement] = []
    statements.reserveCapacity(count)
    for number in 0..<count {
      let subject = entity()
      var object = entity()
      while object == subject { object = entity() }
      statements.append(
        Statement(
          subject: subject, object: object, kind: Self.kinds[random.next(below: Self.kinds.count)],
          document: number / Self.documentLength, sentence: number % Self.documentLength,
          confidence: 500 + random.next(below: 501)))
    }
    self.statements = statements
    var pairs: [(Int, Int)] = []
    while pairs.count < pairCount {
      let a = random.next(below: entities)
      let b = random.next(below: entities)
      if a != b { pairs.append((a, b)) }
    }
    self.pairs = pairs
  }

  /// Day of publication of a document.
  static func day(_ document: Int) -> Int { firstDay + (document &* 7919) % dayCount }

  /// The graph that these statements make: entity e is node e; statements with the same ends and kind are one edge.
  func graph() throws -> Graph {
    let sentence = "Somebody said so and so of somebody else.\n"
    let text = SourceText(String(repeating: sentence, count: Self.documentLength))
    let length = sentence.utf8.count
    let sentences = (0..<Self.documentLength).map { Span($0 * length, ($0 + 1) * length - 1) }
    let rule: Symbol = "bench.statement"
    func evidence(_ document: Int, _ number: Int, _ confidence: Int) throws -> Evidence {
      try Evidence(
        Span(number * length, number * length + 8), of: text, sentences: sentences, source: SourceID(document), rule: rule,
        confidence: Confidence(thousandths: confidence))
    }
    // Evidence is made once for each place and moved to its document: making it checks its words.
    var templates: [[Evidence]] = []
    for number in 0..<Self.documentLength {
      templates.append(try (0...1000).map { try evidence(0, number, $0) })
    }
    func padded(_ number: Int) -> String { String(String(number + 10_000_000_000).dropFirst()) }
    var nodes: [Graph.Node] = []
    nodes.reserveCapacity(entityCount + documentCount)
    for entity in 0..<entityCount {
      nodes.append(
        Graph.Node(
          kind: .person, key: "person/\(padded(entity))", label: "Entity \(entity)", properties: [],
          evidence: [templates[0][1000].relocated(to: SourceID(entity % documentCount))]))
    }
    var sources: [Graph.Source] = []
    for document in 0..<documentCount {
      let name = padded(document)
      let day = CalendarDate(dayNumber: Self.day(document))?.description ?? ""
      nodes.append(
        Graph.Node(
          kind: .article, key: "article/\(name)", label: name, properties: [(.published, day)],
          evidence: [templates[0][1000].relocated(to: SourceID(document))]))
      sources.append(
        Graph.Source(article: name, layer: .text, text: text, sentences: sentences, node: NodeID(entityCount + document)))
    }
    let order = statements.indices.sorted {
      let a = statements[$0]
      let b = statements[$1]
      return (a.subject, a.object, a.kind.rawValue, $0) < (b.subject, b.object, b.kind.rawValue, $1)
    }
    var edges: [Graph.Edge] = []
    var position = 0
    while position < order.count {
      let first = statements[order[position]]
      var pieces: [Evidence] = []
      while position < order.count {
        let next = statements[order[position]]
        guard (next.subject, next.object, next.kind) == (first.subject, first.object, first.kind) else { break }
        pieces.append(templates[next.sentence][next.confidence].relocated(to: SourceID(next.document)))
        position += 1
      }
      edges.append(
        Graph.Edge(subject: NodeID(first.subject), kind: first.kind, object: NodeID(first.object), evidence: pieces))
    }
    return Graph(sources: sources, nodes: nodes, edges: edges)
  }

  /// Bytes of text that the graph keeps.
  var textLength: Int { documentCount * Self.documentLength * 42 }
}

/// Numbers that look random and are the same in every run (Steele, Lea and Flood 2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func next(below bound: Int) -> Int { Int(next() % UInt64(bound)) }
  mutating func unit() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
