import Testing
import VouchCore
import VouchLanguage
import VouchOntology
import VouchTestSupport

@Suite struct AttributionTests {
  static func check(_ marked: String, _ form: Attribution.Form?) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    let found = document.attributions.map { attribution in
      [attribution.sourceSpan, attribution.cue, attribution.content[0]].map { $0.map { document.words($0) } ?? "" }
    }
    let expected = zip(text["s"], zip(text["c"], text["x"])).map { [$0, $1.0, $1.1] }
    #expect(found == expected)
    if let form { #expect(document.attributions.allSatisfy { $0.form == form }) }
  }

  /// `s` source, `c` cue, `x` content.
  @Test(arguments: [
    "“⟦x:The roof leaks,⟧” ⟦s:Helga Brandvold⟧ ⟦c:said⟧.",
    "\"⟦x:The roof leaks. We know it,⟧\" ⟦c:said⟧ ⟦s:Helga Brandvold⟧, a judge.",
    "⟦s:Helga Brandvold⟧ ⟦c:said⟧: “⟦x:The roof leaks badly.⟧”",
    "⟦s:Helga Brandvold⟧ ⟦c:told⟧ reporters, \"⟦x:The roof leaks badly.⟧\"",
  ])
  func directSpeech(_ marked: String) throws { try Self.check(marked, .direct) }

  @Test(arguments: [
    "⟦s:Helga Brandvold⟧ ⟦c:said⟧ that ⟦x:the roof was leaking⟧.",
    "⟦s:Helga Brandvold⟧ ⟦c:said⟧ on Monday that ⟦x:the roof was leaking⟧.",
    "⟦s:Japan⟧ ⟦c:denied⟧ that ⟦x:its ships had crossed the line⟧.",
    "According to ⟦s:Helga Brandvold⟧, the roof leaks.",
    "⟦x:The roof was leaking⟧, ⟦s:Helga Brandvold⟧ ⟦c:said⟧.",
    "⟦s:Helga Brandvold⟧ ⟦c:said⟧ ⟦x:the roof was leaking⟧, but ⟦s:Robert Quill⟧ ⟦c:said⟧ ⟦x:it was dry⟧.",
  ])
  func indirectSpeech(_ marked: String) throws {
    guard !marked.hasPrefix("According") else {
      let document = try Readers.read(MarkedText(marked).plain)
      #expect(document.attributions.map { document.words($0.content[0]) } == ["the roof leaks"])
      return
    }
    try Self.check(marked, .indirect)
  }

  @Test(arguments: [
    "Italy's foreign minister, ⟦s:Carlo Benedetti⟧, ⟦c:said⟧ that ⟦x:ports were full⟧.",
    "U.S. Secretary of State ⟦s:Robert Quill⟧ ⟦c:said⟧ that ⟦x:ports were full⟧.",
    "⟦s:Robert Quill⟧ of the Lowland Water Board ⟦c:said⟧ that ⟦x:rivers were high⟧.",
    "⟦s:Robert Quill⟧, Malta's president, ⟦c:said⟧ in a statement that ⟦x:ports were full⟧.",
    "⟦s:Robert Quill⟧ ⟦c:said⟧ that ⟦x:ports were full⟧, ⟦c:adding⟧ that ⟦x:rates were high⟧.",
  ])
  func theSourceIsTheNameThatSpeaks(_ marked: String) throws {
    let text = MarkedText(marked)
    let document = try Readers.read(text.plain)
    #expect(document.attributions.map { document.words($0.content[0]) } == text["x"])
    #expect(document.attributions.allSatisfy { $0.sourceSpan.map { document.words($0) } == text["s"][0] })
  }

  @Test func aQuotationInsideAReportMakesItMixed() throws {
    try Self.check("⟦s:Helga Brandvold⟧ ⟦c:said⟧ that ⟦x:the roof was “a disgrace”⟧.", .mixed)
  }

  @Test(arguments: [
    "She said that the roof was leaking.", "“The roof leaks badly,” she said. Helga Brandvold left.",
    "The report on Helga Brandvold said that roofs leak.",
    "Helga Brandvold would say that roofs leak.", "Critics of Japan said the plan was flawed.",
    "He called it “a very bad idea” and left.", "Helga Brandvold did not say that roofs leak.",
  ])
  func withoutANamedSourceThereIsNoAttribution(_ string: String) throws {
    let document = try Readers.read(string)
    #expect(document.attributions.isEmpty)
  }
}
