internal import VouchCore

/// Sentences of text that is not read, by its stops alone.
enum PlainSentences {
  /// Parts of a range of valid UTF-8, which they cover without gaps: each ends at a line feed, or after `.`, `!` or `?`,
  /// closing quotation marks and brackets, and a space that no lower-case ASCII letter follows.
  ///
  /// - Complexity: O(n) in bytes.
  static func spans(_ bytes: [UInt8], in range: Range<Int>) -> [Span] {
    var spans: [Span] = []
    var start = range.lowerBound
    var afterStop = false
    for position in range {
      switch bytes[position] {
      case 0x0A: break
      case 0x2E, 0x21, 0x3F:
        afterStop = true
        continue
      case 0x22, 0x27, 0x29, 0x5D: continue
      case 0x20 where afterStop && !(position + 1 < range.upperBound && (0x61...0x7A).contains(bytes[position + 1])):
        break
      default:
        // The bytes of typographic closing marks leave the state as it is.
        if bytes[position] < 0x80 || bytes[position] >= 0xC0 && bytes[position] != 0xE2 { afterStop = false }
        continue
      }
      afterStop = false
      spans.append(Span(start, position + 1))
      start = position + 1
    }
    if start < range.upperBound { spans.append(Span(start, range.upperBound)) }
    return spans
  }
}
