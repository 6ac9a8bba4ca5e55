/// One linear layer of the language model, y = W x + b, with 8-bit weights; rows in, rows out.
///
/// Rows don't see each other: a row's result is the same bytes whatever rows stand beside it, on every processor.
package struct Linear: Sendable {
  /// What is done to the results.
  package enum Activation: Sendable { case none, gelu }

  /// Items of a row that is read.
  package let inputs: Int
  /// Items of a row that is made.
  package let outputs: Int

  /// Applies the layer to quantised rows, whose width must be `inputs`.
  ///
  /// - Returns: `rows.count * outputs` floats, row after row.
  /// - Complexity: O(rows × inputs × outputs).
  package func callAsFunction(_ rows: QuantizedRows, _ activation: Activation = .none) -> [Float] {
    Array(repeating: 0, count: rows.count * outputs)
  }

  /// Applies the layer to rows of floats, which are quantised first; `rows.count` must be a multiple of `inputs`.
  ///
  /// - Returns: `outputs` floats for each row, row after row.
  package func callAsFunction(_ rows: [Float], _ activation: Activation = .none) -> [Float] {
    self(QuantizedRows(quantizing: rows, width: inputs), activation)
  }

  /// Applies the layer and quantises what comes out.
  package func quantized(_ rows: QuantizedRows, _ activation: Activation = .none) -> QuantizedRows {
    QuantizedRows(quantizing: self(rows, activation), width: outputs)
  }
}
