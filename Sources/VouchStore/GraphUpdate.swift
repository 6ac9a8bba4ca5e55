public import VouchCore
public import VouchKnowledge

/// Adds articles to a graph file, replaces them, takes them away.
///
/// A graph is made anew from all its articles, since what one of them says may connect what others say; but each article is read
/// only once, as the file keeps what it contributes. Until `commit` nothing is written; then everything is, or nothing.
///
/// While this object lives no other process can write to the file. Readers are never in the way, nor it in theirs.
public final class GraphUpdate {
  /// What a commit did.
  public struct Summary: Sendable {
    /// Number of the commit, from 1.
    public internal(set) var generation = 0
    /// Articles in the graph.
    public internal(set) var articles = 0
    /// Articles that are new, that replaced another content or reading, that are gone, that were there just so.
    public internal(set) var added = 0, replaced = 0, retracted = 0, unchanged = 0
    /// Nodes and edges of the graph, bytes of the file.
    public internal(set) var nodes = 0, edges = 0, bytes = 0
    /// Whether the file was written to, and whether it was compacted.
    public internal(set) var isChanged = false, isCompacted = false
    /// What there is to say about the articles and the decisions about names.
    public internal(set) var diagnostics: [Diagnostic] = []
  }

  /// An article's identity: several articles may bear one name.
  struct Key: Hashable, Sendable {
    let article: String
    let contentHash: UInt64
  }

  private struct New {
    let contribution: Contribution
    let encoded: [UInt8]
    let reading: UInt64
  }

  /// A file of so many bytes or more is compacted when more than half of them are no longer needed.
  package var compactsFrom = 1 << 20

  private let path: String
  private let creator: String
  private let makeStorage: () throws(NewFile.Failure) -> any NewStorage
  private var storage: (any Storage)?
  private var base: (file: MappedFile, header: FileHeader, layout: FileLayout)?
  private var isPoisoned = false
  private var live: [Key: ArticleSegment] = [:]
  private var new: [Key: New] = [:]
  private var named: [String: Set<Key>] = [:]
  private var retracted: Set<Key> = []
  private var unchanged = 0
  private var notes: [Diagnostic] = []
  private var oldOverrides: [UInt8] = []

  /// What the user decides about names; kept in the file, so that later additions honour it.
  public var overrides = Overrides()

  /// Opens a graph file to change it, or begins one where there is none.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - creator: Program and version, at most 32 bytes.
  ///   - replaces: Whether to begin anew even if there is a file.
  /// - Throws: A `Diagnostic` for a file that is no graph, is damaged, holds no articles, or that another process writes to.
  public convenience init(path: String, creator: String, replacing replaces: Bool = false) throws(Diagnostic) {
    var locked: LockedFile?
    do {
      locked = try LockedFile(path: path)
    } catch let error where error.code == "store.missing" || (replaces && error.code != "store.locked") {
      locked = nil
    }
    try self.init(locked, isNew: replaces || locked == nil, path: path, creator: creator) {
      () throws(NewFile.Failure) in try NewDiskFile(path: path, replacing: replaces || locked != nil)
    }
  }

  /// Changes what lies in a storage.
  ///
  /// - Parameters:
  ///   - storage: The file; `nil` if there is none.
  ///   - isNew: Whether to begin anew.
  ///   - make: Makes a file that will take the place.
  package init(
    _ storage: (any Storage)?, isNew: Bool, path: String, creator: String,
    make: @escaping () throws(NewFile.Failure) -> any NewStorage
  ) throws(Diagnostic) {
    self.path = path
    self.creator = creator
    self.storage = storage
    makeStorage = make
    if let storage, !isNew { try open(storage) }
  }

  private func open(_ storage: any Storage) throws(Diagnostic) {
    let file = try storage.mapped(path: path)
    let header: FileHeader
    do throws(Diagnostic) {
      header = try FileHeader(file)
    } catch {
      var error = error
      if error.code == "store.not-a-graph" { error.message += "; choose another name, or --replace it by a graph" }
      throw error
    }
    guard header.major == Format.major else { throw Self.withoutArticles(path) }
    let layout = try FileLayout(file, header, generation: nil)
    guard layout.slot.readOnlyCompatible == 0 else {
      throw Diagnostic(
        .error, "store.newer-format", "the graph uses features of a later format; use a newer vouch to change it",
        at: .init(path: path))
    }
    base = (file, header, layout)
    do throws(Corruption) {
      for segment in try layout.articles() {
        live[Key(article: segment.article, contentHash: segment.contentHash)] = segment
      }
      oldOverrides = try layout.overrides()
    } catch {
      throw error.diagnostic(path)
    }
    guard !live.isEmpty || layout.manifest.nodes == 0 else { throw Self.withoutArticles(path) }
    overrides = try Overrides(oldOverrides, path: path)
  }

  static func withoutArticles(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "store.no-articles",
      "the graph does not hold the articles it was made from, so nothing can be added; build it again with --replace",
      at: .init(path: path))
  }

  /// Whether the file will be a new one.
  public var isNew: Bool { base == nil }

  /// Number of articles that the graph has now.
  public var articleCount: Int { live.count }

  /// Which articles a graph holds, for any thread to ask.
  public struct Holdings: Sendable {
    fileprivate let readings: [Key: UInt64]

    /// Whether the graph holds this very article as `reading` would read it; then it need not be read again.
    ///
    /// - Parameters:
    ///   - contentHash: As `Contribution.contentHash` tells.
    ///   - reading: Identifies what reads: program, tables, model, options.
    public func contain(_ article: String, contentHash: UInt64, reading: UInt64) -> Bool {
      readings[Key(article: article, contentHash: contentHash)] == reading
    }
  }

  /// The articles that the graph has now.
  public var holdings: Holdings { Holdings(readings: live.mapValues(\.reading)) }

  /// Keeps an article that the holdings contain.
  public func keep(_ article: String, contentHash: UInt64) {
    if note(Key(article: article, contentHash: contentHash)) { unchanged += 1 }
  }

  /// Adds an article, in place of any of this name with another content.
  ///
  /// Different articles of one name that are added before one commit are all kept, and told apart by parts of their content hash.
  public func add(_ contribution: Contribution, reading: UInt64) {
    let key = Key(article: contribution.article, contentHash: contribution.contentHash)
    guard note(key) else { return }
    if live[key]?.reading == reading {
      unchanged += 1
    } else {
      new[key] = New(contribution: contribution, encoded: contribution.encoded, reading: reading)
    }
  }

  /// Notes that an article was given; whether for the first time.
  private func note(_ key: Key) -> Bool {
    guard named[key.article, default: []].insert(key).inserted else {
      notes.append(
        Diagnostic(
          .note, "article.duplicate", "the article was given more than once; it counts once",
          at: .init(path: key.article)))
      return false
    }
    return true
  }

  /// Takes an article away, and exactly what it contributed.
  ///
  /// - Parameter name: Its id, or that with part of the content hash by which several of one name are told apart.
  /// - Returns: How many articles bear the name.
  public func retract(_ name: String) -> Int {
    let found = live.keys.filter { $0.article == name || $0.distinctName == name }
    retracted.formUnion(found)
    return found.count
  }

  // MARK: Commit

  /// Writes everything.
  ///
  /// - Returns: What was done. An error among the diagnostics means that the overrides cannot be followed, and nothing was
  ///   written.
  /// - Throws: A `Diagnostic` if the file cannot be written; it is as it was before, and this object is of no further use.
  /// - Complexity: O(n log n) in the size of the graph.
  public func commit() throws(Diagnostic) -> Summary {
    guard !isPoisoned else {
      throw Diagnostic(
        .error, "store.unwritable", "this change of the graph was made, or failed, already; open the graph again",
        at: .init(path: path)
      )
    }
    var summary = Summary()
    var gone = retracted
    summary.retracted = gone.count
    for (name, keys) in named where keys.contains(where: { new[$0] != nil }) {
      gone.formUnion(live.keys.filter { $0.article == name && (!keys.contains($0) || new[$0] != nil) })
    }
    let goneNames = Set(gone.subtracting(retracted).map(\.article))
    summary.replaced = new.keys.filter { goneNames.contains($0.article) }.count
    summary.added = new.count - summary.replaced
    summary.unchanged = unchanged
    summary.diagnostics = notes
    if base != nil, new.isEmpty, gone.isEmpty, overrides.table == oldOverrides {
      unchanged(&summary)
      return summary
    }
    let kept = live.filter { !gone.contains($0.key) }
    var contributions: [Key: Contribution] = new.mapValues(\.contribution)
    if let file = base?.file {
      do throws(Corruption) {
        for (key, segment) in kept { contributions[key] = try segment.contribution(file) }
      } catch {
        throw error.diagnostic(path)
      }
    }
    let order = contributions.keys.sorted(by: Key.precedes)
    let (graph, diagnostics) = Graph.merging(order.compactMap { contributions[$0] }, overrides: overrides)
    summary.diagnostics += diagnostics
    guard !summary.diagnostics.contains(where: { $0.severity == .error }) else { return summary }
    let isAppended = base != nil
    var commit = Commit(after: base.map { ($0.layout.slot, $0.layout.place) })
    var places: [Key: Manifest.Place] = kept.mapValues(\.place)
    var texts: [ObjectIdentifier: Int] = [:]
    for (key, segment) in kept {
      guard let contribution = contributions[key] else { continue }
      texts[ObjectIdentifier(contribution.text)] = segment.text.lowerBound
      if let given = contribution.given { texts[ObjectIdentifier(given)] = segment.given?.lowerBound }
    }
    for key in gone.sorted(by: Key.precedes) {
      commit.append { ArticleSegment.tombstone(key.article, contentHash: key.contentHash, at: $0) }
    }
    for key in new.keys.sorted(by: Key.precedes) {
      guard let new = new[key] else { continue }
      places[key] = commit.place { offset in
        let made = ArticleSegment.segment(new.contribution, encoded: new.encoded, reading: new.reading, at: offset)
        texts[ObjectIdentifier(new.contribution.text)] = made.text
        if let given = new.contribution.given { texts[ObjectIdentifier(given)] = made.given }
        return made.bytes
      }
    }
    var decisions = base?.layout.manifest.overrides ?? Manifest.Place()
    if overrides.table != oldOverrides {
      let table = overrides.table
      decisions = commit.place { SegmentHeader.segment(.overrides, fields: [], body: table, at: $0) }
    }
    commit.finish(
      graph, texts: graph.sources.map { texts[ObjectIdentifier($0.text)] ?? 0 },
      articles: order.compactMap { places[$0] }, overrides: decisions, added: summary.added,
      replaced: summary.replaced, retracted: summary.retracted)
    try write(commit, isAppended: isAppended)
    summary.isChanged = true
    summary.generation = commit.manifest.generation
    summary.articles = order.count
    summary.nodes = graph.nodes.count
    summary.edges = graph.edges.count
    summary.bytes = commit.slot?.length ?? 0
    if isAppended, let length = commit.slot?.length, length >= compactsFrom,
      length - commit.manifest.live > length / 2
    {
      do throws(Diagnostic) {
        let compacted = try Self.compacted(contributions, readings(kept), overrides, path, creator, makeStorage)
        (summary.isCompacted, summary.generation, summary.bytes) = (true, compacted.generation, compacted.bytes)
      } catch {
        // The commit stands; the file is only longer than it need be.
        summary.diagnostics.append(Diagnostic(.warning, "store.not-compacted", error.message, at: error.location))
      }
    }
    isPoisoned = true
    return summary
  }

  private func readings(_ kept: [Key: ArticleSegment]) -> [Key: UInt64] {
    kept.mapValues(\.reading).merging(new.mapValues(\.reading)) { _, new in new }
  }

  private func unchanged(_ summary: inout Summary) {
    guard let manifest = base?.layout.manifest, let slot = base?.layout.slot else { return }
    summary.generation = manifest.generation
    summary.articles = manifest.articles
    summary.nodes = manifest.nodes
    summary.edges = manifest.edges
    summary.bytes = slot.length
  }

  /// Rewrites the file without what no commit but the last needs: the bytes are those of one build of the same articles.
  ///
  /// Older generations are gone then. Readers that have the file open keep what they have.
  ///
  /// - Returns: Length of the file before, and what it holds.
  public func compact() throws(Diagnostic) -> (before: Int, summary: Summary) {
    guard let base else {
      throw Diagnostic(.error, "store.missing", "there is no graph to compact", at: .init(path: path))
    }
    var contributions: [Key: Contribution] = [:]
    do throws(Corruption) {
      for (key, segment) in live { contributions[key] = try segment.contribution(base.file) }
    } catch {
      throw error.diagnostic(path)
    }
    isPoisoned = true
    let summary = try Self.compacted(contributions, readings(live), overrides, path, creator, makeStorage)
    return (base.layout.slot.length, summary)
  }

  private static func compacted(
    _ contributions: [Key: Contribution], _ readings: [Key: UInt64], _ overrides: Overrides, _ path: String,
    _ creator: String, _ make: @escaping () throws(NewFile.Failure) -> any NewStorage
  ) throws(Diagnostic) -> Summary {
    let update = try GraphUpdate(nil, isNew: true, path: path, creator: creator, make: make)
    update.overrides = overrides
    for (key, contribution) in contributions { update.add(contribution, reading: readings[key] ?? 0) }
    return try update.commit()
  }

  private func write(_ commit: Commit, isAppended: Bool) throws(Diagnostic) {
    guard let slot = commit.slot else { return }
    isPoisoned = true
    guard isAppended, let storage, let base else {
      do throws(NewFile.Failure) {
        let new = try makeStorage()
        do throws(ErrorNumber) {
          try new.writeAll(commit.firstPages(creator: creator), at: 0)
          try new.writeAll(commit.bytes, at: commit.start)
        } catch {
          throw .system(step: "write it", error)
        }
        try new.publish()
      } catch {
        throw GraphFile.diagnostic(error, path)
      }
      return
    }
    do throws(ErrorNumber) {
      // What a commit that was cut short left behind.
      if try storage.size() > base.layout.slot.length { try storage.truncate(to: base.layout.slot.length) }
      try storage.writeAll(commit.bytes, at: commit.start)
      try storage.sync()
    } catch {
      throw unwritable(error, "the graph is as it was before")
    }
    do throws(ErrorNumber) {
      try storage.writeAll(slot.bytes(identity: base.header.identity), at: slot.page * Format.pageSize)
      try storage.sync()
    } catch {
      throw unwritable(error, "the graph is either as it was before or as it was to be")
    }
  }

  private func unwritable(_ error: ErrorNumber, _ state: String) -> Diagnostic {
    Diagnostic(.error, "store.unwritable", "cannot write the graph: \(error); \(state)", at: .init(path: path))
  }
}

extension GraphUpdate.Key {
  static func precedes(_ a: Self, _ b: Self) -> Bool {
    if a.article.precedesBytewise(b.article) { return true }
    return !b.article.precedesBytewise(a.article) && a.contentHash < b.contentHash
  }

  /// The name under which one of several articles of a name stands in the graph.
  var distinctName: String {
    let hash = String(contentHash, radix: 16)
    return "\(article)@\(String(repeating: "0", count: 16 - hash.count) + hash)"
  }
}
