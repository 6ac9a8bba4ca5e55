internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge

/// Lays a graph out as the sections of one segment.
struct GraphEncoder {
  private let graph: Graph
  /// Where the bytes of each source text lie in the file.
  private let texts: [Int]
  /// The articles that the graph was made from.
  private let articles: [Manifest.Place]
  private var strings = StringTable()
  // Provisional numbers of strings, in the order of what they belong to.
  private var keys: [Int] = []
  private var labels: [Int] = []
  private var properties: [(key: Int, value: Int)] = []
  private var articleNames: [Int] = []
  private var names: [(name: Int, node: Int)] = []
  /// The evidence of nodes, then of edges.
  private let evidence: [Evidence]
  /// Numbers of rules in the file, by the numbers of their symbols; `nil` for other symbols.
  private var ruleNumbers: [UInt64?] = []
  private var sections: [(section: Section, bytes: [UInt8], codec: Section.Codec, count: Int)] = []

  init(_ graph: Graph, texts: [Int], articles: [Manifest.Place]) {
    self.graph = graph
    self.texts = texts
    self.articles = articles
    var evidence: [Evidence] = []
    evidence.reserveCapacity(
      graph.nodes.reduce(0) { $0 + $1.evidence.count } + graph.edges.reduce(0) { $0 + $1.evidence.count })
    for node in graph.nodes { evidence += node.evidence }
    for edge in graph.edges { evidence += edge.evidence }
    self.evidence = evidence
    encodeStrings()
    encodeNodes()
    encodeEdges()
    encodeEvidence()
    encodeSources()
    encodeAliases()
  }

  /// The segment for its place in the file.
  func segment(at offset: Int) -> [UInt8] {
    let ordered = sections.sorted { $0.section.rawValue < $1.section.rawValue }
    var body = ByteWriter()
    for section in ordered {
      body.align(to: Format.sectionAlignment)
      body.raw(section.bytes)
    }
    var directory = ByteWriter()
    var position = 0
    for section in ordered {
      position = Format.aligned(position)
      directory.u32(section.section.rawValue)
      directory.u32(section.codec.rawValue)
      for value in [position, section.bytes.count, section.count] { directory.u64(UInt64(value)) }
      directory.u64(XXH64.hash(section.bytes))
      directory.u64(0)
      position += section.bytes.count
    }
    for start in stride(from: 0, to: body.count, by: Format.chunkSize) {
      directory.u64(XXH64.hash(body.bytes[start..<min(start + Format.chunkSize, body.count)]))
    }
    let hashed = directory.count
    directory.align(to: Format.sectionAlignment)
    let fields = [UInt64(ordered.count), UInt64(body.count)]
    directory.raw(body.bytes)
    return SegmentHeader.segment(.graph, fields: fields, body: directory.bytes, hashed: hashed, at: offset)
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

  private mutating func encodeStrings() {
    strings.reserve(3 * graph.nodes.count)
    keys.reserveCapacity(graph.nodes.count)
    labels.reserveCapacity(graph.nodes.count)
    names.reserveCapacity(graph.nodes.count)
    for (index, node) in graph.nodes.enumerated() {
      keys.append(strings.add(node.key))
      labels.append(strings.add(node.label))
      names.append((strings.add(node.label.folded), index))
      for property in node.properties {
        properties.append((strings.add(property.key.rawValue), strings.add(property.value)))
        if property.key == .alias { names.append((strings.add(property.value.folded), index)) }
      }
    }
    for source in graph.sources { articleNames.append(strings.add(source.article)) }
    let rules = usedRules().sorted { $0.string.precedesBytewise($1.string) }
    let ruleNames = rules.map { strings.add($0.string) }
    let sorted = strings.sort()
    let encoded = StringDictionary.encode(sorted)
    sections.append((.stringBlocks, encoded.blocks, .bytes, sorted.count))
    column(.stringIndex, encoded.index)
    column(.ruleName, ruleNames.map { strings[$0] })
    for (number, rule) in rules.enumerated() { ruleNumbers[rule.number] = UInt64(number) }
  }

  /// The rules of the evidence, each once; makes room for their numbers.
  private mutating func usedRules() -> [Symbol] {
    var rules: [Symbol] = []
    for piece in evidence {
      let number = piece.rule.number
      if number >= ruleNumbers.count {
        ruleNumbers += repeatElement(nil, count: number + 1 - ruleNumbers.count)
      }
      guard ruleNumbers[number] == nil else { continue }
      ruleNumbers[number] = 0
      rules.append(piece.rule)
    }
    return rules
  }

  private mutating func encodeNodes() {
    let nodes = graph.nodes
    column(.nodeKind, nodes.map { UInt64($0.kind.rawValue) })
    column(.nodeKey, keys.map { strings[$0] })
    column(.nodeLabel, labels.map { strings[$0] })
    starts(.nodeEvidence, nodes.map { $0.evidence.count })
    starts(.nodeProperty, nodes.map { $0.properties.count })
    column(.propertyKey, properties.map { strings[$0.key] })
    column(.propertyValue, properties.map { strings[$0.value] })
  }

  private mutating func encodeEdges() {
    let edges = graph.edges
    column(.edgeKind, edges.map { UInt64($0.kind.rawValue) })
    starts(.edgeEvidence, first: graph.nodes.reduce(0) { $0 + $1.evidence.count }, edges.map { $0.evidence.count })
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
    column(.evidenceSource, evidence.map { UInt64($0.source.index) })
    column(.evidenceSentence, evidence.map { UInt64($0.sentence) })
    column(.evidenceStart, evidence.map { UInt64($0.span.start) })
    column(.evidenceLength, evidence.map { UInt64($0.span.count) })
    column(.evidenceRule, evidence.map { ruleNumbers[$0.rule.number] ?? 0 })
    column(.evidenceConfidence, evidence.map { UInt64($0.confidence.thousandths) })
    column(.evidenceChecksum, evidence.map { UInt64($0.checksum) })
  }

  private mutating func encodeSources() {
    let sources = graph.sources
    column(.sourceArticle, articleNames.map { strings[$0] })
    column(.sourceNode, sources.map { UInt64($0.node.index) })
    column(.sourceLayer, sources.map { $0.layer == .text ? 0 : 1 })
    column(.sourceOffset, texts.map { UInt64($0) })
    column(.sourceLength, sources.map { UInt64($0.text.count) })
    starts(.sourceSentence, sources.map { $0.sentences.count })
    column(.sourceWitness, sources.map { UInt64((graph.witnesses[$0.node] ?? $0.node).index) })
    column(.sourcePublished, sources.map { UInt64(clamping: published($0).map { $0 + 1 } ?? 0) })
    column(.sourceHash, sources.map { XXH64.hash($0.text.bytes) })
    column(.sentenceStart, sources.flatMap { $0.sentences.map { UInt64($0.start) } })
    column(.sentenceLength, sources.flatMap { $0.sentences.map { UInt64($0.count) } })
    column(.articleOffset, articles.map { UInt64($0.offset) })
    column(.articleHash, articles.map(\.hash))
  }

  private func published(_ source: Graph.Source) -> Int? {
    let properties = graph.nodes[Int(source.node.index)].properties
    return properties.first { $0.key == .published }.flatMap { Graph.publicationDay($0.value) }
  }

  private mutating func encodeAliases() {
    let sorted = names.map { (strings[$0.name], UInt64($0.node)) }.sorted { $0 < $1 }
    var distinct: [(name: UInt64, node: UInt64)] = []
    for pair in sorted where distinct.last.map({ ($0.name, $0.node) != pair }) ?? true { distinct.append(pair) }
    column(.aliasName, distinct.map(\.name))
    column(.aliasNode, distinct.map(\.node))
  }
}
