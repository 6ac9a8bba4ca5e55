internal import CVouchData
public import VouchCore

/// The tables and documents of `Ontology/`, as built into the program, with the user's own tables on top.
public struct Ontology: Sendable {
  /// Version of the vocabulary, as `vouch.ttl` states it.
  public static let version = "1.0"

  /// A file outside the program that adds rows to a table, or a table of its own.
  public struct Addition: Sendable {
    /// Table name, such as `gazetteers/people`.
    public var name: String
    /// How messages call the file.
    public var path: String
    /// The file.
    public var bytes: [UInt8]
    /// Makes an addition.
    public init(name: String, path: String, bytes: [UInt8]) {
      self.name = name
      self.path = path
      self.bytes = bytes
    }
  }

  private let additions: [String: [Table]]
  private let additionsHash: UInt64

  /// The built-in tables alone.
  public init() {
    additions = [:]
    additionsHash = 0
  }

  /// The built-in tables and the user's; a user's row replaces a built-in one with the same id.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read or has no built-in table of its name.
  public init(adding files: [Addition]) throws(Diagnostic) {
    var additions: [String: [Table]] = [:]
    for file in files.sorted(by: { $0.path < $1.path }) {
      guard let name = Self.tableNames.first(where: { $0 == file.name || $0.hasSuffix("/" + file.name) }) else {
        throw Diagnostic(
          .error, "ontology.unknown-table",
          "no table is called \"\(file.name)\"; the tables are: \(Self.tableNames.joined(separator: ", "))",
          at: .init(path: file.path))
      }
      additions[name, default: []].append(try Table(name: name, bytes: file.bytes, path: file.path))
    }
    self.additions = additions
    additionsHash = XXH64.hash(files.sorted { $0.name < $1.name }.flatMap { Array($0.name.utf8) + [0] + $0.bytes })
  }

  /// Identifies the tables, built-in and the user's: what is read with the same ones is read alike.
  ///
  /// - Complexity: O(n) in their size.
  public var fingerprint: UInt64 {
    var hashes = [additionsHash]
    for name in Self.resourceNames { hashes.append(XXH64.hash(Self.resource(name) ?? [])) }
    return XXH64.hash(hashes.flatMap { hash in (0..<8).map { UInt8(truncatingIfNeeded: hash >> UInt64(8 * $0)) } })
  }

  /// Names of the built-in tables, such as `lexicons/cues`, sorted.
  public static var tableNames: [String] {
    resourceNames.filter { $0.hasSuffix(".tsv") }.map { String($0.dropLast(4)) }
  }

  /// Names of all built-in files, such as `vouch.ttl`, sorted.
  public static var resourceNames: [String] {
    (0..<vouch_resource_count()).map { unsafe String(cString: vouch_resource_at($0).name) }.sorted()
  }

  /// The bytes of a built-in file; `nil` if there is none of that name.
  public static func resource(_ name: String) -> [UInt8]? {
    for index in 0..<vouch_resource_count() {
      let resource = unsafe vouch_resource_at(index)
      if unsafe String(cString: resource.name) == name {
        return unsafe Array(UnsafeBufferPointer(start: resource.bytes, count: resource.length))
      }
    }
    return nil
  }

  /// The rows of one table: the user's first, so that they win, then the built-in ones, unless a user's table replaces them.
  ///
  /// - Parameter name: A built-in table's name.
  /// - Throws: A `Diagnostic` if there is no such table.
  public func rows(of name: String) throws(Diagnostic) -> [Table] {
    guard let bytes = Self.resource(name + ".tsv") else {
      throw Diagnostic(.error, "ontology.missing", "the program holds no table \"\(name)\"; it was built incompletely")
    }
    let added = additions[name] ?? []
    return added.contains(where: \.replacesBuiltIn) ? added : added + [try Table(name: name, bytes: bytes)]
  }

  /// Calls `body` with every row of a table, the user's first; a later row with an id seen before is skipped.
  public func forEachRow(of name: String, _ body: (Table, Int) -> Void) throws(Diagnostic) {
    let tables = try rows(of: name)
    var seen: Set<String> = []
    for (position, table) in tables.enumerated() {
      let isLast = position == tables.count - 1
      for row in 0..<table.rowCount {
        if tables.count > 1 {
          let id = table.text(row, 0)
          if isLast ? seen.contains(id) : !seen.insert(id).inserted { continue }
        }
        body(table, row)
      }
    }
  }
}
