internal import VouchArticles
public import VouchCore

extension Graph {
  /// Puts the contributions of articles together: what has the same key is one node, reports of one happening are one event,
  /// copies of one story are one witness, and what contradicts each other is connected.
  ///
  /// The result does not depend on the order of `contributions`, and is a function of them alone: without an article it is what
  /// the others say. An article given twice counts once; two different articles with one id are told apart by a part of their
  /// content hash, and the diagnostics say so.
  ///
  /// - Parameter overrides: What the user decides about names.
  /// - Returns: The graph, and messages; an error among them means that the overrides cannot be followed.
  /// - Complexity: O(n log n) in the number of nodes, edges and pieces of evidence and the length of the texts.
  public static func merging(_ contributions: [Contribution], overrides: Overrides = Overrides()) -> (
    graph: Graph, diagnostics: [Diagnostic]
  ) {
    let (articles, diagnostics) = distinct(contributions)
    let entities = EntityKeys(articles, overrides)
    var merger = Merger(articles, entities)
    return (merger.graph(), diagnostics + entities.diagnostics)
  }

  /// The articles under unique ids, ascending.
  private static func distinct(_ contributions: [Contribution]) -> (
    [(id: String, contribution: Contribution)], [Diagnostic]
  ) {
    var diagnostics: [Diagnostic] = []
    let sorted = contributions.sorted { a, b in
      if a.article.precedesBytewise(b.article) { return true }
      return !b.article.precedesBytewise(a.article) && a.contentHash < b.contentHash
    }
    var unique: [Contribution] = []
    for contribution in sorted {
      if let last = unique.last, last.article == contribution.article, last.contentHash == contribution.contentHash {
        diagnostics.append(
          Diagnostic(
            .note, "article.duplicate", "the article was given more than once; it counts once",
            at: .init(path: contribution.article)))
      } else {
        unique.append(contribution)
      }
    }
    let counts = Dictionary(unique.map { ($0.article, 1) }, uniquingKeysWith: +)
    var named: [(String, Contribution)] = []
    for contribution in unique {
      guard counts[contribution.article, default: 1] > 1 else {
        named.append((contribution.article, contribution))
        continue
      }
      let hash = String(contribution.contentHash, radix: 16)
      let id = "\(contribution.article)@\(String(repeating: "0", count: 16 - hash.count) + hash)"
      diagnostics.append(
        Diagnostic(
          .warning, "article.same-name", "several different articles have this name; this one is now called \"\(id)\"",
          at: .init(path: contribution.article)))
      named.append((id, contribution))
    }
    return (named.sorted { $0.0.precedesBytewise($1.0) }.map { (id: $0.0, contribution: $0.1) }, diagnostics)
  }
}
