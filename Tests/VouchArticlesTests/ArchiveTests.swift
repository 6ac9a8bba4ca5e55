import Foundation
import Testing
import VouchArticles
import VouchCore

/// Web archives: which records are articles, and what becomes of the rest when one is broken.
@Suite struct ArchiveTests {
  /// A record; `length` says something else than the block's bytes.
  static func record(_ type: String, _ block: String, _ fields: String..., length: Int? = nil) -> [UInt8] {
    let header = ["WARC/1.0", "WARC-Type: \(type)"] + fields + ["Content-Length: \(length ?? block.utf8.count)"]
    return Array((header.joined(separator: "\r\n") + "\r\n\r\n" + block + "\r\n\r\n").utf8)
  }

  static func answer(_ body: String, _ fields: String..., status: String = "200 OK") -> String {
    (["HTTP/1.1 \(status)"] + fields).joined(separator: "\r\n") + "\r\n\r\n" + body
  }

  static func page(_ words: String) -> String { answer("<p>\(words)</p>", "Content-Type: text/html") }

  static func response(_ name: String, length: Int? = nil) -> [UInt8] {
    record(
      "response", page("The words of \(name)."), "WARC-Target-URI: https://post.example/\(name)",
      "WARC-Date: 2026-02-03T04:05:06Z", length: length)
  }

  /// Ids of the articles, and codes and offsets of the messages.
  private func read(_ bytes: [UInt8], _ options: ArticleOptions = ArticleOptions()) throws -> (
    raw: [RawArticle], told: [String]
  ) {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(bytes).write(to: folder.appending(path: "a.warc"))
    let (raw, diagnostics) = items([.path(folder.path + "/a.warc")], options)
    return (raw, diagnostics.map { "\($0.code)\($0.location.offset.map { "@\($0)" } ?? "")" })
  }

  @Test func pagesComeWithAddressDateAndCharacterSet() throws {
    let latin = Self.answer("<p>Caf\u{E9} owners met.</p>", "content-type: TEXT/HTML; charset=\"ISO-8859-1\"")
    let block = latin.unicodeScalars.map { UInt8($0.value) }
    let record =
      Array(
        "WARC/1.1\r\nwarc-type: Response\r\nWARC-Target-URI: <https://post.example/1>\r\nWARC-Date: 2026-02-03T04:05:06Z\r\nContent-Length: \(block.count)\r\n\r\n"
          .utf8) + block + Array("\r\n\r\n".utf8)
    let (raw, told) = try read(record)
    #expect(told.isEmpty)
    let article = try Article.make(from: try #require(raw.first), lexicon: lexicon).get()
    checkInvariants(article)
    #expect(article.id == "https://post.example/1")
    #expect(article.metadata.url == "https://post.example/1")
    #expect(article.metadata.retrieved == "2026-02-03T04:05:06Z")
    #expect(article.words(.paragraph) == ["Café owners met."])
    #expect(article.given.map { $0[$0.span] }?.contains("retrieved: 2026-02-03T04:05:06Z") == true)
  }

  @Test func onlyWhatAServerGaveWithSuccessIsAnArticle() throws {
    var bytes = Self.record("warcinfo", "software: example\r\n")
    bytes += Self.record("request", "GET / HTTP/1.1\r\n\r\n")
    bytes += Self.record("response", Self.answer("<p>Gone.</p>", "Content-Type: text/html", status: "404 Not Found"))
    bytes += Self.record("response", Self.answer("x", "Content-Type: image/png"))
    bytes += Self.record("revisit", "")
    bytes += Self.record("conversion", "The words of a page.\n", "Content-Type: text/plain", "WARC-Target-URI: u:1")
    bytes += Self.record("resource", "<p>Words.</p>", "Content-Type: text/html", "WARC-Target-URI: u:2")
    bytes += Self.record("response", Self.answer("Plain words.", "Content-Type: text/plain"))
    bytes += Self.record("response", Self.answer("<html><p>Words of no declared type.</p>"))
    bytes += Self.response("last")
    let (raw, told) = try read(bytes)
    #expect(raw.map(\.id) == ["u:1", "u:2", "a.warc#8", "a.warc#9", "https://post.example/last"])
    #expect(raw.map(\.kind) == [.text, .html, .text, .html, .html])
    #expect(told == ["input.skipped"])
  }

  /// A broken record between two good ones, and what is told of it; the second of the good ones is read all the same.
  @Test(arguments: [
    ("no record\r\n\r\n", "warc.record"), ("WARC/1.0\r\nWARC-Type: response\r\n\r\nblock\r\n\r\n", "warc.record"),
    ("WARC/1.0\r\nContent-Length: -1\r\n\r\n\r\n\r\n", "warc.record"),
    ("WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n\r\n\r\n", "warc.record"),
    ("WARC/1.0\r\nContent-Length: 5000000000\r\n\r\nblock\r\n\r\n", "article.too-large"),
    ("WARC/1.0\r\nContent-Length: 30\r\n\r\nblock\r\n\r\n", "warc.length"),
    ("WARC/1.0\r\nContent-Length: 100000\r\n\r\nblock\r\n\r\n", "warc.length"),
    ("WARC/1.0\r\nContent-Length: 3\r\n\r\nlong block\r\n\r\n", "warc.length"),
    ("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\nblock\r\n\r\n", "http.header"),
    ("WARC/1.0\r\nno end of the header\r\n", "warc.record"),
  ])
  func theRecordBehindABrokenOneIsRead(_ broken: String, _ code: String) throws {
    let first = Self.response("one")
    let (raw, told) = try read(first + Array(broken.utf8) + Self.response("two"))
    #expect(raw.map(\.id).contains("https://post.example/one"))
    #expect(raw.map(\.id).last == "https://post.example/two")
    #expect(told.first == "\(code)@\(first.count)")
  }

  @Test(arguments: [
    ("Transfer-Encoding: chunked", "7\r\n<p>Word\r\n6;x=y\r\ns.</p>\r\n0\r\n\r\n", "Words."),
    ("Transfer-Encoding: chunked", "<p>Words.</p>", "Words."), ("Content-Encoding: gzip", "<p>Words.</p>", "Words."),
    ("Content-Encoding: br", "<p>Words.</p>", "Words."), ("Content-Encoding: identity", "<p>Words.</p>", "Words."),
  ])
  func encodingsOfTheBodyAreUndone(_ field: String, _ body: String, _ words: String) throws {
    let (raw, told) = try read(Self.record("response", Self.answer(body, "Content-Type: text/html", field)))
    #expect(told.isEmpty)
    #expect(try Article.make(from: try #require(raw.first), lexicon: lexicon).get().words(.paragraph) == [words])
  }

  @Test(arguments: [
    ("Content-Encoding: br", "\u{8B}\u{7}brotli"), ("Content-Encoding: gzip", "\u{1F}\u{8B}\u{8}\u{0}broken"),
    ("Transfer-Encoding: chunked", "20\r\ntoo short"),
  ])
  func encodingsThatCannotBeUndoneAreTold(_ field: String, _ body: String) throws {
    let block = Self.answer(body, "Content-Type: text/html", field).unicodeScalars.map { UInt8($0.value) }
    let header = Array("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: \(block.count)\r\n\r\n".utf8)
    let (raw, told) = try read(header + block + Array("\r\n\r\n".utf8) + Self.response("two"))
    #expect(raw.map(\.id) == ["https://post.example/two"])
    #expect(told == ["http.encoding@0"])
  }

  @Test func linesMayEndInLineFeedsAlone() throws {
    let block = "HTTP/1.1 200 OK\nContent-Type: text/html\n\n<p>Words.</p>"
    let record = "WARC/1.0\nWARC-Type: response\nContent-Length: \(block.utf8.count)\n\n\(block)\n\n"
    let (raw, told) = try read(Array((record + record).utf8))
    #expect(raw.count == 2 && told.isEmpty)
  }

  @Test func whatTheCrawlerCutOffIsToldOf() throws {
    let (raw, _) = try read(Self.record("response", Self.page("Words."), "WARC-Truncated: length"))
    let article = try Article.make(from: try #require(raw.first), lexicon: lexicon).get()
    #expect(article.diagnostics.map(\.code) == ["warc.truncated"])
  }

  @Test func recordsAreCounted() throws {
    var options = ArticleOptions()
    options.recordCountLimit = 2
    let (raw, told) = try read(Self.response("one") + Self.response("two") + Self.response("three"), options)
    #expect(raw.count == 2 && told == ["input.records"])
  }

  /// Every cut and many changed bytes of an archive: nothing crashes, and what stands before the damage is read.
  @Test func anyDamageLeavesTheRest() throws {
    let one = Self.response("one")
    let bytes = one + Self.response("two") + Self.record("conversion", "Words of a text.\n") + Self.response("three")
    for cut in stride(from: 0, to: bytes.count, by: 7) {
      let (raw, _) = try read(Array(bytes[..<cut]))
      #expect(raw.contains { $0.id.hasSuffix("/one") } == (cut >= one.count - 4), "\(cut)")
    }
    for place in stride(from: one.count, to: bytes.count, by: 7) {
      var changed = bytes
      changed[place] ^= 0x15
      let (raw, _) = try read(changed)
      #expect(raw.first?.id.hasSuffix("/one") == true && raw.count >= 2, "\(place)")
    }
  }
}
