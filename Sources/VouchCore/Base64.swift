/// Bytes as text of 64 letters (RFC 4648, section 4, padded).
package enum Base64 {
  private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// Encodes bytes.
  ///
  /// - Complexity: O(n).
  package static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      let group = (0..<3).reduce(UInt32(0)) { $0 << 8 | ($1 < count ? UInt32(bytes[start + $1]) : 0) }
      for place in 0..<4 {
        text.append(place <= count ? letters[Int(group >> UInt32(18 - 6 * place)) & 63] : padding)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes text; `nil` for text that `encode` does not write.
  ///
  /// - Complexity: O(n).
  package static func decode(_ text: String) -> [UInt8]? {
    var values = [UInt8](repeating: 64, count: 256)
    for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
    var bytes: [UInt8] = []
    var group: UInt32 = 0
    var count = 0
    var padded = 0
    for letter in text.utf8 {
      count += 1
      if letter == padding {
        padded += 1
        group <<= 6
      } else {
        guard padded == 0, values[Int(letter)] < 64 else { return nil }
        group = group << 6 | UInt32(values[Int(letter)])
      }
      if count % 4 == 0 {
        guard padded <= 2 else { return nil }
        for place in 0..<3 - padded { bytes.append(UInt8(truncatingIfNeeded: group >> UInt32(16 - 8 * place))) }
        group = 0
      }
    }
    return count % 4 == 0 ? bytes : nil
  }
}
