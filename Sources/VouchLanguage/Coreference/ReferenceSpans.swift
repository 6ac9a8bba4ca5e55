internal import VouchCore

/// Where a reference begins and ends, given the dependency tree around its head.
package struct ReferenceSpans {
  /// Dependents before the head that belong to what stands around the reference.
  private static let outsideLeft: Set<Symbol> = [
    "case", "punct", "cc", "cop", "mark", "discourse", "reparandum", "parataxis", "advmod", "dislocated",
  ]
  /// Dependents after the head that do.
  private static let outsideRight: Set<Symbol> = [
    "punct", "conj", "cc", "appos", "parataxis", "discourse", "list", "dep", "orphan",
  ]
  /// Dependents that belong to the clause whose predicate the head is.
  private static let ofClause: Set<Symbol> = ["nsubj", "csubj", "aux", "advcl", "expl", "advmod", "mark", "obl"]
  private static let copula: Symbol = "cop"
  /// Modifiers that belong to the reference, unless a comma sets them off.
  private static let restrictive: Set<Symbol> = ["nmod", "acl", "advcl"]
  private static let mark: Symbol = "mark"
  /// Most words from a reference's head to either of its ends: the trees of input files may be as deep as they are long.
  private static let reach = 512

  private let tokens: [Token]
  /// Each token's relation without its subtype.
  private let relations: [Symbol]
  private let children: DependentLists
  /// First and last token of the subtree of each token.
  private let subtrees: [ClosedRange<Int>]

  /// Prepares the trees of a document.
  ///
  /// - Complexity: O(n) in tokens.
  package init(_ document: Document, children: DependentLists) {
    tokens = document.tokens
    var known: [Symbol: Symbol] = [:]
    relations = document.tokens.map { token in
      if let base = known[token.deprel] { return base }
      let base = token.deprel.baseRelation
      known[token.deprel] = base
      return base
    }
    self.children = children
    subtrees = children.subtrees
  }

  /// The tokens of the reference with the given head: the head's subtree without prepositions, punctuation, what is
  /// coordinated with it, set beside it or set off by a comma or bracket, and without the clause that it is the predicate of.
  ///
  /// - Complexity: O(d) in the head's dependents.
  package func tokens(head: Int) -> Range<Int> {
    var (first, last) = (head, head)
    let isPredicate = children[head].contains { relations[$0] == Self.copula }
    let isVerb = tokens[head].upos == .verb || tokens[head].upos == .aux
    for child in children[head] {
      let relation = relations[child]
      let isInfinitive = isVerb && child < head && relation == Self.mark && tokens[child].norm == "to"
      if !isInfinitive, (child < head ? Self.outsideLeft : Self.outsideRight).contains(relation) { continue }
      if isPredicate, Self.ofClause.contains(relation) { continue }
      if !isVerb, child > head, isSetOff(child, from: head) { continue }
      first = min(first, subtrees[child].lowerBound)
      last = max(last, subtrees[child].upperBound)
    }
    return max(first, head - Self.reach)..<min(last, head + Self.reach) + 1
  }

  /// Whether a modifier behind its head stands in brackets, or behind a comma without being a relative clause.
  private func isSetOff(_ child: Int, from head: Int) -> Bool {
    let first = subtrees[child].lowerBound
    let mark = tokens[first].upos == .punct || first - 1 <= head ? first : first - 1
    switch tokens[mark].norm {
    case "(", "[": return true
    case ",": return Self.restrictive.contains(tokens[child].deprel)
    default: return false
    }
  }
}
