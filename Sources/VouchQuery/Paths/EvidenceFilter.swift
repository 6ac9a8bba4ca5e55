internal import Glibc
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

/// What a `PathQuery` admits, and what it prefers.
struct EvidenceFilter: PathFilter {
  private let graph: GraphFile
  private let query: PathQuery
  /// A bit for the code of each admitted kind.
  private let kinds: UInt32
  private let limitsEvidence: Bool
  private let limitsNodes: Bool
  /// Of the graph's newest evidence, for weights by recency; and how old it is that has no date.
  private let newest, oldest: Int
  /// What it costs to pass an event that is not told as a fact; whether a stance may be passed.
  private var doubts: [NodeID: Int] = [:]
  private var stances: [NodeID: Bool] = [:]
  private var witnesses: [Int] = []

  init(_ graph: GraphFile, _ query: PathQuery) throws(Corruption) {
    self.graph = graph
    self.query = query
    var kinds: UInt32 = 0
    for kind in EdgeKind.allCases where query.kinds?.contains(kind) ?? !kind.isProvenance { kinds |= 1 << kind.rawValue }
    self.kinds = kinds
    limitsEvidence =
      query.since != nil || query.until != nil || query.sources != nil || query.minConfidence.thousandths > 0
      || query.isChronological
    limitsNodes = !query.avoid.isEmpty || query.maxDegree != nil || query.stances != nil
    (newest, oldest) = query.weight == .recency ? try Self.days(graph) : (0, 0)
  }

  private static func days(_ graph: GraphFile) throws(Corruption) -> (newest: Int, oldest: Int) {
    var newest = 0
    var oldest = Int.max
    for index in 0..<graph.sourceCount {
      guard let day = try graph.published(SourceID(index)) else { continue }
      newest = max(newest, day)
      oldest = min(oldest, day)
    }
    return (newest, min(oldest, newest) - 1)
  }

  var needsBothRuns: Bool { query.minSources > 1 }
  var isChronological: Bool { query.isChronological }

  // MARK: What is admitted

  mutating func admits(edge index: Int) throws(Corruption) -> Bool {
    guard kinds >> (try graph.kind(ofEdge: index).rawValue) & 1 == 1 else { return false }
    guard limitsEvidence else { return true }
    for piece in try graph.evidence(ofEdge: index) { if try counts(piece) { return true } }
    return false
  }

  mutating func admits(_ hop: HopEdges) throws(Corruption) -> Bool {
    guard query.minSources > 1 else {
      for edge in hop.first { if try admits(edge: edge) { return true } }
      for edge in hop.second { if try admits(edge: edge) { return true } }
      return false
    }
    return try sources(of: hop) >= query.minSources
  }

  mutating func admits(node: NodeID) throws(Corruption) -> Bool {
    guard limitsNodes else { return true }
    if query.avoid.contains(node) { return false }
    if let most = query.maxDegree, try hasNeighbours(node, above: most) { return false }
    guard let wanted = query.stances, try graph.kind(of: node) == .stance else { return true }
    if let known = stances[node] { return known }
    let polarity = try graph.properties(of: node).first { $0.key == .polarity }?.value
    let isAdmitted = polarity.map(wanted.contains) ?? false
    stances[node] = isAdmitted
    return isAdmitted
  }

  /// Whether a node has more neighbours than `most`, each counted once.
  private func hasNeighbours(_ node: NodeID, above most: Int) throws(Corruption) -> Bool {
    let out = try graph.links(from: node)
    let into = try graph.links(to: node)
    if out.count + into.count <= most { return false }
    if max(out.count, into.count) > most { return true }
    var count = out.count
    var next = out.lowerBound
    for position in into {
      let subject = try graph.subject(ofLink: try graph.link(at: position))
      while next < out.upperBound, try graph.object(ofLink: next) < subject { next += 1 }
      // Where the list of the one side ends, nothing there is the neighbour's.
      let other = next < out.upperBound ? try graph.object(ofLink: next) : nil
      if other != subject { count += 1 }
    }
    return count > most
  }

  /// Whether a piece of evidence counts.
  func counts(_ piece: Int) throws(Corruption) -> Bool {
    guard limitsEvidence else { return true }
    if query.minConfidence.thousandths > 0, try graph.confidence(ofEvidence: piece) < query.minConfidence { return false }
    guard query.since != nil || query.until != nil || query.sources != nil || query.isChronological else { return true }
    let source = try graph.source(ofEvidence: piece)
    if let sources = query.sources, !sources.contains(source) { return false }
    guard query.since != nil || query.until != nil || query.isChronological else { return true }
    guard let day = try graph.published(source) else { return false }
    return day >= query.since ?? .min && day <= query.until ?? .max
  }

  mutating func day(of hop: HopEdges, from day: Int, _ end: PathEnd) throws(Corruption) -> Int? {
    var best: Int?
    for run in [hop.first, hop.second] {
      for edge in run where try admits(edge: edge) {
        for piece in try graph.evidence(ofEdge: edge) where try counts(piece) {
          guard let own = try graph.published(try graph.source(ofEvidence: piece)) else { continue }
          if end == .start, own >= day { best = min(best ?? own, own) }
          if end == .goal, own <= day { best = max(best ?? own, own) }
        }
      }
    }
    return best
  }

  // MARK: What is preferred

  mutating func key(of hop: HopEdges, between a: NodeID, and b: NodeID) throws(Corruption) -> PathKey? {
    var support: Int?
    var surest = Confidence(thousandths: 0)
    var newestDay: Int?
    for run in [hop.first, hop.second] {
      for edge in run where try admits(edge: edge) {
        let facts = try facts(of: edge)
        surest = max(surest, facts.surest)
        newestDay = [newestDay, facts.newest].compactMap(\.self).max()
        let against = 1000 / facts.sources + (1000 - Int(facts.surest.thousandths)) / 10
        support = min(support ?? against, against)
      }
    }
    guard let support else { return nil }
    var sources = 1
    if query.minSources > 1 || query.weight == .sources {
      sources = try self.sources(of: hop)
      guard sources >= query.minSources else { return nil }
    }
    let weight: Int
    switch query.weight {
    case .hops: weight = 0
    case .confidence: weight = surest.thousandths == 0 ? 10_000 : Int((-1000 * log(surest.value)).rounded())
    case .recency: weight = 1000 * (newest - (newestDay ?? oldest))
    case .sources: weight = 1000 / sources
    case .hub: weight = try logarithm(a) + logarithm(b)
    }
    return PathKey(weight: weight, hops: 1, support: support + (try doubt(about: a)) + (try doubt(about: b)))
  }

  /// Half the logarithm of a node's links, as each node that is passed counts in two hops.
  private func logarithm(_ node: NodeID) throws(Corruption) -> Int {
    let degree = try graph.links(from: node).count + graph.links(to: node).count
    return Int((500 * log2(Double(degree))).rounded())
  }

  /// Independent sources of the evidence that counts, and its surest and newest.
  private mutating func facts(of edge: Int) throws(Corruption) -> (sources: Int, surest: Confidence, newest: Int?) {
    witnesses.removeAll(keepingCapacity: true)
    var surest = Confidence(thousandths: 0)
    var newest: Int?
    for piece in try graph.evidence(ofEdge: edge) where try counts(piece) {
      let source = try graph.source(ofEvidence: piece)
      witnesses.append(Int(try graph.witness(source).index))
      surest = max(surest, try graph.confidence(ofEvidence: piece))
      if query.weight == .recency, let day = try graph.published(source) { newest = max(newest ?? day, day) }
    }
    return (max(1, distinctWitnesses()), surest, newest)
  }

  /// Independent sources of a hop.
  private mutating func sources(of hop: HopEdges) throws(Corruption) -> Int {
    witnesses.removeAll(keepingCapacity: true)
    for run in [hop.first, hop.second] {
      for edge in run where try admits(edge: edge) {
        for piece in try graph.evidence(ofEdge: edge) where try counts(piece) {
          witnesses.append(Int(try graph.witness(try graph.source(ofEvidence: piece)).index))
        }
      }
    }
    return distinctWitnesses()
  }

  private mutating func distinctWitnesses() -> Int {
    guard witnesses.count > 1 else { return witnesses.count }
    witnesses.sort()
    var count = 1
    for index in 1..<witnesses.count where witnesses[index] != witnesses[index - 1] { count += 1 }
    return count
  }

  /// A call that was denied joins two people less well.
  private mutating func doubt(about node: NodeID) throws(Corruption) -> Int {
    guard try graph.kind(of: node) == .event else { return 0 }
    if let known = doubts[node] { return known }
    let doubt: Int
    switch try graph.properties(of: node).first(where: { $0.key == .modality })?.value {
    case "asserted", nil: doubt = 0
    case "denied", "negated": doubt = 400
    default: doubt = 200
    }
    doubts[node] = doubt
    return doubt
  }

  /// A hop with all that counts of it.
  ///
  /// - Parameter day: In a chronological path, the first day on which one can be at its start.
  mutating func hop(_ edges: HopEdges, from: NodeID, to: NodeID, day: Int) throws(Corruption) -> Hop {
    let reached = isChronological ? try self.day(of: edges, from: day, .start) : nil
    var admitted: [Int] = []
    var evidence: [Int] = []
    witnesses.removeAll(keepingCapacity: true)
    for run in [edges.first, edges.second] {
      for edge in run where try admits(edge: edge) {
        var isUsed = false
        for piece in try graph.evidence(ofEdge: edge) where try counts(piece) {
          let source = try graph.source(ofEvidence: piece)
          if let reached, try graph.published(source) ?? .min < reached { continue }
          isUsed = true
          evidence.append(piece)
          witnesses.append(Int(try graph.witness(source).index))
        }
        if isUsed { admitted.append(edge) }
      }
    }
    return Hop(
      from: from, to: to, edges: admitted.sorted(), evidence: evidence.sorted(), sources: distinctWitnesses(),
      day: reached)
  }
}
