internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// What RDF exports say, by the ontology `Ontology/vouch.ttl`: one model for all syntaxes.
///
/// An edge is a plain triple, the triple of a published vocabulary that corresponds to it, and a `v:Relation` that carries
/// its evidence. Syntaxes with named graphs have what an article says in a graph that bears the article's IRI, all else in
/// the default graph; what several articles say stands in each of their graphs. No triple is written twice in one graph.
struct TripleModel<Sink: TripleSink & ~Copyable>: ~Copyable {
  private var reader: ViewReader
  private var sink: Sink
  private var scratch: [UInt8] = []
  private let threads: Int
  private var summary = ExportSummary()
  /// Triples that stood in another graph before.
  private var repeated = 0

  init(_ reader: ViewReader, _ sink: consuming Sink, threads: Int) {
    self.reader = reader
    self.sink = sink
    self.threads = threads
  }

  mutating func run() throws -> ExportSummary {
    try writeAll(.sources, count: reader.graph.sourceCount, threads: threads)
    try writeAll(.nodes, count: reader.graph.nodeCount, threads: threads)
    try writeAll(.edges, count: reader.graph.edgeCount, threads: threads)
    try writeDataset()
    summary.triples = sink.triples
    (summary.bytes, summary.replacedCharacters) = try sink.finish()
    return summary
  }

  // MARK: Sources

  private mutating func write(source id: SourceID) throws {
    let source = try reader.graph.source(id)
    guard reader.view.contains(source: source) else { return }
    let facts = try reader.names(of: id)
    try sink.enter(graph: facts.articleIRI)
    try sink.begin(facts.iri.utf8Span.span, [Terms.sourceText, Terms.context])
    try literal(Terms.label, "\(source.article) (\(source.layer.rawValue))")
    try link(Terms.article, facts.articleIRI)
    try link(Terms.wasDerivedFrom, facts.articleIRI)
    try literal(Terms.layer, source.layer.rawValue)
    if let url = facts.url, IRI.isAbsolute(url) { try link(Terms.sourceURL, IRI.escaped(url)) }
    let text = try reader.graph.text(id)
    try literal(Terms.isString, text[text.span])
    try sink.end()
  }

  // MARK: Nodes

  private mutating func write(node id: NodeID) throws {
    let facts = try reader.facts(of: id)
    let evidence = try reader.graph.evidence(of: id)
    let properties = try reader.graph.properties(of: id)
    try sink.enter(graph: nil)
    try sink.begin(
      facts.iri.utf8Span.span, Terms.types(of: facts.kind, form: properties.first { $0.key == .form }?.value))
    try literal(Terms.label, facts.label, .language(Self.language(of: properties)))
    try write(properties)
    try integer(Terms.mentions, try reader.view.count(evidence))
    try integer(Terms.articles, try reader.view.articles(of: evidence).count)
    try integer(Terms.sources, try reader.view.witnessCount(evidence))
    let owner = ResourceNames.owner(facts.iri)
    if !sink.hasGraphs {
      for index in evidence { try write(evidence: index, owner: owner) }
      try sink.end()
    } else {
      try sink.end()
      for index in evidence where try reader.view.admits(evidence: index) {
        try sink.enter(graph: try reader.names(of: reader.graph.source(ofEvidence: index)).articleIRI)
        try sink.begin(facts.iri.utf8Span.span, [])
        try write(evidence: index, owner: owner)
        try sink.end()
      }
    }
    summary.nodes += 1
  }

  /// The language of an article; what Vouch reads is English.
  private static func language(of properties: [(key: Property, value: String)]) -> String {
    properties.first { $0.key == .language && LanguageTag.isWellFormed($0.value) }?.value ?? "en"
  }

  private mutating func write(_ properties: [(key: Property, value: String)]) throws {
    let type = properties.first { $0.key == .eventType }?.value ?? ""
    for (key, value) in properties {
      switch key {
      case .alias: try literal(Terms.altLabel, value, .language("en"))
      case .wikidata: try link(Terms.sameAs, IRI.escaped("http://www.wikidata.org/entity/" + value))
      case .geonames: try literal(Terms.geonames, value)
      case .country: try literal(Terms.country, value)
      case .code: try literal(Terms.code, value)
      case .latitude: try literal(Terms.lat, value, .typed("decimal"))
      case .longitude: try literal(Terms.long, value, .typed("decimal"))
      case .eventType:
        try concept(Terms.eventType, "event-type", value)
        try concept(Terms.semEventType, "event-type", value)
      case .eventMode: try concept(Terms.eventMode, "event-type", "\(type)-\(value)")
      case .modality: try concept(Terms.modality, "modality", value)
      case .polarity:
        try concept(Terms.polarity, "polarity", value)
        switch value {
        case "support": try link(Terms.value, "http://groundedannotationframework.org/grasp/sentiment#positive")
        case "oppose": try link(Terms.value, "http://groundedannotationframework.org/grasp/sentiment#negative")
        default: break
        }
      case .stanceKind: try concept(Terms.stanceKind, "stance-kind", value)
      case .form: try concept(Terms.attributionForm, "attribution-form", value)
      case .date:
        try date(Terms.date, value)
        try date(Terms.hasTimeStamp, value)
      case .published: try date(Terms.issued, value)
      case .cue: try literal(Terms.cue, value)
      case .content: try literal(Terms.content, value)
      case .merge: try literal(Terms.merge, value)
      case .language: if LanguageTag.isWellFormed(value) { try literal(Terms.language, value) }
      case .url: if IRI.isAbsolute(value) { try link(Terms.source, IRI.escaped(value)) }
      // The headline is the label; outlet and agency are nodes.
      case .title, .outlet, .agency: break
      }
    }
  }

  // MARK: Edges

  private mutating func write(edge index: Int) throws {
    let edge = try reader.graph.edge(index)
    let subject = try reader.facts(of: edge.subject)
    let object = try reader.facts(of: edge.object)
    let number = try reader.number(of: edge)
    let iri = reader.names.relation(number)
    let owner = ResourceNames.owner(iri)
    summary.edges += 1
    guard sink.hasGraphs else {
      try writePlain(edge, subject, object)
      try beginRelation(edge, iri, subject, object)
      for article in try reader.view.articles(of: edge.evidence) {
        try link(Terms.wasDerivedFrom, try reader.facts(of: article).iri)
      }
      for piece in edge.evidence { try write(evidence: piece, owner: owner) }
      return try sink.end()
    }
    var last: NodeID?
    var isOpen = false
    for piece in edge.evidence where try reader.view.admits(evidence: piece) {
      let source = try reader.names(of: reader.graph.source(ofEvidence: piece))
      // Evidence is sorted by article.
      if source.source.node != last {
        if isOpen { try sink.end() }
        let before = sink.triples
        try sink.enter(graph: source.articleIRI)
        try writePlain(edge, subject, object)
        try beginRelation(edge, iri, subject, object)
        if last != nil { repeated += sink.triples - before }
        try link(Terms.wasDerivedFrom, source.articleIRI)
        last = source.source.node
        isOpen = true
      }
      try write(evidence: piece, owner: owner)
    }
    if isOpen { try sink.end() }
  }

  /// The edge as a triple of our own vocabulary, and as one of a published vocabulary.
  private mutating func writePlain(_ edge: GraphFile.Edge, _ subject: NodeFacts, _ object: NodeFacts) throws {
    let published = try Terms.published(edge, in: reader.view)
    try sink.begin(subject.iri.utf8Span.span, [])
    try link(Term(.v, ResourceNames.property(edge.kind)), object.iri)
    if let published, !published.isInverse { try link(published.term, object.iri) }
    try sink.end()
    guard let published, published.isInverse else { return }
    try sink.begin(object.iri.utf8Span.span, [])
    try link(published.term, subject.iri)
    try sink.end()
  }

  /// Begins the relation with all that does not depend on the article.
  private mutating func beginRelation(
    _ edge: GraphFile.Edge, _ iri: String, _ subject: NodeFacts, _ object: NodeFacts
  ) throws {
    try sink.begin(iri.utf8Span.span, [Terms.relation, Terms.statement])
    var bytes = takeScratch()
    bytes += subject.label.utf8
    bytes += " – ".utf8
    bytes += edge.kind.name.utf8
    bytes += " – ".utf8
    bytes += object.label.utf8
    try sink.literal(Terms.label, bytes.span, .language("en"))
    scratch = bytes
    try link(Terms.subject, subject.iri)
    bytes = takeScratch()
    bytes += "https://vouch.example/ns#".utf8
    ResourceNames.property(edge.kind).withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
    try sink.link(Terms.predicate, bytes.span)
    scratch = bytes
    try link(Terms.object, object.iri)
    try integer(Terms.sources, try reader.view.witnessCount(edge.evidence))
  }

  // MARK: Evidence

  /// A piece of evidence as a value of the resource that is open; nothing if the view leaves it out.
  private mutating func write(evidence index: Int, owner: UInt64) throws {
    let place = try reader.proofs.place(index)
    guard reader.view.admits(place.source) else { return }
    let source = try reader.names(of: place.source)
    var bytes = takeScratch()
    bytes += reader.names.base.utf8
    bytes += "evidence/".utf8
    Self.append(hexadecimal: owner, to: &bytes)
    bytes.append(0x2F)
    bytes += source.segment.utf8
    bytes.append(0x2F)
    Self.append(place.codePoints.lowerBound, to: &bytes)
    bytes.append(0x2D)
    Self.append(place.codePoints.upperBound, to: &bytes)
    bytes.append(0x2F)
    bytes += IRI.escaped(place.rule).utf8
    try sink.begin(Terms.evidence, bytes.span, Terms.evidenceTypes)
    scratch = bytes
    try words(place, Terms.label, .language(source.language ?? "en"))
    try link(Terms.article, source.articleIRI)
    try link(Terms.wasDerivedFrom, source.articleIRI)
    try link(Terms.referenceContext, source.iri)
    try integer(Terms.beginIndex, place.codePoints.lowerBound)
    try integer(Terms.endIndex, place.codePoints.upperBound)
    try integer(Terms.start, place.codePoints.lowerBound)
    try integer(Terms.end, place.codePoints.upperBound)
    try words(place, Terms.anchorOf, .plain)
    try words(place, Terms.exact, .plain)
    try integer(Terms.sentence, place.sentence)
    try literal(Terms.rule, place.rule)
    bytes = takeScratch()
    Self.append(decimal: place.confidence, to: &bytes)
    try sink.literal(Terms.confidence, bytes.span, .typed("decimal"))
    scratch = bytes
    try sink.end()
  }

  private mutating func words(_ place: GraphFile.ProofReader.Place, _ property: Term, _ kind: LiteralKind) throws {
    try reader.graph.withWords(of: place) { (words) throws(ErrorNumber) in try sink.literal(property, words, kind) }
  }

  // MARK: The dataset

  /// What the file is: VoID and PROV.
  ///
  /// It comes last, as it tells how many triples there are.
  private mutating func writeDataset() throws {
    let dataset = reader.names.base + "dataset"
    let activity = dataset + "/reading"
    let agent = dataset + "/program"
    try sink.enter(graph: nil)
    try sink.begin(agent.utf8Span.span, [Terms.softwareAgent])
    try literal(Terms.label, reader.graph.creator)
    try sink.end()
    try sink.begin(activity.utf8Span.span, [Terms.activity])
    try literal(Terms.label, "reading of the articles", .language("en"))
    try link(Terms.wasAssociatedWith, agent)
    try sink.end()
    try sink.begin(dataset.utf8Span.span, [Terms.dataset, Terms.entity])
    try literal(Terms.label, "Vouch graph", .language("en"))
    try literal(Terms.title, "Vouch graph", .language("en"))
    try literal(
      Terms.description,
      "Actors, places, events, stances and statements in news articles, with the words that vouch for each of them.",
      .language("en"))
    try link(Terms.wasGeneratedBy, activity)
    try link(Terms.wasAttributedTo, agent)
    try link(Terms.conformsTo, "https://vouch.example/shapes")
    for vocabulary in Vocabulary.allCases where vocabulary != .xsd {
      try link(Terms.vocabulary, String(describing: vocabulary.namespace))
    }
    try literal(Terms.uriSpace, reader.names.base)
    try integer(Terms.entities, summary.nodes, type: "integer")
    try integer(Terms.triples, sink.triples - repeated + 1, type: "integer")
    try sink.end()
  }

  // MARK: Values

  private mutating func link(_ property: Term, _ iri: String) throws(ErrorNumber) {
    try sink.link(property, iri.utf8Span.span)
  }

  private mutating func literal(_ property: Term, _ value: String, _ kind: LiteralKind = .plain) throws(ErrorNumber) {
    try sink.literal(property, value.utf8Span.span, kind)
  }

  private mutating func integer(_ property: Term, _ value: Int, type: StaticString = "nonNegativeInteger")
    throws(ErrorNumber)
  {
    var bytes = takeScratch()
    Self.append(value, to: &bytes)
    try sink.literal(property, bytes.span, .typed(type))
    scratch = bytes
  }

  private mutating func concept(_ property: Term, _ scheme: String, _ code: String) throws(ErrorNumber) {
    try link(property, IRI.escaped("https://vouch.example/scheme/\(scheme)#\(code)"))
  }

  /// A date with the type that its precision calls for.
  private mutating func date(_ property: Term, _ value: String) throws(ErrorNumber) {
    guard let date = CalendarDate(iso8601: value) else { return }
    try literal(
      property, date.description, .typed(date.day != nil ? "date" : date.month != nil ? "gYearMonth" : "gYear"))
  }

  /// An empty array with the room that was needed before; give it back by putting it into `scratch`.
  private mutating func takeScratch() -> [UInt8] {
    var bytes: [UInt8] = []
    swap(&bytes, &scratch)
    bytes.removeAll(keepingCapacity: true)
    return bytes
  }

  private static func append(_ number: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    var rest = number.magnitude
    repeat {
      bytes.append(UInt8(truncatingIfNeeded: 0x30 + rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private static func append(hexadecimal number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let digit = UInt8(number >> shift & 15)
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// Canonical xsd:decimal: always with a point.
  private static func append(decimal confidence: Confidence, to bytes: inout [UInt8]) {
    let (whole, part) = Int(confidence.thousandths).quotientAndRemainder(dividingBy: 1000)
    append(whole, to: &bytes)
    bytes.append(0x2E)
    bytes.append(UInt8(0x30 + part / 100))
    if part % 100 > 0 { bytes.append(UInt8(0x30 + part / 10 % 10)) }
    if part % 10 > 0 { bytes.append(UInt8(0x30 + part % 10)) }
  }
}

extension TripleModel: SplitModel where Sink: ~Copyable {
  enum Items { case sources, nodes, edges }

  var canSplit: Bool { sink.canSplit }

  mutating func sibling() throws -> TripleModel {
    TripleModel(try reader.sibling(), try sink.sibling(), threads: threads)
  }

  mutating func write(_ items: Items, _ range: Range<Int>) throws {
    switch items {
    case .sources: for index in range { try write(source: SourceID(index)) }
    case .nodes:
      for index in range where reader.view.contains(node: index) || reader.view.vouches(node: index) {
        try write(node: NodeID(index))
      }
    case .edges: for index in range where reader.view.contains(edge: index) { try write(edge: index) }
    }
  }

  mutating func absorb(_ sibling: borrowing TripleModel) {
    summary.nodes += sibling.summary.nodes
    summary.edges += sibling.summary.edges
    repeated += sibling.repeated
    sink.absorb(sibling.sink)
  }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try sink.withOutput(body) }
}
