import ArgumentParser
import Vouch

/// Which commit of a graph file a command reads.
struct GenerationOption: ParsableArguments {
  @Option(help: ArgumentHelp("Read the graph as this commit left it; vouch log lists them.", valueName: "number"))
  var generation: Int?

  /// Opens a graph, and tells the user if building it again would add something to it.
  func open(_ path: String, _ terminal: Terminal) throws(Diagnostic) -> GraphFile {
    let graph = try GraphFile(path: path, generation: generation)
    if let note = graph.rebuildNote {
      terminal.report(Diagnostic(.note, "store.older", note, at: .init(path: path)))
    }
    return graph
  }
}

struct RetractCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "retract", abstract: "Take articles out of a graph, and exactly what they contributed.",
    discussion: "Articles are called as evidence names them. " + exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @Argument(help: ArgumentHelp("Names of articles.", valueName: "article")) var articles: [String]
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    _ = try GraphFile(path: path)
    let update = try GraphUpdate(path: path, creator: VouchVersion.creator)
    var found = 0
    for name in articles {
      let count = update.retract(name)
      found += count
      if count == 0 {
        terminal.report(
          Diagnostic(.warning, "article.unknown", "the graph has no article of this name", at: .init(path: name)))
      }
    }
    guard found > 0 else { return .nothing }
    return try update.finish("retract", path, format, terminal)
  }
}

struct MergeCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Unite the articles of several graphs in a new one.",
    discussion: """
      The result is the graph that one build of all the articles makes. Different articles of one name are told apart. Decisions \
      about names are united, those of the first graph first.
      """ + " " + exitCodes)

  @Argument(help: ArgumentHelp("Graph files.", valueName: "graph"), completion: .graph) var paths: [String]
  @Option(
    name: [.customShort("o"), .long], help: ArgumentHelp("The graph file to make.", valueName: "graph"),
    completion: .graph)
  var graph: String
  @Flag(help: "Replace the graph file if it is there.") var replace = false
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    var articles: [StoredArticles] = []
    for path in paths { articles.append(try StoredArticles(path: path)) }
    let update = try GraphUpdate(path: graph, creator: VouchVersion.creator, replacing: replace)
    guard update.isNew else {
      throw Diagnostic(
        .error, "store.exists", "the graph is there already; choose another name, or --replace it by the new one",
        at: .init(path: graph))
    }
    var tables: [[UInt8]] = []
    for graph in articles {
      update.add(graph)
      if !graph.overrides.table.isEmpty, !tables.contains(graph.overrides.table) {
        tables.append(graph.overrides.table)
      }
    }
    update.overrides = try Overrides(Array(tables.joined(separator: [0x0A])), path: graph)
    return try update.finish("merge", graph, format, terminal)
  }
}

struct CompactCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "compact", abstract: "Rewrite a graph without what only older generations need.",
    discussion: "The bytes are those of one build of the same articles. Older generations are gone then. " + exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    _ = try GraphFile(path: path)
    let (before, summary) = try GraphUpdate(path: path, creator: VouchVersion.creator).compact()
    if format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", "compact")
      json.integer("schema", 1)
      json.string("graph", path)
      json.integer("bytes_before", before)
      json.members(of: summary)
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    }
    terminal.summary("\(path): \(before) bytes before, \(summary.bytes) bytes now")
    return .found
  }
}

struct LogCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the commits that a graph file holds, the newest first.",
    discussion: "Every command that reads a graph reads it as a commit left it with --generation. " + exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    for generation in try GraphFile.generations(path: path) {
      if format.json {
        var json = JSONWriter()
        json.beginObject()
        json.string("type", "generation")
        json.integer("schema", 1)
        json.integer("generation", generation.number)
        for (key, value) in [
          ("articles", generation.articles), ("added", generation.added), ("replaced", generation.replaced),
          ("retracted", generation.retracted), ("nodes", generation.nodes), ("edges", generation.edges),
          ("evidence", generation.evidence),
        ] {
          json.integer(key, value)
        }
        json.endObject()
        json.newline()
        terminal.write(json.bytes)
      } else {
        let changes = [
          (generation.added, "added"), (generation.replaced, "replaced"), (generation.retracted, "retracted"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        terminal.line(
          "generation \(generation.number): \(generation.articles) articles"
            + (changes.isEmpty ? "" : " (\(changes.joined(separator: ", ")))")
            + ", \(generation.nodes) nodes, \(generation.edges) edges, \(generation.evidence) pieces of evidence")
      }
    }
    return .found
  }
}

struct SalvageCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "salvage", abstract: "Make a graph of the articles that are whole in a damaged graph file.",
    discussion: """
      Articles that were taken out stay out as long as the sign of it is whole.
      Exit codes: 0 all articles kept, 1 none found, 2 failed or some articles lost, 64 wrong usage.
      """)

  @Argument(help: ArgumentHelp("The damaged graph file.", valueName: "graph"), completion: .graph) var path: String
  @Option(
    name: [.customShort("o"), .long], help: ArgumentHelp("The graph file to make.", valueName: "graph"),
    completion: .graph)
  var graph: String
  @Flag(help: "Replace the graph file if it is there.") var replace = false
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let articles = try StoredArticles(salvaging: path)
    if articles.lost > 0 {
      terminal.report(
        Diagnostic(
          .error, "store.articles-lost", "\(articles.lost) articles are damaged; build them again from their sources",
          at: .init(path: path)))
    }
    guard !articles.contributions.isEmpty else {
      terminal.note("no whole article was found; no graph was made")
      return articles.lost > 0 ? .failed : .nothing
    }
    let update = try GraphUpdate(path: graph, creator: VouchVersion.creator, replacing: replace)
    guard update.isNew else {
      throw Diagnostic(
        .error, "store.exists", "the graph is there already; choose another name, or --replace it by the new one",
        at: .init(path: graph))
    }
    update.overrides = articles.overrides
    update.add(articles)
    let outcome = try update.finish("salvage", graph, format, terminal, lost: articles.lost)
    return articles.lost > 0 ? .failed : outcome
  }
}

extension GraphUpdate {
  /// Adds the articles of another graph.
  func add(_ articles: StoredArticles) {
    for (contribution, reading) in articles.contributions { add(contribution, reading: reading) }
  }

  /// Commits, and says so.
  func finish(_ command: String, _ path: String, _ format: JSONOption, _ terminal: Terminal, lost: Int? = nil)
    throws(Diagnostic) -> Outcome
  {
    let summary = try commit()
    // That two graphs hold an article is no news.
    for diagnostic in summary.diagnostics where diagnostic.code != "article.duplicate" { terminal.report(diagnostic) }
    guard !summary.diagnostics.contains(where: { $0.severity == .error }) else { return .failed }
    if format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", command)
      json.integer("schema", 1)
      json.string("graph", path)
      if let lost { json.integer("lost", lost) }
      json.members(of: summary)
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    }
    terminal.summary(
      "\(path): \(summary.articles) \(summary.articles == 1 ? "article" : "articles")" + summary.changes(of: nil)
        + ", \(summary.nodes) nodes, \(summary.edges) edges, \(summary.bytes) bytes")
    return .found
  }
}

extension GraphUpdate.Summary {
  /// What became of the articles, where that is more than that all were added: ` (1 added, 2 unchanged; 7 in all)`.
  func changes(of given: Int?) -> String {
    let parts = [(added, "added"), (replaced, "replaced"), (retracted, "retracted"), (unchanged, "unchanged")]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    let isPlain = generation <= 1 && replaced + retracted + unchanged == 0
    guard !isPlain, !parts.isEmpty else { return "" }
    return " (\(parts.joined(separator: ", "))" + (given == nil || given == articles ? ")" : "; \(articles) in all)")
  }
}

extension JSONWriter {
  /// The members by which every command that writes a graph tells what it did.
  mutating func members(of summary: GraphUpdate.Summary) {
    integer("generation", summary.generation)
    for (key, value) in [
      ("articles_in_graph", summary.articles), ("added", summary.added), ("replaced", summary.replaced),
      ("retracted", summary.retracted), ("unchanged", summary.unchanged), ("nodes", summary.nodes),
      ("edges", summary.edges), ("bytes", summary.bytes),
    ] {
      integer(key, value)
    }
  }
}
