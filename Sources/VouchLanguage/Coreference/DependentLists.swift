package import VouchCore

/// The dependents of every token of a document, ascending.
package struct DependentLists {
  private let starts: [Int]
  private let items: [Int]
  private let heads: [Int?]

  /// Collects the dependents; heads outside the document are disregarded.
  ///
  /// - Complexity: O(n) in tokens.
  package init(_ tokens: [Token]) {
    var counts = [Int](repeating: 0, count: tokens.count + 1)
    for token in tokens { if let head = token.head, tokens.indices.contains(head) { counts[head + 1] += 1 } }
    for index in tokens.indices { counts[index + 1] += counts[index] }
    var next = counts
    var items = [Int](repeating: 0, count: counts[tokens.count])
    for (index, token) in tokens.enumerated() {
      guard let head = token.head, tokens.indices.contains(head) else { continue }
      items[next[head]] = index
      next[head] += 1
    }
    starts = counts
    self.items = items
    heads = tokens.map(\.head)
  }

  /// The dependents of a token.
  package subscript(token: Int) -> ArraySlice<Int> { items[starts[token]..<starts[token + 1]] }

  /// First and last token of every token's subtree; the heads must form trees.
  ///
  /// - Complexity: O(n) in tokens: a token is done when all its dependents are.
  package var subtrees: [ClosedRange<Int>] {
    var ranges = heads.indices.map { $0...$0 }
    var open = heads.indices.map { self[$0].count }
    var done = heads.indices.filter { open[$0] == 0 }
    while let token = done.popLast() {
      guard let head = heads[token], ranges.indices.contains(head) else { continue }
      let (own, other) = (ranges[head], ranges[token])
      ranges[head] = min(own.lowerBound, other.lowerBound)...max(own.upperBound, other.upperBound)
      open[head] -= 1
      if open[head] == 0 { done.append(head) }
    }
    return ranges
  }
}

extension Symbol {
  /// A relation without its subtype: `nsubj` of `nsubj:pass`.
  package var baseRelation: Symbol {
    let name = description
    guard let colon = name.firstIndex(of: ":") else { return self }
    return Symbol(String(name[..<colon]))
  }
}
