/// Makes the forms of regular English words.
package enum Inflection {
  /// Third person singular of a verb, or plural of a noun: `reaches`, `denies`, `says`.
  package static func sForm(_ lemma: String) -> String {
    if lemma.hasSuffix("y"), !endsInVowelY(lemma) { return lemma.dropLast() + "ies" }
    for ending in ["s", "x", "z", "ch", "sh"] where lemma.hasSuffix(ending) { return lemma + "es" }
    return lemma + "s"
  }

  /// Past and past participle: `rejected`, `denied`, `agreed`.
  package static func edForm(_ lemma: String) -> String {
    if lemma.hasSuffix("e") { return lemma + "d" }
    if lemma.hasSuffix("y"), !endsInVowelY(lemma) { return lemma.dropLast() + "ied" }
    return lemma + "ed"
  }

  /// Gerund and present participle: `rejecting`, `proposing`, `dying`.
  package static func ingForm(_ lemma: String) -> String {
    if lemma.hasSuffix("ie") { return lemma.dropLast(2) + "ying" }
    if lemma.hasSuffix("e"), !lemma.hasSuffix("ee"), !lemma.hasSuffix("oe"), !lemma.hasSuffix("ye") {
      return lemma.dropLast() + "ing"
    }
    return lemma + "ing"
  }

  private static func endsInVowelY(_ lemma: String) -> Bool {
    guard let before = lemma.dropLast().last else { return true }
    return "aeiou".contains(before)
  }
}
