internal import VouchCore
internal import VouchKnowledge

/// The bytes that a commit appends to a graph file, segment by segment, and the slot that makes them count.
struct Commit {
  /// The commit that this one follows; `nil` for the first.
  private let previous: CommitSlot?
  /// Where the bytes go.
  let start: Int
  private(set) var bytes: [UInt8] = []
  private(set) var manifest = Manifest()
  private(set) var slot: CommitSlot?

  init(after previous: (slot: CommitSlot, manifest: Manifest.Place)?) {
    self.previous = previous?.slot
    start = previous.map { Format.aligned($0.slot.length) } ?? Format.firstSegment
    manifest.generation = 1 + (previous?.slot.generation ?? 0)
    manifest.previous = previous?.manifest ?? Manifest.Place()
  }

  /// Appends the segment that `make` makes for its place; returns the place.
  @discardableResult
  mutating func append(_ make: (Int) -> [UInt8]) -> Int {
    let offset = Format.aligned(start + bytes.count)
    bytes.append(contentsOf: repeatElement(0, count: offset - start - bytes.count))
    bytes += make(offset)
    return offset
  }

  /// Appends the graph and the manifest.
  ///
  /// - Parameters:
  ///   - texts: Where each source text lies in the file.
  ///   - articles: The segments of the articles, by id and content hash.
  mutating func finish(
    _ graph: Graph, texts: [Int], articles: [Manifest.Place], overrides: Manifest.Place,
    added: Int = 0, replaced: Int = 0, retracted: Int = 0
  ) {
    let encoder = GraphEncoder(graph, texts: texts, articles: articles)
    manifest.graph = place { encoder.segment(at: $0) }
    manifest.overrides = overrides
    manifest.nodes = graph.nodes.count
    manifest.edges = graph.edges.count
    manifest.evidence =
      graph.nodes.reduce(0) { $0 + $1.evidence.count } + graph.edges.reduce(0) { $0 + $1.evidence.count }
    manifest.sources = graph.sources.count
    manifest.articles = articles.count
    (manifest.added, manifest.replaced, manifest.retracted) = (added, replaced, retracted)
    manifest.live = (articles + [manifest.graph, overrides]).reduce(Format.firstSegment) {
      $0 + Format.aligned($1.length)
    }
    let manifest = manifest
    let place = place { manifest.segment(at: $0) }
    let hashed = bytes[(place.offset - start)...]
    slot = CommitSlot(
      generation: manifest.generation, length: place.offset + place.length, manifestOffset: place.offset,
      manifestLength: place.length, manifestHash: XXH64.hash(hashed), previousManifest: manifest.previous.offset)
  }

  /// Appends a segment; returns its place with its checksum.
  mutating func place(_ make: (Int) -> [UInt8]) -> Manifest.Place {
    let offset = append(make)
    let segment = bytes[(offset - start)...]
    return Manifest.Place(offset: offset, length: segment.count, hash: SegmentHeader.hash(of: segment))
  }

  /// The identity of a file that begins with this commit.
  private var identity: [UInt8] {
    FileHeader.identity(of: slot.map { Array(bytes[($0.manifestOffset - start)...]) } ?? [])
  }

  /// The three pages before the first segment of a file that begins with this commit.
  func firstPages(creator: String) -> [UInt8] {
    let identity = identity
    var writer = ByteWriter()
    writer.raw(FileHeader(identity: identity, creator: creator).bytes)
    writer.raw(slot?.bytes(identity: identity) ?? [])
    writer.pad(to: Format.firstSegment)
    return writer.bytes
  }

  /// A whole file that begins, and ends, with this commit.
  func file(creator: String) -> [UInt8] { firstPages(creator: creator) + bytes }
}
