internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Offices as the text names them: a title, and the country or body it belongs to.
struct OfficePhrases {
  /// A title with its owner.
  struct Phrase {
    let title: NameWords.Title
    /// Lower-cased words of the title.
    let words: String
    /// Tokens from the first of title and owner to the last.
    let tokens: Range<Int>
    /// Index of the owner's token.
    let owner: Int
  }

  /// Words that say that an office is no longer or not yet held.
  private static let past: Set<String> = [
    "former", "ex", "late", "then", "ousted", "deposed", "one-time", "onetime", "future", "next", "would-be",
    "outgoing",
  ]
  private static let owners: Set<Symbol> = [
    "nmod:poss", "amod", "compound", "nmod", "nmod:desc", "flat", "nmod:unmarked",
  ]
  private static let (case_, of): (Symbol, String) = ("case", "of")

  private let document: Document
  private let names: NameWords
  private let children: DependentLists

  init(_ document: Document, _ names: NameWords, _ children: DependentLists) {
    self.document = document
    self.names = names
    self.children = children
  }

  /// The longest title whose last word is a token.
  func title(endingAt token: Int) -> (first: Int, title: NameWords.Title, words: String)? {
    let start = document.sentences[document.tokens[token].sentence].tokens.lowerBound
    for first in max(start, token + 1 - names.longestTitle)...token {
      let words = (first...token).map { document.tokens[$0].norm }.joined(separator: " ")
      if let title = names.title(words) { return (first, title, words) }
    }
    return nil
  }

  /// The title that ends at a token, with an owner that `isOwner` accepts; `nil` without one, and for an office that is not
  /// held any more.
  ///
  /// - Complexity: O(d) in the dependents of the token and of the token's head.
  func phrase(endingAt token: Int, isOwner: (Int) -> Bool) -> Phrase? {
    guard let (first, title, text) = title(endingAt: token) else { return nil }
    var found: Int?
    for child in children[token] {
      if Self.past.contains(document.tokens[child].norm) { return nil }
      guard found == nil, Self.owners.contains(document.tokens[child].deprel), !(first...token).contains(child) else {
        continue
      }
      if child > token, !hasCase(child, Self.of) { continue }
      if isOwner(child) { found = child }
    }
    let start = document.sentences[document.tokens[token].sentence].tokens.lowerBound
    if found == nil {
      // "Italy's foreign minister", "French President …": what stands right before, though the tree hangs it elsewhere.
      var before = first - 1
      if before > start, ["'s", "'"].contains(document.tokens[before].norm) { before -= 1 }
      if before >= start, isOwner(before) { found = before }
    }
    guard let found else { return nil }
    let tokens = min(found, first)..<max(found, token) + 1
    if tokens.lowerBound > start, Self.past.contains(document.tokens[tokens.lowerBound - 1].norm) { return nil }
    if tokens.contains(where: { Self.past.contains(document.tokens[$0].norm) }) { return nil }
    return Phrase(title: title, words: text, tokens: tokens, owner: found)
  }

  private func hasCase(_ token: Int, _ norm: String) -> Bool {
    children[token].contains { document.tokens[$0].deprel == Self.case_ && document.tokens[$0].norm == norm }
  }
}
