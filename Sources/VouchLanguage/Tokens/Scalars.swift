/// The code points of a stretch of UTF-8 with their offsets and classes.
struct Scalars {
  /// Coarse classes that decide where tokens are cut.
  enum Class: UInt8 { case space, letter, digit, mark, emoji, other }

  private(set) var values: [UInt32] = []
  private(set) var offsets: [Int] = []
  private(set) var classes: [Class] = []

  /// Decodes valid UTF-8.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    let count = range.count
    values.reserveCapacity(count)
    offsets.reserveCapacity(count + 1)
    classes.reserveCapacity(count)
    var position = range.lowerBound
    while position < range.upperBound {
      let lead = bytes[position]
      let width = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
      var value = UInt32(width == 1 ? lead : lead & (0xFF >> UInt8(width + 1)))
      for offset in 1..<max(width, 1) where position + offset < range.upperBound {
        value = value << 6 | UInt32(bytes[position + offset] & 0x3F)
      }
      values.append(value)
      offsets.append(position)
      classes.append(Self.classify(value))
      position += width
    }
    offsets.append(range.upperBound)
  }

  var count: Int { values.count }

  /// The value at an index; 0 outside.
  func value(_ index: Int) -> UInt32 { index >= 0 && index < values.count ? values[index] : 0 }
  /// The class at an index; space outside.
  func kind(_ index: Int) -> Class { index >= 0 && index < classes.count ? classes[index] : .space }
  /// Whether a letter or digit is at an index.
  func isWord(_ index: Int) -> Bool { kind(index) == .letter || kind(index) == .digit }
  /// Whether an apostrophe is at an index.
  func isApostrophe(_ index: Int) -> Bool { value(index) == 0x27 || value(index) == 0x2019 }
  /// Whether a hyphen is at an index.
  func isHyphen(_ index: Int) -> Bool { [0x2D, 0x2010, 0x2011].contains(value(index)) }
  /// The ASCII letter at an index in lower case; 0 for anything else.
  func lower(_ index: Int) -> UInt32 {
    let value = value(index)
    return (0x41...0x5A).contains(value) ? value + 0x20 : (0x61...0x7A).contains(value) ? value : 0
  }
  /// Whether an upper-case letter is at an index.
  func isUpper(_ index: Int) -> Bool {
    let value = value(index)
    if value < 0x80 { return (0x41...0x5A).contains(value) }
    return Unicode.Scalar(value)?.properties.isUppercase ?? false
  }

  private static func classify(_ value: UInt32) -> Class {
    if value < 0x80 {
      switch value {
      case 0x09...0x0D, 0x20: return .space
      case 0x30...0x39: return .digit
      case 0x41...0x5A, 0x61...0x7A: return .letter
      default: return .other
      }
    }
    // Superscripts are signs of their own after units and numbers.
    if [0xAA, 0xB2, 0xB3, 0xB9, 0xBA].contains(value) { return .other }
    if value == 0xFEFF || value == 0x200B { return .space }
    guard let scalar = Unicode.Scalar(value) else { return .other }
    if scalar.properties.isWhitespace { return .space }
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: return .letter
    case .decimalNumber, .letterNumber, .otherNumber: return .digit
    case .nonspacingMark, .spacingMark, .enclosingMark: return .mark
    default: break
    }
    if value == 0x200D || (0xFE00...0xFE0F).contains(value) || (0x1F3FB...0x1F3FF).contains(value) { return .mark }
    return scalar.properties.isEmoji ? .emoji : .other
  }
}
