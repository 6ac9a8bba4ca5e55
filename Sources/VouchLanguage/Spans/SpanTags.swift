/// Tags of a sequence labeller that mark labelled spans (BIO): `B-X` begins one, `I-X` goes on with one, `O` stands outside.
///
/// Ramshaw and Marcus (1995).
package struct SpanTags: Sendable {
  /// Labels of spans, in order of their first tag.
  package let labels: [String]
  /// For each label, the columns of its tags in a row of scores.
  private let columns: [(begin: Int, inside: Int)]
  private let outside: Int
  /// Number of tags: scores in a row.
  package let count: Int

  /// Reads the tags that stand for the columns of a labeller; `nil` unless there is `O` once, and `B-` and `I-` once for
  /// each label.
  package init?(_ tags: [String]) {
    var labels: [String] = []
    var begin: [String: Int] = [:]
    var inside: [String: Int] = [:]
    var outside: Int?
    for (column, tag) in tags.enumerated() {
      let label = String(tag.dropFirst(2))
      if tag == "O", outside == nil {
        outside = column
      } else if tag.hasPrefix("B-"), !label.isEmpty, begin[label] == nil {
        begin[label] = column
      } else if tag.hasPrefix("I-"), !label.isEmpty, inside[label] == nil {
        inside[label] = column
      } else {
        return nil
      }
      if tag != "O", !labels.contains(label) { labels.append(label) }
    }
    var columns: [(begin: Int, inside: Int)] = []
    for label in labels {
      guard let first = begin[label], let rest = inside[label] else { return nil }
      columns.append((first, rest))
    }
    guard let outside else { return nil }
    self.labels = labels
    self.columns = columns
    self.outside = outside
    count = tags.count
  }

  /// The columns of a label's two tags.
  package func columns(of label: Int) -> [Int] { [columns[label].begin, columns[label].inside] }

  /// A labelled span of words.
  package struct Found: Hashable, Sendable {
    /// Words, counted from the first of the sequence.
    package var words: Range<Int>
    /// Index of its label.
    package var label: Int
    /// Makes a span.
    package init(words: Range<Int>, label: Int) {
      self.words = words
      self.label = label
    }
  }

  /// The spans of the best sequence of tags in which no `I-` stands without a `B-` or `I-` of its label before it.
  ///
  /// The best sequence is found by the Viterbi algorithm over sums of scores; of equal ones, the one with fewer and
  /// earlier labels. Scores that are no numbers count as very low.
  ///
  /// - Parameters:
  ///   - scores: A row of `count` scores for each word.
  ///   - rows: The rows of the sequence; those that `scores` does not hold are left out.
  /// - Returns: Spans in order, not overlapping.
  /// - Complexity: O(w · t) for w words and t tags.
  package func spans(_ scores: [Float], rows: Range<Int>) -> [Found] {
    let rows = rows.clamped(to: 0..<scores.count / count)
    guard !rows.isEmpty else { return [] }
    // States: 0 outside, 1 + 2l begin of label l, 2 + 2l inside it.
    let states = 1 + 2 * columns.count
    var sums = [Float](repeating: -.infinity, count: states)
    var next = sums
    /// For each row, the best state of the row before; a state inside a label comes from its begin or from itself.
    var before = [UInt16](repeating: 0, count: rows.count)
    var continues = [Bool](repeating: false, count: rows.count * columns.count)
    for (step, row) in rows.enumerated() {
      let start = row * count
      func score(_ column: Int) -> Float {
        let value = scores[start + column]
        return value.isNaN ? -1e6 : min(max(value, -1e6), 1e6)
      }
      var top = 0
      for state in 1..<states where sums[state] > sums[top] { top = state }
      before[step] = UInt16(top)
      let base = step == 0 ? 0 : sums[top]
      next[0] = base + score(outside)
      for (label, column) in columns.enumerated() {
        let (begun, inside) = (sums[1 + 2 * label], sums[2 + 2 * label])
        next[1 + 2 * label] = base + score(column.begin)
        next[2 + 2 * label] = max(begun, inside) + score(column.inside)
        continues[step * columns.count + label] = inside > begun
      }
      // Sums stay small: what counts is how far they lie apart.
      let highest = next.max() ?? 0
      for state in 0..<states { sums[state] = next[state] - highest }
    }
    return trace(sums, before, continues)
  }

  /// Follows the best states back from the last row.
  private func trace(_ sums: [Float], _ before: [UInt16], _ continues: [Bool]) -> [Found] {
    var state = 0
    for other in sums.indices where sums[other] > sums[state] { state = other }
    var found: [Found] = []
    var end = before.count
    for step in before.indices.reversed() {
      if state == 0 {
        end = step
        state = Int(before[step])
      } else if state % 2 == 1 {
        found.append(Found(words: step..<end, label: (state - 1) / 2))
        end = step
        state = Int(before[step])
      } else if !continues[step * columns.count + (state - 2) / 2] {
        state -= 1
      }
    }
    return found.reversed()
  }
}
