package import VouchCore

/// What a language model says about itself: the JSON file beside its weights.
package struct ModelDescription: Hashable, Sendable {
  /// The format that this program reads.
  package static let format = "vouch-language/1"
  /// Most bytes of the file.
  static let mostBytes = 8 << 20
  /// Most labels of one kind.
  static let mostLabels = 1 << 15

  /// Items of a vector: 32 for each head, a multiple of 64.
  package let hidden: Int
  /// Attention heads.
  package let heads: Int
  /// Items of the inner layer, a multiple of 64.
  package let inner: Int
  /// Layers of the encoder.
  package let layers: Int
  /// Pieces that a window is packed up to, the two at its ends counted.
  package let pieces: Int
  /// XXH64 of the weights' file.
  package let checksum: UInt64
  /// Universal part-of-speech tags, in the order of their outputs.
  package let upos: [String]
  /// Penn Treebank tags, in the order of their outputs.
  package let xpos: [String]
  /// Dependency relations, in the order of their outputs.
  package let relations: [String]
  /// Lemma scripts, in the order of their outputs.
  package let lemmas: [String]
  /// Name tags, in the order of their outputs.
  package let names: [String]
  /// The whole description, for what only one head reads.
  package let json: JSONValue

  /// Reads a description.
  ///
  /// - Parameters:
  ///   - bytes: JSON.
  ///   - path: how messages call the file.
  /// - Throws: `model.damaged` or `model.unsupported`: what was found and what was expected.
  package init(_ bytes: ArraySlice<UInt8>, path: String) throws(Diagnostic) {
    func failure(_ message: String) -> Diagnostic {
      Diagnostic(.error, "model.damaged", message + "; install the model again", at: .init(path: path))
    }
    guard bytes.count <= Self.mostBytes, let value = try? JSONValue(parsing: bytes), case .object = value else {
      throw failure("is no JSON object of at most \(Self.mostBytes >> 20) MiB; expected a model's description")
    }
    guard value["format"]?.text == Self.format else {
      throw Diagnostic(
        .error, "model.unsupported",
        "is of format \"\(value["format"]?.text ?? "none")\"; expected \"\(Self.format)\"", at: .init(path: path))
    }
    func number(_ name: String, _ range: ClosedRange<Int>) throws(Diagnostic) -> Int {
      guard case .number(let digits)? = value[name], let number = Int(digits), range.contains(number) else {
        throw failure("has no \"\(name)\" from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    func labels(_ name: String) throws(Diagnostic) -> [String] {
      guard case .array(let items)? = value[name], !items.isEmpty, items.count <= Self.mostLabels else {
        throw failure("has no list \"\(name)\" of 1 to \(Self.mostLabels) labels")
      }
      let texts = items.compactMap(\.text)
      guard texts.count == items.count else { throw failure("has something else than texts in the list \"\(name)\"") }
      return texts
    }
    hidden = try number("hidden", 64...4096)
    heads = try number("heads", 2...128)
    inner = try number("inner", 64...16384)
    layers = try number("layers", 1...64)
    pieces = try number("pieces", 32...WindowPlanner.longest)
    guard hidden == heads * 32, hidden % 64 == 0, inner % 64 == 0 else {
      throw failure(
        "has vectors of \(hidden) items, \(heads) heads, \(inner) inner items; expected 32 for each head"
          + " and multiples of 64")
    }
    guard let digits = value["checksum"]?.text, digits.utf8.count <= 16, let checksum = UInt64(digits, radix: 16) else {
      throw failure("has no \"checksum\" of 16 hexadecimal digits")
    }
    self.checksum = checksum
    upos = try labels("upos")
    xpos = try labels("xpos")
    relations = try labels("relations")
    lemmas = try labels("lemmas")
    names = try labels("names")
    json = value
  }
}
