internal import Glibc
internal import VouchCore

/// An open file or pipe that is read forward.
final class OpenFile {
  private let descriptor: Int32
  private let ownsDescriptor: Bool
  /// Size in bytes of a regular file; `nil` for pipes and devices.
  let size: Int?

  /// Opens a file; the failure is `input.missing` or `input.unreadable`.
  init(_ path: FilePath) throws(Diagnostic) {
    let opened = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
    guard opened >= 0 else { throw Self.failure(path.shown, errno) }
    descriptor = opened
    ownsDescriptor = true
    var status = stat()
    let isRegular = unsafe fstat(opened, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    size = isRegular ? Int(status.st_size) : nil
  }

  /// Reads from a descriptor that stays the caller's.
  init(descriptor: Int32) {
    self.descriptor = descriptor
    ownsDescriptor = false
    size = nil
  }

  deinit { if ownsDescriptor { close(descriptor) } }

  /// The diagnostic for a failed system call.
  static func failure(_ path: String, _ code: Int32) -> Diagnostic {
    if code == ENOENT {
      return Diagnostic(
        .error, "input.missing", "there is no such file; expected a file, a folder or \"-\"", at: .init(path: path))
    }
    let words = ErrorNumber(code: code).description
    return Diagnostic(.error, "input.unreadable", "cannot be read: \(words)", at: .init(path: path))
  }

  /// Reads bytes to the end of `buffer`, at most `room` of them; none at the end of the file.
  func read(into buffer: inout [UInt8], room: Int) throws(ErrorNumber) -> Int {
    let old = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: room))
    var got = 0
    var code: Int32 = 0
    unsafe buffer.withUnsafeMutableBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      repeat {
        got = unsafe Glibc.read(descriptor, start + old, room)
        code = got < 0 ? errno : 0
      } while code == EINTR
    }
    buffer.removeSubrange((old + max(0, got))...)
    if got < 0 { throw ErrorNumber(code: code) }
    return got
  }
}
