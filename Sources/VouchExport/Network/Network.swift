internal import VouchCore
package import VouchKnowledge
package import VouchStore

/// The actors, places and issues of a view, joined directly by what articles tell of them, and laid out to be drawn.
///
/// A graph of more edges than a page can draw is aggregated: its best connected nodes stay, the others of a community are one.
package struct Network: Sendable {
  /// A node, or a group of them.
  package struct Node: Sendable {
    /// The node; of a group the best connected one.
    package let id: NodeID
    /// How many others it stands for.
    package let others: Int
    /// How many articles of the view mention the node.
    package let articles: Int
  }

  /// An edge between two nodes, by their place in `nodes`.
  package struct Edge: Sendable {
    /// Where it starts.
    package let source: Int
    /// Where it ends.
    package let target: Int
    /// Type of events, kind of stances, `speaks-of`, `member-of` or `leads`.
    package let name: String
    /// Modality of events.
    package let modality: String?
    /// Polarity of stances.
    package let polarity: String?
    /// The events, stances and statements that it stands for, ascending, at most `mostPieces`.
    package fileprivate(set) var via: [NodeID]
    /// The words that tell of it, ascending, at most `mostPieces`.
    package fileprivate(set) var evidence: [Int]
  }

  /// Most edges that are laid out and drawn.
  package static let mostEdges = 50_000
  /// Most nodes and pieces of evidence that an edge tells.
  private static let mostPieces = 100
  /// Most groups that an aggregated network has beside its nodes.
  private static let mostGroups = 200

  /// The nodes that an edge joins, ascending.
  package private(set) var nodes: [Node] = []
  /// The edges, by source, target and name.
  package private(set) var edges: [Edge] = []
  /// Where the nodes are drawn.
  package private(set) var layout = Layout(radii: [], links: [])
  /// Nodes and edges of the network before it was aggregated.
  package private(set) var wholeCount = (nodes: 0, edges: 0)
  /// Whether some nodes stand for several.
  package var isAggregated: Bool { wholeCount.nodes > nodes.count || wholeCount.edges > edges.count }

  /// - Parameter limit: Most edges.
  /// - Complexity: O(n log n) in the size of the view.
  package init(_ view: GraphView, limit: Int = mostEdges) throws(Corruption) {
    let folding = EdgeFolding(view: view, joinsTopics: true)
    var found: [(source: NodeID, edge: CollapsedEdge)] = []
    for index in 0..<view.graph.nodeCount where view.contains(node: index) {
      for var edge in try folding.edges(from: NodeID(index)) {
        edge.via = Array(edge.via.prefix(Self.mostPieces))
        edge.evidence = try Self.onePerArticleFirst(edge.evidence, view.graph)
        found.append((NodeID(index), edge))
      }
    }
    var ids: Set<NodeID> = []
    for (source, edge) in found { ids.formUnion([source, edge.target]) }
    let sorted = ids.sorted()
    let place = Dictionary(uniqueKeysWithValues: sorted.enumerated().map { ($1, $0) })
    edges = found.map { source, edge in
      Edge(
        source: place[source] ?? 0, target: place[edge.target] ?? 0, name: edge.name, modality: edge.modality,
        polarity: edge.polarity, via: edge.via, evidence: edge.evidence)
    }
    for id in sorted {
      nodes.append(Node(id: id, others: 0, articles: try view.articles(of: view.graph.evidence(of: id)).count))
    }
    wholeCount = (nodes.count, edges.count)
    if edges.count > limit { aggregate(limit: limit) }
    layout = Layout(radii: nodes.indices.map(radius), links: links)
  }

  /// Radius of a node: it grows with the logarithm of its articles.
  package func radius(_ node: Int) -> Double {
    let articles = max(1, nodes[node].articles + nodes[node].others)
    let doublings = Int.bitWidth - 1 - articles.leadingZeroBitCount
    // Between powers of two it grows linearly.
    return 5 + 2.5 * (Double(doublings) + Double(articles) / Double(1 << doublings) - 1)
  }

  /// Keeps the evidence that names most articles, in the order of the graph.
  private static func onePerArticleFirst(_ evidence: [Int], _ graph: GraphFile) throws(Corruption) -> [Int] {
    guard evidence.count > mostPieces else { return evidence }
    var first: [Int] = []
    var others: [Int] = []
    var last: SourceID?
    for piece in evidence {
      let source = try graph.source(ofEvidence: piece)
      if source == last { others.append(piece) } else { first.append(piece) }
      last = source
    }
    return (first + others).prefix(mostPieces).sorted()
  }

  /// One link for each pair of nodes: many edges join more strongly than one, but not as many times; statements join weakly.
  private var links: [Layout.Link] {
    var pairs: [Int: Double] = [:]
    for edge in edges where edge.source != edge.target {
      let key = min(edge.source, edge.target) * nodes.count + max(edge.source, edge.target)
      pairs[key, default: 0] += edge.name == CollapsedEdge.mention ? 0.4 : 1
    }
    return pairs.sorted { $0.key < $1.key }.map { ($0.key / nodes.count, $0.key % nodes.count, $0.value.squareRoot()) }
  }

  // MARK: Aggregating

  private struct Key: Hashable {
    let source, target: Int
    let name: String
    let modality, polarity: String?
  }

  private mutating func aggregate(limit: Int) {
    var degrees = [Int](repeating: 0, count: nodes.count)
    for edge in edges {
      degrees[edge.source] += 1
      degrees[edge.target] += 1
    }
    let ranked = nodes.indices.sorted { (degrees[$1], $0) < (degrees[$0], $1) }
    let communities = Communities.find(LayoutGraph(nodeCount: nodes.count, edges: links))
    var kept = 2 * 8000
    while kept > 0 {
      kept /= 2
      // The node that each node becomes a part of: itself, or the best connected of the rest of its community.
      var head = Array(nodes.indices)
      var heads: [Int: Int] = [:]
      for node in ranked.dropFirst(kept) {
        let group = min(communities[node], Self.mostGroups)
        head[node] = heads[group] ?? node
        heads[group] = head[node]
      }
      let merged = merging(head)
      if merged.count > limit, kept > 0 { continue }
      take(merged, head, limit: limit)
      return
    }
  }

  private func merging(_ head: [Int]) -> [Key: Edge] {
    var merged: [Key: Edge] = [:]
    for edge in edges where head[edge.source] != head[edge.target] {
      let key = Key(
        source: head[edge.source], target: head[edge.target], name: edge.name, modality: edge.modality,
        polarity: edge.polarity)
      if var known = merged[key] {
        if known.evidence.count < Self.mostPieces {
          known.via = Set(known.via + edge.via).sorted()
          known.evidence = Set(known.evidence + edge.evidence).sorted()
          merged[key] = known
        }
      } else {
        merged[key] = edge
      }
    }
    return merged
  }

  /// Replaces nodes and edges by the merged ones; of too many the edges that most evidence tells of stay.
  private mutating func take(_ merged: [Key: Edge], _ head: [Int], limit: Int) {
    func precedes(_ a: Key, _ b: Key) -> Bool {
      if (a.source, a.target) != (b.source, b.target) { return (a.source, a.target) < (b.source, b.target) }
      if a.name != b.name { return a.name.precedesBytewise(b.name) }
      return (a.polarity ?? "", a.modality ?? "") < (b.polarity ?? "", b.modality ?? "")
    }
    let kept = merged.sorted {
      $0.value.evidence.count != $1.value.evidence.count
        ? $0.value.evidence.count > $1.value.evidence.count : precedes($0.key, $1.key)
    }.prefix(limit).sorted { precedes($0.key, $1.key) }
    var isUsed = [Bool](repeating: false, count: nodes.count)
    for (key, _) in kept {
      isUsed[key.source] = true
      isUsed[key.target] = true
    }
    var others = [Int](repeating: 0, count: nodes.count)
    for (node, group) in head.enumerated() where node != group { others[group] += 1 }
    var place = [Int](repeating: 0, count: nodes.count)
    var taken: [Node] = []
    for (index, node) in nodes.enumerated() where isUsed[index] {
      place[index] = taken.count
      taken.append(Node(id: node.id, others: others[index], articles: node.articles))
    }
    edges = kept.indices.map { index in
      let (key, edge) = kept[index]
      return Edge(
        source: place[key.source], target: place[key.target], name: key.name, modality: key.modality,
        polarity: key.polarity, via: Array(edge.via.prefix(Self.mostPieces)),
        evidence: Array(edge.evidence.prefix(Self.mostPieces)))
    }
    nodes = taken
  }
}

extension Network {
  /// The colour of a kind of node where it is drawn, as `#rrggbb`.
  package static func color(_ kind: NodeKind) -> String { Appearance.color(kind).text }
}
