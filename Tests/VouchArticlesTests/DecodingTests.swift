import Testing
import VouchArticles
import VouchCore

@Suite struct DecodingTests {
  private static let words =
    "Zoë said on Monday that the café in the old town would open again in spring, whatever the council decides."

  private func code(_ result: Result<Article, Diagnostic>) -> String? {
    if case .failure(let diagnostic) = result { diagnostic.code } else { nil }
  }

  @Test func keepsBytes() throws {
    let text = "\u{FEFF}Title of the day comes here\r\n\r\n\(Self.words)\r\n"
    let article = try make(text)
    checkInvariants(article)
    #expect(article.text.bytes == Array(text.utf8))
    #expect(article.words(.paragraph) == [Self.words])
    #expect(article.diagnostics.isEmpty)
  }

  @Test(arguments: [true, false])
  func readsUTF16(_ isLittle: Bool) throws {
    var bytes: [UInt8] = isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]
    for unit in (Self.words + " 😀").utf16 {
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      bytes += isLittle ? pair : pair.reversed()
    }
    #expect(try make(bytes).get().text.bytes == Array((Self.words + " 😀").utf8))
    #expect(try make(bytes + [0x41]).get().diagnostics.map(\.code) == ["article.encoding"])
  }

  @Test func readsWindows1252() throws {
    var bytes = Array("Zo".utf8) + [0xEB] + Array(" said \u{22}".utf8) + [0x93] + Array("no".utf8) + [0x94, 0x80]
    bytes += Array(" on Monday in the old town.".utf8)
    let article = try make(bytes).get()
    #expect(article.text[article.text.span].hasPrefix("Zoë said \"“no”€ on"))
    // Nothing declared it, so the user is told what was guessed.
    #expect(article.diagnostics.map(\.code) == ["article.encoding"])
  }

  /// A label of the web, bytes in that encoding, and the text that they are.
  @Test(
    arguments: [
      ("windows-1251", [0xCF, 0xF0, 0xE0, 0xE2, 0xE4, 0xE0], "Правда"), ("KOI8-R", [0xF0, 0xD2, 0xC1], "Пра"),
      ("ISO-8859-2", [0x50, 0xF8, 0xE1, 0x74], "Přát"), ("iso8859-15", [0xA4], "€"), ("latin1", [0x80, 0xE9], "€é"),
      ("gb2312", [0xD6, 0xD0, 0xB9, 0xFA], "中国"), ("Shift_JIS", [0x93, 0xFA, 0x96, 0x7B], "日本"),
      ("euc-kr", [0xC7, 0xD1], "한"), ("Big5", [0xA4, 0xA4], "中"), ("x-cp1253", [0xC1, 0xE8], "Αθ"),
      ("iso-8859-9", [0xDD, 0xFE], "İş"), ("utf8", [0xC3, 0xA9], "é"), ("windows-1251", [0xC3, 0xA9], "é"),
      ("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42], "日"),
      ("gbk", [0x41, 0xFF, 0x42], "A\u{FFFD}B"), ("no-such-set", [0x93, 0x41], "“A"),
    ] as [(String, [UInt8], String)])
  func readsWhatTheServerDeclares(_ label: String, _ bytes: [UInt8], _ text: String) throws {
    var raw = RawArticle(
      kind: .html, bytes: Array("<p>".utf8) + bytes + Array(" said so on Monday.</p>".utf8), id: "a", origin: "a")
    raw.charset = label
    let article = try Article.make(from: raw, lexicon: lexicon).get()
    checkInvariants(article)
    #expect(article.text[article.text.span] == text + " said so on Monday.")
  }

  @Test func theServerGoesBeforeThePage() throws {
    let page = Array("<meta charset=koi8-r><p>".utf8) + [0xCF, 0xF0] + Array(" on Monday.</p>".utf8)
    var raw = RawArticle(kind: .html, bytes: page, id: "a", origin: "a")
    raw.charset = " Windows-1251 "
    raw.url = "https://herald.example/a"
    let article = try Article.make(from: raw, lexicon: lexicon).get()
    #expect(article.text[article.text.span].hasPrefix("Пр "))
    #expect(article.metadata.url == "https://herald.example/a")
  }

  @Test func repairsUTF8() throws {
    let bytes = Array(Self.words.utf8) + [0xFF, 0x20, 0xC3] + Array(" and so on.".utf8)
    let article = try make(bytes).get()
    checkInvariants(article)
    #expect(article.diagnostics.map(\.code) == ["article.encoding"])
    #expect(article.diagnostics.first?.message.hasPrefix("2 places") == true)
  }

  @Test func readsDeclaredCharset() throws {
    let head = Array(
      "<html><head><meta http-equiv=Content-Type content='text/html; charset=ISO-8859-1'></head><body><p>".utf8)
    let article = try make(head + Array("Zo".utf8) + [0xEB] + Array(" said so.</p>".utf8), .html).get()
    #expect(article.words(.paragraph) == ["Zoë said so."])
    let valid = try make("<meta charset=windows-1252><p>\(Self.words)</p>", .html)
    #expect(valid.words(.paragraph) == [Self.words])
  }

  @Test(
    arguments: [
      ([0x41, 0x00, 0x42], "article.binary"), (Array("%PDF-1.7 words".utf8), "article.binary"),
      ([0x1F, 0x8B, 8, 9], "article.binary"),
      ([1, 2, 3, 4, 0x41], "article.binary"), ([], "article.empty"),
      (Array(" \r\n\t\u{A0}\u{FEFF}".utf8), "article.empty"),
      ([0xFF, 0xFE], "article.empty"),
    ] as [([UInt8], String)])
  func refuses(_ bytes: [UInt8], _ expected: String) { #expect(code(make(bytes)) == expected) }

  @Test(arguments: [
    "", "<p></p>", "<script>x</script>", "<p>&nbsp;</p>", "<p>&#8232; &#x200B;&nbsp;</p>", "<img alt='x'>",
    "<!-- only a comment -->",
  ])
  func refusesEmptyPages(_ html: String) { #expect(code(make(Array(html.utf8), .html)) == "article.empty") }

  @Test func refusesBombs() {
    var bomb = "<!DOCTYPE lolz [<!ENTITY lol \"lol\">"
    for level in 1..<10 {
      bomb += "<!ENTITY lol\(level) \"" + String(repeating: "&lol\(level - 1);", count: 10) + "\">"
    }
    #expect(code(make(Array((bomb + "]><lolz>&lol9;</lolz>").utf8), .html)) == "article.dtd")
  }

  @Test func refusesLargeArticles() {
    var options = ArticleOptions()
    options.articleLimit = 100
    let bytes = [UInt8](repeating: 0x61, count: 101)
    for kind in [RawArticle.Kind.text, .html] { #expect(code(make(bytes, kind, options)) == "article.too-large") }
    let record = Array("{\"text\": \"\(String(repeating: "a", count: 101))\"}".utf8)
    #expect(code(make(record, .record, options)) == "article.too-large")
    if case .failure(let diagnostic) = make(bytes, .text, options) { #expect(diagnostic.message.contains("101")) }
  }

  @Test func reportsDeepPages() throws {
    let html = "<p>\(Self.words)</p>" + String(repeating: "<div>", count: 100_000) + "deep"
    let article = try make(html, .html)
    checkInvariants(article)
    #expect(article.diagnostics.map(\.code) == ["article.degraded"])
  }

  @Test(arguments: [RawArticle.Kind.text, .html, .record])
  func survivesAnything(_ kind: RawArticle.Kind) throws {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    func random(_ bound: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(bound))
    }
    let seeds = try ["agency-report.txt", "page.html", "records/archive.jsonl"].map { name in
      try #require(items([.path(Files.fixtures + "/" + name)]).raw.first).bytes
    }
    for round in 0..<400 {
      var bytes = seeds[round % seeds.count]
      for _ in 0..<(1 + random(12)) {
        let place = random(max(1, bytes.count))
        switch random(4) {
        case 0: bytes[place] = UInt8(random(256))
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(contentsOf: seeds[random(seeds.count)].prefix(random(40)), at: place)
        default: bytes.removeSubrange(place..<min(bytes.count, place + random(200)))
        }
        if bytes.isEmpty { break }
      }
      if case .success(let article) = make(bytes, kind) { checkInvariants(article) }
    }
  }
}
