import Foundation
import Testing
import VouchArticles
import VouchCore

@Suite struct ReaderTests {
  @Test func walksFolders() throws {
    let (raw, diagnostics) = items([.path(Files.fixtures + "/folder")])
    #expect(raw.map(\.id) == ["b.txt", "inner/a.txt", "z.txt"])
    #expect(diagnostics.map(\.code) == ["input.skipped"])
    #expect(diagnostics.first?.message.hasPrefix("2 other files") == true)
    #expect(diagnostics.first?.severity == .note)
  }

  @Test func takesSidecars() throws {
    let raw = items([.path(Files.fixtures + "/folder/b.txt")]).raw
    let article = try Article.make(from: #require(raw.first), lexicon: lexicon).get()
    checkInvariants(article)
    #expect(article.id == "b.txt")
    #expect(article.metadata.title?.value == "Crane loses load")
    #expect(article.metadata.title?.layer == .metadata)
    #expect(article.metadata.outlet?.value == "Osthaven Times")
    let given = try #require(article.given)
    #expect(
      given[given.span] == "title: Crane loses load\noutlet: Osthaven Times\nauthor: Ida Moen\npublished: 2026-02-17\n")
  }

  @Test func readsRecords() throws {
    let (raw, diagnostics) = items([.path(Files.fixtures + "/records/archive.jsonl")])
    #expect(raw.count == 7 && diagnostics.isEmpty)
    let results = raw.map { Article.make(from: $0, lexicon: lexicon) }
    let articles = results.compactMap { try? $0.get() }
    articles.forEach { checkInvariants($0) }
    #expect(articles.map(\.id) == ["r1", "archive.jsonl#2", "17"])
    #expect(articles[0].metadata.title?.layer == .text)
    #expect(articles[0].metadata.authors.map(\.value) == ["Ida Moen", "Per Lie"])
    #expect(articles[1].metadata.authors.map(\.value) == ["Ida Moen", "Per Lie"])
    #expect(articles[1].metadata.published?.description == "2026-03-03")
    #expect(articles[2].metadata.title?.value == "Tide record broken")
    #expect(articles[2].diagnostics.map(\.code) == ["record.type", "record.date"])
    let failures = results.compactMap { if case .failure(let failure) = $0 { failure } else { nil } }
    #expect(failures.map(\.code) == ["record.json", "record.no-text", "record.type", "article.empty"])
    #expect(failures.map(\.location.line) == [5, 6, 7, 8])
    #expect(failures[0].location.column == 29)
    #expect(failures[0].rendered.hasPrefix(Files.fixtures + "/records/archive.jsonl:5:29: error[record.json]: "))
  }

  @Test(arguments: [
    ("{\"text\": \"Words enough for one article.\"}", RawArticle.Kind.record), ("  \n<p>Words.</p>", .html),
    ("Words.", .text), ("[Updated] Words.", .text), ("[ {\"text\": \"Words.\"}]", .record), ("<!-- c --><html>", .html),
    ("<?xml version='1.0'?><rss><item><description>Words.</description></item></rss>", .text),
    ("WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 6\r\n\r\nWords.\r\n\r\n", .text),
    ("# newdoc id = a\n" + CoNLLUInputTests.word("A"), .conllu), (CoNLLUInputTests.word("A"), .conllu),
    ("# A heading\n\nWords.", .text), ("3 people met.", .text), ("Warsaw waits.", .text),
  ])
  func guessesStandardInput(_ content: String, _ kind: RawArticle.Kind) throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(content.utf8))
    try pipe.fileHandleForWriting.close()
    let raw = items([.descriptor(pipe.fileHandleForReading.fileDescriptor, name: "-")]).raw
    #expect(raw.map(\.kind) == [kind])
    #expect(raw.first?.id.hasPrefix("stdin") == true)
  }

  @Test(arguments: [
    (
      "logs/day.jsonl", "{\"text\": \"Words.\"}\n\n{\"text\": \"More.\"}\n",
      ["logs/day.jsonl#41", "logs/day.jsonl#43"]
    ),
    ("day.jsonl.gz", "{\"text\": \"Words.\"}\n", ["day.jsonl#41"]),
    ("-", "{\"text\": \"Words.\"}\n", ["stdin#41"]), ("page.html", "Words.", ["page.html"]),
    (
      "crawl.warc.gz",
      "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\nWords.\r\n\r\n",
      ["crawl.warc#41"]
    ),
  ])
  func partOfAFileIsCalledAsInTheFile(_ path: String, _ content: String, _ names: [String]) throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data(content.utf8))
    try pipe.fileHandleForWriting.close()
    var options = ArticleOptions()
    options.firstRecord = 41
    let reader = ArticleReader(
      [.descriptor(pipe.fileHandleForReading.fileDescriptor, name: path)], options: options)
    var found: [String] = []
    while let item = reader.next() {
      guard case .article(let raw) = item else { continue }
      found.append(raw.id)
      #expect(raw.origin == path)
      #expect(raw.kind == (path == "page.html" ? .html : path.hasPrefix("crawl") ? .text : .record))
    }
    #expect(found == names)
  }

  @Test func fileNamesNeedNotBeUTF8() throws {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let name: [UInt8] = Array("caf".utf8) + [0xE9] + Array(".txt".utf8)
    let path = FilePath(folder.path).appending(FilePath(bytes: name))
    try Data("Words.".utf8).write(to: folder.appending(path: "a.txt"))
    #expect(unsafe rename(folder.path + "/a.txt", path.bytes.map { CChar(bitPattern: $0) } + [0]) == 0)
    for input in [ArticleReader.Input.path(folder.path), .file(path)] {
      let (raw, diagnostics) = items([input])
      #expect(diagnostics.isEmpty && raw.map(\.id) == ["caf\\xE9.txt"])
      #expect(raw.first?.bytes == Array("Words.".utf8))
    }
  }

  @Test func recordsWithoutIdAreCalledByTheirAddress() throws {
    let record = "{\"text\": \"Words.\", \"url\": \"https://example.org/1\"}"
    #expect(try make(Array(record.utf8), .record).get().id == "https://example.org/1")
  }

  @Test func reportsMissingAndUnreadable() {
    let (raw, diagnostics) = items([.path("/nonexistent/file.txt"), .path(Files.fixtures + "/wrapped.txt")])
    #expect(raw.count == 1)
    #expect(diagnostics.map(\.code) == ["input.missing"])
    #expect(items([.path("")]).diagnostics.map(\.code) == ["input.missing"])
    #expect(items([.path("/proc/self/mem")]).diagnostics.map(\.code) == ["input.unreadable"])
  }

  @Test func refusesLargeFilesUnread() throws {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let line = folder.appending(path: "line.txt")
    try Data(repeating: 0x61, count: 50 << 20).write(to: line)
    let (raw, diagnostics) = items([.path(line.path)])
    #expect(raw.isEmpty)
    #expect(diagnostics.map(\.code) == ["article.too-large"])
    #expect(diagnostics.first?.message.contains("52428800") == true)
    #expect(items([.path("/dev/zero")]).diagnostics.map(\.code) == ["article.too-large"])

    let records = folder.appending(path: "records.jsonl")
    var data = Data("{\"text\": \"".utf8)
    data.append(Data(repeating: 0x61, count: 3 << 20))
    data.append(Data("\"}\n{\"id\": \"after\", \"text\": \"Words.\"}\n".utf8))
    try data.write(to: records)
    var options = ArticleOptions()
    options.recordLimit = 1 << 20
    let read = items([.path(records.path)], options)
    #expect(read.raw.map(\.line) == [2])
    #expect(read.diagnostics.map(\.code) == ["article.too-large"])
    #expect(read.diagnostics.first?.location.line == 1)
  }

  @Test(arguments: [
    ("{\"text\": \"One.\"}", ["a.json"]), ("[{\"text\": \"One.\"},\n {\"text\": \"Two.\"}]", ["a.json#1", "a.json#2"]),
    ("{\"text\": \"One.\"}\n\n{\"text\": \"Two.\"}\n", ["a.json#1", "a.json#3"]),
  ])
  func readsJSONFiles(_ content: String, _ ids: [String]) throws {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(content.utf8).write(to: folder.appending(path: "a.json"))
    let raw = items([.path(folder.path)]).raw
    #expect(raw.map(\.id) == ids)
    for article in raw { #expect((try? Article.make(from: article, lexicon: lexicon).get()) != nil) }
  }

  @Test func readsUnknownExtensionsWhenNamed() throws {
    #expect(items([.path(Files.fixtures + "/folder/README.md")]).raw.map(\.kind) == [.text])
    #expect(items([.path(Files.fixtures + "/folder/b.meta.json")]).diagnostics.map(\.code) == ["input.skipped"])
  }

  @Test func datesOnlyWhatIsUndated() throws {
    var options = ArticleOptions()
    options.published = CalendarDate(iso8601: "2024-05-06")
    #expect(try fixture("wrapped.txt", options).metadata.published?.description == "2025-12-28")
    let undated = try make(
      Array("The council met on Monday and decided nothing at all, its speaker said.".utf8), .text, options
    ).get()
    checkInvariants(undated)
    #expect(undated.metadata.published?.description == "2024-05-06")
    #expect(undated.metadata.publishedWords?.layer == .metadata)
  }

  @Test func readsTheSeeds() throws {
    let (raw, diagnostics) = items([.path(Files.repository.appending(path: "seeds").path)])
    #expect(!diagnostics.contains { $0.severity != .note })
    for record in raw {
      let article = try Article.make(from: record, lexicon: lexicon).get()
      checkInvariants(article)
      #expect(article.metadata.title?.layer == .text, "\(article.id)")
      #expect(
        !article.metadata.authors.isEmpty && article.metadata.outlet != nil && article.metadata.published != nil,
        "\(article.id)")
      #expect(article.words(.paragraph).count >= 5, "\(article.id)")
      for word in ["newsletter", "ontribution", "ubscribe", "rights reserved", "Read more", "Sign up"] {
        #expect(!article.readWords.contains { $0.contains(word) }, "\(article.id) \(word)")
      }
    }
  }
}
