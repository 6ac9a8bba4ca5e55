public import VouchArticles
public import VouchCore

/// Index of a node in a graph, from 0.
public struct NodeID: Hashable, Sendable, Comparable {
  /// The index.
  public let index: UInt32
  /// Makes the id of node `index`.
  public init(_ index: Int) { self.index = UInt32(clamping: index) }
  /// Orders by index.
  public static func < (a: NodeID, b: NodeID) -> Bool { a.index < b.index }
}

/// A graph in memory, in canonical order, so that the same articles give the same graph however they were read.
///
/// Invariants: `sources` ascend by article id and layer; `nodes` by kind and key, both unique; `edges` by subject, object and
/// kind, unique; every node and edge has evidence, ascending.
public struct Graph: Sendable {
  /// A text that evidence points into.
  public struct Source: Sendable {
    /// Id of the article that the text belongs to.
    public let article: String
    /// The article's own text, or the metadata that came with it.
    public let layer: Article.Layer
    /// The text.
    public let text: SourceText
    /// Its sentences (of metadata, the lines), ascending.
    public let sentences: [Span]
    /// The article's node.
    public internal(set) var node: NodeID

    /// Makes a source.
    public init(article: String, layer: Article.Layer, text: SourceText, sentences: [Span], node: NodeID) {
      self.article = article
      self.layer = layer
      self.text = text
      self.sentences = sentences
      self.node = node
    }
  }

  /// A node.
  public struct Node: Sendable {
    /// What it is.
    public let kind: NodeKind
    /// Canonical identity, unique in the graph: `person:…` from a gazetteer, `person/…` from the articles.
    public let key: String
    /// How people call it.
    public let label: String
    /// Facts about it, in the order of `Property` and then of the values.
    public let properties: [(key: Property, value: String)]
    /// Where articles mention it, tell of it, or are it.
    public let evidence: [Evidence]

    /// Makes a node.
    public init(
      kind: NodeKind, key: String, label: String, properties: [(key: Property, value: String)], evidence: [Evidence]
    ) {
      self.kind = kind
      self.key = key
      self.label = label
      self.properties = properties
      self.evidence = evidence
    }
  }

  /// An edge.
  public struct Edge: Sendable {
    /// Where it starts.
    public let subject: NodeID
    /// What it says.
    public let kind: EdgeKind
    /// Where it ends.
    public let object: NodeID
    /// The words that say so.
    public let evidence: [Evidence]

    /// Makes an edge.
    public init(subject: NodeID, kind: EdgeKind, object: NodeID, evidence: [Evidence]) {
      self.subject = subject
      self.kind = kind
      self.object = object
      self.evidence = evidence
    }
  }

  /// The texts.
  public internal(set) var sources: [Source] = []
  /// The nodes.
  public internal(set) var nodes: [Node] = []
  /// The edges.
  public internal(set) var edges: [Edge] = []
  /// For each article the one that vouches for it as a witness: its agency, else its outlet, else itself; copies of one story share theirs.
  public internal(set) var witnesses: [NodeID: NodeID] = [:]

  /// An empty graph.
  public init() {}

  /// A graph of parts that are sorted as a graph must be, the edges in any order.
  ///
  /// - Complexity: O(n log n) in the number of edges and articles.
  public init(sources: [Source], nodes: [Node], edges: [Edge]) {
    self.sources = sources
    self.nodes = nodes
    let isSorted = zip(edges, edges.dropFirst()).allSatisfy { Self.precedes($0, $1) }
    self.edges = isSorted ? edges : edges.sorted { Self.precedes($0, $1) }
    findWitnesses()
  }

  /// The order of edges: those that join the same two nodes follow each other.
  static func precedes(_ a: Edge, _ b: Edge) -> Bool {
    if a.subject != b.subject { return a.subject < b.subject }
    return a.object != b.object ? a.object < b.object : a.kind.rawValue < b.kind.rawValue
  }
}
