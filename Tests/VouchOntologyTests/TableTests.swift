import Testing
import VouchCore
import VouchOntology
import VouchTestSupport

private func table(_ text: String) throws(Diagnostic) -> Table {
  try Table(name: "lexicons/test", bytes: Array(text.utf8))
}

@Suite struct TableTests {
  @Test func cellsAreFoundByRowAndColumn() throws {
    let table = try table("# title: T\n# columns: id\tlist\tlast\na\tx|y\t1\n\nb\t\t\n# remark\nc\tz\t3")
    #expect(table.rowCount == 3)
    #expect(table.text(0, table.column("id")) == "a")
    #expect(table.list(0, table.column("list")) == ["x", "y"])
    #expect(table.value(1, table.column("last")) == nil)
    #expect(table.text(1, table.column("id")) == "b")
    #expect(table.text(2, table.column("last")) == "3")
    #expect(table.text(2, table.column("none")) == "")
  }

  @Test(arguments: [
    ("a\tb\n", "ontology.no-columns", 1), ("# columns: id\tx\na\n", "ontology.cells", 2),
    ("# columns: id\na\nb\tc\n", "ontology.cells", 3),
  ])
  func wrongRowsNameTheirLine(text: String, code: String, line: Int) {
    do {
      _ = try table(text)
      Issue.record("the table was read")
    } catch {
      #expect(error.code == code)
      #expect(error.location.line == line)
    }
  }

  @Test func aTableInAnotherEncodingIsRefused() {
    #expect(throws: Diagnostic.self) { try Table(name: "t", bytes: [0x23, 0xFF, 0x0A]) }
  }
}

@Suite struct OntologyTests {
  @Test(arguments: Ontology.tableNames) func everyBuiltInTableIsReadWholeAndSorted(name: String) throws {
    let tables = try Ontology().rows(of: name)
    let table = try #require(tables.first)
    #expect(table.rowCount > 0)
    for row in 1..<max(1, table.rowCount) {
      #expect(table.cell(row - 1, 0).lexicographicallyPrecedes(table.cell(row, 0)), "\(name), row \(row)")
    }
  }

  @Test func aUsersTableMayReplaceTheBuiltInOne() throws {
    let file = "# replaces: built-in\n# columns: id\tform\nmine\tzyzx\n"
    let ontology = try Ontology(adding: [.init(name: "modality", path: "modality.tsv", bytes: Array(file.utf8))])
    var ids: [String] = []
    try ontology.forEachRow(of: "lexicons/modality") { table, row in ids.append(table.text(row, 0)) }
    #expect(ids == ["mine"])
  }

  @Test func aUsersRowsWinOverBuiltInOnes() throws {
    let file = "# columns: id\tform\nmodality.abandon\tFORSAKE\nmodality.zzyzx\tzzyzx\n"
    let ontology = try Ontology(adding: [.init(name: "modality", path: "modality.tsv", bytes: Array(file.utf8))])
    var forms: [String: String] = [:]
    try ontology.forEachRow(of: "lexicons/modality") { table, row in
      forms[table.text(row, 0)] = table.text(row, table.column("form"))
    }
    #expect(forms["modality.abandon"] == "FORSAKE")
    #expect(forms["modality.zzyzx"] == "zzyzx")
    #expect(forms.count > 100)
  }

  @Test func anUnknownTableIsNamedWithTheKnownOnes() {
    #expect {
      try Ontology(adding: [.init(name: "planets", path: "planets.tsv", bytes: [])])
    } throws: { error in
      (error as? Diagnostic)?.code == "ontology.unknown-table"
        && (error as? Diagnostic)?.message.contains("gazetteers/people") == true
    }
  }
}

@Suite struct GazetteerTests {
  private static let gazetteer = try? Gazetteer(Ontology())

  @Test(arguments: [
    ("France", "country:FR", Gazetteer.Form.name), ("French", "country:FR", .demonym), ("U.S.", "country:US", .alias),
    ("Angela  Merkel", "person:angela-merkel", .name), ("Côte d’Ivoire", "country:CI", .alias),
  ])
  func namesDenoteEntries(name: String, id: String, form: Gazetteer.Form) throws {
    let gazetteer = try #require(Self.gazetteer)
    let found = gazetteer.matches(for: name).first { gazetteer.entry($0.entry).id == id }
    #expect(found?.form == form)
  }

  @Test(arguments: ["france", "FRANCE", "Fran", "", "Xyzzyville"]) func otherSpellingsDoNot(name: String) throws {
    #expect(try #require(Self.gazetteer).matches(for: name).isEmpty)
  }

  @Test func aUsersPersonIsFound() throws {
    let file = "# columns: id\tname\taliases\tgender\tcountry\twikidata\nperson:q\tQuilla Quist\tQQ\tf\tSE\t\n"
    let ontology = try Ontology(adding: [.init(name: "people", path: "people.tsv", bytes: Array(file.utf8))])
    let gazetteer = try Gazetteer(ontology)
    let match = try #require(gazetteer.matches(for: "QQ").first)
    #expect(gazetteer.entry(match.entry).name == "Quilla Quist")
    #expect(gazetteer.entry(match.entry).gender == "f")
    #expect(!gazetteer.matches(for: "France").isEmpty)
  }
}
