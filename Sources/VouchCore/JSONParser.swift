/// Reads one JSON value from bytes, with a stack of its own instead of recursion.
struct JSONParser {
  private let bytes: ArraySlice<UInt8>
  private var position: Int
  /// Finished values of the lists and objects that are open, and the keys of the objects.
  private var values: [JSONValue] = []
  private var keys: [String] = []
  private var open: [Open] = []

  private struct Open {
    var isObject: Bool
    var firstValue: Int
    var firstKey: Int
  }

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    position = self.bytes.startIndex
  }

  mutating func document() throws(JSONValue.Failure) -> JSONValue {
    repeat {
      if let value = try value() { try take(value) }
    } while !open.isEmpty
    skipSpace()
    guard position == bytes.endIndex else { throw failure("the end") }
    return values[0]
  }

  private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private func failure(_ expected: String) -> JSONValue.Failure {
    let found =
      switch next {
      case nil: "the end"
      case .some(let byte) where (0x21...0x7E).contains(byte): "\"\(Unicode.Scalar(byte))\""
      case .some(let byte) where byte < 0x80: "a control character or space"
      default: "a letter outside ASCII"
      }
    return JSONValue.Failure(message: "found \(found); expected \(expected)", offset: position)
  }

  /// Reads a value up to its end, or the beginning of a list or object that is not empty, for which `nil` stands.
  private mutating func value() throws(JSONValue.Failure) -> JSONValue? {
    skipSpace()
    switch next {
    case 0x7B:
      try checkDepth()
      position += 1
      skipSpace()
      if next == 0x7D {
        position += 1
        return .object([:])
      }
      enter(isObject: true)
      try readKey()
      return nil
    case 0x5B:
      try checkDepth()
      position += 1
      skipSpace()
      if next == 0x5D {
        position += 1
        return .array([])
      }
      enter(isObject: false)
      return nil
    case 0x22: return .string(try string())
    case 0x74: return try word("true", .boolean(true))
    case 0x66: return try word("false", .boolean(false))
    case 0x6E: return try word("null", .null)
    case 0x2D, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39: return .number(try number())
    default: throw failure("a value")
    }
  }

  private func checkDepth() throws(JSONValue.Failure) {
    guard open.count < JSONValue.depthLimit else {
      throw JSONValue.Failure(message: "found values nested more than \(JSONValue.depthLimit) deep", offset: position)
    }
  }

  private mutating func enter(isObject: Bool) {
    open.append(Open(isObject: isObject, firstValue: values.count, firstKey: keys.count))
  }

  /// Takes a finished value, and closes the lists and objects that end behind it.
  private mutating func take(_ finished: JSONValue) throws(JSONValue.Failure) {
    values.append(finished)
    while let last = open.last {
      skipSpace()
      if next == 0x2C {
        position += 1
        if last.isObject { try readKey() }
        return
      }
      guard next == (last.isObject ? 0x7D : 0x5D) else {
        throw failure(last.isObject ? "\",\" or \"}\"" : "\",\" or \"]\"")
      }
      position += 1
      open.removeLast()
      let inner = Array(values[last.firstValue...])
      values.removeSubrange(last.firstValue...)
      if last.isObject {
        let members = zip(keys[last.firstKey...], inner)
        values.append(.object(Dictionary(members, uniquingKeysWith: { $1 })))
        keys.removeSubrange(last.firstKey...)
      } else {
        values.append(.array(inner))
      }
    }
  }

  private mutating func readKey() throws(JSONValue.Failure) {
    skipSpace()
    guard next == 0x22 else { throw failure("a member's name in quotes") }
    keys.append(try string())
    skipSpace()
    guard next == 0x3A else { throw failure("\":\"") }
    position += 1
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONValue.Failure) -> JSONValue {
    for index in 0..<word.utf8CodeUnitCount {
      guard unsafe next == word.utf8Start[index] else { throw failure("\"\(word)\"") }
      position += 1
    }
    return value
  }

  private mutating func number() throws(JSONValue.Failure) -> String {
    let start = position
    func digits() throws(JSONValue.Failure) {
      guard let byte = next, (0x30...0x39).contains(byte) else { throw failure("a digit") }
      while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    }
    if next == 0x2D { position += 1 }
    if next == 0x30 { position += 1 } else { try digits() }
    if next == 0x2E {
      position += 1
      try digits()
    }
    if next == 0x65 || next == 0x45 {
      position += 1
      if next == 0x2B || next == 0x2D { position += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if let whole = Int(text) { return String(whole) }
    // A figure of thousands of digits is kept as it stands.
    guard text.utf8.count <= 64, let number = Double(text), number.isFinite else { return text }
    return String(number)
  }

  private mutating func string() throws(JSONValue.Failure) -> String {
    position += 1
    let start = position
    var decoded: [UInt8]?
    while let byte = next {
      switch byte {
      case 0x22:
        let end = position
        position += 1
        let text =
          decoded.map { String(validating: $0, as: UTF8.self) } ?? String(validating: bytes[start..<end], as: UTF8.self)
        guard let text else {
          throw JSONValue.Failure(message: "found a string that is no valid UTF-8", offset: start - 1)
        }
        return text
      case 0x5C:
        if decoded == nil { decoded = Array(bytes[start..<position]) }
        try escape(into: &decoded)
      case 0x00..<0x20: throw failure("it as an escape, such as \\n, in a string")
      default:
        decoded?.append(byte)
        position += 1
      }
    }
    throw failure("the end of a string")
  }

  private mutating func escape(into decoded: inout [UInt8]?) throws(JSONValue.Failure) {
    let start = position
    position += 1
    guard let byte = next else { throw failure("an escape") }
    position += 1
    switch byte {
    case 0x22, 0x5C, 0x2F: decoded?.append(byte)
    case 0x62: decoded?.append(0x08)
    case 0x66: decoded?.append(0x0C)
    case 0x6E: decoded?.append(0x0A)
    case 0x72: decoded?.append(0x0D)
    case 0x74: decoded?.append(0x09)
    case 0x75:
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code), next == 0x5C, position + 1 < bytes.endIndex, bytes[position + 1] == 0x75 {
        position += 2
        let low = try hexadecimal()
        code = (0xDC00..<0xE000).contains(low) ? 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00) : 0xD800
      }
      guard let scalar = Unicode.Scalar(code) else {
        throw JSONValue.Failure(message: "found half of a surrogate pair; expected both halves", offset: start)
      }
      decoded?.append(contentsOf: String(scalar).utf8)
    default:
      position -= 1
      throw failure("an escape")
    }
  }

  private mutating func hexadecimal() throws(JSONValue.Failure) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = next, let digit = Self.hexDigit(byte) else { throw failure("four hexadecimal digits") }
      code = code << 4 | digit
      position += 1
    }
    return code
  }

  private static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x37)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }
}
