/// Reads one JSON value (RFC 8259) from bytes.
///
/// Ill-formed UTF-8 and lone surrogates in strings become U+FFFD. - Complexity: O(n).
struct JSONParser {
  /// Why bytes are no JSON.
  struct Failure: Error, Hashable {
    /// Offset in bytes of the first byte that cannot be.
    var offset: Int
    /// What was expected there.
    var expected: String
  }

  /// Deepest nesting of arrays and objects that is read.
  static let depthLimit = 64

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  private let end: Int

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
    end = bytes.endIndex
  }

  /// Reads a value that takes up all the bytes but white space.
  static func parse(_ bytes: ArraySlice<UInt8>) throws(Failure) -> JSONValue {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    if parser.position < parser.end { throw parser.failure("the end") }
    return value
  }

  /// Reads a value at the start of the bytes; what follows is left alone.
  static func parsePrefix(_ bytes: ArraySlice<UInt8>) throws(Failure) -> (value: JSONValue, rest: ArraySlice<UInt8>) {
    var parser = JSONParser(bytes)
    let value = try parser.value(depth: 0)
    parser.skipSpace()
    return (value, bytes[parser.position...])
  }

  private func failure(_ expected: String) -> Failure {
    Failure(offset: position - bytes.startIndex, expected: expected)
  }

  private var next: UInt8? { position < end ? bytes[position] : nil }

  private mutating func skipSpace() {
    while position < end, case let byte = bytes[position], byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    {
      position += 1
    }
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    skipSpace()
    guard let byte = next else { throw failure("a value") }
    switch byte {
    case 0x7B: return try object(depth: depth + 1)
    case 0x5B: return try array(depth: depth + 1)
    case 0x22: return .string(try string())
    case 0x74: return try word("true", .boolean(true))
    case 0x66: return try word("false", .boolean(false))
    case 0x6E: return try word("null", .null)
    case 0x2D, 0x30...0x39: return try number()
    default: throw failure("a value")
    }
  }

  private mutating func word(_ word: String, _ value: JSONValue) throws(Failure) -> JSONValue {
    guard bytes[position..<min(end, position + word.utf8.count)].elementsEqual(word.utf8) else { throw failure(word) }
    position += word.utf8.count
    return value
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONValue {
    guard depth <= Self.depthLimit else { throw failure("at most \(Self.depthLimit) nested values") }
    position += 1
    var members: [JSONValue.Member] = []
    skipSpace()
    if next == 0x7D {
      position += 1
      return .object([])
    }
    while true {
      skipSpace()
      guard next == 0x22 else { throw failure("a key in quotes") }
      let key = try string()
      skipSpace()
      guard next == 0x3A else { throw failure("\":\"") }
      position += 1
      members.append(JSONValue.Member(key: key, value: try value(depth: depth)))
      skipSpace()
      guard let byte = next, byte == 0x2C || byte == 0x7D else { throw failure("\",\" or \"}\"") }
      position += 1
      if byte == 0x7D { return .object(members) }
    }
  }

  private mutating func array(depth: Int) throws(Failure) -> JSONValue {
    guard depth <= Self.depthLimit else { throw failure("at most \(Self.depthLimit) nested values") }
    position += 1
    var items: [JSONValue] = []
    skipSpace()
    if next == 0x5D {
      position += 1
      return .array([])
    }
    while true {
      items.append(try value(depth: depth))
      skipSpace()
      guard let byte = next, byte == 0x2C || byte == 0x5D else { throw failure("\",\" or \"]\"") }
      position += 1
      if byte == 0x5D { return .array(items) }
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = position
    if next == 0x2D { position += 1 }
    let isZero = next == 0x30
    let whole = digits()
    guard whole > 0, !(isZero && whole > 1) else { throw failure("a number") }
    if next == 0x2E {
      position += 1
      guard digits() > 0 else { throw failure("a digit") }
    }
    if next == 0x65 || next == 0x45 {
      position += 1
      if next == 0x2B || next == 0x2D { position += 1 }
      guard digits() > 0 else { throw failure("a digit") }
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() -> Int {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return position - start
  }

  private mutating func string() throws(Failure) -> String {
    position += 1
    var text: [UInt8] = []
    while true {
      let start = position
      while position < end, bytes[position] != 0x22, bytes[position] != 0x5C, bytes[position] >= 0x20 { position += 1 }
      text.append(contentsOf: bytes[start..<position])
      guard let byte = next else { throw failure("a closing quote") }
      guard byte >= 0x20 else { throw failure("an escaped control character") }
      position += 1
      if byte == 0x22 { return String(decoding: text, as: UTF8.self) }
      try escape(into: &text)
    }
  }

  private mutating func escape(into text: inout [UInt8]) throws(Failure) {
    guard let byte = next else { throw failure("an escape") }
    position += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: text.append(byte)
    case 0x62: text.append(0x08)
    case 0x66: text.append(0x0C)
    case 0x6E: text.append(0x0A)
    case 0x72: text.append(0x0D)
    case 0x74: text.append(0x09)
    case 0x75:
      var unit = try hexadecimal()
      if (0xD800..<0xDC00).contains(unit), position + 1 < end, bytes[position] == 0x5C, bytes[position + 1] == 0x75 {
        let mark = position
        position += 2
        let low = try hexadecimal()
        if (0xDC00..<0xE000).contains(low) {
          unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
        } else {
          position = mark
        }
      }
      let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
      text.append(contentsOf: Array(String(scalar).utf8))
    default:
      position -= 1
      throw failure("an escape such as \\n or \\u00e9")
    }
  }

  private mutating func hexadecimal() throws(Failure) -> UInt32 {
    var unit: UInt32 = 0
    for _ in 0..<4 {
      switch next {
      case .some(let byte) where (0x30...0x39).contains(byte): unit = unit << 4 | UInt32(byte - 0x30)
      case .some(let byte) where (0x41...0x46).contains(byte): unit = unit << 4 | UInt32(byte - 0x37)
      case .some(let byte) where (0x61...0x66).contains(byte): unit = unit << 4 | UInt32(byte - 0x57)
      default: throw failure("four hexadecimal digits")
      }
      position += 1
    }
    return unit
  }
}

extension JSONParser {
  /// Where the records of a JSON file lie: the items of a list, or the values that follow each other.
  static func records(in bytes: [UInt8]) throws(Failure) -> [Range<Int>] {
    var extents: [Range<Int>] = []
    var parser = JSONParser(bytes[...])
    parser.skipSpace()
    let isList = parser.next == 0x5B
    if isList { parser.position += 1 }
    while true {
      parser.skipSpace()
      if isList, parser.next == 0x5D {
        parser.position += 1
        parser.skipSpace()
        if parser.next != nil { throw parser.failure("the end") }
        return extents
      }
      if !isList, parser.next == nil { return extents }
      if isList, !extents.isEmpty {
        guard parser.next == 0x2C else { throw parser.failure("\",\" or \"]\"") }
        parser.position += 1
        parser.skipSpace()
      }
      let start = parser.position
      _ = try parser.value(depth: 0)
      extents.append(start..<parser.position)
    }
  }
}
