internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// Writes a graph as GraphML that opens alike in Gephi, Cytoscape, NetworkX, igraph and their like.
///
/// Typed keys first, then nodes, then edges; one edge for each edge of the graph. The first piece of evidence stands in
/// plain attributes, all of them as a JSON array in `evidence`. An absent value has no element.
struct GraphMLWriter: ~Copyable {
  private struct Key {
    let id: String
    let name: String
    let type: String
  }

  /// `name`, `labels` and `labelV` are what Cytoscape, Neo4j and TinkerPop look for.
  private static let nodeKeys: [Key] = [
    Key(id: "name", name: "name", type: "string"), Key(id: "labels", name: "labels", type: "string"),
    Key(id: "labelV", name: "labelV", type: "string"), Key(id: "n_label", name: "label", type: "string"),
    Key(id: "n_kind", name: "kind", type: "string"), Key(id: "n_key", name: "key", type: "string"),
    Key(id: "n_uri", name: "uri", type: "string"), Key(id: "n_mentions", name: "mentions", type: "int"),
    Key(id: "n_articles", name: "articles", type: "int"), Key(id: "n_alias", name: "aliases", type: "string"),
  ]
  private static let evidenceKeys: [Key] = [
    Key(id: "article", name: "prov_article", type: "string"), Key(id: "url", name: "prov_url", type: "string"),
    Key(id: "layer", name: "prov_layer", type: "string"), Key(id: "sentence", name: "prov_sentence", type: "int"),
    Key(id: "start", name: "prov_start", type: "int"), Key(id: "end", name: "prov_end", type: "int"),
    Key(id: "quote", name: "prov_quote", type: "string"), Key(id: "rule", name: "rule", type: "string"),
    Key(id: "confidence", name: "confidence", type: "double"), Key(id: "evidence", name: "evidence", type: "string"),
  ]
  private static let edgeKeys: [Key] = [
    Key(id: "label", name: "label", type: "string"), Key(id: "labelE", name: "labelE", type: "string"),
    Key(id: "interaction", name: "interaction", type: "string"), Key(id: "e_uri", name: "uri", type: "string"),
    Key(id: "e_weight", name: "weight", type: "double"), Key(id: "e_sources", name: "sources", type: "int"),
    Key(id: "e_mentions", name: "mentions", type: "int"),
  ]

  private let graph: GraphFile
  private let names: ResourceNames
  private var output: XMLOutput
  private var proofs: GraphFile.ProofReader
  /// The address of the article read last: evidence is sorted by article.
  private var lastURL: (article: NodeID, url: String?)?
  private var summary = ExportSummary()

  init(_ graph: GraphFile, _ names: ResourceNames, _ output: consuming XMLOutput) throws(Corruption) {
    self.graph = graph
    self.names = names
    self.output = output
    proofs = try GraphFile.ProofReader(graph)
  }

  mutating func run() throws -> ExportSummary {
    try output.write(
      """
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
      xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">

      """)
    for key in Self.nodeKeys { try declare(key, for: "node") }
    for property in Property.allCases where property != .alias {
      try declare(
        Key(id: "n_" + property.rawValue, name: Self.attribute(property), type: Self.type(property)), for: "node")
    }
    for key in Self.evidenceKeys { try declare(Key(id: "np_" + key.id, name: key.name, type: key.type), for: "node") }
    for key in Self.edgeKeys { try declare(key, for: "edge") }
    for key in Self.evidenceKeys { try declare(Key(id: "ep_" + key.id, name: key.name, type: key.type), for: "edge") }
    try output.write("<graph id=\"vouch\" edgedefault=\"directed\">\n")
    for index in 0..<graph.nodeCount { try write(node: NodeID(index)) }
    for index in 0..<graph.edgeCount { try write(edge: index) }
    try output.write("</graph>\n</graphml>\n")
    try output.finish()
    summary.replacedCharacters = output.replacedCharacters
    summary.bytes = output.byteCount
    return summary
  }

  /// `eventType` has the attribute `event_type`: hyphens trouble query languages.
  private static func attribute(_ property: Property) -> String {
    String(property.rawValue.map { $0 == "-" ? "_" : $0 })
  }

  private static func type(_ property: Property) -> String {
    property == .latitude || property == .longitude ? "double" : "string"
  }

  private mutating func declare(_ key: Key, for scope: String) throws(ErrorNumber) {
    try output.write(
      markup: "<key id=\"\(key.id)\" for=\"\(scope)\" attr.name=\"\(key.name)\" attr.type=\"\(key.type)\"/>\n")
  }

  private mutating func data(_ key: String, prefix: String = "", _ value: String) throws(ErrorNumber) {
    try open(prefix, key)
    try output.write(text: value)
    try output.write("</data>")
  }

  private mutating func data(_ key: String, prefix: String = "", _ value: Int) throws(ErrorNumber) {
    try open(prefix, key)
    try output.write(value)
    try output.write("</data>")
  }

  private mutating func open(_ prefix: String, _ key: String) throws(ErrorNumber) {
    try output.write("<data key=\"")
    try output.write(markup: prefix)
    try output.write(markup: key)
    try output.write("\">")
  }

  private mutating func write(node id: NodeID) throws {
    let node = try graph.node(id)
    let className = ResourceNames.className(node.kind)
    let evidence = try graph.evidence(of: id)
    try output.write("<node id=\"n")
    try output.write(Int(id.index))
    try output.write("\">")
    try data("name", node.label)
    try data(
      "labels", node.kind.isActor ? ":Actor:\(className)" : node.kind.isPlace ? ":Place:\(className)" : ":\(className)")
    try data("labelV", className)
    try data("n_label", node.label)
    try data("n_kind", node.kind.name)
    try data("n_key", node.key)
    try data("n_uri", IRI.escaped(names.node(node.key)))
    try data("n_mentions", evidence.count)
    try data("n_articles", try graph.articles(of: evidence).count)
    var aliases: [String] = []
    var merges: [String] = []
    for (key, value) in try graph.properties(of: id) {
      if key == .alias {
        aliases.append(value)
      } else if key == .merge {
        merges.append(value)
      } else {
        try data(key.rawValue, prefix: "n_", value)
      }
    }
    if !aliases.isEmpty { try data("n_alias", aliases.joined(separator: "|")) }
    if !merges.isEmpty { try data(Property.merge.rawValue, prefix: "n_", merges.joined(separator: "|")) }
    try write(evidence: evidence, prefix: "np_")
    try output.write("</node>\n")
    summary.nodes += 1
  }

  private mutating func write(edge index: Int) throws {
    let edge = try graph.edge(index)
    let witnesses = try graph.witnessCount(of: edge.evidence)
    try output.write("<edge id=\"e")
    try output.write(index)
    try output.write("\" source=\"n")
    try output.write(Int(edge.subject.index))
    try output.write("\" target=\"n")
    try output.write(Int(edge.object.index))
    try output.write("\">")
    try data("label", edge.kind.name)
    try data("labelE", edge.kind.name)
    try data("interaction", edge.kind.name)
    let subject = try graph.node(edge.subject).key
    try data("e_uri", IRI.escaped(names.relation(subject, edge.kind, try graph.node(edge.object).key)))
    try data("e_weight", witnesses)
    try data("e_sources", witnesses)
    try data("e_mentions", edge.evidence.count)
    try write(evidence: edge.evidence, prefix: "ep_")
    try output.write("</edge>\n")
    summary.edges += 1
  }

  /// The first piece in plain attributes, all as JSON.
  private mutating func write(evidence range: Range<Int>, prefix: String) throws {
    var json = JSONWriter()
    json.beginArray()
    for index in range {
      let proof = try proofs.proof(index)
      let url = try url(of: proof.source.node)
      if index == range.lowerBound { try write(first: proof, url: url, prefix: prefix) }
      proof.write(to: &json, url: url)
    }
    json.endArray()
    try open(prefix, "evidence")
    try output.write(bytes: json.bytes[...])
    try output.write("</data>")
  }

  private mutating func write(first proof: GraphFile.Proof, url: String?, prefix: String) throws(ErrorNumber) {
    try data("article", prefix: prefix, proof.source.article)
    if let url { try data("url", prefix: prefix, url) }
    try data("layer", prefix: prefix, proof.source.layer.rawValue)
    try data("sentence", prefix: prefix, proof.sentence)
    try data("start", prefix: prefix, proof.codePoints.lowerBound)
    try data("end", prefix: prefix, proof.codePoints.upperBound)
    try data("quote", prefix: prefix, proof.words)
    try data("rule", prefix: prefix, proof.rule)
    try data("confidence", prefix: prefix, JSONWriter.decimal(proof.confidence.value))
  }

  private mutating func url(of article: NodeID) throws(Corruption) -> String? {
    if let lastURL, lastURL.article == article { return lastURL.url }
    let url = try graph.properties(of: article).first { $0.key == .url }?.value
    lastURL = (article, url)
    return url
  }
}
