internal import VouchArticles
public import VouchCore

extension Graph {
  /// Puts the contributions of articles together: nodes with the same key are one node.
  ///
  /// The result does not depend on the order of `contributions`. An article given twice counts once; two different
  /// articles with one id are told apart by a part of their content hash, and the diagnostics say so.
  ///
  /// - Complexity: O(n log n) in the number of nodes, edges and pieces of evidence.
  public static func merging(_ contributions: [Contribution]) -> (graph: Graph, diagnostics: [Diagnostic]) {
    let (articles, diagnostics) = distinct(contributions)
    var merger = Merger()
    for (id, contribution) in articles { merger.add(contribution, id: id) }
    return (merger.graph(), diagnostics)
  }

  /// The articles under unique ids, ascending.
  private static func distinct(_ contributions: [Contribution]) -> ([(String, Contribution)], [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let sorted = contributions.sorted { a, b in
      if a.article.precedesBytewise(b.article) { return true }
      return !b.article.precedesBytewise(a.article) && a.contentHash < b.contentHash
    }
    var unique: [Contribution] = []
    for contribution in sorted {
      if let last = unique.last, last.article == contribution.article, last.contentHash == contribution.contentHash {
        diagnostics.append(
          Diagnostic(
            .note, "article.duplicate", "the article was given more than once; it counts once",
            at: .init(path: contribution.article)))
      } else {
        unique.append(contribution)
      }
    }
    let counts = Dictionary(unique.map { ($0.article, 1) }, uniquingKeysWith: +)
    var named: [(String, Contribution)] = []
    for contribution in unique {
      guard counts[contribution.article, default: 1] > 1 else {
        named.append((contribution.article, contribution))
        continue
      }
      let hash = String(contribution.contentHash, radix: 16)
      let id = "\(contribution.article)@\(String(repeating: "0", count: 16 - hash.count) + hash)"
      diagnostics.append(
        Diagnostic(
          .warning, "article.same-name", "several different articles have this name; this one is now called \"\(id)\"",
          at: .init(path: contribution.article)))
      named.append((id, contribution))
    }
    return (named.sorted { $0.0.precedesBytewise($1.0) }, diagnostics)
  }
}

/// Collects contributions in ascending order of their articles.
private struct Merger {
  struct Node {
    var kind: NodeKind
    var key: String
    var givenLabel: String?
    var aliases: [String: Int] = [:]
    var properties: [Property: String] = [:]
    var evidence: [Evidence] = []
  }
  struct EdgeKey: Hashable {
    var subject: Int
    var kind: EdgeKind
    var object: Int
  }

  var sources: [Graph.Source] = []
  var nodes: [Node] = []
  var indices: [String: Int] = [:]
  var edges: [EdgeKey: [Evidence]] = [:]

  mutating func add(_ contribution: Contribution, id: String) {
    let textSource = SourceID(sources.count)
    sources.append(
      Graph.Source(
        article: id, layer: .text, text: contribution.text, sentences: contribution.sentences, node: NodeID(0)))
    let metadataSource = SourceID(sources.count)
    if let given = contribution.given {
      sources.append(
        Graph.Source(
          article: id, layer: .metadata, text: given, sentences: Contribution.lines(of: given), node: NodeID(0)))
    }
    func relocated(_ evidence: Evidence) -> Evidence {
      evidence.relocated(to: evidence.source == Contribution.metadataSource ? metadataSource : textSource)
    }
    var global: [Int] = []
    for node in contribution.nodes {
      let key: String
      switch node.key {
      case .shared(let shared): key = shared
      case .own(""): key = "article/\(id)"
      case .own(let own): key = "\(own)@\(id)"
      }
      let index = indices[key] ?? nodes.count
      if index == nodes.count {
        indices[key] = index
        nodes.append(Node(kind: node.kind, key: key, givenLabel: node.givenLabel))
      }
      for alias in node.aliases { nodes[index].aliases[alias, default: 0] += 1 }
      for alias in node.knownAliases { nodes[index].aliases[alias, default: 0] += 0 }
      nodes[index].properties.merge(node.properties) { old, _ in old }
      nodes[index].evidence += node.evidence.map(relocated)
      global.append(index)
    }
    for edge in contribution.edges {
      let key = EdgeKey(subject: global[edge.subject], kind: edge.kind, object: global[edge.object])
      edges[key, default: []].append(relocated(edge.evidence))
    }
  }

  /// Sorts everything into canonical order.
  func graph() -> Graph {
    var graph = Graph()
    let order = nodes.indices.sorted { a, b in
      nodes[a].kind == nodes[b].kind
        ? nodes[a].key.precedesBytewise(nodes[b].key) : nodes[a].kind.rawValue < nodes[b].kind.rawValue
    }
    var ids = [NodeID](repeating: NodeID(0), count: nodes.count)
    for (new, old) in order.enumerated() { ids[old] = NodeID(new) }
    graph.nodes = order.map { finished(nodes[$0]) }
    graph.sources = sources.map { source in
      var source = source
      source.node = indices["article/\(source.article)"].map { ids[$0] } ?? NodeID(0)
      return source
    }
    graph.edges = edges.map { key, evidence in
      Graph.Edge(subject: ids[key.subject], kind: key.kind, object: ids[key.object], evidence: Self.sorted(evidence))
    }
    .sorted { ($0.subject, $0.kind.rawValue, $0.object) < ($1.subject, $1.kind.rawValue, $1.object) }
    for source in graph.sources { graph.witnesses[source.node] = source.node }
    for kind in [EdgeKind.publishedBy, .fromAgency] {
      for edge in graph.edges where edge.kind == kind { graph.witnesses[edge.subject] = edge.object }
    }
    return graph
  }

  private func finished(_ node: Node) -> Graph.Node {
    // Of two aliases that are equally frequent the longer one tells more; the alphabet settles the rest.
    let aliases = node.aliases.sorted { a, b in
      if a.value != b.value { return a.value > b.value }
      let lengths = (a.key.utf8.count, b.key.utf8.count)
      return lengths.0 != lengths.1 ? lengths.0 > lengths.1 : a.key.precedesBytewise(b.key)
    }.map(\.key)
    let label = node.givenLabel ?? fullest(aliases) ?? node.key
    var properties = aliases.filter { $0 != label }.sorted { $0.precedesBytewise($1) }.map {
      (key: Property.alias, value: $0)
    }
    for property in Property.allCases {
      if let value = node.properties[property] { properties.append((property, value)) }
    }
    return Graph.Node(
      kind: node.kind, key: node.key, label: label, properties: properties, evidence: Self.sorted(node.evidence))
  }

  /// The most frequent alias among those with the most words: a person is called by the full name.
  private func fullest(_ aliases: [String]) -> String? {
    let most = aliases.map { $0.split(separator: " ").count }.max() ?? 0
    return aliases.first { $0.split(separator: " ").count == most }
  }

  private static func sorted(_ evidence: [Evidence]) -> [Evidence] {
    let sorted = evidence.sorted { a, b in
      if a.source != b.source { return a.source < b.source }
      if a.span != b.span { return a.span < b.span }
      if a.rule != b.rule { return a.rule.string.precedesBytewise(b.rule.string) }
      return a.confidence > b.confidence
    }
    var unique: [Evidence] = []
    for piece in sorted {
      // The same words read by the same rule are one piece; the surer one comes first.
      if let last = unique.last, (last.source, last.span, last.rule) == (piece.source, piece.span, piece.rule) {
        continue
      }
      unique.append(piece)
    }
    return unique
  }
}
