/// What must be changed in a text so that it may stand in a place of a file.
///
/// Everywhere the characters that XML 1.0 forbids, C1 controls and ill-formed UTF-8 become U+FFFD, so that a graph is the
/// same whatever format it is read from.
public enum Escaping: Int, Sendable, CaseIterable {
  /// Between tags of XML: `& < >` and CR.
  case xmlText
  /// The value of an attribute of XML: quotation marks, tabs and line ends as well.
  case xmlAttribute
  /// A string of JSON.
  case json
  /// A string of JSON that stands between tags of XML.
  case jsonInXML
  /// A string of JSON that stands in the value of an attribute of XML.
  case jsonInAttribute
  /// A quoted string of Turtle, TriG, N-Triples and N-Quads.
  case turtle
  /// A quoted cell of comma-separated values: quotation marks are doubled, line ends become spaces.
  case csv
  /// A string of JSON that stands in a quoted cell.
  case jsonInCSV
  /// A quoted string of DOT, on one line: a backslash would begin an escape such as `\N`, the node's name.
  case dot
  /// A string of JSON that stands in a `script` element of HTML, which no tag in it can end.
  case jsonInScript

  /// What a byte is written as; `nil` if it is part of a character that is written as it is or replaced.
  var replacement: (UInt8) -> StaticString? {
    switch self {
    case .xmlText:
      {
        switch $0 {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x0D: "&#13;"
        default: nil
        }
      }
    case .xmlAttribute:
      {
        switch $0 {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        case 0x22: "&quot;"
        case 0x0D: "&#13;"
        case 0x09: "&#9;"
        case 0x0A: "&#10;"
        default: nil
        }
      }
    case .json, .turtle: Self.backslashed
    case .jsonInXML:
      {
        switch $0 {
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        default: Self.backslashed($0)
        }
      }
    case .jsonInAttribute:
      {
        switch $0 {
        case 0x22: "\\&quot;"
        case 0x26: "&amp;"
        case 0x3C: "&lt;"
        case 0x3E: "&gt;"
        default: Self.backslashed($0)
        }
      }
    case .csv:
      {
        switch $0 {
        case 0x22: "\"\""
        case 0x0A, 0x0D: " "
        default: nil
        }
      }
    case .dot:
      {
        switch $0 {
        case 0x22: "\\\""
        case 0x5C: "\\\\"
        case 0x09, 0x0A, 0x0D: " "
        default: nil
        }
      }
    case .jsonInScript: { $0 == 0x3C ? "\\u003C" : Self.backslashed($0) }
    case .jsonInCSV: { $0 == 0x22 ? "\\\"\"" : Self.backslashed($0) }
    }
  }

  private static func backslashed(_ byte: UInt8) -> StaticString? {
    switch byte {
    case 0x22: "\\\""
    case 0x5C: "\\\\"
    case 0x09: "\\t"
    case 0x0A: "\\n"
    case 0x0D: "\\r"
    default: nil
    }
  }

  /// What each byte begins.
  ///
  /// 1: a character of ASCII that may stand as it is; 2 to 4: a character of that length; 0: something to be changed.
  var firstBytes: [UInt8] {
    var table = [UInt8](repeating: 0, count: 256)
    for byte in [0x09, 0x0A] + Array(0x20..<0x7F) where replacement(UInt8(byte)) == nil { table[byte] = 1 }
    for byte in 0xC2...0xDF { table[byte] = 2 }
    for byte in 0xE0...0xEF { table[byte] = 3 }
    for byte in 0xF0...0xF4 { table[byte] = 4 }
    return table
  }
}
