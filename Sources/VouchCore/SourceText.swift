/// An immutable text in UTF-8; everything that Vouch says about it is a span over its bytes.
public final class SourceText: Sendable, Codable {
  /// The text's bytes, valid UTF-8.
  public let bytes: [UInt8]
  /// Converts the text's byte offsets to code points and lines.
  public let index: TextIndex

  /// Takes over a string's text.
  public init(_ string: String) {
    bytes = Array(string.utf8)
    index = TextIndex(bytes)
  }

  /// Reads a text that `encode` has written.
  public convenience init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  /// Writes the text as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(String(decoding: bytes, as: UTF8.self))
  }

  /// Takes over bytes that must be valid UTF-8 of at most 4 GiB; `nil` if they are not.
  public init?(validating bytes: [UInt8]) {
    guard bytes.count <= Int(UInt32.max), (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
    self.bytes = bytes
    index = TextIndex(bytes)
  }

  /// Decodes bytes that are meant to be UTF-8: each ill-formed sequence becomes U+FFFD, and their number is returned.
  public static func repairing(_ bytes: [UInt8]) -> (text: SourceText, replaced: Int) {
    if let text = SourceText(validating: bytes) { return (text, 0) }
    var replaced = 0
    var repaired: [UInt8] = []
    repaired.reserveCapacity(bytes.count)
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let encoded): repaired.append(contentsOf: encoded)
      case .error:
        replaced += 1
        repaired.append(contentsOf: [0xEF, 0xBF, 0xBD])
      case .emptyInput: return (SourceText(String(decoding: repaired, as: UTF8.self)), replaced)
      }
    }
  }

  /// Number of bytes.
  public var count: Int { bytes.count }
  /// The span of the whole text.
  public var span: Span { Span(0, bytes.count) }

  /// The exact words of a span; the empty string for a span outside the text.
  public subscript(_ span: Span) -> String {
    guard Int(span.end) <= bytes.count else { return "" }
    return String(decoding: bytes[span.range], as: UTF8.self)
  }

  /// Whether a byte offset falls between two code points (or at either end) of the text.
  public func isBoundary(_ offset: Int) -> Bool {
    offset == bytes.count || (offset >= 0 && offset < bytes.count && bytes[offset] & 0xC0 != 0x80)
  }

  /// The span without the white space (ASCII, no-break space, byte order mark) at its two ends.
  public func trimmed(_ span: Span) -> Span {
    var start = Int(span.start)
    var end = min(Int(span.end), bytes.count)
    while start < end, case let width = Self.spaceWidth(bytes, at: start, before: end), width > 0 { start += width }
    while end > start, case let width = Self.spaceWidth(bytes, endingAt: end, after: start), width > 0 { end -= width }
    return Span(start, end)
  }

  /// Length in bytes of the white space that starts at `offset`; 0 where there is none.
  public static func spaceWidth(_ bytes: [UInt8], at offset: Int, before end: Int) -> Int {
    switch bytes[offset] {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2 where offset + 1 < end && bytes[offset + 1] == 0xA0: return 2
    case 0xE2 where offset + 2 < end && bytes[offset + 1] == 0x80 && isWideSpace(bytes[offset + 2]): return 3
    case 0xEF where offset + 2 < end && bytes[offset + 1] == 0xBB && bytes[offset + 2] == 0xBF: return 3
    default: return 0
    }
  }

  private static func spaceWidth(_ bytes: [UInt8], endingAt end: Int, after start: Int) -> Int {
    for width in 1...3 where end - width >= start {
      if spaceWidth(bytes, at: end - width, before: end) == width { return width }
    }
    return 0
  }

  /// U+2000 to U+200B, U+2028, U+2029 and U+202F by their last byte.
  private static func isWideSpace(_ last: UInt8) -> Bool {
    (0x80...0x8B).contains(last) || last == 0xA8 || last == 0xA9 || last == 0xAF
  }
}
