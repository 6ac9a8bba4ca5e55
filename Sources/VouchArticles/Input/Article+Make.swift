public import VouchCore
internal import VouchXML

extension Article {
  /// Makes an article of what an input holds.
  ///
  /// Depends on nothing but its arguments, so articles can be made on any thread and in any order. Never traps,
  /// whatever the bytes.
  /// - Parameters:
  ///   - raw: The input's bytes.
  ///   - options: Limits, and the date for articles that nothing dates.
  ///   - lexicon: What is known about pages and media.
  /// - Returns: The article, with warnings in its `diagnostics`; or the error for which there is none:
  ///   `article.binary`, `article.empty`, `article.too-large`, `article.dtd`, `record.json`, `record.type`,
  ///   `record.no-text`; and `article.annotated` for CoNLL-U, which is more than an article.
  /// - Complexity: O(n) in the size of the input.
  public static func make(
    from raw: RawArticle, options: ArticleOptions = ArticleOptions(), lexicon: PageLexicon
  ) -> Result<Article, Diagnostic> {
    var maker = ArticleMaker(raw, options: options, lexicon: lexicon)
    do throws(Diagnostic) { return .success(try maker.make()) } catch { return .failure(error) }
  }
}

/// The steps from raw bytes to an article.
private struct ArticleMaker {
  private let raw: RawArticle
  private let options: ArticleOptions
  private let lexicon: PageLexicon
  private var id: String
  private var given = GivenMetadata()
  private var diagnostics: [Diagnostic] = []

  init(_ raw: RawArticle, options: ArticleOptions, lexicon: PageLexicon) {
    self.raw = raw
    self.options = options
    self.lexicon = lexicon
    id = raw.id
    given = raw.given
    diagnostics = raw.warnings
  }

  mutating func make() throws(Diagnostic) -> Article {
    if let sidecar = raw.sidecar { readSidecar(sidecar.path, sidecar.bytes) }
    switch raw.kind {
    case .text:
      let text = try text(raw.bytes, charset: raw.charset)
      return try article(text, PlainTextPage.drafts(of: text, keepsMarkers: options.isPlain))
    case .html:
      return try page(try decode(raw.bytes, charset: raw.charset ?? TextDecoder.declaredCharset(raw.bytes)))
    case .record:
      return try record()
    case .conllu:
      throw failure("article.annotated", "found CoNLL-U; expected text, HTML or a record")
    }
  }

  private func failure(_ code: String, _ message: String) -> Diagnostic {
    Diagnostic(.error, code, message, at: raw.location)
  }

  private mutating func text(_ bytes: [UInt8], charset: String?) throws(Diagnostic) -> SourceText {
    guard let text = SourceText(validating: try decode(bytes, charset: charset)) else {
      throw failure("article.encoding", "the text cannot be read as UTF-8")
    }
    return text
  }

  /// The input's bytes as UTF-8.
  private mutating func decode(_ bytes: [UInt8], charset: String?) throws(Diagnostic) -> [UInt8] {
    try checkSize(bytes.count)
    guard let decoded = TextDecoder.decode(bytes, charset: charset) else {
      throw failure("article.binary", "found binary data; expected text, HTML or JSON")
    }
    if decoded.isGuess {
      diagnostics.append(
        Diagnostic(
          .warning, "article.encoding", "no valid UTF-8, and no encoding is declared; read as \(decoded.encoding)",
          at: raw.location))
    }
    if decoded.replaced > 0 {
      let places = decoded.replaced == 1 ? "1 place that is" : "\(decoded.replaced) places that are"
      diagnostics.append(
        Diagnostic(
          .warning, "article.encoding", "\(places) no valid \(decoded.encoding) became U+FFFD", at: raw.location))
    }
    return decoded.bytes
  }

  private func checkSize(_ count: Int) throws(Diagnostic) {
    guard count > options.articleLimit else { return }
    throw failure(
      "article.too-large", "found \(count) bytes; expected at most \(options.articleLimit); split it or raise the limit"
    )
  }

  /// - Parameter html: Valid UTF-8.
  private mutating func page(_ html: [UInt8]) throws(Diagnostic) -> Article {
    let document: HTMLDocument
    do throws(HTMLDocument.Failure) {
      document = try HTMLDocument(utf8: html)
    } catch {
      switch error {
      case .internalSubset:
        throw failure("article.dtd", "the document type has an internal subset or declares entities; remove it")
      case .tooLarge: throw failure("article.too-large", "the page is too large for the HTML parser")
      case .tooManyAttributes:
        throw failure(
          "article.markup",
          "an element has more than \(HTMLDocument.attributeLimit) attributes; that is no article's page")
      }
    }
    let page = HTMLPage(document, lexicon: lexicon)
    if document.isIncomplete {
      let reason = "the HTML parser gave up, most likely because elements nest too deep; text is missing"
      guard !page.drafts.isEmpty else { throw failure("article.degraded", reason) }
      diagnostics.append(Diagnostic(.warning, "article.degraded", reason, at: raw.location))
    }
    given.fill(from: HTMLMetadata(document, lexicon: lexicon).given)
    guard !page.drafts.isEmpty, let text = SourceText(validating: page.bytes) else {
      throw failure("article.empty", "the page shows no text")
    }
    if options.isPlain { return try article(text, page.drafts) }
    let lines = page.drafts.map { PageLine($0, text, lexicon) }
    let content = PageContent(document, page, lines, title: given.title)
    for index in lines.indices { lines[index].draft.isOutside = content.isForeign[index] }
    return article(
      text, lines.map(\.draft), PageLayout(page, lines, content, givenTitle: given.title))
  }

  private mutating func article(_ source: SourceText, _ drafts: [Draft]) throws(Diagnostic) -> Article {
    guard !source.trimmed(source.span).isEmpty else { throw failure("article.empty", "found no text but white space") }
    given.url = given.url ?? raw.url.flatMap(GivenMetadata.tidy)
    if options.isPlain {
      let blocks = drafts.map { Article.Block($0.span, $0.hint == .item ? .item : .paragraph) }
      given.language = language(of: source, blocks)
      return .whole(
        id: id, origin: raw.origin, text: source, blocks: blocks, given: given, options: options,
        diagnostics: diagnostics)
    }
    return article(
      source, drafts, PageLayout(drafts, of: source, lexicon: lexicon, givenTitle: given.title))
  }

  private mutating func article(_ source: SourceText, _ drafts: [Draft], _ layout: PageLayout) -> Article {
    var layout = layout
    given.url = given.url ?? raw.url.flatMap(GivenMetadata.tidy)
    let facts = ArticleFacts(source, drafts, layout, lexicon: lexicon)
    if given.published == nil, facts.publicationDate() == nil { given.published = options.published }
    let rendered = given.rendered()
    var metadata = facts.metadata(given, rendered)
    for fact in metadata.authors where fact.layer == .text { layout.markByline(fact.span) }
    let blocks = zip(drafts, layout.kinds).map { draft, kind in Article.Block(draft.span, kind ?? .boilerplate) }
    metadata.language = language(of: source, blocks) ?? "en"
    let read = blocks.filter(\.kind.isRead)
    let body = read.first.flatMap { first in read.last.map { first.span.union($0.span) } } ?? Span(0, 0)
    return Article(
      id: id, origin: raw.origin, text: source, given: rendered.text, metadata: metadata, blocks: blocks, body: body,
      diagnostics: diagnostics)
  }
}

// MARK: Language

extension ArticleMaker {
  /// The language that the blocks which are read are written in; what is given counts where they agree with it or do not tell.
  private mutating func language(of source: SourceText, _ blocks: [Article.Block]) -> String? {
    let given = given.language.flatMap(LanguageTag.tidy)
    let read = blocks.filter(\.kind.isRead)
    // Long articles are told by their first words; lines of navigation count only where there is nothing else.
    var sample: [UInt8] = []
    for block in read.isEmpty ? blocks : read where sample.count < 64 << 10 {
      sample.append(contentsOf: source.bytes[block.span.range].prefix(64 << 10))
      sample.append(0x0A)
    }
    let detected = lexicon.languages.language(of: String(decoding: sample, as: UTF8.self).unicodeScalars)
    var tag = given
    if let detected, given.map({ !detected.means($0) }) ?? true { tag = detected.tag }
    guard let tag, LanguageTag.primary(tag) != "en", !options.readsAnyLanguage else { return tag }
    diagnostics.append(
      Diagnostic(
        .warning, "article.language",
        "written in \(detected?.name ?? tag), not in English; it is recorded and not read", at: raw.location))
    return tag
  }
}

// MARK: Records

extension ArticleMaker {
  private mutating func record() throws(Diagnostic) -> Article {
    let value: JSONValue
    do throws(JSONValue.Failure) {
      if let known = raw.value { value = known } else { value = try JSONValue(parsing: raw.bytes[...]) }
    } catch {
      let place = error.place(in: raw.bytes[...])
      let location = Diagnostic.Location(
        path: raw.origin, line: (raw.line ?? 1) + place.line - 1, column: place.column)
      throw Diagnostic(.error, "record.json", "no valid JSON: \(error.message)", at: location)
    }
    guard case .object = value else {
      throw failure("record.type", "the record is \(value.sort); expected an object with \"text\" or \"html\"")
    }
    readFields(value, raw.location)
    if case .number(let number) = value["id"] {
      id = number
    } else {
      id = string("id", value, raw.location) ?? given.url ?? id
    }
    if let text = string("text", value, raw.location) {
      try checkSize(text.utf8.count)
      guard !text.utf8.contains(0) else {
        throw failure("article.binary", "the text has NUL characters; expected plain text")
      }
      let source = SourceText(text)
      return try article(source, PlainTextPage.drafts(of: source, keepsMarkers: true))
    }
    if let html = string("html", value, raw.location) {
      try checkSize(html.utf8.count)
      guard !html.utf8.contains(0) else {
        throw failure("article.binary", "the page has NUL characters; expected HTML")
      }
      return try page(Array(html.utf8))
    }
    throw failure("record.no-text", "the record has neither \"text\" nor \"html\"; expected one of them")
  }

  private mutating func readSidecar(_ path: String, _ bytes: [UInt8]) {
    do throws(JSONValue.Failure) {
      let value = try JSONValue(parsing: bytes[...])
      guard case .object = value else {
        diagnostics.append(
          Diagnostic(
            .warning, "record.type", "the metadata are \(value.sort); expected an object", at: .init(path: path)))
        return
      }
      readFields(value, Diagnostic.Location(path: path))
    } catch {
      let place = error.place(in: bytes[...])
      diagnostics.append(
        Diagnostic(
          .warning, "record.json", "no valid JSON, so no metadata are taken from it: \(error.message)",
          at: .init(path: path, line: place.line, column: place.column)))
    }
  }

  private mutating func readFields(_ value: JSONValue, _ location: Diagnostic.Location) {
    func field(_ key: String) -> String? { string(key, value, location).flatMap(GivenMetadata.tidy) }
    given.title = given.title ?? field("title")
    given.url = given.url ?? field("url")
    given.outlet = given.outlet ?? field("outlet")
    given.agency = given.agency ?? field("agency")
    given.language = given.language ?? field("language")
    if given.authors.isEmpty { given.authors = authors(value["authors"] ?? value["author"] ?? .null, location) }
    if given.published == nil, let words = field("published") {
      given.published = DateWords.parse(words)
      if given.published == nil {
        diagnostics.append(
          Diagnostic(
            .warning, "record.date", "\"published\" is \"\(words)\"; expected a date such as 2025-12-28", at: location))
      }
    }
  }

  /// The text of a member; null counts as missing, another type is reported and passed over.
  private mutating func string(_ key: String, _ value: JSONValue, _ location: Diagnostic.Location) -> String? {
    switch value[key] {
    case nil, .null: return nil
    case .string(let text): return text
    case .some(let other):
      diagnostics.append(
        Diagnostic(
          .warning, "record.type", "\"\(key)\" is \(other.sort); expected a string; it is left out", at: location))
      return nil
    }
  }

  private mutating func authors(_ value: JSONValue, _ location: Diagnostic.Location) -> [String] {
    if let text = value.text { return AuthorNames.split(text) }
    var names: [String] = []
    for item in value.items.prefix(AuthorNames.limit) {
      if let name = (item.text ?? item["name"]?.text).flatMap(GivenMetadata.tidy) {
        names.append(name)
      } else {
        diagnostics.append(
          Diagnostic(
            .warning, "record.type", "an author is \(item.sort); expected a string; it is left out", at: location))
      }
    }
    return names
  }
}
