import ArgumentParser
import Vouch

struct ReportCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract:
      "Write a page for readers: overview, network, stances, timeline, conflicts, each with the words behind it.",
    discussion: """
      One file of HTML that any browser opens; it needs no network and asks for none. It holds the articles' texts up to \
      8 MiB, beyond that the passages that are evidence. A network of more than 50000 ties is aggregated, and the page says so.

      --focus reports what lies around one node. --since and --until mean when it was published.
      \(exitCodes)
      """)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write; - for standard output.", valueName: "file"),
    completion: .file())
  var file = "-"
  @Option(help: "What stands above the page; the graph's name if none is given.") var title: String?
  @Option(help: "Name or number (n12) of a node: only what lies around it.") var focus: String?
  @Option(help: "How many edges away from that node.") var hops: Int?
  @Option(help: "Only what was published on this day, month or year, or later.") var since: String?
  @Option(help: "Only what was published on this day, month or year, or earlier.") var until: String?
  @Flag(help: "Print a summary as JSON on standard output; needs --file.") var json = false
  @OptionGroup var output: OutputOptions

  func validate() throws {
    guard !json || file != "-" else {
      throw ValidationError("--json: the report itself goes to standard output; name a file with -o")
    }
    guard (0...32).contains(hops ?? 1) else { throw ValidationError("--hops: found \(hops ?? 1); expected 0 to 32") }
    guard hops == nil || focus != nil else { throw ValidationError("--hops: name a node with --focus") }
    _ = try day(since, option: "since")
    _ = try day(until, option: "until")
  }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    var options = ReportOptions(title: title ?? Self.name(of: path))
    options.filter.since = since.flatMap(CalendarDate.init(iso8601:))?.dayNumber
    options.filter.until = until.flatMap(CalendarDate.init(iso8601:)).map { $0.endDayNumber - 1 }
    options.filter.hops = hops ?? 1
    if let focus {
      guard let id = try resolve(focus, in: graph, terminal) else { return .nothing }
      options.filter.around = id
      options.focus = try reading(graph) { try graph.node(id).label }
    }
    let summary = try OutputFile(path: file).export(graph) { descriptor throws(ExportFailure) in
      try graph.writeReport(options, to: descriptor)
    }
    if json { terminal.write(Self.json(summary, file: file)) }
    terminal.summary(
      "\(summary.articles) articles, \(summary.nodes) nodes and \(summary.edges) ties in the network, \(summary.bytes) bytes"
    )
    if summary.isAggregated { terminal.summary("the network is aggregated: it has more ties than a page can draw") }
    if !summary.hasWholeTexts {
      terminal.summary("the page holds passages, not whole articles: their texts are too long")
    }
    return summary.articles == 0 ? .nothing : .found
  }

  /// The name of a graph's file without folder and ending.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(".vouch") ? String(file.dropLast(6)) : file
  }

  private static func json(_ summary: ReportSummary, file: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.string("type", "report")
    json.integer("schema", 1)
    json.string("file", file)
    json.integer("articles", summary.articles)
    json.integer("nodes", summary.nodes)
    json.integer("edges", summary.edges)
    json.integer("events", summary.events)
    json.integer("stances", summary.stances)
    json.integer("statements", summary.statements)
    json.integer("conflicts", summary.conflicts)
    json.boolean("aggregated", summary.isAggregated)
    json.boolean("whole_texts", summary.hasWholeTexts)
    json.integer("bytes", summary.bytes)
    json.endObject()
    json.newline()
    return json.bytes
  }
}
