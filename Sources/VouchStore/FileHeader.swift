internal import VouchCore

/// The first page of a graph file, which never changes.
struct FileHeader: Sendable {
  let major: UInt32
  let minor: UInt32
  /// A name-based UUID (version 8) of the first commit: the same graph has the same identity.
  let identity: [UInt8]
  /// Program that made the file.
  let creator: String

  init(identity: [UInt8], creator: String) {
    major = Format.major
    minor = Format.minor
    self.identity = identity
    self.creator = creator
  }

  /// Reads the first three pages' fixed part.
  init(_ file: MappedFile) throws(Diagnostic) {
    file.willRead(0, min(Format.firstSegment, file.count))
    let magic = file.bytes(0, Format.magic.count)
    guard magic == Format.magic else {
      let isTextMode = magic.starts(with: [0x89, 0x56, 0x4F, 0x55, 0x43, 0x48])
      throw Diagnostic(
        .error, "store.not-a-graph",
        isTextMode
          ? "the graph was damaged by a transfer that changed its line ends; copy it again as binary"
          : "this is no Vouch graph: it does not begin with the signature of one", at: .init(path: file.path))
    }
    guard file.count >= Format.firstSegment else {
      throw Diagnostic(
        .error, "store.truncated",
        "the graph ends after \(file.count) bytes, inside its first \(Format.firstSegment); copy it again",
        at: .init(path: file.path))
    }
    guard file.hash(0, Format.headerSize - 8) == file.u64(Format.headerSize - 8) else {
      throw Corruption(section: "header", reason: "the header's checksum does not match its bytes").diagnostic(
        file.path)
    }
    major = file.u32(16)
    minor = file.u32(20)
    guard (1...Format.major).contains(major), file.u32(24) == UInt32(Format.pageSize) else {
      throw Diagnostic(
        .error, "store.newer-format",
        "the graph has format \(major).\(minor); this program reads formats 1 to \(Format.major)",
        at: .init(path: file.path))
    }
    identity = file.bytes(32, 16)
    creator = String(decoding: file.bytes(48, 32).prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The page's bytes.
  var bytes: [UInt8] {
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
    writer.pad(to: Format.pageSize)
    return writer.bytes
  }

  /// The identity of a file whose first manifest these bytes are.
  static func identity(of manifest: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.u64(XXH64.hash(manifest))
    writer.u64(XXH64.hash(manifest + [1]))
    var bytes = writer.bytes
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    return bytes
  }
}
