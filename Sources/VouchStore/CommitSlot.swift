internal import VouchCore

/// What a commit changes in place: everything else in a graph file is only ever appended.
///
/// Of the two slots the whole one with the higher generation counts; a commit overwrites the other.
struct CommitSlot: Hashable, Sendable {
  let generation: Int
  /// Length of the file as committed.
  let length: Int
  let manifestOffset: Int
  let manifestLength: Int
  let manifestHash: UInt64
  let previousManifest: Int
  /// Features that a reader may ignore; that forbid writing, and reading, to who does not know them.
  var compatible: UInt64 = 0
  var readOnlyCompatible: UInt64 = 0
  var incompatible: UInt64 = 0

  /// Page of the slot with this generation: commits alternate.
  var page: Int { generation % 2 == 1 ? 1 : 2 }

  init(
    generation: Int, length: Int, manifestOffset: Int, manifestLength: Int, manifestHash: UInt64, previousManifest: Int
  ) {
    self.generation = generation
    self.length = length
    self.manifestOffset = manifestOffset
    self.manifestLength = manifestLength
    self.manifestHash = manifestHash
    self.previousManifest = previousManifest
  }

  /// Reads the slot at a page; `nil` if it is unused, torn or another file's.
  private init?(_ file: MappedFile, page: Int, identity: [UInt8]) {
    let base = page * Format.pageSize
    guard file.u32(base) == Format.slotMagic,
      file.hash(base, Format.slotSize - 8) == file.u64(base + Format.slotSize - 8),
      file.bytes(base + 80, 16) == identity, file.u64(base + 8) > 0
    else { return nil }
    generation = Int(clamping: file.u64(base + 8))
    length = Int(clamping: file.u64(base + 16))
    manifestOffset = Int(clamping: file.u64(base + 24))
    manifestLength = Int(clamping: file.u64(base + 32))
    manifestHash = file.u64(base + 40)
    previousManifest = Int(clamping: file.u64(base + 48))
    compatible = file.u64(base + 56)
    readOnlyCompatible = file.u64(base + 64)
    incompatible = file.u64(base + 72)
  }

  /// The slot of the newest commit that is whole.
  ///
  /// A commit wrote its segments and manifest, synchronised, and only then its slot: a slot that is whole without its
  /// manifest tells of damage, but the commit before it is still there.
  static func newest(_ file: MappedFile, _ header: FileHeader) throws(Corruption) -> CommitSlot {
    var found: [CommitSlot] = []
    var isTruncated = false
    for page in 1...2 {
      guard let slot = CommitSlot(file, page: page, identity: header.identity) else { continue }
      if slot.length > file.count {
        isTruncated = true
      } else if slot.manifestOffset <= slot.length, slot.manifestLength <= slot.length - slot.manifestOffset,
        file.hash(slot.manifestOffset, slot.manifestLength) == slot.manifestHash
      {
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

  /// The slot's bytes.
  func bytes(identity: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.u32(Format.slotMagic)
    writer.u32(0)
    for value in [generation, length, manifestOffset, manifestLength] { writer.u64(UInt64(value)) }
    writer.u64(manifestHash)
    writer.u64(UInt64(previousManifest))
    for bits in [compatible, readOnlyCompatible, incompatible] { writer.u64(bits) }
    writer.raw(identity)
    writer.hash()
    return writer.bytes
  }
}
