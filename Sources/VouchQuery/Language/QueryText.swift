internal import VouchCore

/// Strings in queries: how values are written, and how strings are searched.
enum QueryText {
  /// A plain value as a string; `nil` for nodes, lists and the like.
  static func string(_ value: QueryValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .float(let number): String(number)
    case .boolean(let value): value ? "true" : "false"
    case .date(let date): date.description
    default: nil
    }
  }

  /// Whether `part` occurs in `text`, byte by byte.
  ///
  /// - Complexity: O(n + m), by Knuth, Morris and Pratt (1977).
  static func contains(_ text: String, _ part: String) -> Bool {
    let wanted = Array(part.utf8)
    guard !wanted.isEmpty else { return true }
    var fallback = [Int](repeating: 0, count: wanted.count)
    var matched = 0
    for index in wanted.indices.dropFirst() {
      while matched > 0, wanted[index] != wanted[matched] { matched = fallback[matched - 1] }
      if wanted[index] == wanted[matched] { matched += 1 }
      fallback[index] = matched
    }
    matched = 0
    for byte in text.utf8 {
      while matched > 0, byte != wanted[matched] { matched = fallback[matched - 1] }
      if byte == wanted[matched] { matched += 1 }
      if matched == wanted.count { return true }
    }
    return false
  }

  /// The parts of `text` between occurrences of `separator`; between characters if that is empty.
  static func split(_ text: String, _ separator: String) -> [String] {
    guard !separator.isEmpty else { return text.map { String($0) } }
    let bytes = Array(text.utf8)
    let mark = Array(separator.utf8)
    var parts: [String] = []
    var start = 0
    var position = 0
    while position + mark.count <= bytes.count {
      if bytes[position] == mark[0], bytes[position..<position + mark.count].elementsEqual(mark) {
        parts.append(String(decoding: bytes[start..<position], as: UTF8.self))
        position += mark.count
        start = position
      } else {
        position += 1
      }
    }
    return parts + [String(decoding: bytes[start...], as: UTF8.self)]
  }
}
