import Foundation
import Testing
import VouchArticles
import VouchCore

/// RSS and Atom files: an article of each item that has a text.
@Suite struct FeedTests {
  private func read(_ feed: String, name: String = "a.rss", encoding: String.Encoding = .utf8) throws -> (
    raw: [RawArticle], diagnostics: [Diagnostic]
  ) {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try #require(feed.data(using: encoding)).write(to: folder.appending(path: name))
    return items([.path(folder.path)])
  }

  private func articles(_ raw: [RawArticle]) throws -> [Article] {
    try raw.map { raw in
      let article = try Article.make(from: raw, lexicon: lexicon).get()
      checkInvariants(article)
      return article
    }
  }

  @Test func readsRSS() throws {
    let (raw, diagnostics) = try read(
      """
      <?xml version="1.0"?><rss version="2.0"><channel><title>The Coast Herald</title><link>https://herald.example/</link>
      <image><title>Logo</title></image>
      <item><title>Bank keeps rate &amp;amp; waits</title><link>https://herald.example/1</link><guid isPermaLink="false">h-1</guid>
      <pubDate>Tue, 03 Feb 2026 10:00:00 GMT</pubDate><dc:creator>Ida Moen</dc:creator><media:title>Picture</media:title>
      <description>Short.</description>
      <content:encoded><![CDATA[<p>The bank kept its rate on Tuesday.</p><p>Its board &amp; staff agreed.</p>]]></content:encoded></item>
      <item><title>Tide</title><link>https://herald.example/2</link><author>mail@herald.example (Per Lie)</author>
      <description>&lt;p&gt;The tide rose.&lt;/p&gt;</description></item>
      <item><title>Nothing to read</title></item><item/>
      <item><description>Plain words of an item.</description></item>
      </channel></rss>
      """)
    #expect(diagnostics.map(\.code) == ["record.no-text"])
    #expect(raw.map(\.id) == ["h-1", "https://herald.example/2", "a.rss#5"])
    let read = try articles(raw)
    #expect(read.map { $0.metadata.title?.value } == ["Bank keeps rate & waits", "Tide", nil])
    #expect(read.map { $0.metadata.outlet?.value } == ["The Coast Herald", "The Coast Herald", "The Coast Herald"])
    #expect(read[0].metadata.published?.description == "2026-02-03")
    #expect(read.map { $0.metadata.authors.map(\.value) } == [["Ida Moen"], ["Per Lie"], []])
    #expect(read.map(\.metadata.url) == ["https://herald.example/1", "https://herald.example/2", nil])
    #expect(read[0].words(.paragraph) == ["The bank kept its rate on Tuesday.", "Its board & staff agreed."])
    #expect(read[1].readWords == ["The tide rose."])
    #expect(read[2].readWords == ["Plain words of an item."])
  }

  @Test func readsAtom() throws {
    let (raw, diagnostics) = try read(
      """
      <feed xmlns="http://www.w3.org/2005/Atom"><title>Osthaven Times</title><updated>2026-03-05T00:00:00Z</updated>
      <entry><id>tag:osthaven.example,2026:1</id><title>Ferry runs aground</title>
      <link rel="self" href="https://osthaven.example/feed"/><link href="https://osthaven.example/1"/>
      <published>2026-03-01T08:00:00Z</published><updated>2026-03-02T08:00:00Z</updated>
      <author><name>Ida Moen</name><uri>https://osthaven.example/ida</uri></author><author><name>Per Lie</name></author>
      <summary>Short.</summary>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The ferry <b>ran</b> aground.</p></div></content></entry>
      <entry><id>2</id><content type="text">Talks end, a &lt;b&gt; says.</content></entry></feed>
      """, name: "a.atom")
    #expect(diagnostics.isEmpty && raw.map(\.id) == ["tag:osthaven.example,2026:1", "2"])
    let read = try articles(raw)
    #expect(read[0].metadata.published?.description == "2026-03-01")
    #expect(read[0].metadata.authors.map(\.value) == ["Ida Moen", "Per Lie"])
    #expect(read[0].metadata.url == "https://osthaven.example/1")
    #expect(read[0].readWords == ["The ferry ran aground."])
    #expect(read[1].readWords == ["Talks end, a <b> says."])
  }

  @Test func readsOtherCharacterSets() throws {
    let feed =
      "<?xml version='1.0' encoding='ISO-8859-1'?><rss><channel><item><description>Caf\u{E9} owners met.</description></item></channel></rss>"
    #expect(try articles(read(feed, encoding: .isoLatin1).raw).map(\.readWords) == [["Café owners met."]])
    #expect(try articles(read(feed, encoding: .utf16).raw).map(\.readWords) == [["Café owners met."]])
  }

  @Test func anItemWithoutEndIsToldOfAndTheNextIsRead() throws {
    let (raw, diagnostics) = try read(
      "<rss><item><description>One.</description><item><description>Two.</description></item><item><title>cut")
    #expect(raw.map(\.id) == ["a.rss#2"])
    #expect(diagnostics.map(\.code) == ["feed.item", "feed.item"])
    #expect(diagnostics.map(\.location.offset) == [5, 86])
  }

  @Test(arguments: [
    ("<?xml version='1.0'?><!-- c --><rss><item><description>Words.</description></item></rss>", RawArticle.Kind.text),
    ("<?xml version='1.0'?><!DOCTYPE html><html><body><p>Words.</p></body></html>", .html),
  ])
  func xmlFilesAreToldByTheirRoot(_ content: String, _ kind: RawArticle.Kind) throws {
    #expect(try read(content, name: "a.xml").raw.map(\.kind) == [kind])
  }
}
