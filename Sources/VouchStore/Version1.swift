internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge

/// Reads files of format 1 by making of them, in memory, what today's format would hold.
///
/// Version 1 had each edge's subject and object as columns, edges by subject, kind and object, and rules named by string.
enum Version1 {
  /// - Complexity: O(n log n) in the size of the file.
  static func upgraded(_ file: MappedFile, _ header: FileHeader) throws -> MappedFile {
    file.willReadAll()
    let reader = try Reader(file, Directory(file, header))
    return MappedFile(GraphFile.encode(try reader.graph(), creator: header.creator), path: file.path)
  }

  /// The sections of the one segment that a file had.
  private struct Directory {
    private static let segmentMagic: UInt32 = 0x4745_5356
    private static let manifestMagic: UInt32 = 0x4E41_4D56
    private static let manifestHeaderSize = 64, segmentHeaderSize = 32
    private var entries: [Section: FileLayout.Entry] = [:]
    private let file: MappedFile

    init(_ file: MappedFile, _ header: FileHeader) throws(Corruption) {
      self.file = file
      let slot = try CommitSlot.newest(file, header)
      let manifest = slot.manifestOffset
      guard slot.incompatible == 0, slot.manifestLength >= Self.manifestHeaderSize + 24,
        file.u32(manifest) == Self.manifestMagic, file.u32(manifest + 4) == 1,
        file.u64(manifest + 8) == UInt64(slot.generation)
      else { throw Corruption(section: "manifest", reason: "the manifest does not name one segment") }
      let base = Int(clamping: file.u64(manifest + Self.manifestHeaderSize))
      let segmentLength = Int(clamping: file.u64(manifest + Self.manifestHeaderSize + 8))
      let count = Int(file.u32(base + 4))
      let size = Self.segmentHeaderSize + count * Format.directoryEntrySize
      guard base >= Format.firstSegment, segmentLength >= size, segmentLength <= slot.length,
        base <= slot.length - segmentLength, file.u32(base) == Self.segmentMagic,
        file.hash(base, size) == file.u64(manifest + Self.manifestHeaderSize + 16)
      else { throw Corruption(section: "segment", reason: "the segment's directory does not match its checksum") }
      for number in 0..<count {
        let at = base + Self.segmentHeaderSize + number * Format.directoryEntrySize
        guard let section = Section(rawValue: file.u32(at)) else { continue }
        let offset = Int(clamping: file.u64(at + 8))
        let length = Int(clamping: file.u64(at + 16))
        guard let codec = Section.Codec(rawValue: file.u32(at + 4)), codec == (section.isColumn ? .packed : .bytes),
          offset <= segmentLength, length <= segmentLength - offset, entries[section] == nil
        else { throw Corruption(section, "the section lies outside its segment, or is there twice") }
        entries[section] = FileLayout.Entry(
          offset: base + offset, length: length, count: Int(clamping: file.u64(at + 24)), codec: codec,
          hash: file.u64(at + 32))
      }
    }

    /// Where a section is, its checksum verified.
    func verified(_ section: Section) throws(Corruption) -> FileLayout.Entry {
      guard let entry = entries[section] else { throw Corruption(section, "the section is missing") }
      guard file.hash(entry.offset, entry.length) == entry.hash else {
        throw Corruption(section, "the section's checksum does not match its bytes")
      }
      return entry
    }
  }

  private struct Reader {
    let file: MappedFile
    let text: FileLayout.Entry
    let strings: StringDictionary
    var columns = ColumnTable()

    init(_ file: MappedFile, _ layout: Directory) throws {
      self.file = file
      text = try layout.verified(.text)
      for section in Section.columns(ofVersion: 1) {
        columns[section] = try PackedColumn(section, file, try layout.verified(section))
      }
      guard let index = columns[.stringIndex] else { throw Corruption(.stringIndex, "the section is missing") }
      strings = try StringDictionary(file, try layout.verified(.stringBlocks), index: index)
    }

    func column(_ section: Section) throws(Corruption) -> PackedColumn {
      guard let column = columns[section] else { throw Corruption(section, "the section is missing") }
      return column
    }

    func value(_ section: Section, _ index: Int) throws(Corruption) -> Int { try column(section).value(index) }

    func string(_ section: Section, _ index: Int) throws(Corruption) -> String {
      try strings.string(try value(section, index))
    }

    func graph() throws -> Graph {
      var sources: [Graph.Source] = []
      for index in 0..<(try column(.sourceArticle).count) {
        let range = try column(.sourceText).range(index, limit: text.length)
        guard file.hash(text.offset + range.lowerBound, range.count) == (try column(.sourceHash).bits(index)),
          let text = SourceText(validating: file.bytes(text.offset + range.lowerBound, range.count))
        else { throw Corruption(.text, "text \(index) does not match its checksum") }
        var sentences: [Span] = []
        for sentence in try column(.sourceSentence).range(index, limit: try column(.sentenceStart).count) {
          let start = try value(.sentenceStart, sentence)
          let (end, overflow) = start.addingReportingOverflow(try value(.sentenceLength, sentence))
          guard !overflow else { throw Corruption(.sentenceLength, "sentence \(sentence) is longer than any text") }
          sentences.append(Span(start, end))
        }
        sources.append(
          Graph.Source(
            article: try string(.sourceArticle, index), layer: try value(.sourceLayer, index) == 0 ? .text : .metadata,
            text: text, sentences: sentences, node: try node(.sourceNode, index)))
      }
      var nodes: [Graph.Node] = []
      for index in 0..<(try column(.nodeKind).count) {
        guard let kind = NodeKind(rawValue: UInt8(clamping: try value(.nodeKind, index))) else {
          throw Corruption(.nodeKind, "node \(index) has an unknown kind")
        }
        var properties: [(key: Property, value: String)] = []
        for property in try column(.nodeProperty).range(index, limit: try column(.propertyKey).count) {
          guard let key = Property(rawValue: try string(.propertyKey, property)) else { continue }
          properties.append((key, try string(.propertyValue, property)))
        }
        nodes.append(
          Graph.Node(
            kind: kind, key: try string(.nodeKey, index), label: try string(.nodeLabel, index), properties: properties,
            evidence: try evidence(.nodeEvidence, index, sources)))
      }
      var edges: [Graph.Edge] = []
      for index in 0..<(try column(.edgeKind).count) {
        guard let kind = EdgeKind(rawValue: UInt8(clamping: try value(.edgeKind, index))) else {
          throw Corruption(.edgeKind, "edge \(index) has an unknown kind")
        }
        edges.append(
          Graph.Edge(
            subject: try node(.edgeSubject, index), kind: kind, object: try node(.edgeObject, index),
            evidence: try evidence(.edgeEvidence, index, sources)))
      }
      return Graph(sources: sources, nodes: nodes, edges: edges)
    }

    private func node(_ section: Section, _ index: Int) throws(Corruption) -> NodeID {
      let node = try value(section, index)
      guard node < (try column(.nodeKind).count) else { throw Corruption(section, "value \(index) names no node") }
      return NodeID(node)
    }

    private func evidence(_ section: Section, _ index: Int, _ sources: [Graph.Source]) throws -> [Evidence] {
      var evidence: [Evidence] = []
      for piece in try column(section).range(index, limit: try column(.evidenceSource).count) {
        let source = try value(.evidenceSource, piece)
        let start = try value(.evidenceStart, piece)
        let length = try value(.evidenceLength, piece)
        guard source < sources.count, start <= UInt32.max, length <= UInt32.max,
          let made = try? Evidence(
            Span(start, start + length), of: sources[source].text, sentences: sources[source].sentences,
            source: SourceID(source), rule: Symbol(try string(.evidenceRule, piece)),
            confidence: Confidence(thousandths: try value(.evidenceConfidence, piece))),
          made.checksum == UInt16(truncatingIfNeeded: try value(.evidenceChecksum, piece)),
          Int(made.sentence) == (try value(.evidenceSentence, piece))
        else { throw Corruption(.evidenceStart, "the words of evidence \(piece) are not where it says") }
        evidence.append(made)
      }
      return evidence
    }
  }
}
