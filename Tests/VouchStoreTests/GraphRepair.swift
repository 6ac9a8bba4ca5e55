import VouchCore

/// Where the parts of a graph file are, as the format document lays it out, to damage it with care: the newest commit's graph.
///
/// Written from the document, not from the reader's code. Every place is checked, as a fuzzer makes the bytes.
struct GraphParts {
  struct Section {
    let number: Int
    /// Offset of its entry in the directory.
    let entry: Int
    let codec: Int
    let offset: Int
    let length: Int
    let count: Int
    var bytes: Range<Int> { offset..<offset + length }
  }

  let slot: Int
  let manifest: Range<Int>
  let graph: Range<Int>
  /// Directory and checksums of chunks.
  let directory: Range<Int>
  /// Offset of the checksums of chunks.
  let chunks: Int
  let body: Range<Int>
  let sections: [Section]

  init?(_ bytes: [UInt8]) {
    func number(_ at: Int, _ width: Int = 8) -> Int {
      guard at >= 0, at <= bytes.count - width else { return -1 }
      let value = (0..<width).reduce(UInt64(0)) { $0 | UInt64(bytes[at + $1]) << UInt64(8 * $1) }
      return value > 1 << 40 ? -1 : Int(value)
    }
    func range(_ start: Int, _ length: Int) -> Range<Int>? {
      start >= 0 && length >= 0 && start <= bytes.count - length ? start..<start + length : nil
    }
    slot = number(4096 + 8) >= number(8192 + 8) ? 4096 : 8192
    guard let manifest = range(number(slot + 24), number(slot + 32)), manifest.count >= 224,
      let graph = range(number(manifest.lowerBound + 96), number(manifest.lowerBound + 104)), graph.count >= 64,
      let body = range(graph.upperBound - number(graph.lowerBound + 24), number(graph.lowerBound + 24)),
      body.lowerBound >= graph.lowerBound + 64, (0...200).contains(number(graph.lowerBound + 16)),
      let directory = range(
        graph.lowerBound + 64, number(graph.lowerBound + 16) * 48 + (body.count + 65535) / 65536 * 8),
      directory.upperBound <= body.lowerBound
    else { return nil }
    (self.manifest, self.graph, self.body, self.directory) = (manifest, graph, body, directory)
    chunks = graph.lowerBound + 64 + number(graph.lowerBound + 16) * 48
    sections = stride(from: directory.lowerBound, to: chunks, by: 48).compactMap { entry in
      let offset = number(entry + 8)
      let length = number(entry + 16)
      guard offset >= 0, length >= 0, offset <= body.count - length else { return nil }
      return Section(
        number: number(entry, 4), entry: entry, codec: number(entry + 4, 4), offset: body.lowerBound + offset,
        length: length, count: number(entry + 24))
    }
  }

  subscript(_ number: Int) -> Section? { sections.first { $0.number == number } }

  /// Makes all checksums of the newest commit match what they are made of.
  static func repair(_ bytes: inout [UInt8]) {
    func put(_ hash: UInt64, _ at: Int) {
      guard at >= 0, at <= bytes.count - 8 else { return }
      for shift in 0..<8 { bytes[at + shift] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift)) }
    }
    func header(_ at: Int) {
      let place = (0..<8).map { UInt8(truncatingIfNeeded: at >> (8 * $0)) }
      put(XXH64.hash(bytes[at..<at + 56] + place), at + 56)
    }
    if bytes.count >= 12288 { put(XXH64.hash(bytes[0..<80]), 80) }
    guard let parts = GraphParts(bytes) else { return }
    // An article's header ends with a checksum that the graph lists; of one article alone it is the column's minimum.
    if let offsets = parts[90], let hashes = parts[91], offsets.count == 1, offsets.length >= 16, hashes.length >= 16 {
      let at = (0..<6).reduce(0) { $0 | Int(bytes[offsets.offset + $1]) << (8 * $1) }
      if at >= 12288, at <= bytes.count - 64 {
        let length = (0..<6).reduce(0) { $0 | Int(bytes[at + 8 + $1]) << (8 * $1) }
        if length >= 64, length <= bytes.count - at { put(XXH64.hash(bytes[at + 64..<at + length]), at + 48) }
        header(at)
        bytes.replaceSubrange(hashes.offset..<hashes.offset + 8, with: bytes[at + 56..<at + 64])
      }
    }
    for section in parts.sections { put(XXH64.hash(bytes[section.bytes]), section.entry + 32) }
    for (number, start) in stride(from: parts.body.lowerBound, to: parts.body.upperBound, by: 65536).enumerated() {
      put(XXH64.hash(bytes[start..<min(start + 65536, parts.body.upperBound)]), parts.chunks + 8 * number)
    }
    put(XXH64.hash(bytes[parts.directory]), parts.graph.lowerBound + 48)
    header(parts.graph.lowerBound)
    bytes.replaceSubrange(
      parts.manifest.lowerBound + 112..<parts.manifest.lowerBound + 120,
      with: bytes[parts.graph.lowerBound + 56..<parts.graph.lowerBound + 64])
    put(XXH64.hash(bytes[parts.manifest.lowerBound + 64..<parts.manifest.upperBound]), parts.manifest.lowerBound + 48)
    header(parts.manifest.lowerBound)
    put(XXH64.hash(bytes[parts.manifest]), parts.slot + 40)
    bytes.replaceSubrange(parts.slot + 80..<parts.slot + 96, with: bytes[32..<48])
    put(XXH64.hash(bytes[parts.slot..<parts.slot + 96]), parts.slot + 96)
  }
}
