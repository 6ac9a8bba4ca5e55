/// Cuts words into windows that are read together.
package struct WindowPlanner: Sendable {
  /// Pieces that a window is packed up to, the two at its ends counted.
  package let limit: Int
  /// Most pieces of a window without a place to cut, the two at its ends counted.
  package static let longest = 512

  /// Makes a planner of windows of at most that many pieces where there are places to cut.
  package init(limit: Int) { self.limit = limit }

  /// The windows, in order; together they are all words.
  ///
  /// Words are packed greedily. When the next one would not fit, the window is cut at the last block start past its half,
  /// else at the last sentence start, else at the last block start; without any it grows to the next such place.
  ///
  /// - Parameters:
  ///   - counts: pieces of each word, at least one, far fewer than the limit.
  ///   - cuts: for each word, what a cut before it would be.
  /// - Complexity: O(words × longest window).
  package func windows(counts: [Int], cuts: [ModelWords.Cut]) -> [Range<Int>] {
    var windows: [Range<Int>] = []
    var start = 0
    while start < counts.count {
      let end = end(ofWindowAt: start, counts, cuts)
      windows.append(start..<end)
      start = end
    }
    return windows
  }

  private func end(ofWindowAt start: Int, _ counts: [Int], _ cuts: [ModelWords.Cut]) -> Int {
    var total = 2
    var block: Int?, sentence: Int?
    var isBlockPastHalf = false
    for word in start..<counts.count {
      if word > start {
        if cuts[word].isBlockStart {
          block = word
          isBlockPastHalf = 2 * total > limit
        }
        if cuts[word].isSentenceStart { sentence = word }
      }
      if total + counts[word] > limit {
        if let block, isBlockPastHalf { return block }
        if let place = sentence ?? block { return place }
        if word > start, total + counts[word] > Self.longest { return word }
      }
      total += counts[word]
    }
    return counts.count
  }
}
