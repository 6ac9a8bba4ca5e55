internal import VouchCore

/// Turns the bytes of an input into text.
enum TextDecoder {
  /// Text with the number of places that had to be repaired.
  struct Decoded {
    /// Valid UTF-8.
    var bytes: [UInt8]
    /// What the bytes were taken for, such as `utf-8`.
    var encoding: String
    /// Ill-formed sequences that became U+FFFD.
    var replaced: Int
    /// Whether nothing declared the encoding and the bytes are no UTF-8.
    var isGuess = false
  }

  /// Decodes bytes: UTF-16 by its byte order mark, UTF-8 as it stands, else in the declared encoding, else as windows-1252
  /// or repaired UTF-8.
  ///
  /// - Parameter charset: What the server or the page declares, as the web labels encodings; UTF-8 that is valid wins over
  ///   it.
  /// - Returns: `nil` for what is no text: NUL bytes, many control characters, a known binary format.
  static func decode(_ bytes: [UInt8], charset: String? = nil) -> Decoded? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      let (text, replaced) = decodeUTF16(bytes)
      guard !text.bytes.contains(0) else { return nil }
      return Decoded(bytes: text.bytes, encoding: "utf-16", replaced: replaced)
    }
    guard !isBinary(bytes) else { return nil }
    let encoding = charset.flatMap(WebEncoding.init(label:))
    // Encodings that shift between sets of letters by escapes look like ASCII.
    if encoding?.isEscaped != true, bytes.count <= Int(UInt32.max), (try? UTF8Span(validating: bytes.span)) != nil {
      return Decoded(bytes: bytes, encoding: "utf-8", replaced: 0)
    }
    if let encoding, encoding.name != "utf-8", encoding.name != "windows-1252",
      let (text, replaced) = encoding.decode(bytes)
    {
      return Decoded(bytes: text.bytes, encoding: encoding.name, replaced: replaced)
    }
    let isLatin = encoding.map { $0.name == "windows-1252" } ?? !hasMultibyteSequence(bytes)
    if isLatin {
      let text = Array(decodeWindows1252(bytes).utf8)
      return Decoded(bytes: text, encoding: "windows-1252", replaced: 0, isGuess: encoding == nil)
    }
    let (text, replaced) = SourceText.repairing(bytes)
    return Decoded(bytes: text.bytes, encoding: "utf-8", replaced: replaced)
  }

  /// NUL bytes, more than one control character in ten bytes, or the first bytes of a PDF, ZIP or gzip file.
  static func isBinary(_ bytes: [UInt8]) -> Bool {
    for magic: [UInt8] in [Array("%PDF-".utf8), [0x50, 0x4B, 3, 4], [0x1F, 0x8B]] where bytes.starts(with: magic) {
      return true
    }
    return unsafe bytes.withUnsafeBytes { buffer in
      var controls = 0
      var index = 0
      while index < buffer.count {
        // Most stretches of eight bytes have none below the space.
        if index + 8 <= buffer.count {
          let word = unsafe buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)
          if (word &- 0x2020_2020_2020_2020) & ~word & 0x8080_8080_8080_8080 == 0 {
            index += 8
            continue
          }
        }
        let byte = unsafe buffer[index]
        if byte == 0 { return true }
        // Texts hold tabs, line ends and escape.
        if byte < 0x20, byte &- 0x09 > 4, byte != 0x1B { controls += 1 }
        index += 1
      }
      return controls * 10 > buffer.count
    }
  }

  /// Whether any well-formed UTF-8 sequence of more than one byte occurs.
  private static func hasMultibyteSequence(_ bytes: [UInt8]) -> Bool {
    for index in bytes.indices where (0xC2...0xF4).contains(bytes[index]) {
      let length = bytes[index] < 0xE0 ? 2 : bytes[index] < 0xF0 ? 3 : 4
      guard index + length <= bytes.count else { continue }
      if (try? UTF8Span(validating: bytes[index..<(index + length)].span)) != nil { return true }
    }
    return false
  }

  private static func decodeUTF16(_ bytes: [UInt8]) -> (SourceText, Int) {
    let isLittle = bytes[0] == 0xFF
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = 2
    while index + 1 < bytes.count {
      let first = UInt16(bytes[index])
      let second = UInt16(bytes[index + 1])
      units.append(isLittle ? second << 8 | first : first << 8 | second)
      index += 2
    }
    var replaced = index < bytes.count ? 1 : 0
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF16.ForwardParser()
    var iterator = units.makeIterator()
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): text.append(Unicode.UTF16.decode(encoded))
      case .error:
        replaced += 1
        text.append("\u{FFFD}")
      case .emptyInput: return (SourceText(String(text)), replaced)
      }
    }
  }

  private static func decodeWindows1252(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes {
      text.append((0x80..<0xA0).contains(byte) ? high[Int(byte - 0x80)] : Unicode.Scalar(byte))
    }
    return String(text)
  }

  /// windows-1252 from 0x80 to 0x9F; the five unassigned bytes are taken as U+FFFD.
  private static let high: [Unicode.Scalar] = Array(
    "€\u{FFFD}‚ƒ„…†‡ˆ‰Š‹Œ\u{FFFD}Ž\u{FFFD}\u{FFFD}‘’“”•–—˜™š›œ\u{FFFD}žŸ".unicodeScalars)

  /// The character set that a page declares in its first 4 KiB: `<meta charset>`, `http-equiv` or an XML declaration.
  static func declaredCharset(_ bytes: [UInt8]) -> String? {
    let head = bytes.prefix(4096).map { $0 &- 0x41 < 26 ? $0 + 0x20 : $0 }
    if head.starts(with: "<?xml".utf8), let end = head.firstIndex(of: 0x3E),
      let name = label(behind: "encoding=", in: head[..<end])
    {
      return name
    }
    var start = head.startIndex
    while let tag = head[start...].firstIndex(of: 0x3C) {
      start = tag + 1
      guard head[start...].starts(with: "meta".utf8) else { continue }
      let end = head[start...].firstIndex(of: 0x3C) ?? head.endIndex
      if let name = label(behind: "charset=", in: head[start..<end]) { return name }
    }
    return nil
  }

  private static func label(behind key: String, in tag: ArraySlice<UInt8>) -> String? {
    let key = Array(key.utf8)
    guard let place = tag.indices.first(where: { tag[$0...].starts(with: key) }) else { return nil }
    let value = tag[(place + key.count)...].drop { $0 == 0x22 || $0 == 0x27 || $0 == 0x20 }
    let name = value.prefix { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || [0x2D, 0x5F, 0x3A, 0x2E].contains($0) }
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }
}
