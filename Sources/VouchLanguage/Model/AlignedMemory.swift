/// Memory that starts at a multiple of 64 bytes, as the kernels want it; freed with the object.
///
/// The contents are undefined until they are written. Sendable because owners that share it only read it.
@safe
final class AlignedMemory: @unchecked Sendable {
  let start: UnsafeMutableRawPointer
  let count: Int

  init(byteCount: Int) {
    count = byteCount
    unsafe start = .allocate(byteCount: max(byteCount, 1), alignment: 64)
  }

  deinit { unsafe start.deallocate() }

  /// A number of bytes rounded up so that what follows is aligned again.
  static func padded(_ bytes: Int) -> Int { (bytes + 63) / 64 * 64 }

  /// The memory at an offset in bytes, as items of a type.
  func items<Item: BitwiseCopyable>(_ type: Item.Type = Item.self, at offset: Int = 0) -> UnsafeMutablePointer<Item> {
    unsafe (start + offset).assumingMemoryBound(to: type)
  }
}
