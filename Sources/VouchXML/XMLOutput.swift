internal import CLibXML2
public import VouchCore

/// Writes one XML document through libxml2's writer, with escaping that cannot fail on content.
///
/// Markup is given as literals, content through the escaping methods. Characters that XML 1.0 forbids, C1 controls and
/// ill-formed UTF-8 become U+FFFD and are counted. Bytes are handed on in chunks of 64 KiB, so memory stays constant.
/// The first failure is kept: every later call throws it again and writes nothing. A closed pipe is such a failure
/// (`EPIPE`) in a process that ignores `SIGPIPE`.
@safe public struct XMLOutput: ~Copyable {
  /// Size of the buffer in bytes.
  public static let chunkSize = 64 << 10

  private let writer: OpaquePointer?
  private let buffer: UnsafeMutablePointer<UInt8>
  private var count = 0
  private var flushed = 0
  /// Number of characters (or ill-formed sequences) that were replaced by U+FFFD so far.
  public private(set) var replacedCharacters = 0

  /// Opens a document that is written to a file descriptor, which stays the caller's to close.
  ///
  /// - Throws: `ErrorNumber` if memory ran out or the document cannot be begun.
  public init(fileDescriptor: Int32) throws(ErrorNumber) {
    unsafe self.init(writer: vouch_xml_open_descriptor(fileDescriptor))
    try begin()
  }

  /// Opens a document that is kept in memory; `finishInMemory()` returns it.
  ///
  /// - Throws: `ErrorNumber` if memory ran out.
  public init() throws(ErrorNumber) {
    unsafe self.init(writer: vouch_xml_open_memory())
    try begin()
  }

  private init(writer: OpaquePointer?) {
    unsafe self.writer = writer
    unsafe buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: Self.chunkSize)
  }

  deinit {
    unsafe buffer.deallocate()
    unsafe vouch_xml_free(writer)
  }

  private func begin() throws(ErrorNumber) {
    guard let writer = unsafe writer else { throw ErrorNumber(code: 12) }
    try unsafe Self.check(vouch_xml_start_document(writer))
  }

  private static func check(_ code: Int32) throws(ErrorNumber) {
    if code != 0 { throw ErrorNumber(code: code) }
  }

  /// Number of bytes written so far, the XML declaration not counted.
  public var byteCount: Int { flushed + count }

  /// The first failure; `nil` as long as all went well.
  public var failure: ErrorNumber? {
    guard let writer = unsafe writer else { return ErrorNumber(code: 12) }
    let code = unsafe vouch_xml_error(writer)
    return code == 0 ? nil : ErrorNumber(code: code)
  }

  /// Hands what is buffered to the file.
  ///
  /// - Throws: The first failure of this output.
  public mutating func flush() throws(ErrorNumber) {
    try drain()
    guard let writer = unsafe writer else { return }
    try unsafe Self.check(vouch_xml_flush(writer))
  }

  /// Ends the document and hands everything to the file; it does not sync the file to disk.
  ///
  /// - Throws: The first failure of this output.
  public mutating func finish() throws(ErrorNumber) {
    try drain()
    guard let writer = unsafe writer else { return }
    try unsafe Self.check(vouch_xml_end_document(writer))
    try unsafe Self.check(vouch_xml_flush(writer))
  }

  /// Ends a document kept in memory and returns it; empty for one that goes to a file.
  ///
  /// - Throws: The first failure of this output.
  public mutating func finishInMemory() throws(ErrorNumber) -> [UInt8] {
    try finish()
    guard let writer = unsafe writer else { return [] }
    var length = 0
    guard let bytes = unsafe vouch_xml_memory(writer, &length) else { return [] }
    return unsafe Array(UnsafeBufferPointer(start: bytes, count: length))
  }

  private mutating func drain() throws(ErrorNumber) {
    guard let writer = unsafe writer else { throw ErrorNumber(code: 12) }
    let length = count
    count = 0
    try unsafe Self.check(vouch_xml_write_raw(writer, buffer, length))
    flushed += length
  }
}

// MARK: Writing

extension XMLOutput {
  /// Where content stands; it decides what is escaped.
  enum Place {
    /// Between tags: `& < >` and CR are escaped.
    case content
    /// In an attribute's value: quotation marks, tabs and LF as well.
    case attribute
  }

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

  /// Writes the text between two tags, escaped.
  ///
  /// - Throws: `ErrorNumber`; never because of the text.
  public mutating func write(text: String) throws(ErrorNumber) { try escape(text.utf8Span.span, .content) }
  /// Writes the text between two tags, escaped; ill-formed UTF-8 is replaced.
  ///
  /// - Throws: `ErrorNumber`; never because of the text.
  public mutating func write(bytes: borrowing Swift.Span<UInt8>) throws(ErrorNumber) { try escape(bytes, .content) }
  /// Writes the text between two tags, escaped; ill-formed UTF-8 is replaced.
  ///
  /// - Throws: `ErrorNumber`; never because of the text.
  public mutating func write(bytes: ArraySlice<UInt8>) throws(ErrorNumber) { try escape(bytes.span, .content) }
  /// Writes the value of an attribute, escaped; tabs and line ends survive as references.
  ///
  /// - Throws: `ErrorNumber`; never because of the value.
  public mutating func write(attribute: String) throws(ErrorNumber) {
    try escape(attribute.utf8Span.span, .attribute)
  }
  /// Writes the value of an attribute, escaped; ill-formed UTF-8 is replaced.
  ///
  /// - Throws: `ErrorNumber`; never because of the value.
  public mutating func write(attributeBytes: ArraySlice<UInt8>) throws(ErrorNumber) {
    try escape(attributeBytes.span, .attribute)
  }
  /// Writes an IRI as the value of an attribute: what no IRI may hold is percent-encoded, then `&` escaped.
  ///
  /// - Throws: `ErrorNumber`; never because of the IRI.
  public mutating func write(iri: String) throws(ErrorNumber) {
    try escape(IRI.escaped(iri).utf8Span.span, .attribute)
  }

  /// Writes an integer in decimal digits.
  ///
  /// - Throws: `ErrorNumber`.
  public mutating func write(_ number: Int) throws(ErrorNumber) {
    var magnitude = number.magnitude
    var scale: UInt = 1
    while magnitude / scale >= 10 { scale *= 10 }
    if Self.chunkSize - count < 24 { try drain() }
    if number < 0 { put(0x2D) }
    while scale > 0 {
      put(UInt8(0x30 + magnitude / scale))
      magnitude %= scale
      scale /= 10
    }
  }

  /// Adds a byte; the caller has made sure that there is room.
  private mutating func put(_ byte: UInt8) {
    unsafe buffer[count] = byte
    count += 1
  }

  private mutating func copy(_ start: UnsafePointer<UInt8>, _ length: Int) throws(ErrorNumber) {
    var done = 0
    while done < length {
      if count == Self.chunkSize { try drain() }
      let part = min(length - done, Self.chunkSize - count)
      unsafe (buffer + count).update(from: start + done, count: part)
      count += part
      done += part
    }
  }

  private mutating func escape(_ span: borrowing Swift.Span<UInt8>, _ place: Place) throws(ErrorNumber) {
    var failure: ErrorNumber?
    unsafe span.withUnsafeBufferPointer { source in
      do throws(ErrorNumber) { try unsafe escape(source, place) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private mutating func escape(_ source: UnsafeBufferPointer<UInt8>, _ place: Place) throws(ErrorNumber) {
    guard let start = source.baseAddress else { return }
    let end = source.count
    var position = 0
    while position < end {
      let runEnd = unsafe XMLCharacters.endOfPlainRun(start, from: position, to: end, inAttribute: place == .attribute)
      if runEnd > position {
        try unsafe copy(start + position, runEnd - position)
        position = runEnd
        continue
      }
      switch unsafe start[position] {
      case 0x26: try write("&amp;")
      case 0x3C: try write("&lt;")
      case 0x3E: try write("&gt;")
      case 0x22: try write("&quot;")
      case 0x0D: try write("&#13;")
      case 0x09: try write("&#9;")
      case 0x0A: try write("&#10;")
      default:
        replacedCharacters += 1
        try write("\u{FFFD}")
        unsafe position += XMLCharacters.lengthOfReplaced(start, at: position, to: end) - 1
      }
      position += 1
    }
  }
}
