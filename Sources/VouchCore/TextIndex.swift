/// Converts between bytes, Unicode code points and lines of one UTF-8 text.
///
/// The only type that does so. A line ends after LF, CR or CR LF; a byte order mark counts as one code point.
/// Invariant: `checkpoints[i]` is the number of code points that start before byte `i * stride`.
public struct TextIndex: Sendable {
  private static let stride = 128

  private let bytes: [UInt8]
  private let checkpoints: [UInt32]
  private let lineStarts: [UInt32]
  /// Number of code points in the whole text.
  public let codePointCount: Int

  /// Indexes `bytes`, which must be valid UTF-8.
  ///
  /// - Complexity: O(n) time; one integer for every 128 bytes and one for every line.
  public init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var checkpoints: [UInt32] = []
    checkpoints.reserveCapacity(bytes.count / Self.stride + 1)
    var lineStarts: [UInt32] = [0]
    var count: UInt32 = 0
    for offset in bytes.indices {
      if offset % Self.stride == 0 { checkpoints.append(count) }
      let byte = bytes[offset]
      if byte & 0xC0 != 0x80 { count += 1 }
      let endsLine = byte == 0x0A || (byte == 0x0D && !(offset + 1 < bytes.count && bytes[offset + 1] == 0x0A))
      if endsLine { lineStarts.append(UInt32(offset + 1)) }
    }
    if bytes.count % Self.stride == 0 { checkpoints.append(count) }
    self.checkpoints = checkpoints
    self.lineStarts = lineStarts
    codePointCount = Int(count)
  }

  /// The code points that start before the byte at `offset`; offsets past the end count as the end.
  public func codePoint(atByte offset: Int) -> Int {
    let offset = min(max(0, offset), bytes.count)
    let block = offset / Self.stride
    var count = Int(checkpoints[block])
    for index in block * Self.stride..<offset where bytes[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// The byte at which code point `index` starts; the text's length for an index past the end.
  ///
  /// - Complexity: O(log n).
  public func byte(atCodePoint index: Int) -> Int {
    guard index > 0 else { return 0 }
    guard index < codePointCount else { return bytes.count }
    var low = 0
    var high = checkpoints.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if checkpoints[middle] <= index { low = middle } else { high = middle - 1 }
    }
    var offset = low * Self.stride
    var remaining = index - Int(checkpoints[low])
    while offset < bytes.count {
      if bytes[offset] & 0xC0 != 0x80 {
        if remaining == 0 { return offset }
        remaining -= 1
      }
      offset += 1
    }
    return bytes.count
  }

  /// The code points of a byte span, half-open.
  public func codePoints(of span: Span) -> Range<Int> {
    let start = codePoint(atByte: Int(span.start))
    return start..<max(start, codePoint(atByte: Int(span.end)))
  }

  /// The byte span of a half-open range of code points.
  public func span(ofCodePoints range: Range<Int>) -> Span {
    Span(byte(atCodePoint: range.lowerBound), byte(atCodePoint: range.upperBound))
  }

  /// The place of a byte as people count it: line and column from 1, the column in code points.
  public func position(atByte offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(0, offset), bytes.count)
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle - 1 }
    }
    let column = codePoint(atByte: offset) - codePoint(atByte: Int(lineStarts[low]))
    return (low + 1, column + 1)
  }

  /// Number of lines; an empty text has one.
  public var lineCount: Int { lineStarts.count }
}
