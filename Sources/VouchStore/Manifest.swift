internal import VouchCore

/// What one commit consists of.
struct Manifest: Hashable, Sendable {
  /// Where a segment is, and the checksum that its header ends with; zeros if there is none.
  struct Place: Hashable, Sendable {
    var offset = 0
    var length = 0
    var hash: UInt64 = 0
  }

  var generation = 1
  /// The manifest of the commit before; zeros in the first.
  var previous = Place()
  var graph = Place()
  var overrides = Place()
  var nodes = 0
  var edges = 0
  var evidence = 0
  var sources = 0
  var articles = 0
  /// Articles that the commit added, replaced and took away.
  var added = 0
  var replaced = 0
  var retracted = 0
  /// Bytes of the segments that this commit's graph needs.
  var live = 0

  private static let bodySize = 160

  init() {}

  /// Reads the manifest at a place.
  init(_ file: MappedFile, _ place: Place, limit: Int) throws(Corruption) {
    func failure(_ reason: String) -> Corruption { Corruption(section: "manifest", reason: reason) }
    guard let header = SegmentHeader(file, at: place.offset, limit: limit), header.kind == .manifest,
      header.length == place.length, header.hash == place.hash,
      header.length == SegmentHeader.size + Self.bodySize
    else { throw failure("there is no manifest where one should be") }
    let base = place.offset + SegmentHeader.size
    guard file.hash(base, Self.bodySize) == header.bodyHash else {
      throw failure("the manifest's checksum does not match its bytes")
    }
    var position = base
    func next() -> Int {
      defer { position += 8 }
      return Int(clamping: file.u64(position))
    }
    func nextPlace() -> Place {
      let offset = next()
      let length = next()
      defer { position += 8 }
      return Place(offset: offset, length: length, hash: file.u64(position))
    }
    generation = next()
    previous = nextPlace()
    graph = nextPlace()
    overrides = nextPlace()
    nodes = next()
    edges = next()
    evidence = next()
    sources = next()
    articles = next()
    added = next()
    replaced = next()
    retracted = next()
    live = next()
    guard generation > 0 else { throw failure("the manifest has no generation") }
  }

  /// The manifest as a segment.
  func segment(at offset: Int) -> [UInt8] {
    var writer = ByteWriter()
    writer.u64(UInt64(generation))
    for place in [previous, graph, overrides] {
      writer.u64(UInt64(place.offset))
      writer.u64(UInt64(place.length))
      writer.u64(place.hash)
    }
    for value in [nodes, edges, evidence, sources, articles, added, replaced, retracted, live] {
      writer.u64(UInt64(value))
    }
    writer.pad(to: Self.bodySize)
    return SegmentHeader.segment(.manifest, fields: [], body: writer.bytes, at: offset)
  }
}
