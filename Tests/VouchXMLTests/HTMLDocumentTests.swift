import Testing
import VouchXML

@Suite struct HTMLDocumentTests {
  private func parse(_ html: String) throws -> HTMLDocument { try HTMLDocument(utf8: Array(html.utf8)) }

  @Test func copiesElementsTextsAndAttributes() throws {
    let page = try parse("<P Class='lead &amp; more'>One <b>two</b> thr&eacute;e</P><script>if (1 < 2) {}</script>")
    let paragraph = try #require(page.nodes.firstIndex { $0.tag == .p })
    #expect(page.value(of: .class, at: paragraph) == "lead & more")
    #expect(page.text(of: paragraph) == "One two thrée")
    let script = try #require(page.nodes.firstIndex { $0.tag == .script })
    #expect(page.text(of: script) == "if (1 < 2) {}")
  }

  @Test func numbersNodesInDocumentOrder() throws {
    let page = try parse("<div><p>a<i>b</i></p><ul><li>c<li>d</ul></div><p>e")
    for (index, node) in page.nodes.enumerated() {
      #expect(node.end > index && node.end <= page.nodes.count)
      #expect(node.parent < index)
      if node.parent >= 0 { #expect(page.nodes[node.parent].end >= node.end) }
    }
    #expect(page.text(of: 0) == "abcde")
  }

  @Test(arguments: [
    "", " ", "<", "<!--", "<!DOCTYPE", "</p>", "&#xFFFFFFFF;", "<p", "<a href='", "<![CDATA[x]]", "\u{1}",
  ])
  func survives(_ html: String) throws { _ = try? parse(html) }

  @Test func countsErrorsWithoutPrinting() throws {
    let page = try parse("<p>one</b></i><nosuch>two &nosuch; three")
    #expect(page.errorCount > 0)
    #expect(page.firstError?.message.isEmpty == false)
    #expect(page.firstError?.line == 1)
    #expect(!page.isIncomplete)
  }

  @Test func reportsThatItGaveUp() throws {
    let deep = String(repeating: "<div>", count: 100_000) + "deep"
    #expect(try parse(deep).isIncomplete)
  }

  @Test(arguments: [
    "<!DOCTYPE html [<!ENTITY a \"b\">]><p>&a;",
    "<?xml version=\"1.0\"?>\n<!-- c -->\n<!doctype lolz [\n <!ENTITY lol \"lol\">]>\n<lolz>&lol;</lolz>",
    "\u{FEFF} <!DOCTYPE x SYSTEM \"http://example.org/x.dtd\" [ ]><x/>",
    "<!ENTITY a \"b\"><p>",
  ])
  func refusesInternalSubsets(_ html: String) {
    #expect(throws: HTMLDocument.Failure.internalSubset) { try parse(html) }
  }

  @Test(arguments: [
    "<!DOCTYPE html><p>a [b]", "<!DOCTYPE html PUBLIC \"-//W3C//DTD [x]//EN\" \"u\"><p>a",
    "<p>&lt;!DOCTYPE x [</p>", "<!-- <!DOCTYPE x [ --><p>a", "<p>a</p><script>'<!DOCTYPE x ['</script>",
  ])
  func takesPlainDoctypes(_ html: String) throws { #expect(try !parse(html).nodes.isEmpty) }

  @Test func parsesOnSeveralThreads() async throws {
    let html = String(repeating: "<p>One <b>two</b> three</p>", count: 500)
    let counts = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try HTMLDocument(utf8: Array(html.utf8)).nodes.count } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(Set(counts).count == 1)
  }
}
