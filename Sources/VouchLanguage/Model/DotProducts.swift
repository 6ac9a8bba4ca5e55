/// Products of rows of floats with rows of floats.
package enum DotProducts {
  /// The inner product of each row of `left` with each row of `right`.
  ///
  /// Same bytes on every processor, and for a pair of rows whatever rows stand beside them.
  ///
  /// - Parameters:
  ///   - left: rows of `width` floats, row after row.
  ///   - right: rows of `width` floats, row after row.
  /// - Returns: for each row of `left`, one float for each row of `right`.
  /// - Complexity: O(left rows × right rows × width).
  package static func of(_ left: [Float], _ right: [Float], width: Int) -> [Float] {
    []
  }
}
