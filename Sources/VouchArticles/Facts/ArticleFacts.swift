internal import VouchCore

/// Finds title, authors, agency, outlet and date in an article's own text, and joins them with what came with it.
struct ArticleFacts {
  let source: SourceText
  let layout: PageLayout
  let lexicon: PageLexicon
  private let drafts: [Draft]
  /// Lines that can be a byline: those marked so, and short ones at the end.
  private var bylineIndices: [Int] = []
  /// Lines that can say whose the page is.
  private var copyrightIndices: [Int] = []

  /// Looks at a page that is laid out already.
  init(_ source: SourceText, _ drafts: [Draft], _ layout: PageLayout, lexicon: PageLexicon) {
    self.source = source
    self.drafts = drafts
    self.layout = layout
    self.lexicon = lexicon
    let edges = edges
    bylineIndices = edges.filter(canBeByline)
    copyrightIndices = edges.filter(canBeCopyright)
  }

  /// The article's metadata; what the input gives wins, and is located in the text where its words stand there.
  func metadata(_ given: GivenMetadata, _ rendered: GivenMetadata.Rendered) -> Article.Metadata {
    var metadata = Article.Metadata()
    metadata.title = given.title.flatMap { locateTitle($0, rendered.title) } ?? title()
    let bylines = bylines()
    if given.authors.isEmpty {
      metadata.authors = bylines.authors
    } else {
      for (name, span) in zip(given.authors, rendered.authors) {
        metadata.authors.append(locate(name, in: bylineIndices) ?? Article.Located(name, layer: .metadata, span: span))
      }
    }
    metadata.agency =
      given.agency.flatMap { locate($0, in: agencyIndices, rendered.agency) } ?? bylines.agency ?? agency()
    metadata.outlet = given.outlet.flatMap { locate($0, in: outletIndices, rendered.outlet) } ?? outlet()
    if let day = given.published {
      metadata.published = day
      let own = publicationDates().first { $0.value == day.description }
      metadata.publishedWords =
        own ?? rendered.published.map { Article.Located(day.description, layer: .metadata, span: $0) }
    } else if let dated = publicationDate() {
      metadata.published = CalendarDate(iso8601: dated.value)
      metadata.publishedWords = dated
    }
    metadata.modified = given.modified
    metadata.section = given.section
    metadata.url = given.url
    metadata.retrieved = given.retrieved
    if let language = given.language { metadata.language = language }
    return metadata
  }

  // MARK: Where to look

  private var top: Range<Int> { 0..<(layout.firstParagraph ?? drafts.count) }

  /// The first and the last lines of the page: facts about the article stand there, and looking at no more keeps the
  /// work linear on pages of millions of lines.
  private var edges: [Int] {
    drafts.count <= 400 ? Array(drafts.indices) : Array(0..<200) + Array((drafts.count - 200)..<drafts.count)
  }

  private func canBeByline(_ index: Int) -> Bool {
    guard layout.lines[index].length < 200, index != layout.title else { return false }
    guard layout.kinds[index] == .byline || !drafts[index].isOutside else { return false }
    return layout.kinds[index] == .byline || (top.contains(index) && layout.kinds[index] != .caption)
      || layout.lines[index].isCredit
      || layout.kinds[index] == .boilerplate && index > (layout.firstParagraph ?? 0)
        && layout.lines[index].wordCount <= 12
  }

  private func canBeCopyright(_ index: Int) -> Bool {
    layout.lines[index].length < 300 && layout.kinds[index] != .caption && layout.kinds[index] != .paragraph
      && (layout.lines[index].kinds.contains(.copyright) || Self.hasSign(layout.lines[index].folded))
  }

  private static func hasSign(_ folded: String) -> Bool {
    folded.hasPrefix("©") || folded.hasPrefix("(c) ") || folded.hasPrefix("copyright ")
  }

  /// Lines above the title that may be the paper's name.
  private var mastheadIndices: [Int] {
    edges.filter {
      top.contains($0) && $0 < (layout.title ?? 0) && layout.lines[$0].wordCount <= 6
        && layout.kinds[$0] == .boilerplate
    }
  }

  private var outletIndices: [Int] { mastheadIndices + copyrightIndices + appealIndices }

  private var appealIndices: [Int] {
    edges.filter { layout.kinds[$0] == .boilerplate && layout.lines[$0].length < 400 }
  }

  private var agencyIndices: [Int] {
    bylineIndices + (layout.firstParagraph.map { [$0] } ?? []) + copyrightIndices
  }

  // MARK: What the input gives

  private func locate(_ value: String, in indices: [Int], _ given: Span?) -> Article.Located? {
    locate(value, in: indices) ?? given.map { Article.Located(value, layer: .metadata, span: $0) }
  }

  /// The first place in some lines where a value's words stand, case and white space aside.
  private func locate(_ value: String, in indices: [Int]) -> Article.Located? {
    let wanted = value.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    guard !wanted.isEmpty else { return nil }
    let folded = value.folded
    for index in indices where layout.lines[index].folded.holds(folded) {
      let words = TextWord.words(of: source, in: drafts[index].span)
      guard words.count >= wanted.count else { continue }
      for start in 0...(words.count - wanted.count) {
        let run = words[start..<(start + wanted.count)]
        let span = TextWord.span(run)
        let found = source[span].split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        if found == wanted { return Article.Located(value, layer: .text, span: span) }
      }
    }
    return nil
  }

  private func locateTitle(_ value: String, _ given: Span?) -> Article.Located? {
    if let index = layout.title, layout.lines[index].folded == value.folded {
      let words = source[drafts[index].span]
      // Typographic quotes for plain ones are the same headline; the text's own words are kept.
      let isSame = GivenMetadata.tidy(words)?.lowercased() == value.lowercased()
      return Article.Located(
        isSame ? value : GivenMetadata.tidy(words) ?? value, layer: .text, span: drafts[index].span)
    }
    return given.map { Article.Located(value, layer: .metadata, span: $0) }
  }

  // MARK: What the text says

  private func title() -> Article.Located? {
    guard let index = layout.title else { return nil }
    let span = drafts[index].span
    return GivenMetadata.tidy(source[span]).map { Article.Located($0, layer: .text, span: span) }
  }

  private func bylines() -> (authors: [Article.Located], agency: Article.Located?) {
    var bare: [Article.Located] = []
    var agency: Article.Located?
    for index in bylineIndices {
      let line = layout.lines[index]
      let byline = Byline(source, drafts[index].span, lexicon: lexicon)
      let isTop = top.contains(index) && index > (layout.title ?? -1)
      if agency == nil, line.isLabelledByline || isTop { agency = byline.agency }
      guard !byline.authors.isEmpty else { continue }
      if line.isLabelledByline, isTop || line.folded.hasPrefix("by ") {
        return (byline.authors, agency ?? byline.agency)
      }
      guard bare.isEmpty, !line.isInterruption, !line.isCaption, !line.isCredit else { continue }
      if isTop, isByline(byline, at: index) { bare = byline.authors }
      if !top.contains(index), isSignature(byline, at: index) { bare = byline.authors }
    }
    return (bare, agency)
  }

  /// Whether names alone on a line below the title are the writers'.
  private func isByline(_ byline: Byline, at index: Int) -> Bool {
    if byline.isExplicit || layout.lines[index].draft.hint == .byline { return true }
    return namesFillLine(byline, index)
      && byline.authors.allSatisfy { isGivenName($0) && !isMentionedElsewhere($0, than: index) }
  }

  /// Whether a line behind the article is the writers' names: nothing else, and names that the article does not mention.
  private func isSignature(_ byline: Byline, at index: Int) -> Bool {
    guard namesFillLine(byline, index), byline.authors.count <= 3 else { return false }
    let isKnown = byline.authors.contains { isGivenName($0) }
    return isKnown && byline.authors.allSatisfy { !isMentionedElsewhere($0, than: index) }
  }

  private func namesFillLine(_ byline: Byline, _ index: Int) -> Bool {
    let words = byline.authors.reduce(0) { $0 + $1.value.split(separator: " ").count }
    return layout.lines[index].wordCount == words + byline.authors.count - 1 || byline.isExplicit
      || (byline.authors.count > 1 && layout.lines[index].wordCount == words + 1)
  }

  private func isGivenName(_ author: Article.Located) -> Bool {
    author.value.split(separator: " ").first.map { lexicon.isGivenName(String($0).folded) } ?? false
  }

  private func isMentionedElsewhere(_ author: Article.Located, than index: Int) -> Bool {
    let surname = author.value.split(separator: " ").last.map { String($0).folded } ?? ""
    return layout.lines.indices.contains {
      $0 != index && layout.kinds[$0]?.isRead == true && layout.lines[$0].folded.holds(surname)
    }
  }

  /// The agency in the dateline, a credit line or a copyright line.
  private func agency() -> Article.Located? {
    if let first = layout.firstParagraph, let found = Agencies.inDateline(source, drafts[first].span, lexicon: lexicon)
    {
      return found
    }
    for index in copyrightIndices {
      let words = TextWord.words(of: source, in: drafts[index].span)
      if let owner = Copyright.owner(words),
        let found = Agencies.agency(in: words, at: owner.lowerBound, lexicon: lexicon)
      {
        return Agencies.located(words[found.words], found.name)
      }
    }
    for index in top.prefix(200) where layout.kinds[index] == .byline || layout.kinds[index] == .boilerplate {
      guard index > (layout.title ?? -1), layout.lines[index].wordCount <= 4 else { continue }
      let words = TextWord.words(of: source, in: drafts[index].span)
      if let found = Agencies.agency(in: words, at: 0, lexicon: lexicon), found.words.upperBound == words.count {
        return Agencies.located(words[found.words], found.name)
      }
    }
    return nil
  }
}
