/// What a language model says about itself: the JSON file beside its weights.
package struct ModelDescription: Hashable, Sendable {
  /// Items of a vector, attention heads, items of the inner layer, layers.
  package var hidden, heads, inner, layers: Int
  /// Pieces that a window is packed up to, [CLS] and [SEP] counted.
  package var pieces: Int
  /// XXH64 of the weights' file.
  package var checksum: UInt64
  /// Labels of the heads, in the order of their outputs.
  package var upos, xpos, relations, lemmas, names: [String]
}
