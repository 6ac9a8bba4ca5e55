import ArgumentParser
import Vouch

struct ShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one node: names, facts, edges, and the articles it comes from.",
    discussion: exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph")) var path: String
  @Argument(help: "Name or number (n12) of the node.") var name: String
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try GraphFile(path: path)
    guard let id = try resolve(name, in: graph, terminal) else { return .nothing }
    return try reading(graph) {
      let node = try graph.node(id)
      let properties = try graph.properties(of: id)
      let mentions = try graph.evidence(of: id)
      let outgoing = Array(try graph.outgoing(id))
      let incoming = try graph.incoming(id)
      if format.json {
        var json = JSONWriter()
        json.beginObject()
        json.string("type", "node")
        json.integer("schema", 1)
        json.string("id", "n\(id.index)")
        json.string("kind", node.kind.name)
        json.string("label", node.label)
        json.string("key", node.key)
        json.strings("aliases", properties.filter { $0.key == .alias }.map(\.value))
        json.beginObject("properties")
        for (key, value) in properties where key != .alias { json.string(key.rawValue, value) }
        json.endObject()
        json.integer("mentions", mentions.count)
        try edges("edges_out", outgoing, otherEnd: \.object, graph, &json)
        try edges("edges_in", incoming, otherEnd: \.subject, graph, &json)
        json.strings("articles", try articles(mentions, graph).map(\.0))
        json.endObject()
        json.newline()
        terminal.write(json.bytes)
        return .found
      }
      terminal.line(terminal.bold(Terminal.plain(node.label)) + "  (\(node.kind.name), n\(id.index))")
      terminal.line("  key         \(Terminal.plain(node.key))")
      let aliases = properties.filter { $0.key == .alias }.map { Terminal.plain($0.value) }
      if !aliases.isEmpty { terminal.line("  also        \(aliases.joined(separator: ", "))") }
      for (key, value) in properties where key != .alias {
        terminal.line("  " + Self.padded(key.rawValue, 12) + Terminal.plain(value))
      }
      try list(outgoing, isOutgoing: true, graph, terminal)
      try list(incoming, isOutgoing: false, graph, terminal)
      let articles = try articles(mentions, graph)
      terminal.line(
        "  in \(articles.count) \(articles.count == 1 ? "article" : "articles"), \(mentions.count) \(mentions.count == 1 ? "mention" : "mentions")"
      )
      for (article, count) in articles { terminal.line("    \(Terminal.plain(article)) (\(count))") }
      return .found
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }

  private func list(_ edges: [Int], isOutgoing: Bool, _ graph: GraphFile, _ terminal: Terminal) throws {
    var shown: EdgeKind?
    let sorted = try edges.map { try graph.edge($0) }.sorted { ($0.kind.rawValue, $0.id) < ($1.kind.rawValue, $1.id) }
    for edge in sorted {
      if shown != edge.kind {
        terminal.line("  " + (isOutgoing ? "── \(edge.kind.name) ─▶" : "◀─ \(edge.kind.name) ──"))
      }
      shown = edge.kind
      let other = try graph.node(isOutgoing ? edge.object : edge.subject)
      terminal.line(
        "    \(Terminal.plain(other.label))  "
          + terminal.dim("(\(other.kind.name), n\(other.id.index); e\(edge.id), \(edge.evidence.count) ×)"))
    }
  }

  private func edges(
    _ key: String, _ edges: [Int], otherEnd: KeyPath<GraphFile.Edge, NodeID>, _ graph: GraphFile,
    _ json: inout JSONWriter
  ) throws {
    json.beginArray(key)
    for index in edges {
      let edge = try graph.edge(index)
      json.beginObject()
      json.string("id", "e\(index)")
      json.string("kind", edge.kind.name)
      try PathPrinter.write(try graph.node(edge[keyPath: otherEnd]), as: "node", to: &json)
      json.integer("mentions", edge.evidence.count)
      json.endObject()
    }
    json.endArray()
  }

  private func articles(_ evidence: Range<Int>, _ graph: GraphFile) throws -> [(String, Int)] {
    var articles: [(String, Int)] = []
    for index in evidence {
      let source = try graph.source(try graph.source(ofEvidence: index))
      if articles.last?.0 == source.article {
        articles[articles.count - 1].1 += 1
      } else {
        articles.append((source.article, 1))
      }
    }
    return articles
  }
}
