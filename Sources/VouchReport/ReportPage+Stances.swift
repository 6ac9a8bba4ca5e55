internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

extension ReportPage {
  /// Most stances that are listed below the matrix.
  private static var mostListed: Int { 1000 }

  mutating func writeStances() throws {
    guard !content.stances.isEmpty else { return try writeOmission("No stance was recognised.") }
    let matrix = StanceMatrix(content.stances)
    try page.markup("<ul class=\"legend\">")
    for (tone, name) in [
      (Tone.support, "for"), (.oppose, "against"), (.conditional, "under conditions"), (.mixed, "mixed"),
      (.neutral, "neutral"),
    ] {
      try page.markup("<li><span")
      try page.attribute("class", "cell tone-\(tone.name)")
      try page.markup(">")
      try page.text(tone.sign)
      try page.markup("</span> ")
      try page.text(name)
      try page.markup("</li>")
    }
    try page.markup("</ul>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Stance matrix\">")
    try page.markup(
      "<table class=\"matrix\"><caption>Who is for or against what, with the number of independent sources</caption><thead><tr><td></td>"
    )
    let events = Dictionary(content.events.map { ($0.id, $0.title) }) { first, _ in first }
    func label(_ id: NodeID) throws -> String { try events[id] ?? content.graph.node(id).label }
    for column in matrix.columns {
      try page.markup("<th scope=\"col\"><span")
      try page.attribute("title", try label(column))
      try page.markup(">")
      try page.text(try label(column))
      try page.markup("</span></th>")
    }
    try page.markup("</tr></thead><tbody>\n")
    for row in matrix.rows {
      try page.markup("<tr><th scope=\"row\">")
      try page.text(try label(row))
      try page.markup("</th>")
      for column in matrix.columns {
        guard let cell = matrix.cell(row, column) else {
          try page.markup("<td></td>")
          continue
        }
        try page.markup("<td><a")
        try page.attribute("class", "cell tone-\(cell.tone.name)")
        try page.attribute("href", "#n\(cell.stances[0].id.index)")
        try page.attribute(
          "data-items", cell.stances.compactMap { data.number(of: $0.id).map(String.init) }.joined(separator: " "))
        let kinds = cell.stances.map { "\($0.facts[.stanceKind] ?? "stance") (\($0.facts[.polarity] ?? "neutral"))" }
        try page.attribute(
          "aria-label",
          "\(try label(row)) toward \(try label(column)): \(kinds.joined(separator: ", ")), \(Wording.count(cell.sources, "independent source"))"
        )
        try page.markup("><b aria-hidden=\"true\">")
        try page.text(cell.tone.sign)
        try page.markup("</b>")
        try page.number(cell.sources)
        try page.markup("</a></td>")
      }
      try page.markup("</tr>\n")
    }
    try page.markup("</tbody></table></div>\n")
    if matrix.omitted.holders > 0 || matrix.omitted.targets > 0 {
      try writeOmission(
        "The matrix shows the \(Wording.count(matrix.columns.count, "target")) on which most take a stance; "
          + "\(Wording.count(matrix.omitted.targets, "other target")) and "
          + "\(Wording.count(matrix.omitted.holders, "holder")) of stances toward them are in the list.")
    }
    try writeStanceList()
  }

  /// All stances by holder.
  private mutating func writeStanceList() throws {
    var byHolder: [(holder: [NodeID], stances: [ReportContent.Item])] = []
    for stance in content.stances.prefix(Self.mostListed).sorted(by: { $0.id < $1.id }) {
      let holder = stance.facts.neighbours[.holds] ?? []
      if byHolder.last?.holder == holder {
        byHolder[byHolder.count - 1].stances.append(stance)
      } else {
        byHolder.append((holder, [stance]))
      }
    }
    try page.markup("<h3>All stances</h3><div class=\"stances\">\n")
    for (holder, stances) in byHolder {
      try page.markup("<section>")
      try page.element("h4", try labels(holder))
      try page.markup("<ul>\n")
      for stance in stances {
        try page.markup("<li")
        try page.attribute("id", "n\(stance.id.index)")
        try page.markup("><span aria-hidden=\"true\"")
        try page.attribute("class", "cell tone-\(stance.tone.name)")
        try page.markup(">")
        try page.text(stance.tone.sign)
        try page.markup("</span> ")
        let prefix = try labels(holder) + ": "
        let text = stance.title.hasPrefix(prefix) ? String(stance.title.dropFirst(prefix.count)) : stance.title
        try writeLink(stance, text)
        if stance.sources > 1 { try writeSourceCount(stance) }
        try page.markup("</li>\n")
      }
      try page.markup("</ul></section>\n")
    }
    try page.markup("</div>\n")
    if content.stances.count > Self.mostListed {
      try writeOmission(
        "\(Wording.count(Self.mostListed, "stance")) of \(Wording.number(content.stances.count)) are listed.")
    }
  }
}
