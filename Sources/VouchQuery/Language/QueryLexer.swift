/// Cuts a query into tokens.
///
/// - Complexity: O(n).
struct QueryLexer {
  /// Longest query, in bytes.
  static let limit = 64 << 10

  private let bytes: [UInt8]
  private var position = 0

  static func tokens(_ text: String) throws(QueryError) -> [QueryToken] {
    guard text.utf8.count <= limit else {
      throw QueryError(.tooLong, "the query has \(text.utf8.count) bytes; at most \(limit) are possible")
    }
    var lexer = QueryLexer(text)
    var tokens: [QueryToken] = []
    repeat { tokens.append(try lexer.next()) } while tokens.last?.kind != .end
    return tokens
  }

  private init(_ text: String) { bytes = Array(text.utf8) }

  private func byte(_ ahead: Int = 0) -> UInt8? {
    position + ahead < bytes.count ? bytes[position + ahead] : nil
  }

  private mutating func next() throws(QueryError) -> QueryToken {
    try skipSpace()
    let start = position
    let kind: QueryToken.Kind
    switch byte() {
    case nil: kind = .end
    case UInt8(ascii: "'"), UInt8(ascii: "\""): kind = .string(try string())
    case UInt8(ascii: "`"): kind = .name(try quotedName(), isQuoted: true)
    case UInt8(ascii: "$"):
      position += 1
      kind = .parameter(try parameterName(start))
    case let digit? where isDigit(digit): kind = try number()
    case UInt8(ascii: ".") where byte(1).map(isDigit) == true: kind = try number()
    default:
      let name = word()
      if !name.isEmpty {
        kind = .name(name, isQuoted: false)
      } else if let sign = QueryToken.Sign.allCases.first(where: { bytes[position...].starts(with: $0.rawValue.utf8) })
      {
        position += sign.rawValue.utf8.count
        kind = .sign(sign)
      } else {
        let scalar = scalarLength(at: position)
        throw QueryError(
          .syntax, "\"\(String(decoding: bytes[start..<start + scalar], as: UTF8.self))\" has no meaning here",
          at: start..<start + scalar)
      }
    }
    return QueryToken(kind: kind, range: start..<position)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private mutating func skipSpace() throws(QueryError) {
    while let byte = byte() {
      if byte <= 0x20 {
        position += 1
      } else if byte == 0xC2, self.byte(1) == 0xA0 {
        position += 2
      } else if byte == UInt8(ascii: "/"), self.byte(1) == UInt8(ascii: "/") {
        while let byte = self.byte(), byte != 0x0A { position += 1 }
      } else if byte == UInt8(ascii: "/"), self.byte(1) == UInt8(ascii: "*") {
        let start = position
        position += 2
        while let byte = self.byte(), !(byte == UInt8(ascii: "*") && self.byte(1) == UInt8(ascii: "/")) {
          position += 1
        }
        guard self.byte() != nil else {
          throw QueryError(.syntax, "the comment does not end; expected */", at: start..<start + 2)
        }
        position += 2
      } else {
        return
      }
    }
  }

  private func scalarLength(at position: Int) -> Int {
    var length = 1
    while position + length < bytes.count, bytes[position + length] & 0xC0 == 0x80 { length += 1 }
    return length
  }

  /// Letters, digits and underscores, of any script; empty if there are none here.
  private mutating func word() -> String {
    let start = position
    while let byte = byte() {
      if byte < 0x80 {
        guard isDigit(byte) || byte == UInt8(ascii: "_") || (0x61...0x7A).contains(byte | 0x20) else { break }
        position += 1
      } else {
        let length = scalarLength(at: position)
        let scalar = String(decoding: bytes[position..<position + length], as: UTF8.self).unicodeScalars.first
        guard let properties = scalar?.properties, properties.isXIDContinue else { break }
        position += length
      }
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func parameterName(_ start: Int) throws(QueryError) -> String {
    let name = byte() == UInt8(ascii: "`") ? try quotedName() : word()
    guard !name.isEmpty else {
      throw QueryError(.syntax, "expected the name of a parameter after $", at: start..<start + 1)
    }
    return name
  }

  private mutating func quotedName() throws(QueryError) -> String {
    let start = position
    position += 1
    var name: [UInt8] = []
    while let byte = byte() {
      position += 1
      if byte == UInt8(ascii: "`") {
        guard self.byte() == UInt8(ascii: "`") else { return String(decoding: name, as: UTF8.self) }
        position += 1
      }
      name.append(byte)
    }
    throw QueryError(.syntax, "the quoted name does not end; expected `", at: start..<start + 1)
  }

  private mutating func string() throws(QueryError) -> String {
    let start = position
    let quote = bytes[position]
    position += 1
    var content: [UInt8] = []
    while let byte = byte() {
      position += 1
      if byte == quote { return String(decoding: content, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\") else {
        content.append(byte)
        continue
      }
      guard let escaped = self.byte() else { break }
      position += 1
      switch escaped {
      case UInt8(ascii: "n"): content.append(0x0A)
      case UInt8(ascii: "t"): content.append(0x09)
      case UInt8(ascii: "r"): content.append(0x0D)
      case UInt8(ascii: "b"): content.append(0x08)
      case UInt8(ascii: "f"): content.append(0x0C)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "`"): content.append(escaped)
      case UInt8(ascii: "u"), UInt8(ascii: "U"):
        let width = escaped == UInt8(ascii: "u") ? 4 : 8
        let digits = String(decoding: bytes[position..<min(bytes.count, position + width)], as: UTF8.self)
        guard digits.utf8.count == width, digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16),
          let scalar = Unicode.Scalar(value)
        else {
          throw QueryError(
            .syntax,
            "expected \(width) hexadecimal digits of a character after \\\(Character(Unicode.Scalar(escaped)))",
            at: position - 2..<position)
        }
        position += width
        content += Array(String(Character(scalar)).utf8)
      default:
        throw QueryError(
          .syntax, "no character is written so; the escapes are \\n \\t \\r \\b \\f \\\\ \\' \\\" \\uXXXX",
          at: position - 2..<position - 1 + scalarLength(at: position - 1))
      }
    }
    throw QueryError(
      .syntax, "the string does not end; expected \(Character(Unicode.Scalar(quote)))", at: start..<start + 1)
  }

  private mutating func number() throws(QueryError) -> QueryToken.Kind {
    let start = position
    func digits() { while let byte = byte(), isDigit(byte) { position += 1 } }
    var isFloat = false
    digits()
    if byte() == UInt8(ascii: "."), byte(1).map(isDigit) == true {
      isFloat = true
      position += 1
      digits()
    }
    if let mark = byte(), mark | 0x20 == UInt8(ascii: "e") {
      let signed = byte(1) == UInt8(ascii: "-") || byte(1) == UInt8(ascii: "+") ? 2 : 1
      if byte(signed).map(isDigit) == true {
        isFloat = true
        position += signed
        digits()
      }
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if !word().isEmpty {
      throw QueryError(.syntax, "a name cannot begin with a digit", at: start..<position)
    }
    if isFloat, let value = Double(text), value.isFinite { return .float(value) }
    if !isFloat, let value = Int(text) { return .integer(value) }
    throw QueryError(.numberOutOfRange, "the number is too large", at: start..<position)
  }
}
