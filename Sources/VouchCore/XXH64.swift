/// The XXH64 hash, seed 0: checksums of stored sections, identities of texts.
///
/// Not meant to resist forgery.
///
/// Source: Yann Collet, "xxHash fast digest algorithm", specification 0.1.1.
public struct XXH64: Sendable {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  /// Hashes a collection of bytes.
  ///
  /// - Complexity: O(n).
  public static func hash(_ bytes: some Collection<UInt8>) -> UInt64 {
    if let hash = bytes.withContiguousStorageIfAvailable({ unsafe hash(UnsafeRawBufferPointer($0).bytes) }) {
      return hash
    }
    let copy = Array(bytes)
    return unsafe hash(copy.span.bytes)
  }

  /// Hashes raw bytes.
  public static func hash(_ data: RawSpan) -> UInt64 {
    let count = data.byteCount
    var offset = 0
    var accumulator: UInt64
    if count >= 32 {
      var lanes = SIMD4<UInt64>(prime1 &+ prime2, prime2, 0, 0 &- prime1)
      while offset + 32 <= count {
        for lane in 0..<4 { lanes[lane] = round(lanes[lane], load64(data, offset + lane * 8)) }
        offset += 32
      }
      accumulator = rotate(lanes[0], 1) &+ rotate(lanes[1], 7) &+ rotate(lanes[2], 12) &+ rotate(lanes[3], 18)
      for lane in 0..<4 { accumulator = (accumulator ^ round(0, lanes[lane])) &* prime1 &+ prime4 }
    } else {
      accumulator = prime5
    }
    accumulator &+= UInt64(count)
    while offset + 8 <= count {
      accumulator = rotate(accumulator ^ round(0, load64(data, offset)), 27) &* prime1 &+ prime4
      offset += 8
    }
    if offset + 4 <= count {
      let word = UInt64(UInt32(littleEndian: unsafe data.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt32.self)))
      accumulator = rotate(accumulator ^ (word &* prime1), 23) &* prime2 &+ prime3
      offset += 4
    }
    while offset < count {
      let byte = UInt64(unsafe data.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
      accumulator = rotate(accumulator ^ (byte &* prime5), 11) &* prime1
      offset += 1
    }
    accumulator = (accumulator ^ (accumulator >> 33)) &* prime2
    accumulator = (accumulator ^ (accumulator >> 29)) &* prime3
    return accumulator ^ (accumulator >> 32)
  }

  private static func load64(_ data: RawSpan, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe data.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  private static func round(_ accumulator: UInt64, _ input: UInt64) -> UInt64 {
    rotate(accumulator &+ input &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 { (value << bits) | (value >> (64 - bits)) }
}
