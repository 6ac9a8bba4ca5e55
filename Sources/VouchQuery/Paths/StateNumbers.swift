internal import Glibc

/// A number for each state of a search, 0 at first.
///
/// Pages of memory that no search touches are never made, so that making one costs nothing in a large graph. Every access
/// is checked.
@safe final class StateNumbers<Number: FixedWidthInteger & BitwiseCopyable> {
  let count: Int
  private let base: UnsafeMutablePointer<Number>

  init(count: Int) {
    self.count = count
    guard let memory = unsafe calloc(max(count, 1), MemoryLayout<Number>.stride) else {
      preconditionFailure("out of memory")
    }
    unsafe base = memory.bindMemory(to: Number.self, capacity: max(count, 1))
  }

  deinit { unsafe free(base) }

  @inline(__always)
  subscript(_ state: Int) -> Number {
    get {
      precondition(state >= 0 && state < count)
      return unsafe base[state]
    }
    set {
      precondition(state >= 0 && state < count)
      unsafe base[state] = newValue
    }
  }

  /// Makes all numbers 0 again.
  func clear() { unsafe base.update(repeating: 0, count: count) }
}
