/// A tag of a language, such as `en-GB` (BCP 47).
enum LanguageTag {
  /// A tag as it is given, with hyphens; `nil` for what is none.
  static func tidy(_ text: String) -> String? {
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "_" }
    guard let first = parts.first, (2...3).contains(first.utf8.count), parts.count <= 8,
      first.utf8.allSatisfy({ (0x61...0x7A).contains($0 | 0x20) }),
      parts.allSatisfy({ (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy(isAlphanumeric) })
    else { return nil }
    return parts.joined(separator: "-")
  }

  /// The language itself, in lower case: `en` of `en-GB`.
  static func primary(_ tag: String) -> String { tag.prefix { $0 != "-" }.lowercased() }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
  }
}
