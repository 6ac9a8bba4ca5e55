internal import VouchCore
internal import VouchXML

/// What a page's linked data, microdata, `meta` and `time` elements say about the article.
struct HTMLMetadata {
  /// What is known; linked data go before microdata, these before `meta` elements, these before the rest.
  private(set) var given = GivenMetadata()

  private let document: HTMLDocument
  private let lexicon: PageLexicon
  private var microdata = GivenMetadata()
  private var meta = GivenMetadata()
  private var other = GivenMetadata()
  private var headline: String?
  private var time: CalendarDate?

  /// Collects it.
  ///
  /// - Complexity: O(n).
  init(_ document: HTMLDocument, lexicon: PageLexicon) {
    self.document = document
    self.lexicon = lexicon
    var linked = LinkedData()
    var scopes: [(end: Int, isArticle: Bool)] = []
    for (index, node) in document.nodes.enumerated() where node.tag != .text {
      while let scope = scopes.last, scope.end <= index { scopes.removeLast() }
      read(node.tag, at: index, &linked)
      guard !node.range.isEmpty else { continue }
      if let property = value(.itemprop, index), scopes.last?.isArticle != false {
        readMicrodata(property, at: index)
      }
      if document.bytes(of: .itemscope, at: index) != nil {
        scopes.append((node.end, value(.itemtype, index).map(LinkedData.isArticle) ?? false))
      }
    }
    given = linked.given
    given.fill(from: microdata)
    join()
  }

  private mutating func read(_ tag: HTMLTag, at index: Int, _ linked: inout LinkedData) {
    switch tag {
    case .script:
      if value(.type, index)?.lowercased().hasPrefix("application/ld+json") == true, index + 1 < document.nodes.count,
        document.nodes[index + 1].parent == index
      {
        linked.read(document.characters[document.nodes[index + 1].range])
      }
    case .meta: readMeta(index)
    case .title where other.title == nil: other.title = GivenMetadata.tidy(document.text(of: index))
    case .link where other.url == nil && value(.rel, index)?.lowercased() == "canonical":
      other.url = value(.href, index)
    case .html: other.language = value(.lang, index)
    case .time where other.published == nil:
      other.published = value(.datetime, index).flatMap { DateWords.parse($0) }
    case .h1 where headline == nil: headline = GivenMetadata.tidy(document.text(of: index))
    default: break
    }
  }

  /// Joins the sources; the site's name is taken off a page title.
  private mutating func join() {
    let site = given.outlet ?? meta.outlet
    for title in [meta.title, other.title] where given.title == nil {
      guard let title else { continue }
      // Behind the headline a page's title goes on with the site's name.
      let isHeadlineFirst = headline.map { title.hasPrefix($0) && $0.utf8.count >= 12 } ?? false
      given.title = isHeadlineFirst ? headline : Self.withoutSite(title, site: site)
    }
    given.fill(from: meta)
    given.fill(from: other)
    // An agency that is named as the writer is the agency; the outlet is no writer of its articles.
    given.authors.removeAll { name in
      let medium = lexicon.medium(name)
      if given.agency == nil, let medium, medium.isAgency, name != given.outlet { given.agency = name }
      return medium != nil || name == given.outlet
    }
  }

  private func value(_ name: HTMLAttribute, _ index: Int) -> String? {
    document.value(of: name, at: index).flatMap(GivenMetadata.tidy)
  }

  private mutating func readMeta(_ index: Int) {
    guard let content = value(.content, index) else { return }
    let key = (value(.property, index) ?? value(.name, index) ?? "").lowercased()
    switch key {
    case "og:title": meta.title = content
    case "twitter:title", "dc.title", "dcterms.title", "headline", "parsely-title": meta.title = meta.title ?? content
    case "og:site_name": meta.outlet = content
    case "application-name", "publisher", "dc.publisher", "dcterms.publisher": meta.outlet = meta.outlet ?? content
    case "og:url", "parsely-link": meta.url = meta.url ?? content
    case "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl", "sailthru.author",
      "article:author_name":
      // The author's page is no name.
      if meta.authors.isEmpty, !content.holds("://"), !content.hasPrefix("@") {
        meta.authors = AuthorNames.split(content)
      }
    case "article:published_time", "article:published", "og:published_time", "datepublished", "date", "pubdate",
      "publishdate", "publish-date", "publication_date", "published_time", "dc.date", "dc.date.issued", "dcterms.date",
      "dcterms.created", "dcterms.issued", "parsely-pub-date", "sailthru.date", "article.published", "pub_date":
      meta.published = meta.published ?? DateWords.parse(content)
    case "article:modified_time", "article:modified", "og:updated_time", "datemodified", "last-modified", "lastmod",
      "dcterms.modified", "article.updated", "revised":
      meta.modified = meta.modified ?? DateWords.parse(content)
    case "article:section", "parsely-section", "section", "dc.subject.section", "article.section":
      meta.section = meta.section ?? content
    case "og:locale", "dc.language", "dcterms.language", "language", "content-language":
      meta.language = meta.language ?? Self.languageTag(content)
    default: break
    }
  }

  /// `en_US` as `en-US`; `nil` for what is no language tag.
  private static func languageTag(_ text: String) -> String? {
    let tag = text.replacing("_", with: "-")
    let isTag = tag.utf8.allSatisfy { ($0 | 0x20) &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == 0x2D }
    return isTag && (2...12).contains(tag.utf8.count) ? tag : nil
  }

  private mutating func readMicrodata(_ property: String, at index: Int) {
    func text() -> String? {
      value(.content, index) ?? value(.datetime, index) ?? GivenMetadata.tidy(document.text(of: index))
    }
    switch property {
    case "headline": microdata.title = microdata.title ?? text()
    case "author", "creator":
      guard microdata.authors.count < AuthorNames.limit, let name = name(in: index) ?? text(), name.utf8.count < 120,
        !name.holds("://")
      else { return }
      microdata.authors += AuthorNames.split(name)
    case "publisher": microdata.outlet = microdata.outlet ?? name(in: index)
    case "sourceOrganization": microdata.agency = microdata.agency ?? name(in: index)
    case "datePublished": microdata.published = microdata.published ?? text().flatMap { DateWords.parse($0) }
    case "dateModified": microdata.modified = microdata.modified ?? text().flatMap { DateWords.parse($0) }
    case "articleSection": microdata.section = microdata.section ?? text()
    case "inLanguage": microdata.language = microdata.language ?? text().flatMap(Self.languageTag)
    default: break
    }
  }

  /// The `name` of the person or organisation that an element is about.
  private func name(in index: Int) -> String? {
    // Names stand near the start of such an element, however long it is.
    let end = min(document.nodes[index].end, index + 64)
    for inner in (index + 1)..<max(index + 1, end) where document.nodes[inner].tag != .text {
      if value(.itemprop, inner) == "name" {
        return value(.content, inner) ?? GivenMetadata.tidy(document.text(of: inner))
      }
    }
    return nil
  }

  /// The page title without the site's name behind a dash or bar.
  private static func withoutSite(_ title: String, site: String?) -> String {
    guard let site else { return title }
    for separator in [" - ", " | ", " – ", " — ", " :: ", " · "] where title.hasSuffix(separator + site) {
      return String(title.dropLast(separator.count + site.count))
    }
    return title
  }
}
