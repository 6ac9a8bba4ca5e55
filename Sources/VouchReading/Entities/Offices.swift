internal import VouchCore
internal import VouchOntology

/// Who held which office of a country when, by the table of offices.
struct Offices: Sendable {
  /// Somebody's time in an office.
  struct Term: Sendable {
    /// Id of the person's row in the table of people.
    let person: String
    /// First and last day known, as ISO dates that may break off after the year or month; empty for unknown.
    let from: String, to: String
  }

  /// Offices of those who lead a country, so that "leader" may mean them.
  private static let heads = ["president", "prime minister", "chancellor", "supreme leader", "king", "premier"]
  /// Other names of an office in the table.
  private static let same: [String: String] = [
    "premier": "prime minister", "defense minister": "defence minister", "defense secretary": "defence secretary",
    "spokesman": "spokesperson", "spokeswoman": "spokesperson",
  ]

  private var terms: [String: [Term]] = [:]

  /// Reads the table; rows of offices in a body or region, which "the French governor" would not mean, are left out.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  init(_ ontology: Ontology) throws(Diagnostic) {
    var terms: [String: [Term]] = [:]
    try ontology.forEachRow(of: "gazetteers/offices") { table, row in
      let country = table.text(row, table.column("country"))
      guard !country.isEmpty, table.text(row, table.column("organization")).isEmpty else { return }
      terms[Self.key(table.text(row, table.column("office")), country), default: []].append(
        Term(
          person: table.text(row, table.column("person")), from: table.text(row, table.column("from")),
          to: table.text(row, table.column("to"))))
    }
    self.terms = terms
  }

  private static func key(_ office: String, _ country: String) -> String { country + " " + office }

  /// Whether a title may mean whoever leads a country.
  static func isLeader(_ title: String) -> Bool { ["leader", "head of state", "ruler"].contains(title) }

  /// The people who held an office of a country on a date; without a date, all who ever held it.
  ///
  /// - Complexity: O(t) in the terms of the office.
  func holders(of office: String, country: String, on date: CalendarDate?) -> [String] {
    let offices = Self.isLeader(office) ? Self.heads : [Self.same[office] ?? office]
    return offices.flatMap { terms[Self.key($0, country)] ?? [] }
      .filter { term in date.map { Self.isIn(term, $0.description) } ?? true }.map(\.person)
  }

  /// Whether a day lies in a term; a term of which the table knows no beginning is none.
  private static func isIn(_ term: Term, _ day: String) -> Bool {
    !term.from.isEmpty && term.from.prefix(day.count) <= day.prefix(term.from.count)
      && (term.to.isEmpty || day.prefix(term.to.count) <= term.to)
  }
}
