import ArgumentParser
import Vouch

struct PathCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Show how two nodes are connected, with the sentences behind each hop.",
    discussion: """
      Names match exactly, then by alias; a name that is not in the graph lists what is spelt nearly so. Hops run along \
      edges in either direction; what merely tells where a report comes from (reports, published-by …) is left out. \
      Filters apply while the search runs, to every edge and node that it takes up: what they keep out is not searched. \
      Of equally good paths the better supported comes first, then that of the lower node numbers.
      \(exitCodes)
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, jsonl, graphml, dot, svg }

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @Argument(help: "Name or number (n12) of the node to start at.") var from: String
  @Argument(help: "Name or number of the node to reach.") var to: String
  @Option(help: "Number of paths, best first (default: 1; 100 with --all-shortest).") var k: Int?
  @Flag(help: "All paths as good as the best one, counted before they are listed.") var allShortest = false
  @Option(help: "Most hops of a path.") var maxHops = 6
  @Option(
    help: ArgumentHelp(
      "What makes a path better: fewer hops, the higher product of confidences (confidence), newer evidence (recency), "
        + "more independent sources (sources), fewer well-connected nodes (hub).", valueName: "what"),
    completion: .list(PathQuery.Weight.allCases.map(\.rawValue)),
    transform: { try Self.choice($0, of: PathQuery.Weight.allCases) })
  var weight = PathQuery.Weight.hops
  @Flag(help: "The evidence of a hop must be as new as that of the hop before, or newer.") var chronological = false
  @Option(help: ArgumentHelp("A node that the path must pass; repeat for several, in order.", valueName: "name"))
  var via: [String] = []
  @Option(help: ArgumentHelp("A node that the path must not pass; repeat for several.", valueName: "name"))
  var avoid: [String] = []
  @Option(help: "Pass no node that has more neighbours.") var maxDegree: Int?
  @Option(
    help: ArgumentHelp("A kind of edge that the path may use, such as holds; repeat for several.", valueName: "kind"),
    completion: .edgeKind)
  var type: [String] = []
  @Option(
    help: ArgumentHelp(
      "A polarity (support, oppose, conditional, neutral): pass no stance of another; repeat for several.",
      valueName: "polarity"), completion: .list(Stance.Polarity.allCases.map(\.rawValue)),
    transform: { try Self.choice($0, of: Stance.Polarity.allCases) })
  var stance: [Stance.Polarity] = []
  @Option(help: "Count only evidence published on this day or later.") var since: String?
  @Option(help: "Count only evidence published on this day or earlier.") var until: String?
  @Option(help: "Count only evidence at least as sure, 0 to 1.") var minConfidence = 0.0
  @Option(help: "Fewest independent sources for every hop.") var minSources = 1
  @Option(help: ArgumentHelp("Count only evidence from this article; repeat for several.", valueName: "article"))
  var fromDoc: [String] = []
  @Option(help: ArgumentHelp("Stop the search after so many seconds; the answer says so.", valueName: "seconds"))
  var timeout: Double?
  @Option(
    help: ArgumentHelp("Stop the search after looking at so many edges; the answer says so.", valueName: "number"))
  var budgetEdges = SearchLimits().budget
  @Flag(help: "Print the sentences behind every hop.") var evidence = false
  @Flag(help: "Tell on standard error how the search was done and how much it looked at.") var explain = false
  @Option(help: "text; json, one document; jsonl, a line for each path; graphml, dot, svg: what was found.")
  var format: Format = .text
  @OptionGroup var jsonOption: JSONOption
  @OptionGroup var output: OutputOptions

  private static func choice<Value: RawRepresentable<String>>(_ name: String, of values: [Value]) throws -> Value {
    guard let value = Value(rawValue: name) else {
      throw ValidationError("found \"\(name)\"; the choices are: \(values.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  func validate() throws {
    func require(_ condition: Bool, _ option: String, _ found: Any, _ expected: String) throws {
      guard condition else { throw ValidationError("--\(option): found \(found); expected \(expected)") }
    }
    try require((1...100_000).contains(k ?? 1), "k", k ?? 1, "1 to 100000")
    try require((1...32).contains(maxHops), "max-hops", maxHops, "1 to 32")
    try require(minSources >= 1, "min-sources", minSources, "at least 1")
    try require((0...1).contains(minConfidence), "min-confidence", minConfidence, "0 to 1")
    try require((maxDegree ?? 1) >= 1, "max-degree", maxDegree ?? 1, "at least 1")
    try require((timeout ?? 1) > 0 && (timeout ?? 1) <= 1e6, "timeout", timeout ?? 1, "seconds above 0")
    try require(budgetEdges >= 1, "budget-edges", budgetEdges, "at least 1")
    guard !jsonOption.json || [.text, .jsonl].contains(format) else {
      throw ValidationError("--json prints JSON Lines; it does not go with --format \(format.rawValue)")
    }
    for name in type where EdgeKind(name: name) == nil {
      let names = EdgeKind.allCases.map(\.name).joined(separator: ", ")
      throw ValidationError("--type: no kind of edge is called \"\(name)\"; the kinds are: \(names)")
    }
    _ = try day(since, option: "since")
    _ = try day(until, option: "until")
  }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    guard let query = try query(graph, terminal) else { return .nothing }
    return try reading(graph) {
      var search = PathSearch(graph)
      let answer = try search.answer(query)
      if let reason = reason(answer) { terminal.summary(reason) }
      let report = PathReport(graph: graph, query: query, answer: answer)
      let format: Format = jsonOption.json ? .jsonl : format
      if explain && format != .json && format != .jsonl {
        for line in try report.explanation() { terminal.note(line) }
      }
      try print(answer, report, format, graph, terminal)
      return answer.paths.isEmpty ? .nothing : .found
    }
  }

  /// What is asked, names resolved; `nil` if one is not in the graph.
  private func query(_ graph: GraphFile, _ terminal: Terminal) throws(Diagnostic) -> PathQuery? {
    var ids: [NodeID] = []
    for name in [from, to] + via + avoid {
      guard let id = try resolve(name, in: graph, terminal) else { return nil }
      ids.append(id)
    }
    var query = PathQuery(from: ids[0], to: ids[1])
    query.count = k ?? (allShortest ? 100 : 1)
    query.allShortest = allShortest
    query.maxHops = maxHops
    query.weight = weight
    query.isChronological = chronological
    query.via = Array(ids[2..<2 + via.count])
    query.avoid = Set(ids[(2 + via.count)...])
    query.maxDegree = maxDegree
    query.kinds = type.isEmpty ? nil : Set(type.compactMap(EdgeKind.init(name:)))
    query.stances = stance.isEmpty ? nil : Set(stance.map(\.rawValue))
    query.minSources = minSources
    query.minConfidence = Confidence(minConfidence)
    query.since = since.flatMap(CalendarDate.init(iso8601:))?.dayNumber
    query.until = until.flatMap(CalendarDate.init(iso8601:)).map { $0.endDayNumber - 1 }
    query.limits.budget = budgetEdges
    query.limits.timeout = timeout.map { .seconds($0) }
    if !fromDoc.isEmpty {
      query.sources = []
      for name in fromDoc {
        let sources = try reading(graph) { try graph.sources(ofArticle: name) }
        guard !sources.isEmpty else {
          terminal.report(Diagnostic(.error, "article.unknown", "no article of the graph is called \"\(name)\""))
          return nil
        }
        query.sources?.formUnion(sources)
      }
    }
    return query
  }

  private func print(
    _ answer: PathAnswer, _ report: PathReport, _ format: Format, _ graph: GraphFile, _ terminal: Terminal
  ) throws {
    var printer = try PathPrinter(graph: graph, terminal: terminal, withEvidence: evidence)
    switch format {
    case .text:
      if let count = answer.count, !answer.paths.isEmpty {
        terminal.line("\(PathReport.number(count)) shortest \(count == 1 ? "path" : "paths")")
        terminal.line()
      }
      for (number, path) in answer.paths.enumerated() { try printer.text(path, number: number + 1) }
    case .json:
      var json = JSONWriter()
      try report.write(&printer, explanation: explain, reason: reason(answer), to: &json)
      terminal.write(json.bytes)
    case .jsonl:
      for (number, path) in answer.paths.enumerated() {
        var json = JSONWriter()
        try printer.write(path, number: number + 1, to: &json)
        json.newline()
        terminal.write(json.bytes)
      }
      var json = JSONWriter()
      try report.writeClosingLines(explanation: explain, reason: reason(answer), to: &json)
      terminal.write(json.bytes)
    case .graphml: try graph.print(Subgraph(answer.paths), as: .graphml, terminal)
    case .dot: try graph.print(Subgraph(answer.paths), as: .dot, terminal)
    case .svg: try graph.print(Subgraph(answer.paths), as: .svg, terminal)
    }
  }

  /// Why there is no path, or not all that were asked for.
  private func reason(_ answer: PathAnswer) -> String? {
    let none = "no path from \"\(from)\" to \"\(to)\""
    switch (answer.stop, answer.reason) {
    case (.budget(let looked)?, _):
      return "\(answer.paths.isEmpty ? "\(none) found" : "not all paths"): the search was stopped after looking at "
        + "\(looked) edges; narrow it with filters, or allow more with --budget-edges"
    case (.timeout(let looked)?, _):
      return
        "\(answer.paths.isEmpty ? "\(none) found" : "not all paths"): the search was stopped by --timeout after looking "
        + "at \(looked) edges; narrow it with filters, or allow more"
    case (nil, .sameNode?): return "\(none): both names mean the same node"
    case (nil, .avoided?): return "\(none): a node that the path needs is one to avoid, or to pass twice"
    case (nil, .deadEnd(let end)?):
      let reached = "\(end.fromStart) nodes were reached from the first, \(end.fromGoal) from the second"
      switch end.cause {
      case .hopLimit:
        return "\(none): none within \(maxHops) hops passes the filters (\(reached)); allow more with --max-hops"
      case .startExhausted:
        return "\(none): edges that pass the filters lead nowhere else from the first (\(reached))"
      case .goalExhausted:
        return "\(none): edges that pass the filters lead nowhere else from the second (\(reached))"
      }
    case (nil, nil): return nil
    }
  }
}
