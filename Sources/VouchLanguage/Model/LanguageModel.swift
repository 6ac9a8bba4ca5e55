package import VouchCore

/// A language model: its vocabulary, its encoder and the tensors of its heads.
///
/// Read-only once made.
package final class LanguageModel: Sendable {
  /// Most bytes of the weights' file.
  static let mostBytes = 1 << 30
  private static let weightsSuffix = ".safetensors", descriptionSuffix = ".json"

  /// What the model says about itself.
  package let description: ModelDescription
  /// The tensors, for the heads to take theirs.
  package let tensors: ModelTensors
  /// Cuts words into pieces.
  package let pieces: WordPieces
  /// Makes word vectors.
  package let encoder: Encoder

  /// Checks a model's files and makes them ready.
  ///
  /// - Parameters:
  ///   - weights: the safetensors file.
  ///   - description: the JSON file.
  ///   - kernel: the instructions to use, available ones.
  init(weights: ModelBytes, description: ModelBytes, kernel: Kernel) throws(Diagnostic) {
    self.description = try ModelDescription(unsafe Array(description.bytes)[...], path: description.name)
    let checksum = unsafe XXH64.hash(weights.bytes.bytes)
    guard checksum == self.description.checksum else {
      throw SafeTensors.damage(
        weights, 0,
        "a file of checksum \(String(checksum, radix: 16)); expected "
          + String(self.description.checksum, radix: 16))
    }
    tensors = ModelTensors(file: try SafeTensors(weights), kernel: kernel)
    pieces = try WordPieces(tensors)
    encoder = try Encoder(tensors, self.description, pieces: pieces.vocabulary.count)
  }

  /// Checks a model's files and makes them ready.
  ///
  /// - Parameters:
  ///   - weights: the safetensors file, which is copied.
  ///   - description: the JSON file.
  ///   - kernel: the instructions to use, available ones.
  /// - Throws: what is wrong with it: what was found, where, what was expected.
  package convenience init(weights: [UInt8], description: [UInt8], kernel: Kernel = .best) throws(Diagnostic) {
    try self.init(
      weights: ModelBytes(copying: weights, name: "weights"),
      description: ModelBytes(copying: description, name: "description"), kernel: kernel)
  }

  /// The model that is built into the program.
  ///
  /// - Throws: what is wrong with it.
  package static func builtIn(kernel: Kernel = .best) throws(Diagnostic) -> LanguageModel {
    let weights = ModelBytes.builtInWeights, description = ModelBytes.builtInDescription
    guard unsafe !weights.bytes.isEmpty else {
      throw Diagnostic(
        .error, "model.missing", "the program was built without a language model; expected one in Sources/CVouchModel")
    }
    return try LanguageModel(weights: weights, description: description, kernel: kernel)
  }

  /// What the model that is built into the program says about itself; its weights are not looked at.
  ///
  /// - Throws: what is wrong with it.
  package static func builtInDescription() throws(Diagnostic) -> ModelDescription {
    let file = ModelBytes.builtInDescription
    return try ModelDescription(unsafe Array(file.bytes)[...], path: file.name)
  }

  /// Reads a model from `path`.safetensors and `path`.json; either suffix may be given with the path.
  ///
  /// - Throws: what is wrong with it: what was found, where, what was expected.
  package static func read(_ path: String, kernel: Kernel = .best) throws(Diagnostic) -> LanguageModel {
    var path = path
    for suffix in [weightsSuffix, descriptionSuffix] where path.hasSuffix(suffix) {
      path.removeLast(suffix.count)
      break
    }
    return try LanguageModel(
      weights: ModelBytes(reading: path + weightsSuffix, limit: mostBytes),
      description: ModelBytes(reading: path + descriptionSuffix, limit: ModelDescription.mostBytes), kernel: kernel)
  }
}
