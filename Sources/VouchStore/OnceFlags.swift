internal import Glibc
internal import Synchronization

/// Remembers, for any number of threads, which of many things were done.
///
/// Making one takes the same time whatever the number, as the system gives memory that is zero when it is touched.
@safe final class OnceFlags: @unchecked Sendable {
  private let count: Int
  private let flags: UnsafeMutablePointer<Atomic<UInt8>>?

  init(_ count: Int) {
    self.count = count
    unsafe flags = calloc(max(1, count), 1)?.bindMemory(to: Atomic<UInt8>.self, capacity: max(1, count))
  }

  deinit { unsafe free(flags) }

  /// Whether thing `index` was done; `false` for one that does not exist.
  @inline(__always)
  func isSet(_ index: Int) -> Bool {
    guard index >= 0, index < count, let flags = unsafe flags else { return false }
    return unsafe flags[index].load(ordering: .relaxed) == 1
  }

  /// Remembers that thing `index` was done.
  func set(_ index: Int) {
    guard index >= 0, index < count, let flags = unsafe flags else { return }
    unsafe flags[index].store(1, ordering: .relaxed)
  }
}
