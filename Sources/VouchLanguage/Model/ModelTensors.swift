package import VouchCore

/// The named parts of a language model, checked when they are asked for.
package struct ModelTensors: Sendable {
  /// The linear layer of `name.weight` [outputs, inputs], `name.scale` and, unless left out, `name.bias` [outputs].
  ///
  /// - Throws: what is missing or of another shape.
  package func linear(_ name: String, inputs: Int, outputs: Int, bias: Bool = true) throws(Diagnostic) -> Linear {
    Linear(inputs: inputs, outputs: outputs)
  }

  /// The floats of a tensor of exactly that shape, last dimension fastest.
  ///
  /// - Throws: what is missing or of another shape.
  package func floats(_ name: String, _ shape: [Int]) throws(Diagnostic) -> [Float] {
    Array(repeating: 0, count: shape.reduce(1, *))
  }

  /// Whether there is a tensor of that name.
  package func contains(_ name: String) -> Bool { false }
}
