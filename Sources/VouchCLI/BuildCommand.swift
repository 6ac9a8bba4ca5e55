import ArgumentParser
import Vouch

struct BuildCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Read articles into a new or existing graph file.",
    discussion: """
      An existing graph is added to: an article that it holds just so is not read again, one of a name that it holds replaces \
      that one. The same articles give the same graph, in whatever order and however many at a time they are given. An article \
      that cannot be read is reported and the rest goes on; the exit code is 2 then.
      Exit codes: 0 all articles read, 1 no article found, 2 failed or some articles failed, 64 wrong usage.
      """)

  @OptionGroup var input: InputOptions
  @Option(
    name: [.customShort("o"), .long], help: ArgumentHelp("The graph file to make or to add to.", valueName: "graph"),
    completion: .graph)
  var graph = "graph.vouch"
  @Flag(help: "Begin anew if the graph file is there.") var replace = false
  @Option(
    help: ArgumentHelp(
      "A table of decisions about names, which win over everything: lines merge A B, split A X, rename A NAME, retype A KIND, cells separated by tabs. The graph keeps them for what is added later.",
      valueName: "file"), completion: .file())
  var overrides: String?
  @OptionGroup var format: JSONOption
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) async throws(Diagnostic) -> Outcome {
    let decisions = try overrides.map { path throws(Diagnostic) in try Overrides(TableFolder.contents(path), path: path)
    }
    let update = try GraphUpdate(path: graph, creator: VouchVersion.creator, replacing: replace)
    if let decisions { update.overrides = decisions }
    let extractor = try input.extractor()
    let (diagnostics, count) = await extractor.add(input.articleInputs, to: update, threads: input.threads) { count in
      terminal.progress("\(count.articles) articles read")
    }
    for diagnostic in diagnostics { terminal.report(diagnostic) }
    guard count.articles > 0 else {
      terminal.note("no article was read; no graph was made")
      return count.failed > 0 ? .failed : .nothing
    }
    let summary = try update.commit()
    for diagnostic in summary.diagnostics { terminal.report(diagnostic) }
    guard !summary.diagnostics.contains(where: { $0.severity == .error }) else {
      terminal.note("no graph was made")
      return .failed
    }
    if format.json {
      var json = JSONWriter()
      json.beginObject()
      json.string("type", "build")
      json.integer("schema", 1)
      json.string("graph", graph)
      json.integer("articles", count.articles)
      json.integer("failed", count.failed)
      json.integer("not_english", count.foreign)
      json.members(of: summary)
      json.endObject()
      json.newline()
      terminal.write(json.bytes)
    }
    terminal.summary(
      "\(graph): \(count.articles) \(count.articles == 1 ? "article" : "articles")"
        + (count.failed > 0 ? " (\(count.failed) failed)" : "")
        + (count.foreign > 0 ? " (\(count.foreign) not in English)" : "") + summary.changes(of: count.articles)
        + ", \(summary.nodes) nodes, \(summary.edges) edges, \(summary.bytes) bytes")
    return terminal.errorCount > 0 ? .failed : .found
  }
}
