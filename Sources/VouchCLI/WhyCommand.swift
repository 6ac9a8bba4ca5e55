import ArgumentParser
import Vouch

struct WhyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Show the sentences behind an edge, the words underlined, and the rule that read them.",
    discussion: exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @Argument(help: "Number of the edge, as path and show print it (e12).") var edge: String
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    guard let index = Int(edge.hasPrefix("e") ? String(edge.dropFirst()) : edge), index >= 0, index < graph.edgeCount
    else {
      let range = graph.edgeCount == 0 ? "the graph has no edges" : "expected e0 to e\(graph.edgeCount - 1)"
      terminal.report(Diagnostic(.error, "edge.unknown", "there is no edge \"\(edge)\"; \(range)"))
      return .nothing
    }
    return try reading(graph) {
      let edge = try graph.edge(index)
      let subject = try graph.node(edge.subject)
      let object = try graph.node(edge.object)
      var proofs = try GraphFile.ProofReader(graph)
      if format.json {
        var json = JSONWriter()
        json.beginObject()
        json.string("type", "edge")
        json.integer("schema", 1)
        json.string("id", "e\(index)")
        json.string("kind", edge.kind.name)
        try PathPrinter.write(subject, as: "subject", to: &json)
        try PathPrinter.write(object, as: "object", to: &json)
        json.beginArray("evidence")
        for piece in edge.evidence {
          let proof = try proofs.proof(piece)
          proof.write(to: &json, passage: try proofs.passage(of: proof).text)
        }
        json.endArray()
        json.endObject()
        json.newline()
        terminal.write(json.bytes)
      } else {
        terminal.line(
          terminal.bold(Terminal.plain(subject.label)) + "  ── \(edge.kind.name) ─▶  "
            + terminal.bold(Terminal.plain(object.label)))
        let printer = EvidencePrinter(terminal: terminal, indent: "  ")
        for piece in edge.evidence {
          let proof = try proofs.proof(piece)
          printer.print(proof, try proofs.passage(of: proof))
        }
      }
      return .found
    }
  }
}
