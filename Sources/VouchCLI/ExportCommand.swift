import ArgumentParser
import Glibc
import Vouch

struct ExportCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a graph as GraphML or RDF/XML.", discussion: exitCodes)

  @Argument(help: ArgumentHelp("The graph file.", valueName: "graph")) var path: String
  @OptionGroup var version: GenerationOption
  @Option(help: "graphml or rdfxml.", transform: Self.format(named:)) var format: ExportFormat
  @Option(
    name: [.customShort("o"), .long], help: ArgumentHelp("The file to write; - for standard output.", valueName: "file")
  )
  var file = "-"
  @Option(help: "IRI under which nodes are named; it ends in / or #.") var base = "https://vouch.example/id/"
  @Flag(help: "Print a summary as JSON on standard output; needs --file.") var json = false
  @OptionGroup var output: OutputOptions

  private static func format(named name: String) throws -> ExportFormat {
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
    guard base.hasSuffix("/") || base.hasSuffix("#"), base.contains("://"),
      !base.contains(where: { " <>\"{}|\\^`".contains($0) })
    else { throw ValidationError("--base: found \"\(base)\"; expected an absolute IRI that ends in / or #") }
  }

  func execute(_ terminal: Terminal) throws(Diagnostic) -> Outcome {
    let graph = try version.open(path)
    let summary = file == "-" ? try write(graph, to: STDOUT_FILENO) : try replaceFile(graph)
    if json { terminal.write(Self.json(summary, format: format, file: file)) }
    let amount = format == .rdfxml ? ", \(summary.triples) triples" : ""
    terminal.summary("\(summary.nodes) nodes, \(summary.edges) edges\(amount), \(summary.bytes) bytes")
    if summary.replacedCharacters > 0 {
      terminal.report(
        Diagnostic(
          .warning, "export.replaced",
          "\(summary.replacedCharacters) characters that XML forbids were replaced by U+FFFD", at: .init(path: path)))
    }
    return graph.nodeCount == 0 ? .nothing : .found
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
    json.integer("triples", format == .rdfxml ? summary.triples : nil)
    json.integer("bytes", summary.bytes)
    json.integer("replaced_characters", summary.replacedCharacters)
    json.endObject()
    json.newline()
    return json.bytes
  }

  /// Nobody ever sees half an export in a file; a device or pipe is written to as it is.
  private func replaceFile(_ graph: GraphFile) throws(Diagnostic) -> ExportSummary {
    let target: NewFile
    do throws(NewFile.Failure) {
      target = try NewFile(file, replacing: true)
    } catch {
      if error == .notAFile { return try writeToDevice(graph) }
      throw unwritable(error)
    }
    let summary = try write(graph, to: target.descriptor)
    do throws(NewFile.Failure) { try target.commit() } catch { throw unwritable(error) }
    return summary
  }

  private func writeToDevice(_ graph: GraphFile) throws(Diagnostic) -> ExportSummary {
    let descriptor = unsafe open(file, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unwritable(.system(step: "open it", ErrorNumber(code: errno))) }
    defer { close(descriptor) }
    return try write(graph, to: descriptor)
  }

  private func write(_ graph: GraphFile, to descriptor: Int32) throws(Diagnostic) -> ExportSummary {
    do throws(ExportFailure) {
      return try graph.export(format, to: descriptor, base: base)
    } catch {
      switch error {
      case .corrupt(let corruption): throw corruption.diagnostic(path)
      case .output(let code):
        if code == EPIPE && descriptor == STDOUT_FILENO { Glibc.exit(0) }
        throw unwritable(.system(step: "write it", ErrorNumber(code: code)))
      }
    }
  }

  private func unwritable(_ failure: NewFile.Failure) -> Diagnostic {
    let reason =
      switch failure {
      case .system(let step, let error): "cannot \(step): \(error)"
      case .exists, .notAFile: "cannot replace what is there"
      }
    return Diagnostic(.error, "export.unwritable", reason, at: .init(path: file))
  }
}

struct OntologyCommand: Command {
  static let configuration = CommandConfiguration(
    commandName: "ontology",
    abstract: "Print a built-in file: the ontology, the shapes, a lexicon or gazetteer; or list them.",
    discussion: exitCodes)

  @Argument(help: "Name of the file, such as vouch.ttl or gazetteers/people.tsv; none lists all.") var name: String?
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
