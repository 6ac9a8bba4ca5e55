internal import VouchCore

/// A language model of two small layers with made-up weights, in the files' format.
///
/// The vocabulary knows ASCII letters and digits, as starts and as continuations, and a few longer pieces.
package struct TinyModel: Sendable {
  /// A tensor to be written.
  package struct Tensor: Sendable {
    /// "I8", "U8", "I32" or "F32".
    package var type: String
    /// Sizes of the dimensions.
    package var shape: [Int]
    /// Items, little-endian.
    package var bytes: [UInt8]
  }

  /// Items of a vector; heads of attention; items of the inner layer; layers.
  package static let hidden = 64, heads = 2, inner = 128, layers = 2
  /// The tensors by name.
  package var tensors: [String: Tensor] = [:]
  /// Pieces that a window is packed up to.
  package var pieces = 48
  private var random = TestRandom(seed: 7)

  /// The pieces, index = id.
  package static let vocabulary: [String] = {
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map(String.init)
    var pieces = ["[PAD]"] + (1...99).map { "[unused\($0)]" } + ["[UNK]", "[CLS]", "[SEP]"]
    pieces += letters + letters.map { "##" + $0 } + [".", ",", "!", "?", "'", "\"", ")", "-", "$", "。", "中"]
    return pieces + ["the", "flood", "##ing", "##ed", "mayor", "##or", "may", "un", "##flood", "city", "said", "ß"]
  }()

  /// Makes up the weights.
  package init() {
    let hidden = Self.hidden
    let count = Self.vocabulary.count
    bytes("embeddings.word.weight", [count, hidden])
    floats("embeddings.word.scale", [count], 0.01)
    for (name, rows) in [("position", 512), ("shape", 14), ("gap", 4)] { floats("embeddings.\(name)", [rows, hidden]) }
    normalization("embeddings.norm")
    for layer in 0..<Self.layers {
      let name = "encoder.\(layer)"
      linear("\(name).qkv", hidden, 3 * hidden)
      linear("\(name).out", hidden, hidden)
      linear("\(name).inner", hidden, Self.inner)
      linear("\(name).outer", Self.inner, hidden)
      normalization("\(name).norm1")
      normalization("\(name).norm2")
    }
    linear("words.projection", 2 * hidden, hidden)
    floats("words.shape", [14, hidden])
    normalization("words.norm")
    text()
  }

  /// Adds a linear layer with made-up weights.
  package mutating func linear(_ name: String, _ inputs: Int, _ outputs: Int, bias: Bool = true) {
    bytes("\(name).weight", [outputs, inputs])
    floats("\(name).scale", [outputs], 0.02 / Float(inputs).squareRoot(), around: 0.025 / Float(inputs).squareRoot())
    if bias { floats("\(name).bias", [outputs]) }
  }

  /// Adds a tensor of made-up floats.
  package mutating func floats(_ name: String, _ shape: [Int], _ range: Float = 0.5, around: Float = 0) {
    let values = (0..<shape.reduce(1, *)).map { _ in around + range * random.float() }
    tensors[name] = Tensor(type: "F32", shape: shape, bytes: values.flatMap { Self.bytes($0.bitPattern) })
  }

  private mutating func bytes(_ name: String, _ shape: [Int]) {
    let values = (0..<shape.reduce(1, *)).map { _ in UInt8(bitPattern: Int8(Int(random.next() % 255) - 127)) }
    tensors[name] = Tensor(type: "I8", shape: shape, bytes: values)
  }

  private mutating func normalization(_ name: String) {
    floats("\(name).weight", [Self.hidden], 0.3, around: 1)
    floats("\(name).bias", [Self.hidden])
  }

  private mutating func text() {
    func integers(_ values: [UInt32]) -> Tensor {
      Tensor(type: "I32", shape: [values.count], bytes: values.flatMap(Self.bytes))
    }
    func bytes(_ values: [UInt8]) -> Tensor { Tensor(type: "U8", shape: [values.count], bytes: values) }
    // Code point from which on, kind: 0 letters, 1 alone, 2 dropped.
    let classes: [(UInt32, UInt8)] = [
      (0, 2), (0x21, 1), (0x30, 0), (0x3A, 1), (0x41, 0), (0x5B, 1), (0x61, 0), (0x7B, 1), (0x7F, 2), (0xA1, 1),
      (0xC0, 0), (0x300, 2), (0x370, 0), (0x2000, 1), (0xAC00, 0), (0xE000, 2),
    ]
    tensors["text.class.start"] = integers(classes.map(\.0))
    tensors["text.class.kind"] = bytes(classes.map(\.1))
    let foldings: [(UInt32, [UInt32])] =
      (0x41...0x5A).map { ($0, [$0 + 0x20]) } + [(0xAD, []), (0xC9, [0x65]), (0xE9, [0x65]), (0x1F1, [0x64, 0x7A])]
    tensors["text.fold.code"] = integers(foldings.map(\.0))
    var firsts: [UInt32] = [0]
    for folding in foldings { firsts.append((firsts.last ?? 0) + UInt32(folding.1.count)) }
    tensors["text.fold.first"] = integers(firsts)
    tensors["text.fold.value"] = integers(foldings.flatMap(\.1))
    tensors["text.vocabulary"] = bytes(Array(Self.vocabulary.joined(separator: "\n").utf8))
  }

  private static func bytes(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) } }

  /// The safetensors file, tensors in the order of their names.
  package var weights: [UInt8] {
    var header: [String] = []
    var data: [UInt8] = []
    for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
      let end = data.count + tensor.bytes.count
      header.append(
        "\"\(name)\":{\"dtype\":\"\(tensor.type)\",\"shape\":\(tensor.shape),\"data_offsets\":[\(data.count),\(end)]}")
      data += tensor.bytes
    }
    let text = Array("{\(header.joined(separator: ","))}".utf8)
    return Self.bytes(UInt32(text.count)) + [0, 0, 0, 0] + text + data
  }

  /// The JSON file for given weights.
  package func description(of weights: [UInt8]) -> [UInt8] {
    let labels = ["upos", "xpos", "relations", "lemmas", "names"].map { "\"\($0)\":[\"A\",\"B\"]" }
    return Array(
      """
      {"format":"vouch-language/1","hidden":\(Self.hidden),"heads":\(Self.heads),"inner":\(Self.inner),\
      "layers":\(Self.layers),"pieces":\(pieces),"checksum":"\(String(XXH64.hash(weights), radix: 16))",\
      \(labels.joined(separator: ","))}
      """.utf8)
  }
}

/// Numbers that look random and are the same in each run.
///
/// Source: Sebastiano Vigna, SplitMix64.
package struct TestRandom: RandomNumberGenerator, Sendable {
  private var state: UInt64

  /// Starts a sequence.
  package init(seed: UInt64) { state = seed }

  /// The next number.
  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  /// A float from -1 up to 1.
  package mutating func float() -> Float { Float(Int64(next() >> 40) - (1 << 23)) / Float(1 << 23) }
}
