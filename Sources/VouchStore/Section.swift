/// The sections of a graph segment, by their permanent numbers.
///
/// The format document says what each holds.
enum Section: UInt32, CaseIterable, Sendable {
  case stringBlocks = 1, stringIndex = 2
  case nodeKind = 10, nodeKey = 11, nodeLabel = 12, nodeEvidence = 13, nodeProperty = 14
  case nodeLinkOut = 17, nodeLinkIn = 18
  case propertyKey = 20, propertyValue = 21
  case edgeKind = 31, edgeEvidence = 33, edgeLink = 35
  case linkSubject = 36, linkObject = 37, linkEdge = 38, linkIn = 39
  case evidenceSource = 40, evidenceSentence = 41, evidenceStart = 42, evidenceLength = 43, evidenceRule = 44
  case evidenceConfidence = 45, evidenceChecksum = 46, ruleName = 47
  case sourceArticle = 50, sourceNode = 51, sourceLayer = 52, sourceSentence = 54
  case sourceWitness = 55, sourcePublished = 56, sourceHash = 57, sourceOffset = 58, sourceLength = 59
  case sentenceStart = 60, sentenceLength = 61
  case aliasName = 80, aliasNode = 81
  case articleOffset = 90, articleHash = 91
  /// Of version 1 only.
  case nodeOut = 15, nodeIn = 16, edgeSubject = 30, edgeObject = 32, edgeIn = 34, sourceText = 53, text = 70

  private static let ofVersion1Only: Set<Section> = [
    .nodeOut, .nodeIn, .edgeSubject, .edgeObject, .edgeIn, .sourceText, .text,
  ]
  private static let sinceVersion2: Set<Section> = [
    .nodeLinkOut, .nodeLinkIn, .edgeLink, .linkSubject, .linkObject, .linkEdge, .linkIn, .ruleName, .sourceOffset,
    .sourceLength, .articleOffset, .articleHash,
  ]

  /// Columns that a file of a version must have.
  static func columns(ofVersion major: UInt32) -> [Section] {
    let others = major == 1 ? sinceVersion2 : ofVersion1Only
    return allCases.filter { $0.isColumn && !others.contains($0) }
  }

  /// How the section's bytes are laid out.
  enum Codec: UInt32, Sendable {
    /// Plain bytes; a column of integers of one width; a column in blocks that each have a width.
    case bytes = 0, packed = 1, blocked = 2
  }

  var isColumn: Bool { self != .stringBlocks && self != .text }
}

/// Fixed numbers of the format.
enum Format {
  static let magic: [UInt8] = [0x89, 0x56, 0x4F, 0x55, 0x43, 0x48, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0, 0, 0]
  static let major: UInt32 = 2
  static let minor: UInt32 = 0
  static let pageSize = 4096
  static let firstSegment = 3 * pageSize
  static let headerSize = 88
  static let slotSize = 104
  static let slotMagic: UInt32 = 0x544C_5356
  static let directoryEntrySize = 48
  static let sectionAlignment = 64
  static let chunkSize = 1 << 16
  static let stringsPerBlock = 16

  static func aligned(_ offset: Int, to alignment: Int = sectionAlignment) -> Int {
    (offset + alignment - 1) / alignment * alignment
  }
}
