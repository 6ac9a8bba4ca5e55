internal import VouchCore
public import VouchKnowledge

extension GraphFile {
  /// What a name given by a user denotes.
  public enum Resolution: Sendable {
    /// One node.
    case found(NodeID)
    /// Several nodes bear the name.
    case ambiguous([NodeID])
    /// None does; these are called nearly so, best first, at most ten.
    case unknown(candidates: [NodeID])
  }

  /// Finds the node that a user means: by its key, by its label, by an alias; then names what is spelt nearly so.
  ///
  /// Letters' case and marks do not matter. A near miss is never taken: the user chooses.
  ///
  /// - Parameters:
  ///   - name: What the user typed; also a node id as printed (`n12`).
  ///   - kinds: Kinds to which the search is limited; `nil` for the kinds that have names of their own.
  /// - Complexity: O(log n) for a known name, O(n) in the number of aliases for an unknown one.
  public func resolve(_ name: String, kinds: Set<NodeKind>? = nil) throws(Corruption) -> Resolution {
    if name.hasPrefix("n"), let index = Int(name.dropFirst()), index >= 0, index < nodeCount {
      return .found(NodeID(index))
    }
    let folded = name.folded
    let named = try nodes(named: folded).filter(isNamed(kinds))
    if named.count == 1 { return .found(named[0]) }
    if named.count > 1 {
      // A label beats an alias: who is called just so comes before who is also called so.
      var exact: [NodeID] = []
      for id in named where try node(id).label.folded == folded { exact.append(id) }
      return exact.count == 1 ? .found(exact[0]) : .ambiguous(try byMentions(exact.isEmpty ? named : exact))
    }
    for index in 0..<nodeCount where try string(.nodeKey, index) == name { return .found(NodeID(index)) }
    return .unknown(candidates: try candidates(folded, isNamed(kinds)))
  }

  private func isNamed(_ kinds: Set<NodeKind>?) -> (NodeID) -> Bool {
    { id in
      guard let kind = try? self.kind(of: id) else { return false }
      return kinds?.contains(kind) ?? ![.event, .stance, .statement, .article].contains(kind)
    }
  }

  /// The nodes that bear exactly this folded name.
  func nodes(named folded: String) throws(Corruption) -> [NodeID] {
    let names = try column(.aliasName)
    let targets = try column(.aliasNode)
    guard let id = try strings.find(folded) else { return [] }
    var low = 0
    var high = names.count
    while low < high {
      let middle = (low + high) / 2
      if try names.value(middle) < id { low = middle + 1 } else { high = middle }
    }
    var found: [NodeID] = []
    while low < names.count, try names.value(low) == id {
      found.append(NodeID(try targets.value(low)))
      low += 1
    }
    return found
  }

  private func byMentions(_ ids: [NodeID]) throws(Corruption) -> [NodeID] {
    var counted: [(id: NodeID, mentions: Int)] = []
    for id in ids { counted.append((id, try evidence(of: id).count)) }
    return counted.sorted { ($1.mentions, $0.id) < ($0.mentions, $1.id) }.map(\.id)
  }

  /// Nodes with a name near `folded`: few edits away, or holding it as a word.
  private func candidates(_ folded: String, _ isNamed: (NodeID) -> Bool) throws(Corruption) -> [NodeID] {
    let names = try column(.aliasName)
    let targets = try column(.aliasNode)
    let wanted = Array(folded.unicodeScalars)
    let allowed = max(1, min(3, wanted.count / 3))
    var best: [NodeID: Int] = [:]
    for index in 0..<names.count {
      let id = NodeID(try targets.value(index))
      guard isNamed(id) else { continue }
      let alias = try strings.string(try names.value(index))
      var distance = EditDistance.between(wanted, Array(alias.unicodeScalars), atMost: allowed)
      for word in alias.split(separator: " ") where distance == nil || distance != 0 {
        if let near = EditDistance.between(wanted, Array(word.unicodeScalars), atMost: allowed) {
          distance = min(distance ?? .max, near + 1)
        }
      }
      if let distance { best[id] = min(best[id] ?? .max, distance) }
    }
    var ranked: [(id: NodeID, distance: Int, mentions: Int)] = []
    for (id, distance) in best { ranked.append((id, distance, try evidence(of: id).count)) }
    ranked.sort { ($0.distance, $1.mentions, $0.id) < ($1.distance, $0.mentions, $1.id) }
    return ranked.prefix(10).map(\.id)
  }
}

/// Edits between two words: insertions, deletions, substitutions and swaps of neighbours.
///
/// Source: the "optimal string alignment" form of Damerau (1964), cut off at a bound.
package enum EditDistance {
  /// The number of edits, `nil` if more than `bound`.
  package static func between(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], atMost bound: Int) -> Int? {
    guard abs(a.count - b.count) <= bound else { return nil }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(row[j] + 1, last[j + 1] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforeLast[j - 1] + 1) }
        row.append(cost)
      }
      guard row.min() ?? 0 <= bound else { return nil }
      beforeLast = last
      last = row
    }
    return last[b.count] <= bound ? last[b.count] : nil
  }
}
