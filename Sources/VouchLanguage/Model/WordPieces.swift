internal import VouchCore

/// Cuts words into the pieces of a model's vocabulary.
package struct WordPieces: Sendable {
  /// Most pieces of a word; the others are left out.
  package static let mostPieces = 8
  /// Most code points of a run of letters; a longer one is one unknown piece.
  static let longestRun = 100

  let vocabulary: PieceVocabulary
  private let classes: CodePointClasses
  /// Hash and bytes of what stands before pieces that continue a run.
  private let continued = Array("##".utf8)

  init(_ tensors: ModelTensors) throws(Diagnostic) {
    vocabulary = try PieceVocabulary(tensors)
    classes = try CodePointClasses(tensors)
  }

  /// The ids of a word's pieces: 1…8.
  ///
  /// Code points are folded to small letters without marks; runs of letters are cut greedily into the longest pieces,
  /// everything else is a run of its own.
  ///
  /// - Complexity: O(n + pieces × longest piece).
  package func pieces(_ word: some Sequence<Unicode.Scalar>) -> [Int32] {
    var found: [Int32] = []
    var run: [UInt8] = []
    var length = 0
    func finish() {
      if length > 0, found.count < Self.mostPieces { cut(run, length, &found) }
      run.removeAll(keepingCapacity: true)
      length = 0
    }
    for scalar in word where found.count < Self.mostPieces {
      classes.fold(scalar.value) { code in
        let kind = classes.kind(code)
        if kind == .dropped { return }
        if kind == .alone { finish() }
        length += 1
        if length <= Self.longestRun, let scalar = Unicode.Scalar(code) {
          run.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
        }
        if kind == .alone { finish() }
      }
    }
    finish()
    return found.isEmpty ? [PieceVocabulary.unknown] : Array(found.prefix(Self.mostPieces))
  }

  private func cut(_ run: [UInt8], _ length: Int, _ found: inout [Int32]) {
    let first = found.count
    var start = 0
    guard length <= Self.longestRun else { return found.append(PieceVocabulary.unknown) }
    while start < run.count {
      guard let (id, end) = longestPiece(run, start) else {
        found.removeSubrange(first...)
        return found.append(PieceVocabulary.unknown)
      }
      found.append(id)
      start = end
    }
  }

  /// The longest piece at a place in a run, and where it ends.
  private func longestPiece(_ run: [UInt8], _ start: Int) -> (id: Int32, end: Int)? {
    let prefix = start == 0 ? [] : continued
    var hash = prefix.reduce(PieceVocabulary.seed, PieceVocabulary.step)
    var best: (id: Int32, end: Int)?
    for end in start + 1...min(run.count, start + vocabulary.longest) {
      hash = PieceVocabulary.step(hash, run[end - 1])
      if let id = vocabulary.id(hash, prefix: prefix, run[start..<end]) { best = (id, end) }
    }
    return best
  }
}
