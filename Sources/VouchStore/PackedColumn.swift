internal import Synchronization

/// A column of unsigned integers in few bits each.
///
/// Two layouts, of which a writer takes the shorter one. *Packed*: minimum (u64), width in bits (u32, 0 ... 64), zero (u32), then
/// words (u64); value i occupies the bits from i × width on, lowest bit first. *Blocked*: for each 128 values a minimum (u64) and
/// a u64 of width (lowest 8 bits) and number of the first word; then the words.
final class PackedColumn: Sendable {
  private static let headerSize = 16
  private static let blockShift = 7
  private static let blockSize = 1 << blockShift

  let count: Int
  private let section: Section
  private let isBlocked: Bool
  private let chunks: VerifiedChunks?
  /// The header of the packed layout, those of the blocked layout's blocks; two words each.
  private let heads: MappedWords
  private let words: MappedWords
  /// Where the section starts and how long it is, and where its words start.
  private let offset, length, wordsOffset: Int
  /// Whether all chunks of the section were verified, so that they need not be asked for one by one.
  private let isWhole: Atomic<Bool>
  /// Minimum and width of the packed layout; the width is negative until they were read.
  private let minimum = Atomic<UInt64>(0)
  private let width = Atomic<Int>(-1)

  /// Opens a section without reading it: what is wrong with it is found when it is first read.
  ///
  /// - Parameter chunks: Verifies the bytes when they are read; `nil` if they are verified.
  init(_ section: Section, _ file: MappedFile, _ entry: FileLayout.Entry, _ chunks: VerifiedChunks? = nil)
    throws(Corruption)
  {
    self.section = section
    self.chunks = chunks
    isWhole = Atomic(chunks == nil)
    offset = entry.offset
    length = entry.length
    count = entry.count
    isBlocked = entry.codec == .blocked
    guard count >= 0, count <= 1 << 40 else { throw Corruption(section, "the column holds too many values") }
    let headCount = isBlocked ? (count + Self.blockSize - 1) >> Self.blockShift : 1
    guard length >= headCount * Self.headerSize, length % 8 == 0 else {
      throw Corruption(section, "the column needs more than its \(length) bytes")
    }
    wordsOffset = offset + headCount * Self.headerSize
    heads = file.words(offset, count: 2 * headCount)
    words = file.words(wordsOffset, count: (length - headCount * Self.headerSize) / 8)
  }

  /// Makes sure that the header of the packed layout fits the length and the number of values.
  func checkHeader() throws(Corruption) { if !isBlocked { _ = try readHeader() } }

  @inline(never)
  private func readHeader() throws(Corruption) -> (minimum: UInt64, width: Int) {
    try verify(offset)
    let width = Int(heads[1] & 0xFFFF_FFFF)
    guard width <= 64, length == Self.headerSize + (count * width + 63) / 64 * 8 else {
      throw Corruption(
        section, "the column's length is \(length) bytes, not what \(count) values of \(width) bits need")
    }
    minimum.store(heads[0], ordering: .relaxed)
    self.width.store(width, ordering: .releasing)
    return (heads[0], width)
  }

  @inline(__always)
  private func header() throws(Corruption) -> (minimum: UInt64, width: Int) {
    let width = width.load(ordering: .acquiring)
    return width < 0 ? try readHeader() : (minimum.load(ordering: .relaxed), width)
  }

  /// Makes sure that the chunk with the byte at `place` is whole.
  @inline(__always)
  private func verify(_ place: Int) throws(Corruption) {
    if isWhole.load(ordering: .relaxed) { return }
    guard let chunks, try chunks.verify(place) else { return }
    if chunks.areVerified(offset, length) { isWhole.store(true, ordering: .relaxed) }
  }

  /// The value at `index`.
  ///
  /// - Throws: `Corruption` for an index outside the column: it came from another column of the file.
  func value(_ index: Int) throws(Corruption) -> Int {
    let value = try bits(index)
    guard value <= UInt64(Int.max) else { throw outOfRange(index) }
    return Int(value)
  }

  /// The value at `index` as 64 bits, for hashes.
  ///
  /// - Throws: `Corruption` as `value(_:)` does.
  @inline(__always)
  func bits(_ index: Int) throws(Corruption) -> UInt64 {
    guard UInt(bitPattern: index) < UInt(bitPattern: count) else { throw noValue(index) }
    guard isBlocked else {
      let (minimum, width) = try header()
      return try unpack(minimum, width, word: 0, number: index, index)
    }
    let (low, width, word) = try block(index >> Self.blockShift)
    return try unpack(low, width, word: word, number: index & (Self.blockSize - 1), index)
  }

  /// Minimum, width and first word of a block of the blocked layout.
  @inline(__always)
  private func block(_ block: Int) throws(Corruption) -> (low: UInt64, width: Int, word: Int) {
    try verify(offset + block * Self.headerSize)
    let place = heads[2 * block + 1]
    guard place & 0xFF <= 64 else { throw outOfRange(block << Self.blockShift) }
    return (heads[2 * block], Int(place & 0xFF), Int(place >> 8))
  }

  @inline(__always)
  private func unpack(_ minimum: UInt64, _ width: Int, word first: Int, number: Int, _ index: Int) throws(Corruption)
    -> UInt64
  {
    guard width > 0 else { return minimum }
    let bit = number &* width
    let word = first &+ bit >> 6
    let shift = UInt64(truncatingIfNeeded: bit & 63)
    let isSplit = bit & 63 &+ width > 64
    guard word &+ (isSplit ? 1 : 0) < words.count else { throw outOfRange(index) }
    try verify(wordsOffset &+ word &* 8)
    var value = words[word] &>> shift
    if isSplit {
      try verify(wordsOffset &+ word &* 8 &+ 8)
      value |= words[word &+ 1] &<< (64 &- shift)
    }
    value &= UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- width)
    let (sum, overflow) = value.addingReportingOverflow(minimum)
    guard !overflow else { throw outOfRange(index) }
    return sum
  }

  @inline(never)
  private func outOfRange(_ index: Int) -> Corruption {
    Corruption(section, "value \(index) is out of range, or lies outside the column")
  }

  @inline(never)
  private func noValue(_ index: Int) -> Corruption { Corruption(section, "no value has the number \(index)") }

  /// Adds the values of a range to an array, as `value(_:)` gives them, with the work for a block done once.
  ///
  /// - Throws: `Corruption` as `value(_:)` does, and for values of more than 32 bits.
  func append(_ range: Range<Int>, to values: inout [UInt32]) throws(Corruption) {
    guard range.lowerBound >= 0, range.upperBound <= count else { throw noValue(range.upperBound - 1) }
    values.reserveCapacity(values.count + range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      // So few values at once that they lie in at most two chunks, those of the first and of the last.
      var (low, bits, first) = (UInt64(0), 0, 0)
      var number = index
      var end = min(range.upperBound, index + 1024)
      if isBlocked {
        let block = index >> Self.blockShift
        (low, bits, first) = try self.block(block)
        number = index - (block << Self.blockShift)
        end = min(end, (block + 1) << Self.blockShift)
      } else {
        (low, bits) = try header()
      }
      // The last value of the block is read with all checks; then so is none before it outside.
      guard try unpack(low, bits, word: first, number: number + end - 1 - index, end - 1) <= UInt64(UInt32.max),
        low <= UInt64(UInt32.max), bits <= 32
      else { throw outOfRange(end - 1) }
      if bits > 0 { try verify(wordsOffset + (first + number * bits / 64) * 8) }
      let mask: UInt64 = bits == 0 ? 0 : .max >> UInt64(64 - bits)
      for bit in stride(from: number * bits, to: (number + end - index) * bits, by: max(bits, 1)) {
        let word = first + bit / 64
        let shift = UInt64(bit % 64)
        var value = words[word] >> shift
        if Int(shift) + bits > 64 { value |= words[word + 1] << (64 - shift) }
        values.append(UInt32(clamping: low + (value & mask)))
      }
      if bits == 0 { for _ in index..<end { values.append(UInt32(clamping: low)) } }
      index = end
    }
  }

  /// The range from this value to the next, as of a column of starts; it must end at or before `limit`.
  func range(_ index: Int, limit: Int) throws(Corruption) -> Range<Int> {
    try range(index, to: index + 1, limit: limit)
  }

  /// The range from one value to another; it must end at or before `limit`.
  func range(_ first: Int, to last: Int, limit: Int) throws(Corruption) -> Range<Int> {
    let start = try value(first)
    let end = try value(last)
    guard start <= end, end <= limit else { throw Corruption(section, "range \(first) is \(start) to \(end)") }
    return start..<end
  }

  // MARK: Encoding

  /// Encodes a column in the shorter of the two layouts; the packed one if they are equally long.
  static func encode(_ values: [UInt64]) -> (bytes: [UInt8], codec: Section.Codec) {
    let (low, width) = bounds(values[...])
    let packedWords = (values.count * width + 63) / 64
    var blocks: [(low: UInt64, width: Int)] = []
    var blockedWords = 0
    for start in stride(from: 0, to: values.count, by: blockSize) {
      let block = bounds(values[start..<min(start + blockSize, values.count)])
      blocks.append(block)
      blockedWords += (min(blockSize, values.count - start) * block.width + 63) / 64
    }
    var writer = ByteWriter()
    guard !values.isEmpty, headerSize + packedWords * 8 > blocks.count * headerSize + blockedWords * 8 else {
      writer.reserve(headerSize + packedWords * 8)
      writer.u64(low)
      writer.u32(UInt32(width))
      writer.u32(0)
      pack(values[...], low, width, &writer)
      return (writer.bytes, .packed)
    }
    writer.reserve(blocks.count * headerSize + blockedWords * 8)
    var word = 0
    for (number, block) in blocks.enumerated() {
      writer.u64(block.low)
      writer.u64(UInt64(word) << 8 | UInt64(block.width))
      word += (min(blockSize, values.count - number * blockSize) * block.width + 63) / 64
    }
    for (number, block) in blocks.enumerated() {
      let start = number * blockSize
      pack(values[start..<min(start + blockSize, values.count)], block.low, block.width, &writer)
    }
    return (writer.bytes, .blocked)
  }

  private static func bounds(_ values: ArraySlice<UInt64>) -> (low: UInt64, width: Int) {
    var low = UInt64.max
    var high = UInt64.min
    for value in values {
      low = min(low, value)
      high = max(high, value)
    }
    return values.isEmpty ? (0, 0) : (low, 64 - (high - low).leadingZeroBitCount)
  }

  private static func pack(_ values: ArraySlice<UInt64>, _ low: UInt64, _ width: Int, _ writer: inout ByteWriter) {
    guard width > 0 else { return }
    var word: UInt64 = 0
    var filled = 0
    for value in values {
      let offset = value - low
      word |= offset << UInt64(filled)
      filled += width
      if filled >= 64 {
        writer.u64(word)
        filled -= 64
        word = filled > 0 ? offset >> UInt64(width - filled) : 0
      }
    }
    if filled > 0 { writer.u64(word) }
  }
}
