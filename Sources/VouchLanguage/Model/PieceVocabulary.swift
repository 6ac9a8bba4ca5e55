internal import VouchCore

/// The pieces of words that a model knows, found by their UTF-8.
struct PieceVocabulary: Sendable {
  static let unknown: Int32 = 100
  static let start: Int32 = 101
  static let end: Int32 = 102
  /// Most pieces.
  static let mostPieces = 1 << 20

  private let bytes: [UInt8]
  /// Where each piece starts in `bytes`, and after the last.
  private let starts: [Int]
  /// Ids by hash, -1 where none is; a power of two of them, at most half of which are taken.
  private let slots: [Int32]
  /// Bytes of the longest piece.
  let longest: Int

  /// Number of pieces.
  var count: Int { starts.count - 1 }

  /// Reads pieces that are joined by line feeds.
  ///
  /// - Throws: `model.damaged` for too few, too many, or a piece that is there twice.
  /// - Complexity: O(n).
  init(_ tensors: ModelTensors) throws(Diagnostic) {
    let name = "text.vocabulary"
    bytes = try tensors.bytes(name)
    var starts = [0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    starts.append(bytes.count + 1)
    self.starts = starts
    let count = starts.count - 1
    guard count > Int(Self.end), count <= Self.mostPieces else {
      throw tensors.damage(name, "of \(count) pieces; expected more than \(Self.end) and at most \(Self.mostPieces)")
    }
    var size = 4
    while size < 2 * count { size *= 2 }
    var slots = [Int32](repeating: -1, count: size)
    var longest = 0
    for id in 0..<count {
      let piece = starts[id]..<starts[id + 1] - 1
      longest = max(longest, piece.count)
      var hash = Self.seed
      for byte in bytes[piece] { hash = Self.step(hash, byte) }
      var slot = Self.slot(hash, size)
      while slots[slot] >= 0 {
        let other = Int(slots[slot])
        guard bytes[piece] != bytes[starts[other]..<starts[other + 1] - 1] else {
          throw tensors.damage(name, "with the same piece as numbers \(other) and \(id)")
        }
        slot = (slot + 1) & (size - 1)
      }
      slots[slot] = Int32(id)
    }
    self.slots = slots
    self.longest = longest
  }

  /// The piece that consists of `prefix` and a part of `text`, whose running hash is `hash`.
  func id(_ hash: UInt32, prefix: [UInt8], _ text: ArraySlice<UInt8>) -> Int32? {
    var slot = Self.slot(hash, slots.count)
    while slots[slot] >= 0 {
      let id = Int(slots[slot])
      let piece = bytes[starts[id]..<starts[id + 1] - 1]
      if piece.count == prefix.count + text.count, piece.starts(with: prefix),
        piece.dropFirst(prefix.count).elementsEqual(text)
      {
        return slots[slot]
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// FNV-1a.
  static let seed: UInt32 = 0x811C_9DC5
  static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 0x0100_0193 }
  private static func slot(_ hash: UInt32, _ size: Int) -> Int { Int(hash ^ hash >> 15) & (size - 1) }
}
