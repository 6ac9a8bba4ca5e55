internal import VouchCore

/// Appends little-endian numbers and bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []

  var count: Int { bytes.count }

  mutating func reserve(_ count: Int) { bytes.reserveCapacity(bytes.count + count) }

  mutating func u32(_ value: UInt32) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }
  mutating func u64(_ value: UInt64) {
    unsafe withUnsafeBytes(of: value.littleEndian) { unsafe bytes.append(contentsOf: $0) }
  }
  mutating func raw(_ data: some Sequence<UInt8>) { bytes.append(contentsOf: data) }
  mutating func pad(to length: Int) {
    if bytes.count < length { bytes.append(contentsOf: repeatElement(0, count: length - bytes.count)) }
  }
  mutating func align(to alignment: Int) { pad(to: Format.aligned(bytes.count, to: alignment)) }

  /// An unsigned integer in groups of seven bits, lowest first, all but the last with the high bit set.
  mutating func varint(_ value: Int) {
    var value = UInt64(value)
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }

  /// Appends the XXH64 of everything from `start` on.
  mutating func hash(from start: Int = 0) { u64(XXH64.hash(bytes[start...])) }
}
