internal import Synchronization
public import VouchArticles
public import VouchCore
public import VouchKnowledge

extension GraphFile {
  /// A node as stored.
  public struct Node: Sendable {
    /// Its id.
    public let id: NodeID
    /// What it is.
    public let kind: NodeKind
    /// Canonical identity.
    public let key: String
    /// How people call it.
    public let label: String
  }

  /// An edge as stored.
  public struct Edge: Sendable {
    /// Its index.
    public let id: Int
    /// Where it starts.
    public let subject: NodeID
    /// What it says.
    public let kind: EdgeKind
    /// Where it ends.
    public let object: NodeID
    /// Indices of its evidence, never empty.
    public let evidence: Range<Int>
  }

  /// A source text as stored, without the text.
  public struct Source: Sendable {
    /// Its id.
    public let id: SourceID
    /// Id of the article.
    public let article: String
    /// The article's node.
    public let node: NodeID
    /// The article's text or the metadata that came with it.
    public let layer: Article.Layer
    /// Agency, outlet or article node that counts as one witness.
    public let witness: NodeID
    /// Day of publication as days since 1970-01-01; `nil` if unknown.
    public let published: Int?
  }

  /// A piece of evidence with its words.
  public struct Proof: Sendable {
    /// Its index.
    public let id: Int
    /// Where the words are.
    public let source: Source
    /// Index of the sentence in its source text.
    public let sentence: Int
    /// Bytes of the words.
    public let span: Span
    /// Code points of the words, half-open.
    public let codePoints: Range<Int>
    /// The exact words.
    public let words: String
    /// Permanent id of the rule that read them.
    public let rule: String
    /// How sure the rule is.
    public let confidence: Confidence
  }

  /// The node `id`.
  public func node(_ id: NodeID) throws(Corruption) -> Node {
    let index = Int(id.index)
    return Node(
      id: id, kind: try kind(of: id), key: try string(.nodeKey, index), label: try string(.nodeLabel, index))
  }

  /// Canonical identity of node `id`.
  public func key(of id: NodeID) throws(Corruption) -> String { try string(.nodeKey, Int(id.index)) }
  /// How people call node `id`.
  public func label(of id: NodeID) throws(Corruption) -> String { try string(.nodeLabel, Int(id.index)) }

  /// The kind of node `id`.
  public func kind(of id: NodeID) throws(Corruption) -> NodeKind {
    guard let kind = NodeKind(rawValue: UInt8(clamping: try nodeKind.value(Int(id.index)))) else {
      throw Corruption(.nodeKind, "node \(id.index) has a kind that this version does not know")
    }
    return kind
  }

  /// Facts about node `id`, in canonical order.
  ///
  /// Facts that only a later version knows are passed over.
  public func properties(of id: NodeID) throws(Corruption) -> [(key: Property, value: String)] {
    let keys = try column(.propertyKey)
    var properties: [(key: Property, value: String)] = []
    for index in try column(.nodeProperty).range(Int(id.index), limit: keys.count) {
      guard let key = Property(rawValue: try strings.string(try keys.value(index))) else { continue }
      properties.append((key, try string(.propertyValue, index)))
    }
    return properties
  }

  /// Indices of the evidence of node `id`, never empty.
  public func evidence(of id: NodeID) throws(Corruption) -> Range<Int> {
    try column(.nodeEvidence).range(Int(id.index), limit: evidenceCount)
  }

  /// Edge number `index`.
  public func edge(_ index: Int) throws(Corruption) -> Edge {
    guard let kind = EdgeKind(rawValue: UInt8(clamping: try edgeKind.value(index))) else {
      throw Corruption(.edgeKind, "edge \(index) has a kind that this version does not know")
    }
    let link = try edgeLink.value(index)
    return Edge(
      id: index, subject: NodeID(try linkSubject.value(link)), kind: kind, object: NodeID(try linkObject.value(link)),
      evidence: try edgeEvidence.range(index, limit: evidenceCount))
  }

  /// Indices of the edges that start at node `id`, ascending by object and kind.
  public func outgoing(_ id: NodeID) throws(Corruption) -> Range<Int> {
    let links = try links(from: id)
    return try linkEdge.range(links.lowerBound, to: links.upperBound, limit: edgeCount)
  }

  /// Indices of the edges that end at node `id`, ascending by subject and kind.
  public func incoming(_ id: NodeID) throws(Corruption) -> [Int] {
    var edges: [Int] = []
    for position in try links(to: id) { edges += try self.edges(ofLink: try link(at: position)) }
    return edges
  }

  /// Source text number `id`, without the text.
  public func source(_ id: SourceID) throws(Corruption) -> Source {
    let index = Int(id.index)
    let published = try sourcePublished.value(index)
    return Source(
      id: id, article: try string(.sourceArticle, index), node: NodeID(try column(.sourceNode).value(index)),
      layer: try column(.sourceLayer).value(index) == 0 ? .text : .metadata,
      witness: NodeID(try sourceWitness.value(index)), published: published == 0 ? nil : published - 1)
  }

  /// Source of a piece of evidence.
  public func source(ofEvidence index: Int) throws(Corruption) -> SourceID {
    SourceID(try evidenceSource.value(index))
  }

  /// How sure the rule was that read a piece of evidence.
  public func confidence(ofEvidence index: Int) throws(Corruption) -> Confidence {
    let thousandths = try evidenceConfidence.value(index)
    guard thousandths <= 1000 else { throw Corruption(.evidenceConfidence, "evidence \(index) is surer than sure") }
    return Confidence(thousandths: thousandths)
  }

  /// The text of a source, its checksum verified.
  ///
  /// - Complexity: O(n) in the length of the text.
  public func text(_ id: SourceID) throws(Corruption) -> SourceText {
    let range = try bytes(of: id)
    guard let text = SourceText(validating: file.bytes(range.lowerBound, range.count)) else {
      throw Corruption(.sourceOffset, "text \(id.index) is not UTF-8")
    }
    return text
  }

  /// Where the text of a source lies in the file, its checksum verified.
  ///
  /// - Complexity: O(n) in the length of the text the first time, then O(1).
  func bytes(of id: SourceID) throws(Corruption) -> Range<Int> {
    let index = Int(id.index)
    let offset = try sourceOffset.value(index)
    let length = try sourceLength.value(index)
    guard offset >= Format.firstSegment, offset <= self.length, length <= self.length - offset else {
      throw Corruption(.sourceOffset, "text \(index) lies outside the file")
    }
    if !verifiedSources.isSet(index) {
      // Who reads many texts will want most of them.
      if textsRead.add(1, ordering: .relaxed).newValue == Self.manyTexts { file.willReadAll() }
      guard file.hash(offset, length) == (try column(.sourceHash).bits(index)) else {
        throw Corruption(.sourceHash, "text \(index) does not match its checksum")
      }
      verifiedSources.set(index)
    }
    return offset..<offset + length
  }

  private static var manyTexts: Int { 64 }

  /// The sentences of a source, ascending.
  public func sentences(of id: SourceID) throws(Corruption) -> [Span] {
    var sentences: [Span] = []
    for index in try column(.sourceSentence).range(Int(id.index), limit: sentenceStart.count) {
      sentences.append(try sentence(index))
    }
    return sentences
  }

  /// Sentence number `index` of all sources.
  func sentence(_ index: Int) throws(Corruption) -> Span {
    let start = try sentenceStart.value(index)
    let (end, overflow) = start.addingReportingOverflow(try sentenceLength.value(index))
    guard !overflow else { throw Corruption(.sentenceLength, "sentence \(index) is longer than any text") }
    return Span(start, end)
  }
}

extension GraphFile {
  /// The nodes of the articles that some evidence comes from, each once, ascending.
  ///
  /// - Complexity: O(n) in the number of pieces, which are sorted by source.
  public func articles(of evidence: Range<Int>) throws(Corruption) -> [NodeID] {
    var articles: [NodeID] = []
    for index in evidence {
      let node = NodeID(try column(.sourceNode).value(Int(try source(ofEvidence: index).index)))
      if articles.last != node { articles.append(node) }
    }
    return articles
  }

  /// How many independent sources some evidence comes from: copies of one agency's story are one.
  public func witnessCount(of evidence: Range<Int>) throws(Corruption) -> Int {
    var witnesses: Set<Int> = []
    for index in evidence {
      witnesses.insert(try sourceWitness.value(Int(try source(ofEvidence: index).index)))
    }
    return witnesses.count
  }
}
