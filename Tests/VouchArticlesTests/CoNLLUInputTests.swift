import Foundation
import Testing
import VouchArticles
import VouchCore

@Suite struct CoNLLUInputTests {
  static func word(_ form: String) -> String { "1\t\(form)\t_\t_\t_\t_\t_\t_\t_\t_\n" }

  private func read(
    _ content: String, name: String = "a.conllu", options: ArticleOptions = ArticleOptions()
  ) throws -> (raw: [RawArticle], diagnostics: [Diagnostic]) {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(content.utf8).write(to: folder.appending(path: name))
    return items([.path(folder.path)], options)
  }

  /// Ids, first lines and numbers of words of the documents.
  @Test(arguments: [
    (word("A"), ["a.conllu:1:1"]),
    (
      "# newdoc id = x\n\(word("A"))\n\(word("B"))\n# newdoc\n# newdoc\n\(word("C"))",
      ["a.conllu#1:1:2", "a.conllu#2:6:1"]
    ),
    (
      "# global.columns = ID\n\n\(word("A"))\n# sent_id = 7\n# newdoc id = y\n\(word("B"))",
      ["a.conllu:1:1", "a.conllu#1:5:1"]
    ),
    ("\(word("A"))# newdoc\n\(word("B"))", ["a.conllu:1:2"]),
    ("# newdocument\n\(word("A"))", ["a.conllu:1:1"]), ("\n\n", []),
  ])
  func documentsAreCutAtTheirComments(_ content: String, _ expected: [String]) throws {
    let (raw, diagnostics) = try read(content)
    #expect(diagnostics.isEmpty && raw.allSatisfy { $0.kind == .conllu })
    let found = raw.map { "\($0.id):\($0.line ?? 0):\($0.bytes.split(separator: 0x0A).count { $0.first == 0x31 })" }
    #expect(found == expected)
  }

  @Test func aDocumentBeyondTheLimitIsPassedOver() throws {
    var options = ArticleOptions()
    options.recordLimit = 200
    let long = String(repeating: Self.word("A") + "\n", count: 50)
    let (raw, diagnostics) = try read("# newdoc\n\(long)# newdoc\n\(Self.word("B"))", options: options)
    #expect(diagnostics.map(\.code) == ["article.too-large"])
    #expect(diagnostics.map(\.location.line) == [1])
    #expect(raw.map(\.id) == ["a.conllu#2"])
    let line = try read(
      "# newdoc\n\(Self.word(String(repeating: "A", count: 300)))\n# newdoc\n\(Self.word("B"))", options: options)
    #expect(line.diagnostics.map(\.code) == ["article.too-large"] && line.raw.count == 1)
  }

  @Test func theKindCanBeSaid() throws {
    var options = ArticleOptions()
    options.format = .conllu
    #expect(try read(Self.word("A"), name: "a.txt", options: options).raw.map(\.kind) == [.conllu])
    options.format = .text
    #expect(try read("{}", name: "a.jsonl", options: options).raw.map(\.kind) == [.text])
  }

  @Test func plainTextsAreReadWhole() throws {
    let text =
      "Share this story\n\nBy Ida Moen\n\n- Cranes stand still\n- Ships wait\n\n© 2026 The Ledger. All rights reserved."
    var options = ArticleOptions()
    options.isPlain = true
    let article = try make(Array(text.utf8), .text, options).get()
    checkInvariants(article)
    #expect(
      article.readWords == [
        "Share this story", "By Ida Moen", "- Cranes stand still", "- Ships wait",
        "© 2026 The Ledger. All rights reserved.",
      ])
    #expect(article.metadata.title == nil && article.metadata.authors.isEmpty && article.metadata.outlet == nil)
    let record = "{\"text\": \"Talks end.\", \"title\": \"Talks\", \"published\": \"2026-02-03\"}"
    let given = try make(Array(record.utf8), .record, options).get()
    checkInvariants(given)
    #expect(given.metadata.title?.value == "Talks" && given.metadata.published?.description == "2026-02-03")
  }

  @Test func conlluIsNoArticle() {
    guard case .failure(let failure) = make(Array(Self.word("A").utf8), .conllu) else {
      Issue.record("made an article")
      return
    }
    #expect(failure.code == "article.annotated")
  }
}
