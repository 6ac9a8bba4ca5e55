internal import CVouchKernels

/// One linear layer of the language model, y = W x + b, with 8-bit weights; rows in, rows out.
///
/// Rows don't see each other: a row's result is the same bytes whatever rows stand beside it, on every processor.
package struct Linear: Sendable {
  /// What is done to the results.
  package enum Activation: Sendable { case none, gelu }

  /// Most inputs and most outputs.
  static let mostItems = 1 << 16

  /// Items of a row that is read.
  package let inputs: Int
  /// Items of a row that is made.
  package let outputs: Int

  /// The packed weights, and after them each output's scale, sum of weights and bias.
  let memory: AlignedMemory
  private let kernel: Kernel

  /// Packs weights.
  ///
  /// - Parameters:
  ///   - inputs: a multiple of 16, at most `mostItems`.
  ///   - weights: `outputs * inputs` signed bytes.
  ///   - scale: one for each output.
  ///   - bias: one for each output, or none.
  init(
    inputs: Int, outputs: Int, weights: UnsafeRawBufferPointer, scale: [Float], bias: [Float], kernel: Kernel
  ) {
    precondition(inputs % 16 == 0 && scale.count == outputs && (bias.isEmpty || bias.count == outputs))
    precondition(weights.count == inputs * outputs)
    self.inputs = inputs
    self.outputs = outputs
    self.kernel = kernel
    let packed = vouch_packed_size(Int32(inputs), Int32(outputs))
    let row = Self.padded(outputs) * MemoryLayout<Float>.size
    memory = AlignedMemory(byteCount: packed + 3 * row)
    let sums = unsafe memory.items(Float.self, at: packed + row)
    unsafe vouch_pack(
      weights.assumingMemoryBound(to: Int8.self).baseAddress, Int32(inputs), Int32(outputs), memory.items(), sums)
    unsafe Self.fill(memory.items(at: packed), scale, Self.padded(outputs))
    unsafe Self.fill(memory.items(at: packed + 2 * row), bias, Self.padded(outputs))
  }

  /// The layer as the kernels know it; valid as long as `memory`.
  var parts: VouchLinear {
    let packed = vouch_packed_size(Int32(inputs), Int32(outputs))
    let row = Self.padded(outputs) * MemoryLayout<Float>.size
    return unsafe VouchLinear(
      inputs: Int32(inputs), outputs: Int32(outputs), weights: memory.items(), scale: memory.items(at: packed),
      sums: memory.items(at: packed + row), bias: memory.items(at: packed + 2 * row))
  }

  private static func padded(_ outputs: Int) -> Int { (outputs + 31) / 32 * 32 }

  private static func fill(_ to: UnsafeMutablePointer<Float>, _ items: [Float], _ count: Int) {
    for index in 0..<count { unsafe to[index] = index < items.count ? items[index] : 0 }
  }

  /// Applies the layer to quantised rows, whose width must be `inputs`.
  ///
  /// - Returns: `rows.count * outputs` floats, row after row.
  /// - Complexity: O(rows × inputs × outputs).
  package func callAsFunction(_ rows: QuantizedRows, _ activation: Activation = .none) -> [Float] {
    precondition(rows.width == inputs, "a layer reads rows of its own width")
    let count = rows.count * outputs
    guard count > 0 else { return [] }
    return unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      var parts = unsafe parts
      let scratch = vouch_linear_scratch(Int32(inputs))
      unsafe withUnsafeTemporaryAllocation(byteCount: scratch, alignment: 64) { scratch in
        unsafe vouch_linear(
          kernel.value, &parts, rows.values, rows.low, rows.step, Int32(rows.count), activation == .gelu ? 1 : 0,
          buffer.baseAddress, scratch.baseAddress)
      }
      initialized = count
    }
  }

  /// Applies the layer to rows of floats, which are quantised first; `rows.count` must be a multiple of `inputs`.
  ///
  /// - Returns: `outputs` floats for each row, row after row.
  package func callAsFunction(_ rows: [Float], _ activation: Activation = .none) -> [Float] {
    self(QuantizedRows(quantizing: rows, width: inputs, kernel: kernel), activation)
  }

  /// Applies the layer and quantises what comes out; `outputs` must be a multiple of 16.
  package func quantized(_ rows: QuantizedRows, _ activation: Activation = .none) -> QuantizedRows {
    QuantizedRows(quantizing: self(rows, activation), width: outputs, kernel: kernel)
  }
}
