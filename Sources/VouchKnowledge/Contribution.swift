internal import VouchCore

/// What one article contributes to a graph: its texts, nodes and edges, before they meet those of other articles.
///
/// A pure function of the article's reading, so that articles can be read in any order, on any thread or machine.
public struct Contribution: Sendable {
  /// Identity of a node across articles.
  enum Key: Hashable, Sendable {
    /// The same key means the same thing in every article.
    case shared(String)
    /// The key means something in this article only; the graph puts the article's id before it.
    case own(String)
  }

  struct Node: Sendable {
    var kind: NodeKind
    var key: Key
    /// The gazetteer's name; `nil` lets the articles' most frequent alias decide.
    var givenLabel: String?
    var aliases: [String] = []
    /// Names that a gazetteer gives it besides; no article need use them.
    var knownAliases: [String] = []
    var properties: [Property: String] = [:]
    var evidence: [Evidence]
  }

  struct Edge: Sendable {
    var subject: Int
    var kind: EdgeKind
    var object: Int
    var evidence: Evidence
  }

  /// The article's id.
  public let article: String
  /// XXH64 of the article's texts: two articles with the same id and hash are one.
  public let contentHash: UInt64
  let text: SourceText
  let sentences: [Span]
  let given: SourceText?
  private(set) var nodes: [Node] = []
  private(set) var edges: [Edge] = []
  private var indices: [Key: Int] = [:]

  init(article: String, text: SourceText, sentences: [Span], given: SourceText?) {
    self.article = article
    self.text = text
    self.sentences = sentences
    self.given = given
    var bytes = text.bytes
    bytes.append(0)
    if let given { bytes += given.bytes }
    contentHash = XXH64.hash(bytes)
  }

  /// Adds a node, or evidence and names to the one that has this key; returns its index.
  mutating func add(
    _ kind: NodeKind, _ key: Key, label: String?, alias: String? = nil, evidence: Evidence,
    properties: [Property: String] = [:]
  ) -> Int {
    let index: Int
    if let known = indices[key] {
      index = known
      nodes[index].evidence.append(evidence)
      nodes[index].properties.merge(properties) { old, _ in old }
    } else {
      index = nodes.count
      indices[key] = index
      nodes.append(Node(kind: kind, key: key, givenLabel: label, properties: properties, evidence: [evidence]))
    }
    if let alias { nodes[index].aliases.append(alias) }
    return index
  }

  mutating func name(_ node: Int, by aliases: [String]) { nodes[node].knownAliases = aliases }

  mutating func connect(_ subject: Int, _ kind: EdgeKind, _ object: Int, _ evidence: Evidence) {
    edges.append(Edge(subject: subject, kind: kind, object: object, evidence: evidence))
  }

  /// The span of each line of a metadata text, without the line feed.
  static func lines(of text: SourceText) -> [Span] {
    var lines: [Span] = []
    var start = 0
    for (offset, byte) in text.bytes.enumerated() where byte == 0x0A {
      if offset > start { lines.append(Span(start, offset)) }
      start = offset + 1
    }
    if start < text.count { lines.append(Span(start, text.count)) }
    return lines
  }
}
