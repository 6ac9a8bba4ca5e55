internal import Glibc
package import VouchCore

extension ErrorNumber {
  /// Whether a call may just be made again.
  var isInterruption: Bool { code == EINTR }
  static let noSpace = ErrorNumber(code: ENOSPC)
  static let inputOutput = ErrorNumber(code: EIO)
}

/// An open file.
package class DiskStorage: Storage {
  fileprivate let descriptor: Int32

  fileprivate init(descriptor: Int32) { self.descriptor = descriptor }

  package func read(at offset: Int, count: Int) throws(ErrorNumber) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var position = 0
    while position < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe pread(
          descriptor, buffer.baseAddress.map { unsafe $0 + position }, buffer.count - position, off_t(offset + position)
        )
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw ErrorNumber(code: errno) }
      if got == 0 { break }
      position += got
    }
    bytes.removeLast(count - position)
    return bytes
  }

  package func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(ErrorNumber) -> Int {
    let count = unsafe bytes.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    guard count >= 0 else { throw ErrorNumber(code: errno) }
    return count
  }

  package func size() throws(ErrorNumber) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw ErrorNumber(code: errno) }
    return Int(status.st_size)
  }

  package func truncate(to length: Int) throws(ErrorNumber) {
    guard ftruncate(descriptor, off_t(length)) == 0 else { throw ErrorNumber(code: errno) }
  }

  package func mapped(path: String) throws(Diagnostic) -> MappedFile {
    try MappedFile(descriptor: descriptor, path: path)
  }

  package func sync() throws(ErrorNumber) {
    guard fdatasync(descriptor) == 0 else { throw ErrorNumber(code: errno) }
  }
}

/// A graph file open for writing, which no other process may write to meanwhile.
package final class LockedFile: DiskStorage {
  /// `F_OFD_SETLK`: the lock belongs to the open file, not to the process, and goes with it.
  private static let setLock: Int32 = 37

  /// Opens and locks a file.
  ///
  /// - Throws: `store.locked` if another writer has it, `store.missing`, `store.read-only` or `store.unreadable`.
  package init(path: String) throws(Diagnostic) {
    let descriptor = try Self.opened(path)
    super.init(descriptor: descriptor)
  }

  deinit { close(descriptor) }

  private static func opened(_ path: String) throws(Diagnostic) -> Int32 {
    // A compaction may put another file in the place of the one that was opened, just before that one is locked.
    for _ in 0..<16 {
      let descriptor = unsafe open(path, O_RDWR | O_CLOEXEC)
      guard descriptor >= 0 else {
        let error = ErrorNumber(code: errno)
        let code =
          switch error.code {
          case ENOENT: "store.missing"
          case EACCES, EROFS, EPERM: "store.read-only"
          case EISDIR: "store.not-a-file"
          default: "store.unreadable"
          }
        throw Diagnostic(.error, code, "cannot open the graph for writing: \(error)", at: .init(path: path))
      }
      var own = stat()
      guard unsafe fstat(descriptor, &own) == 0, own.st_mode & S_IFMT == S_IFREG else {
        close(descriptor)
        throw Diagnostic(
          .error, "store.not-a-file", "expected a graph file, found something else", at: .init(path: path))
      }
      var region = flock()
      region.l_type = Int16(F_WRLCK)
      region.l_whence = Int16(SEEK_SET)
      let isLocked = unsafe withUnsafeMutablePointer(to: &region) { unsafe fcntl(descriptor, setLock, $0) } == 0
      let error = ErrorNumber(code: errno)
      var named = stat()
      if isLocked, unsafe stat(path, &named) == 0, (own.st_ino, own.st_dev) == (named.st_ino, named.st_dev) {
        return descriptor
      }
      close(descriptor)
      if !isLocked {
        guard error.code == EAGAIN || error.code == EACCES else {
          throw Diagnostic(.error, "store.unlockable", "cannot lock the graph: \(error)", at: .init(path: path))
        }
        throw Diagnostic(
          .error, "store.locked",
          "another program is writing to the graph; nothing was changed; try again when it has finished",
          at: .init(path: path))
      }
    }
    throw Diagnostic(
      .error, "store.locked", "the graph is being replaced again and again; try again later", at: .init(path: path))
  }
}

/// A graph file in the making, beside its place.
package final class NewDiskFile: DiskStorage, NewStorage {
  private let file: NewFile

  /// - Throws: As `NewFile` does.
  package init(path: String, replacing replaces: Bool) throws(NewFile.Failure) {
    file = try NewFile(path, replacing: replaces)
    super.init(descriptor: file.descriptor)
  }

  package func publish() throws(NewFile.Failure) { try file.commit() }
}
