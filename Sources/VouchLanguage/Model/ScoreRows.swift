/// Rows of scores that a head gave to words, one score for each label.
struct ScoreRows {
  /// The scores, row after row.
  let values: [Float]
  /// Scores in a row; above 0.
  let width: Int

  /// The label of the highest score of a row, from label `first` on; the lowest of equal ones.
  func best(_ row: Int, from first: Int = 0) -> Int {
    let start = row * width
    var best = first
    for label in first..<max(width, first) where values[start + label] > values[start + best] { best = label }
    return best
  }

  /// The share of some labels, of which there are few, in the softmax of a row: 0 to 1, 0 for scores that are no numbers.
  func probability(of labels: [Int], in row: Int) -> Double {
    let start = row * width
    let top = Double(values[start + best(row)])
    guard top.isFinite else { return 0 }
    var (sum, part) = (0.0, 0.0)
    for label in 0..<width {
      let weight = Self.exponential(Double(values[start + label]) - top)
      sum += weight
      if labels.contains(label) { part += weight }
    }
    return part / sum
  }

  /// e to the power of `x`, for `x` up to 0; 0 for what is no number.
  ///
  /// Additions and multiplications in a fixed order give the same bits on every processor, which library functions don't
  /// promise. Relative error below 1e-11.
  static func exponential(_ x: Double) -> Double {
    guard x > -700 else { return 0 }
    let power = (x * 1.442_695_040_888_963_4).rounded()
    let rest = (x - power * 0.693_147_180_369_123_8) - power * 1.908_214_929_270_587_7e-10
    // Taylor's series by Horner's rule; |rest| is at most half of ln 2.
    var sum = 1.0
    for term in stride(from: 11.0, through: 1, by: -1) { sum = 1 + sum * rest / term }
    return Double(sign: .plus, exponent: Int(min(power, 1)), significand: sum)
  }
}
