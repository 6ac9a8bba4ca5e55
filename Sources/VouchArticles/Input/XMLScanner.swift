internal import VouchCore

/// Goes through the tags and texts of XML that need not be well-formed, as feeds often are not.
///
/// Nothing is expanded but the characters that references name. - Complexity: O(n) in all.
struct XMLScanner {
  /// A start tag.
  struct Element {
    var name: String
    var attributes: [(name: String, value: String)]
    /// Whether it has no content: `<a/>`.
    var isEmpty: Bool
    /// Offsets of its first byte and of the byte behind it.
    var start: Int
    var end: Int

    func attribute(_ name: String) -> String? { attributes.first { $0.name == name }?.value }
  }

  /// What comes next.
  enum Event {
    case start(Element)
    /// An end tag, and where it begins.
    case end(name: String, start: Int)
    /// Characters, references replaced.
    case text(String)
  }

  /// Most attributes of one element that are kept.
  private static let attributeLimit = 64

  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The next tag or text; `nil` at the end.
  mutating func next() -> Event? {
    while position < bytes.endIndex {
      guard bytes[position] == 0x3C else {
        let end = bytes[position...].firstIndex(of: 0x3C) ?? bytes.endIndex
        defer { position = end }
        return .text(Self.decoded(bytes[position..<end]))
      }
      let rest = bytes[position...]
      if rest.starts(with: "<!--".utf8) {
        position = end(of: "-->", from: position + 4).next
      } else if rest.starts(with: "<![CDATA[".utf8) {
        let (start, end) = (position + 9, end(of: "]]>", from: position + 9))
        position = end.next
        return .text(String(decoding: bytes[start..<end.start], as: UTF8.self))
      } else if rest.starts(with: "<?".utf8) {
        position = end(of: "?>", from: position + 2).next
      } else if rest.starts(with: "<!".utf8) {
        position = end(of: ">", from: position + 2).next
      } else if rest.starts(with: "</".utf8) {
        let (start, end) = (position, end(of: ">", from: position + 2))
        position = end.next
        return .end(name: Self.trimmed(bytes[start + 2..<end.start]), start: start)
      } else if let following = rest.dropFirst().first, Self.isNameStart(following) {
        return .start(element())
      } else {
        position += 1
        return .text("<")
      }
    }
    return nil
  }

  private func end(of word: StaticString, from start: Int) -> (start: Int, next: Int) {
    let count = word.utf8CodeUnitCount
    let last = unsafe word.utf8Start[count - 1]
    var place = min(start, bytes.endIndex)
    while let found = bytes[place...].firstIndex(of: last) {
      let first = found + 1 - count
      if first >= start, (0..<count).allSatisfy({ unsafe bytes[first + $0] == word.utf8Start[$0] }) {
        return (first, found + 1)
      }
      place = found + 1
    }
    return (bytes.endIndex, bytes.endIndex)
  }

  private mutating func element() -> Element {
    let start = position
    position += 1
    let name = word { !Self.isSpace($0) && $0 != 0x2F && $0 != 0x3E && $0 != 0x3C }
    var element = Element(name: name, attributes: [], isEmpty: false, start: start, end: start)
    while position < bytes.endIndex {
      let byte = bytes[position]
      if byte == 0x3E {
        position += 1
        break
      } else if byte == 0x3C {
        break
      } else if byte == 0x2F || Self.isSpace(byte) {
        element.isEmpty = byte == 0x2F
        position += 1
      } else {
        let attribute = word { !Self.isSpace($0) && $0 != 0x3D && $0 != 0x2F && $0 != 0x3E && $0 != 0x3C }
        skipSpace()
        var value = ""
        if position < bytes.endIndex, bytes[position] == 0x3D {
          position += 1
          skipSpace()
          value = attributeValue()
        } else if attribute.isEmpty {
          position += 1
        }
        if element.attributes.count < Self.attributeLimit { element.attributes.append((attribute, value)) }
      }
    }
    element.end = position
    return element
  }

  private mutating func attributeValue() -> String {
    guard position < bytes.endIndex, bytes[position] == 0x22 || bytes[position] == 0x27 else {
      return word { !Self.isSpace($0) && $0 != 0x3E }
    }
    let quote = bytes[position]
    let end = bytes[(position + 1)...].firstIndex(of: quote) ?? bytes.endIndex
    defer { position = min(end + 1, bytes.endIndex) }
    return Self.decoded(bytes[position + 1..<end])
  }

  private mutating func word(_ isInside: (UInt8) -> Bool) -> String {
    let end = bytes[position...].firstIndex { !isInside($0) } ?? bytes.endIndex
    defer { position = end }
    return String(decoding: bytes[position..<end], as: UTF8.self)
  }

  private mutating func skipSpace() { while position < bytes.endIndex, Self.isSpace(bytes[position]) { position += 1 } }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
  private static func isNameStart(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F || byte == 0x3A || byte >= 0x80
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.prefix { !isSpace($0) }, as: UTF8.self)
  }

  private static let named: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "ndash": "–", "mdash": "—",
    "lsquo": "‘", "rsquo": "’", "ldquo": "“", "rdquo": "”", "hellip": "…",
  ]

  /// Characters with their references replaced; what is no reference that is known stays as it is.
  static func decoded(_ bytes: ArraySlice<UInt8>) -> String {
    guard bytes.contains(0x26) else { return String(decoding: bytes, as: UTF8.self) }
    var result: [UInt8] = []
    var position = bytes.startIndex
    while position < bytes.endIndex {
      if bytes[position] == 0x26, let end = bytes[position...].prefix(12).firstIndex(of: 0x3B),
        let character = character(String(decoding: bytes[position + 1..<end], as: UTF8.self))
      {
        result.append(contentsOf: character.utf8)
        position = end + 1
      } else {
        result.append(bytes[position])
        position += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func character(_ name: String) -> String? {
    guard name.hasPrefix("#") else { return named[name] }
    let isHexadecimal = name.hasPrefix("#x") || name.hasPrefix("#X")
    let code = isHexadecimal ? UInt32(name.dropFirst(2), radix: 16) : UInt32(name.dropFirst())
    guard let code, code > 0, let scalar = Unicode.Scalar(code) else { return nil }
    return String(scalar)
  }
}
