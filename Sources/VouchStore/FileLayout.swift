internal import VouchCore
internal import VouchKnowledge

/// Where things are in a graph file: header, commit slot, manifest, and the directory of the graph's segment.
struct FileLayout: Sendable {
  struct Entry: Sendable {
    let offset: Int
    let length: Int
    let count: Int
    let codec: Section.Codec
    let hash: UInt64
  }

  let slot: CommitSlot
  let manifest: Manifest
  let entries: [Section: Entry]
  let chunks: VerifiedChunks
  private let file: MappedFile

  /// - Parameter generation: The commit to read; the newest if `nil`.
  init(_ file: MappedFile, _ header: FileHeader, generation: Int?) throws(Diagnostic) {
    self.file = file
    do {
      slot = try CommitSlot.newest(file, header)
      guard slot.incompatible == 0 else {
        throw Diagnostic(
          .error, "store.newer-format",
          "the graph uses features of a later format (bits \(String(slot.incompatible, radix: 2))); use a newer vouch",
          at: .init(path: file.path))
      }
      var manifest = try Self.newestManifest(file, slot)
      if let generation {
        guard (1...manifest.generation).contains(generation) else {
          throw Self.noGeneration(generation, newest: manifest.generation, path: file.path)
        }
        while manifest.generation > generation {
          guard manifest.previous.length > 0 else {
            throw Self.noGeneration(generation, newest: manifest.generation, path: file.path)
          }
          manifest = try Self.before(manifest, file, limit: slot.length)
        }
      }
      self.manifest = manifest
      (entries, chunks) = try Self.readDirectory(file, manifest.graph, limit: slot.length)
    } catch let corruption as Corruption {
      throw corruption.diagnostic(file.path)
    } catch let diagnostic as Diagnostic {
      throw diagnostic
    } catch {
      throw Corruption(section: "file", reason: String(describing: error)).diagnostic(file.path)
    }
  }

  /// The same places in another view of the same file.
  init(_ other: FileLayout, _ file: MappedFile) {
    self.file = file
    slot = other.slot
    manifest = other.manifest
    entries = other.entries
    chunks = VerifiedChunks(other.chunks, file)
  }

  static func newestManifest(_ file: MappedFile, _ slot: CommitSlot) throws(Corruption) -> Manifest {
    let place = Manifest.Place(
      offset: slot.manifestOffset, length: slot.manifestLength, hash: file.u64(slot.manifestOffset + 56))
    let manifest = try Manifest(file, place, limit: slot.length)
    guard manifest.generation == slot.generation else {
      throw Corruption(section: "manifest", reason: "the manifest is of another generation than its commit slot")
    }
    return manifest
  }

  /// The manifest of the commit before.
  static func before(_ manifest: Manifest, _ file: MappedFile, limit: Int) throws(Corruption) -> Manifest {
    let previous = try Manifest(file, manifest.previous, limit: limit)
    guard previous.generation == manifest.generation - 1 else {
      throw Corruption(section: "manifest", reason: "generations do not follow each other")
    }
    return previous
  }

  private static func noGeneration(_ generation: Int, newest: Int, path: String) -> Diagnostic {
    Diagnostic(
      .error, "store.no-generation",
      "the graph does not hold generation \(generation), the newest being \(newest); vouch log lists those that it holds",
      at: .init(path: path))
  }

  /// Verifies the checksum of a whole section.
  func verify(_ section: Section) throws(Corruption) {
    guard let entry = entries[section] else { throw Corruption(section, "the section is missing") }
    guard file.hash(entry.offset, entry.length) == entry.hash else {
      throw Corruption(section, "the section's checksum does not match its bytes")
    }
  }

  /// A graph's segment: its header; the directory, an entry for each section; a checksum for each chunk of the sections; the
  /// sections.
  private static func readDirectory(_ file: MappedFile, _ place: Manifest.Place, limit: Int) throws(Corruption) -> (
    [Section: Entry], VerifiedChunks
  ) {
    func failure(_ reason: String) -> Corruption { Corruption(section: "graph", reason: reason) }
    guard let header = SegmentHeader(file, at: place.offset, limit: limit), header.kind == .graph,
      header.length == place.length, header.hash == place.hash, header.fields[0] <= 4096
    else { throw failure("there is no graph where one should be") }
    let count = Int(header.fields[0])
    let base = place.offset + SegmentHeader.size
    let sectionsLength = Int(clamping: header.fields[1])
    guard sectionsLength <= header.length else { throw failure("the sections are longer than the graph") }
    let chunkCount = VerifiedChunks.count(sectionsLength)
    let directory = count * Format.directoryEntrySize + chunkCount * 8
    let start = Format.aligned(base + directory)
    guard start + sectionsLength == place.offset + header.length, file.hash(base, directory) == header.bodyHash else {
      throw failure("the directory does not match its checksum")
    }
    var entries: [Section: Entry] = [:]
    for number in 0..<count {
      let at = base + number * Format.directoryEntrySize
      // A section of a number unknown here was added by a later version that older ones may pass over.
      guard let section = Section(rawValue: file.u32(at)) else { continue }
      let offset = Int(clamping: file.u64(at + 8))
      let length = Int(clamping: file.u64(at + 16))
      guard let codec = Section.Codec(rawValue: file.u32(at + 4)), (codec != .bytes) == section.isColumn,
        offset % Format.sectionAlignment == 0, offset <= sectionsLength, length <= sectionsLength - offset,
        entries[section] == nil
      else { throw Corruption(section, "the section lies outside its segment, or is there twice") }
      entries[section] = Entry(
        offset: start + offset, length: length, count: Int(clamping: file.u64(at + 24)), codec: codec,
        hash: file.u64(at + 32))
    }
    let chunks = VerifiedChunks(
      file, start: start, length: sectionsLength, hashes: base + count * Format.directoryEntrySize)
    return (entries, chunks)
  }

  /// Where the newest commit's manifest is.
  var place: Manifest.Place {
    Manifest.Place(
      offset: slot.manifestOffset, length: slot.manifestLength, hash: file.u64(slot.manifestOffset + 56))
  }

  func column(_ section: Section) throws(Corruption) -> PackedColumn {
    guard let entry = entries[section] else { throw Corruption(section, "the section is missing") }
    return try PackedColumn(section, file, entry, chunks)
  }

  /// The articles that the graph was made from, by id and content hash.
  ///
  /// - Complexity: O(n) in their size, as their checksums are verified.
  func articles() throws(Corruption) -> [ArticleSegment] {
    file.willReadAll()
    let offsets = try column(.articleOffset)
    let hashes = try column(.articleHash)
    guard offsets.count == hashes.count else { throw Corruption(.articleHash, "the columns of articles differ") }
    var articles: [ArticleSegment] = []
    for index in 0..<offsets.count {
      let offset = try offsets.value(index)
      guard let header = SegmentHeader(file, at: offset, limit: slot.length), header.hash == (try hashes.bits(index)),
        let article = ArticleSegment(file, header, at: offset)
      else { throw Corruption(.articleOffset, "article \(index) is damaged") }
      articles.append(article)
    }
    return articles
  }

  /// The table of the user's decisions about names; empty if there is none.
  func overrides() throws(Corruption) -> [UInt8] {
    let place = manifest.overrides
    guard place.length > 0 else { return [] }
    guard let header = SegmentHeader(file, at: place.offset, limit: slot.length), header.kind == .overrides,
      header.length == place.length, header.hash == place.hash,
      file.hash(place.offset + SegmentHeader.size, header.length - SegmentHeader.size) == header.bodyHash
    else { throw Corruption(section: "overrides", reason: "the decisions about names do not match their checksum") }
    return file.bytes(place.offset + SegmentHeader.size, header.length - SegmentHeader.size)
  }
}
