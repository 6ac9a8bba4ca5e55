internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// Writes a graph as RDF/XML by the ontology `Ontology/vouch.ttl`, conforming to `Ontology/shapes.ttl`.
///
/// Every edge is one plain triple and one `v:Relation` that carries its evidence; every triple is written once, so readers
/// that do not remove duplicates count the same. No blank nodes, no relative IRIs, no document type.
struct RDFXMLWriter: ~Copyable {
  private let graph: GraphFile
  private let names: ResourceNames
  private var output: XMLOutput
  private var proofs: GraphFile.ProofReader
  private var summary = ExportSummary()
  private var lastIRIs: (id: SourceID, article: String, source: String)?

  init(_ graph: GraphFile, _ names: ResourceNames, _ output: consuming XMLOutput) throws(Corruption) {
    self.graph = graph
    self.names = names
    self.output = output
    proofs = try GraphFile.ProofReader(graph)
  }

  mutating func run() throws -> ExportSummary {
    try output.write(
      """
      <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" \
      xmlns:owl="http://www.w3.org/2002/07/owl#" xmlns:prov="http://www.w3.org/ns/prov#" \
      xmlns:dcterms="http://purl.org/dc/terms/" xmlns:skos="http://www.w3.org/2004/02/skos/core#" \
      xmlns:nif="http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#" xmlns:oa="http://www.w3.org/ns/oa#" \
      xmlns:wgs84="http://www.w3.org/2003/01/geo/wgs84_pos#" xmlns:v="https://vouch.example/ns#">

      """)
    for index in 0..<graph.sourceCount { try write(source: SourceID(index)) }
    for index in 0..<graph.nodeCount { try write(node: NodeID(index)) }
    for index in 0..<graph.edgeCount { try write(edge: index) }
    try output.write("</rdf:RDF>\n")
    try output.finish()
    summary.replacedCharacters = output.replacedCharacters
    summary.bytes = output.byteCount
    return summary
  }

  // MARK: Resources

  private mutating func write(source id: SourceID) throws {
    let source = try graph.source(id)
    try open("v:SourceText", names.source(source))
    try literal("rdfs:label", "\(source.article) (\(source.layer.rawValue))")
    try resource("v:article", names.node(try graph.node(source.node).key))
    try literal("v:layer", source.layer.rawValue)
    try literal("nif:isString", try graph.text(id)[try graph.text(id).span])
    try close("v:SourceText")
  }

  private mutating func write(node id: NodeID) throws {
    let node = try graph.node(id)
    let element = "v:" + ResourceNames.className(node.kind)
    let iri = names.node(node.key)
    let evidence = try graph.evidence(of: id)
    try open(element, iri)
    try literal("rdfs:label", node.label)
    try write(properties: try graph.properties(of: id))
    try literal("v:mentions", String(evidence.count), type: "nonNegativeInteger")
    try literal("v:articles", String(try graph.articles(of: evidence).count), type: "nonNegativeInteger")
    for index in try graph.outgoing(id) {
      let edge = try graph.edge(index)
      try resource("v:" + ResourceNames.property(edge.kind), names.node(try graph.node(edge.object).key))
    }
    let owner = names.owner(iri)
    for index in evidence { try write(evidence: index, owner: owner) }
    try close(element)
    summary.nodes += 1
  }

  private mutating func write(properties: [(key: Property, value: String)]) throws(ErrorNumber) {
    let type = properties.first { $0.key == .eventType }?.value ?? ""
    for (key, value) in properties {
      switch key {
      case .alias: try literal("skos:altLabel", value)
      case .wikidata: try resource("owl:sameAs", "http://www.wikidata.org/entity/" + value)
      case .geonames: try literal("v:geonames", value)
      case .country: try literal("v:country", value)
      case .code: try literal("v:code", value)
      case .latitude: try literal("wgs84:lat", value, type: "decimal")
      case .longitude: try literal("wgs84:long", value, type: "decimal")
      case .eventType: try resource("v:eventType", ResourceNames.scheme + "event-type#" + value)
      case .eventMode: try resource("v:eventMode", ResourceNames.scheme + "event-type#\(type)-\(value)")
      case .modality: try resource("v:modality", ResourceNames.scheme + "modality#" + value)
      case .polarity: try resource("v:polarity", ResourceNames.scheme + "polarity#" + value)
      case .stanceKind: try resource("v:stanceKind", ResourceNames.scheme + "stance-kind#" + value)
      case .form: try resource("v:attributionForm", ResourceNames.scheme + "attribution-form#" + value)
      case .date: try date("v:date", value)
      case .published: try date("dcterms:issued", value)
      case .cue: try literal("v:cue", value)
      case .content: try literal("v:content", value)
      case .merge: try literal("v:merge", value)
      case .language: try literal("dcterms:language", value)
      case .url: if IRI.isAbsolute(value) { try resource("dcterms:source", value) }
      // The headline is the label; outlet and agency are nodes.
      case .title, .outlet, .agency: break
      }
    }
  }

  private mutating func write(edge index: Int) throws {
    let edge = try graph.edge(index)
    let subject = try graph.node(edge.subject)
    let object = try graph.node(edge.object)
    let iri = names.relation(subject.key, edge.kind, object.key)
    try open("v:Relation", iri)
    try literal("rdfs:label", "\(subject.label) – \(edge.kind.name) – \(object.label)")
    try resource("rdf:subject", names.node(subject.key))
    try resource("rdf:predicate", ResourceNames.vocabulary + ResourceNames.property(edge.kind))
    try resource("rdf:object", names.node(object.key))
    for article in try graph.articles(of: edge.evidence) {
      try resource("prov:wasDerivedFrom", names.node(try graph.node(article).key))
    }
    let owner = names.owner(iri)
    for piece in edge.evidence { try write(evidence: piece, owner: owner) }
    try close("v:Relation")
    summary.edges += 1
  }

  /// The IRIs of a source's article and of the source; those of the source asked for last are kept.
  private mutating func iris(of source: GraphFile.Source) throws(Corruption) -> (article: String, source: String) {
    if let lastIRIs, lastIRIs.id == source.id { return (lastIRIs.article, lastIRIs.source) }
    let iris = (id: source.id, article: names.node(try graph.node(source.node).key), source: names.source(source))
    lastIRIs = iris
    return (iris.article, iris.source)
  }

  private mutating func write(evidence index: Int, owner: String) throws {
    let proof = try proofs.proof(index)
    let (article, context) = try iris(of: proof.source)
    let start = String(proof.codePoints.lowerBound)
    let end = String(proof.codePoints.upperBound)
    try output.write("<v:evidence>")
    summary.triples += 1
    try open("v:Evidence", names.evidence(proof, of: owner))
    try literal("rdfs:label", proof.words)
    try resource("v:article", article)
    try resource("prov:wasDerivedFrom", article)
    try resource("nif:referenceContext", context)
    try literal("nif:beginIndex", start, type: "nonNegativeInteger")
    try literal("nif:endIndex", end, type: "nonNegativeInteger")
    try literal("oa:start", start, type: "nonNegativeInteger")
    try literal("oa:end", end, type: "nonNegativeInteger")
    try literal("nif:anchorOf", proof.words)
    try literal("v:sentence", String(proof.sentence), type: "nonNegativeInteger")
    try literal("v:rule", proof.rule)
    try literal("v:confidence", Self.decimal(proof.confidence), type: "decimal")
    try close("v:Evidence")
    try output.write("</v:evidence>")
  }

  // MARK: Triples

  /// Opens a resource's element, which states its type.
  private mutating func open(_ element: String, _ iri: String) throws(ErrorNumber) {
    try output.write("<")
    try output.write(markup: element)
    try output.write(" rdf:about=\"")
    try output.write(iri: iri)
    try output.write("\">")
    summary.triples += 1
  }

  private mutating func close(_ element: String) throws(ErrorNumber) {
    try output.write("</")
    try output.write(markup: element)
    try output.write(">\n")
  }

  private mutating func resource(_ property: String, _ iri: String) throws(ErrorNumber) {
    try output.write("<")
    try output.write(markup: property)
    try output.write(" rdf:resource=\"")
    try output.write(iri: iri)
    try output.write("\"/>")
    summary.triples += 1
  }

  /// A literal of an XML Schema type; without one, a plain string.
  private mutating func literal(_ property: String, _ value: String, type: String? = nil) throws(ErrorNumber) {
    try output.write("<")
    try output.write(markup: property)
    if let type {
      try output.write(" rdf:datatype=\"http://www.w3.org/2001/XMLSchema#")
      try output.write(markup: type)
      try output.write("\"")
    }
    try output.write(">")
    try output.write(text: value)
    try output.write("</")
    try output.write(markup: property)
    try output.write(">")
    summary.triples += 1
  }

  /// A date with the type that its precision calls for.
  private mutating func date(_ property: String, _ value: String) throws(ErrorNumber) {
    guard let date = CalendarDate(iso8601: value) else { return }
    let type = date.day != nil ? "date" : date.month != nil ? "gYearMonth" : "gYear"
    try literal(property, date.description, type: type)
  }

  /// Canonical xsd:decimal: always with a point.
  private static func decimal(_ confidence: Confidence) -> String {
    let text = JSONWriter.decimal(confidence.value)
    return text.contains(".") ? text : text + ".0"
  }
}
