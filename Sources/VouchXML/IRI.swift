/// Internationalised resource identifiers, as XML formats write them.
public enum IRI {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Percent-encodes what no IRI may hold.
  ///
  /// That is: controls, the space, `< > " { } | \ ^`, the backtick, and a percent sign without two hexadecimal digits
  /// after it. Other characters, non-ASCII letters among them, stay. Encoding twice changes nothing more.
  /// - Complexity: O(n).
  public static func escaped(_ string: String) -> String {
    guard string.utf8.contains(where: { $0 == 0x25 || $0 == 0xC2 || needsEncoding($0) }) else { return string }
    let bytes = Array(string.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let isC1 = byte == 0xC2 && position + 1 < bytes.count && bytes[position + 1] < 0xA0
      if isC1 {
        encode(byte, into: &result)
        encode(bytes[position + 1], into: &result)
        position += 2
        continue
      }
      let isBarePercent =
        byte == 0x25 && !(position + 2 < bytes.count && isHex(bytes[position + 1]) && isHex(bytes[position + 2]))
      if isBarePercent || needsEncoding(byte) { encode(byte, into: &result) } else { result.append(byte) }
      position += 1
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func encode(_ byte: UInt8, into result: inout [UInt8]) {
    result.append(0x25)
    result.append(digits[Int(byte >> 4)])
    result.append(digits[Int(byte & 15)])
  }

  private static func needsEncoding(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: true
    default: false
    }
  }

  private static func isHex(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
    default: false
    }
  }
}
