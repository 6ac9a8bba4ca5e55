/// Words of 64 bits of a mapped file, little-endian, whose place was checked once for all of them.
///
/// A read outside them gives zero, as `MappedFile` does.
@safe struct MappedWords: @unchecked Sendable {
  let count: Int
  private let base: UnsafeRawPointer?
  /// Keeps the bytes where they are.
  private let file: MappedFile

  /// - Parameter base: Where `count` words of `file` start.
  @unsafe init(_ file: MappedFile, _ base: UnsafeRawPointer?, count: Int) {
    self.file = file
    unsafe self.base = base
    self.count = count
  }

  @inline(__always)
  subscript(_ index: Int) -> UInt64 {
    guard UInt(bitPattern: index) < UInt(bitPattern: count), let base = unsafe base else { return 0 }
    return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index &* 8, as: UInt64.self))
  }
}
