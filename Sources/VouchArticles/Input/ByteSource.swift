internal import VouchCore

/// The bytes of a file or pipe, unpacked if they are gzip, read forward through a window.
final class ByteSource {
  /// Where a byte is, as messages say it.
  struct Place: Hashable {
    /// Offset in the file; of packed bytes, that of the gzip member.
    var offset: Int
    /// Of packed bytes, how far into what is packed there; `nil` for files as they are.
    var inside: Int?
  }

  /// A stop in the bytes, and the member that it is in.
  struct Damage: Hashable {
    var kind: GzipReader.Damage
    var member: Int
  }

  private static let chunk = 64 << 10

  private let file: OpenFile
  private var gzip: GzipReader?
  private var buffer: [UInt8] = []
  private var position = 0
  private var isAtEnd = false
  /// Offset in the file of the first byte that is held; where members begin in the buffer, ascending.
  private var base = 0
  private var members: [(index: Int, offset: Int)] = []

  /// Why the bytes stop here; `resume` goes on behind.
  private(set) var damage: Damage?
  /// Size in bytes of a regular file, packed or not; `nil` for pipes and devices.
  var size: Int? { gzip == nil ? file.size : nil }

  /// Begins with a file.
  init(_ file: OpenFile) { self.file = file }

  /// Whether the bytes are packed.
  var isPacked: Bool { gzip != nil }

  /// If the file is gzip, unpacks it from here on, which must be its start.
  func unpack(limits: GzipReader.Limits) throws(ErrorNumber) {
    guard gzip == nil, try require(3) >= 3, buffer.starts(with: [0x1F, 0x8B, 8]) else { return }
    gzip = GzipReader(file, read: buffer, limits: limits)
    buffer = []
    isAtEnd = false
  }

  /// The bytes that are held.
  var window: ArraySlice<UInt8> { buffer[position...] }

  /// Holds at least `count` bytes if there are so many before the end or the next stop.
  ///
  /// - Returns: The number of bytes held.
  @discardableResult
  func require(_ count: Int) throws(ErrorNumber) -> Int {
    while buffer.count - position < count, try fill() {}
    return buffer.count - position
  }

  /// Holds some more bytes; `false` at the end or a stop.
  func fill() throws(ErrorNumber) -> Bool {
    guard !isAtEnd, damage == nil else { return false }
    discardTaken()
    guard let gzip else {
      let got = try file.read(into: &buffer, room: Self.chunk)
      isAtEnd = got == 0
      return got > 0
    }
    let index = buffer.count
    switch try gzip.read(into: &buffer) {
    case .bytes(let member):
      if members.last?.offset != member { members.append((index, member)) }
      return true
    case .end:
      isAtEnd = true
      return false
    case .damage(let kind, let member):
      damage = Damage(kind: kind, member: member)
      if members.last?.offset != member { members.append((index, member)) }
      return buffer.count > index
    }
  }

  private func discardTaken() {
    guard position > 0 else { return }
    buffer.removeSubrange(..<position)
    base += position
    for index in members.indices { members[index].index -= position }
    position = 0
    while members.count > 1, members[1].index <= 0 { members.removeFirst() }
  }

  /// Takes bytes off the window.
  func take(_ count: Int) { position = min(buffer.count, position + count) }

  /// The next byte, left where it is; `nil` at the end or a stop.
  func peek() throws(ErrorNumber) -> UInt8? {
    if position == buffer.count { _ = try fill() }
    return position < buffer.count ? buffer[position] : nil
  }

  /// Goes on behind a stop; what is held is let go.
  func resume() {
    damage = nil
    buffer.removeAll(keepingCapacity: true)
    members = []
    position = 0
  }

  /// Where a byte of the window is.
  func place(_ distance: Int = 0) -> Place {
    let index = position + distance
    guard gzip != nil else { return Place(offset: base + index, inside: nil) }
    guard let member = members.last(where: { $0.index <= index }) else { return Place(offset: 0, inside: 0) }
    return Place(offset: member.offset, inside: index - member.index)
  }

  /// Whether a member begins at a byte of the window.
  func isMemberStart(_ distance: Int) -> Bool { members.contains { $0.index == position + distance } }

  /// All that is left up to the end or the next stop, or `nil` as soon as it is known to be more than `limit` bytes.
  func readAll(limit: Int) throws(ErrorNumber) -> [UInt8]? {
    if let size, size > limit { return nil }
    while try fill() { if buffer.count - position > limit { return nil } }
    guard buffer.count - position <= limit else { return nil }
    let all = Array(window)
    take(all.count)
    return all
  }

  /// A line without its end.
  enum Line {
    case bytes([UInt8])
    /// More than the limit; the number of bytes that were passed over.
    case tooLong(Int)
    /// Cut off by a stop.
    case cut
  }

  /// The next line; `nil` at the end, or at a stop with nothing before it.
  func readLine(limit: Int) throws(ErrorNumber) -> Line? {
    guard try peek() != nil else { return nil }
    var line: [UInt8] = []
    var skipped = 0
    var isEnded = false
    while !isEnded, try peek() != nil {
      let end = buffer[position...].firstIndex(of: 0x0A)
      let part = buffer[position..<(end ?? buffer.count)]
      if skipped > 0 {
        skipped += part.count
      } else if line.count + part.count > limit {
        skipped = line.count + part.count
        line = []
      } else {
        line.append(contentsOf: part)
      }
      position = end.map { $0 + 1 } ?? buffer.count
      isEnded = end != nil
    }
    if !isEnded, damage != nil { return .cut }
    if skipped > 0 { return .tooLong(skipped) }
    if line.last == 0x0D { line.removeLast() }
    return .bytes(line)
  }
}
