internal import Synchronization
public import VouchCore
internal import VouchKnowledge

/// A graph file open for reading.
///
/// Opening takes the same short time whatever the size: it checks the header, the commit slots, the manifest and the directory. All
/// else is verified when it is first read, 64 KiB at a time, a text as a whole. What a
/// checksum cannot tell (a number that points nowhere) is found when it is used, as `Corruption`.
public final class GraphFile: Sendable {
  /// The file as the user named it.
  public let path: String
  /// Number of the commit that is read, from 1.
  public let generation: Int
  /// Format of the file; an older one is read as if it were today's.
  public let format: FormatVersion
  /// Version of Vouch that made the file.
  public let creator: String
  /// Length of the file in bytes, as committed.
  public let length: Int
  /// Number of nodes.
  public let nodeCount: Int
  /// Number of edges.
  public let edgeCount: Int
  /// Number of pairs of nodes that edges lead from and to.
  public let linkCount: Int
  /// Number of pieces of evidence.
  public let evidenceCount: Int
  /// Number of source texts.
  public let sourceCount: Int

  let strings: StringDictionary
  let columns: ColumnTable
  let layout: FileLayout
  /// Source texts whose checksums were verified.
  let verifiedSources: OnceFlags
  /// Number of them, as some threads count.
  let textsRead = Atomic<Int>(0)
  let file: MappedFile

  // The columns that searches read for every edge.
  let nodeKind, nodeLinkOut, nodeLinkIn, edgeKind, edgeEvidence, edgeLink: PackedColumn
  let linkSubject, linkObject, linkEdge, linkIn: PackedColumn
  // Those that exports read for every piece of evidence.
  let evidenceSource, evidenceSentence, evidenceStart, evidenceLength: PackedColumn
  let evidenceRule, evidenceConfidence, evidenceChecksum: PackedColumn
  let sourcePublished, sourceWitness, sourceOffset, sourceLength, sourceSentence: PackedColumn
  let sentenceStart, sentenceLength: PackedColumn

  /// Opens a graph file.
  ///
  /// - Parameter generation: The commit to read, as long as the file holds it; the newest if `nil`.
  /// - Throws: A `Diagnostic` for a file that cannot be read, is no graph, is truncated or damaged, or was made by a
  ///   later version of the format.
  public convenience init(path: String, generation: Int? = nil) throws(Diagnostic) {
    try self.init(MappedFile(path: path), generation)
  }

  /// Reads bytes as a graph file.
  ///
  /// - Parameter path: How messages call it.
  /// - Throws: As opening a file does.
  public convenience init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    try self.init(MappedFile(bytes, path: path), nil)
  }

  private convenience init(_ given: MappedFile, _ generation: Int?) throws(Diagnostic) {
    var file = given
    do {
      let header = try FileHeader(file)
      if header.major == 1 { file = try Version1.upgraded(file, header) }
      let layout = try FileLayout(file, header.major == 1 ? FileHeader(file) : header, generation: generation)
      try self.init(
        file, layout, path: given.path, FormatVersion(major: Int(header.major), minor: Int(header.minor)),
        creator: header.creator)
    } catch let corruption as Corruption {
      throw corruption.diagnostic(given.path)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Corruption(section: "file", reason: String(describing: error)).diagnostic(given.path)
    }
  }

  /// Opens what this graph reads once more, for another thread, in the same short time.
  ///
  /// Threads may share a graph; but those that read all the time wait for each other where they count references to its parts.
  ///
  /// - Throws: `Corruption` as reading does.
  public func reopened() throws(Corruption) -> GraphFile {
    let file = MappedFile(sharing: file)
    return try GraphFile(file, FileLayout(layout, file), path: path, format, creator: creator)
  }

  private init(_ file: MappedFile, _ layout: FileLayout, path: String, _ format: FormatVersion, creator: String)
    throws(Corruption)
  {
    var columns = ColumnTable()
    for section in Section.columns(ofVersion: Format.major) { columns[section] = try layout.column(section) }
    func column(_ section: Section) throws(Corruption) -> PackedColumn {
      guard let column = columns[section] else { throw Corruption(section, "the section is missing") }
      return column
    }
    guard let blocks = layout.entries[.stringBlocks] else {
      throw Corruption(.stringBlocks, "the section is missing")
    }
    strings = try StringDictionary(file, blocks, index: column(.stringIndex), layout.chunks)
    nodeKind = try column(.nodeKind)
    nodeLinkOut = try column(.nodeLinkOut)
    nodeLinkIn = try column(.nodeLinkIn)
    edgeKind = try column(.edgeKind)
    edgeEvidence = try column(.edgeEvidence)
    edgeLink = try column(.edgeLink)
    linkSubject = try column(.linkSubject)
    linkObject = try column(.linkObject)
    linkEdge = try column(.linkEdge)
    linkIn = try column(.linkIn)
    evidenceSource = try column(.evidenceSource)
    evidenceSentence = try column(.evidenceSentence)
    evidenceStart = try column(.evidenceStart)
    evidenceLength = try column(.evidenceLength)
    evidenceRule = try column(.evidenceRule)
    evidenceConfidence = try column(.evidenceConfidence)
    evidenceChecksum = try column(.evidenceChecksum)
    sourcePublished = try column(.sourcePublished)
    sourceWitness = try column(.sourceWitness)
    sourceOffset = try column(.sourceOffset)
    sourceLength = try column(.sourceLength)
    sourceSentence = try column(.sourceSentence)
    sentenceStart = try column(.sentenceStart)
    sentenceLength = try column(.sentenceLength)
    linkCount = linkSubject.count
    nodeCount = nodeKind.count
    edgeCount = edgeKind.count
    evidenceCount = evidenceSource.count
    sourceCount = try column(.sourceArticle).count
    try Self.checkCounts(
      columns, nodes: nodeCount, edges: edgeCount, links: linkCount, evidence: evidenceCount, sources: sourceCount)
    verifiedSources = OnceFlags(sourceCount)
    self.columns = columns
    self.layout = layout
    generation = layout.manifest.generation
    length = layout.slot.length
    self.format = format
    self.creator = creator
    self.file = file
    self.path = path
  }

  /// Columns of one table must be equally long.
  private static func checkCounts(
    _ columns: ColumnTable, nodes: Int, edges: Int, links: Int, evidence: Int, sources: Int
  ) throws(Corruption) {
    let properties = columns[.propertyKey]?.count ?? 0
    let sentences = columns[.sentenceStart]?.count ?? 0
    let aliases = columns[.aliasName]?.count ?? 0
    let expected: [(Int, [Section])] = [
      (nodes, [.nodeKey, .nodeLabel]), (nodes + 1, [.nodeEvidence, .nodeProperty, .nodeLinkOut, .nodeLinkIn]),
      (properties, [.propertyValue]), (edges, [.edgeLink]), (edges + 1, [.edgeEvidence]),
      (links, [.linkObject, .linkIn]), (links + 1, [.linkEdge]),
      (
        evidence,
        [
          .evidenceSentence, .evidenceStart, .evidenceLength, .evidenceRule, .evidenceConfidence, .evidenceChecksum,
        ]
      ),
      (
        sources,
        [.sourceNode, .sourceLayer, .sourceWitness, .sourcePublished, .sourceHash, .sourceOffset, .sourceLength]
      ),
      (sources + 1, [.sourceSentence]), (sentences, [.sentenceLength]), (aliases, [.aliasNode]),
    ]
    for (count, sections) in expected {
      for section in sections where columns[section]?.count != count {
        throw Corruption(section, "the column holds \(columns[section]?.count ?? 0) values; expected \(count)")
      }
    }
  }

  func column(_ section: Section) throws(Corruption) -> PackedColumn {
    guard let column = columns[section] else { throw Corruption(section, "the section is missing") }
    return column
  }

  func string(_ section: Section, _ index: Int) throws(Corruption) -> String {
    try strings.string(try column(section).value(index))
  }
}

/// The columns of a file by their sections, found without hashing.
struct ColumnTable: Sendable {
  private var slots = [PackedColumn?](repeating: nil, count: 1 + Int(Section.allCases.map(\.rawValue).max() ?? 0))

  subscript(_ section: Section) -> PackedColumn? {
    get { slots[Int(section.rawValue)] }
    set { slots[Int(section.rawValue)] = newValue }
  }
}
