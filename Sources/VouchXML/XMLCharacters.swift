/// Which bytes of a text may stand in XML 1.0 as they are.
enum XMLCharacters {
  /// What a first byte begins.
  ///
  /// 1: a plain ASCII character; 2 to 4: a character of that length; 0: something to be escaped or replaced.
  private static let plain: [UInt8] = table(quoteTabAndLineFeed: 1)
  private static let plainInAttribute: [UInt8] = table(quoteTabAndLineFeed: 0)

  private static func table(quoteTabAndLineFeed: UInt8) -> [UInt8] {
    var table = [UInt8](repeating: 0, count: 256)
    for byte in 0x20..<0x7F { table[byte] = 1 }
    for byte in [0x09, 0x0A, 0x22] { table[byte] = quoteTabAndLineFeed }
    for byte in [0x26, 0x3C, 0x3E] { table[byte] = 0 }
    for byte in 0xC2...0xDF { table[byte] = 2 }
    for byte in 0xE0...0xEF { table[byte] = 3 }
    for byte in 0xF0...0xF4 { table[byte] = 4 }
    return table
  }

  /// The end of the longest run from `position` that needs no change.
  ///
  /// - Complexity: O(n); a table look-up for each ASCII byte.
  static func endOfPlainRun(
    _ start: UnsafePointer<UInt8>, from position: Int, to end: Int, inAttribute: Bool
  ) -> Int {
    let table = inAttribute ? plainInAttribute : plain
    return unsafe table.withUnsafeBufferPointer { table in
      var position = position
      while position < end {
        let length = unsafe table[Int(start[position])]
        if length == 1 {
          position += 1
          continue
        }
        guard length > 1, unsafe isAllowed(start, at: position, to: end, length: Int(length)) else { break }
        position += Int(length)
      }
      return position
    }
  }

  /// Whether the bytes at `position` are one well-formed character that XML allows and Vouch writes (no C1 control).
  @inline(__always)
  private static func isAllowed(_ start: UnsafePointer<UInt8>, at position: Int, to end: Int, length: Int) -> Bool {
    guard unsafe isWellFormed(start, at: position, to: end, length: length) else { return false }
    let first = unsafe start[position]
    if first == 0xC2 { return unsafe start[position + 1] >= 0xA0 }
    // U+FFFE and U+FFFF.
    if first == 0xEF { return unsafe !(start[position + 1] == 0xBF && start[position + 2] >= 0xBE) }
    return true
  }

  @inline(__always)
  private static func isWellFormed(_ start: UnsafePointer<UInt8>, at position: Int, to end: Int, length: Int) -> Bool {
    guard position + length <= end else { return false }
    let first = unsafe start[position]
    let second = unsafe start[position + 1]
    if second & 0xC0 != 0x80 { return false }
    if length == 2 { return true }
    if unsafe start[position + 2] & 0xC0 != 0x80 { return false }
    switch first {
    case 0xE0: return second >= 0xA0
    case 0xED: return second < 0xA0
    case 0xF0: if second < 0x90 { return false }
    case 0xF4: if second >= 0x90 { return false }
    default: break
    }
    return unsafe length == 3 || start[position + 3] & 0xC0 == 0x80
  }

  /// How many bytes the character or ill-formed sequence at `position` takes, once it is known to be replaced.
  static func lengthOfReplaced(_ start: UnsafePointer<UInt8>, at position: Int, to end: Int) -> Int {
    let length = unsafe Int(plain[Int(start[position])])
    guard length > 1, unsafe isWellFormed(start, at: position, to: end, length: length) else { return 1 }
    return length
  }
}
