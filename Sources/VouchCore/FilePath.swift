internal import Glibc

/// A file's path as the system has it: bytes that need not be UTF-8.
public struct FilePath: Hashable, Sendable, Codable {
  /// The path.
  public let bytes: [UInt8]

  /// Takes a path's bytes.
  public init(bytes: [UInt8]) { self.bytes = bytes }
  /// Takes a path that is UTF-8.
  public init(_ path: String) { bytes = Array(path.utf8) }

  /// The path as messages and names show it: bytes that are no UTF-8 as `\xFF`.
  public var shown: String {
    if let valid = String(validating: bytes, as: UTF8.self) { return valid }
    var shown = ""
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var position = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded):
        shown.unicodeScalars.append(Unicode.UTF8.decode(encoded))
        position += encoded.count
      case .error(let length):
        for byte in bytes[position..<position + length] {
          shown += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        position += length
      case .emptyInput: return shown
      }
    }
  }

  /// The last part.
  public var name: FilePath { FilePath(bytes: bytes.split(separator: 0x2F).last.map(Array.init) ?? bytes) }

  /// The path of something in this folder.
  public func appending(_ name: FilePath) -> FilePath {
    FilePath(bytes: bytes + (bytes.last == 0x2F ? [] : [0x2F]) + name.bytes)
  }

  /// Hands the path to a system call; the result is -1 for a path with a NUL, which no file has.
  package func withCString(_ call: (UnsafePointer<CChar>) -> Int32) -> Int32 {
    guard !bytes.contains(0) else {
      errno = ENOENT
      return -1
    }
    return unsafe (bytes.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return -1 }
      return unsafe call(start)
    }
  }
}
