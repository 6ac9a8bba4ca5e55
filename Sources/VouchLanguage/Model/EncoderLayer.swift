internal import CVouchKernels
internal import VouchCore

/// Weights of one layer of the encoder, ready for the kernels.
struct EncoderLayer: Sendable {
  private let qkv, out, inner, outer: Linear
  private let norm1, norm2: Normalization

  init(_ tensors: ModelTensors, _ index: Int, hidden: Int, inner width: Int) throws(Diagnostic) {
    let name = "encoder.\(index)"
    qkv = try tensors.linear("\(name).qkv", inputs: hidden, outputs: 3 * hidden)
    out = try tensors.linear("\(name).out", inputs: hidden, outputs: hidden)
    inner = try tensors.linear("\(name).inner", inputs: hidden, outputs: width)
    outer = try tensors.linear("\(name).outer", inputs: width, outputs: hidden)
    norm1 = try Normalization(tensors, "\(name).norm1", width: hidden)
    norm2 = try Normalization(tensors, "\(name).norm2", width: hidden)
  }

  /// The layer as the kernels know it; valid as long as the layer.
  var parts: VouchLayer {
    unsafe VouchLayer(
      qkv: qkv.parts, out: out.parts, inner: inner.parts, outer: outer.parts, norm1_weight: norm1.weight,
      norm1_bias: norm1.bias, norm2_weight: norm2.weight, norm2_bias: norm2.bias)
  }
}

/// Weights of a layer normalisation.
struct Normalization: Sendable {
  private let memory: AlignedMemory
  private let width: Int

  init(_ tensors: ModelTensors, _ name: String, width: Int) throws(Diagnostic) {
    let floats = try tensors.floats("\(name).weight", [width]) + tensors.floats("\(name).bias", [width])
    memory = AlignedMemory(byteCount: floats.count * MemoryLayout<Float>.size)
    self.width = width
    unsafe memory.items(Float.self).update(from: floats, count: floats.count)
  }

  var weight: UnsafePointer<Float> { unsafe UnsafePointer(memory.items()) }
  var bias: UnsafePointer<Float> { unsafe UnsafePointer(memory.items() + width) }
}
