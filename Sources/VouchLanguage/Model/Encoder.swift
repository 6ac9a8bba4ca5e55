internal import CVouchKernels
internal import VouchCore

/// What the encoder makes of a document's words.
package struct EncodedWords: Hashable, Sendable {
  /// The words of each window, in order, together all words; a window's first word is always a sentence's first.
  package var windows: [Range<Int>]
  /// One vector for each word.
  package var vectors: QuantizedRows
}

/// The language model's encoder: words in their surroundings → word vectors.
package struct Encoder: Sendable {
  /// Items of a word vector.
  package let hidden: Int

  private let planner: WindowPlanner
  private let embeddings: Embeddings
  private let layers: [EncoderLayer]
  private let projection: Linear
  private let shapes: [Float]
  private let norm: Normalization
  private let kernel: Kernel

  /// Rows that go through a layer together if they are several windows: the layer's weights are read from memory once
  /// for all of them.
  private static let batch = 512

  init(_ tensors: ModelTensors, _ description: ModelDescription, pieces: Int) throws(Diagnostic) {
    hidden = description.hidden
    kernel = tensors.kernel
    planner = WindowPlanner(limit: description.pieces)
    embeddings = try Embeddings(tensors, pieces: pieces, hidden: hidden)
    var layers: [EncoderLayer] = []
    for index in 0..<description.layers {
      layers.append(try EncoderLayer(tensors, index, hidden: hidden, inner: description.inner))
    }
    self.layers = layers
    projection = try tensors.linear("words.projection", inputs: 2 * hidden, outputs: hidden)
    shapes = try tensors.floats("words.shape", [WordShape.count, hidden])
    norm = try Normalization(tensors, "words.norm", width: hidden)
  }

  /// Encodes words, window by window.
  ///
  /// A window's vectors are the same bytes whatever windows stand beside it, on every processor.
  ///
  /// - Complexity: O(pieces × (model size + 512)).
  package func encode(_ words: ModelWords) -> EncodedWords {
    let firsts = words.firstPieces
    let windows = planner.windows(counts: zip(firsts, firsts.dropFirst()).map { $1 - $0 }, cuts: words.cuts)
    var vectors = QuantizedRows(width: hidden, capacity: words.count)
    var first = 0
    while first < windows.count {
      var starts: [Int32] = [0]
      var end = first
      while end < windows.count {
        let rows = Int32(firsts[windows[end].upperBound] - firsts[windows[end].lowerBound] + 2)
        guard end == first || Int(starts[end - first] + rows) <= Self.batch else { break }
        starts.append(starts[end - first] + rows)
        end += 1
      }
      let batch = encode(words, windows[first..<end], starts)
      vectors.append(batch, rows: 0..<batch.count)
      first = end
    }
    return EncodedWords(windows: windows, vectors: vectors)
  }

  /// The vectors of the words of a few windows, whose rows start at `starts`.
  private func encode(_ words: ModelWords, _ windows: ArraySlice<Range<Int>>, _ starts: [Int32]) -> QuantizedRows {
    let rows = Int(starts[windows.count])
    let memory = AlignedMemory(byteCount: rows * hidden * MemoryLayout<Float>.size)
    let vectors = unsafe memory.items(Float.self)
    for (window, start) in zip(windows, starts) {
      unsafe embeddings.write(words, window, to: vectors + Int(start) * hidden)
    }
    if let first = layers.first {
      var parts = unsafe first.parts
      let scratch = unsafe AlignedMemory(byteCount: vouch_layer_scratch(&parts, Int32(rows)))
      for layer in layers {
        unsafe parts = layer.parts
        unsafe vouch_layer(kernel.value, &parts, starts, Int32(windows.count), vectors, scratch.start)
      }
    }
    var ends: [Float] = []
    var added: [Float] = []
    for (window, start) in zip(windows, starts) {
      let offset = Int(start) + 1 - words.firstPieces[window.lowerBound]
      for word in window {
        for piece in [words.firstPieces[word], words.firstPieces[word + 1] - 1] {
          unsafe ends += UnsafeBufferPointer(start: vectors + (offset + piece) * hidden, count: hidden)
        }
        let shape = Int(words.shapes[word]) * hidden
        added += shapes[shape..<shape + hidden]
      }
    }
    var found = projection(ends)
    let count = Int32(found.count / hidden)
    unsafe found.withUnsafeMutableBufferPointer { found in
      unsafe vouch_norm(
        kernel.value, found.baseAddress, added, count, Int32(hidden), norm.weight, norm.bias, found.baseAddress)
    }
    return QuantizedRows(quantizing: found, width: hidden, kernel: kernel)
  }
}
