internal import VouchCore

/// One record of a web archive.
struct WARCRecord {
  /// Its named fields.
  var fields: HeaderFields
  /// Its block.
  var block: [UInt8]
  /// Where it begins.
  var place: ByteSource.Place

  /// The sort of record, in lower case: `response`, `conversion`.
  var type: String { fields["warc-type"]?.lowercased() ?? "" }

  /// The address that it was got from, without the angle brackets that old archives put around it.
  var target: String? {
    guard var address = fields["warc-target-uri"] else { return nil }
    if address.hasPrefix("<"), address.hasSuffix(">") { address = String(address.dropFirst().dropLast()) }
    return address.isEmpty ? nil : address
  }
}

/// Cuts a web archive (ISO 28500) into its records; holds one at a time.
///
/// A record that is broken is reported, and the next one is looked for: behind the header if the length of the block is
/// wrong, else at the next line that reads `WARC/1.0` or so, or in the next gzip member.
struct WARCReader {
  /// A record, or what is wrong at a place.
  enum Piece {
    case record(WARCRecord)
    case fault(code: String, message: String, place: ByteSource.Place)
    /// The bytes are packed, and their packing is damaged.
    case damage(ByteSource.Damage)
  }

  /// Longest header.
  private static let headerLimit = 64 << 10

  private let source: ByteSource
  private let limit: Int
  private var isLost = false

  /// Begins with a file; blocks of more than `limit` bytes are passed over.
  init(_ source: ByteSource, limit: Int) {
    self.source = source
    self.limit = limit
  }

  /// The next record or fault; `nil` after the last.
  mutating func next() throws(ErrorNumber) -> Piece? {
    while true {
      if isLost {
        try findRecord(within: nil)
        isLost = false
      }
      try skipLineEnds()
      guard try source.peek() != nil else {
        guard let damage = source.damage else { return nil }
        source.resume()
        return .damage(damage)
      }
      return try record()
    }
  }

  private mutating func fault(_ code: String, _ message: String, at place: ByteSource.Place) -> Piece {
    isLost = true
    return .fault(code: code, message: message, place: place)
  }

  private mutating func record() throws(ErrorNumber) -> Piece {
    let place = source.place()
    guard try isVersion(at: 0) else {
      return fault("warc.record", "found something else; expected WARC/1.0", at: place)
    }
    // Just enough is held, so that the records of one member are handed on before the next is unpacked.
    var length = HeaderFields.length(source.window.prefix(Self.headerLimit))
    while length == nil, source.window.count < Self.headerLimit, try source.fill() {
      length = HeaderFields.length(source.window.prefix(Self.headerLimit))
    }
    guard let length else {
      source.take(1)
      return fault("warc.record", "found no end of the record's header; expected an empty line", at: place)
    }
    if let next = try nextRecord(in: 1..<length) {
      source.take(next)
      return .fault(
        code: "warc.record", message: "found another record in the header; expected an empty line", place: place)
    }
    let fields = HeaderFields(source.window.prefix(length).drop { $0 != 0x0A })
    guard let size = fields["content-length"].flatMap({ Int($0) }), size >= 0, size < 1 << 50 else {
      source.take(length)
      return fault("warc.record", "found no Content-Length; expected the number of the block's bytes", at: place)
    }
    guard size <= limit else {
      source.take(length)
      // A length that is wrong does not hide the records behind it.
      try findRecord(within: size)
      return .fault(
        code: "article.too-large",
        message: "found a record of \(size) bytes; expected at most \(limit); raise the limit", place: place)
    }
    let held = try source.require(length + size)
    guard held >= length + size, try endsRecord(at: length + size) else {
      let end = min(held, length + size)
      if let next = try nextRecord(in: length..<source.window.count) {
        source.take(next)
        return .fault(
          code: "warc.length", message: "Content-Length is \(size), which is not where the block ends", place: place)
      }
      if let damage = source.damage, damage.member == place.offset {
        source.resume()
        return .damage(damage)
      }
      source.take(end)
      if held < length + size {
        return .fault(code: "warc.cut", message: "found \(held - length) bytes of a block of \(size)", place: place)
      }
      return fault("warc.length", "Content-Length is \(size), which is not where the block ends", at: place)
    }
    let block = Array(source.window[(source.window.startIndex + length)...].prefix(size))
    source.take(length + size)
    try skipLineEnds()
    // What is packed is trusted when its checksum has been seen.
    if try source.peek() == nil, let damage = source.damage, damage.member == place.offset {
      source.resume()
      return .damage(damage)
    }
    return .record(WARCRecord(fields: fields, block: block, place: place))
  }

  private func skipLineEnds() throws(ErrorNumber) {
    while let byte = try source.peek(), byte == 0x0D || byte == 0x0A { source.take(1) }
  }

  /// Whether a record may end at a byte of the window: two line ends, or another record, or the end follow.
  private func endsRecord(at distance: Int) throws(ErrorNumber) -> Bool {
    try source.require(distance + 4)
    let behind = source.window.dropFirst(distance)
    if behind.starts(with: [0x0D, 0x0A, 0x0D, 0x0A]) || behind.starts(with: [0x0A, 0x0A]) { return true }
    var end = distance
    while try source.require(end + 1) > end {
      let byte = source.window[source.window.startIndex + end]
      guard byte == 0x0D || byte == 0x0A, end < distance + 8 else { break }
      end += 1
    }
    if try source.require(end + 1) <= end || source.isMemberStart(end) { return true }
    return try isVersion(at: end)
  }

  /// Whether a line such as `WARC/1.0` is at a byte of the window.
  private func isVersion(at distance: Int) throws(ErrorNumber) -> Bool {
    try source.require(distance + 10)
    return Self.isVersion(source.window.dropFirst(distance))
  }

  private static func isVersion(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.starts(with: "WARC/".utf8) else { return false }
    let rest = bytes.dropFirst(5).prefix(5)
    guard let first = rest.first, (0x30...0x39).contains(first), rest.dropFirst().first == 0x2E else { return false }
    return rest.dropFirst(2).drop { (0x30...0x39).contains($0) }.first.map { $0 == 0x0D || $0 == 0x0A } ?? false
  }

  /// The distance to the first record in a part of the window.
  private func nextRecord(in range: Range<Int>) throws(ErrorNumber) -> Int? {
    let window = source.window
    var place = window.startIndex + range.lowerBound
    while let found = window[place..<(window.startIndex + range.upperBound)].firstIndex(of: 0x57) {
      let distance = found - window.startIndex
      if window[found - 1] == 0x0A || source.isMemberStart(distance), Self.isVersion(window[found...]) {
        return distance
      }
      place = found + 1
    }
    return nil
  }

  /// Goes to the next record within so many bytes, or as far.
  private func findRecord(within count: Int?) throws(ErrorNumber) {
    var left = count ?? Int.max
    var previous: UInt8 = 0x0A
    while left > 0 {
      let held = try source.require(32)
      guard held > 0 else { return }
      // A version line may begin in what is held and go on behind it.
      let searched = min(left, held < 32 ? held : held - 16)
      let window = source.window
      var place = window.startIndex
      while let found = window[place..<(window.startIndex + searched)].firstIndex(of: 0x57) {
        let distance = found - window.startIndex
        let before = distance > 0 ? window[found - 1] : previous
        if before == 0x0A || source.isMemberStart(distance), Self.isVersion(window[found...]) {
          return source.take(distance)
        }
        place = found + 1
      }
      previous = window[window.startIndex + searched - 1]
      source.take(searched)
      left -= searched
    }
  }
}
