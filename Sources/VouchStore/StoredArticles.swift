public import VouchCore
public import VouchKnowledge

/// The articles that a graph file keeps, as far as they are whole.
public struct StoredArticles: Sendable {
  /// What each contributes, with what read it; in no order that matters.
  public private(set) var contributions: [(contribution: Contribution, reading: UInt64)] = []
  /// The user's decisions about names.
  public private(set) var overrides = Overrides()
  /// Articles that were damaged.
  public private(set) var lost = 0

  /// Reads the articles of a sound graph file.
  ///
  /// - Throws: A `Diagnostic` if the file is damaged, or holds no articles.
  /// - Complexity: O(n log n) in their size.
  public init(path: String) throws(Diagnostic) {
    let file = try MappedFile(path: path)
    let header = try FileHeader(file)
    guard header.major == Format.major else { throw GraphUpdate.withoutArticles(path) }
    let layout = try FileLayout(file, header, generation: nil)
    do throws(Corruption) {
      for segment in try layout.articles() {
        contributions.append((try segment.contribution(file), segment.reading))
      }
      overrides = try Self.overrides(try layout.overrides(), path)
    } catch {
      throw error.diagnostic(path)
    }
    guard !contributions.isEmpty || layout.manifest.nodes == 0 else { throw GraphUpdate.withoutArticles(path) }
  }

  /// Takes from a damaged graph file every article that is whole: it is searched for segments, whatever header, commit slots
  /// and manifests say.
  ///
  /// - Throws: A `Diagnostic` if the file cannot be read at all.
  /// - Complexity: O(n log n) in the size of the file.
  public init(salvaging path: String) throws(Diagnostic) {
    self.init(salvaging: try MappedFile(path: path))
  }

  init(salvaging file: MappedFile) {
    file.willReadAll()
    // What lies behind the last commit was never part of the graph; without a commit slot nobody can tell.
    let header = try? FileHeader(file)
    let limit = header.flatMap { try? CommitSlot.newest(file, $0) }?.length ?? file.count
    var found: [GraphUpdate.Key: (segment: ArticleSegment, contribution: Contribution)] = [:]
    var damaged: Set<Int> = []
    var offset = Format.firstSegment
    while offset < limit {
      guard let header = SegmentHeader(file, at: offset, limit: limit, isWhole: false) else {
        offset += Format.sectionAlignment
        continue
      }
      let body = offset + SegmentHeader.size
      switch header.kind {
      case .article:
        if header.length <= limit - offset, let segment = ArticleSegment(file, header, at: offset),
          let contribution = try? segment.contribution(file)
        {
          found[GraphUpdate.Key(article: segment.article, contentHash: segment.contentHash)] = (segment, contribution)
        } else {
          damaged.insert(offset)
        }
      case .tombstone:
        if let name = Self.body(file, header, at: body) {
          found[GraphUpdate.Key(article: String(decoding: name, as: UTF8.self), contentHash: header.fields[0])] = nil
        }
      case .overrides:
        if let table = Self.body(file, header, at: body), let decisions = try? Self.overrides(table, file.path) {
          overrides = decisions
        }
      case .graph, .manifest, .texts: break
      }
      offset += Format.aligned(min(header.length, limit - offset))
    }
    lost = damaged.count
    contributions = found.sorted { GraphUpdate.Key.precedes($0.key, $1.key) }.map {
      ($0.value.contribution, $0.value.segment.reading)
    }
  }

  private static func body(_ file: MappedFile, _ header: SegmentHeader, at offset: Int) -> [UInt8]? {
    let length = header.length - SegmentHeader.size
    return file.hash(offset, length) == header.bodyHash ? file.bytes(offset, length) : nil
  }

  private static func overrides(_ table: [UInt8], _ path: String) throws(Corruption) -> Overrides {
    do throws(Diagnostic) {
      return try Overrides(table, path: path)
    } catch {
      throw Corruption(section: "overrides", reason: error.message)
    }
  }
}
