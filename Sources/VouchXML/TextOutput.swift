internal import CLibXML2
internal import Glibc
public import VouchCore

/// Writes one text file through libxml2's writer, with escaping that cannot fail on content.
///
/// Markup is given as literals, content with the escaping of the place where it stands. Characters that XML 1.0 forbids,
/// C1 controls and ill-formed UTF-8 become U+FFFD and are counted. Bytes are handed on in chunks, so memory
/// stays constant. The first failure is kept: every later call throws it again and writes nothing. A closed pipe is such
/// a failure (`EPIPE`) in a process that ignores `SIGPIPE`.
///
/// Several threads may write a file together, each with an output of its own: see `init(sharing:)`.
@safe public struct TextOutput: ~Copyable {
  /// Size of the buffer in bytes; that of an output of parts holds most parts whole until their turn comes.
  private static let chunkSize = 64 << 10
  private static let partSize = 4 << 20

  private let file: TextFile
  private let isXML: Bool
  /// The number of the part that is written; `nil` if the output is the file's only one.
  private var part: Int?
  private let buffer: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  /// `Escaping.firstBytes` of all escapings, one after the other.
  private let firstBytes: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var flushed = 0
  /// Number of characters (or ill-formed sequences) that were replaced by U+FFFD so far.
  public private(set) var replacedCharacters = 0

  /// Opens a file that is written to a descriptor, which stays the caller's to close.
  ///
  /// - Parameter isXML: Whether it begins with an XML declaration.
  /// - Throws: `ErrorNumber` if memory ran out or the document cannot be begun.
  public init(fileDescriptor: Int32, isXML: Bool) throws(ErrorNumber) {
    self.init(unsafe TextFile(vouch_xml_open_descriptor(fileDescriptor)), isXML: isXML, capacity: Self.chunkSize)
    try file.begin(isXML: isXML)
  }

  /// Opens a file that is kept in memory; `finishInMemory()` returns it.
  ///
  /// - Throws: `ErrorNumber` if memory ran out.
  public init(isXML: Bool) throws(ErrorNumber) {
    self.init(unsafe TextFile(vouch_xml_open_memory()), isXML: isXML, capacity: Self.chunkSize)
    try file.begin(isXML: isXML)
  }

  private init(_ file: TextFile, isXML: Bool, capacity: Int) {
    self.file = file
    self.isXML = isXML
    self.capacity = capacity
    unsafe buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    unsafe firstBytes = UnsafeMutablePointer<UInt8>.allocate(capacity: Escaping.allCases.count * 256)
    for escaping in Escaping.allCases {
      for (byte, value) in escaping.firstBytes.enumerated() {
        unsafe firstBytes[escaping.rawValue * 256 + byte] = value
      }
    }
  }

  deinit {
    unsafe buffer.deallocate()
    unsafe firstBytes.deallocate()
  }

  /// Number of bytes written so far, the XML declaration not counted.
  public var byteCount: Int { flushed + count }

  /// The first failure; `nil` as long as all went well.
  public var failure: ErrorNumber? { file.failure }

  /// Hands what is buffered to the file.
  ///
  /// - Throws: The first failure of this output.
  public mutating func flush() throws(ErrorNumber) {
    try drain()
    try file.flush()
  }

  /// Ends the document and hands everything to the file; it does not sync the file to disk.
  ///
  /// - Throws: The first failure of this output.
  public mutating func finish() throws(ErrorNumber) {
    try drain()
    try file.finish(isXML: isXML)
  }

  /// Ends a file kept in memory and returns it; empty for one that goes to a descriptor.
  ///
  /// - Throws: The first failure of this output.
  public mutating func finishInMemory() throws(ErrorNumber) -> [UInt8] {
    try finish()
    return file.bytes
  }

  private mutating func drain() throws(ErrorNumber) {
    let length = count
    count = 0
    if let part { try file.wait(forPart: part) }
    try unsafe file.write(buffer, length)
    flushed += length
  }
}

// MARK: Parts

extension TextOutput {
  /// Makes an output for parts of the same file, for another thread; what `other` has buffered comes before them.
  ///
  /// Parts have the numbers from 0 on, each is written by one output, and an output begins its parts in ascending order. A part that
  /// outgrows the buffer goes to the file as soon as those before it have ended, so memory stays constant whatever the parts are.
  ///
  /// - Throws: `ErrorNumber` if what was buffered cannot be written.
  public init(sharing other: inout TextOutput) throws(ErrorNumber) {
    try other.drain()
    other.file.beginParts()
    self.init(other.file, isXML: other.isXML, capacity: Self.partSize)
  }

  /// Begins a part.
  public mutating func begin(part number: Int) { part = number }

  /// Ends the part, once all before it have ended.
  ///
  /// - Throws: `ErrorNumber`: the first failure of the file, or `ECANCELED` after a part was abandoned.
  public mutating func endPart() throws(ErrorNumber) {
    try drain()
    file.endPart()
  }

  /// Gives up a part that cannot be written to its end, once all before it have ended: the parts after it are left out.
  ///
  /// - Returns: Whether it is the first that was given up.
  public mutating func abandonPart() -> Bool {
    defer { file.stop() }
    do throws(ErrorNumber) { try drain() } catch { return error.code != ECANCELED }
    return true
  }

  /// Adds what another output of the same file counted.
  public mutating func absorb(_ other: borrowing TextOutput) {
    flushed += other.flushed
    replacedCharacters += other.replacedCharacters
  }
}

// MARK: Writing

extension TextOutput {
  /// Writes markup as it is.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(_ literal: StaticString) throws(ErrorNumber) {
    if literal.hasPointerRepresentation {
      try unsafe copy(literal.utf8Start, literal.utf8CodeUnitCount)
    } else {
      try write(markup: String(describing: literal))
    }
  }

  /// Writes markup that the caller knows to be well-formed, as it is.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(markup: String) throws(ErrorNumber) { try write(markup: markup.utf8Span.span) }

  /// Writes markup that the caller knows to be well-formed UTF-8, as it is.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(markup: borrowing Swift.Span<UInt8>) throws(ErrorNumber) {
    let count = markup.count
    var failure: ErrorNumber?
    unsafe markup.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      do throws(ErrorNumber) { try unsafe copy(start, count) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Writes text, escaped for the place where it stands.
  ///
  /// - Throws: `ErrorNumber`; never because of the text.
  public mutating func write(_ text: String, as escaping: Escaping) throws(ErrorNumber) {
    try write(text.utf8Span.span, as: escaping)
  }

  /// Writes text, escaped for the place where it stands; ill-formed UTF-8 is replaced.
  ///
  /// - Throws: `ErrorNumber`; never because of the text.
  /// - Complexity: O(n); a table look-up for each byte of ASCII.
  public mutating func write(_ text: borrowing Swift.Span<UInt8>, as escaping: Escaping) throws(ErrorNumber) {
    var failure: ErrorNumber?
    unsafe text.withUnsafeBufferPointer { source in
      guard let start = source.baseAddress else { return }
      do throws(ErrorNumber) { try unsafe escape(start, source.count, escaping) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Writes text as `write(_:as:)` does, but no more than its first `limit` bytes, cut before a code point, and an ellipsis.
  ///
  /// - Throws: `ErrorNumber`; never because of the text.
  public mutating func write(_ text: borrowing Swift.Span<UInt8>, as escaping: Escaping, limit: Int)
    throws(ErrorNumber)
  {
    guard text.count > limit else { return try write(text, as: escaping) }
    var end = max(0, limit)
    while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
    try write(text.extracting(0..<end), as: escaping)
    try write("…")
  }

  /// Writes an integer in decimal digits.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(_ number: Int) throws(ErrorNumber) {
    if capacity - count < 24 { try drain() }
    if number < 0 { put(0x2D) }
    var rest = number.magnitude
    var length = 1
    var bound: UInt = 10
    while rest >= bound && length < 20 {
      length += 1
      let (next, overflow) = bound.multipliedReportingOverflow(by: 10)
      if overflow { break }
      bound = next
    }
    var position = count + length
    repeat {
      position -= 1
      unsafe buffer[position] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    } while rest > 0
    count += length
  }

  /// Writes a number given in thousandths, without trailing zeros: `1`, `0.25`; with `point` always with one: `1.0`.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(thousandths: Int, point: Bool = false) throws(ErrorNumber) {
    let (whole, part) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
    if thousandths < 0 { try write("-") }
    try write(Int(whole))
    guard part > 0 else {
      if point { try write(".0") }
      return
    }
    if capacity - count < 4 { try drain() }
    put(0x2E)
    put(UInt8(0x30 + part / 100))
    if part % 100 > 0 { put(UInt8(0x30 + part / 10 % 10)) }
    if part % 10 > 0 { put(UInt8(0x30 + part % 10)) }
  }

  /// Writes a number as sixteen hexadecimal digits.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(hexadecimal number: UInt64) throws(ErrorNumber) {
    if capacity - count < 16 { try drain() }
    for shift in stride(from: UInt64(60), through: 0, by: -4) {
      let digit = UInt8(number >> shift & 15)
      put(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  /// Adds a byte; the caller has made sure that there is room.
  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    unsafe buffer[count] = byte
    count += 1
  }

  @inline(__always)
  private mutating func copy(_ start: UnsafePointer<UInt8>, _ length: Int) throws(ErrorNumber) {
    guard length <= capacity - count else { return try unsafe copyInChunks(start, length) }
    unsafe (buffer + count).update(from: start, count: length)
    count += length
  }

  private mutating func copyInChunks(_ start: UnsafePointer<UInt8>, _ length: Int) throws(ErrorNumber) {
    var done = 0
    while done < length {
      if count == capacity { try drain() }
      let part = min(length - done, capacity - count)
      unsafe (buffer + count).update(from: start + done, count: part)
      count += part
      done += part
    }
  }

  private mutating func escape(_ start: UnsafePointer<UInt8>, _ end: Int, _ escaping: Escaping) throws(ErrorNumber) {
    let table = unsafe firstBytes + escaping.rawValue * 256
    var position = 0
    var run = 0
    while position < end {
      let length = unsafe Int(table[Int(start[position])])
      if length == 1 {
        position += 1
      } else if length > 1, unsafe XMLCharacters.isAllowed(start, at: position, to: end, length: length) {
        position += length
      } else {
        if position > run { try unsafe copy(start + run, position - run) }
        if let replacement = unsafe escaping.replacement(start[position]) {
          try write(replacement)
          position += 1
        } else {
          replacedCharacters += 1
          try write("\u{FFFD}")
          let isCharacter =
            unsafe length > 1 && XMLCharacters.isWellFormed(start, at: position, to: end, length: length)
          position += isCharacter ? length : 1
        }
        run = position
      }
    }
    if end > run { try unsafe copy(start + run, end - run) }
  }
}
