/// Tags of a sequence labeller that mark labelled spans (BIO): `B-X` begins one, `I-X` goes on with one, `O` stands outside.
///
/// Ramshaw and Marcus (1995).
package struct SpanTags: Sendable {
  /// Labels of spans, in order of their first tag.
  package let labels: [String]
  /// For each label, the columns of its tags in a row of scores.
  private let columns: [(begin: Int, inside: Int)]
  private let outside: Int
  /// What touching spans add to the score: a row for the label of the earlier one, a column for that of the later one.
  private let touching: [Float]
  /// Number of tags: scores in a row.
  package let count: Int

  /// Reads the tags that stand for the columns of a labeller; `nil` unless there is `O` once, and `B-` and `I-` once for
  /// each label.
  ///
  /// - Parameter touching: What is added to the score where a span of the second label begins right behind one of the first.
  ///   The labeller decides on each word by itself; this is what is known about neighbours.
  package init?(_ tags: [String], touching: (String, String) -> Float = { _, _ in 0 }) {
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
    self.touching = labels.flatMap { first in labels.map { touching(first, $0) } }
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
  /// The best sequence is found by the Viterbi algorithm over sums of scores, of those of touching spans too; of equal ones,
  /// the one with fewer and earlier labels. Scores that are no numbers count as very low.
  ///
  /// - Parameters:
  ///   - scores: A row of `count` scores for each word.
  ///   - rows: The rows of the sequence; those that `scores` does not hold are left out.
  /// - Returns: Spans in order, not overlapping.
  /// - Complexity: O(w · l²) for w words and l labels.
  package func spans(_ scores: [Float], rows: Range<Int>) -> [Found] {
    let rows = rows.clamped(to: 0..<scores.count / count)
    guard !rows.isEmpty else { return [] }
    // States: 0 outside, 1 + 2l begin of label l, 2 + 2l inside it.
    let labels = columns.count
    var sums = [Float](repeating: -.infinity, count: 1 + 2 * labels)
    sums[0] = 0
    var next = sums
    /// For each label, the better of its two states in the row before.
    var ends = [Int](repeating: 0, count: labels)
    /// For each row, the best state of the row before: for outside, and for a begin and an inside of each label.
    var before = [UInt16](repeating: 0, count: rows.count * sums.count)
    for (step, row) in rows.enumerated() {
      let start = row * count
      func score(_ column: Int) -> Float {
        let value = scores[start + column]
        return value.isNaN ? -1e6 : min(max(value, -1e6), 1e6)
      }
      func enter(_ state: Int, from other: Int, _ sum: Float, _ column: Int) {
        next[state] = sum + score(column)
        before[step * sums.count + state] = UInt16(other)
      }
      for label in 0..<labels {
        let (begun, inside) = (1 + 2 * label, 2 + 2 * label)
        ends[label] = sums[inside] > sums[begun] ? inside : begun
        enter(inside, from: ends[label], sums[ends[label]], columns[label].inside)
      }
      let top = ends.reduce(0) { sums[$1] > sums[$0] ? $1 : $0 }
      enter(0, from: top, sums[top], outside)
      for label in 0..<labels {
        var (top, best) = (0, sums[0])
        for (other, end) in ends.enumerated() {
          let sum = sums[end] + touching[other * labels + label]
          if sum > best { (top, best) = (end, sum) }
        }
        enter(1 + 2 * label, from: top, best, columns[label].begin)
      }
      // Sums stay small: what counts is how far they lie apart.
      let highest = next.max() ?? 0
      for state in sums.indices { sums[state] = next[state] - highest }
    }
    return trace(sums, before)
  }

  /// Follows the best states back from the last row.
  private func trace(_ sums: [Float], _ before: [UInt16]) -> [Found] {
    var state = 0
    for other in sums.indices where sums[other] > sums[state] { state = other }
    var found: [Found] = []
    var end = before.count / sums.count
    for step in (0..<end).reversed() {
      if state == 0 {
        end = step
      } else if state % 2 == 1 {
        found.append(Found(words: step..<end, label: (state - 1) / 2))
        end = step
      }
      state = Int(before[step * sums.count + state])
    }
    return found.reversed()
  }
}
