internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore
internal import VouchXML

/// What files of nodes and edges tell: one model for all profiles of GraphML, for GEXF and for all tables.
///
/// The first piece of evidence stands in plain attributes; where there are several, all of them as a JSON array in
/// `evidence`. An absent value is left out.
struct ElementModel: ~Copyable {
  private var reader: ViewReader
  private var writer: ElementWriter
  private let threads: Int

  init(_ reader: ViewReader, _ writer: consuming ElementWriter, threads: Int) {
    self.reader = reader
    self.writer = writer
    self.threads = threads
  }

  /// Writes the nodes and the edges as GraphML or GEXF, and ends the file.
  mutating func writeGraph(collapsed: CollapsedView?) throws -> ExportSummary {
    try writer.beginGraph()
    try writeNodes(collapsed: collapsed)
    try writeEdges(collapsed: collapsed)
    try writer.endGraph()
    return try finish()
  }

  /// Ends the file.
  mutating func finish() throws -> ExportSummary {
    try writer.output.finish()
    var summary = ExportSummary()
    summary.nodes = writer.nodes
    summary.edges = writer.edges
    summary.replacedCharacters = writer.output.replacedCharacters
    summary.bytes = writer.output.byteCount
    return summary
  }

  mutating func writeNodes(collapsed: CollapsedView?) throws {
    try writer.begin(isNode: true)
    try writeAll(.nodes(collapsed), count: reader.graph.nodeCount, threads: threads)
  }

  mutating func writeEdges(collapsed: CollapsedView?) throws {
    try writer.begin(isNode: false)
    guard let collapsed else { return try writeAll(.edges, count: reader.graph.edgeCount, threads: threads) }
    // They are numbered as they are found.
    for index in 0..<reader.graph.nodeCount where collapsed.contains(node: index) {
      var place = (target: NodeID?.none, number: 0)
      for edge in try collapsed.edges(from: NodeID(index)) {
        place = (edge.target, place.target == edge.target ? place.number + 1 : 0)
        try write(collapsed: edge, from: index, place: place.number)
      }
    }
  }

  // MARK: Nodes

  private mutating func write(node id: NodeID) throws {
    let facts = NodeFacts(try reader.graph.node(id), reader.names)
    let kind = facts.kind
    let evidence = try reader.graph.evidence(of: id)
    let mentions = try reader.view.count(evidence)
    let properties = try reader.graph.properties(of: id)
    try writer.begin(node: Int(id.index))
    if writer.form == .gexf {
      let days = try days(of: evidence)
      let place = place(of: id, properties)
      try writer.attributes(
        label: Appearance.short(facts.label), weight: nil, first: days?.first, last: days?.last,
        Appearance.color(kind), size: Appearance.size(kind, mentions: mentions), x: place.x, y: place.y)
    }
    try writer.text(.name, facts.label)
    let isNamed = writer.has(.labelV) || writer.profile == .cytoscape || writer.form == .table
    try writer.text(.label, isNamed ? facts.label : Appearance.short(facts.label))
    try write(labels: kind)
    try writer.text(.labelV, ResourceNames.className(kind))
    try writer.text(.kind, facts.kindName)
    try writer.text(.key, facts.key)
    try writer.text(.uri, facts.iri)
    try writer.integer(.mentions, mentions)
    try writer.integer(.articles, try reader.view.articles(of: evidence).count)
    var date: String?
    for (number, (key, value)) in properties.enumerated() {
      if key == .date || key == .published { date = value }
      // The values of one property follow each other.
      if key.isMultiple {
        guard number == 0 || properties[number - 1].key != key else { continue }
        try writer.text(
          Self.attribute(key), properties.lazy.filter { $0.key == key }.map(\.value).joined(separator: "|"))
      } else {
        try writer.text(Self.attribute(key), value)
      }
    }
    if let date { try write(date: date) }
    try write(appearanceOf: id, kind, mentions: mentions, properties)
    try write(evidence: evidence, count: mentions)
    if writer.has(.graphics), try writer.markup(.graphics) {
      try YedGraphics.write(node: id, facts, mentions: mentions, properties, to: &writer.output)
    }
    try writer.endNode()
  }

  /// Labels as Neo4j takes them: `:Actor:Person` in GraphML, `Actor;Person` in tables.
  private mutating func write(labels kind: NodeKind) throws(ErrorNumber) {
    guard writer.has(.labels) else { return }
    let separator: StaticString = writer.form == .table ? ";" : ":"
    try writer.text(.labels, writer.form == .table ? "" : separator)
    // A country is both.
    if kind.isActor {
      try writer.output.write("Actor")
      try writer.output.write(separator)
    }
    if kind.isPlace && kind != .place {
      try writer.output.write("Place")
      try writer.output.write(separator)
    }
    try writer.output.write(ResourceNames.className(kind))
  }

  private static func attribute(_ property: Property) -> Attribute {
    switch property {
    case .alias: .aliases
    case .wikidata: .wikidata
    case .geonames: .geonames
    case .country: .country
    case .code: .code
    case .latitude: .latitude
    case .longitude: .longitude
    case .eventType: .eventType
    case .eventMode: .eventMode
    case .modality: .modality
    case .date: .date
    case .polarity: .polarity
    case .stanceKind: .stanceKind
    case .form: .form
    case .cue: .cue
    case .content: .content
    case .title: .title
    case .url: .url
    case .published: .published
    case .language: .language
    case .outlet: .outlet
    case .agency: .agency
    case .merge: .merge
    }
  }

  /// First and last day of a date, for programs that know neither months nor years; a number to sort by.
  private mutating func write(date text: String) throws {
    guard writer.has(.dateStart) || writer.has(.dateNumber), let date = CalendarDate(iso8601: text) else { return }
    try write(from: reader.iso8601(day: date.dayNumber), to: reader.iso8601(day: date.endDayNumber - 1))
  }

  private mutating func write(from first: String, to last: String) throws(ErrorNumber) {
    try writer.text(.dateStart, first)
    try writer.text(.dateEnd, last)
    guard writer.has(.dateNumber) else { return }
    // The digits alone.
    try writer.integer(.dateNumber, first.utf8.reduce(0) { $1 == 0x2D ? $0 : $0 * 10 + Int($1 &- 0x30) })
  }

  private mutating func write(
    appearanceOf id: NodeID, _ kind: NodeKind, mentions: Int, _ properties: [(key: Property, value: String)]
  ) throws {
    guard writer.has(.size) else { return }
    try write(Appearance.color(kind))
    try writer.integer(.size, Appearance.size(kind, mentions: mentions))
    let place = place(of: id, properties)
    try writer.number(.x, thousandths: place.x)
    try writer.number(.y, thousandths: place.y)
  }

  /// Where a node is drawn, in thousandths: on a map, or around it.
  private func place(of id: NodeID, _ properties: [(key: Property, value: String)]) -> (x: Int, y: Int) {
    let latitude = properties.first { $0.key == .latitude }?.value ?? ""
    let longitude = properties.first { $0.key == .longitude }?.value ?? ""
    // Gephi's y grows upwards, Cytoscape's downwards.
    let up = writer.profile == .gephi ? 1 : -1
    return Appearance.position(latitude: latitude, longitude: longitude, up: up) ?? Appearance.spiral(Int(id.index))
  }

  private mutating func write(_ color: Appearance.Color) throws {
    try writer.integer(.r, color.r)
    try writer.integer(.g, color.g)
    try writer.integer(.b, color.b)
    if writer.has(.color) { try writer.text(.color, color.text) }
  }

  // MARK: Edges

  private mutating func write(edge: GraphFile.Edge) throws {
    let kind = EdgeName(edge.kind)
    try writer.begin(edge: edge.id, from: Int(edge.subject.index), to: Int(edge.object.index))
    let weight = try reader.view.witnessCount(edge.evidence)
    if writer.form == .gexf {
      let days = try days(of: edge.evidence)
      try writer.attributes(
        label: kind.name, weight: weight, first: days?.first, last: days?.last,
        Appearance.color(edge.kind))
    }
    try writer.text(.label, writer.profile == .neo4j ? kind.constant : kind.name)
    try writer.text(.labelE, kind.name)
    try writer.text(.interaction, kind.name)
    try writer.text(.kind, kind.name)
    try writer.iri(.uri, reader.names.base, "relation/", hexadecimal: reader.number(of: edge))
    try writer.number(.weight, thousandths: 1000 * weight)
    let mentions = try reader.view.count(edge.evidence)
    try writer.integer(.mentions, mentions)
    try write(published: edge.evidence)
    if writer.has(.r) || writer.has(.color) { try write(Appearance.color(edge.kind)) }
    try write(evidence: edge.evidence, count: mentions)
    if writer.has(.graphics), try writer.markup(.graphics) {
      try YedGraphics.write(
        edge: kind.name, color: Appearance.color(edge.kind), weight: 1, isFact: true, place: 1,
        to: &writer.output)
    }
    try writer.endEdge()
  }

  /// - Parameter place: Number of the edge among those from its subject to its target.
  private mutating func write(collapsed edge: CollapsedEdge, from subject: Int, place: Int) throws {
    let name = edge.name
    let from = try reader.facts(of: NodeID(subject))
    let to = try reader.facts(of: edge.target)
    try writer.begin(edge: writer.edges, from: subject, to: Int(edge.target.index))
    let weight = try reader.view.witnessCount(edge.evidence)
    let color = Appearance.color(edge)
    if writer.form == .gexf {
      let days = try days(of: edge.evidence)
      try writer.attributes(
        label: name, weight: weight, first: days?.first, last: days?.last, color)
    }
    try writer.text(.label, writer.profile == .neo4j ? EdgeName.constant(name) : name)
    try writer.text(.labelE, name)
    try writer.text(.interaction, name)
    try writer.text(.kind, name)
    var bytes = Array(from.key.utf8)
    for part in [name, to.key] { bytes += [0x1F] + part.utf8 }
    try writer.iri(.uri, reader.names.base, "relation/", hexadecimal: unsafe XXH64.hash(bytes.span.bytes))
    try writer.number(.weight, thousandths: 1000 * weight)
    try writer.integer(.mentions, edge.evidence.count)
    try writer.integer(.folded, edge.via.count)
    var via: [String] = []
    for node in edge.via { via.append(try reader.facts(of: node).iri) }
    try writer.text(.via, via.joined(separator: "|"))
    try writer.text(.modality, edge.modality ?? "")
    try writer.text(.polarity, edge.polarity ?? "")
    try write(published: edge.evidence)
    if writer.has(.r) || writer.has(.color) { try write(color) }
    try write(evidence: edge.evidence, count: edge.evidence.count)
    if writer.has(.graphics), try writer.markup(.graphics) {
      try YedGraphics.write(
        edge: name, color: color, weight: weight, isFact: (edge.modality ?? "asserted") == "asserted",
        place: place, to: &writer.output)
    }
    try writer.endEdge()
  }

  /// The day on which what says so was first published.
  private mutating func write(published evidence: some Collection<Int>) throws {
    guard writer.has(.published), let published = try days(of: evidence)?.first else { return }
    try writer.text(.published, published)
    try write(from: published, to: published)
  }

  /// The first and the last day on which evidence was published; `nil` if no day is known.
  private mutating func days(of evidence: some Collection<Int>) throws -> (first: String, last: String)? {
    var days: ClosedRange<Int>?
    for index in evidence {
      let source = try reader.graph.source(ofEvidence: index)
      guard reader.view.admits(source), let day = try reader.graph.published(source) else { continue }
      days = min(day, days?.lowerBound ?? day)...max(day, days?.upperBound ?? day)
    }
    guard let days else { return nil }
    return (reader.iso8601(day: days.lowerBound), reader.iso8601(day: days.upperBound))
  }

  // MARK: Evidence

  /// The first piece in plain attributes; all as JSON if there are several.
  private mutating func write(evidence: some Collection<Int>, count total: Int) throws {
    var count = 0
    var isArray = false
    for index in evidence {
      let place = try reader.proofs.place(index)
      guard reader.view.admits(place.source) else { continue }
      count += 1
      if count == 1 {
        try write(first: place)
        guard total > 1 else { return }
        isArray = try writer.json(.evidence)
        if isArray { try writer.punctuation("[") }
      } else if isArray {
        try writer.punctuation(", ")
      }
      if isArray { try write(json: place) }
    }
    if isArray { try writer.punctuation("]") }
  }

  private mutating func write(first place: GraphFile.ProofReader.Place) throws {
    let source = try reader.facts(of: place.source)
    try writer.text(.provArticle, source.article)
    if let url = source.url { try writer.text(.provUrl, url) }
    try writer.text(.provLayer, source.layer.rawValue)
    try writer.integer(.provSentence, place.sentence)
    try writer.integer(.provStart, place.codePoints.lowerBound)
    try writer.integer(.provEnd, place.codePoints.upperBound)
    try reader.graph.withWords(of: place) { (words) throws(ErrorNumber) in try writer.text(.provQuote, words) }
    try writer.text(.rule, place.rule)
    try writer.number(.confidence, thousandths: Int(place.confidence.thousandths))
  }

  private mutating func write(json place: GraphFile.ProofReader.Place) throws {
    let source = try reader.facts(of: place.source)
    try writer.punctuation("{\"article\": \"")
    try writer.json(text: source.article)
    if let url = source.url {
      try writer.punctuation("\", \"url\": \"")
      try writer.json(text: url)
    }
    try writer.punctuation("\", \"layer\": \"")
    try writer.json(text: source.layer.rawValue)
    try writer.punctuation("\", \"sentence\": ")
    try writer.output.write(place.sentence)
    try writer.punctuation(", \"start\": ")
    try writer.output.write(place.codePoints.lowerBound)
    try writer.punctuation(", \"end\": ")
    try writer.output.write(place.codePoints.upperBound)
    try writer.punctuation(", \"words\": \"")
    try reader.graph.withWords(of: place) { (words) throws(ErrorNumber) in try writer.json(text: words) }
    try writer.punctuation("\", \"rule\": \"")
    try writer.json(text: place.rule)
    try writer.punctuation("\", \"confidence\": ")
    try writer.output.write(thousandths: Int(place.confidence.thousandths))
    try writer.punctuation("}")
  }
}

extension ElementModel: SplitModel {
  var canSplit: Bool { true }

  mutating func sibling() throws -> ElementModel {
    ElementModel(try reader.sibling(), try writer.sibling(), threads: threads)
  }

  mutating func write(_ items: ElementItems, _ range: Range<Int>) throws {
    switch items {
    case .nodes(let collapsed):
      for index in range where collapsed?.contains(node: index) ?? reader.view.contains(node: index) {
        try write(node: NodeID(index))
      }
    case .edges:
      for index in range where reader.view.contains(edge: index) { try write(edge: try reader.graph.edge(index)) }
    }
  }

  mutating func absorb(_ sibling: borrowing ElementModel) { writer.absorb(sibling.writer) }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try body(&writer.output) }
}

/// How a kind of edge is called, without making strings for every edge.
struct EdgeName {
  private static let names = (0...Int(EdgeKind.allCases.map(\.rawValue).max() ?? 0)).map {
    EdgeKind(rawValue: UInt8($0))?.name ?? ""
  }
  private static let constants = names.map(constant)

  let name: String
  /// As Neo4j's types are written: `CO_ACTOR`.
  let constant: String

  init(_ kind: EdgeKind) {
    name = Self.names[Int(kind.rawValue)]
    constant = Self.constants[Int(kind.rawValue)]
  }

  static func constant(_ name: String) -> String {
    String(name.uppercased().map { $0.isLetter || $0.isNumber ? $0 : "_" })
  }
}
