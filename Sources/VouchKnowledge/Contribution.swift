public import VouchCore

/// What one article contributes to a graph: its texts, nodes and edges, before they meet those of other articles.
///
/// A pure function of the article's reading, so that articles can be read in any order, on any thread or machine.
public struct Contribution: Sendable {
  /// Identity of a node across articles.
  enum Key: Hashable, Sendable {
    /// The same key means the same thing in every article.
    case shared(String)
    /// The key means something in this article only; the graph puts the article's id behind it.
    case own(String)
    /// The stance of one node of the contribution toward another, which is what it is wherever both are the same.
    case stance(holder: Int, manner: String, target: Int)
  }

  /// How a node is called.
  enum Label: Sendable {
    /// The gazetteer's name.
    case given(String)
    /// The articles' fullest alias, the most frequent of several; or their most frequent one.
    case fullestAlias, usualAlias
    /// By the labels of other nodes of the contribution: `CONSULT phone (planned): A, B → C`.
    case event(actors: [Int], recipients: [Int])
    case stance
    case statement(speaker: Int, content: String)
  }

  struct Node: Sendable {
    var kind: NodeKind
    var key: Key
    var label: Label
    /// What the article calls it, in full; only entities have one.
    var name: String?
    /// The rule by which that name came to have this key, where the key is not simply the name.
    var linkRule: String?
    var aliases: [String] = []
    /// Names that a gazetteer gives it besides; no article need use them.
    var knownAliases: [String] = []
    var properties: [Property: String] = [:]
    var evidence: [Evidence]
  }

  /// What tells whether another article speaks of the same happening.
  struct Happening: Sendable {
    var node: Int
    /// Stems of the words that tell of it, and of the sentence around the first of them.
    var trigger: Set<UInt64>
    var context: Set<UInt64>
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
  /// The article's text.
  public let text: SourceText
  let sentences: [Span]
  /// The metadata that came with it; `nil` if none came.
  public let given: SourceText?
  /// What the article tells, as text that copies can be recognised by.
  let story: Story
  /// Day of publication; `nil` if the day is unknown.
  let published: Int?
  var happenings: [Happening] = []
  /// Stances against a claim, each with the event that was claimed.
  var deniedClaims: [(stance: Int, event: Int)] = []
  var nodes: [Node] = []
  var edges: [Edge] = []
  private var indices: [Key: Int] = [:]

  init(
    article: String, text: SourceText, sentences: [Span], given: SourceText?, isRead: (Int) -> Bool, published: Int?
  ) {
    self.article = article
    self.text = text
    self.sentences = sentences
    self.given = given
    self.published = published
    story = Story(text, sentences: sentences, isRead: isRead)
    contentHash = Self.contentHash(text, given: given)
  }

  /// The content hash of an article that consists of these texts.
  public static func contentHash(_ text: SourceText, given: SourceText?) -> UInt64 {
    var bytes = text.bytes
    bytes.append(0)
    if let given { bytes += given.bytes }
    return XXH64.hash(bytes)
  }

  /// Adds a node, or evidence and names to the one that has this key; returns its index.
  mutating func add(
    _ kind: NodeKind, _ key: Key, label: Label, alias: String? = nil, evidence: Evidence,
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
      nodes.append(Node(kind: kind, key: key, label: label, properties: properties, evidence: [evidence]))
    }
    if let alias { nodes[index].aliases.append(alias) }
    return index
  }

  mutating func name(_ node: Int, _ name: String, linkedBy rule: String?, knownAs aliases: [String]) {
    nodes[node].name = name
    nodes[node].linkRule = rule
    nodes[node].knownAliases = aliases
  }

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
