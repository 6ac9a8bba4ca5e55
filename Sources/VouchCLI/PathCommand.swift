import ArgumentParser
import Vouch

struct PathCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Show how two nodes are connected, with the sentences behind each hop.",
    discussion: """
      Names match exactly, then by alias; a name that is not in the graph lists what is spelt nearly so. Hops run along \
      edges in either direction; what merely tells where a report comes from (reports, published-by …) is left out.
      \(exitCodes)
      """)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph")) var path: String
  @OptionGroup var version: GenerationOption
  @Argument(help: "Name or number (n12) of the node to start at.") var from: String
  @Argument(help: "Name or number of the node to reach.") var to: String
  @Option(help: "Number of paths.") var k = 1
  @Option(help: "Most hops of a path.") var maxHops = 6
  @Option(help: "A node that the path must pass; repeat for several, in order.") var via: [String] = []
  @Option(help: "A node that the path must not pass; repeat for several.") var avoid: [String] = []
  @Option(help: "A kind of edge that the path may use, such as holds; repeat for several.") var edge: [String] = []
  @Option(help: "Count only evidence published on this day or later.") var since: String?
  @Option(help: "Count only evidence published on this day or earlier.") var until: String?
  @Option(help: "Fewest independent sources for every hop.") var minSources = 1
  @Flag(help: "Print the sentences behind every hop.") var evidence = false
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard (1...1000).contains(k) else { throw ValidationError("--k: found \(k); expected 1 to 1000") }
    guard (1...32).contains(maxHops) else { throw ValidationError("--max-hops: found \(maxHops); expected 1 to 32") }
    guard minSources >= 1 else { throw ValidationError("--min-sources: found \(minSources); expected at least 1") }
    for name in edge where EdgeKind(name: name) == nil {
      let names = EdgeKind.allCases.map(\.name).joined(separator: ", ")
      throw ValidationError("--edge: no kind of edge is called \"\(name)\"; the kinds are: \(names)")
    }
    _ = try day(since, option: "since")
    _ = try day(until, option: "until")
  }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path)
    var ids: [NodeID] = []
    for name in [from, to] + via + avoid {
      guard let id = try resolve(name, in: graph, terminal) else { return .nothing }
      ids.append(id)
    }
    var query = PathQuery(from: ids[0], to: ids[1])
    query.count = k
    query.maxHops = maxHops
    query.via = Array(ids[2..<2 + via.count])
    query.avoid = Set(ids[(2 + via.count)...])
    query.kinds = edge.isEmpty ? nil : Set(edge.compactMap(EdgeKind.init(name:)))
    query.minSources = minSources
    query.since = since.flatMap(CalendarDate.init(iso8601:))?.dayNumber
    query.until = until.flatMap(CalendarDate.init(iso8601:)).map { $0.endDayNumber - 1 }
    return try reading(graph) {
      var search = PathSearch(graph, query)
      switch try search.run() {
      case .found(let paths):
        var printer = try PathPrinter(graph: graph, terminal: terminal, withEvidence: evidence)
        for (number, path) in paths.enumerated() {
          if format.json {
            try printer.json(path, number: number + 1)
          } else {
            try printer.text(path, number: number + 1)
          }
        }
        return .found
      case .none(let reason):
        terminal.summary("no path from \"\(from)\" to \"\(to)\": \(Self.explanation(of: reason))")
        if format.json {
          var json = JSONWriter()
          json.beginObject()
          json.string("type", "none")
          json.integer("schema", 1)
          json.string("reason", Self.explanation(of: reason))
          json.endObject()
          json.newline()
          terminal.write(json.bytes)
        }
        return .nothing
      }
    }
  }

  private static func explanation(of reason: PathAnswer.Reason) -> String {
    switch reason {
    case .sameNode: "both names mean the same node"
    case .avoided: "a node that the path needs is one to avoid"
    case .unconnected(let fromStart, let fromEnd):
      "they are not connected by edges that pass the filters (\(fromStart) nodes can be reached from the first, \(fromEnd) from the second)"
    case .tooFar(let maxHops, let reached):
      "none within \(maxHops) hops passes the filters (\(reached) nodes were reached); allow more with --max-hops"
    case .budget(let edges): "the search was stopped after looking at \(edges) edges; narrow it with filters"
    }
  }
}

/// Prints paths.
struct PathPrinter {
  let graph: GraphFile
  let terminal: Terminal
  let withEvidence: Bool
  private var proofs: GraphFile.ProofReader

  init(graph: GraphFile, terminal: Terminal, withEvidence: Bool) throws {
    self.graph = graph
    self.terminal = terminal
    self.withEvidence = withEvidence
    proofs = try GraphFile.ProofReader(graph)
  }

  mutating func text(_ path: Path, number: Int) throws {
    if number > 1 { terminal.line() }
    let weakest = path.hops[path.weakest].sources
    terminal.line(
      terminal.bold("Path \(number)")
        + ": \(path.hops.count) \(path.hops.count == 1 ? "hop" : "hops"), weakest: hop \(path.weakest + 1) with \(Self.sources(weakest))"
    )
    if let first = path.hops.first { terminal.line("  " + (try name(first.from))) }
    for hop in path.hops {
      for index in hop.edges {
        let edge = try graph.edge(index)
        let arrow = edge.subject == hop.from ? "── \(edge.kind.name) ─▶" : "◀─ \(edge.kind.name) ──"
        terminal.line("    \(arrow)  " + terminal.dim("e\(index), \(Self.sources(hop.sources))"))
        if withEvidence {
          let printer = EvidencePrinter(terminal: terminal, indent: "        ")
          for piece in hop.evidence where edge.evidence.contains(piece) {
            let proof = try proofs.proof(piece)
            printer.print(proof, try proofs.passage(of: proof))
          }
        }
      }
      terminal.line("  " + (try name(hop.to)))
    }
  }

  private static func sources(_ count: Int) -> String { "\(count) independent \(count == 1 ? "source" : "sources")" }

  private func name(_ id: NodeID) throws -> String {
    let node = try graph.node(id)
    return terminal.bold(Terminal.plain(node.label)) + terminal.dim("  (\(node.kind.name), n\(id.index))")
  }

  mutating func json(_ path: Path, number: Int) throws {
    var json = JSONWriter()
    json.beginObject()
    json.string("type", "path")
    json.integer("schema", 1)
    json.integer("number", number)
    json.integer("weakest_hop", path.weakest + 1)
    json.beginArray("hops")
    for hop in path.hops {
      json.beginObject()
      try Self.write(try graph.node(hop.from), as: "from", to: &json)
      try Self.write(try graph.node(hop.to), as: "to", to: &json)
      json.integer("sources", hop.sources)
      json.beginArray("edges")
      for index in hop.edges {
        let edge = try graph.edge(index)
        json.beginObject()
        json.string("id", "e\(index)")
        json.string("kind", edge.kind.name)
        json.boolean("forward", edge.subject == hop.from)
        json.beginArray("evidence")
        for piece in hop.evidence where edge.evidence.contains(piece) {
          let proof = try proofs.proof(piece)
          proof.write(to: &json, passage: withEvidence ? try proofs.passage(of: proof).text : nil)
        }
        json.endArray()
        json.endObject()
      }
      json.endArray()
      json.endObject()
    }
    json.endArray()
    json.endObject()
    json.newline()
    terminal.write(json.bytes)
  }

  static func write(_ node: GraphFile.Node, as key: String?, to json: inout JSONWriter) throws {
    json.beginObject(key)
    json.string("id", "n\(node.id.index)")
    json.string("kind", node.kind.name)
    json.string("label", node.label)
    json.string("key", node.key)
    json.endObject()
  }
}
