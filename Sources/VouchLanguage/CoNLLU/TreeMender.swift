/// Makes a tree of whatever heads a sentence is given.
package enum TreeMender {
  /// Mends heads so that they are one tree: exactly one root, which every word reaches.
  ///
  /// The first root stays; other roots, words whose head is out of range or themselves, and the word that closes a cycle
  /// depend on it.
  /// - Parameter heads: For each word its head from 1, or 0 for the root.
  /// - Returns: The heads as indices, `nil` for the root, and the indices of the words that got another head, ascending.
  /// - Complexity: O(n).
  package static func mend(_ heads: [Int]) -> (heads: [Int?], mended: [Int]) {
    guard !heads.isEmpty else { return ([], []) }
    var isMended = Array(repeating: false, count: heads.count)
    let isFaulty = heads.indices.map { heads[$0] < 0 || heads[$0] > heads.count || heads[$0] == $0 + 1 }
    let root = heads.firstIndex(of: 0) ?? isFaulty.firstIndex(of: true) ?? 0
    var result: [Int?] = []
    for index in heads.indices {
      if index == root {
        result.append(nil)
        isMended[index] = heads[index] != 0
      } else if heads[index] == 0 || isFaulty[index] {
        result.append(root)
        isMended[index] = true
      } else {
        result.append(heads[index] - 1)
      }
    }
    // 0: not seen, 1: on the way that is being followed, 2: reaches the root.
    var state = Array(repeating: 0, count: heads.count)
    state[root] = 2
    for start in heads.indices where state[start] == 0 {
      var way: [Int] = []
      var word = start
      while state[word] == 0 {
        state[word] = 1
        way.append(word)
        word = result[word] ?? root
      }
      if state[word] == 1, let last = way.last {
        result[last] = root
        isMended[last] = true
      }
      for word in way { state[word] = 2 }
    }
    return (result, heads.indices.filter { isMended[$0] })
  }
}
