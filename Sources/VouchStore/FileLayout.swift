internal import VouchCore

/// Where things are in a graph file: header, the newest valid commit slot, its manifest, the segment's directory.
struct FileLayout: Sendable {
  struct Entry: Sendable {
    let offset: Int
    let length: Int
    let count: Int
    let codec: Section.Codec
    let hash: UInt64
  }

  let major: UInt32
  let generation: Int
  let creator: String
  let committedLength: Int
  let entries: [Section: Entry]
  private let file: MappedFile

  private struct Slot {
    let generation: UInt64
    let length: Int
    let manifestOffset: Int
    let manifestLength: Int
    let manifestHash: UInt64
    let incompatible: UInt64
  }

  init(_ file: MappedFile) throws(Diagnostic) {
    self.file = file
    (major, creator) = try Self.readHeader(file)
    do {
      let slot = try Self.newestSlot(file)
      guard slot.incompatible == 0 else {
        throw Diagnostic(
          .error, "store.newer-format",
          "the graph uses features of a later format (bits \(String(slot.incompatible, radix: 2))); use a newer vouch",
          at: .init(path: file.path))
      }
      generation = Int(clamping: slot.generation)
      committedLength = slot.length
      let segment = try Self.readManifest(file, slot)
      entries = try Self.readDirectory(file, segment: segment, limit: slot.length)
    } catch let corruption as Corruption {
      throw corruption.diagnostic(file.path)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Corruption(section: "file", reason: String(describing: error)).diagnostic(file.path)
    }
  }

  /// Where a section is, its checksum verified.
  func verified(_ section: Section) throws(Corruption) -> Entry {
    guard let entry = entries[section] else { throw Corruption(section, "the section is missing") }
    guard file.hash(entry.offset, entry.length) == entry.hash else {
      throw Corruption(section, "the section's checksum does not match its bytes")
    }
    return entry
  }

  private static func readHeader(_ file: MappedFile) throws(Diagnostic) -> (UInt32, String) {
    let magic = file.bytes(0, Format.magic.count)
    guard magic == Format.magic else {
      let isTextMode = magic.starts(with: [0x89, 0x56, 0x4F, 0x55, 0x43, 0x48])
      throw Diagnostic(
        .error, "store.not-a-graph",
        isTextMode
          ? "the graph was damaged by a transfer that changed its line ends; copy it again as binary"
          : "this is no Vouch graph: it does not begin with the signature of one", at: .init(path: file.path))
    }
    guard file.count >= 3 * Format.pageSize else {
      throw Diagnostic(
        .error, "store.truncated",
        "the graph ends after \(file.count) bytes, inside its first \(3 * Format.pageSize); copy it again",
        at: .init(path: file.path))
    }
    guard file.hash(0, Format.headerSize - 8) == file.u64(Format.headerSize - 8) else {
      throw Corruption(section: "header", reason: "the header's checksum does not match its bytes").diagnostic(
        file.path)
    }
    let major = file.u32(16)
    guard (1...Format.major).contains(major), file.u32(24) == UInt32(Format.pageSize) else {
      throw Diagnostic(
        .error, "store.newer-format",
        "the graph has format \(major).\(file.u32(20)); this program reads formats 1 to \(Format.major)",
        at: .init(path: file.path))
    }
    return (major, String(decoding: file.bytes(48, 32).prefix { $0 != 0 }, as: UTF8.self))
  }

  /// The slot of the highest generation that is whole and whose manifest is.
  private static func newestSlot(_ file: MappedFile) throws(Corruption) -> Slot {
    var found: [Slot] = []
    var isTruncated = false
    for page in 1...2 {
      let base = page * Format.pageSize
      guard file.u32(base) == Format.slotMagic,
        file.hash(base, Format.slotSize - 8) == file.u64(base + Format.slotSize - 8),
        file.bytes(base + 80, 16) == file.bytes(32, 16)
      else { continue }
      let slot = Slot(
        generation: file.u64(base + 8), length: Int(clamping: file.u64(base + 16)),
        manifestOffset: Int(clamping: file.u64(base + 24)), manifestLength: Int(clamping: file.u64(base + 32)),
        manifestHash: file.u64(base + 40), incompatible: file.u64(base + 72))
      guard slot.generation > 0 else { continue }
      if slot.length > file.count {
        isTruncated = true
      } else if file.hash(slot.manifestOffset, slot.manifestLength) == slot.manifestHash {
        found.append(slot)
      }
    }
    guard let newest = found.max(by: { $0.generation < $1.generation }) else {
      throw Corruption(
        section: "commit slots",
        reason: isTruncated ? "the file is shorter than its last commit" : "neither commit slot is whole")
    }
    return newest
  }

  private static func readManifest(_ file: MappedFile, _ slot: Slot) throws(Corruption) -> (
    offset: Int, length: Int, hash: UInt64
  ) {
    let base = slot.manifestOffset
    guard slot.manifestLength >= Format.manifestHeaderSize + Format.manifestEntrySize,
      file.u32(base) == Format.manifestMagic, file.u64(base + 8) == slot.generation, file.u32(base + 4) == 1
    else { throw Corruption(section: "manifest", reason: "the manifest does not name one segment") }
    let entry = base + Format.manifestHeaderSize
    return (Int(clamping: file.u64(entry)), Int(clamping: file.u64(entry + 8)), file.u64(entry + 16))
  }

  private static func readDirectory(
    _ file: MappedFile, segment: (offset: Int, length: Int, hash: UInt64), limit: Int
  ) throws(Corruption) -> [Section: Entry] {
    let base = segment.offset
    let count = Int(file.u32(base + 4))
    let size = Format.segmentHeaderSize + count * Format.directoryEntrySize
    guard base >= 3 * Format.pageSize, segment.length >= size, segment.length <= limit, base <= limit - segment.length,
      file.u32(base) == Format.segmentMagic, file.hash(base, size) == segment.hash
    else { throw Corruption(section: "segment", reason: "the segment's directory does not match its checksum") }
    var entries: [Section: Entry] = [:]
    for number in 0..<count {
      let at = base + Format.segmentHeaderSize + number * Format.directoryEntrySize
      // A section of a number unknown here was added by a later version that older ones may pass over.
      guard let section = Section(rawValue: file.u32(at)) else { continue }
      let offset = Int(clamping: file.u64(at + 8))
      let length = Int(clamping: file.u64(at + 16))
      guard let codec = Section.Codec(rawValue: file.u32(at + 4)), (codec != .bytes) == section.isColumn, offset <= segment.length, length <= segment.length - offset,
        entries[section] == nil
      else { throw Corruption(section, "the section lies outside its segment, or is there twice") }
      entries[section] = Entry(
        offset: base + offset, length: length, count: Int(clamping: file.u64(at + 24)), codec: codec,
        hash: file.u64(at + 32))
    }
    return entries
  }
}
