internal import VouchCore

/// What JSON-LD says about the article of a page.
struct LinkedData {
  private(set) var given = GivenMetadata()

  /// Most objects that are looked at on one page.
  private static let limit = 4096

  /// Reads a script; one that is no JSON, or tells of no article, says nothing.
  ///
  /// - Complexity: O(n).
  mutating func read(_ script: ArraySlice<UInt8>) {
    // Most scripts tell of the site or of lists of links.
    let text = String(decoding: script, as: UTF8.self)
    guard ["Article", "BlogPosting", "\"Report", "WebPage"].contains(where: { text.holds($0) }) else { return }
    guard let value = Self.parse(script) else { return }
    var waiting = value.items
    var named: [String: JSONValue] = [:]
    var found: JSONValue?
    var page: JSONValue?
    var next = 0
    while next < waiting.count, next < Self.limit {
      let item = waiting[next]
      next += 1
      if let id = item["@id"]?.text, item["name"] != nil { named[id] = item }
      let types = item["@type"]?.items.compactMap(\.text) ?? []
      if found == nil, types.contains(where: Self.isArticle) { found = item }
      if page == nil, types.contains(where: { $0.hasSuffix("WebPage") }) { page = item }
      for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
        // A list of stories is no story.
        if !types.contains("ItemList") { waiting += item[key]?.items ?? [] }
      }
    }
    if let found { take(found, named) }
    if let page, page["datePublished"] != nil { take(page, named) }
  }

  /// Whether a type's name or address is that of an article.
  static func isArticle(_ type: String) -> Bool {
    type.hasSuffix("Article") || type.hasSuffix("BlogPosting") || type.hasSuffix("/Report") || type == "Report"
  }

  private mutating func take(_ article: JSONValue, _ named: [String: JSONValue]) {
    func text(_ key: String) -> String? { article[key]?.items.first?.text.flatMap(GivenMetadata.tidy) }
    given.title = given.title ?? text("headline")
    if given.authors.isEmpty { given.authors = Self.names(article["author"] ?? article["creator"], named) }
    given.outlet = given.outlet ?? Self.names(article["publisher"], named).first
    given.agency = given.agency ?? Self.names(article["sourceOrganization"], named).first
    given.published = given.published ?? text("datePublished").flatMap { DateWords.parse($0) }
    given.modified = given.modified ?? text("dateModified").flatMap { DateWords.parse($0) }
    given.section = given.section ?? text("articleSection")
    given.language = given.language ?? text("inLanguage")
    given.url = given.url ?? text("url") ?? text("mainEntityOfPage") ?? article["mainEntityOfPage"]?["@id"]?.text
    if let url = given.url, !url.hasPrefix("http") { given.url = nil }
  }

  /// The names of people or organisations: strings, objects with a `name`, or references to such objects.
  private static func names(_ value: JSONValue?, _ named: [String: JSONValue]) -> [String] {
    var names: [String] = []
    for item in (value?.items ?? []).prefix(AuthorNames.limit) {
      let object = item["name"] == nil ? item["@id"]?.text.flatMap { named[$0] } ?? item : item
      for name in (item.text ?? "").isEmpty ? object["name"]?.items ?? [] : [item] {
        guard let text = name.text.flatMap(GivenMetadata.tidy), !text.holds("://") else { continue }
        names.append(text)
      }
    }
    return names
  }

  /// Parses a script as it stands, else without what hides it from old browsers and with line ends in strings as spaces.
  private static func parse(_ script: ArraySlice<UInt8>) -> JSONValue? {
    if let value = try? JSONValue(parsing: script) { return value }
    guard let start = script.firstIndex(where: { $0 == 0x7B || $0 == 0x5B }),
      let end = script.lastIndex(where: { $0 == 0x7D || $0 == 0x5D }), start < end
    else { return nil }
    let tidied = script[start...end].map { $0 < 0x20 ? 0x20 : $0 }
    return try? JSONValue(parsing: tidied[...])
  }
}
