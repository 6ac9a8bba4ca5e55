internal import Glibc

/// The names in a folder.
public struct FolderListing: Sendable {
  /// Names that are UTF-8, bytewise sorted.
  public let names: [String]
  /// Names that are not, with U+FFFD where they are ill-formed: such files cannot be opened by name.
  public let unreadableNames: [String]

  /// Lists a folder.
  ///
  /// - Throws: The system's error number.
  public init(_ folder: String) throws(ErrorNumber) {
    guard let stream = unsafe opendir(folder) else { throw ErrorNumber(code: errno) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    var unreadable: [String] = []
    while let entry = unsafe readdir(stream) {
      let bytes = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { start in
          unsafe Array(UnsafeBufferPointer(start: start, count: strnlen(pointer, 256)))
        }
      }
      if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
      if let name = String(validating: bytes, as: UTF8.self) {
        names.append(name)
      } else {
        unreadable.append(String(decoding: bytes, as: UTF8.self))
      }
    }
    self.names = names.sorted { $0.precedesBytewise($1) }
    unreadableNames = unreadable.sorted { $0.precedesBytewise($1) }
  }
}
