internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

extension ReportPage {
  private var days: (first: Int, last: Int)? {
    let days = content.articles.compactMap(\.published)
    guard let first = days.min(), let last = days.max() else { return nil }
    return (first, last)
  }

  private var outlets: Int { Set(content.articles.compactMap(\.outlet)).count }
  private var agencies: Int { Set(content.articles.compactMap(\.agency)).count }

  mutating func writeStandfirst() throws {
    guard !content.articles.isEmpty else {
      return try page.text("This graph is empty: no article tells of anything that the filters admit.")
    }
    var text = "What \(Wording.count(content.articles.count, "article")) by \(Wording.count(outlets, "outlet"))"
    if let (first, last) = days {
      text +=
        first == last
        ? ", published on \(Wording.day(first))," : ", published from \(Wording.day(first)) to \(Wording.day(last)),"
    }
    if let focus = options.focus { text += " say around \(focus)" } else { text += " say" }
    let counts = [
      Wording.count(content.events.count, "event"), Wording.count(content.stances.count, "stance"),
      Wording.count(content.statements.count, "statement"),
    ]
    text +=
      ": \(counts[0]), \(counts[1]) and \(counts[2]). Everything on this page leads to the words it was read from."
    try page.text(text)
  }

  mutating func writeOverview() throws {
    let counts = content.counts
    func sum(_ isIncluded: (NodeKind) -> Bool) -> Int { counts.filter { isIncluded($0.key) }.values.reduce(0, +) }
    let media: Set<NodeKind> = [.outlet, .agency, .author]
    let tiles: [(Int, String, String, String)] = [
      (content.articles.count, "article", "articles", ""), (outlets, "outlet", "outlets", ""),
      (agencies, "news agency", "news agencies", ""),
      (content.sources.count, "independent source", "independent sources", "copies of one story count once"),
      (sum { $0.isActor && !media.contains($0) }, "actor", "actors", "people, bodies, groups, countries"),
      (sum { $0.isPlace && !$0.isActor }, "place", "places", ""), (counts[.issue] ?? 0, "issue", "issues", ""),
      (content.events.count, "event", "events", ""),
      (content.stances.count, "stance", "stances", "who is for or against what"),
      (content.statements.count, "statement", "statements", "who said what"),
      (content.conflicts.count, "conflict", "conflicts", "accounts that contradict each other"),
    ]
    try page.markup("<dl class=\"counts\">\n")
    for (count, one, many, note) in tiles {
      try page.markup("<div><dt>")
      try page.text(count == 1 ? one : many)
      if !note.isEmpty { try page.element("small", note) }
      try page.markup("</dt>")
      try page.element("dd", Wording.number(count))
      try page.markup("</div>\n")
    }
    try page.markup("</dl>\n<div class=\"columns\">\n")
    try writeMostMentioned()
    try writeMostVouched()
    try writeUnread()
    try page.markup("</div>\n")
  }

  private mutating func writeMostMentioned() throws {
    let network = content.network
    let ranked = network.nodes.indices.sorted {
      (network.nodes[$1].articles, $0) < (network.nodes[$0].articles, $1)
    }.prefix(8)
    guard !ranked.isEmpty else { return }
    try page.markup("<section><h3>In most articles</h3><ol class=\"ranking\">\n")
    for row in ranked {
      let node = try content.graph.node(network.nodes[row].id)
      try page.markup("<li><a href=\"#network\"")
      try page.attribute("data-node", String(row))
      try page.markup(">")
      try page.text(node.label)
      try page.markup("</a>")
      try page.element("span", Wording.count(network.nodes[row].articles, "article"), class: "sources")
      try page.markup("</li>\n")
    }
    try page.markup("</ol></section>\n")
  }

  private mutating func writeMostVouched() throws {
    let all = (content.events + content.stances).filter { $0.sources > 1 }
    let ranked = all.enumerated().sorted {
      ($1.element.sources, $0.offset) < ($0.element.sources, $1.offset)
    }.prefix(8).map(\.element)
    guard !ranked.isEmpty else { return }
    try page.markup("<section><h3>Told by most independent sources</h3><ol class=\"ranking\">\n")
    for item in ranked {
      try page.markup("<li>")
      try writeLink(item, item.title)
      try writeSourceCount(item)
      try page.markup("</li>\n")
    }
    try page.markup("</ol></section>\n")
  }

  /// What the articles leave open, and what was not read.
  private mutating func writeUnread() throws {
    var telling: Set<NodeID> = []
    for item in content.events + content.stances + content.statements { telling.formUnion(item.facts.articles) }
    let articles = content.articles
    let silent = articles.count { !telling.contains($0.node) }
    let undated = articles.count { $0.published == nil }
    let nameless = articles.count { $0.outlet == nil }
    let unknown = content.events.count { $0.date == nil }
    var lines: [String] = []
    if silent > 0 {
      lines.append("\(Wording.count(silent, "article")) in which no event, stance or statement was recognised")
    }
    if undated > 0 { lines.append("\(Wording.count(undated, "article")) without a date of publication") }
    if nameless > 0 { lines.append("\(Wording.count(nameless, "article")) whose outlet is unknown") }
    if unknown > 0 {
      lines.append(
        "\(Wording.number(unknown)) of \(Wording.count(content.events.count, "event")) whose date is not told")
    }
    lines.append(
      "Articles that could not be read, or are not in English, are not in the graph: vouch build names them when it reads them"
    )
    try page.markup("<section><h3>What could not be read</h3><ul class=\"plain\">\n")
    for line in lines { try page.element("li", line) }
    try page.markup("</ul></section>\n")
  }

  // MARK: Network

  /// What the network leaves out, and its strongest ties as a table for who cannot see it or prints the page.
  mutating func writeNetwork() throws {
    let network = content.network
    if network.isAggregated {
      try writeOmission(
        "The network has \(Wording.count(network.wholeCount.nodes, "node")) and \(Wording.count(network.wholeCount.edges, "tie")), "
          + "more than a page can draw. It is aggregated: the best connected stand for themselves, the others of each "
          + "community are one node, “… and others”. \(Wording.count(network.nodes.count, "node")) and "
          + "\(Wording.count(network.edges.count, "tie")) are shown; --focus NAME reports what lies around one of them."
      )
    }
    guard !network.edges.isEmpty else {
      return try writeOmission("Nothing joins two actors, places or issues.")
    }
    let strongest = try network.edges.enumerated().map { row, edge in
      (row: row, edge: edge, articles: try articles(of: edge))
    }.sorted { ($1.articles, $0.row) < ($0.articles, $1.row) }.prefix(25)
    try page.markup("<details class=\"table\"><summary>The strongest ties as a table</summary>\n")
    try page.beginTable("<table>", "Strongest ties", ["Who", "Tie", "To whom or what", "Articles"])
    for (row, edge, articles) in strongest {
      try page.markup("<tr><th scope=\"row\">")
      try page.text(try content.graph.node(network.nodes[edge.source].id).label)
      try page.markup("</th><td><a href=\"#network\"")
      try page.attribute("data-edge", String(row))
      try page.attribute("class", "tone-\(edge.tone.name)")
      try page.markup(">")
      let modality = edge.modality.flatMap { $0 == "asserted" ? nil : " (\($0))" } ?? ""
      try page.text(Wording.tie(edge.name) + modality)
      try page.markup("</a></td><td>")
      try page.text(try content.graph.node(network.nodes[edge.target].id).label)
      try page.markup("</td><td>")
      try page.number(articles)
      try page.markup("</td></tr>\n")
    }
    try page.markup("</tbody></table></div></details>\n")
  }

  private func articles(of edge: Network.Edge) throws -> Int {
    var articles: Set<NodeID> = []
    for piece in edge.evidence {
      articles.formUnion(try content.graph.articles(of: piece..<piece + 1))
    }
    return articles.count
  }
}
