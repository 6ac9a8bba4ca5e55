internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

/// A graph file as queries see it: labels are kinds of nodes and what they come under, properties are facts and what evidence
/// amounts to.
struct FileGraph: PropertyGraph {
  /// What a query may ask of a node.
  enum NodeKey: String, CaseIterable {
    case name, kind, key, type, mode, modality, date, polarity, form, cue, content, title, url, published, language,
      outlet
    case agency, wikidata, geonames, country, code, latitude, longitude, aliases, merges, sources, articles, mentions
  }

  /// What a query may ask of an edge.
  enum EdgeKey: String, CaseIterable { case sources, confidence, date, articles, rule, words, mentions }

  let graph: GraphFile
  let classes: [[String]]
  private let ranges: [Range<Int>]
  private static let classOfKind: [Int] = {
    var table = [Int](repeating: 0, count: 256)
    for (index, kind) in NodeKind.allCases.enumerated() { table[Int(kind.rawValue)] = index }
    return table
  }()
  private static let typeOfKind: [Int] = {
    var table = [Int](repeating: 0, count: 256)
    for (index, kind) in EdgeKind.allCases.enumerated() { table[Int(kind.rawValue)] = index }
    return table
  }()

  // All cases are made anew whenever they are asked for.
  private static let nodeKeyOfIndex = NodeKey.allCases
  private static let edgeKeyOfIndex = EdgeKey.allCases

  init(_ graph: GraphFile) throws(Corruption) {
    self.graph = graph
    classes = NodeKind.allCases.map { kind in
      let name = kind.name.prefix(1).uppercased() + kind.name.dropFirst()
      return [name] + (kind.isActor ? ["Actor"] : []) + (kind.isPlace && kind != .place ? ["Place"] : [])
    }
    // Nodes are ordered by kind.
    func first(_ isBehind: (NodeKind) -> Bool) throws(Corruption) -> Int {
      var low = 0
      var high = graph.nodeCount
      while low < high {
        let middle = (low + high) / 2
        if isBehind(try graph.kind(of: NodeID(middle))) { high = middle } else { low = middle + 1 }
      }
      return low
    }
    var ranges: [Range<Int>] = []
    for kind in NodeKind.allCases {
      let start = try first { $0.rawValue >= kind.rawValue }
      ranges.append(start..<max(start, try first { $0.rawValue > kind.rawValue }))
    }
    self.ranges = ranges
  }

  var nodeCount: Int { graph.nodeCount }
  var edgeCount: Int { graph.edgeCount }
  var isClosed: Bool { true }
  let edgeTypes = EdgeKind.allCases.map(\.name)
  var nodeKeys: [String] { NodeKey.allCases.map(\.rawValue) }
  var edgeKeys: [String] { EdgeKey.allCases.map(\.rawValue) }

  static func normal(_ name: String) -> String { name.lowercased().filter { $0 != "-" && $0 != "_" } }

  func nodeClass(_ node: Int) throws -> Int { Self.classOfKind[Int(try graph.kind(of: NodeID(node)).rawValue)] }

  func nodes(ofClass index: Int) throws -> Range<Int> { ranges[index] }

  func edgeType(_ edge: Int) throws -> Int { Self.typeOfKind[Int(try graph.kind(ofEdge: edge).rawValue)] }

  func ends(_ edge: Int) throws -> (source: Int, target: Int) {
    let link = try graph.link(ofEdge: edge)
    return (Int(try graph.subject(ofLink: link).index), Int(try graph.object(ofLink: link).index))
  }

  func appendSteps(from node: Int, _ direction: EdgeDirection, to steps: inout [GraphStep]) throws {
    if direction != .backward {
      for link in try graph.links(from: NodeID(node)) {
        let other = Int(try graph.object(ofLink: link).index)
        for edge in try graph.edges(ofLink: link) { steps.append(GraphStep(edge: edge, node: other)) }
      }
    }
    guard direction != .forward else { return }
    for position in try graph.links(to: NodeID(node)) {
      let link = try graph.link(at: position)
      let other = Int(try graph.subject(ofLink: link).index)
      guard direction == .backward || other != node else { continue }
      for edge in try graph.edges(ofLink: link) { steps.append(GraphStep(edge: edge, node: other)) }
    }
  }

  func nodeID(_ node: Int) -> QueryValue { .string("n\(node)") }
  func edgeID(_ edge: Int) -> QueryValue { .string("e\(edge)") }

  // MARK: Properties

  func nodeValue(_ node: Int, key: Int) throws -> QueryValue {
    let id = NodeID(node)
    let kind = try graph.kind(of: id)
    func fact(_ property: Property) throws -> QueryValue {
      try graph.properties(of: id).first { $0.key == property }.map { .string($0.value) } ?? .null
    }
    func facts(_ property: Property) throws -> QueryValue {
      let values = try graph.properties(of: id).filter { $0.key == property }
      return values.isEmpty ? .null : .list(values.map { .string($0.value) })
    }
    func date(_ property: Property) throws -> QueryValue {
      guard case .string(let text) = try fact(property) else { return .null }
      return CalendarDate(iso8601: text).map { .date($0) } ?? .string(text)
    }
    func number(_ property: Property) throws -> QueryValue {
      guard case .string(let text) = try fact(property) else { return .null }
      return Double(text).map { .float($0) } ?? .null
    }
    switch Self.nodeKeyOfIndex[key] {
    case .name: return .string(try graph.label(of: id))
    case .key: return .string(try graph.node(id).key)
    case .kind: return kind == .stance ? try fact(.stanceKind) : .string(kind.name)
    case .type:
      switch kind {
      case .event: return try fact(.eventType)
      case .stance: return try fact(.stanceKind)
      case .statement: return try fact(.form)
      default: return .null
      }
    case .mode: return try fact(.eventMode)
    case .modality: return try fact(.modality)
    case .date: return try date(.date)
    case .polarity: return try fact(.polarity)
    case .form: return try fact(.form)
    case .cue: return try fact(.cue)
    case .content: return try fact(.content)
    case .title: return try fact(.title)
    case .url: return try fact(.url)
    case .published: return try date(.published)
    case .language: return try fact(.language)
    case .outlet: return try fact(.outlet)
    case .agency: return try fact(.agency)
    case .wikidata: return try fact(.wikidata)
    case .geonames: return try fact(.geonames)
    case .country: return try fact(.country)
    case .code: return try fact(.code)
    case .latitude: return try number(.latitude)
    case .longitude: return try number(.longitude)
    case .aliases: return try facts(.alias)
    case .merges: return try facts(.merge)
    case .sources: return .integer(try graph.witnessCount(of: try graph.evidence(of: id)))
    case .articles: return try articles(of: try graph.evidence(of: id))
    case .mentions: return .integer(try graph.evidence(of: id).count)
    }
  }

  func edgeValue(_ edge: Int, key: Int) throws -> QueryValue {
    let evidence = try graph.evidence(ofEdge: edge)
    let key = Self.edgeKeyOfIndex[key]
    switch key {
    case .sources: return .integer(try graph.witnessCount(of: evidence))
    case .mentions: return .integer(evidence.count)
    case .articles: return try articles(of: evidence)
    case .confidence: return try surest(evidence).map { .float(try graph.confidence(ofEvidence: $0).value) } ?? .null
    case .date:
      var first: Int?
      for piece in evidence {
        guard let day = try graph.published(try graph.source(ofEvidence: piece)) else { continue }
        first = min(first ?? day, day)
      }
      return first.flatMap { CalendarDate(dayNumber: $0) }.map { .date($0) } ?? .null
    case .rule, .words:
      guard let piece = try surest(evidence) else { return .null }
      var proofs = try GraphFile.ProofReader(graph)
      let proof = try proofs.proof(piece)
      return .string(key == .rule ? proof.rule : proof.words)
    }
  }

  /// The piece of evidence that is surest, the first of several.
  private func surest(_ evidence: Range<Int>) throws -> Int? {
    var best: (piece: Int, confidence: Confidence)?
    for piece in evidence {
      let confidence = try graph.confidence(ofEvidence: piece)
      if best.map({ $0.confidence < confidence }) ?? true { best = (piece, confidence) }
    }
    return best?.piece
  }

  private func articles(of evidence: Range<Int>) throws -> QueryValue {
    var names: [QueryValue] = []
    var last: NodeID?
    for piece in evidence {
      let source = try graph.source(try graph.source(ofEvidence: piece))
      if source.node != last { names.append(.string(source.article)) }
      last = source.node
    }
    return .list(names)
  }

  // MARK: Names

  func nodes(called name: String, classes: [Bool]) throws -> [Int]? {
    let kinds = classes.isEmpty ? nil : Set(zip(NodeKind.allCases, classes).filter(\.1).map(\.0))
    switch try graph.resolve(name, kinds: kinds) {
    case .found(let id): return [Int(id.index)]
    case .ambiguous(let ids): return ids.map { Int($0.index) }.sorted()
    case .unknown(let candidates):
      // What has no names of its own, such as an event, is called just as it is shown.
      var found: [Int] = []
      let nameless: [NodeKind] = [.event, .stance, .statement, .article]
      for (kind, range) in zip(NodeKind.allCases, ranges) where nameless.contains(kind) && kinds?.contains(kind) == true
      {
        for id in range where try graph.node(NodeID(id)).label == name { found.append(id) }
      }
      guard found.isEmpty else { return found }
      var message = "the graph has nothing called \"\(name)\""
      message += candidates.isEmpty ? "; nothing is spelt nearly so" : "; did you mean:"
      for id in candidates {
        let node = try graph.node(id)
        message += "\n  n\(id.index)  \(node.label) (\(node.kind.name))"
      }
      throw QueryError(.unknownName, message)
    }
  }
}
