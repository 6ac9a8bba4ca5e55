package import VouchCore

/// The named parts of a language model, checked when they are asked for.
package struct ModelTensors: Sendable {
  let file: SafeTensors
  /// The instructions that whatever is made of the tensors uses.
  package let kernel: Kernel

  /// The linear layer of `name.weight` [outputs, inputs], `name.scale` and, unless left out, `name.bias` [outputs].
  ///
  /// - Throws: what is missing or of another shape.
  package func linear(_ name: String, inputs: Int, outputs: Int, bias: Bool = true) throws(Diagnostic) -> Linear {
    guard inputs > 0, inputs % 16 == 0, inputs <= Linear.mostItems, outputs > 0, outputs <= Linear.mostItems else {
      throw damage(
        "\(name).weight",
        "of \(outputs) × \(inputs) items; expected whole sixteens of inputs and at most \(Linear.mostItems)")
    }
    let weights = unsafe try bytes("\(name).weight", .signedByte, [outputs, inputs])
    let scale = try floats("\(name).scale", [outputs])
    let bias = bias ? try floats("\(name).bias", [outputs]) : []
    return unsafe Linear(inputs: inputs, outputs: outputs, weights: weights, scale: scale, bias: bias, kernel: kernel)
  }

  /// The floats of a tensor of exactly that shape, last dimension fastest; all are finite.
  ///
  /// - Throws: what is missing, of another shape or no number.
  package func floats(_ name: String, _ shape: [Int]) throws(Diagnostic) -> [Float] {
    let source = unsafe try bytes(name, .float, shape)
    let count = source.count / 4
    let floats = unsafe [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: source)
      initialized = count
    }
    // Infinities and what is no number have all bits of the exponent set.
    guard floats.allSatisfy({ $0.bitPattern & 0x7F80_0000 != 0x7F80_0000 }) else {
      throw damage(name, "with an item that is no finite number")
    }
    return floats
  }

  /// The whole numbers of a tensor of one dimension of any size.
  package func integers(_ name: String) throws(Diagnostic) -> [Int32] {
    let source = unsafe try bytes(name, .integer, [file.tensors[name]?.shape.first ?? 0])
    return (0..<source.count / 4).map {
      unsafe Int32(littleEndian: source.loadUnaligned(fromByteOffset: $0 * 4, as: Int32.self))
    }
  }

  /// The bytes of a tensor of one dimension of any size.
  package func bytes(_ name: String) throws(Diagnostic) -> [UInt8] {
    unsafe Array(try bytes(name, .byte, [file.tensors[name]?.shape.first ?? 0]))
  }

  /// The shape of a tensor; `nil` if there is none of that name.
  package func shape(_ name: String) -> [Int]? { file.tensors[name]?.shape }

  /// Whether there is a tensor of that name.
  package func contains(_ name: String) -> Bool { file.tensors[name] != nil }

  /// The bytes of a tensor of exactly that type and shape; they live as long as the file.
  func bytes(
    _ name: String, _ type: SafeTensors.ItemType, _ shape: [Int]
  ) throws(Diagnostic) -> UnsafeRawBufferPointer {
    guard let tensor = file.tensors[name] else { throw damage(name, "that is missing") }
    guard tensor.type == type, tensor.shape == shape else {
      throw damage(name, "of \(tensor.type.rawValue) \(tensor.shape); expected \(type.rawValue) \(shape)")
    }
    return unsafe UnsafeRawBufferPointer(rebasing: file.source.bytes[tensor.range])
  }

  func damage(_ name: String, _ found: String) -> Diagnostic {
    SafeTensors.damage(file.source, file.tensors[name]?.range.lowerBound ?? 0, "a tensor \"\(name)\" \(found)")
  }
}
