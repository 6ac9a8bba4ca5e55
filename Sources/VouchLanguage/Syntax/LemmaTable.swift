package import VouchCore

/// The lemmas of words that the training texts leave no doubt about.
///
/// Lines of form, tag and lemma between tabs, sorted by their bytes; they stay as they are in the model.
package struct LemmaTable: Sendable {
  private let bytes: [UInt8]
  /// Where the lines begin, and the end.
  private let starts: [Int]

  /// Reads the table of a model.
  ///
  /// - Throws: A `Diagnostic` if the model has none, or lines that are out of order.
  package init(_ tensors: ModelTensors) throws(Diagnostic) {
    try self.init(try tensors.bytes("lemma.table"))
  }

  /// Reads lines.
  ///
  /// - Throws: `model.lemmas` for a line out of order or without its three parts.
  /// - Complexity: O(n) in bytes.
  package init(_ bytes: [UInt8]) throws(Diagnostic) {
    var starts = [0]
    var last: ArraySlice<UInt8> = []
    for index in bytes.indices where bytes[index] == 0x0A {
      let line = bytes[starts[starts.count - 1]..<index]
      guard line.count(where: { $0 == 0x09 }) == 2, last.lexicographicallyPrecedes(line) else {
        throw Diagnostic(
          .error, "model.lemmas",
          "line \(starts.count) of the model's lemmas has not three parts or stands out of order; install the model again"
        )
      }
      last = line
      starts.append(index + 1)
    }
    guard starts[starts.count - 1] == bytes.count else {
      throw Diagnostic(.error, "model.lemmas", "the model's lemmas end without a line feed; install the model again")
    }
    self.bytes = bytes
    self.starts = starts
  }

  /// The lemma of a form with a tag.
  ///
  /// - Parameters:
  ///   - form: Lower-cased, with plain apostrophes.
  ///   - tag: Tag of the Penn Treebank.
  /// - Complexity: O(log n) in lines.
  package func lemma(form: String, tag: String) -> String? {
    var key = Array(form.utf8)
    key.append(0x09)
    key += tag.utf8
    key.append(0x09)
    var (low, high) = (0, starts.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if bytes[starts[middle]..<starts[middle + 1]].lexicographicallyPrecedes(key) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < starts.count - 1 else { return nil }
    let line = bytes[starts[low]..<starts[low + 1] - 1]
    guard line.starts(with: key) else { return nil }
    return String(decoding: line.dropFirst(key.count), as: UTF8.self)
  }
}
