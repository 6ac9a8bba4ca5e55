import Foundation
import Testing
import VouchArticles
import VouchCore
import VouchOntology

/// Files beside the tests and in the repository.
enum Files {
  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
  static let fixtures = tests.appending(path: "Fixtures").path
  static let repository = tests.deletingLastPathComponent().deletingLastPathComponent()

  /// A new empty folder that the caller removes.
  static func temporaryFolder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vouch-articles-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }
}

/// The repository's own tables of boilerplate, with a few media of the tests' own.
let lexicon: PageLexicon = {
  func table(_ name: String) -> [Table] {
    let url = Files.repository.appending(path: "Ontology/\(name).tsv")
    guard let data = try? Data(contentsOf: url), let table = try? Table(name: name, bytes: Array(data)) else {
      return []
    }
    return [table]
  }
  let media = """
    # columns: id\tname\taliases\tkind
    agency:example-wire\tExample Wire\tEXW\tagency
    agency:reuters\tReuters\tThomson Reuters\tagency
    outlet:morning-ledger\tThe Morning Ledger\tMorning Ledger\tnewspaper

    """
  let outlets = (try? Table(name: "gazetteers/outlets", bytes: Array(media.utf8))).map { [$0] } ?? []
  return PageLexicon(
    phrases: table("lexicons/boilerplate"), lines: table("lexicons/boilerplate_lines"),
    givenNames: table("lexicons/given_names"), media: outlets, pageWords: table("lexicons/page_words"))
}()

/// All that a reader hands out.
func items(_ inputs: [ArticleReader.Input], _ options: ArticleOptions = ArticleOptions()) -> (
  raw: [RawArticle], diagnostics: [Diagnostic]
) {
  let reader = ArticleReader(inputs, options: options)
  var raw: [RawArticle] = []
  var diagnostics: [Diagnostic] = []
  while let item = reader.next() {
    switch item {
    case .article(let article): raw.append(article)
    case .diagnostic(let diagnostic): diagnostics.append(diagnostic)
    case .made: Issue.record("made in another process")
    }
  }
  return (raw, diagnostics)
}

/// The article of a fixture.
func fixture(_ name: String, _ options: ArticleOptions = ArticleOptions()) throws -> Article {
  let (raw, diagnostics) = items([.path(Files.fixtures + "/" + name)], options)
  try #require(raw.count == 1, "\(diagnostics)")
  return try Article.make(from: raw[0], options: options, lexicon: lexicon).get()
}

/// An article of bytes in memory.
func make(
  _ bytes: [UInt8], _ kind: RawArticle.Kind = .text, _ options: ArticleOptions = ArticleOptions()
) -> Result<Article, Diagnostic> {
  Article.make(
    from: RawArticle(kind: kind, bytes: bytes, id: "a", origin: "a", line: kind == .record ? 7 : nil), options: options,
    lexicon: lexicon)
}

/// An article of a text in memory.
func make(_ text: String, _ kind: RawArticle.Kind = .text) throws -> Article { try make(Array(text.utf8), kind).get() }

extension Article {
  /// The words of its blocks of some kinds.
  func words(_ kinds: Block.Kind...) -> [String] { blocks.filter { kinds.contains($0.kind) }.map { text[$0.span] } }
  /// The words that are read.
  var readWords: [String] { blocks.filter(\.kind.isRead).map { text[$0.span] } }
}

/// Checks what must hold for every article.
func checkInvariants(_ article: Article, sourceLocation: Testing.SourceLocation = #_sourceLocation) {
  var end: UInt32 = 0
  for block in article.blocks {
    #expect(block.span.start >= end && !block.span.isEmpty, sourceLocation: sourceLocation)
    #expect(
      article.text.isBoundary(Int(block.span.start)) && article.text.isBoundary(Int(block.span.end)),
      sourceLocation: sourceLocation)
    #expect(article.text.trimmed(block.span) == block.span, sourceLocation: sourceLocation)
    end = block.span.end
  }
  #expect(Int(end) <= article.text.count, sourceLocation: sourceLocation)
  let read = article.blocks.filter(\.kind.isRead)
  #expect(read.allSatisfy { article.body.contains($0.span) }, sourceLocation: sourceLocation)
  #expect(read.isEmpty || article.body.start == read[0].span.start, sourceLocation: sourceLocation)
  let facts =
    [article.metadata.title, article.metadata.outlet, article.metadata.agency].compactMap { $0 }
    + article.metadata.authors
  for fact in facts {
    let source = fact.layer == .text ? article.text : article.given
    #expect(source.map { squeezed($0[fact.span]) } == squeezed(fact.value), sourceLocation: sourceLocation)
    #expect(!fact.span.isEmpty, sourceLocation: sourceLocation)
  }
  if let words = article.metadata.publishedWords {
    #expect(words.value == article.metadata.published?.description, sourceLocation: sourceLocation)
    #expect(
      (words.layer == .text ? article.text : article.given)?[words.span].isEmpty == false,
      sourceLocation: sourceLocation)
  }
}

private func squeezed(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
}
