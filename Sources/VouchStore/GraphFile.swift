public import VouchCore
internal import VouchKnowledge

/// A graph file open for reading.
///
/// Opening checks the header, the commit slots, the manifest, the directory and the checksum of every section but the
/// texts: the words of a piece of evidence are verified when they are read, a whole text when it is read whole. What a
/// checksum cannot tell (a number that points nowhere) is found when it is used, as `Corruption`.
public final class GraphFile: Sendable {
  /// The file as the user named it.
  public let path: String
  /// Number of the commit that is read, from 1.
  public let generation: Int
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
  let file: MappedFile

  // The columns that searches read for every edge.
  let nodeKind, nodeLinkOut, nodeLinkIn, edgeKind, edgeEvidence, edgeLink: PackedColumn
  let linkSubject, linkObject, linkEdge, linkIn: PackedColumn

  /// Opens a graph file.
  ///
  /// - Throws: A `Diagnostic` for a file that cannot be read, is no graph, is truncated or damaged, or was made by a
  ///   later version of the format.
  public convenience init(path: String) throws(Diagnostic) {
    try self.init(MappedFile(path: path))
  }

  /// Reads bytes as a graph file.
  ///
  /// - Parameter path: How messages call it.
  /// - Throws: As opening a file does.
  public convenience init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    try self.init(MappedFile(bytes, path: path))
  }

  private init(_ given: MappedFile) throws(Diagnostic) {
    let path = given.path
    var file = given
    do {
      var layout = try FileLayout(file)
      if layout.major == 1 {
        file = try Version1.upgraded(file, layout)
        layout = try FileLayout(file)
      }
      var columns = ColumnTable()
      for section in Section.columns(ofVersion: Format.major) {
        columns[section] = try PackedColumn(section, file, try layout.verified(section))
      }
      func column(_ section: Section) throws(Corruption) -> PackedColumn {
        guard let column = columns[section] else { throw Corruption(section, "the section is missing") }
        return column
      }
      strings = try StringDictionary(file, try layout.verified(.stringBlocks), index: column(.stringIndex))
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
      linkCount = linkSubject.count
      nodeCount = nodeKind.count
      edgeCount = edgeKind.count
      evidenceCount = try column(.evidenceSource).count
      sourceCount = try column(.sourceArticle).count
      try Self.checkCounts(columns, nodes: nodeCount, edges: edgeCount, links: linkCount, evidence: evidenceCount, sources: sourceCount)
      self.columns = columns
      self.layout = layout
      generation = layout.generation
      creator = layout.creator
      length = layout.committedLength
    } catch let corruption as Corruption {
      throw corruption.diagnostic(path)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Corruption(section: "file", reason: String(describing: error)).diagnostic(path)
    }
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
      (sources, [.sourceNode, .sourceLayer, .sourceWitness, .sourcePublished, .sourceHash]),
      (sources + 1, [.sourceText, .sourceSentence]), (sentences, [.sentenceLength]), (aliases, [.aliasNode]),
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
