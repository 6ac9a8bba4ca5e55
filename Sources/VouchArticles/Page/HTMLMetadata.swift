internal import VouchCore
internal import VouchXML

/// What a page's head, JSON-LD and time elements say about the article.
enum HTMLMetadata {
  /// Collects it; JSON-LD wins over `meta` elements, these over the rest.
  static func read(_ document: HTMLDocument) -> GivenMetadata {
    var linked = GivenMetadata()
    var meta = GivenMetadata()
    var other = GivenMetadata()
    var headline: String?
    for (index, node) in document.nodes.enumerated() {
      switch node.name {
      case "script" where node.attribute("type")?.lowercased().hasPrefix("application/ld+json") == true:
        readLinkedData(document.text(of: index), into: &linked)
      case "meta": readMeta(node, into: &meta)
      case "title" where other.title == nil: other.title = tidy(document.text(of: index))
      case "link" where node.attribute("rel")?.lowercased() == "canonical" && other.url == nil:
        other.url = node.attribute("href").flatMap(tidy)
      case "html": other.language = node.attribute("lang").flatMap(tidy)
      case "time" where other.published == nil:
        other.published = node.attribute("datetime").flatMap { DateWords.parse($0) }
      case "h1" where headline == nil: headline = tidy(document.text(of: index))
      default: break
      }
    }
    var result = linked
    result.fill(from: meta)
    if result.title == nil, let title = other.title {
      // Behind the headline a page's title goes on with the site's name.
      let isHeadlineFirst = headline.map { title.hasPrefix($0) && $0.utf8.count >= 12 } ?? false
      result.title = isHeadlineFirst ? headline : withoutSite(title, site: result.outlet)
    }
    result.fill(from: other)
    return result
  }

  private static func readMeta(_ node: HTMLDocument.Node, into given: inout GivenMetadata) {
    guard let content = node.attribute("content").flatMap(tidy) else { return }
    let key = (node.attribute("property") ?? node.attribute("name") ?? node.attribute("itemprop") ?? "").lowercased()
    switch key {
    case "og:title": given.title = content
    case "twitter:title": given.title = given.title ?? content
    case "og:site_name": given.outlet = content
    case "og:url": given.url = given.url ?? content
    case "author", "article:author", "parsely-author", "dc.creator", "byl":
      // The author's page is no name.
      if given.authors.isEmpty, !content.contains("://") { given.authors = AuthorNames.split(content) }
    case "article:published_time", "datepublished", "date", "pubdate", "publishdate", "dc.date", "dc.date.issued",
      "parsely-pub-date", "sailthru.date":
      given.published = given.published ?? DateWords.parse(content)
    default: break
    }
  }

  /// Reads the first news article of a JSON-LD script; a script that is no JSON says nothing.
  private static func readLinkedData(_ script: String, into given: inout GivenMetadata) {
    guard let value = try? JSONValue(parsing: Array(script.utf8)[...]) else { return }
    var waiting = value.items
    var found: JSONValue?
    var next = 0
    while found == nil, next < waiting.count {
      let item = waiting[next]
      next += 1
      let types = item["@type"]?.items.compactMap(\.text) ?? []
      if types.contains(where: { $0.hasSuffix("Article") || $0 == "BlogPosting" || $0 == "Report" }) { found = item }
      waiting += item["@graph"]?.items ?? []
      waiting += item["mainEntity"]?.items ?? []
    }
    guard let article = found else { return }
    given.title = given.title ?? article["headline"]?.text.flatMap(tidy)
    if given.authors.isEmpty { given.authors = names(article["author"]) }
    given.outlet = given.outlet ?? names(article["publisher"]).first
    given.agency = given.agency ?? names(article["sourceOrganization"]).first
    given.published = given.published ?? article["datePublished"]?.text.flatMap { DateWords.parse($0) }
    given.url = given.url ?? article["url"]?.text.flatMap(tidy)
  }

  /// The names of people or organisations: strings, or objects with a `name`.
  private static func names(_ value: JSONValue?) -> [String] {
    (value?.items ?? []).prefix(AuthorNames.limit).compactMap { item in (item.text ?? item["name"]?.text).flatMap(tidy)
    }
    .filter { !$0.contains("://") }
  }

  private static func tidy(_ text: String) -> String? { GivenMetadata.tidy(text) }

  /// The page title without the site's name behind a dash or bar.
  private static func withoutSite(_ title: String, site: String?) -> String {
    guard let site else { return title }
    for separator in [" - ", " | ", " – ", " — ", " :: ", " · "] where title.hasSuffix(separator + site) {
      return String(title.dropLast(separator.count + site.count))
    }
    return title
  }
}
