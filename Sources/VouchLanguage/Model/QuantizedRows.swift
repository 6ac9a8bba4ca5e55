internal import CVouchKernels

/// Rows of numbers, each kept as 8-bit steps from the row's smallest value: what every layer of the language model reads.
///
/// The value of item `i` of row `r` is `low[r] + step[r] * values[r * width + i]`. A row costs `width` + 8 bytes.
package struct QuantizedRows: Hashable, Sendable {
  /// Items of a row.
  package let width: Int
  /// The steps, row after row: `count * width` of them.
  package internal(set) var values: [UInt8]
  /// The smallest value of each row.
  package internal(set) var low: [Float]
  /// What one step is worth in each row: a 255th of the row's range; 0 for a row of equal values.
  package internal(set) var step: [Float]

  /// Number of rows.
  package var count: Int { low.count }

  /// Makes no rows.
  package init(width: Int) {
    self.width = width
    values = []
    low = []
    step = []
  }

  /// Makes no rows, with room for some.
  package init(width: Int, capacity: Int) {
    self.init(width: width)
    values.reserveCapacity(capacity * width)
    low.reserveCapacity(capacity)
    step.reserveCapacity(capacity)
  }

  /// Quantises rows of floats.
  ///
  /// - Parameters:
  ///   - rows: row after row; items after the last whole row are left out.
  ///   - width: a multiple of 16.
  ///   - kernel: one that is available.
  package init(quantizing rows: [Float], width: Int, kernel: Kernel = .best) {
    precondition(width > 0 && width % 16 == 0, "rows are whole vectors of 16 items")
    let count = rows.count / width
    self.width = width
    values = Array(repeating: 0, count: count * width)
    low = Array(repeating: 0, count: count)
    step = low
    unsafe vouch_quantize(kernel.value, rows, Int32(count), Int32(width), &values, &low, &step)
  }

  /// Some of the rows, in their order; the range must lie inside `0..<count`.
  package subscript(_ rows: Range<Int>) -> QuantizedRows {
    var part = QuantizedRows(width: width)
    part.values = Array(values[rows.lowerBound * width..<rows.upperBound * width])
    part.low = Array(low[rows])
    part.step = Array(step[rows])
    return part
  }

  /// The rows at the given indices, which must be inside `0..<count`, in the order given.
  package subscript(_ rows: [Int]) -> QuantizedRows {
    var part = QuantizedRows(width: width, capacity: rows.count)
    for row in rows { part.append(self, rows: row..<row + 1) }
    return part
  }

  /// Adds rows of another set of the same width.
  package mutating func append(_ other: QuantizedRows, rows: Range<Int>) {
    precondition(other.width == width, "rows of one width belong together")
    values.append(contentsOf: other.values[rows.lowerBound * width..<rows.upperBound * width])
    low.append(contentsOf: other.low[rows])
    step.append(contentsOf: other.step[rows])
  }

  /// One row as floats.
  package func floats(_ row: Int) -> [Float] {
    values[row * width..<(row + 1) * width].map { low[row] + step[row] * Float($0) }
  }
}
