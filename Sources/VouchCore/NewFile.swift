internal import Glibc

/// A file that appears under its name whole or not at all.
///
/// It is written beside its place; `commit()` synchronises it and puts it in its place. One that is not committed leaves
/// nothing behind.
public final class NewFile {
  /// Why the file could not be made; what stood in its place is unchanged.
  public enum Failure: Error, Hashable, Sendable {
    /// A file of that name is there and may not be replaced.
    case exists
    /// Something else than a file is there: a folder, a device, a pipe.
    case notAFile
    /// A step failed, told as in "cannot write it".
    case system(step: String, ErrorNumber)
  }

  /// Open for writing until the file is committed.
  public let descriptor: Int32
  private let path: String
  private let temporary: String
  private let replaces: Bool
  private var isOpen = true

  /// Makes the file beside its place.
  ///
  /// - Parameters:
  ///   - path: Where it is to appear.
  ///   - replaces: Whether a file that is there may be replaced.
  public init(_ path: String, replacing replaces: Bool) throws(Failure) {
    var status = stat()
    if unsafe stat(path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
      guard replaces else { throw .exists }
    }
    self.path = path
    self.replaces = replaces
    temporary = "\(path).writing-\(getpid())"
    descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw .system(step: "make it", ErrorNumber(code: errno)) }
  }

  deinit {
    guard isOpen else { return }
    close(descriptor)
    unsafe unlink(temporary)
  }

  /// Writes bytes at the end.
  public func write(_ bytes: [UInt8]) throws(Failure) {
    do throws(ErrorNumber) {
      try Self.write(bytes, to: descriptor)
    } catch {
      throw .system(step: "write it", error)
    }
  }

  /// Puts the file in its place; the descriptor is closed, whether that succeeds or not.
  public func commit() throws(Failure) {
    func failure(_ step: String) -> Failure {
      let error = ErrorNumber(code: errno)
      unsafe unlink(temporary)
      return .system(step: step, error)
    }
    let isSynchronised = fsync(descriptor) == 0
    let error = ErrorNumber(code: errno)
    isOpen = false
    let isClosed = close(descriptor) == 0
    guard isSynchronised else {
      unsafe unlink(temporary)
      throw .system(step: "bring it to the disk", error)
    }
    guard isClosed else { throw failure("close it") }
    if replaces {
      guard unsafe rename(temporary, path) == 0 else { throw failure("put it in its place") }
    } else {
      // A link fails where a rename would silently replace a file that appeared meanwhile.
      guard unsafe link(temporary, path) == 0 else {
        let failure = failure("put it in its place")
        throw failure == .system(step: "put it in its place", ErrorNumber(code: EEXIST)) ? .exists : failure
      }
      unsafe unlink(temporary)
    }
    synchroniseFolder()
  }

  /// The new name, too, must survive a power failure; file systems that cannot promise it refuse the call.
  private func synchroniseFolder() {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    fsync(directory)
    close(directory)
  }

  /// Writes all bytes to an open file, pipe or terminal.
  ///
  /// - Throws: The system's error number; part of the bytes may have been written.
  public static func write(_ bytes: [UInt8], to descriptor: Int32) throws(ErrorNumber) {
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw ErrorNumber(code: errno) }
      written += count
    }
  }
}
