import ArgumentParser
import Glibc
import Vouch

struct ExportCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a graph as GraphML, RDF, tables or a picture.",
    discussion: """
      Formats: graphml; gexf, with days for Gephi's timeline; dot, for Graphviz; svg, a picture; csv, two tables nodes.csv and edges.csv in the folder that -o names; rdfxml, turtle, jsonld; trig and \
      nquads, with a named graph for each article. The syntax of sentences is not in a graph: vouch extract --format conllu \
      prints it.

      Profiles of graphml: generic (NetworkX, igraph, Neo4j's APOC …), gephi, yed, cytoscape; of csv: gephi, neo4j.

      Filters leave out what no admitted evidence tells of. \(exitCodes)
      """)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph"), completion: .graph) var path: String
  @OptionGroup var version: GenerationOption
  @Option(
    help: "graphml, gexf, dot, svg, csv, rdfxml, turtle, trig, nquads or jsonld.",
    completion: .list(ExportFormat.allCases.map(\.rawValue)), transform: Self.format(named:))
  var format: ExportFormat
  @Option(
    help: "Program that graphml or csv is made for: generic, gephi, yed, cytoscape or neo4j.",
    completion: .list(ExportProfile.allCases.map(\.rawValue)))
  var profile: String?
  @Flag(help: "Only actors, joined directly by the events, stances and statements between them; not in RDF.")
  var collapse = false
  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp("The file to write, of csv the folder; - for standard output.", valueName: "file"),
    completion: .file())
  var file = "-"
  @Option(help: "IRI under which nodes are named; it ends in / or #.") var base = "https://vouch.example/id/"
  @Option(help: "Threads that write; the bytes do not depend on them.")
  var threads = sysconf(Int32(_SC_NPROCESSORS_ONLN))
  @OptionGroup(title: "Filters") var filters: ExportFilterOptions
  @Flag(help: "Print a summary as JSON on standard output; needs --file.") var json = false
  @OptionGroup var output: OutputOptions

  private static func format(named name: String) throws -> ExportFormat {
    if name == "conllu" {
      throw ValidationError(
        "a graph does not keep the syntax of its sentences; vouch extract --format conllu prints it")
    }
    guard let format = ExportFormat(rawValue: name) else {
      let names = ExportFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("found \"\(name)\"; the formats are: \(names)")
    }
    return format
  }

  func validate() throws {
    guard !json || file != "-" else {
      throw ValidationError("--json: the export itself goes to standard output; name a file with -o")
    }
    guard (1...1024).contains(threads) else { throw ValidationError("--threads: found \(threads); expected 1 to 1024") }
    guard base.hasSuffix("/") || base.hasSuffix("#"), base.contains("://"),
      !base.contains(where: { " <>\"{}|\\^`".contains($0) })
    else { throw ValidationError("--base: found \"\(base)\"; expected an absolute IRI that ends in / or #") }
    if let profile {
      let profiles: [ExportFormat: [ExportProfile]] = [
        .graphml: [.generic, .gephi, .yed, .cytoscape], .csv: [.gephi, .neo4j],
      ]
      guard let allowed = profiles[format] else {
        throw ValidationError("--profile: only graphml and csv have profiles")
      }
      try checked(profile, option: "profile", among: allowed.map(\.rawValue))
    }
    guard !collapse || !format.isRDF else {
      throw ValidationError("--collapse: RDF cannot be collapsed; the other formats can")
    }
    guard format != .csv || file != "-" else {
      throw ValidationError("--format csv writes two files; name a folder for them with -o")
    }
  }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path, terminal)
    var options = ExportOptions(format)
    options.profile = profile.flatMap(ExportProfile.init(rawValue:)) ?? (format == .csv ? .gephi : .generic)
    options.isCollapsed = collapse
    options.base = base
    options.threads = threads
    guard let filter = try filters.filter(graph, terminal) else { return .nothing }
    options.filter = filter
    let summary =
      if format == .csv { try writeTables(graph, options) } else {
        try OutputFile(path: file).export(graph) { descriptor throws(ExportFailure) in
          try graph.export(options, to: descriptor)
        }
      }
    if json { terminal.write(Self.json(summary, format: format, file: file)) }
    let amount = format.isRDF ? ", \(summary.triples) triples" : ""
    terminal.summary("\(summary.nodes) nodes, \(summary.edges) edges\(amount), \(summary.bytes) bytes")
    if summary.unfolded > 0 {
      terminal.summary("\(summary.unfolded) events, stances and statements join no two actors and are left out")
    }
    if summary.replacedCharacters > 0 {
      terminal.report(
        Diagnostic(
          .warning, "export.replaced",
          "\(summary.replacedCharacters) characters that XML forbids were replaced by U+FFFD", at: .init(path: path)))
    }
    return summary.nodes == 0 ? .nothing : .found
  }

  private static func json(_ summary: ExportSummary, format: ExportFormat, file: String) -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.string("type", "export")
    json.integer("schema", 1)
    json.string("file", file)
    json.string("format", format.rawValue)
    json.integer("nodes", summary.nodes)
    json.integer("edges", summary.edges)
    json.integer("triples", format.isRDF ? summary.triples : nil)
    json.integer("bytes", summary.bytes)
    json.integer("replaced_characters", summary.replacedCharacters)
    json.integer("unfolded", summary.unfolded)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Both tables appear, or neither.
  private func writeTables(_ graph: GraphFile, _ options: ExportOptions) throws(Diagnostic) -> ExportSummary {
    guard unsafe mkdir(file, 0o755) == 0 || errno == EEXIST else {
      throw OutputFile.unwritable(.system(step: "make the folder", ErrorNumber(code: errno)), file)
    }
    return try OutputFile(path: "\(file)/nodes.csv").write { nodes throws(Diagnostic) in
      try OutputFile(path: "\(file)/edges.csv").export(graph) { edges throws(ExportFailure) in
        try graph.exportTables(options, nodes: nodes, edges: edges)
      }
    }
  }
}

extension GraphFile {
  /// Prints a part of the graph that was found, as GraphML, DOT or SVG.
  func print(_ part: Subgraph, as format: ExportFormat, _ terminal: Terminal) throws(Diagnostic) {
    var options = ExportOptions(format)
    options.filter.only = (part.nodes, part.edges)
    terminal.flush()
    _ = try OutputFile(path: "-").export(self) { descriptor throws(ExportFailure) in
      try export(options, to: descriptor)
    }
  }
}

/// What an export is limited to.
struct ExportFilterOptions: ParsableArguments {
  @Option(help: "Only evidence published on this day or later.") var since: String?
  @Option(help: "Only evidence published on this day or earlier.") var until: String?
  @Option(
    help:
      "Only nodes of this kind, such as person or event; actor and place are all kinds of them. Repeat for several.",
    completion: .list(["actor"] + NodeKind.allCases.map(\.name))
  )
  var kind: [String] = []
  @Option(help: "Only edges of this kind, such as holds; repeat for several.", completion: .edgeKind)
  var edge: [String] = []
  @Option(help: "Fewest independent sources of an edge.") var minSources = 1
  @Option(help: "Name or number (n12) of a node: only what lies around it.") var around: String?
  @Option(help: "How many edges away from that node.") var hops: Int?

  private static let groups: [String: [NodeKind]] = [
    "actor": NodeKind.allCases.filter(\.isActor), "place": NodeKind.allCases.filter(\.isPlace),
  ]

  func validate() throws {
    guard minSources >= 1 else { throw ValidationError("--min-sources: found \(minSources); expected at least 1") }
    guard (0...32).contains(hops ?? 1) else { throw ValidationError("--hops: found \(hops ?? 1); expected 0 to 32") }
    guard hops == nil || around != nil else { throw ValidationError("--hops: name a node with --around") }
    for name in kind { try checked(name, option: "kind", among: ["actor"] + NodeKind.allCases.map(\.name)) }
    for name in edge { try checked(name, option: "edge", among: EdgeKind.allCases.map(\.name)) }
    _ = try day(since, option: "since")
    _ = try day(until, option: "until")
  }

  /// The filter, names resolved; `nil` if nothing bears one of them, which the user was told.
  func filter(_ graph: GraphFile, _ terminal: Terminal) throws(Diagnostic) -> ExportFilter? {
    var filter = ExportFilter()
    filter.since = since.flatMap(CalendarDate.init(iso8601:))?.dayNumber
    filter.until = until.flatMap(CalendarDate.init(iso8601:)).map { $0.endDayNumber - 1 }
    filter.kinds = Set(kind.flatMap { Self.groups[$0] ?? NodeKind(name: $0).map { [$0] } ?? [] })
    filter.edges = Set(edge.compactMap(EdgeKind.init(name:)))
    filter.minSources = minSources
    filter.hops = hops ?? 1
    if let around {
      guard let id = try resolve(around, in: graph, terminal) else { return nil }
      filter.around = id
    }
    return filter
  }
}

struct OntologyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "ontology",
    abstract: "Print a built-in file: the ontology, the shapes, a lexicon or gazetteer; or list them.",
    discussion: exitCodes)

  @Argument(
    help: "Name of the file, such as vouch.ttl or gazetteers/people.tsv; none lists all.",
    completion: .list(Ontology.resourceNames))
  var name: String?
  @OptionGroup var output: OutputOptions

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    guard let name else {
      for name in Ontology.resourceNames { terminal.line(name) }
      return .found
    }
    guard let bytes = Ontology.resource(name) else {
      terminal.report(
        Diagnostic(.error, "ontology.unknown", "no built-in file is called \"\(name)\"; vouch ontology lists them"))
      return .nothing
    }
    terminal.write(bytes)
    return .found
  }
}
