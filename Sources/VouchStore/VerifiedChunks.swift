/// Verifies a run of bytes piece by piece, each piece of 64 KiB when it is first read.
///
/// Threads may verify the same chunk twice, to the same result.
final class VerifiedChunks: Sendable {
  private let file: MappedFile
  private let start: Int
  private let length: Int
  /// Offset of the chunks' checksums, which the directory's checksum covers.
  private let hashes: Int
  private let count: Int
  private let verified: OnceFlags
  private static let readAhead = 1 << 20

  init(_ file: MappedFile, start: Int, length: Int, hashes: Int) {
    self.file = file
    self.start = start
    self.length = length
    self.hashes = hashes
    count = Self.count(length)
    verified = OnceFlags(count)
  }

  /// Verifies the same bytes of another view of the file, from the beginning.
  convenience init(_ other: VerifiedChunks, _ file: MappedFile) {
    self.init(file, start: other.start, length: other.length, hashes: other.hashes)
  }

  static func count(_ length: Int) -> Int { (length + Format.chunkSize - 1) / Format.chunkSize }

  /// Makes sure that the chunk with the byte at `offset` is whole.
  ///
  /// - Returns: Whether that was not known before.
  @inline(__always) @discardableResult
  func verify(_ offset: Int) throws(Corruption) -> Bool {
    let chunk = (offset - start) >> 16
    if verified.isSet(chunk) { return false }
    try hash(chunk)
    return true
  }

  /// Whether all chunks with bytes of a range are known to be whole.
  func areVerified(_ offset: Int, _ length: Int) -> Bool {
    guard length > 0 else { return true }
    return ((offset - start) >> 16...(offset - start + length - 1) >> 16).allSatisfy(verified.isSet)
  }

  /// Makes sure that all chunks with bytes of a range are whole.
  func verify(_ offset: Int, _ length: Int) throws(Corruption) {
    guard length > 0 else { return }
    for chunk in stride(from: offset, to: offset + length, by: Format.chunkSize) { try verify(chunk) }
    try verify(offset + length - 1)
  }

  private func hash(_ chunk: Int) throws(Corruption) {
    let first = chunk * Format.chunkSize
    // Who reads on from a chunk to the next will want more of them.
    if verified.isSet(chunk - 1) { file.willRead(start + first, min(Self.readAhead, length - first)) }
    guard chunk >= 0, chunk < count,
      file.hash(start + first, min(Format.chunkSize, length - first)) == file.u64(hashes + 8 * chunk)
    else {
      throw Corruption(
        section: "graph", reason: "the checksum of the bytes from \(start + max(0, first)) on does not match them")
    }
    verified.set(chunk)
  }
}
