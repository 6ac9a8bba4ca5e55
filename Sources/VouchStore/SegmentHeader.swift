internal import VouchCore

/// The first 64 bytes of every segment, by which one is recognised even in a file whose commit slots are lost.
struct SegmentHeader: Hashable, Sendable {
  enum Kind: UInt32, Sendable {
    /// A graph's sections; an article with what it contributes; an article that is no longer there; the user's decisions
    /// about names; what a commit consists of; texts of a graph that was not made from articles.
    case graph = 1, article = 2, tombstone = 3, overrides = 4, manifest = 5, texts = 6
  }

  static let size = 64
  private static let magic: UInt32 = 0x4745_5356

  let kind: Kind
  /// Bytes of the segment with this header.
  let length: Int
  /// What they mean depends on the kind.
  let fields: [UInt64]
  /// Checksum of what follows the header; of a graph, of its directory only.
  let bodyHash: UInt64
  /// Checksum of the header and the place where it stands.
  let hash: UInt64

  /// Reads the header at `offset`; `nil` if there is none.
  ///
  /// - Parameter isWhole: Whether the segment must end at or before `limit`.
  init?(_ file: MappedFile, at offset: Int, limit: Int, isWhole: Bool = true) {
    guard offset >= Format.firstSegment, offset % Format.sectionAlignment == 0, limit <= file.count,
      offset <= limit - Self.size, file.u32(offset) == Self.magic, let kind = Kind(rawValue: file.u32(offset + 4)),
      file.u64(offset + 8) <= (isWhole ? UInt64(limit - offset) : 1 << 48), file.u64(offset + 8) >= UInt64(Self.size)
    else { return nil }
    self.kind = kind
    length = Int(file.u64(offset + 8))
    fields = (0..<4).map { file.u64(offset + 16 + 8 * $0) }
    bodyHash = file.u64(offset + 48)
    hash = file.u64(offset + 56)
    guard Self.hash(file.bytes(offset, Self.size - 8), at: offset) == hash else { return nil }
  }

  /// A header and what follows it.
  ///
  /// - Parameter hashed: Bytes of the body that its checksum covers; all of them if `nil`.
  static func segment(
    _ kind: Kind, fields: [UInt64], body: [UInt8], hashed: Int? = nil, at offset: Int
  ) -> [UInt8] {
    var writer = ByteWriter()
    writer.reserve(size + body.count)
    writer.u32(magic)
    writer.u32(kind.rawValue)
    writer.u64(UInt64(size + body.count))
    for index in 0..<4 { writer.u64(index < fields.count ? fields[index] : 0) }
    writer.u64(XXH64.hash(body[..<(hashed ?? body.count)]))
    writer.u64(hash(writer.bytes, at: offset))
    writer.raw(body)
    return writer.bytes
  }

  /// The place is part of it, so that what looks like a segment inside a text, or came from elsewhere, is none.
  private static func hash(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    var writer = ByteWriter()
    writer.raw(bytes)
    writer.u64(UInt64(offset))
    return XXH64.hash(writer.bytes)
  }

  /// The checksum that a segment's header, as made by `segment`, ends with.
  static func hash(of segment: ArraySlice<UInt8>) -> UInt64 {
    (0..<8).reduce(0) { $0 | UInt64(segment[segment.startIndex + 56 + $1]) << UInt64(8 * $1) }
  }
}
