internal import VouchCore
internal import VouchOntology

/// The codes of actors: of names by the gazetteers and the table of offices, of nouns by the table of agents.
struct ActorCodes: Sendable {
  /// Most words of an agent's description.
  private(set) var longest = 1
  /// Sectors by lower-cased words joined by spaces.
  private var sectors: [String: String] = [:]
  /// The last words of descriptions.
  private var lastWords: Set<String> = []
  private let gazetteer: Gazetteer
  /// Offices of countries by the ids of those who held them, as the items of a cell of codes.
  private var offices: [String: [(country: String, sector: String, days: String)]] = [:]

  /// Reads the tables of agents and offices.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  init(_ ontology: Ontology, gazetteer: Gazetteer) throws(Diagnostic) {
    self.gazetteer = gazetteer
    var sectors: [String: String] = [:]
    var lastWords: Set<String> = []
    var longest = 1
    try ontology.forEachRow(of: "lexicons/agents") { table, row in
      let words = table.text(row, table.column("form")).lowercased().split(separator: " ")
      guard let last = words.last, words.count <= 6 else { return }
      let form = words.joined(separator: " ")
      // A user's rows come first, and count.
      if sectors[form] == nil { sectors[form] = table.text(row, table.column("code")) }
      lastWords.insert(String(last))
      longest = max(longest, words.count)
    }
    self.sectors = sectors
    self.lastWords = lastWords
    self.longest = longest
    var offices: [String: [(country: String, sector: String, days: String)]] = [:]
    try ontology.forEachRow(of: "gazetteers/offices") { table, row in
      func text(_ column: String) -> String { table.text(row, table.column(column)) }
      guard text("organization").isEmpty, !text("country").isEmpty, !text("from").isEmpty,
        let sector = sectors[text("office")]
      else { return }
      offices[text("person"), default: []].append((text("country"), sector, text("from") + ".." + text("to")))
    }
    self.offices = offices
  }

  /// Whether a description of an agent may end with a word.
  func isLast(_ word: String) -> Bool { lastWords.contains(word) }
  /// The sector of some lower-cased words, joined by spaces.
  func sector(_ words: String) -> String? { sectors[words] }

  /// The code of an entry on a day: its own, else that of its country with the sector of its kind.
  func code(_ entry: Gazetteer.Entry, on day: CalendarDate?) -> String? {
    if let codes = entry.codes { return ActorCode.current(in: codes, on: day) }
    switch entry.kind {
    case .country, .city, .region: return nil
    case .person:
      return (offices[entry.id] ?? []).lazy.compactMap { office in
        ActorCode.current(in: office.sector + " " + office.days, on: day).flatMap { sector in
          ActorCode.joined(country(office.country, on: day), [sector])
        }
      }.first
    case .facility:
      return entry.government.flatMap { country($0, on: day) }.flatMap { ActorCode.joined($0, ["GOV"]) }
    case .organization, .agency, .outlet:
      guard let kind = entry.kind == .organization ? entry.subkind : "news outlet",
        let sector = sectors[kind.split(separator: "-").joined(separator: " ")]
      else { return nil }
      // Bodies of several countries stand in the place of one.
      let base = sector == "IGO" || sector == "NGO" ? nil : entry.country.flatMap { country($0, on: day) }
      return ActorCode.joined(base, [sector])
    }
  }

  /// The code of a country by its ISO 3166-1 alpha-2 code.
  func country(_ code: String, on day: CalendarDate?) -> String? {
    gazetteer.country(code).flatMap { gazetteer.entry($0).codes }.flatMap { ActorCode.current(in: $0, on: day) }
  }
}
