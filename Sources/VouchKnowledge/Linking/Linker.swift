public import VouchCore
public import VouchOntology

/// Knows which names mean the same in all articles: by gazetteer, by spelling, and for issues by their words.
public struct Linker: Sendable {
  let gazetteer: Gazetteer
  let names: NameForms
  let issues: IssueForms
  /// People of the gazetteer by the form of their full names; `nil` for a form that two of them share.
  private var people: [String: Gazetteer.EntryID?] = [:]

  /// Loads the tables of spellings and issues.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  public init(_ ontology: Ontology, gazetteer: Gazetteer) throws(Diagnostic) {
    self.gazetteer = gazetteer
    let names = try NameForms(ontology)
    self.names = names
    issues = try IssueForms(ontology)
    var people: [String: Gazetteer.EntryID?] = [:]
    try ontology.forEachRow(of: "gazetteers/people") { table, row in
      let id = table.text(row, 0)
      let name = table.text(row, table.column("name"))
      guard let match = gazetteer.matches(for: name).first(where: { gazetteer.entry($0.entry).id == id }) else {
        return
      }
      for name in [name] + table.list(row, table.column("aliases")) where name.contains(" ") {
        let form = names.form(of: name, .person)
        if let known = people[form] {
          if known != match.entry { people[form] = .some(nil) }
        } else {
          people[form] = match.entry
        }
      }
    }
    self.people = people
  }

  /// The one person whom the gazetteer knows by another spelling of a full name.
  func person(spelt name: String) -> Gazetteer.Entry? {
    guard name.contains(" "), let id = people[names.form(of: name, .person)] ?? nil else { return nil }
    return gazetteer.entry(id)
  }
}
