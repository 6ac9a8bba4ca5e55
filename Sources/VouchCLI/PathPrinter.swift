import Vouch

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

  /// Prints a path hop by hop.
  mutating func text(_ path: Path, number: Int) throws {
    if number > 1 { terminal.line() }
    let weakest = path.hops[path.weakest].sources
    let weight = path.weight.map { ", weight \(JSONWriter.decimal(Double($0) / 1000))" } ?? ""
    terminal.line(
      terminal.bold("Path \(number)")
        + ": \(path.hops.count) \(path.hops.count == 1 ? "hop" : "hops")\(weight), weakest: hop \(path.weakest + 1) with \(Self.sources(weakest))"
    )
    if let first = path.hops.first { terminal.line("  " + (try name(first.from))) }
    for hop in path.hops {
      for index in hop.edges {
        let edge = try graph.edge(index)
        let arrow = edge.subject == hop.from ? "── \(edge.kind.name) ─▶" : "◀─ \(edge.kind.name) ──"
        let day = hop.day.flatMap(CalendarDate.init(dayNumber:)).map { ", \($0)" } ?? ""
        terminal.line("    \(arrow)  " + terminal.dim("e\(index), \(Self.sources(hop.sources))\(day)"))
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

  /// Writes a path as a JSON object.
  mutating func write(_ path: Path, number: Int, to json: inout JSONWriter) throws {
    json.beginObject()
    json.string("type", "path")
    json.integer("schema", 1)
    json.integer("number", number)
    if let weight = path.weight { json.number("weight", Double(weight) / 1000) }
    json.integer("weakest_hop", path.weakest + 1)
    json.beginArray("hops")
    for hop in path.hops {
      json.beginObject()
      try Self.write(try graph.node(hop.from), as: "from", to: &json)
      try Self.write(try graph.node(hop.to), as: "to", to: &json)
      json.integer("sources", hop.sources)
      if let day = hop.day.flatMap(CalendarDate.init(dayNumber:)) { json.string("day", day.description) }
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
