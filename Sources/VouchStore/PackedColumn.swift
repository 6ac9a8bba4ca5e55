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
  private let minimum: UInt64
  private let width: Int
  private let file: MappedFile
  private let chunks: VerifiedChunks?
  /// Offset of the packed layout's words; of the blocked layout's headers.
  private let start: Int
  /// Offset and number of the words.
  private let words: Int
  private let wordCount: Int

  /// Opens a section; its length must be just what its count and width need.
  ///
  /// - Parameter chunks: Verifies the bytes when they are read; `nil` if they are verified.
  init(_ section: Section, _ file: MappedFile, _ entry: FileLayout.Entry, _ chunks: VerifiedChunks? = nil)
    throws(Corruption)
  {
    self.section = section
    self.file = file
    self.chunks = chunks
    count = entry.count
    isBlocked = entry.codec == .blocked
    guard count >= 0, count <= 1 << 40 else { throw Corruption(section, "the column holds too many values") }
    if isBlocked {
      let blocks = (count + Self.blockSize - 1) >> Self.blockShift
      start = entry.offset
      minimum = 0
      width = 0
      words = entry.offset + blocks * Self.headerSize
      guard entry.length >= blocks * Self.headerSize, entry.length % 8 == 0 else {
        throw Corruption(section, "the column's blocks need more than its \(entry.length) bytes")
      }
      wordCount = (entry.length - blocks * Self.headerSize) / 8
      return
    }
    guard entry.length >= Self.headerSize else { throw Corruption(section, "the column has no header") }
    start = entry.offset + Self.headerSize
    words = start
    wordCount = (entry.length - Self.headerSize) / 8
    try chunks?.verify(entry.offset)
    minimum = file.u64(entry.offset)
    width = Int(file.u32(entry.offset + 8))
    guard width <= 64, entry.length == Self.headerSize + (count * width + 63) / 64 * 8 else {
      throw Corruption(
        section, "the column's length is \(entry.length) bytes, not what \(count) values of \(width) bits need")
    }
  }

  /// The value at `index`.
  ///
  /// - Throws: `Corruption` for an index outside the column: it came from another column of the file.
  func value(_ index: Int) throws(Corruption) -> Int {
    let value = try bits(index)
    guard value <= UInt64(Int.max) else { throw Corruption(section, "value \(index) is out of range") }
    return Int(value)
  }

  /// The value at `index` as 64 bits, for hashes.
  ///
  /// - Throws: `Corruption` as `value(_:)` does.
  @inline(__always)
  func bits(_ index: Int) throws(Corruption) -> UInt64 {
    guard index >= 0, index < count else { throw Corruption(section, "no value has the number \(index)") }
    guard isBlocked else { return try unpack(minimum, width, word: 0, number: index, index) }
    let header = start + (index >> Self.blockShift) * Self.headerSize
    try chunks?.verify(header)
    let place = file.u64(header + 8)
    let word = place >> 8
    guard place & 0xFF <= 64, word <= UInt64(wordCount) else { throw Corruption(section, "a block lies outside it") }
    return try unpack(
      file.u64(header), Int(place & 0xFF), word: Int(word), number: index & (Self.blockSize - 1), index)
  }

  @inline(__always)
  private func unpack(_ minimum: UInt64, _ width: Int, word first: Int, number: Int, _ index: Int) throws(Corruption)
    -> UInt64
  {
    guard width > 0 else { return minimum }
    let bit = number * width
    let word = first + bit / 64
    let shift = bit % 64
    let isSplit = shift + width > 64
    guard word + (isSplit ? 1 : 0) < wordCount else { throw Corruption(section, "value \(index) lies outside it") }
    let place = words + word * 8
    try chunks?.verify(place)
    var value = file.u64(place) >> UInt64(shift)
    if isSplit {
      try chunks?.verify(place + 8)
      value |= file.u64(place + 8) << UInt64(64 - shift)
    }
    if width < 64 { value &= (1 << UInt64(width)) - 1 }
    let (sum, overflow) = value.addingReportingOverflow(minimum)
    guard !overflow else { throw Corruption(section, "value \(index) is out of range") }
    return sum
  }

  /// Adds the values of a range to an array, as `value(_:)` gives them, with the work for a block done once.
  ///
  /// - Throws: `Corruption` as `value(_:)` does, and for values of more than 32 bits.
  func append(_ range: Range<Int>, to values: inout [UInt32]) throws(Corruption) {
    guard range.lowerBound >= 0, range.upperBound <= count else {
      throw Corruption(section, "no value has the number \(range.upperBound - 1)")
    }
    values.reserveCapacity(values.count + range.count)
    var index = range.lowerBound
    while index < range.upperBound {
      // So few values at once that they lie in at most two chunks, those of the first and of the last.
      var (low, bits, first, number, end) = (minimum, width, 0, index, min(range.upperBound, index + 1024))
      if isBlocked {
        let block = index >> Self.blockShift
        let header = start + block * Self.headerSize
        try chunks?.verify(header)
        let place = file.u64(header + 8)
        guard place & 0xFF <= 64, place >> 8 <= UInt64(wordCount) else {
          throw Corruption(section, "a block lies outside it")
        }
        (low, bits, first) = (file.u64(header), Int(place & 0xFF), Int(place >> 8))
        number = index - (block << Self.blockShift)
        end = min(end, (block + 1) << Self.blockShift)
      }
      // The last value of the block is read with all checks; then so is none before it outside.
      guard try unpack(low, bits, word: first, number: number + end - 1 - index, end - 1) <= UInt64(UInt32.max),
        low <= UInt64(UInt32.max), bits <= 32
      else { throw Corruption(section, "value \(end - 1) is out of range") }
      if bits > 0 { try chunks?.verify(words + (first + number * bits / 64) * 8) }
      let mask: UInt64 = bits == 0 ? 0 : .max >> UInt64(64 - bits)
      for bit in stride(from: number * bits, to: (number + end - index) * bits, by: max(bits, 1)) {
        let offset = words + (first + bit / 64) * 8
        let shift = UInt64(bit % 64)
        var value = file.u64(offset) >> shift
        if Int(shift) + bits > 64 { value |= file.u64(offset + 8) << (64 - shift) }
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
