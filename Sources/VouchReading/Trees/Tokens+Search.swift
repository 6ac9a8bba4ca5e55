internal import VouchCore
internal import VouchLanguage

extension Array where Element == Token {
  /// Index of the first token that starts at or after a byte.
  ///
  /// - Complexity: O(log n).
  func firstIndex(startingAt offset: Int) -> Int? {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle].span.start) < offset { low = middle + 1 } else { high = middle }
    }
    return low < count ? low : nil
  }
}
