internal import VouchLanguage

/// Whether "in three years" is a point to come or a stretch of time.
enum ClauseCue {
  /// Looks at the words before: "the first in three years" and what has happened are about the past.
  static func isFuture(_ grammar: TimeGrammar, _ index: Int) -> Bool {
    for before in (max(0, index - 8)..<index).reversed() {
      let text = grammar.text(before)
      if ["first", "time", "once", "only", "worst", "most"].contains(text) { return false }
      if grammar.document.tokens[grammar.atoms[before].token].features.contains(.superlative) { return false }
    }
    return true
  }
}
