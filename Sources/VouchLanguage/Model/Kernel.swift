internal import CVouchKernels

/// A set of processor instructions that the language model's arithmetic is written for.
///
/// All give the same bytes; they differ in speed.
package enum Kernel: UInt32, CaseIterable, Sendable {
  /// Plain C.
  case portable = 0
  /// AVX2 with fused multiply-adds.
  case avx2 = 1
  /// AVX2 with byte products on 256 bits.
  case avxVNNI = 2
  /// AVX-512 with byte products.
  case avx512 = 3
  /// AVX-512 with tiles of bytes.
  case amx = 4

  /// Those that this machine can run, slowest first.
  package static let available: [Kernel] = allCases.filter { vouch_kernel_is_available($0.value) != 0 }
  /// The fastest that this machine can run.
  package static let best: Kernel = available.last ?? .portable

  /// Short name, such as `avx512`.
  package var name: String { unsafe String(cString: vouch_kernel_name(value)) }

  var value: VouchKernel { VouchKernel(rawValue: rawValue) }
}
