internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// What exports tell of a node wherever it is named.
final class NodeFacts {
  let kind: NodeKind
  let key: String
  let label: String
  private let names: ResourceNames
  /// The node's IRI, escaped.
  private(set) lazy var iri = names.node(key)

  init(_ node: GraphFile.Node, _ names: ResourceNames) {
    kind = node.kind
    key = node.key
    label = node.label
    self.names = names
  }
}

/// What exports tell of a source wherever evidence names it; what not all formats need is made when it is asked for.
final class SourceFacts {
  let source: GraphFile.Source
  /// Day of publication as days since 1970-01-01; `nil` if unknown.
  let day: Int?
  /// Address of the article; `nil` if unknown.
  let url: String?
  /// The article's language tag; `nil` if it has none that is well-formed.
  let language: String?
  private let names: ResourceNames
  /// Day of publication in ISO 8601; `nil` if unknown.
  private(set) lazy var published = day.flatMap { CalendarDate(dayNumber: $0)?.description }
  /// IRI of the article, escaped: its node's key is its id.
  private(set) lazy var articleIRI = names.node("article/" + source.article)
  /// IRI of the source text, escaped.
  private(set) lazy var iri = names.source(source)
  /// What stands for the source in the IRIs of its evidence, escaped.
  private(set) lazy var segment = names.segment(ofEvidenceIn: source)

  init(_ source: GraphFile.Source, _ graph: GraphFile, _ names: ResourceNames) throws(Corruption) {
    self.source = source
    day = source.published
    self.names = names
    let properties = try graph.properties(of: source.node)
    url = properties.first { $0.key == .url }?.value
    language = properties.first { $0.key == .language && LanguageTag.isWellFormed($0.value) }?.value
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
  var proofs: GraphFile.ProofReader
  private var scratch: [UInt8] = []

  init(_ view: GraphView, _ names: ResourceNames) throws(Corruption) {
    self.view = view
    self.names = names
    proofs = try GraphFile.ProofReader(view.graph)
  }

  var graph: GraphFile { view.graph }

  mutating func facts(of id: NodeID) throws(Corruption) -> NodeFacts {
    let graph = view.graph
    let names = names
    return try nodes.value(Int(id.index)) { () throws(Corruption) in NodeFacts(try graph.node(id), names) }
  }

  mutating func facts(of id: SourceID) throws(Corruption) -> SourceFacts {
    let graph = view.graph
    let names = names
    return try sources.value(Int(id.index)) { () throws(Corruption) in
      try SourceFacts(try graph.source(id), graph, names)
    }
  }

  /// Writes the words of a piece of evidence, and the article that has them in brackets, at most `limit` bytes of each.
  mutating func write(_ piece: Int, as escaping: Escaping, limit: Int = .max, to output: inout TextOutput) throws {
    let place = try proofs.place(piece)
    try proofs.withWords(of: place) { (words) throws(ErrorNumber) in
      try output.write(words, as: escaping, limit: limit)
    }
    try output.write(" (")
    try output.write(try facts(of: place.source).source.article.utf8Span.span, as: escaping, limit: limit)
    try output.write(")")
  }

  /// The number in an edge's IRI; it depends on its ends and kind alone, so another graph names the same edge alike.
  mutating func number(ofEdge subject: NodeFacts, _ kind: EdgeKind, _ object: NodeFacts) -> UInt64 {
    scratch.removeAll(keepingCapacity: true)
    scratch += subject.key.utf8
    scratch.append(0x1F)
    scratch += EdgeName(kind).name.utf8
    scratch.append(0x1F)
    scratch += object.key.utf8
    return unsafe XXH64.hash(scratch.span.bytes)
  }
}
