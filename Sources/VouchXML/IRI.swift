/// Internationalised resource identifiers, as XML formats write them.
public enum IRI {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// Percent-encodes what RFC 3987 does not allow where it stands.
  ///
  /// These are controls, spaces, `< > " { } | \\ ^` and the backtick, brackets outside the host, number signs after the first,
  /// a percent sign without two hexadecimal digits, and characters for private use or none. Other letters stay.
  /// Encoding twice changes nothing more. - Complexity: O(n).
  public static func escaped(_ string: String) -> String {
    guard string.utf8.contains(where: { !isPlain($0) }) else { return string }
    let scalars = Array(string.unicodeScalars)
    let host = hostBrackets(scalars)
    var result: [UInt8] = []
    result.reserveCapacity(scalars.count + 16)
    var hasFragment = false
    for (index, scalar) in scalars.enumerated() {
      let isAllowed: Bool
      switch scalar {
      case "%": isAllowed = index + 2 < scalars.count && isHex(scalars[index + 1]) && isHex(scalars[index + 2])
      case "#":
        isAllowed = !hasFragment
        hasFragment = true
      case "[", "]": isAllowed = host.contains(index)
      default: isAllowed = Self.isAllowed(scalar)
      }
      for byte in String(scalar).utf8 {
        if isAllowed { result.append(byte) } else { encode(byte, into: &result) }
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a byte is a character that may stand anywhere in an IRI.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x3A, 0x2D...0x2F, 0x5F, 0x40, 0x7E, 0x26, 0x3D, 0x3F: true
    default: false
    }
  }

  /// The places of the brackets around an IPv6 address.
  private static func hostBrackets(_ scalars: [Unicode.Scalar]) -> Set<Int> {
    guard let slash = scalars.firstIndex(of: "/"), slash + 2 < scalars.count, scalars[slash + 1] == "/",
      scalars[slash + 2] == "[", let end = scalars[(slash + 3)...].firstIndex(of: "]"),
      scalars[(slash + 3)..<end].allSatisfy({ isHex($0) || $0 == ":" || $0 == "." })
    else { return [] }
    return [slash + 2, end]
  }

  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x20, 0x22, 0x3C, 0x3E, 0x5C, 0x5E, 0x60, 0x7B...0x7D, 0x7F...0x9F: false
    case 0xE000...0xF8FF, 0xFDD0...0xFDEF, 0xFFF0...0xFFFF, 0xE0000...0xE0FFF, 0xF0000...: false
    case let value: value & 0xFFFE != 0xFFFE
    }
  }

  private static func encode(_ byte: UInt8, into result: inout [UInt8]) {
    result.append(0x25)
    result.append(digits[Int(byte >> 4)])
    result.append(digits[Int(byte & 15)])
  }

  /// Whether a string is an absolute IRI with an authority once it is escaped, so that every parser takes it.
  ///
  /// It needs a scheme, `://`, a host of letters, digits, dots and hyphens or an IPv6 address, and no port but digits.
  public static func isAbsolute(_ string: String) -> Bool {
    guard let separator = string.firstRange(of: "://") else { return false }
    let scheme = string[..<separator.lowerBound].unicodeScalars
    let rest = string[separator.upperBound...]
    let authority = rest.prefix { !"/?#\\".contains($0) }
    let isScheme = scheme.first.map { $0.isASCII && $0.properties.isAlphabetic } ?? false
    guard isScheme,
      scheme.allSatisfy({ $0.isASCII && ($0.properties.isAlphabetic || isDigit($0) || "+-.".contains(Character($0))) })
    else { return false }
    var host = authority[...]
    if let colon = host.lastIndex(of: ":"), !host.hasSuffix("]") {
      guard host[host.index(after: colon)...].unicodeScalars.allSatisfy(isDigit) else { return false }
      host = host[..<colon]
    }
    if host.hasPrefix("["), host.hasSuffix("]") {
      let address = host.dropFirst().dropLast()
      return address.contains(":") && address.unicodeScalars.allSatisfy { isHex($0) || $0 == ":" || $0 == "." }
    }
    return !host.isEmpty
      && host.unicodeScalars.allSatisfy { scalar in
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "." || scalar == "-"
      }
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isHex(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "A"..."F", "a"..."f": true
    default: false
    }
  }
}
