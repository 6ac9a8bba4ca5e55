import ArgumentParser
import Vouch

struct StatsCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count what a graph holds.", discussion: exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    return try reading(graph) {
      var nodes: [NodeKind: Int] = [:]
      for index in 0..<graph.nodeCount { nodes[try graph.kind(of: NodeID(index)), default: 0] += 1 }
      var edges: [EdgeKind: Int] = [:]
      for index in 0..<graph.edgeCount { edges[try graph.edge(index).kind, default: 0] += 1 }
      let nodeCounts = NodeKind.allCases.compactMap { kind in nodes[kind].map { (kind.name, $0) } }
      let edgeCounts = EdgeKind.allCases.compactMap { kind in edges[kind].map { (kind.name, $0) } }
      if format.json {
        var json = JSONWriter()
        json.beginObject()
        json.string("type", "stats")
        json.integer("schema", 1)
        json.string("creator", graph.creator)
        json.integer("generation", graph.generation)
        json.integer("bytes", graph.length)
        json.integer("nodes", graph.nodeCount)
        json.integer("edges", graph.edgeCount)
        json.integer("evidence", graph.evidenceCount)
        for (key, counts) in [("nodes_by_kind", nodeCounts), ("edges_by_kind", edgeCounts)] {
          json.beginObject(key)
          for (name, count) in counts { json.integer(name, count) }
          json.endObject()
        }
        json.endObject()
        json.newline()
        terminal.write(json.bytes)
      } else {
        terminal.line("\(graph.length) bytes, generation \(graph.generation), made by \(graph.creator)")
        terminal.line("\(graph.nodeCount) nodes")
        for (name, count) in nodeCounts { terminal.line("  \(Self.right(count)) \(name)") }
        terminal.line("\(graph.edgeCount) edges")
        for (name, count) in edgeCounts { terminal.line("  \(Self.right(count)) \(name)") }
        terminal.line("\(graph.evidenceCount) pieces of evidence")
      }
      return graph.nodeCount == 0 ? .nothing : .found
    }
  }

  private static func right(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: " ", count: max(0, 7 - digits.count)) + digits
  }
}

struct CheckCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Verify a graph: checksums, references, order, and that all words are where the evidence says.",
    discussion: "Exit codes: 0 all is well, 2 something is wrong, 64 wrong usage.")

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    let report = graph.check()
    for problem in report.problems { terminal.report(problem.diagnostic(path)) }
    if format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", "check")
      json.integer("schema", 1)
      json.integer("problems", report.problemCount)
      json.integer("evidence", graph.evidenceCount)
      json.integer("evidence_verified", report.evidenceChecked)
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    } else if report.problemCount == 0 {
      terminal.line(
        "sound: \(graph.nodeCount) nodes, \(graph.edgeCount) edges, \(report.evidenceChecked) pieces of evidence whose words equal their text's"
      )
    } else {
      terminal.line("damaged: \(report.problemCount) problems")
    }
    return report.problemCount == 0 ? .found : .failed
  }
}
