public import VouchCore

/// The names that the ontology's gazetteers know: countries, cities, regions, facilities, organisations, people, media.
///
/// Names match letter for letter, case included, after apostrophes, hyphens and spaces are made plain (`key(for:)`).
/// Entries are numbered in table order, so the same tables give the same numbers.
public struct Gazetteer: Sendable {
  /// What sort of thing an entry is.
  public enum Kind: String, Sendable, CaseIterable {
    /// The eight sorts, in the order in which their tables are read.
    case country, person, organization, facility, region, city, agency, outlet
  }

  /// How a name denotes its entry.
  public enum Form: UInt8, Sendable {
    /// The usual name or another one.
    case name, alias
    /// The country's capital or a body's seat, a name of its government's seat, an adjective or noun for its people.
    case capital, metonym, demonym
  }

  /// One entry of a gazetteer; a number that only this gazetteer understands.
  public struct EntryID: Hashable, Sendable, Comparable {
    fileprivate let number: UInt32
    /// Orders as the tables do.
    public static func < (a: EntryID, b: EntryID) -> Bool { a.number < b.number }
  }

  /// A name's meaning: an entry, and how the name denotes it.
  public struct Match: Hashable, Sendable {
    /// The entry.
    public let entry: EntryID
    /// How the name denotes it.
    public let form: Form
  }

  /// What a gazetteer says of an entry.
  ///
  /// Empty cells are `nil`.
  public struct Entry: Sendable {
    /// Permanent id, such as `person:angela-merkel` or `country:DE`.
    public let id: String
    /// What sort of thing it is.
    public let kind: Kind
    /// The usual name in news.
    public let name: String
    /// Other names.
    public let aliases: [String]
    /// The table's own `kind` column (`nuclear-plant`, `igo`, `central-bank` …).
    public let subkind: String?
    /// ISO 3166-1 alpha-2 code of the country it is in or acts for.
    public let country: String?
    /// Wikidata item, such as `Q64`.
    public let wikidata: String?
    /// Degrees, WGS 84.
    public let latitude: Double?
    /// Degrees, WGS 84.
    public let longitude: Double?
    /// Inhabitants, for cities.
    public let population: Int?
    /// Code of the country whose executive the name stands for when it speaks or acts.
    public let government: String?
    /// `m` or `f`, for people.
    public let gender: String?
    /// Internet domain, for outlets.
    public let domain: String?
    /// The cell of actor codes, which `ActorCode.current(in:on:)` reads.
    public let codes: String?
    /// Whether the entry stands in a user's own table.
    public let isOwn: Bool
  }

  /// Longest name in bytes; longer texts need not be looked up.
  public private(set) var longestName = 0
  /// Whether there are users' own tables among those that were read.
  public private(set) var hasOwn = false
  private var tables: [(kind: Kind, table: Table, first: UInt32)] = []
  private var skipped: Set<UInt32> = []
  private var names: [UInt64: [Match]] = [:]
  private var countries: [String: EntryID] = [:]

  /// Reads the gazetteers.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  /// - Complexity: O(n) in the size of the tables.
  public init(_ ontology: Ontology) throws(Diagnostic) {
    names.reserveCapacity(200_000)
    var number: UInt32 = 0
    for (name, kind) in [
      ("countries", Kind.country), ("people", .person), ("organizations", .organization), ("facilities", .facility),
      ("regions", .region), ("cities", .city), ("outlets", .outlet),
    ] {
      let read = try ontology.rows(of: "gazetteers/" + name)
      var seen: Set<String> = []
      for (position, table) in read.enumerated() {
        tables.append((kind, table, number))
        hasOwn = hasOwn || !table.isBuiltIn
        for row in 0..<table.rowCount {
          let id = EntryID(number: number)
          number += 1
          if read.count > 1 {
            let text = table.text(row, 0)
            let isNew = position == read.count - 1 ? !seen.contains(text) : seen.insert(text).inserted
            guard isNew else {
              skipped.insert(id.number)
              continue
            }
          }
          add(id, table: table, row: row)
        }
      }
    }
  }

  private mutating func add(_ id: EntryID, table: Table, row: Int) {
    let columns: [(String, Form)] = [
      ("name", .name), ("formal", .alias), ("aliases", .alias), ("capital", .capital), ("capital_aliases", .capital),
      ("seats", .capital), ("metonyms", .metonym), ("demonyms", .demonym),
    ]
    for (column, form) in columns {
      guard let index = table.column(column) else { continue }
      for name in table.cell(row, index).split(separator: 0x7C) { add(name, Match(entry: id, form: form)) }
    }
    if table.name == "gazetteers/countries" { countries[table.text(row, 0)] = countries[table.text(row, 0)] ?? id }
  }

  private mutating func add(_ name: ArraySlice<UInt8>, _ match: Match) {
    longestName = max(longestName, name.count)
    let isPlain = name.allSatisfy { $0 < 0x80 }
    let hash = isPlain ? XXH64.hash(name) : XXH64.hash(Self.key(for: String(decoding: name, as: UTF8.self)).utf8)
    let known = names[hash]
    if known == nil {
      names[hash] = [match]
    } else if known?.contains(where: { $0.entry == match.entry }) == false {
      names[hash]?.append(match)
    }
  }

  /// The form in which names are compared: plain apostrophes and hyphens, one space between words, case kept.
  public static func key(for name: String) -> String {
    var key = String.UnicodeScalarView()
    var pendingSpace = false
    for scalar in name.unicodeScalars {
      switch scalar.value {
      case 0x09...0x0D, 0x20, 0xA0, 0x2000...0x200A, 0x202F: pendingSpace = !key.isEmpty
      default:
        if pendingSpace { key.append(" ") }
        pendingSpace = false
        switch scalar.value {
        case 0x2018, 0x2019, 0x2BC: key.append("'")
        case 0x2010, 0x2011: key.append("-")
        default: key.append(scalar)
        }
      }
    }
    return String(key)
  }

  /// What a name may mean, in table order; empty if no gazetteer knows it.
  ///
  /// Names are found by a 64-bit hash; the entry's own cells are then compared, so a collision cannot bring in a stranger.
  public func matches(for name: String) -> [Match] {
    let key = Self.key(for: name)
    guard key.utf8.count <= longestName, let found = names[XXH64.hash(key.utf8)] else { return [] }
    return found.filter { spellings($0.entry, $0.form).contains(key) }
  }

  private func spellings(_ id: EntryID, _ form: Form) -> [String] {
    guard let (_, table, row) = locate(id) else { return [] }
    let columns: [String]
    switch form {
    case .name: columns = ["name"]
    case .alias: columns = ["formal", "aliases"]
    case .capital: columns = ["capital", "capital_aliases", "seats"]
    case .metonym: columns = ["metonyms"]
    case .demonym: columns = ["demonyms"]
    }
    return columns.flatMap { table.list(row, table.column($0)) }.map(Self.key(for:))
  }

  private func locate(_ id: EntryID) -> (Kind, Table, Int)? {
    guard let slot = tables.last(where: { $0.first <= id.number }) else { return nil }
    return (slot.kind, slot.table, Int(id.number - slot.first))
  }

  /// The entry of a country by its ISO 3166-1 alpha-2 code.
  public func country(_ code: String) -> EntryID? { countries[code] }

  /// Whether an entry stands in a user's own table.
  public func isOwn(_ id: EntryID) -> Bool { locate(id).map { !$0.1.isBuiltIn } ?? false }

  /// What the gazetteer says of an entry.
  public func entry(_ id: EntryID) -> Entry {
    guard let (tableKind, table, row) = locate(id) else {
      return Entry(
        id: "", kind: .city, name: "", aliases: [], subkind: nil, country: nil, wikidata: nil, latitude: nil,
        longitude: nil, population: nil, government: nil, gender: nil, domain: nil,
        codes: nil, isOwn: false)
    }
    func value(_ column: String) -> String? { table.value(row, table.column(column)) }
    var kind = tableKind
    let subkind = value("kind")
    if kind == .outlet, subkind == "agency" { kind = .agency }
    let code = table.text(row, 0)
    return Entry(
      id: kind == .country ? "country:" + code : code, kind: kind, name: value("name") ?? code,
      aliases: table.list(row, table.column("aliases")), subkind: subkind,
      country: kind == .country ? code : value("country"), wikidata: value("wikidata"),
      latitude: value("latitude").flatMap(Double.init), longitude: value("longitude").flatMap(Double.init),
      population: value("population").flatMap { Int($0) }, government: value("government"), gender: value("gender"),
      domain: value("domain"), codes: value("code"), isOwn: !table.isBuiltIn)
  }
}
