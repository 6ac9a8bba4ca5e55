internal import VouchCore
package import VouchKnowledge
package import VouchStore

/// The part of a graph file that a filter admits.
///
/// It takes one bit for each node, edge and source of the graph, and nothing if the filter is empty.
package struct GraphView {
  /// The whole graph.
  package private(set) var graph: GraphFile
  private let filter: ExportFilter
  /// Sources published in time; `nil` for all.
  private var sources: Bitset?
  private var nodes: Bitset?
  private var edges: Bitset?
  /// Articles that admitted evidence comes from.
  private var articles: Bitset?

  /// - Complexity: O(n) in the size of the graph; O(1) for an empty filter.
  package init(_ graph: GraphFile, _ filter: ExportFilter) throws(Corruption) {
    self.graph = graph
    self.filter = filter
    guard !filter.isEmpty else { return }
    try findSources()
    if let only = filter.only {
      try keep(only.nodes, only.edges)
      return
    }
    try findEdges()
    if let around = filter.around { try keepNeighbourhood(of: Int(around.index)) }
    try keepWhole()
    try findArticles()
  }

  /// The same view for another thread; see `GraphFile.reopened()`.
  func reopened() throws(Corruption) -> GraphView {
    var view = self
    view.graph = try graph.reopened()
    return view
  }

  // MARK: Asking

  /// Number of nodes and edges in the view.
  var nodeCount: Int { nodes?.count ?? graph.nodeCount }
  var edgeCount: Int { edges?.count ?? graph.edgeCount }

  /// Whether a node is in the view.
  package func contains(node index: Int) -> Bool { nodes?.contains(index) ?? true }
  func contains(edge index: Int) -> Bool { edges?.contains(index) ?? true }
  /// Whether a node is the article of some evidence in the view, whether or not it is in the view itself.
  func vouches(node index: Int) -> Bool { articles?.contains(index) ?? false }

  /// Whether evidence of a source counts.
  func admits(_ source: SourceID) -> Bool { sources?.contains(Int(source.index)) ?? true }

  /// Whether a source text belongs to the export.
  package func contains(source: GraphFile.Source) -> Bool {
    admits(source.id) && articles?.contains(Int(source.node.index)) ?? true
  }

  /// Whether a piece of evidence counts.
  package func admits(evidence index: Int) throws(Corruption) -> Bool {
    guard sources != nil else { return true }
    return admits(try graph.source(ofEvidence: index))
  }

  /// How many pieces count.
  func count(_ evidence: Range<Int>) throws(Corruption) -> Int {
    guard sources != nil else { return evidence.count }
    var count = 0
    for index in evidence where try admits(evidence: index) { count += 1 }
    return count
  }

  /// The nodes of the articles that some evidence comes from, each once, ascending.
  package func articles(of evidence: Range<Int>) throws(Corruption) -> [NodeID] {
    guard sources != nil else { return try graph.articles(of: evidence) }
    var articles: [NodeID] = []
    for index in evidence where try admits(evidence: index) {
      for article in try graph.articles(of: index..<index + 1) where articles.last != article {
        articles.append(article)
      }
    }
    return articles
  }

  /// How many independent sources some evidence comes from.
  package func witnessCount(_ evidence: some Collection<Int>) throws(Corruption) -> Int {
    if evidence.count == 1, let only = evidence.first { return try admits(evidence: only) ? 1 : 0 }
    var witnesses: Set<NodeID> = []
    for index in evidence where try admits(evidence: index) {
      witnesses.insert(try graph.witness(try graph.source(ofEvidence: index)))
    }
    return witnesses.count
  }

  // MARK: Filtering

  /// Keeps some nodes and edges, as they are.
  private mutating func keep(_ nodes: [NodeID], _ edges: [Int]) throws(Corruption) {
    var (kept, keptEdges) = (Bitset(capacity: graph.nodeCount), Bitset(capacity: graph.edgeCount))
    var articles = kept
    for node in nodes {
      kept.insert(Int(node.index))
      for article in try self.articles(of: graph.evidence(of: node)) { articles.insert(Int(article.index)) }
    }
    for index in edges {
      keptEdges.insert(index)
      for article in try self.articles(of: graph.edge(index).evidence) { articles.insert(Int(article.index)) }
    }
    (self.nodes, self.edges, self.articles) = (kept, keptEdges, articles)
  }

  private mutating func findSources() throws(Corruption) {
    guard filter.since != nil || filter.until != nil else { return }
    var sources = Bitset(capacity: graph.sourceCount)
    for index in 0..<graph.sourceCount {
      guard let day = try graph.source(SourceID(index)).published else { continue }
      if let since = filter.since, day < since { continue }
      if let until = filter.until, day > until { continue }
      sources.insert(index)
    }
    self.sources = sources
  }

  private func admits(node id: NodeID) throws(Corruption) -> Bool {
    if filter.kinds.isEmpty { return true }
    return filter.kinds.contains(try graph.kind(of: id))
  }

  private mutating func findEdges() throws(Corruption) {
    var edges = Bitset(capacity: graph.edgeCount)
    for index in 0..<graph.edgeCount {
      let edge = try graph.edge(index)
      guard filter.edges.isEmpty || filter.edges.contains(edge.kind), try admits(node: edge.subject),
        try admits(node: edge.object), try witnessCount(edge.evidence) >= max(1, filter.minSources)
      else { continue }
      edges.insert(index)
    }
    self.edges = edges
  }

  /// Keeps what lies within the filter's hops of a node, events, stances and statements with their participants.
  private mutating func keepNeighbourhood(of start: Int) throws(Corruption) {
    var reached = Bitset(capacity: graph.nodeCount)
    reached.insert(start)
    var level = [start]
    for _ in 0..<max(0, filter.hops) {
      var next: [Int] = []
      for node in level { try reach(from: node, &reached, &next) }
      level = next
    }
    var participants: [Int] = []
    for node in 0..<graph.nodeCount where reached.contains(node) {
      switch try graph.kind(of: NodeID(node)) {
      case .event, .stance, .statement: try reach(from: node, isWhole: true, &reached, &participants)
      default: break
      }
    }
    var kept = Bitset(capacity: graph.edgeCount)
    for index in 0..<graph.edgeCount where contains(edge: index) {
      let edge = try graph.edge(index)
      if reached.contains(Int(edge.subject.index)), reached.contains(Int(edge.object.index)) { kept.insert(index) }
    }
    edges = kept
  }

  /// Adds the neighbours of a node; of a whole event, stance or statement those without which it says nothing.
  private func reach(
    from node: Int, isWhole: Bool = false, _ reached: inout Bitset, _ found: inout [Int]
  ) throws(Corruption) {
    for index in Array(try graph.outgoing(NodeID(node))) + (try graph.incoming(NodeID(node)))
    where contains(edge: index) {
      let edge = try graph.edge(index)
      if edge.kind.isProvenance && !filter.edges.contains(edge.kind) { continue }
      if isWhole && edge.kind == .contradicts { continue }
      let other = Int((Int(edge.subject.index) == node ? edge.object : edge.subject).index)
      if isWhole, edge.kind == .toward || edge.kind == .about, Int(edge.object.index) == node { continue }
      if reached.insert(other) { found.append(other) }
    }
  }

  /// Leaves out nodes that no evidence of the view tells of and stances without holder or target, and their edges.
  private mutating func keepWhole() throws(Corruption) {
    // One round is enough unless stances are about stances; each round is one pass over the graph.
    for _ in 0..<4 {
      var held = Bitset(capacity: graph.nodeCount)
      var aimed = Bitset(capacity: graph.nodeCount)
      var ends = Bitset(capacity: graph.nodeCount)
      for index in 0..<graph.edgeCount where contains(edge: index) {
        let edge = try graph.edge(index)
        ends.insert(Int(edge.subject.index))
        ends.insert(Int(edge.object.index))
        if edge.kind == .holds { held.insert(Int(edge.object.index)) }
        if edge.kind == .toward { aimed.insert(Int(edge.subject.index)) }
      }
      if let around = filter.around { ends.insert(Int(around.index)) }
      var isChanged = false
      for node in 0..<graph.nodeCount where ends.contains(node) {
        var isLeft = try count(try graph.evidence(of: NodeID(node))) > 0
        if try graph.kind(of: NodeID(node)) == .stance {
          isLeft = isLeft && held.contains(node) && aimed.contains(node)
        }
        if isLeft { continue }
        ends.remove(node)
        isChanged = true
      }
      nodes = ends
      guard isChanged else { return }
      var kept = Bitset(capacity: graph.edgeCount)
      for index in 0..<graph.edgeCount where contains(edge: index) {
        let edge = try graph.edge(index)
        if ends.contains(Int(edge.subject.index)), ends.contains(Int(edge.object.index)) { kept.insert(index) }
      }
      edges = kept
    }
  }

  private mutating func findArticles() throws(Corruption) {
    var articles = Bitset(capacity: graph.nodeCount)
    for node in 0..<graph.nodeCount where contains(node: node) {
      for article in try self.articles(of: graph.evidence(of: NodeID(node))) { articles.insert(Int(article.index)) }
    }
    for index in 0..<graph.edgeCount where contains(edge: index) {
      for article in try self.articles(of: graph.edge(index).evidence) { articles.insert(Int(article.index)) }
    }
    self.articles = articles
  }
}
