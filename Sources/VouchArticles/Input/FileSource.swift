internal import Glibc
internal import VouchCore

/// An open file or pipe that is read forward.
final class FileSource {
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// Size in bytes of a regular file; `nil` for pipes and devices.
  let size: Int?

  /// Opens a file; the failure is `input.missing` or `input.unreadable`.
  init(path: String) throws(Diagnostic) {
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard opened >= 0 else { throw Self.failure(path, errno) }
    descriptor = opened
    ownsDescriptor = true
    size = Self.regularSize(opened)
  }

  /// Reads from a descriptor that stays the caller's.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    ownsDescriptor = false
    size = nil
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  private static func regularSize(_ descriptor: Int32) -> Int? {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// The diagnostic for a failed system call.
  static func failure(_ path: String, _ code: Int32) -> Diagnostic {
    if code == ENOENT {
      return Diagnostic(
        .error, "input.missing", "there is no such file; expected a file, a folder or \"-\"", at: .init(path: path))
    }
    let words = ErrorNumber(code: code).description
    return Diagnostic(.error, "input.unreadable", "cannot be read: \(words)", at: .init(path: path))
  }

  /// The byte that comes next; `nil` at the end.
  func peek() throws(ErrorNumber) -> UInt8? {
    if position == buffer.count { try fill() }
    return position < buffer.count ? buffer[position] : nil
  }

  /// The first byte that is no white space, within the next `limit` bytes, without taking anything.
  func peekPastSpace(limit: Int) throws(ErrorNumber) -> UInt8? {
    var offset = position
    while offset - position < limit {
      if offset >= buffer.count {
        let known = offset - position
        try fill(keeping: true)
        offset = position + known
        if offset >= buffer.count { return nil }
      }
      let width = SourceText.spaceWidth(buffer, at: offset, before: buffer.count)
      if width == 0 { return buffer[offset] }
      offset += width
    }
    return nil
  }

  private func fill(keeping: Bool = false) throws(ErrorNumber) {
    if isAtEnd { return }
    if keeping {
      buffer.removeSubrange(..<position)
    } else {
      buffer.removeAll(keepingCapacity: true)
    }
    position = 0
    let old = buffer.count
    let chunk = 64 << 10
    buffer.append(contentsOf: repeatElement(0, count: chunk))
    var got = 0
    var code: Int32 = 0
    unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      repeat {
        got = unsafe read(descriptor, start + old, chunk)
        code = got < 0 ? errno : 0
      } while code == EINTR
    }
    buffer.removeSubrange((old + max(0, got))...)
    if got < 0 { throw ErrorNumber(code: code) }
    if got == 0 { isAtEnd = true }
  }

  /// All that is left, or `nil` as soon as it is known to be more than `limit` bytes.
  func readAll(limit: Int) throws(ErrorNumber) -> [UInt8]? {
    if let size, size > limit { return nil }
    var all: [UInt8] = []
    while try peek() != nil {
      guard all.count + buffer.count - position <= limit else { return nil }
      all.append(contentsOf: buffer[position...])
      position = buffer.count
    }
    return all
  }

  /// A line without its end.
  enum Line {
    case bytes([UInt8])
    /// More than the limit; the number of bytes that were passed over.
    case tooLong(Int)
  }

  /// The next line; `nil` at the end.
  func readLine(limit: Int) throws(ErrorNumber) -> Line? {
    guard try peek() != nil else { return nil }
    var line: [UInt8] = []
    var skipped = 0
    while try peek() != nil {
      let end = buffer[position...].firstIndex(of: 0x0A)
      let part = buffer[position..<(end ?? buffer.count)]
      if skipped > 0 {
        skipped += part.count
      } else if line.count + part.count > limit {
        skipped = line.count + part.count
        line = []
      } else {
        line.append(contentsOf: part)
      }
      position = end.map { $0 + 1 } ?? buffer.count
      if end != nil { break }
    }
    if skipped > 0 { return .tooLong(skipped) }
    if line.last == 0x0D { line.removeLast() }
    return .bytes(line)
  }
}
