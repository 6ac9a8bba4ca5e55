internal import VouchCore

/// The articles of an RSS or Atom file.
///
/// An item without an end is reported with its offset, and the next item is looked for.
struct FeedReader {
  private static let mostFaults = 16

  /// What is known of all its articles.
  var defaults = GivenMetadata()

  private let text: [UInt8]
  private let origin: String
  private let id: String
  private let location: Diagnostic.Location
  private var scanner: XMLScanner
  private var number = 0
  private var faults = 0
  private var isInChannel = false
  private var waiting: Diagnostic?

  /// Takes a file's bytes.
  ///
  /// - Parameters:
  ///   - charset: The character set that the server named; the XML declaration's counts otherwise.
  ///   - origin: How messages call the file.
  ///   - id: Name of the file; items without an id or address are numbered.
  ///   - location: Where messages about the whole point, for a feed inside an archive; each item's own offset if `nil`.
  init(
    _ bytes: [UInt8], charset: String? = nil, origin: String, id: String, location: Diagnostic.Location? = nil
  ) {
    let decoded = TextDecoder.decode(bytes, charset: charset ?? Self.declaredCharset(bytes))
    text = decoded?.bytes ?? []
    self.origin = origin
    self.id = id
    self.location = location ?? Diagnostic.Location(path: origin)
    scanner = XMLScanner(text[...])
    if decoded == nil {
      waiting = Diagnostic(.error, "article.binary", "found binary data; expected RSS or Atom", at: self.location)
    }
  }

  /// The character set that an XML declaration names, in lower case.
  private static func declaredCharset(_ bytes: [UInt8]) -> String? {
    guard bytes.prefix(200).starts(with: "<?xml".utf8) else { return nil }
    // The declaration is spelt like an element.
    let declaration = Array("<x".utf8) + bytes.prefix(200).dropFirst(5).prefix { $0 != 0x3F } + [0x3E]
    var scanner = XMLScanner(declaration[...])
    guard case .start(let element) = scanner.next() else { return nil }
    return element.attribute("encoding")?.lowercased()
  }

  /// The next article or message; `nil` after the last.
  mutating func next() -> ArticleReader.Item? {
    if let diagnostic = waiting {
      waiting = nil
      return .diagnostic(diagnostic)
    }
    while let event = scanner.next() {
      guard case .start(let element) = event else { continue }
      switch element.name.lowercased() {
      case "item", "entry", "atom:entry", "rss:item":
        number += 1
        if let item = element.isEmpty ? nil : item(element) { return item }
      case "channel", "feed": isInChannel = true
      case "title" where isInChannel && number == 0 && defaults.outlet == nil:
        defaults.outlet = content(of: element).flatMap(GivenMetadata.tidy)
      case "language" where isInChannel && number == 0:
        defaults.language = content(of: element).flatMap(GivenMetadata.tidy)
      // The picture of the channel has a title too.
      case "image", "textinput": _ = content(of: element)
      default: break
      }
    }
    return nil
  }

  /// What an element holds, as characters; `nil` if it has no end.
  private mutating func content(of element: XMLScanner.Element) -> String? {
    guard !element.isEmpty else { return "" }
    var depth = 1
    var text = ""
    while let event = scanner.next() {
      switch event {
      case .text(let part): text += part
      case .start(let inner): if inner.name == element.name, !inner.isEmpty { depth += 1 }
      case .end(let name, _):
        if name == element.name { depth -= 1 }
        if depth == 0 { return text }
      }
    }
    return nil
  }

  /// The markup that an element holds; `nil` if it has no end.
  private mutating func markup(of element: XMLScanner.Element) -> String? {
    guard !element.isEmpty else { return "" }
    var depth = 1
    while let event = scanner.next() {
      switch event {
      case .text: continue
      case .start(let inner): if inner.name == element.name, !inner.isEmpty { depth += 1 }
      case .end(let name, let start):
        if name == element.name { depth -= 1 }
        if depth == 0 { return String(decoding: text[element.end..<start], as: UTF8.self) }
      }
    }
    return nil
  }

  /// The parts of an item that an article is made of.
  private struct Parts {
    var given: GivenMetadata
    var id: String?
    var date: (rank: Int, words: String)?
    /// The best content so far: full text before a summary.
    var content: (rank: Int, text: String, isMarkup: Bool)?

    mutating func offer(_ text: String?, rank: Int, isMarkup: Bool? = nil) {
      guard let text, text.utf8.contains(where: { $0 > 0x20 }), rank > content?.rank ?? 0 else { return }
      content = (rank, text, isMarkup ?? FeedReader.looksLikeMarkup(text))
    }
    mutating func date(_ words: String?, rank: Int) {
      if let words, rank > date?.rank ?? 0 { date = (rank, words) }
    }
  }

  private mutating func item(_ element: XMLScanner.Element) -> ArticleReader.Item? {
    var parts = Parts(given: defaults)
    while let event = scanner.next() {
      switch event {
      case .text: continue
      case .end(let name, _): if name == element.name { return article(parts, element) }
      case .start(let inner):
        if inner.name == element.name { return broken(element) }
        guard take(inner, into: &parts) else { return broken(element) }
      }
    }
    return broken(element)
  }

  /// Reads a part of an item; `false` if it has no end.
  private mutating func take(_ inner: XMLScanner.Element, into parts: inout Parts) -> Bool {
    func tidied(_ text: String) -> String? { GivenMetadata.tidy(XMLScanner.decoded(Array(text.utf8)[...])) }
    let name = inner.name.lowercased().split(separator: ":", maxSplits: 1)
    let prefix = name.count > 1 ? name[0] : "atom"
    switch (prefix, name.last ?? "") {
    case ("content", "encoded"):
      guard let text = content(of: inner) else { return false }
      parts.offer(text, rank: 4)
    case ("atom", "content"), ("atom", "summary"):
      let rank = name.last == "content" ? 3 : 1
      if inner.attribute("type") == "xhtml" {
        guard let text = markup(of: inner) else { return false }
        parts.offer(text, rank: rank, isMarkup: true)
      } else {
        guard let text = content(of: inner) else { return false }
        parts.offer(text, rank: rank, isMarkup: inner.attribute("type") == "text" ? false : nil)
      }
    case ("atom", "description"):
      guard let text = content(of: inner) else { return false }
      parts.offer(text, rank: 2)
    case ("atom", "link") where inner.attribute("href") != nil:
      let isPage = inner.attribute("rel").map { $0 == "alternate" } ?? true
      if isPage, parts.given.url == nil { parts.given.url = inner.attribute("href").flatMap(GivenMetadata.tidy) }
    case ("atom", "author") where !inner.isEmpty: return author(inner, into: &parts)
    case ("atom", "title"), ("atom", "link"), ("atom", "guid"), ("atom", "id"), ("atom", "pubdate"),
      ("atom", "published"), ("atom", "updated"), ("dc", "date"), ("dc", "creator"), ("dc", "language"):
      guard let text = content(of: inner) else { return false }
      switch name.last ?? "" {
      case "title": parts.given.title = parts.given.title ?? tidied(text)
      case "link": parts.given.url = parts.given.url ?? GivenMetadata.tidy(text)
      case "guid", "id": parts.id = parts.id ?? GivenMetadata.tidy(text)
      case "pubdate", "published": parts.date(text, rank: 3)
      case "date": parts.date(text, rank: 2)
      case "updated": parts.date(text, rank: 1)
      case "creator": if parts.given.authors.isEmpty { parts.given.authors = AuthorNames.split(text) }
      default: parts.given.language = GivenMetadata.tidy(text) ?? parts.given.language
      }
    default: return inner.isEmpty || content(of: inner) != nil
    }
    return true
  }

  /// `<name>` of an Atom author; the mail address with a name in brackets of an RSS one.
  private mutating func author(_ element: XMLScanner.Element, into parts: inout Parts) -> Bool {
    var (text, names) = ("", [String]())
    while let event = scanner.next() {
      switch event {
      case .text(let part): text += part
      case .start(let inner):
        guard let part = content(of: inner) else { return false }
        if inner.name.lowercased().hasSuffix("name"), let name = GivenMetadata.tidy(part) { names.append(name) }
      case .end(let name, _):
        guard name == element.name else { continue }
        if names.isEmpty {
          if let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close {
            names = AuthorNames.split(String(text[text.index(after: open)..<close]))
          } else if !text.contains("@") {
            names = AuthorNames.split(text)
          }
        }
        parts.given.authors = Array((parts.given.authors + names).prefix(AuthorNames.limit))
        return true
      }
    }
    return false
  }

  /// An item whose end is missing: the next one is looked for behind its start tag.
  private mutating func broken(_ element: XMLScanner.Element) -> ArticleReader.Item {
    faults += 1
    var scanner = XMLScanner(text[element.end...])
    // Looking again and again at a long file is more than linear work.
    if faults > Self.mostFaults { scanner = XMLScanner(text[text.endIndex...]) }
    self.scanner = scanner
    let rest = faults > Self.mostFaults ? "; the rest of the feed is left out" : ""
    return .diagnostic(
      Diagnostic(.error, "feed.item", "item \(number) of the feed has no end" + rest, at: place(element)))
  }

  private func place(_ element: XMLScanner.Element) -> Diagnostic.Location {
    var place = location
    if place.offset == nil { place.offset = element.start }
    return place
  }

  private func article(_ parts: Parts, _ element: XMLScanner.Element) -> ArticleReader.Item? {
    let name = parts.id ?? parts.given.url ?? "\(id)#\(number)"
    guard let content = parts.content else {
      return .diagnostic(
        Diagnostic(.warning, "record.no-text", "item \(number) of the feed has no text", at: place(element)))
    }
    var article = RawArticle(
      kind: content.isMarkup ? .html : .text, bytes: Array(content.text.utf8), id: name, origin: origin)
    article.given = parts.given
    if let words = parts.date?.words {
      article.given.published = GivenMetadata.tidy(words).flatMap { DateWords.parse($0) }
    }
    article.url = parts.given.url
    article.charset = "utf-8"
    article.offset = place(element).offset
    return .article(article)
  }

  /// Whether a text has tags.
  fileprivate static func looksLikeMarkup(_ text: String) -> Bool {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if previous == 0x3C, byte == 0x2F || (0x61...0x7A).contains(byte | 0x20) { return true }
      previous = byte
    }
    return false
  }
}
