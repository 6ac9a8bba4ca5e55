internal import CVouchKernels

/// Products of rows of floats with rows of floats.
package enum DotProducts {
  /// The inner product of each row of `left` with each row of `right`.
  ///
  /// Same bytes on every processor, and for a pair of rows whatever rows stand beside them.
  ///
  /// - Parameters:
  ///   - left: rows of `width` floats, row after row.
  ///   - right: rows of `width` floats, row after row.
  ///   - width: a multiple of 16.
  ///   - kernel: one that is available.
  /// - Returns: for each row of `left`, one float for each row of `right`.
  /// - Complexity: O(left rows × right rows × width).
  package static func of(_ left: [Float], _ right: [Float], width: Int, kernel: Kernel) -> [Float] {
    precondition(width > 0 && width % 16 == 0, "rows are whole vectors of 16 items")
    let rows = (left: left.count / width, right: right.count / width)
    guard rows.left > 0, rows.right > 0 else { return [] }
    return unsafe [Float](unsafeUninitializedCapacity: rows.left * rows.right) { buffer, initialized in
      unsafe vouch_dot_products(
        kernel.value, left, Int32(rows.left), right, Int32(rows.right), Int32(width), buffer.baseAddress)
      initialized = rows.left * rows.right
    }
  }
}
