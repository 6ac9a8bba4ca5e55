/// Which characters may stand in XML 1.0.
enum XMLCharacters {
  /// Whether the bytes at `position` are one well-formed character that XML allows and Vouch writes (no C1 control).
  @inline(__always)
  static func isAllowed(_ start: UnsafePointer<UInt8>, at position: Int, to end: Int, length: Int) -> Bool {
    guard unsafe isWellFormed(start, at: position, to: end, length: length) else { return false }
    let first = unsafe start[position]
    if first == 0xC2 { return unsafe start[position + 1] >= 0xA0 }
    // U+FFFE and U+FFFF.
    if first == 0xEF { return unsafe !(start[position + 1] == 0xBF && start[position + 2] >= 0xBE) }
    return true
  }

  /// Whether `length` bytes at `position`, the first of which begins a character of that length, are well-formed UTF-8.
  @inline(__always)
  static func isWellFormed(_ start: UnsafePointer<UInt8>, at position: Int, to end: Int, length: Int) -> Bool {
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
}
