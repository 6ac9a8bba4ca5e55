internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

/// Fills the page's places: what can be read without a script, and the data that the script reads.
struct ReportPage: ~Copyable {
  let content: ReportContent
  let data: PageData
  let options: ReportOptions
  var page: PageWriter
  var evidence: GraphFile.ProofReader

  init(
    _ content: ReportContent, _ data: PageData, _ options: ReportOptions, _ page: consuming PageWriter
  ) throws {
    self.content = content
    self.data = data
    self.options = options
    self.page = page
    evidence = try GraphFile.ProofReader(content.graph)
  }

  mutating func write() throws -> ReportSummary {
    let html = PageFiles.html
    var start = html.startIndex
    while let place = html[start...].firstRange(of: "{{".utf8),
      let end = html[place.upperBound...].firstRange(of: "}}".utf8)
    {
      try page.file(html[start..<place.lowerBound])
      try fill(String(decoding: html[place.upperBound..<end.lowerBound], as: UTF8.self))
      start = end.upperBound
    }
    try page.file(html[start...])
    try page.finish()
    var summary = ReportSummary()
    summary.articles = content.articles.count
    summary.nodes = content.network.nodes.count
    summary.edges = content.network.edges.count
    summary.events = content.events.count
    summary.stances = content.stances.count
    summary.statements = content.statements.count
    summary.conflicts = content.conflicts.count
    summary.isAggregated = content.network.isAggregated
    summary.hasWholeTexts = data.hasWholeTexts
    summary.bytes = page.byteCount
    return summary
  }

  private mutating func fill(_ place: String) throws {
    switch place {
    case "title": try page.text(options.title)
    case "policy":
      func hash(_ bytes: [UInt8]) -> String { "'sha256-\(Base64.encode(SHA256.hash(bytes)))'" }
      try page.text(
        "default-src 'none'; script-src \(hash(PageFiles.script)); style-src \(hash(PageFiles.style)); img-src data:; "
          + "base-uri 'none'; form-action 'none'")
    case "creator": try page.text(content.graph.creator)
    case "style": try page.file(PageFiles.style[...])
    case "script": try page.file(PageFiles.script[...])
    case "data": try data.write(to: &page)
    case "standfirst": try writeStandfirst()
    case "overview": try writeOverview()
    case "network": try writeNetwork()
    case "stances": try writeStances()
    case "timeline": try writeTimeline()
    case "conflicts": try writeConflicts()
    case "sources": try writeSources()
    default: throw Corruption(section: "report", reason: "the page has a place called \(place)")
    }
  }

  // MARK: Pieces

  /// A passage with its words marked, and the article that it stands in.
  mutating func writeQuote(_ piece: Int) throws {
    let location = try evidence.location(piece)
    let passage = try evidence.passage(of: location)
    let quote = Quote(passage.text, at: passage.span, words: location.span)
    try page.markup("<blockquote><p>")
    try page.text(quote.before)
    try page.element("mark", quote.words)
    try page.text(quote.after)
    try page.markup("</p><footer>")
    let source = try content.graph.source(location.source)
    try page.markup("<cite>")
    try page.text(try content.graph.node(source.node).label)
    try page.markup("</cite>")
    if let day = source.published { try page.text(", " + Wording.day(day)) }
    try page.markup("</footer></blockquote>\n")
  }

  /// The pieces that come first of each article, at most `limit`.
  func quotes(_ item: ReportContent.Item, limit: Int) throws -> [Int] {
    var chosen: [Int] = []
    var last: SourceID?
    for piece in item.evidence where chosen.count < limit {
      let source = try content.graph.source(ofEvidence: piece)
      if source != last { chosen.append(piece) }
      last = source
    }
    return chosen
  }

  /// A link to an item's evidence: to its place in the page, which a script opens in a panel.
  mutating func writeLink(_ item: ReportContent.Item, _ text: String) throws {
    try page.markup("<a")
    try page.attribute("href", "#n\(item.id.index)")
    if let number = data.number(of: item.id) { try page.attribute("data-items", String(number)) }
    try page.markup(">")
    try page.text(text)
    try page.markup("</a>")
  }

  /// Who vouches for an item.
  mutating func writeSourceCount(_ item: ReportContent.Item) throws {
    try page.element("span", Wording.count(item.sources, "independent source"), class: "sources")
  }

  func labels(_ ids: [NodeID]) throws -> String {
    try ids.map { try content.graph.node($0).label }.joined(separator: ", ")
  }

  /// Tells what a list leaves out.
  mutating func writeOmission(_ text: String) throws { try page.element("p", text, class: "note") }
}

/// A passage in three parts, shortened far from the words.
struct Quote {
  /// Bytes of context, and of words, that are kept on each side.
  private static let mostContext = 400
  private static let mostWords = 2000

  let before, words, after: String

  /// - Parameters:
  ///   - span: Where the passage lies in its source.
  ///   - words: Where the words lie there; inside `span`.
  init(_ passage: String, at span: Span, words: Span) {
    let bytes = Array(passage.utf8)
    let start = min(max(0, Int(words.start) - Int(span.start)), bytes.count)
    let end = min(max(start, Int(words.end) - Int(span.start)), bytes.count)
    func isBoundary(_ place: Int) -> Bool { place >= bytes.count || bytes[place] & 0xC0 != 0x80 }
    var first = max(0, start - Self.mostContext)
    while !isBoundary(first) { first += 1 }
    var last = min(bytes.count, end + Self.mostContext)
    while !isBoundary(last) { last -= 1 }
    var cut = min(end, start + Self.mostWords)
    while !isBoundary(cut) { cut -= 1 }
    before = (first > 0 ? "… " : "") + String(decoding: bytes[first..<start], as: UTF8.self)
    self.words = String(decoding: bytes[start..<cut], as: UTF8.self) + (cut < end ? " …" : "")
    after = String(decoding: bytes[end..<last], as: UTF8.self) + (last < bytes.count ? " …" : "")
  }
}
