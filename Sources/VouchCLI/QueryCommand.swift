import ArgumentParser
import Glibc
import Vouch

struct QueryCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask for patterns and paths in a subset of GQL and openCypher.",
    discussion: """
      MATCH p = ANY SHORTEST (a:Person {name: "…"})-[e:holds|toward WHERE e.sources > 1]-{1,4}(b:Issue) RETURN p
      Labels are kinds of nodes (Actor, Place, Event, Stance …), types of edges those that vouch path shows. Names in \
      {name: "…"} match exactly, then by alias. Any number of hops (*, +, {2,}) needs a selector such as ANY SHORTEST, or \
      --max-hops. EXPLAIN before a query, or --explain, tells how it is answered.
      \(exitCodes)
      """)

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, jsonl, graphml, dot, svg }

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @Argument(help: ArgumentHelp("The query; - reads it from standard input.", valueName: "query")) var text: String
  @Option(
    help: ArgumentHelp("A value for $name in the query; repeat for several.", valueName: "name=value"))
  var param: [String] = []
  @Option(help: ArgumentHelp("Most hops where the query names no number.", valueName: "number")) var maxHops: Int?
  @Option(help: ArgumentHelp("Give up after so many seconds; 0 for never.", valueName: "seconds")) var timeout = 30.0
  @Option(help: ArgumentHelp("Give up after so many nodes, edges and rows were looked at.", valueName: "number"))
  var budget = GraphQuery.Limits().work
  @Option(help: ArgumentHelp("Print so many sentences behind each edge that is returned.", valueName: "number"))
  var evidence = 0
  @Flag(help: "Tell how the query is answered instead of answering it.") var explain = false
  @Option(help: "text; jsonl, a line for each row; graphml, dot, svg: what was found.")
  var format: Format = .text
  @OptionGroup var jsonOption: JSONOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    func require(_ condition: Bool, _ option: String, _ found: Any, _ expected: String) throws {
      guard condition else { throw ValidationError("--\(option): found \(found); expected \(expected)") }
    }
    try require((1...GraphQuery.maxHops).contains(maxHops ?? 1), "max-hops", maxHops ?? 1, "1 to \(GraphQuery.maxHops)")
    try require(timeout >= 0 && timeout <= 1e6, "timeout", timeout, "0 to 1000000 seconds")
    try require(budget >= 1, "budget", budget, "at least 1")
    try require(evidence >= 0, "evidence", evidence, "0 or more")
    for entry in param where !entry.contains("=") {
      throw ValidationError("--param: found \"\(entry)\"; expected name=value")
    }
    guard !jsonOption.json || [.text, .jsonl].contains(format) else {
      throw ValidationError("--json prints JSON Lines; it does not go with --format \(format.rawValue)")
    }
  }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    let text = text == "-" ? try Self.standardInput() : text
    return try reading(graph) {
      do {
        return try answer(text, graph, terminal)
      } catch let error as QueryError {
        terminal.report(error.diagnostic(in: text))
        if let excerpt = error.excerpt(of: text) {
          terminal.note("  " + excerpt.line)
          terminal.note("  " + excerpt.carets)
        }
        return error.code == .unknownName ? .nothing : .failed
      }
    }
  }

  private func answer(_ text: String, _ graph: GraphFile, _ terminal: Terminal) throws -> Outcome {
    var limits = GraphQuery.Limits()
    limits.maxHops = maxHops
    limits.work = budget
    limits.seconds = timeout > 0 ? timeout : nil
    var parameters: [String: QueryValue] = [:]
    for entry in param {
      let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      parameters[String(parts[0])] = GraphQuery.parameter(String(parts[1]))
    }
    let query = try GraphQuery(text, on: graph, parameters: parameters, limits: limits)
    let isJSON = jsonOption.json || format == .jsonl
    if explain || query.isExplained {
      let lines = try query.explanation()
      if isJSON {
        var json = JSONWriter()
        json.beginObject()
        json.string("type", "explain")
        json.integer("schema", 1)
        json.strings("lines", lines)
        json.endObject()
        json.newline()
        terminal.write(json.bytes)
      } else {
        for line in lines { terminal.line(line) }
      }
      return .found
    }
    let rows = try query.run()
    if isJSON {
      var writer = try QueryRowWriter(graph: graph, evidence: evidence)
      for (number, row) in rows.enumerated() {
        terminal.write(try writer.line(query.columns, row, number: number + 1))
      }
    } else if format != .text {
      let parts = rows.flatMap { $0.flatMap(Self.parts) }
      var nodes = parts.flatMap(\.nodes)
      for edge in parts.flatMap(\.edges) {
        let edge = try graph.edge(edge)
        nodes += [edge.subject, edge.object]
      }
      let part = Subgraph(nodes: nodes, edges: parts.flatMap(\.edges))
      try graph.print(part, as: ExportFormat(rawValue: format.rawValue) ?? .graphml, terminal)
    } else if !rows.isEmpty {
      var table = try QueryTable(graph: graph, terminal: terminal, evidence: evidence)
      try table.print(query.columns, rows)
    }
    terminal.summary("\(rows.count) \(rows.count == 1 ? "row" : "rows")")
    return rows.isEmpty ? .nothing : .found
  }

  /// The nodes and edges in a value.
  static func parts(_ value: QueryValue) -> [(nodes: [NodeID], edges: [Int])] {
    switch value {
    case .node(let id): [([NodeID(id)], [])]
    case .edge(let id): [([], [id])]
    case .path(let path): [(path.nodes.map { NodeID($0) }, path.edges)]
    case .list(let values): values.flatMap(parts)
    case .map(let entries): entries.flatMap { parts($0.value) }
    default: []
    }
  }

  /// The query on standard input, as far as a query may be long.
  private static func standardInput() throws(Diagnostic) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= 1 << 17 {
      let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw Diagnostic(
          .error, "query.unreadable", "cannot read the query from standard input: \(ErrorNumber(code: errno))")
      }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
