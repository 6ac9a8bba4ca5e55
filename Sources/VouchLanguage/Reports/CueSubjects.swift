internal import VouchCore

/// Finds by the dependency tree who stands as the source beside a cue: the subject of "said", the object of "according to",
/// the possessor of "claim".
struct CueSubjects {
  private static let subjects: Set<Symbol> = ["nsubj", "nsubj:outer"]
  /// Relations over which a verb shares the subject of its head.
  private static let sharing: Set<Symbol> = ["conj", "xcomp", "advcl", "parataxis"]
  private static let possessive: Symbol = "nmod:poss"
  private static let agent: Symbol = "obl:agent"
  private static let clauses: Set<Symbol> = ["acl", "acl:relcl"]
  private static let markers: Set<Symbol> = ["case", "mark", "fixed"]
  /// Heads that are climbed at most.
  private static let steps = 4
  /// Dependents of a word that are looked at, at most.
  private static let most = 64

  private let document: Document
  private let children: DependentLists
  private let spans: ReferenceSpans

  init(_ document: Document, children: DependentLists) {
    self.document = document
    self.children = children
    spans = ReferenceSpans(document, children: children)
  }

  /// The tokens of the source of a cue; `nil` where the tree shows none, or one that overlaps words that are taken.
  ///
  /// - Complexity: O(d) in the dependents of the cue's head and of the words above it.
  func source(of cue: [Range<Int>], taken: [Range<Int>]) -> Range<Int>? {
    guard let subject = subject(of: cue) else { return nil }
    let found = spans.tokens(head: subject)
    return (cue + taken).contains { $0.overlaps(found) } ? nil : found
  }

  /// The head of the source of a cue; `nil` where the tree shows none.
  ///
  /// - Complexity: O(d) in the dependents of the cue's head and of the words above it.
  func subject(of cue: [Range<Int>]) -> Int? { head(of: cue).flatMap { subject(of: $0) } }

  private func head(of cue: [Range<Int>]) -> Int? {
    cue.joined().first { token in
      guard let head = document.tokens[token].head else { return true }
      return !cue.contains { $0.contains(head) }
    }
  }

  private func subject(of head: Int) -> Int? {
    let tokens = document.tokens
    // "according to X", "for X": the cue hangs on the source.
    if Self.markers.contains(tokens[head].deprel), let owner = tokens[head].head, isNominal(owner) { return owner }
    var verb = head
    for _ in 0..<Self.steps {
      let near = children[verb].prefix(Self.most)
      if let found = near.first(where: { Self.subjects.contains(tokens[$0].deprel) }) { return found }
      if let found = near.first(where: { tokens[$0].deprel == Self.agent }) { return found }
      if let found = near.first(where: { tokens[$0].deprel == Self.possessive }) { return found }
      guard let above = tokens[verb].head else { return nil }
      if Self.clauses.contains(tokens[verb].deprel) { return isNominal(above) ? above : nil }
      guard Self.sharing.contains(tokens[verb].deprel) else { return nil }
      verb = above
    }
    return nil
  }

  private func isNominal(_ token: Int) -> Bool {
    [.noun, .propn, .pron].contains(document.tokens[token].upos)
  }
}
