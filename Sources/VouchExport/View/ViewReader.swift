internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// What exports tell of a node wherever it is named.
final class NodeFacts {
  private static let kindNames = (0...Int(NodeKind.allCases.map(\.rawValue).max() ?? 0)).map {
    NodeKind(rawValue: UInt8($0))?.name ?? ""
  }

  let kind: NodeKind
  let key: String
  let label: String
  private let names: ResourceNames
  /// Name of the kind, made once for all nodes.
  var kindName: String { Self.kindNames[Int(kind.rawValue)] }
  /// The node's IRI, escaped.
  private(set) lazy var iri = names.node(key)

  init(_ node: GraphFile.Node, _ names: ResourceNames) {
    kind = node.kind
    key = node.key
    label = node.label
    self.names = names
  }
}

/// What exports tell of a source wherever evidence names it.
struct SourceFacts {
  /// Id of the article.
  let article: String
  /// Address of the article; `nil` if unknown.
  let url: String?
  /// The article's text or the metadata that came with it.
  let layer: Article.Layer

  init(_ source: GraphFile.Source, _ graph: GraphFile) throws(Corruption) {
    article = source.article
    layer = source.layer
    url = try graph.properties(of: source.node).first { $0.key == .url }?.value
  }
}

/// How RDF names a source, and what it tells of it.
final class SourceNames {
  let source: GraphFile.Source
  /// Address of the article; `nil` if unknown.
  let url: String?
  /// The article's language tag; `nil` if it has none that is well-formed.
  let language: String?
  /// IRI of the article, escaped: its node's key is its id.
  let articleIRI: String
  /// IRI of the source text, escaped.
  let iri: String
  /// What stands for the source in the IRIs of its evidence, escaped.
  let segment: String

  init(_ source: GraphFile.Source, _ graph: GraphFile, _ names: ResourceNames) throws(Corruption) {
    self.source = source
    let properties = try graph.properties(of: source.node)
    url = properties.first { $0.key == .url }?.value
    language = properties.first { $0.key == .language && LanguageTag.isWellFormed($0.value) }?.value
    articleIRI = names.node("article/" + source.article)
    iri = names.source(source)
    segment = names.segment(ofEvidenceIn: source)
  }
}

/// Language tags (BCP 47).
enum LanguageTag {
  /// Whether a tag consists of letters, then parts of letters and digits, each of at most eight.
  static func isWellFormed(_ tag: String) -> Bool {
    let parts = tag.utf8.split(separator: 0x2D, omittingEmptySubsequences: false)
    guard let first = parts.first, first.count >= 2 else { return false }
    for (number, part) in parts.enumerated() {
      guard (1...8).contains(part.count),
        part.allSatisfy({ 0x61...0x7A ~= $0 | 0x20 || number > 0 && 0x30...0x39 ~= $0 })
      else { return false }
    }
    return true
  }
}

/// Reads a view of a graph for an export, keeping what is named again and again.
struct ViewReader {
  let view: GraphView
  let names: ResourceNames
  private var nodes = SlotCache<NodeFacts>(size: 1 << 17)
  private var sources = SlotCache<SourceFacts>(size: 1 << 16)
  private var sourceNames = SlotCache<SourceNames>(size: 1 << 16)
  private var days = SlotCache<String>(size: 1 << 12)
  private let keys: KeyCache
  var proofs: GraphFile.ProofReader
  private var scratch: [UInt8] = []

  init(_ view: GraphView, _ names: ResourceNames) throws(Corruption) {
    self.view = view
    self.names = names
    keys = KeyCache(count: view.graph.nodeCount)
    proofs = try GraphFile.ProofReader(view.graph)
  }

  var graph: GraphFile { view.graph }

  /// A reader of the same view for another thread, which shares nothing that references are counted to.
  func sibling() throws(Corruption) -> ViewReader {
    try ViewReader(view.reopened(), ResourceNames(base: String(decoding: Array(names.base.utf8), as: UTF8.self)))
  }

  /// What is told of a node, kept for when an edge names it.
  mutating func facts(of id: NodeID) throws(Corruption) -> NodeFacts {
    let graph = view.graph
    let names = names
    return try nodes.value(Int(id.index)) { () throws(Corruption) in NodeFacts(try graph.node(id), names) }
  }

  mutating func facts(of id: SourceID) throws(Corruption) -> SourceFacts {
    let graph = view.graph
    return try sources.value(Int(id.index)) { () throws(Corruption) in try SourceFacts(graph.source(id), graph) }
  }

  mutating func names(of id: SourceID) throws(Corruption) -> SourceNames {
    let graph = view.graph
    let names = names
    return try sourceNames.value(Int(id.index)) { () throws(Corruption) in
      try SourceNames(graph.source(id), graph, names)
    }
  }

  /// A day given as days since 1970-01-01, in ISO 8601.
  mutating func iso8601(day: Int) -> String {
    days.value(day) { CalendarDate(dayNumber: day)?.description ?? "" }
  }

  /// Writes the words of a piece of evidence, and the article that has them in brackets, at most `limit` bytes of each.
  mutating func write(_ piece: Int, as escaping: Escaping, limit: Int = .max, to output: inout TextOutput) throws {
    let place = try proofs.place(piece)
    try graph.withWords(of: place) { (words) throws(ErrorNumber) in
      try output.write(words, as: escaping, limit: limit)
    }
    try output.write(" (")
    try output.write(try facts(of: place.source).article.utf8Span.span, as: escaping, limit: limit)
    try output.write(")")
  }

  /// The number in an edge's IRI; it depends on its ends and kind alone, so another graph names the same edge alike.
  mutating func number(of edge: GraphFile.Edge) throws(Corruption) -> UInt64 {
    scratch.removeAll(keepingCapacity: true)
    try appendKey(edge.subject)
    scratch.append(0x1F)
    scratch += EdgeName(edge.kind).name.utf8
    scratch.append(0x1F)
    try appendKey(edge.object)
    return unsafe XXH64.hash(scratch.span.bytes)
  }

  private mutating func appendKey(_ id: NodeID) throws(Corruption) {
    let graph = view.graph
    try keys.append(id.index, to: &scratch) { () throws(Corruption) in try graph.key(of: id) }
  }
}
