import Testing
import VouchLanguage

@Suite struct LemmaScriptTests {
  @Test(arguments: [
    ("0|", "Towns", "Towns".lowercased()), ("1|", "towns", "town"), ("3|y", "Parties", "party"), ("=", "NATO", "NATO"),
    ("1|=", "Romans", "Roman"), ("!be", "were", "be"), ("0|=", "Ålborg", "Ålborg"), ("2|é", "cafe\u{301}", "café"),
    ("4|go", "went", "go"), ("3|", "its", "its"), ("9|x", "its", "its"), ("1|", "", ""),
  ])
  func lemmas(_ script: String, _ form: String, _ lemma: String) throws {
    let made = try #require(LemmaScript(script)).lemma(norm: form.lowercased(), form: form)
    #expect(Array(made.unicodeScalars) == Array(lemma.unicodeScalars))
  }

  @Test(arguments: ["", "|", "x|s", "-1|s", "1", "!", "200|s", "1000000000000000000000|", "s|1"])
  func otherTextsAreNoScripts(_ text: String) { #expect(LemmaScript(text) == nil) }

  @Test func theFormIsNotAskedForInVain() throws {
    var asked = 0
    func form() -> String {
      asked += 1
      return "Ran"
    }
    #expect(try #require(LemmaScript("2|un")).lemma(norm: "ran", form: form()) == "run")
    #expect(asked == 0)
  }
}
