internal import Glibc

/// The names in a folder.
public struct FolderListing: Sendable {
  /// All names, bytewise sorted; they need not be UTF-8.
  public let entries: [FilePath]

  /// Names that are UTF-8, bytewise sorted.
  public var names: [String] { entries.compactMap { String(validating: $0.bytes, as: UTF8.self) } }

  /// Lists a folder.
  ///
  /// - Throws: The system's error number.
  public init(_ folder: String) throws(ErrorNumber) { try self.init(FilePath(folder)) }

  /// Lists a folder.
  ///
  /// - Throws: The system's error number.
  public init(_ folder: FilePath) throws(ErrorNumber) {
    var opened: OpaquePointer?
    _ = unsafe folder.withCString { path in
      unsafe opened = opendir(path)
      return 0
    }
    guard let stream = unsafe opened else { throw ErrorNumber(code: errno) }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let bytes = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
          unsafe Array(UnsafeBufferPointer(start: start, count: strnlen(pointer, 256)))
        }
      }
      if bytes != [0x2E], bytes != [0x2E, 0x2E] { names.append(bytes) }
    }
    entries = names.sorted { $0.lexicographicallyPrecedes($1) }.map(FilePath.init(bytes:))
  }
}
