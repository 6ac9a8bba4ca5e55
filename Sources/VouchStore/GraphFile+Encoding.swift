internal import VouchArticles
internal import VouchCore
public import VouchKnowledge

extension GraphFile {
  /// The bytes of a file that holds `graph` as its first commit.
  public static func encode(_ graph: Graph, creator: String) -> [UInt8] {
    let segment = SegmentEncoder(graph).segment()
    let segmentOffset = 3 * Format.pageSize
    let manifestOffset = Format.aligned(segmentOffset + segment.bytes.count, to: Format.sectionAlignment)
    let manifest = self.manifest(of: graph, segmentOffset: segmentOffset, segment: segment)
    let length = manifestOffset + manifest.count
    let identity = identity(of: manifest)

    var writer = ByteWriter()
    writer.raw(Format.magic)
    writer.u32(Format.major)
    writer.u32(Format.minor)
    writer.u32(UInt32(Format.pageSize))
    writer.u32(0)
    writer.raw(identity)
    writer.raw(creator.utf8.prefix(32))
    writer.pad(to: Format.headerSize - 8)
    writer.hash()
    writer.align(to: Format.pageSize)

    writer.u32(Format.slotMagic)
    writer.u32(0)
    for value in [1, length, manifestOffset, manifest.count] { writer.u64(UInt64(value)) }
    writer.u64(XXH64.hash(manifest))
    // The manifest before this one; then the compatible, read-only-compatible and incompatible feature bits.
    for _ in 0..<4 { writer.u64(0) }
    writer.raw(identity)
    writer.hash(from: Format.pageSize)
    writer.pad(to: segmentOffset)

    writer.raw(segment.bytes)
    writer.pad(to: manifestOffset)
    writer.raw(manifest)
    return writer.bytes
  }

  private static func manifest(of graph: Graph, segmentOffset: Int, segment: (bytes: [UInt8], directoryHash: UInt64))
    -> [UInt8]
  {
    var writer = ByteWriter()
    writer.u32(Format.manifestMagic)
    writer.u32(1)
    writer.u64(1)
    writer.u64(0)
    let evidence = graph.nodes.reduce(0) { $0 + $1.evidence.count } + graph.edges.reduce(0) { $0 + $1.evidence.count }
    for count in [graph.nodes.count, graph.edges.count, evidence, graph.sources.count, 0] { writer.u64(UInt64(count)) }
    writer.u64(UInt64(segmentOffset))
    writer.u64(UInt64(segment.bytes.count))
    writer.u64(segment.directoryHash)
    return writer.bytes
  }

  /// A name-based UUID (version 8) of the first commit: the same graph has the same identity.
  private static func identity(of manifest: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.u64(XXH64.hash(manifest))
    writer.u64(XXH64.hash(manifest + [1]))
    var bytes = writer.bytes
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes
  }
}

/// Lays a graph out as the sections of one segment.
private struct SegmentEncoder {
  private let graph: Graph
  /// By bytes, as Swift's own equality of strings would take two spellings of one accent for the same string.
  private var stringIDs: [[UInt8]: UInt64] = [:]
  private var sections: [(section: Section, bytes: [UInt8], codec: Section.Codec, count: Int)] = []

  init(_ graph: Graph) {
    self.graph = graph
    encodeStrings()
    encodeNodes()
    encodeEdges()
    encodeEvidence()
    encodeSources()
    encodeAliases()
  }

  /// The segment's bytes, and the checksum of its header and directory.
  func segment() -> (bytes: [UInt8], directoryHash: UInt64) {
    let ordered = sections.sorted { $0.section.rawValue < $1.section.rawValue }
    let directorySize = Format.segmentHeaderSize + ordered.count * Format.directoryEntrySize
    var offsets: [Int] = []
    var offset = directorySize
    for section in ordered {
      offset = Format.aligned(offset, to: Format.sectionAlignment)
      offsets.append(offset)
      offset += section.bytes.count
    }
    var writer = ByteWriter()
    writer.u32(Format.segmentMagic)
    writer.u32(UInt32(ordered.count))
    writer.u64(UInt64(offset))
    writer.pad(to: Format.segmentHeaderSize)
    for (section, offset) in zip(ordered, offsets) {
      writer.u32(section.section.rawValue)
      writer.u32(section.codec.rawValue)
      for value in [offset, section.bytes.count, section.count] { writer.u64(UInt64(value)) }
      writer.u64(XXH64.hash(section.bytes))
      writer.u64(0)
    }
    let hash = XXH64.hash(writer.bytes)
    for (section, offset) in zip(ordered, offsets) {
      writer.pad(to: offset)
      writer.raw(section.bytes)
    }
    return (writer.bytes, hash)
  }

  private mutating func column(_ section: Section, _ values: [UInt64]) {
    let (bytes, codec) = PackedColumn.encode(values)
    sections.append((section, bytes, codec, values.count))
  }

  /// A column of where each run starts, and where the last one ends.
  private mutating func starts(_ section: Section, first: Int = 0, _ counts: [Int]) {
    var position = UInt64(first)
    var values = [position]
    for count in counts {
      position += UInt64(count)
      values.append(position)
    }
    column(section, values)
  }

  private func id(_ string: String) -> UInt64 { stringIDs[Array(string.utf8)] ?? 0 }

  private mutating func encodeStrings() {
    var strings: Set<[UInt8]> = []
    func add(_ string: String) { strings.insert(Array(string.utf8)) }
    for node in graph.nodes {
      for string in [node.key, node.label, node.label.folded] { add(string) }
      for property in node.properties {
        add(property.key.rawValue)
        add(property.value)
        if property.key == .alias { add(property.value.folded) }
      }
      for evidence in node.evidence { add(evidence.rule.string) }
    }
    for edge in graph.edges { for evidence in edge.evidence { add(evidence.rule.string) } }
    for source in graph.sources { add(source.article) }
    let sorted = strings.sorted { $0.lexicographicallyPrecedes($1) }
    for (number, string) in sorted.enumerated() { stringIDs[string] = UInt64(number) }
    let encoded = StringDictionary.encode(sorted)
    sections.append((.stringBlocks, encoded.blocks, .bytes, sorted.count))
    column(.stringIndex, encoded.index)
  }

  private mutating func encodeNodes() {
    let nodes = graph.nodes
    column(.nodeKind, nodes.map { UInt64($0.kind.rawValue) })
    column(.nodeKey, nodes.map { id($0.key) })
    column(.nodeLabel, nodes.map { id($0.label) })
    starts(.nodeEvidence, nodes.map(\.evidence.count))
    starts(.nodeProperty, nodes.map(\.properties.count))
    column(.propertyKey, nodes.flatMap { $0.properties.map { id($0.key.rawValue) } })
    column(.propertyValue, nodes.flatMap { $0.properties.map { id($0.value) } })
  }

  private mutating func encodeEdges() {
    let edges = graph.edges
    column(.edgeKind, edges.map { UInt64($0.kind.rawValue) })
    starts(.edgeEvidence, first: graph.nodes.reduce(0) { $0 + $1.evidence.count }, edges.map(\.evidence.count))
    encodeLinks()
  }

  /// A link is a pair of nodes that edges lead from and to; its edges follow each other.
  private mutating func encodeLinks() {
    var subjects: [UInt64] = []
    var objects: [UInt64] = []
    var firstEdges: [UInt64] = []
    var edgeLinks: [UInt64] = []
    edgeLinks.reserveCapacity(graph.edges.count)
    var outgoing = [Int](repeating: 0, count: graph.nodes.count)
    var incoming = outgoing
    for (index, edge) in graph.edges.enumerated() {
      let pair = (UInt64(edge.subject.index), UInt64(edge.object.index))
      if subjects.last != pair.0 || objects.last != pair.1 {
        subjects.append(pair.0)
        objects.append(pair.1)
        firstEdges.append(UInt64(index))
        outgoing[Int(edge.subject.index)] += 1
        incoming[Int(edge.object.index)] += 1
      }
      edgeLinks.append(UInt64(subjects.count - 1))
    }
    firstEdges.append(UInt64(graph.edges.count))
    var next: [Int] = []
    var position = 0
    for count in incoming {
      next.append(position)
      position += count
    }
    var byObject = [UInt64](repeating: 0, count: subjects.count)
    for (link, object) in objects.enumerated() {
      byObject[next[Int(object)]] = UInt64(link)
      next[Int(object)] += 1
    }
    starts(.nodeLinkOut, outgoing)
    starts(.nodeLinkIn, incoming)
    column(.edgeLink, edgeLinks)
    column(.linkSubject, subjects)
    column(.linkObject, objects)
    column(.linkEdge, firstEdges)
    column(.linkIn, byObject)
  }

  private mutating func encodeEvidence() {
    let evidence = graph.nodes.flatMap(\.evidence) + graph.edges.flatMap(\.evidence)
    column(.evidenceSource, evidence.map { UInt64($0.source.index) })
    column(.evidenceSentence, evidence.map { UInt64($0.sentence) })
    column(.evidenceStart, evidence.map { UInt64($0.span.start) })
    column(.evidenceLength, evidence.map { UInt64($0.span.count) })
    var rules: [Symbol: UInt64] = [:]
    for piece in evidence { rules[piece.rule] = 0 }
    let names = rules.keys.sorted { $0.string.precedesBytewise($1.string) }
    for (number, rule) in names.enumerated() { rules[rule] = UInt64(number) }
    column(.ruleName, names.map { id($0.string) })
    column(.evidenceRule, evidence.map { rules[$0.rule] ?? 0 })
    column(.evidenceConfidence, evidence.map { UInt64($0.confidence.thousandths) })
    column(.evidenceChecksum, evidence.map { UInt64($0.checksum) })
  }

  private mutating func encodeSources() {
    let sources = graph.sources
    column(.sourceArticle, sources.map { id($0.article) })
    column(.sourceNode, sources.map { UInt64($0.node.index) })
    column(.sourceLayer, sources.map { $0.layer == .text ? 0 : 1 })
    starts(.sourceText, sources.map(\.text.count))
    starts(.sourceSentence, sources.map(\.sentences.count))
    column(.sourceWitness, sources.map { UInt64((graph.witnesses[$0.node] ?? $0.node).index) })
    column(.sourcePublished, sources.map { UInt64(clamping: published($0).map { $0 + 1 } ?? 0) })
    column(.sourceHash, sources.map { XXH64.hash($0.text.bytes) })
    column(.sentenceStart, sources.flatMap { $0.sentences.map { UInt64($0.start) } })
    column(.sentenceLength, sources.flatMap { $0.sentences.map { UInt64($0.count) } })
    sections.append((.text, sources.flatMap(\.text.bytes), .bytes, sources.reduce(0) { $0 + $1.text.count }))
  }

  private func published(_ source: Graph.Source) -> Int? {
    let properties = graph.nodes[Int(source.node.index)].properties
    return properties.first { $0.key == .published }.flatMap { Graph.publicationDay($0.value) }
  }

  private mutating func encodeAliases() {
    var aliases: Set<[UInt64]> = []
    for (index, node) in graph.nodes.enumerated() {
      aliases.insert([id(node.label.folded), UInt64(index)])
      for property in node.properties where property.key == .alias {
        aliases.insert([id(property.value.folded), UInt64(index)])
      }
    }
    let sorted = aliases.sorted { $0.lexicographicallyPrecedes($1) }
    column(.aliasName, sorted.map { $0[0] })
    column(.aliasNode, sorted.map { $0[1] })
  }
}

extension Graph {
  /// Days since 1970-01-01 of an article's publication; `nil` where the day is unknown or before then.
  static func publicationDay(_ text: String) -> Int? {
    guard let date = CalendarDate(iso8601: text), date.day != nil, date.dayNumber >= 0 else { return nil }
    return date.dayNumber
  }
}
