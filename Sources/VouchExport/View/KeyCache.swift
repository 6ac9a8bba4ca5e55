internal import VouchCore

/// The keys of the nodes asked for last, each in one line of the processor's cache, as edges name nodes in no order.
@safe final class KeyCache {
  private static let mostSlots = 1 << 17
  private static let slotSize = 64
  /// Bytes before the key: the node's number plus one, and the key's length.
  private static let headSize = 5

  private let slotCount: Int
  private let slots: UnsafeMutableRawPointer

  /// - Parameter count: Number of nodes.
  init(count: Int) {
    slotCount = max(1, min(Self.mostSlots, count))
    unsafe slots = .allocate(byteCount: slotCount * Self.slotSize, alignment: Self.slotSize)
    for slot in 0..<slotCount { unsafe slots.storeBytes(of: 0, toByteOffset: slot * Self.slotSize, as: UInt32.self) }
  }

  deinit { unsafe slots.deallocate() }

  /// Adds the key of node `number` to some bytes.
  ///
  /// - Parameter make: Gives the key if it is not kept; a long key is never.
  func append<Failure: Error>(_ number: UInt32, to bytes: inout [UInt8], make: () throws(Failure) -> String)
    throws(Failure)
  {
    let slot = unsafe slots + Int(number) % slotCount * Self.slotSize
    if unsafe slot.load(as: UInt32.self) == number &+ 1 {
      let length = unsafe Int(slot.load(fromByteOffset: 4, as: UInt8.self))
      return unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: slot + Self.headSize, count: length))
    }
    let key = try make()
    bytes.append(contentsOf: key.utf8)
    let length = key.utf8.count
    guard length <= Self.slotSize - Self.headSize else { return }
    unsafe slot.storeBytes(of: number &+ 1, as: UInt32.self)
    unsafe slot.storeBytes(of: UInt8(length), toByteOffset: 4, as: UInt8.self)
    for (place, byte) in key.utf8.enumerated() {
      unsafe slot.storeBytes(of: byte, toByteOffset: Self.headSize + place, as: UInt8.self)
    }
  }
}
