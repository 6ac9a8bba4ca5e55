internal import Glibc

/// Looks through the tags of a page before it is parsed.
enum TagScanner {
  /// Whether a start tag holds more than `limit` attributes, counted as words outside quotes.
  ///
  /// The contents of `script` and `style` are passed over, as they are no markup. - Complexity: O(n).
  static func hasCrowdedTag(_ bytes: [UInt8], limit: Int) -> Bool {
    var position = 0
    while let open = nextTag(bytes, from: position) {
      position = open + 1
      guard position < bytes.count, isLetter(bytes[position]) else { continue }
      let (end, words) = tag(bytes, from: position, limit: limit)
      if words > limit { return true }
      for name: StaticString in ["script", "style"] where matches(name, bytes, at: position) {
        position = closing(name, bytes, from: end)
      }
      position = max(position, end)
    }
    return false
  }

  /// The next `<` at or after a position.
  private static func nextTag(_ bytes: [UInt8], from start: Int) -> Int? {
    guard start < bytes.count else { return nil }
    return find(0x3C, bytes, from: start)
  }

  /// The next of some byte at or after a position inside.
  private static func find(_ byte: UInt8, _ bytes: [UInt8], from start: Int) -> Int? {
    unsafe bytes.withUnsafeBytes { buffer -> Int? in
      guard let base = buffer.baseAddress,
        let found = unsafe memchr(base + start, Int32(byte), buffer.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Where the tag that begins at `start` ends, and how many words follow its name.
  private static func tag(_ bytes: [UInt8], from start: Int, limit: Int) -> (end: Int, words: Int) {
    var words = 0
    var isInWord = true
    var position = start
    while position < bytes.count, words <= limit {
      let byte = bytes[position]
      if byte == 0x3E {
        return (position + 1, words)
      } else if byte == 0x22 || byte == 0x27, position > start, bytes[position - 1] == 0x3D {
        guard position + 1 < bytes.count, let end = find(byte, bytes, from: position + 1) else {
          return (bytes.count, words)
        }
        position = end
      } else if byte <= 0x20 || byte == 0x2F {
        isInWord = false
      } else if !isInWord {
        isInWord = true
        words += 1
      }
      position += 1
    }
    return (position, words)
  }

  private static func closing(_ name: StaticString, _ bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while let open = nextTag(bytes, from: position) {
      position = open + 1
      if position < bytes.count, bytes[position] == 0x2F, matches(name, bytes, at: position + 1) { return position }
    }
    return bytes.count
  }

  private static func matches(_ name: StaticString, _ bytes: [UInt8], at start: Int) -> Bool {
    let length = name.utf8CodeUnitCount
    guard start + length <= bytes.count else { return false }
    for index in 0..<length where unsafe bytes[start + index] | 0x20 != name.utf8Start[index] { return false }
    return start + length == bytes.count || !isLetter(bytes[start + length])
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
