import Vouch

/// Tells how a search for paths was done and how it ended.
struct PathReport {
  let graph: GraphFile
  let query: PathQuery
  let answer: PathAnswer

  /// A number of paths; more than can be counted are said to be so.
  static func number(_ count: Int) -> String { count == .max ? "\(count) or more" : "\(count)" }

  /// What is searched, how, what is admitted, and how much was looked at; one line each.
  func explanation() throws -> [String] {
    [
      "from: \(try end(query.from))", "to: \(try end(query.to))",
      "search: \(method), over distinct neighbours, at most \(query.maxHops) hops",
      "edges: \(edges.joined(separator: "; "))", "nodes: \(nodes.joined(separator: "; "))",
      "order: \(order), then support, then node numbers",
      "looked at: \(answer.work.looked) entries of neighbour lists",
    ]
  }

  private func end(_ id: NodeID) throws -> String {
    let node = try graph.node(id)
    let links = try graph.links(from: id).count + graph.links(to: id).count
    return "\(Terminal.plain(node.label)) (\(node.kind.name), n\(id.index), \(links) links)"
  }

  private var method: String {
    let several =
      query.allShortest ? ", all shortest paths as layers" : query.count > 1 ? ", further paths by Yen and Lawler" : ""
    let via = query.via.isEmpty ? "" : ", on \(query.via.count + 1) layers for the nodes to pass"
    switch answer.work.method {
    case .levels: return "breadth-first from both ends, level by level\(several)\(via)"
    case .labels: return "Dijkstra's algorithm from both ends\(several)\(via)"
    }
  }

  private var edges: [String] {
    let kinds = EdgeKind.allCases.filter { query.kinds?.contains($0) ?? !$0.isProvenance }.map(\.name)
    var conditions = [kinds.joined(separator: " ")]
    func day(_ number: Int) -> String { CalendarDate(dayNumber: number)?.description ?? "\(number)" }
    if let since = query.since { conditions.append("published \(day(since)) or later") }
    if let until = query.until { conditions.append("published \(day(until)) or earlier") }
    if query.minConfidence.thousandths > 0 {
      conditions.append("confidence \(JSONWriter.decimal(query.minConfidence.value)) or more")
    }
    if let sources = query.sources { conditions.append("evidence from \(sources.count) source texts") }
    if query.minSources > 1 { conditions.append("\(query.minSources) independent sources or more for each hop") }
    if query.isChronological { conditions.append("evidence not older than that of the hop before") }
    return conditions
  }

  private var nodes: [String] {
    var conditions: [String] = []
    if !query.avoid.isEmpty { conditions.append("not \(query.avoid.sorted().map { "n\($0.index)" }.joined(separator: " "))") }
    if let most = query.maxDegree { conditions.append("\(most) neighbours at most") }
    if let stances = query.stances { conditions.append("stances: \(stances.sorted().joined(separator: " "))") }
    return conditions.isEmpty ? ["all"] : conditions
  }

  private var order: String {
    switch query.weight {
    case .hops: "fewer hops"
    case .confidence: "higher product of confidences, then fewer hops"
    case .recency: "newer evidence, then fewer hops"
    case .sources: "more independent sources, then fewer hops"
    case .hub: "fewer well-connected nodes, then fewer hops"
    }
  }

  /// Writes the whole answer as one JSON document.
  func write(_ printer: inout PathPrinter, explanation explains: Bool, reason: String?, to json: inout JSONWriter) throws {
    json.beginObject()
    json.string("type", "paths")
    json.integer("schema", 1)
    try PathPrinter.write(try graph.node(query.from), as: "from", to: &json)
    try PathPrinter.write(try graph.node(query.to), as: "to", to: &json)
    if query.allShortest { json.integer("count", answer.count) }
    json.beginArray("paths")
    for (number, path) in answer.paths.enumerated() { try printer.write(path, number: number + 1, to: &json) }
    json.endArray()
    json.boolean("complete", answer.stop == nil)
    json.string("reason", reason)
    if explains { json.strings("explain", try explanation()) }
    json.endObject()
    json.newline()
  }

  /// Writes what follows the paths in JSON Lines: their number, why there are none or not all, how the search went.
  func writeClosingLines(explanation explains: Bool, reason: String?, to json: inout JSONWriter) throws {
    func line(_ type: String, _ members: () throws -> Void) rethrows {
      json.beginObject()
      json.string("type", type)
      json.integer("schema", 1)
      try members()
      json.endObject()
      json.newline()
    }
    if query.allShortest, let count = answer.count, count > 0 { line("count") { json.integer("paths", count) } }
    if let reason { line(answer.paths.isEmpty ? "none" : "stopped") { json.string("reason", reason) } }
    if explains { try line("explain") { json.strings("lines", try explanation()) } }
  }
}
