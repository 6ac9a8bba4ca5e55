/// A column of unsigned integers, all stored with the same number of bits above a common minimum.
///
/// Layout: minimum (u64), width in bits (u32, 0 ... 64), zero (u32), then u64 words; value i occupies the bits
/// from i × width on, lowest bit first.
struct PackedColumn: Sendable {
  private static let headerSize = 16

  let count: Int
  private let section: Section
  private let minimum: UInt64
  private let width: Int
  private let file: MappedFile
  private let words: Int

  /// Opens a section; its length must be just what its count and width need.
  init(_ section: Section, _ file: MappedFile, offset: Int, length: Int, count: Int) throws(Corruption) {
    guard length >= Self.headerSize else { throw Corruption(section, "the column has no header") }
    minimum = file.u64(offset)
    width = Int(file.u32(offset + 8))
    guard width <= 64 else { throw Corruption(section, "the column's width is \(width) bits; at most 64 are possible") }
    let (bits, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, bits <= Int.max - 63, length == Self.headerSize + (bits + 63) / 64 * 8 else {
      throw Corruption(
        section, "the column's length is \(length) bytes, not what \(count) values of \(width) bits need")
    }
    self.section = section
    self.count = count
    self.file = file
    words = offset + Self.headerSize
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
  func bits(_ index: Int) throws(Corruption) -> UInt64 {
    guard index >= 0, index < count else { throw Corruption(section, "no value has the number \(index)") }
    guard width > 0 else { return minimum }
    let bit = index * width
    let word = words + bit / 64 * 8
    let shift = bit % 64
    var value = file.u64(word) >> UInt64(shift)
    if shift + width > 64 { value |= file.u64(word + 8) << UInt64(64 - shift) }
    if width < 64 { value &= (1 << UInt64(width)) - 1 }
    let (sum, overflow) = value.addingReportingOverflow(minimum)
    guard !overflow else { throw Corruption(section, "value \(index) is out of range") }
    return sum
  }

  /// The range from this value to the next, as of a column of starts; it must end at or before `limit`.
  func range(_ index: Int, limit: Int) throws(Corruption) -> Range<Int> {
    let start = try value(index)
    let end = try value(index + 1)
    guard start <= end, end <= limit else { throw Corruption(section, "range \(index) is \(start) to \(end)") }
    return start..<end
  }

  /// Encodes a column.
  static func encode(_ values: [UInt64]) -> [UInt8] {
    let low = values.min() ?? 0
    let high = values.max() ?? 0
    let width = 64 - (high - low).leadingZeroBitCount
    var writer = ByteWriter()
    writer.u64(low)
    writer.u32(UInt32(width))
    writer.u32(0)
    guard width > 0 else { return writer.bytes }
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
    return writer.bytes
  }
}
