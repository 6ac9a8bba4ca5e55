/// A half-open range of bytes in a source text: `start` is the first byte, `end` the one after the last.
///
/// Offsets are UTF-8 bytes, at most `UInt32.max`; only `TextIndex` converts them to code points or lines.
public struct Span: Hashable, Sendable, Comparable, Codable {
  /// Offset of the first byte.
  public let start: UInt32
  /// Offset of the byte after the last one; never below `start`.
  public let end: UInt32

  /// Makes the range `start ..< end`; an `end` below `start` gives the empty span at `start`.
  public init(_ start: Int, _ end: Int) {
    self.start = UInt32(clamping: start)
    self.end = max(UInt32(clamping: end), UInt32(clamping: start))
  }

  /// Makes the span of a range of bytes.
  public init(_ range: Range<Int>) { self.init(range.lowerBound, range.upperBound) }

  /// Number of bytes.
  public var count: Int { Int(end - start) }
  /// Whether the span holds no byte.
  public var isEmpty: Bool { start == end }
  /// The same range as integers, for slicing byte arrays.
  public var range: Range<Int> { Int(start)..<Int(end) }

  /// Whether `other` lies wholly inside this span.
  public func contains(_ other: Span) -> Bool { start <= other.start && other.end <= end }
  /// Whether the byte at `offset` lies inside this span.
  public func contains(offset: Int) -> Bool { Int(start) <= offset && offset < Int(end) }
  /// Whether the two spans share a byte.
  public func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
  /// The smallest span that holds both.
  public func union(_ other: Span) -> Span { Span(Int(min(start, other.start)), Int(max(end, other.end))) }

  /// Orders by start, then by end.
  public static func < (a: Span, b: Span) -> Bool { a.start != b.start ? a.start < b.start : a.end < b.end }
}
