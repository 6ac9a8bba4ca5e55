import Foundation
import Testing
import VouchArticles
import VouchCore

@Suite struct LayoutTests {
  @Test func readsAnAgencyReport() throws {
    let article = try fixture("agency-report.txt")
    checkInvariants(article)
    let metadata = article.metadata
    #expect(metadata.title?.value == "Harbour workers end blockade after night of talks")
    #expect(metadata.authors.map(\.value) == ["Petra Lindholm", "Omar Haddad"])
    #expect(metadata.agency?.value == "Example Wire")
    #expect(metadata.outlet?.value == "Morning Ledger")
    #expect(metadata.published?.description == "2026-03-05")
    #expect(metadata.publishedWords?.layer == .text)
    #expect(article.given == nil)
    #expect(
      article.words(.heading) == ["The dockers' council and the port company sign a one-year deal", "SECOND VOTE"])
    #expect(article.words(.caption) == ["Cranes at the harbour on Wednesday. (Ines Bauer, Example Wire)"])
    #expect(article.words(.paragraph).count == 3)
    #expect(article.words(.paragraph).last?.hasSuffix("a week to clear.") == true)
  }

  @Test func readsOneParagraphPerLine() throws {
    let article = try fixture("single-lines.txt")
    checkInvariants(article)
    #expect(article.metadata.title?.value == "Court clears fishing crew of smuggling")
    #expect(article.metadata.authors.map(\.value) == ["Marta Olsen"])
    #expect(article.metadata.published?.description == "2026-01-14")
    #expect(article.words(.heading) == ["What the crew wants"])
    #expect(article.words(.paragraph).count == 4)
    #expect(!article.readWords.contains { $0.contains("Read also") || $0.contains("gull42") })
  }

  @Test func joinsWrappedLines() throws {
    let article = try fixture("wrapped.txt")
    checkInvariants(article)
    #expect(article.metadata.title?.value == "Weather service lifts storm warning for the northern coast")
    #expect(article.metadata.published?.description == "2025-12-28")
    #expect(article.words(.paragraph).count == 2)
    #expect(article.words(.paragraph).first?.contains("northern\ncoast") == true)
  }

  @Test func readsAPage() throws {
    let article = try fixture("page.html")
    checkInvariants(article)
    let metadata = article.metadata
    #expect(metadata.title?.value == "Bank keeps rate")
    #expect(metadata.title?.layer == .text)
    #expect(metadata.authors.map(\.value) == ["Ada Brandt", "Leo Ruiz"])
    #expect(metadata.authors.allSatisfy { $0.layer == .text })
    #expect(metadata.outlet?.value == "The Coast Herald")
    #expect(metadata.url == "https://herald.example/bank")
    #expect(metadata.published?.description == "2026-02-03")
    #expect(metadata.language == "en-GB")
    let text = article.text[article.text.span]
    #expect(text.contains("main rate at 3% on Tuesday"))
    #expect(text.contains("kept   as\n  it is"))
    #expect(text.contains("Line one\nline two"))
    #expect(text.contains("board's members had asked for a cut of a quarter point & were"))
    for absent in ["Hidden", "never", "Enable", "color", "not shown"] { #expect(!text.contains(absent)) }
    #expect(article.words(.item) == ["Rate: three per cent since June", "Next meeting: in April"])
    #expect(article.words(.quote).count == 1)
    #expect(article.words(.heading) == ["No promise"])
    for outside in ["Home", "Get our letter.", "Related", "© 2026 Coast Herald Ltd"] {
      #expect(article.words(.boilerplate).contains(outside))
    }
    #expect(!article.readWords.contains { $0.contains("side column") })
  }

  @Test func readsLinkedData() throws {
    let article = try fixture("linked-data.html")
    checkInvariants(article)
    #expect(article.metadata.title?.value == "Ferry runs aground")
    #expect(article.metadata.authors.map(\.value) == ["Ida Moen", "Per Lie"])
    #expect(article.metadata.authors.allSatisfy { $0.layer == .metadata })
    #expect(article.metadata.outlet?.value == "Osthaven Times")
    #expect(article.metadata.published?.description == "2026-03-01")
    #expect(article.words(.paragraph).count == 2)
  }

  @Test(arguments: [
    "By Jane Doe", "BY JANE DOE", "By Jane Doe, Staff Writer", "Author: Jane Doe", "Written by Jane Doe",
    "By Jane Doe in Osthaven", "By JANE DOE, Reuters", "By Jane Doe for Reuters", "By Jane Doe | Foreign Desk",
  ])
  func readsBylines(_ byline: String) throws {
    let article = try make("Parliament adopts budget after long debate\n\n\(byline)\n\n\(Self.paragraph)")
    checkInvariants(article)
    #expect(article.metadata.authors.map(\.value) == ["Jane Doe"])
    #expect(article.words(.byline) == [byline])
  }

  @Test(arguments: [
    ("By Jane Doe and John Smith", ["Jane Doe", "John Smith"]),
    ("By Jane Doe, John Smith and Ana de la Cruz", ["Jane Doe", "John Smith", "Ana de la Cruz"]),
    ("By Jane Doe in Paris and John Smith in London", ["Jane Doe", "John Smith"]),
    ("By Reuters", []), ("By the numbers", []), ("By Tribune Foreign Desk", []),
  ])
  func readsSeveralWriters(_ byline: String, _ names: [String]) throws {
    let article = try make("Parliament adopts budget after long debate\n\n\(byline)\n\n\(Self.paragraph)")
    checkInvariants(article)
    #expect(article.metadata.authors.map(\.value) == names)
  }

  @Test(arguments: [
    "December 28, 2025", "28 Dec 2025, 14:05", "Published 2025-12-28", "Sunday, December 28, 2025",
    "Dec. 28th, 2025 6 p.m.",
    "Updated 28.12.2025", "12/28/2025", "28th of December 2025", "Posted Sunday 28 December 2025 23.40 GMT",
  ])
  func readsDates(_ line: String) throws {
    let article = try make("Parliament adopts budget after long debate\n\n\(line)\n\n\(Self.paragraph)")
    checkInvariants(article)
    #expect(article.metadata.published?.description == "2025-12-28")
    #expect(article.words(.byline) == [line])
  }

  @Test(arguments: [
    "Sunday", "28 December", "2 hours ago", "February 30, 2025", "01/02/2025", "v2.12.2025.1", "© 2025",
  ])
  func guessesNoDate(_ line: String) throws {
    let article = try make("Parliament adopts budget after long debate\n\n\(line)\n\n\(Self.paragraph)")
    checkInvariants(article)
    #expect(article.metadata.published == nil)
  }

  @Test func prefersPublicationToUpdate() throws {
    let article = try make(
      "Parliament adopts budget\n\nUpdated: 3 May 2026\nPublished: 1 May 2026\n\n\(Self.paragraph)")
    #expect(article.metadata.published?.description == "2026-05-01")
  }

  @Test(
    arguments: [
      ("© 2026 The Coast Herald. All rights reserved.", "The Coast Herald"),
      ("Copyright 2026 Coast Herald Media Ltd", "Coast Herald"),
      ("© 2026 Example Wire", nil), ("© 2026 Somebody", nil),
      ("Sign up for our free newsletter from The Morning Ledger!", "The Morning Ledger"),
    ] as [(String, String?)])
  func readsOutlets(_ line: String, _ outlet: String?) throws {
    let article = try make("Parliament adopts budget after long debate\n\n\(Self.paragraph)\n\n\(line)")
    checkInvariants(article)
    #expect(article.metadata.outlet?.value == outlet)
  }

  @Test(
    arguments: [
      ("OSTHAVEN (Reuters) - ", "Reuters"), ("OSTHAVEN, March 3 (EXW) — ", "EXW"),
      ("OSTHAVEN (Coastal Press Agency) – ", "Coastal Press Agency"), ("OSTHAVEN — ", nil),
      ("The club (Reuters) ", nil),
    ] as [(String, String?)])
  func readsDatelines(_ dateline: String, _ agency: String?) throws {
    let article = try make("Parliament adopts budget after long debate\n\n\(dateline)\(Self.paragraph)")
    checkInvariants(article)
    #expect(article.metadata.agency?.value == agency)
  }

  @Test(arguments: [
    "Support us", "Sign up for our newsletter", "Related stories", "Comments (12)", "Most read", "Dear readers,",
    "A Message from The Morning Ledger:",
  ])
  func stopsAtTheEnd(_ opener: String) throws {
    let appeal =
      "We are a small newsroom and we need your help, because reporting of this kind costs more than you would think it does."
    let article = try make(
      "Parliament adopts budget after long debate\n\n\(Self.paragraph)\n\n\(opener)\n\n\(appeal)\n\nShort words here\nMore of them"
    )
    checkInvariants(article)
    #expect(article.readWords == ["Parliament adopts budget after long debate", Self.paragraph])
  }

  @Test(arguments: [
    "Sign up for our newsletter", "Advertisement", "Read more: Budget explained", "Story continues below",
  ])
  func goesOnBehindInterruptions(_ line: String) throws {
    let second = Self.paragraph.replacingOccurrences(of: "budget", with: "tax bill")
    let article = try make("Parliament adopts budget after long debate\n\n\(Self.paragraph)\n\n\(line)\n\n\(second)")
    checkInvariants(article)
    #expect(article.words(.paragraph) == [Self.paragraph, second])
    #expect(!article.readWords.contains(line))
  }

  @Test(arguments: [
    "Trump met Putin on Monday.", "words", "One line without an end", "- item\n- item two", "“Quote.”", "# * #",
  ])
  func takesShortTexts(_ text: String) throws { checkInvariants(try make(text)) }

  static let paragraph =
    "Members of parliament adopted the budget on Thursday night with a narrow majority, after the finance minister had withdrawn a rise of the fuel tax."
}

@Suite struct PageMetadataTests {
  private static let body = "<p>\(LayoutTests.paragraph)</p>"

  @Test(arguments: [
    (
      "<title>Parliament adopts budget - Coast Herald</title>", "<h1>Parliament adopts budget</h1>",
      "Parliament adopts budget"
    ),
    ("<title>Budget | Herald</title><meta property=og:site_name content=Herald>", "", "Budget"),
    (
      "<title>A</title><meta property='og:title' content='Budget &amp; taxes'>", "<h1>Budget &amp; taxes</h1>",
      "Budget & taxes"
    ),
    ("", "<h1>Only a headline on the page</h1>", "Only a headline on the page"),
  ])
  func findsTitles(_ head: String, _ top: String, _ title: String) throws {
    let article = try make("<html><head>\(head)</head><body>\(top)\(Self.body)</body></html>", .html)
    checkInvariants(article)
    #expect(article.metadata.title?.value == title)
    #expect((article.metadata.title?.layer == .text) == !top.isEmpty)
  }

  @Test func givenMetadataWin() throws {
    let record = """
      {"id": "x", "html": "<title>Page title</title><meta name=author content='Page Author'><h1>Page title here</h1>\
      <p>By Given Writer</p><time datetime=2025-01-01></time>\(Self.body)", "title": "Given title", \
      "authors": ["given writer"], "published": "2026-02-02", "outlet": "Given\\n  Outlet", "url": "https://example.org/x"}
      """
    let article = try make(record, .record)
    checkInvariants(article)
    #expect(article.metadata.title?.value == "Given title" && article.metadata.title?.layer == .metadata)
    #expect(article.metadata.authors.map(\.value) == ["given writer"])
    #expect(article.metadata.authors.first?.layer == .text)
    #expect(article.metadata.published?.description == "2026-02-02")
    #expect(article.metadata.outlet?.value == "Given Outlet")
    #expect(article.given?.index.lineCount == 6)
  }

  @Test func keepsTypographyOfTheText() throws {
    let record =
      "{\"text\": \"‘No’ to the budget, says the council\\n\\n\(LayoutTests.paragraph)\", \"title\": \"'No' to the budget, says the council\"}"
    let article = try make(record, .record)
    checkInvariants(article)
    #expect(article.metadata.title?.value == "‘No’ to the budget, says the council")
  }

  @Test func survivesManyOpeners() throws {
    let article = try make(
      LayoutTests.paragraph + "\n" + String(repeating: "Dear readers,\n\nSupport us\n\n", count: 20_000))
    checkInvariants(article)
    #expect(article.readWords == [LayoutTests.paragraph])
  }
}
