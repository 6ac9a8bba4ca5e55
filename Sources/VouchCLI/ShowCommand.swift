import ArgumentParser
import Vouch

struct ShowCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one node: names, facts, edges, and the articles it comes from.",
    discussion: exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @Argument(help: "Name or number (n12) of the node.") var name: String
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    guard let id = try resolve(name, in: graph, terminal) else { return .nothing }
    return try reading(graph) {
      let node = try graph.node(id)
      let properties = try graph.properties(of: id)
      let mentions = try graph.evidence(of: id)
      let outgoing = Array(try graph.outgoing(id))
      let incoming = try graph.incoming(id)
      let names = node.kind.isActor || node.kind.isPlace || node.kind == .issue ? try names(mentions, graph) : []
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
        for (key, value) in properties where !key.isMultiple { json.string(key.rawValue, value) }
        json.endObject()
        json.strings("merged", properties.filter { $0.key == .merge }.map(\.value))
        json.beginArray("names")
        for name in names {
          json.beginObject()
          json.string("words", name.words)
          json.string("rule", name.rule)
          json.integer("mentions", name.count)
          json.integer("articles", name.articles)
          json.endObject()
        }
        json.endArray()
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
      for reason in properties where reason.key == .merge {
        terminal.line("  one because  \(Terminal.plain(reason.value))")
      }
      if !names.isEmpty { terminal.line("  names") }
      for name in names {
        terminal.line(
          "    \(Terminal.plain(name.words))  "
            + terminal.dim(
              "\(name.count) × by \(name.rule), in \(name.articles) \(name.articles == 1 ? "article" : "articles")"))
      }
      for (key, value) in properties where !key.isMultiple {
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

  /// By which words articles mention the node, and by which rule these words came to mean it; the most frequent first.
  private struct NameUse {
    let words: String
    let rule: String
    var count = 0
    var articles = 0
    var lastSource: SourceID?
  }

  private func names(_ evidence: Range<Int>, _ graph: GraphFile) throws -> [NameUse] {
    var uses: [String: NameUse] = [:]
    var proofs = try GraphFile.ProofReader(graph)
    for index in evidence {
      let proof = try proofs.proof(index)
      let key = proof.words.folded + "\u{1F}" + proof.rule
      var use = uses[key] ?? NameUse(words: proof.words, rule: proof.rule)
      use.count += 1
      if use.lastSource != proof.source.id { use.articles += 1 }
      use.lastSource = proof.source.id
      uses[key] = use
    }
    return uses.sorted { a, b in
      a.value.count != b.value.count ? a.value.count > b.value.count : a.key.precedesBytewise(b.key)
    }.map(\.value)
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
