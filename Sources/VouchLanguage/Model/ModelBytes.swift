internal import CVouchModel
internal import Glibc
internal import VouchCore

/// The bytes of a model's file, which stay where they are as long as this object lives.
@safe
final class ModelBytes: @unchecked Sendable {
  /// How messages call the file.
  let name: String
  let bytes: UnsafeRawBufferPointer
  private let owner: AlignedMemory?

  /// Takes bytes that are never freed, such as the program's own.
  init(static bytes: UnsafeRawBufferPointer, name: String) {
    unsafe self.bytes = bytes
    self.name = name
    owner = nil
  }

  /// Copies bytes.
  init(copying bytes: [UInt8], name: String) {
    let memory = AlignedMemory(byteCount: bytes.count)
    unsafe memory.start.copyMemory(from: bytes, byteCount: bytes.count)
    unsafe self.bytes = UnsafeRawBufferPointer(start: memory.start, count: bytes.count)
    self.name = name
    owner = memory
  }

  /// Reads a regular file of at most `limit` bytes.
  ///
  /// - Throws: `model.missing` or `model.unreadable`.
  init(reading path: String, limit: Int) throws(Diagnostic) {
    func failure(_ code: String, _ message: String) -> Diagnostic {
      Diagnostic(.error, code, message, at: .init(path: path))
    }
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw errno == ENOENT
        ? failure("model.missing", "there is no such file; expected a language model")
        : failure("model.unreadable", "cannot be read: \(ErrorNumber(code: errno))")
    }
    defer { close(file) }
    var status = stat()
    guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else {
      throw failure("model.unreadable", "is no file of at most \(limit >> 20) MiB; expected a language model")
    }
    let memory = AlignedMemory(byteCount: Int(status.st_size))
    var count = 0
    while count < memory.count {
      let got = unsafe Glibc.read(file, memory.start + count, memory.count - count)
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure("model.unreadable", "cannot be read: \(ErrorNumber(code: errno))") }
      if got == 0 { break }
      count += got
    }
    unsafe bytes = UnsafeRawBufferPointer(start: memory.start, count: count)
    name = path
    owner = memory
  }

  /// The weights that are built into the program.
  static var builtInWeights: ModelBytes { unsafe builtIn(vouch_model_weights(), "english.safetensors") }
  /// The description that is built into the program.
  static var builtInDescription: ModelBytes { unsafe builtIn(vouch_model_description(), "english.json") }

  private static func builtIn(_ file: VouchModelFile, _ name: String) -> ModelBytes {
    let bytes = unsafe UnsafeRawBufferPointer(start: file.bytes, count: file.length)
    return unsafe ModelBytes(static: bytes, name: "built-in \(name)")
  }
}
