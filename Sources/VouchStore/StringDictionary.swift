internal import VouchCore

/// The graph's strings: distinct, ascending by bytes, front-coded in blocks of sixteen.
///
/// A block holds its first string whole (length, bytes) and for each other one the number of bytes it shares with the
/// string before it, the number of bytes that follow, and those bytes; all numbers are varints. An index column
/// holds where each block starts.
struct StringDictionary: Sendable {
  let count: Int
  private let file: MappedFile
  private let offset: Int
  private let length: Int
  private let index: PackedColumn
  private let chunks: VerifiedChunks?

  init(_ file: MappedFile, _ entry: FileLayout.Entry, index: PackedColumn, _ chunks: VerifiedChunks? = nil)
    throws(Corruption)
  {
    let count = entry.count
    guard count >= 0, count <= entry.length,
      index.count == (count + Format.stringsPerBlock - 1) / Format.stringsPerBlock
    else {
      throw Corruption(.stringIndex, "\(index.count) blocks cannot hold \(count) strings")
    }
    self.file = file
    offset = entry.offset
    length = entry.length
    self.count = count
    self.index = index
    self.chunks = chunks
  }

  /// String number `id`.
  ///
  /// - Complexity: O(16 + length).
  func string(_ id: Int) throws(Corruption) -> String {
    guard id >= 0, id < count else { throw Corruption(.stringBlocks, "no string has the number \(id)") }
    var position = try index.value(id / Format.stringsPerBlock)
    let last = id % Format.stringsPerBlock
    // Of each string up to this one, how many bytes it shares and where those lie that it adds.
    var steps = [16 of (shared: Int, added: Int)](repeating: (0, 0))
    var count = 0
    for step in 0...last {
      let shared = step == 0 ? 0 : try varint(&position)
      let added = try varint(&position)
      guard shared <= count, added <= length - position else {
        throw Corruption(.stringBlocks, "string \(id) runs past its section")
      }
      try chunks?.verify(offset + position, added)
      steps[step] = (shared, position)
      position += added
      count = shared + added
    }
    return unsafe String(unsafeUninitializedCapacity: count) { bytes in
      // The string's end is its own; what comes before is the end of what it shares with the last that has more of it.
      var end = count
      for step in (0...last).reversed() where steps[step].shared < end {
        let (shared, added) = steps[step]
        unsafe file.copy(offset + added, to: UnsafeMutableBufferPointer(rebasing: bytes[shared..<end]))
        end = shared
      }
      return count
    }
  }

  /// Makes the bytes of one string of a block those of the next.
  private func read(_ step: Int, _ position: inout Int, _ bytes: inout [UInt8]) throws(Corruption) {
    let shared = step == 0 ? 0 : try varint(&position)
    let added = try varint(&position)
    guard shared <= bytes.count, added <= length - position else {
      throw Corruption(.stringBlocks, "a string runs past its section")
    }
    try chunks?.verify(offset + position, added)
    bytes.removeSubrange(shared...)
    file.append(offset + position, added, to: &bytes)
    position += added
  }

  /// The number of a string; `nil` if the graph does not hold it.
  ///
  /// - Complexity: O(log n).
  func find(_ string: String) throws(Corruption) -> Int? {
    let id = try lowerBound(string)
    guard id < count, try self.string(id).utf8.elementsEqual(string.utf8) else { return nil }
    return id
  }

  /// The number of the first string that is not below `string` by bytes.
  ///
  /// - Complexity: O(log n): the blocks are bisected by their first strings, and one of them is read.
  func lowerBound(_ string: String) throws(Corruption) -> Int {
    let wanted = Array(string.utf8)
    var bytes: [UInt8] = []
    var low = 0
    var high = index.count
    while low < high {
      let middle = (low + high) / 2
      var position = try index.value(middle)
      try read(0, &position, &bytes)
      if bytes.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    // In the block before, the first string is below; those behind it may be.
    let first = (low - 1) * Format.stringsPerBlock
    var position = try index.value(low - 1)
    for id in first..<min(first + Format.stringsPerBlock, count) {
      try read(id - first, &position, &bytes)
      if !bytes.lexicographicallyPrecedes(wanted) { return id }
    }
    return min(first + Format.stringsPerBlock, count)
  }

  private func varint(_ position: inout Int) throws(Corruption) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard position < length else { break }
      try chunks?.verify(offset + position)
      let byte = file.byte(offset + position)
      position += 1
      value |= Int(byte & 0x7F) << shift
      if byte & 0x80 == 0 { return value }
    }
    throw Corruption(.stringBlocks, "a length runs past the section")
  }

  /// Encodes strings, as bytes, that ascend.
  static func encode(_ strings: [[UInt8]]) -> (blocks: [UInt8], index: [UInt64]) {
    var writer = ByteWriter()
    var index: [UInt64] = []
    var previous: [UInt8] = []
    for (number, bytes) in strings.enumerated() {
      var shared = 0
      if number % Format.stringsPerBlock == 0 {
        index.append(UInt64(writer.count))
      } else {
        while shared < min(bytes.count, previous.count), bytes[shared] == previous[shared] { shared += 1 }
        writer.varint(shared)
      }
      writer.varint(bytes.count - shared)
      writer.raw(bytes[shared...])
      previous = bytes
    }
    return (writer.bytes, index)
  }
}
