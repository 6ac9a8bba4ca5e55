package import VouchCore

/// Scores how well each word of a sentence would head each other: a biaffine form of two views of the words, and the
/// dependent's leaning to near, far, earlier and later heads.
///
/// Dozat and Manning (2017).
package struct ArcHead: Sendable {
  private static let width = 128
  /// Ten classes of distance to the left, ten to the right, one for the root.
  private static let distances = 21

  private let dependent: Linear
  private let head: Linear
  private let bilinear: Linear
  private let distance: Linear
  private let root: [Float]
  private let kernel: Kernel

  /// Takes the tensors `arc.…`.
  ///
  /// - Throws: what is missing or of another shape.
  package init(_ model: LanguageModel) throws(Diagnostic) {
    let (tensors, hidden) = (model.tensors, model.description.hidden)
    dependent = try tensors.linear("arc.dependent", inputs: hidden, outputs: Self.width)
    head = try tensors.linear("arc.head", inputs: hidden, outputs: Self.width)
    bilinear = try tensors.linear("arc.bilinear", inputs: Self.width, outputs: Self.width)
    distance = try tensors.linear("arc.distance", inputs: Self.width, outputs: Self.distances)
    root = try tensors.floats("arc.root", [Self.width])
    kernel = tensors.kernel
  }

  /// What the scores of some words are made from.
  struct Views {
    fileprivate var asked: [Float]
    fileprivate var heads: [Float]
    fileprivate var leanings: [Float]
  }

  /// The views of some words, which may belong to several sentences.
  ///
  /// - Complexity: O(words).
  func views(of words: QuantizedRows) -> Views {
    let dependents = dependent.quantized(words, .gelu)
    return Views(asked: bilinear(dependents), heads: head(words, .gelu), leanings: distance(dependents))
  }

  /// For each of the words, one after another in one sentence, the scores of the root and of each of them as its head.
  ///
  /// - Complexity: O(n²) in words.
  func scores(_ views: Views, words: Range<Int>) -> [Float] {
    let floats = words.lowerBound * Self.width..<words.upperBound * Self.width
    var scores = DotProducts.of(
      Array(views.asked[floats]), root + views.heads[floats], width: Self.width, kernel: kernel)
    let width = words.count + 1
    for word in 0..<words.count {
      let leaning = (words.lowerBound + word) * Self.distances
      scores[word * width] += views.leanings[leaning + Self.distances - 1]
      for head in 0..<words.count where head != word {
        scores[word * width + head + 1] += views.leanings[leaning + Self.distanceClass(head - word)]
      }
    }
    return scores
  }

  /// The class of a head that stands `distance` words after its dependent; 0 is no distance.
  package static func distanceClass(_ distance: Int) -> Int {
    let size: Int
    switch distance.magnitude {
    case 0...4: size = max(0, Int(distance.magnitude) - 1)
    case 5...6: size = 4
    case 7...9: size = 5
    case 10...14: size = 6
    case 15...24: size = 7
    case 25...40: size = 8
    default: size = 9
    }
    return distance > 0 ? size + 10 : size
  }
}
