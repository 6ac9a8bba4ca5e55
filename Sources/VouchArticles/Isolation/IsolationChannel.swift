internal import FoundationEssentials
internal import Glibc
internal import VouchCore

/// Bytes that a message holds as they are.
typealias Bytes = Data

/// Messages through a pipe: the length in four bytes, then JSON.
struct IsolationChannel {
  private let descriptor: Int32

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  static func encoded(_ message: some Encodable) -> [UInt8] {
    (try? JSONEncoder().encode(message)).map(Array.init) ?? []
  }

  static func decoded<Message: Decodable>(_ bytes: [UInt8]) -> Message? {
    try? JSONDecoder().decode(Message.self, from: Data(bytes))
  }

  /// Writes a message; what nobody reads is left.
  func send(_ message: [UInt8]) throws(ErrorNumber) {
    let count = UInt32(clamping: message.count)
    let header = (0..<4).map { UInt8(truncatingIfNeeded: count >> (8 * UInt32($0))) }
    try NewFile.write(header + message, to: descriptor)
  }

  /// The next message; `nil` if the pipe ends before or in it.
  func receive() -> [UInt8]? {
    guard let header = read(4) else { return nil }
    return read(header.enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) })
  }

  private func read(_ count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Glibc.read(descriptor, buffer.baseAddress.map { unsafe $0 + done }, count - done)
      }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return nil }
      done += got
    }
    return bytes
  }

  /// All bytes up to the end of the pipe.
  func readAll() -> [UInt8] {
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let got = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if got < 0, errno == EINTR { continue }
      guard got > 0 else { return all }
      all.append(contentsOf: chunk[..<got])
    }
  }
}
