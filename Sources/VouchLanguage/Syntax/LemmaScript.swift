/// How a word's lemma is made from its form: some of its end is dropped and other letters are put in its place.
///
/// Written as `k|s`: of the lower-cased form the last `k` code points are dropped and `s` is appended; `k|s=` does so with
/// the form's own case; `=` is the form as it is; `!word` is the lemma itself. Scripts of this sort are the edit scripts
/// of Chrupała et al. (2008), for suffixes alone.
package enum LemmaScript: Hashable, Sendable {
  /// The form as it is.
  case form
  /// One and the same lemma for any form.
  case word(String)
  /// The form, in lower case unless `keepsCase`, with the last `dropped` code points replaced.
  case suffix(dropped: Int, appended: String, keepsCase: Bool)

  /// Most code points that a script drops or writes.
  package static let limit = 100

  /// Reads a written script; `nil` for text that is none.
  package init?(_ text: String) {
    if text == "=" {
      self = .form
    } else if text.hasPrefix("!") {
      let word = text.dropFirst()
      guard !word.isEmpty, word.unicodeScalars.count <= Self.limit else { return nil }
      self = .word(String(word))
    } else {
      let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let dropped = Int(parts[0]), (0...Self.limit).contains(dropped),
        parts[1].unicodeScalars.count <= Self.limit
      else { return nil }
      let keepsCase = parts[1].hasSuffix("=")
      self = .suffix(
        dropped: dropped, appended: String(keepsCase ? parts[1].dropLast() : parts[1]), keepsCase: keepsCase)
    }
  }

  /// The lemma of a word; never empty unless the word is.
  ///
  /// - Parameters:
  ///   - norm: The word in lower case.
  ///   - form: The word as it stands; asked for only where the script needs it.
  package func lemma(norm: String, form: @autoclosure () -> String) -> String {
    switch self {
    case .form: return form()
    case .word(let word): return word
    case .suffix(0, "", let keepsCase): return keepsCase ? form() : norm
    case .suffix(let dropped, let appended, let keepsCase):
      let whole = keepsCase ? form() : norm
      // A form shorter than what is to be dropped is no form that the script was learned from.
      guard let end = whole.unicodeScalars.index(whole.endIndex, offsetBy: -dropped, limitedBy: whole.startIndex) else {
        return whole
      }
      let lemma = String(whole.unicodeScalars[..<end]) + appended
      return lemma.isEmpty ? whole : lemma
    }
  }
}
