import ArgumentParser
import Vouch

struct BuildCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Read articles into a graph file.",
    discussion: """
      The same articles give the same file, in whatever order they are given. An article that cannot be read is reported \
      and the rest goes on; the exit code is 2 then.
      Exit codes: 0 all articles read, 1 no article found, 2 failed or some articles failed, 64 wrong usage.
      """)

  @OptionGroup var input: InputOptions
  @Option(name: [.customShort("o"), .long], help: ArgumentHelp("The graph file to make.", valueName: "graph"))
  var graph = "graph.vouch"
  @Flag(help: "Replace the graph file if it is there.") var replace = false
  @Option(
    help: ArgumentHelp(
      "A table of decisions about names, which win over everything: lines merge A B, split A X, rename A NAME, retype A KIND, cells separated by tabs.",
      valueName: "file"))
  var overrides: String?
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) async throws(Diagnostic) -> Outcome {
    let decisions = try overrides.map { path throws(Diagnostic) in try Overrides(TableFolder.contents(path), path: path)
    }
    let extractor = try input.extractor()
    let (built, diagnostics, count) = await extractor.graph(
      of: input.articleInputs, threads: input.threads, overrides: decisions ?? Overrides()
    ) { count in
      terminal.progress("\(count.articles) articles read")
    }
    for diagnostic in diagnostics { terminal.report(diagnostic) }
    guard !diagnostics.contains(where: { $0.severity == .error && $0.code.hasPrefix("overrides.") }) else {
      terminal.note("no graph was made")
      return .failed
    }
    guard count.articles > 0 else {
      terminal.note("no article was read; no graph was made")
      return count.failed > 0 ? .failed : .nothing
    }
    let length = try GraphFile.write(built, to: graph, creator: VouchVersion.creator, replacing: replace)
    if format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", "build")
      json.integer("schema", 1)
      json.string("graph", graph)
      json.integer("articles", count.articles)
      json.integer("failed", count.failed)
      json.integer("not_english", count.foreign)
      json.integer("nodes", built.nodes.count)
      json.integer("edges", built.edges.count)
      json.integer("bytes", length)
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    }
    terminal.summary(
      "\(graph): \(count.articles) \(count.articles == 1 ? "article" : "articles")"
        + (count.failed > 0 ? " (\(count.failed) failed)" : "")
        + (count.foreign > 0 ? " (\(count.foreign) not in English)" : "")
        + ", \(built.nodes.count) nodes, \(built.edges.count) edges, \(length) bytes")
    return terminal.errorCount > 0 ? .failed : .found
  }
}
