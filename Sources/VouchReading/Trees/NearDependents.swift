internal import VouchLanguage

/// The dependents of words, of each at most those nearest to it: a word that many thousand others hang on, which no sentence
/// has that people write, costs no more than others.
struct NearDependents {
  /// Dependents looked at on each side of a word.
  private static let reach = 128

  private let lists: DependentLists

  init(_ lists: DependentLists) { self.lists = lists }

  /// The dependents of a token, ascending.
  ///
  /// - Complexity: O(log d) in the dependents that it has.
  subscript(token: Int) -> ArraySlice<Int> {
    let all = lists[token]
    guard all.count > 2 * Self.reach else { return all }
    var (low, high) = (all.startIndex, all.endIndex)
    while low < high {
      let middle = (low + high) / 2
      if all[middle] < token { low = middle + 1 } else { high = middle }
    }
    return all[max(all.startIndex, low - Self.reach)..<min(all.endIndex, low + Self.reach)]
  }
}
