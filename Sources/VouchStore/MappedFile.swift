internal import Glibc
internal import VouchCore

/// A file mapped into memory for reading, or bytes read as one.
///
/// The only place in this module that touches raw memory: every access is checked against the length that was mapped,
/// and a read outside it gives zeros, which the callers' own checks refuse.
@safe package final class MappedFile: @unchecked Sendable {
  let path: String
  let count: Int
  private let base: UnsafeRawPointer?
  private let isMapped: Bool
  /// What the memory belongs to, if it is another file's.
  private let owner: MappedFile?
  private static let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// Maps the file at `path`.
  ///
  /// - Throws: A `Diagnostic` if it cannot be opened, is no regular file, or cannot be mapped.
  convenience init(path: String) throws(Diagnostic) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno == ENOENT ? "store.missing" : "store.unreadable"
      throw Diagnostic(.error, code, "cannot open the graph: \(ErrorNumber(code: errno))", at: .init(path: path))
    }
    defer { close(descriptor) }
    try self.init(descriptor: descriptor, path: path)
  }

  /// Maps an open file, which may be closed then.
  init(descriptor: Int32, path: String) throws(Diagnostic) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw Diagnostic(.error, "store.not-a-file", "expected a graph file, found something else", at: .init(path: path))
    }
    self.path = path
    owner = nil
    isMapped = true
    count = Int(status.st_size)
    guard count > 0 else {
      unsafe base = nil
      return
    }
    let address = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
    guard let address = unsafe address, unsafe address != MAP_FAILED else {
      throw Diagnostic(
        .error, "store.unreadable", "cannot map the graph: \(ErrorNumber(code: errno))", at: .init(path: path))
    }
    unsafe base = UnsafeRawPointer(address)
    // Systems read megabytes around a page that is missing; a look-up needs a few scattered pieces.
    _ = unsafe madvise(address, count, MADV_RANDOM)
  }

  /// Takes the bytes of a file; messages call it `path`.
  package init(_ bytes: [UInt8], path: String) {
    self.path = path
    owner = nil
    isMapped = false
    count = bytes.count
    let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 8)
    unsafe bytes.withUnsafeBytes {
      unsafe copy.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(copy), byteCount: $0.count)
    }
    unsafe base = UnsafeRawPointer(copy)
  }

  /// Another view of the same bytes.
  init(sharing other: MappedFile) {
    path = other.path
    count = other.count
    unsafe base = other.base
    isMapped = other.isMapped
    owner = other
  }

  deinit {
    guard owner == nil, let base = unsafe base else { return }
    if isMapped { _ = unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) } else { unsafe base.deallocate() }
  }

  @inline(__always)
  private func isInside(_ offset: Int, _ length: Int) -> Bool {
    offset >= 0 && length >= 0 && length <= count && offset <= count - length
  }

  func byte(_ offset: Int) -> UInt8 {
    guard isInside(offset, 1), let base = unsafe base else { return 0 }
    return unsafe base.load(fromByteOffset: offset, as: UInt8.self)
  }

  func u32(_ offset: Int) -> UInt32 {
    guard isInside(offset, 4), let base = unsafe base else { return 0 }
    return unsafe UInt32(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
  }

  func u64(_ offset: Int) -> UInt64 {
    guard isInside(offset, 8), let base = unsafe base else { return 0 }
    return unsafe UInt64(littleEndian: base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// A copy of some bytes; empty if they are not all inside the file.
  func bytes(_ offset: Int, _ length: Int) -> [UInt8] {
    guard length > 0, isInside(offset, length), let base = unsafe base else { return [] }
    return unsafe Array(UnsafeRawBufferPointer(start: base + offset, count: length))
  }

  /// Copies as many bytes as fit; zeros if they are not all inside the file.
  @unsafe
  func copy(_ offset: Int, to bytes: UnsafeMutableBufferPointer<UInt8>) {
    guard isInside(offset, bytes.count), let base = unsafe base else { return unsafe bytes.initialize(repeating: 0) }
    let source = unsafe UnsafeRawBufferPointer(start: base + offset, count: bytes.count)
    unsafe UnsafeMutableRawBufferPointer(bytes).copyMemory(from: source)
  }

  /// Adds some bytes to others; none if they are not all inside the file.
  func append(_ offset: Int, _ length: Int, to bytes: inout [UInt8]) {
    guard length > 0, isInside(offset, length), let base = unsafe base else { return }
    unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: base + offset, count: length))
  }

  /// Lends some bytes; none if they are not all inside the file.
  func withBytes<Result, Failure: Error>(
    _ offset: Int, _ length: Int, _ body: (borrowing Swift.Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    guard length > 0, isInside(offset, length), let base = unsafe base else { return try body([UInt8]().span) }
    let bytes = unsafe UnsafeBufferPointer(start: (base + offset).assumingMemoryBound(to: UInt8.self), count: length)
    return try unsafe body(bytes.span)
  }

  /// Number of code points that begin in some bytes; 0 if they are not all inside the file.
  func codePointCount(_ offset: Int, _ length: Int) -> Int {
    guard length > 0, isInside(offset, length), let base = unsafe base else { return 0 }
    // Eight bytes at a time, eight counts side by side: the high bit of each byte that continues a code point.
    var continuations = 0
    var index = 0
    while index + 8 <= length {
      var counts: UInt64 = 0
      for _ in 0..<min(255, (length - index) / 8) {
        let word = unsafe (base + offset + index).loadUnaligned(as: UInt64.self)
        counts &+= (word & ~(word << 1) & 0x8080_8080_8080_8080) >> 7
        index += 8
      }
      let pairs = (counts & 0x00FF_00FF_00FF_00FF) + (counts >> 8 & 0x00FF_00FF_00FF_00FF)
      continuations += Int((pairs &* 0x0001_0001_0001_0001) >> 48)
    }
    while index < length {
      if unsafe (base + offset + index).load(as: UInt8.self) & 0xC0 == 0x80 { continuations += 1 }
      index += 1
    }
    return length - continuations
  }

  /// Words of 64 bits; none if they are not all inside the file.
  func words(_ offset: Int, count words: Int) -> MappedWords {
    guard words > 0, words <= count / 8, isInside(offset, 8 * words), let base = unsafe base else {
      return unsafe MappedWords(self, nil, count: 0)
    }
    return unsafe MappedWords(self, base + offset, count: words)
  }

  /// Asks the system to fetch some bytes at once rather than page by page.
  func willRead(_ offset: Int, _ length: Int) {
    guard isMapped, length > Self.pageSize, isInside(offset, length), let base = unsafe base else { return }
    let first = offset / Self.pageSize * Self.pageSize
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base + first), offset + length - first, MADV_WILLNEED)
  }

  /// Tells the system that most of the file will be read in order.
  func willReadAll() {
    guard isMapped, let base = unsafe base else { return }
    _ = unsafe madvise(UnsafeMutableRawPointer(mutating: base), count, MADV_NORMAL)
  }

  /// XXH64 of some bytes; `nil` if they are not all inside the file.
  func hash(_ offset: Int, _ length: Int) -> UInt64? {
    guard isInside(offset, length) else { return nil }
    willRead(offset, length)
    guard length > 0, let base = unsafe base else { return XXH64.hash([]) }
    return unsafe XXH64.hash(UnsafeRawBufferPointer(start: base + offset, count: length).bytes)
  }
}
