/// Finds the best dependency tree with exactly one root from the scores of all arcs.
///
/// The best head of every word is the answer where these arcs are a tree with one root. Elsewhere the maximum spanning
/// arborescence is found by Chu and Liu (1965) and Edmonds (1967), contracted along a growing path as in Gabow et al.
/// (1986), over a dense matrix. A penalty on arcs from the root that outweighs all other scores together makes the tree
/// with the fewest roots win, which is one root, since every word may depend on every other; among trees with one root
/// the penalty is the same, so the best of them is found.
///
/// A decoder keeps its scratch memory from call to call.
package struct TreeDecoder {
  private typealias Arc = (head: Int32, dependent: Int32, score: Double)

  /// Scores of arcs into the nodes, a row each: the root, then each word as head.
  private var matrix: [Double] = []
  /// For each row and head, the word within the row's node that the arc leads to.
  private var target: [Int32] = []
  /// The arc chosen into each node; nodes are the root, the words, then contracted cycles.
  private var best: [Arc] = []
  /// The node that each node has become part of, by way of others; itself for one that is on top.
  private var component: [Int32] = []
  /// The node that each node was contracted into; 0 for one that is on top.
  private var parent: [Int32] = []
  /// Row of each node in the matrix.
  private var row: [Int32] = []
  /// The word from which the path that holds a node began; 0 before any does.
  private var seen: [Int32] = []
  /// One more than the last contracted node.
  private var created: Int32 = 0

  /// Makes a decoder without memory.
  package init() {}

  /// The head of each word: 0 for the root, else the word's number from 1, as in CoNLL-U.
  ///
  /// Scores that are no numbers count as less than all others, infinite ones as just beyond the finite ones. Of equal
  /// scores the one of the lower head wins.
  ///
  /// - Parameters:
  ///   - scores: `count` rows of `count + 1` scores of heads: the root, then each word; a word's score for itself is
  ///     not read. Scores of heads of one word may have any constant added to them.
  ///   - count: Number of words; callers keep it below some hundreds.
  /// - Returns: As many heads as words; none if there are fewer scores than that.
  /// - Complexity: O(n²) time and memory in words.
  package mutating func heads(_ scores: [Float], count: Int) -> [Int32] {
    guard count > 0, scores.count >= count * (count + 1) else { return [] }
    var heads = [Int32](repeating: 0, count: count)
    for word in 0..<count { heads[word] = Self.bestHead(scores, word, count) }
    if Self.isTree(heads) { return heads }
    prepare(scores, count)
    contract(count)
    expand(count, into: &heads)
    return heads
  }

  private static func bestHead(_ scores: [Float], _ word: Int, _ count: Int) -> Int32 {
    let start = word * (count + 1)
    var best = 0
    var top = scores[start]
    for head in 1..<count + 1 where head != word + 1 {
      let score = scores[start + head]
      if score > top || top.isNaN && !score.isNaN {
        top = score
        best = head
      }
    }
    return Int32(best)
  }

  /// Whether heads are a tree: one root, and every word is reached from it.
  package static func isTree(_ heads: [Int32]) -> Bool {
    guard heads.lazy.filter({ $0 == 0 }).count == 1 else { return false }
    /// The walk in which a word was met first.
    var walk = [Int32](repeating: -1, count: heads.count)
    for start in heads.indices {
      var word = start
      while walk[word] < 0 {
        walk[word] = Int32(start)
        let head = Int(heads[word])
        if head == 0 { break }
        guard head > 0, head <= heads.count else { return false }
        word = head - 1
        if walk[word] == Int32(start) { return false }
      }
    }
    return true
  }

  // MARK: Chu-Liu-Edmonds

  /// Copies finite scores and puts the penalty on the root's arcs.
  private mutating func prepare(_ scores: [Float], _ count: Int) {
    let width = count + 1
    var low = Float.infinity
    var high = -Float.infinity
    for score in scores[..<(count * width)] where score.isFinite {
      low = min(low, score)
      high = max(high, score)
    }
    if low > high { (low, high) = (0, 0) }
    let range = Double(high) - Double(low) + 1
    let (below, above) = (Double(low) - range, Double(high) + range)
    let penalty = range * 4 * Double(width)
    matrix = [Double](repeating: 0, count: count * width)
    for index in matrix.indices {
      let score = scores[index]
      matrix[index] = score.isFinite ? Double(score) : score > 0 ? above : below
    }
    for word in 0..<count { matrix[word * width] -= penalty }
    target = matrix.indices.map { Int32($0 / width + 1) }
    let nodes = 2 * width
    best = Array(repeating: (0, 0, 0), count: nodes)
    component = (0..<Int32(nodes)).map { $0 }
    parent = Array(repeating: 0, count: nodes)
    row = (0..<Int32(nodes)).map { $0 - 1 }
    seen = Array(repeating: 0, count: nodes)
  }

  /// The contracted node that a node lies in; nodes are the root 0, the words, then contracted cycles.
  private mutating func find(_ node: Int32) -> Int32 {
    var top = node
    while component[Int(top)] != top { top = component[Int(top)] }
    var step = node
    while component[Int(step)] != top {
      let next = component[Int(step)]
      component[Int(step)] = top
      step = next
    }
    return top
  }

  /// Grows a path of best arcs from every word until it meets the root or an earlier path; cycles become nodes.
  private mutating func contract(_ count: Int) {
    let width = count + 1
    var next = Int32(width)
    for start in 1..<Int32(width) {
      var node = find(start)
      guard seen[Int(node)] == 0 else { continue }
      seen[Int(node)] = start
      while true {
        let arc = bestArc(into: node, width)
        best[Int(node)] = arc
        let head = find(arc.head)
        if head == 0 { break }
        if seen[Int(head)] == 0 {
          seen[Int(head)] = start
          node = head
          continue
        }
        if seen[Int(head)] != start { break }
        join(cycle: head, into: next, width)
        seen[Int(next)] = start
        node = next
        next += 1
      }
    }
    created = next
  }

  /// Makes one node of a cycle of best arcs: its arcs score what they gain over the cycle's arc that they replace.
  private mutating func join(cycle first: Int32, into node: Int32, _ width: Int) {
    let kept = Int(row[Int(first)]) * width
    var member = first
    repeat {
      let from = Int(row[Int(member)]) * width
      let arc = best[Int(member)]
      for column in 0..<width {
        let gain = matrix[from + column] - arc.score
        if member == first || gain > matrix[kept + column] {
          matrix[kept + column] = gain
          target[kept + column] = target[from + column]
        }
      }
      component[Int(member)] = node
      parent[Int(member)] = node
      member = find(arc.head)
    } while member != node
    row[Int(node)] = row[Int(first)]
  }

  /// The best arc that enters a node from outside; one from the root always does.
  private mutating func bestArc(into node: Int32, _ width: Int) -> Arc {
    let start = Int(row[Int(node)]) * width
    var found: Arc = (0, target[start], matrix[start])
    for head in 1..<width where matrix[start + head] > found.score {
      if find(Int32(head)) != node { found = (Int32(head), target[start + head], matrix[start + head]) }
    }
    return found
  }

  /// Opens the contracted nodes, the last first: the arc into one replaces the arc of its member that it leads to.
  private mutating func expand(_ count: Int, into heads: inout [Int32]) {
    var node = created - 1
    while node > count {
      let arc = best[Int(node)]
      var member = arc.dependent
      while parent[Int(member)] != node { member = parent[Int(member)] }
      best[Int(member)] = arc
      node -= 1
    }
    for word in 0..<count { heads[word] = best[word + 1].head }
  }
}
