internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

extension ReportPage {
  /// Most conflicts and articles that are listed, and quotations of one side.
  private static var mostConflicts: Int { 300 }
  private static var mostArticles: Int { 5000 }
  private static var mostQuotes: Int { 5 }

  mutating func writeConflicts() throws {
    guard !content.conflicts.isEmpty else {
      return try writeOmission("No two accounts in these articles were recognised as contradicting each other.")
    }
    for conflict in content.conflicts.prefix(Self.mostConflicts) {
      try page.markup("<article class=\"conflict\">\n")
      for (number, side) in conflict.sides.prefix(2).enumerated() {
        guard let item = content.items[side.node.id] else { continue }
        if number > 0 { try page.markup("<p class=\"against\"><span>against</span></p>\n") }
        try page.markup("<section class=\"side\">")
        try page.markup("<h3>")
        try writeLink(item, item.title)
        try page.markup("</h3><p>")
        if item.kind == .stance {
          try page.markup("<span")
          try page.attribute("class", "cell tone-\(item.tone.name)")
          try page.markup(" aria-hidden=\"true\">")
          try page.text(item.tone.sign)
          try page.markup("</span> ")
          try page.element("span", item.facts[.polarity] ?? "neutral", class: "at")
        }
        if let modality = item.modality { try page.element("span", modality, class: "modality") }
        if let date = item.date { try page.element("span", Wording.date(date), class: "at") }
        if !item.facts.claimants.isEmpty {
          try page.element("span", "according to " + (try labels(item.facts.claimants)), class: "at")
        }
        try page.element(
          "span", Wording.count(item.sources, "independent source") + ": " + (try labels(item.witnesses)),
          class: "sources")
        try page.markup("</p>\n")
        for piece in try quotes(item, limit: Self.mostQuotes) { try writeQuote(piece) }
        try page.markup("</section>\n")
      }
      try page.markup("</article>\n")
    }
    if content.conflicts.count > Self.mostConflicts {
      try writeOmission("\(Self.mostConflicts) of \(Wording.count(content.conflicts.count, "conflict")) are shown.")
    }
  }

  mutating func writeSources() throws {
    guard !content.sources.isEmpty else { return try writeOmission("There is no article.") }
    try page.beginTable(
      "<table class=\"articles\">", "Articles", ["Published", "Article", "Outlet", "Vouched for by"])
    var number = 0
    for source in content.sources {
      let witness = try content.graph.node(source.witness)
      for article in source.articles {
        if number < Self.mostArticles {
          try page.markup("<tr><td>")
          try page.text(article.published.map(Wording.day) ?? "undated")
          try page.markup("</td><td><a href=\"#sources\"")
          try page.attribute("data-article", String(number))
          try page.markup(">")
          let properties = try content.graph.properties(of: article.node)
          try page.text(properties.first { $0.key == .title }?.value ?? article.name)
          try page.markup("</a>")
          if !article.copies.isEmpty {
            try page.element(
              "span", "copy of the same story as " + (try labels(article.copies.map(\.article))), class: "at")
          }
          try page.markup("</td><td>")
          try page.text(try article.outlet.map { try content.graph.node($0).label } ?? "unknown")
          try page.markup("</td><td>")
          try page.text(witness.label)
          try page.markup("</td></tr>\n")
        }
        number += 1
      }
    }
    try page.markup("</tbody></table></div>\n")
    if number > Self.mostArticles {
      try writeOmission("\(Wording.count(Self.mostArticles, "article")) of \(Wording.number(number)) are listed.")
    }
    if !data.hasWholeTexts {
      try writeOmission(
        "The texts are too long for one page: it holds the passages that are evidence, not the whole articles.")
    }
  }
}
