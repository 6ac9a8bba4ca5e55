internal import CVouchKernels
internal import VouchCore

/// The sums of vectors that pieces start out with.
struct Embeddings: Sendable {
  private let hidden: Int
  private let file: SafeTensors
  private let words: Range<Int>
  private let scale, position, shape, gap: [Float]
  private let norm: Normalization
  private let kernel: Kernel

  init(_ tensors: ModelTensors, pieces: Int, hidden: Int) throws(Diagnostic) {
    self.hidden = hidden
    kernel = tensors.kernel
    file = tensors.file
    let name = "embeddings.word.weight"
    _ = unsafe try tensors.bytes(name, .signedByte, [pieces, hidden])
    words = tensors.file.tensors[name]?.range ?? 0..<0
    scale = try tensors.floats("embeddings.word.scale", [pieces])
    position = try tensors.floats("embeddings.position", [WindowPlanner.longest, hidden])
    shape = try tensors.floats("embeddings.shape", [WordShape.count, hidden])
    gap = try tensors.floats("embeddings.gap", [ModelWords.Gap.allCases.count, hidden])
    norm = try Normalization(tensors, "embeddings.norm", width: hidden)
  }

  /// Writes the vectors of a window's pieces, those of its two ends included, row after row.
  func write(_ words: ModelWords, _ window: Range<Int>, to rows: UnsafeMutablePointer<Float>) {
    var row = 0
    func add(_ id: Int32, _ shape: UInt8, _ gap: ModelWords.Gap) {
      let id = Int(id) < scale.count ? Int(id) : Int(PieceVocabulary.unknown)
      unsafe write(id, position: row, shape: Int(shape), gap: Int(gap.rawValue), to: rows + row * hidden)
      row += 1
    }
    add(PieceVocabulary.start, WordShape.none, .none)
    for word in window {
      for piece in words.firstPieces[word]..<words.firstPieces[word + 1] {
        add(words.pieces[piece], words.shapes[word], piece == words.firstPieces[word] ? words.gaps[word] : .none)
      }
    }
    add(PieceVocabulary.end, WordShape.none, .none)
    unsafe vouch_norm(kernel.value, rows, nil, Int32(row), Int32(hidden), norm.weight, norm.bias, rows)
  }

  private func write(_ id: Int, position row: Int, shape: Int, gap: Int, to out: UnsafeMutablePointer<Float>) {
    precondition(row < WindowPlanner.longest, "a window is cut before its pieces run out of positions")
    unsafe file.source.bytes[words].withMemoryRebound(to: Int8.self) { table in
      unsafe self.position.withUnsafeBufferPointer { positions in
        unsafe self.shape.withUnsafeBufferPointer { shapes in
          unsafe self.gap.withUnsafeBufferPointer { gaps in
            guard let word = table.baseAddress, let position = positions.baseAddress,
              let shapeRow = shapes.baseAddress, let gapRow = gaps.baseAddress
            else { return }
            unsafe vouch_embed(
              kernel.value, word + id * hidden, scale[id], position + row * hidden, shapeRow + shape * hidden,
              gapRow + gap * hidden, Int32(hidden), out)
          }
        }
      }
    }
  }
}
