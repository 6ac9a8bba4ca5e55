package import VouchCore

/// A language model: its vocabulary, its encoder and the tensors of its heads. Read-only once made.
package final class LanguageModel: Sendable {
  /// What the model says about itself.
  package let description: ModelDescription
  /// The tensors, for the heads to take theirs.
  package let tensors: ModelTensors
  /// Makes word vectors.
  package let encoder: Encoder

  init(description: ModelDescription, tensors: ModelTensors, encoder: Encoder) {
    self.description = description
    self.tensors = tensors
    self.encoder = encoder
  }

  /// The model that is built into the program.
  ///
  /// - Throws: what is wrong with it.
  package static func builtIn() throws(Diagnostic) -> LanguageModel {
    throw Diagnostic(.error, "model.missing", "no model is built in")
  }

  /// Reads a model from `path`.safetensors and `path`.json.
  ///
  /// - Throws: what is wrong with it: what was found, where, what was expected.
  package static func read(_ path: String) throws(Diagnostic) -> LanguageModel {
    throw Diagnostic(.error, "model.missing", "no model is there")
  }
}
