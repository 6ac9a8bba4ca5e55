/// The class of a word's letter case and digits.
package enum WordShape {
  /// The shape that the window's ends have.
  static let none: UInt8 = 13
  /// Number of shapes, that of the ends included.
  static let count = 14

  /// The shape of a word, 0…12.
  ///
  /// - Complexity: O(n).
  package static func of(_ word: some Sequence<Unicode.Scalar>) -> UInt8 {
    var count = 0, upper = 0, lower = 0, digits = 0
    var startsUpper = false, hasPeriod = false
    for scalar in word {
      if isUpper(scalar) {
        upper += 1
        if count == 0 { startsUpper = true }
      } else if isLower(scalar) {
        lower += 1
      } else if isDigit(scalar) {
        digits += 1
      } else if scalar == "." {
        hasPeriod = true
      }
      count += 1
    }
    if upper + lower == 0 { return digits == 0 ? 0 : digits == count ? 1 : 2 }
    if digits > 0 { return upper > 0 ? 3 : 4 }
    if upper == 0 { return 5 }
    if lower == 0 { return count == 1 ? 6 : hasPeriod ? 7 : upper <= 5 ? 8 : 9 }
    return startsUpper ? (upper == 1 ? 10 : 11) : 12
  }

  static func isUpper(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("A"..."Z").contains(scalar) : scalar.properties.isUppercase
  }

  static func isLower(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("a"..."z").contains(scalar) : scalar.properties.isLowercase
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    scalar.isASCII ? ("0"..."9").contains(scalar) : scalar.properties.generalCategory == .decimalNumber
  }
}
