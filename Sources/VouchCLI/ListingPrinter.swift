import Vouch

/// Prints events, stances, statements, conflicts and sources, as text or as JSON Lines.
struct ListingPrinter {
  let graph: GraphFile
  let terminal: Terminal
  let options: ListingOptions
  private var proofs: GraphFile.ProofReader

  init(_ graph: GraphFile, _ terminal: Terminal, _ options: ListingOptions) throws {
    self.graph = graph
    self.terminal = terminal
    self.options = options
    proofs = try GraphFile.ProofReader(graph)
  }

  /// Tells that nothing was found.
  static func nothing(_ what: String, _ terminal: Terminal) -> Outcome {
    terminal.summary("no \(what) passes the filters")
    return .nothing
  }

  // MARK: Events, stances, statements

  mutating func print(_ item: ListingItem) throws {
    if options.format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", item.node.kind.name)
      json.integer("schema", 1)
      try members(of: item, &json)
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    } else {
      try text(item, indent: "")
    }
  }

  private mutating func text(_ item: ListingItem, indent: String) throws {
    let when = item.node.kind == .event ? (item[.date] ?? "date unknown") + "  " : ""
    let content = try item[.content].map { "\(try labels(item.neighbours[.said])): \($0)" }
    terminal.line(
      indent + when + terminal.bold(Terminal.plain(content ?? item.node.label))
        + terminal.dim("  (n\(item.node.id.index))"))
    func line(_ title: String, _ ids: [NodeID]?) throws {
      guard let ids, !ids.isEmpty else { return }
      terminal.line(indent + "    \(title): \(try labels(ids))")
    }
    if item.node.kind == .event {
      try line("at", item.neighbours[.at])
      try line("said by", item.claimants)
    } else if item.node.kind == .statement {
      let about = try item.neighbours[.about]?.filter { try graph.kind(of: $0) != .event }
      try line("about", about)
    }
    try line("contradicts", item.neighbours[.contradicts])
    for reason in item.merges {
      terminal.line(indent + "    one in several articles: \(Terminal.plain(reason))")
    }
    terminal.line(
      indent + "    \(Self.counted(item.witnesses.count, "independent source")) (\(try labels(item.witnesses))), "
        + Self.counted(item.articles.count, "article"))
    if options.evidence { try evidence(item.evidence, indent: indent + "    ") }
  }

  private mutating func members(of item: ListingItem, _ json: inout JSONWriter) throws {
    json.string("id", "n\(item.node.id.index)")
    json.string("label", item.node.label)
    json.string("key", item.node.key)
    json.beginObject("properties")
    for (key, value) in item.properties where !key.isMultiple { json.string(key.rawValue, value) }
    json.endObject()
    for (name, kind) in [
      ("actors", EdgeKind.actor), ("recipients", .recipient), ("co_actors", .coActor), ("places", .at),
      ("holders", .holds), ("targets", .toward), ("speakers", .said), ("about", .about), ("contradicts", .contradicts),
    ] {
      guard let ids = item.neighbours[kind] else { continue }
      try nodes(name, ids, &json)
    }
    if item.node.kind == .event { try nodes("said_by", item.claimants, &json) }
    if !item.merges.isEmpty { json.strings("merged", item.merges) }
    json.integer("sources", item.witnesses.count)
    try nodes("witnesses", item.witnesses, &json)
    json.strings("articles", try articleNames(item.articles))
    if options.evidence { try evidence(item.evidence, &json) }
  }

  // MARK: Conflicts

  mutating func print(_ conflict: Conflict) throws {
    let edge = try graph.edge(conflict.edge)
    let rule = try proofs.proof(edge.evidence.lowerBound).rule
    if options.format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", "conflict")
      json.integer("schema", 1)
      json.string("id", "e\(conflict.edge)")
      json.string("rule", rule)
      json.beginArray("sides")
      for side in conflict.sides {
        json.beginObject()
        json.string("kind", side.node.kind.name)
        try members(of: side, &json)
        json.endObject()
      }
      json.endArray()
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    } else {
      terminal.line(terminal.dim("e\(conflict.edge)  [\(rule)]"))
      for (number, side) in conflict.sides.enumerated() {
        if number > 0 { terminal.line("  against") }
        try text(side, indent: "  ")
      }
    }
  }

  // MARK: Sources

  mutating func print(_ group: SourceGroup) throws {
    let witness = try graph.node(group.witness)
    if options.format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", "source")
      json.integer("schema", 1)
      try PathPrinter.write(witness, as: "witness", to: &json)
      json.beginArray("articles")
      for article in group.articles {
        json.beginObject()
        json.string("name", article.name)
        try PathPrinter.write(try graph.node(article.node), as: "node", to: &json)
        if let outlet = article.outlet { try PathPrinter.write(try graph.node(outlet), as: "outlet", to: &json) }
        if let agency = article.agency { try PathPrinter.write(try graph.node(agency), as: "agency", to: &json) }
        if let day = article.published.flatMap(CalendarDate.init(dayNumber:)) {
          json.string("published", day.description)
        }
        json.beginArray("same_story")
        for copy in article.copies {
          json.beginObject()
          try PathPrinter.write(try graph.node(copy.article), as: "node", to: &json)
          json.string("edge", "e\(copy.edge)")
          if options.evidence { try evidence(try graph.edge(copy.edge).evidence, &json) }
          json.endObject()
        }
        json.endArray()
        json.endObject()
      }
      json.endArray()
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
      return
    }
    terminal.line(
      terminal.bold(Terminal.plain(witness.label))
        + "  (\(witness.kind.name), n\(witness.id.index)): \(Self.counted(group.articles.count, "article"))")
    for article in group.articles {
      let day = article.published.flatMap(CalendarDate.init(dayNumber:))?.description ?? "undated   "
      let outlet = try article.outlet.map { try labels([$0]) + ": " } ?? ""
      terminal.line(
        "  \(day)  \(outlet)\(Terminal.plain(try graph.node(article.node).label))  "
          + terminal.dim(Terminal.plain(article.name)))
      for copy in article.copies {
        terminal.line("      same story as \(try articleNames([copy.article])[0])  " + terminal.dim("e\(copy.edge)"))
        if options.evidence { try evidence(try graph.edge(copy.edge).evidence, indent: "        ") }
      }
    }
  }

  // MARK: Pieces

  private mutating func evidence(_ range: Range<Int>, indent: String) throws {
    let printer = EvidencePrinter(terminal: terminal, indent: indent)
    for piece in range {
      let proof = try proofs.proof(piece)
      printer.print(proof, try proofs.passage(of: proof))
    }
  }

  private mutating func evidence(_ range: Range<Int>, _ json: inout JSONWriter) throws {
    json.beginArray("evidence")
    for piece in range {
      let proof = try proofs.proof(piece)
      proof.write(to: &json, passage: try proofs.passage(of: proof).text)
    }
    json.endArray()
  }

  private func nodes(_ key: String, _ ids: [NodeID], _ json: inout JSONWriter) throws {
    json.beginArray(key)
    for id in ids { try PathPrinter.write(try graph.node(id), as: nil, to: &json) }
    json.endArray()
  }

  private func labels(_ ids: [NodeID]?) throws -> String {
    try (ids ?? []).map { Terminal.plain(try graph.node($0).label) }.joined(separator: ", ")
  }

  private func articleNames(_ ids: [NodeID]) throws -> [String] {
    try ids.map { String(try graph.node($0).key.dropFirst("article/".count)) }
  }

  private static func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension ListingItem {
  /// Why reports or names of several articles are this one node.
  var merges: [String] { properties.filter { $0.key == .merge }.map(\.value) }
}
