import CVouchKernels
import Testing
import VouchLanguage
import VouchTestSupport

/// All kernels of the machine against each other and against plain arithmetic.
@Suite struct KernelTests {
  /// A matrix of weights with its packed form.
  @safe struct Weights {
    let inputs: Int, outputs: Int
    let items: [Int8]
    let scale, bias: [Float]
    private let memory: UnsafeMutableRawBufferPointer
    private let sums: UnsafeMutableBufferPointer<Float>

    init(_ inputs: Int, _ outputs: Int, _ random: inout TestRandom, extreme: Bool = false) {
      self.inputs = inputs
      self.outputs = outputs
      let padded = (outputs + 31) / 32 * 32
      items = (0..<inputs * outputs).map { _ in
        extreme ? (random.next() % 2 == 0 ? 127 : -128) : Int8(truncatingIfNeeded: random.next())
      }
      scale = (0..<padded).map { $0 < outputs ? 0.01 + 0.005 * random.float() : 0 }
      bias = (0..<padded).map { $0 < outputs ? random.float() : 0 }
      unsafe memory = .allocate(byteCount: vouch_packed_size(Int32(inputs), Int32(outputs)), alignment: 64)
      unsafe sums = .allocate(capacity: padded)
      unsafe vouch_pack(
        items, Int32(inputs), Int32(outputs), memory.bindMemory(to: Int8.self).baseAddress, sums.baseAddress)
    }

    func free() {
      unsafe memory.deallocate()
      unsafe sums.deallocate()
    }

    func products(_ kernel: Kernel, _ values: [UInt8]) -> [[Int32]] {
      let rows = values.count / inputs, padded = (outputs + 31) / 32 * 32
      var products = [Int32](repeating: -1, count: rows * padded)
      unsafe scratch {
        unsafe vouch_multiply(
          kernel.c, values, Int32(rows), Int32(inputs), memory.bindMemory(to: Int8.self).baseAddress, Int32(outputs),
          &products, $0)
      }
      return (0..<rows).map { Array(products[$0 * padded..<$0 * padded + outputs]) }
    }

    func results(_ kernel: Kernel, _ rows: QuantizedRows, gelu: Bool) -> [Float] {
      var out = [Float](repeating: .nan, count: rows.count * outputs)
      unsafe scale.withUnsafeBufferPointer { scale in
        unsafe bias.withUnsafeBufferPointer { bias in
          var linear = unsafe VouchLinear(
            inputs: Int32(inputs), outputs: Int32(outputs), weights: memory.bindMemory(to: Int8.self).baseAddress,
            scale: scale.baseAddress, sums: sums.baseAddress, bias: bias.baseAddress)
          unsafe scratch {
            unsafe vouch_linear(
              kernel.c, &linear, rows.values, rows.low, rows.step, Int32(rows.count), gelu ? 1 : 0, &out, $0)
          }
        }
      }
      return out
    }

    private func scratch(_ body: (UnsafeMutableRawPointer?) -> Void) {
      unsafe withUnsafeTemporaryAllocation(byteCount: vouch_linear_scratch(Int32(inputs)), alignment: 64) {
        unsafe body($0.baseAddress)
      }
    }
  }

  static let sizes: [(rows: Int, inputs: Int, outputs: Int)] = {
    var random = TestRandom(seed: 1)
    let some = (0..<14).map { _ in
      (
        rows: Int(random.next() % 70) + 1, inputs: 4 * (Int(random.next() % 50) + 1),
        outputs: Int(random.next() % 100) + 1
      )
    }
    return some + [(1, 384, 1), (32, 64, 32), (33, 128, 21), (16, 1536, 48), (7, 6, 5)]
  }()

  @Test(arguments: sizes)
  func productsOfBytesAreExact(rows: Int, inputs: Int, outputs: Int) {
    var random = TestRandom(seed: UInt64(rows * 1_000_003 + inputs * 101 + outputs))
    for extreme in [false, true] {
      let weights = Weights(inputs, outputs, &random, extreme: extreme)
      defer { weights.free() }
      let values = (0..<rows * inputs).map { _ in extreme ? 255 : UInt8(truncatingIfNeeded: random.next()) }
      let expected = (0..<rows).map { row in
        (0..<outputs).map { output in
          (0..<inputs).reduce(Int32(0)) {
            $0 + Int32(values[row * inputs + $1]) * Int32(weights.items[output * inputs + $1])
          }
        }
      }
      for kernel in Kernel.available { #expect(weights.products(kernel, values) == expected, "\(kernel)") }
    }
  }

  @Test(arguments: sizes.filter { $0.inputs % 16 == 0 } + [(19, 384, 70)], [false, true])
  func layersGiveTheSameBytesWithAllKernels(_ size: (rows: Int, inputs: Int, outputs: Int), gelu: Bool) {
    var random = TestRandom(seed: UInt64(size.rows + size.inputs + size.outputs))
    let weights = Weights(size.inputs, size.outputs, &random)
    defer { weights.free() }
    let floats = (0..<size.rows * size.inputs).map { _ in 3 * random.float() + 0.5 }
    let rows = QuantizedRows(quantizing: floats, width: size.inputs, kernel: .portable)
    let expected = weights.results(.portable, rows, gelu: gelu)
    for kernel in Kernel.available {
      #expect(QuantizedRows(quantizing: floats, width: size.inputs, kernel: kernel) == rows, "\(kernel)")
      #expect(weights.results(kernel, rows, gelu: gelu) == expected, "\(kernel)")
    }
    for row in 0..<size.rows {
      let x = rows.floats(row).map(Double.init)
      for output in 0..<size.outputs {
        var y = (0..<size.inputs).reduce(0) { $0 + x[$1] * Double(weights.items[output * size.inputs + $1]) }
        y = y * Double(weights.scale[output]) + Double(weights.bias[output])
        if gelu { y = ModelReference.gelu(y) }
        #expect(abs(y - Double(expected[row * size.outputs + output])) < 1e-5 * max(3, abs(y)))
      }
    }
  }

  @Test func quantisedRowsAreWithinHalfAStep() {
    var random = TestRandom(seed: 3)
    for range: Float in [1e-30, 1e-3, 1, 1e6] {
      let floats = (0..<320).map { _ in range * random.float() }
      let rows = QuantizedRows(quantizing: floats, width: 32)
      for row in 0..<rows.count {
        for (x, y) in zip(floats[row * 32..<row * 32 + 32], rows.floats(row)) {
          #expect(abs(x - y) <= 0.501 * rows.step[row])
        }
        #expect(rows.values[row * 32..<row * 32 + 32].min() == 0 && rows.values[row * 32..<row * 32 + 32].max() == 255)
      }
    }
    #expect(
      QuantizedRows(quantizing: [Float](repeating: 4.5, count: 16), width: 16).floats(0)
        == Array(repeating: 4.5, count: 16))
  }

  @Test func numbersWithoutMeaningDoNoHarm() {
    for bad: Float in [.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
      var floats = [Float](repeating: 1, count: 64)
      floats[5] = bad
      floats[40] = -bad
      for kernel in Kernel.available {
        #expect(QuantizedRows(quantizing: floats, width: 64, kernel: kernel).count == 1)
        #expect(DotProducts.of(floats, floats, width: 32, kernel: kernel).count == 4)
      }
    }
  }

  @Test func dotProductsAreThoseOfPlainArithmetic() {
    var random = TestRandom(seed: 4)
    let left = (0..<5 * 48).map { _ in random.float() }, right = (0..<3 * 48).map { _ in random.float() }
    let expected = DotProducts.of(left, right, width: 48, kernel: .portable)
    for kernel in Kernel.available { #expect(DotProducts.of(left, right, width: 48, kernel: kernel) == expected) }
    for l in 0..<5 {
      for r in 0..<3 {
        let exact = (0..<48).reduce(0.0) { $0 + Double(left[l * 48 + $1]) * Double(right[r * 48 + $1]) }
        #expect(abs(exact - Double(expected[l * 3 + r])) < 1e-5)
      }
    }
    #expect(DotProducts.of([], right, width: 48, kernel: .portable).isEmpty)
  }
}

extension Kernel {
  /// The kernel as the C functions know it.
  var c: VouchKernel { VouchKernel(rawValue: rawValue) }
}
