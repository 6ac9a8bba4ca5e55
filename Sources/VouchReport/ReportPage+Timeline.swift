internal import VouchCore
internal import VouchExport
internal import VouchKnowledge
internal import VouchQuery
internal import VouchStore

extension ReportPage {
  /// Most events that are listed, and most that one column of the strip shows one by one.
  private static var mostListed: Int { 1000 }
  private static var mostMarks: Int { 14 }

  /// Events of one period: a day, a month, a year.
  private struct Period {
    let date: CalendarDate
    var events: [ReportContent.Item]

    var precision: String { date.day != nil ? "day" : date.month != nil ? "month" : "year" }
  }

  mutating func writeTimeline() throws {
    guard !content.events.isEmpty else { return try writeOmission("No event was recognised.") }
    // Those that most sources tell of are listed, in the order of time.
    let ranked = content.events.enumerated().sorted {
      ($1.element.sources, $0.offset) < ($0.element.sources, $1.offset)
    }.prefix(Self.mostListed).sorted { $0.offset < $1.offset }.map(\.element)
    var periods: [Period] = []
    for event in ranked.filter({ $0.date != nil }).sorted(by: { a, b in
      guard let first = a.date, let second = b.date, first != second else { return a.id < b.id }
      return first < second
    }) {
      guard let date = event.date else { continue }
      if periods.last?.date == date {
        periods[periods.count - 1].events.append(event)
      } else {
        periods.append(Period(date: date, events: [event]))
      }
    }
    let unknown = ranked.filter { $0.date == nil }
    try writeLegend()
    try writeStrip(periods, unknown)
    try page.markup("<div class=\"timeline\">\n")
    for period in periods {
      try page.markup("<section")
      try page.attribute("class", "period \(period.precision)")
      try page.markup("><h3><time")
      try page.attribute("datetime", period.date.description)
      try page.markup(">")
      try page.text(Wording.date(period.date))
      try page.markup("</time>")
      if period.date.day == nil {
        try page.element("small", period.date.month == nil ? "only the year is told" : "only the month is told")
      }
      try page.markup("</h3><ol>\n")
      for event in period.events { try writeEvent(event) }
      try page.markup("</ol></section>\n")
    }
    if !unknown.isEmpty {
      try page.markup(
        "<section class=\"period unknown\"><h3>Date not told<small>in the order of publication</small></h3><ol>\n")
      for event in unknown { try writeEvent(event) }
      try page.markup("</ol></section>\n")
    }
    try page.markup("</div>\n")
    if content.events.count > ranked.count {
      try writeOmission(
        "The \(Wording.count(ranked.count, "event")) that most independent sources tell of are listed, of \(Wording.number(content.events.count))."
      )
    }
  }

  private mutating func writeLegend() throws {
    var used: Set<String> = []
    for event in content.events { used.insert(event.modality ?? "asserted") }
    try page.markup("<ul class=\"legend\">")
    for (modality, name) in [
      ("asserted", "told as fact"), ("alleged", "alleged"), ("denied", "denied"), ("planned", "planned"),
      ("demanded", "demanded"), ("hypothetical", "hypothetical"), ("negated", "did not happen"),
    ] where used.contains(modality) {
      try page.markup("<li><span")
      try page.attribute("class", "dot \(modality)")
      try page.markup("></span> ")
      try page.text(name)
      try page.markup("</li>")
    }
    if content.events.contains(where: { $0.date.map { $0.day == nil } ?? false }) {
      try page.markup("<li><span class=\"span\"></span> only the month or the year is told</li>")
    }
    try page.markup("</ul>\n")
  }

  /// A column for each period in which something happened; periods without events are left out, and gaps marked.
  private mutating func writeStrip(_ periods: [Period], _ unknown: [ReportContent.Item]) throws {
    try page.markup(
      "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Events by date\"><ol class=\"strip\">\n")
    var last: CalendarDate?
    for period in periods.suffix(120) {
      let isApart = last.map { period.date.dayNumber - $0.endDayNumber > 0 } ?? false
      try page.markup("<li")
      try page.attribute("class", period.precision + (isApart ? " apart" : ""))
      try page.markup(">")
      try writeMarks(period.events)
      try page.markup("<span class=\"when\">")
      if let month = period.date.month {
        let isNewYear = last?.year != period.date.year
        try page.text(period.date.day.map { "\($0) " } ?? "")
        try page.text(Wording.shortMonth(month))
        if isNewYear { try page.element("b", String(period.date.year)) }
      } else {
        try page.element("b", String(period.date.year))
      }
      try page.markup("</span></li>\n")
      last = period.date
    }
    if !unknown.isEmpty {
      try page.markup("<li class=\"unknown\">")
      try writeMarks(unknown)
      try page.markup("<span class=\"when\">not told</span></li>\n")
    }
    try page.markup("</ol></div>\n")
  }

  private mutating func writeMarks(_ events: [ReportContent.Item]) throws {
    try page.markup("<span class=\"marks\">")
    for event in events.prefix(Self.mostMarks) {
      try page.markup("<a")
      try page.attribute("class", "dot \(event.modality ?? "asserted")")
      try page.attribute("href", "#n\(event.id.index)")
      if let number = data.number(of: event.id) { try page.attribute("data-items", String(number)) }
      let modality = event.modality.map { " (\($0))" } ?? ""
      try page.attribute("title", event.title + modality)
      try page.attribute("aria-label", event.title + modality)
      try page.markup("></a>")
    }
    if events.count > Self.mostMarks { try page.element("small", "+\(events.count - Self.mostMarks)") }
    try page.markup("</span>")
  }

  private mutating func writeEvent(_ event: ReportContent.Item) throws {
    try page.markup("<li")
    try page.attribute("id", "n\(event.id.index)")
    try page.attribute("class", "event \(event.modality ?? "asserted")")
    try page.markup("><p><span aria-hidden=\"true\"")
    try page.attribute("class", "dot \(event.modality ?? "asserted")")
    try page.markup("></span>")
    try writeLink(event, event.title)
    if let modality = event.modality {
      try page.element("span", modality == "negated" ? "did not happen" : modality, class: "modality")
    }
    if let places = event.facts.neighbours[.at] { try page.element("span", "at " + (try labels(places)), class: "at") }
    if !event.facts.claimants.isEmpty {
      try page.element("span", "according to " + (try labels(event.facts.claimants)), class: "at")
    }
    try writeSourceCount(event)
    try page.markup("</p>")
    for piece in try quotes(event, limit: 1) { try writeQuote(piece) }
    try page.markup("</li>\n")
  }
}
