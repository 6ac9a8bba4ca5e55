internal import VouchCore

/// Chooses the relation of each word to its head: a biaffine form of two views of the words for each relation.
struct RelationHead: Sendable {
  private static let width = 64

  private let dependent: Linear
  private let head: Linear
  private let bilinear: Linear
  private let dependentBias: Linear
  private let headBias: Linear
  private let root: [Float]
  private let rootBias: [Float]
  private let count: Int
  /// Index of the relation `root`.
  private let rootRelation: Int?

  /// Takes the tensors `label.…`.
  ///
  /// - Throws: what is missing or of another shape.
  init(_ model: LanguageModel) throws(Diagnostic) {
    let (tensors, hidden) = (model.tensors, model.description.hidden)
    let relations = model.description.relations
    guard !relations.isEmpty else {
      throw Diagnostic(.error, "model.relations", "the model names no relations; expected at least one")
    }
    count = relations.count
    rootRelation = relations.firstIndex(of: "root")
    dependent = try tensors.linear("label.dependent", inputs: hidden, outputs: Self.width)
    head = try tensors.linear("label.head", inputs: hidden, outputs: Self.width)
    bilinear = try tensors.linear("label.bilinear", inputs: Self.width, outputs: count * Self.width, bias: false)
    dependentBias = try tensors.linear("label.dependent_bias", inputs: Self.width, outputs: count)
    headBias = try tensors.linear("label.head_bias", inputs: Self.width, outputs: count, bias: false)
    root = try tensors.floats("label.root", [Self.width])
    rootBias = headBias(root)
  }

  /// The relation of each word: an index into the model's relations.
  ///
  /// The root's is `root`, and no other word's is.
  ///
  /// - Parameters:
  ///   - words: the words' vectors.
  ///   - heads: for each word the row of its head; -1 for the root of a sentence.
  /// - Complexity: O(words · relations).
  func relations(of words: QuantizedRows, heads: [Int32]) -> [Int] {
    let dependents = dependent.quantized(words, .gelu)
    let governors = head(words, .gelu)
    let asked = bilinear(dependents)
    var scores = dependentBias(dependents)
    let biases = headBias(governors)
    var found = [Int](repeating: 0, count: words.count)
    for word in 0..<min(words.count, heads.count) {
      let governor = Int(heads[word])
      if governor < 0, let rootRelation {
        found[word] = rootRelation
        continue
      }
      for relation in 0..<count {
        let row = word * count + relation
        let isRoot = governor < 0
        scores[row] += isRoot ? rootBias[relation] : biases[governor * count + relation]
        scores[row] += Self.product(
          asked, row * Self.width, isRoot ? root : governors, isRoot ? 0 : governor * Self.width)
      }
      found[word] = best(scores, from: word * count)
    }
    return found
  }

  /// The relation of the highest score, which is not the root's.
  private func best(_ scores: [Float], from start: Int) -> Int {
    var best = rootRelation == 0 && count > 1 ? 1 : 0
    for relation in 0..<count where relation != rootRelation && scores[start + relation] > scores[start + best] {
      best = relation
    }
    return best
  }

  /// The inner product of the rows at two places.
  private static func product(_ left: [Float], _ leftStart: Int, _ right: [Float], _ rightStart: Int) -> Float {
    precondition(leftStart >= 0 && leftStart + width <= left.count)
    precondition(rightStart >= 0 && rightStart + width <= right.count)
    return unsafe left.withUnsafeBytes { left in
      unsafe right.withUnsafeBytes { right in
        var sums = SIMD16<Float>.zero
        for step in stride(from: 0, to: width, by: 16) {
          sums +=
            unsafe left.loadUnaligned(fromByteOffset: (leftStart + step) * 4, as: SIMD16<Float>.self)
            * right.loadUnaligned(fromByteOffset: (rightStart + step) * 4, as: SIMD16<Float>.self)
        }
        return sums.sum()
      }
    }
  }
}
