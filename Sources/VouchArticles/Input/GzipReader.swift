internal import VouchCore

/// Unpacks a gzip file member by member; where one is damaged it goes on with the next.
///
/// Its memory does not depend on the size of the file or of its members.
final class GzipReader {
  /// Most bytes that are unpacked, and how many times as many as the packed ones they may be.
  struct Limits {
    var unpacked: Int
    var ratio: Int
  }

  /// Why unpacking stopped in a member.
  enum Damage: Hashable {
    /// The member is damaged or its checksum is wrong; the file ends inside it; there is something else in place of one.
    case damaged, cut, foreign
    /// It unpacks to more times its size, or the file to more bytes, than the limits allow.
    case ratio, size
  }

  /// What comes next.
  enum Event {
    /// Bytes of the member that begins at that offset of the file.
    case bytes(member: Int)
    /// The end of the file.
    case end
    /// What is wrong with the member that begins at that offset.
    case damage(Damage, member: Int)
  }

  private static let chunk = 64 << 10
  /// Packed bytes of a member that are kept, so that a damaged one can be searched for the next.
  private static let kept = 4 << 20
  /// Unpacked bytes from which on the ratio counts.
  private static let ratioFloor = 16 << 20

  private let file: OpenFile
  private let limits: Limits
  private let inflater = Inflater(.gzip)
  private var packed: [UInt8]
  /// Offset in the file of the first packed byte that is held, and index of the next to unpack.
  private var base = 0
  private var position = 0
  private var isAtEnd = false

  private var isInside = false
  private var isScanning = false
  private var memberStart = 0
  private var memberOffset = 0
  private var memberUsed = 0
  private var memberMade = 0
  private var made = 0
  /// Furthest offset that was unpacked, and how many bytes before it were unpacked again.
  private var frontier = 0
  private var again = 0

  /// Begins with the bytes of a file that were read already.
  init(_ file: OpenFile, read bytes: [UInt8], limits: Limits) {
    self.file = file
    self.limits = limits
    packed = bytes
  }

  /// Whether bytes begin as a gzip member does.
  static func isMember(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count >= 10, bytes.starts(with: [0x1F, 0x8B, 8]) else { return false }
    let header = Array(bytes.prefix(10))
    return header[3] & 0xE0 == 0 && [0, 2, 4].contains(header[8]) && (header[9] <= 13 || header[9] == 255)
  }

  /// Unpacks some more bytes to the end of `buffer`.
  ///
  /// After `damage` the next call goes on with the member that follows, if there is one.
  func read(into buffer: inout [UInt8]) throws(ErrorNumber) -> Event {
    while true {
      if !isInside {
        guard try enterMember() else { return .end }
        if !isInside { return .damage(.foreign, member: memberOffset) }
      }
      if position == packed.count, !isAtEnd { try readPacked() }
      let old = buffer.count
      let (used, state) = inflater.step(packed[position...], into: &buffer, room: Self.chunk)
      position += used
      memberUsed += used
      let offset = base + position
      again += min(used, max(0, frontier - (offset - used)))
      frontier = max(frontier, offset)
      let new = buffer.count - old
      memberMade += new
      made += new
      if new > 0 { isScanning = false }
      if made > limits.unpacked {
        position = packed.count
        isInside = false
        isAtEnd = true
        return .damage(.size, member: memberOffset)
      }
      if memberMade > Self.ratioFloor, memberMade / limits.ratio > memberUsed { return leave(.ratio) }
      switch state {
      case .end:
        isInside = false
        if new > 0 { return .bytes(member: memberOffset) }
      case .more:
        if new > 0 { return .bytes(member: memberOffset) }
        if used == 0, position == packed.count, isAtEnd { return leave(.cut) }
      case .damaged:
        if isScanning {
          // What looked like a member was none.
          leaveMember()
        } else {
          return leave(.damaged)
        }
      }
    }
  }

  private func leave(_ damage: Damage) -> Event {
    let offset = memberOffset
    leaveMember()
    return .damage(damage, member: offset)
  }

  /// Goes back to just behind the start of the member, to search from there, as long as that is no more than linear work.
  private func leaveMember() {
    isInside = false
    isScanning = true
    position = again <= 4 * frontier + (64 << 20) ? min(position, memberStart + 1) : max(position, memberStart + 1)
  }

  /// Begins with the next member; `false` at the end of the file, not inside if something else stands there.
  private func enterMember() throws(ErrorNumber) -> Bool {
    while true {
      while position < packed.count, !isScanning, packed[position] == 0 { position += 1 }
      if isScanning { position = packed[position...].firstIndex(of: 0x1F) ?? packed.count }
      if packed.count - position < 10, !isAtEnd {
        try readPacked()
        continue
      }
      if position == packed.count { return false }
      memberStart = position
      memberOffset = base + position
      if Self.isMember(packed[position...]) {
        inflater.restart()
        isInside = true
        memberUsed = 0
        memberMade = 0
        return true
      }
      if !isScanning {
        isScanning = true
        return true
      }
      position += 1
    }
  }

  private func readPacked() throws(ErrorNumber) {
    if isInside, position - memberStart > Self.kept { memberStart = position }
    let done = isInside ? memberStart : position
    packed.removeSubrange(..<done)
    base += done
    position -= done
    memberStart -= done
    if try file.read(into: &packed, room: Self.chunk) == 0 { isAtEnd = true }
  }
}
