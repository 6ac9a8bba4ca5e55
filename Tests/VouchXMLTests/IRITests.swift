import Testing
import VouchXML

@Suite struct IRITests {
  @Test(arguments: [
    ("https://a.example/x y", "https://a.example/x%20y"), ("https://a.example/100%", "https://a.example/100%25"),
    ("https://a.example/%C3%A9", "https://a.example/%C3%A9"), ("https://a.example/é", "https://a.example/é"),
    ("https://a.example/?f[a]=1", "https://a.example/?f%5Ba%5D=1"), ("https://[::1]/[x]", "https://[::1]/%5Bx%5D"),
    ("https://a.example/a#b#c", "https://a.example/a#b%23c"), ("a\u{E000}b\u{FFFD}", "a%EE%80%80b%EF%BF%BD"),
    ("<\">{|}\\^`", "%3C%22%3E%7B%7C%7D%5C%5E%60"), ("tab\tline\n\u{7F}\u{85}", "tab%09line%0A%7F%C2%85"),
    ("a%2", "a%252"), ("%zz", "%25zz"), ("/Київ", "/Київ"),
    ("", ""),
  ])
  func whatNoIRIMayHoldIsEncoded(text: String, iri: String) {
    #expect(IRI.escaped(text) == iri)
    #expect(IRI.escaped(iri) == iri)
  }

  @Test(arguments: [
    ("https://a.example/x", true), ("http://é.example", true), ("https://[2001:db8::1]:80/", true),
    ("ftp://a.example:21/x?y#z", true),
    ("a.example/x", false), ("https:", false), ("https:///x", false), ("https://a.example:port/", false),
    ("https://[::1/", false),
    ("1http://a.example", false), ("https://a b/", false), ("javascript:alert(1)", false),
  ])
  func anAddressIsAbsoluteOrNot(text: String, isAbsolute: Bool) { #expect(IRI.isAbsolute(text) == isAbsolute) }
}

@Suite struct CrowdedTagTests {
  private func page(_ attributes: Int) -> [UInt8] {
    Array("<p \((0..<attributes).map { "a\($0)='x > y'" }.joined(separator: " "))>text</p>".utf8)
  }

  @Test func aTagOfTooManyAttributesIsRefused() {
    #expect(throws: HTMLDocument.Failure.tooManyAttributes) { try HTMLDocument(utf8: page(513)) }
    #expect((try? HTMLDocument(utf8: page(512))) != nil)
  }

  @Test func aScriptIsNoTag() throws {
    let words = String(repeating: "x < y z ", count: 2000)
    let document = try HTMLDocument(utf8: Array("<script>if (a <b \(words)</script><p>seen</p>".utf8))
    #expect(document.text(of: 0).hasSuffix("seen"))
  }
}
