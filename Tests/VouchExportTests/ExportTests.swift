import Foundation
import Testing
import VouchCore
import VouchExport
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

@Suite struct ExportTests {
  /// Writes a graph and exports it.
  private func export(_ graph: Graph, _ format: ExportFormat, base: String = "https://vouch.example/id/") throws -> (
    String, ExportSummary
  ) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("g.vouch").path
    try GraphFile.write(graph, to: path, creator: "test", replacing: true)
    let output = folder.appendingPathComponent("out.xml")
    try Data().write(to: output)
    let handle = try FileHandle(forWritingTo: output)
    var options = ExportOptions(format)
    options.base = base
    let summary = try GraphFile(path: path).export(options, to: handle.fileDescriptor)
    try handle.close()
    return (String(decoding: try Data(contentsOf: output), as: UTF8.self), summary)
  }

  private func count(_ needle: String, in text: String) -> Int { text.components(separatedBy: needle).count - 1 }

  @Test func everyNodeAndEdgeIsWritten() throws {
    let graph = try SampleGraph.graph()
    let (graphml, summary) = try export(graph, .graphml)
    #expect(count("<node id=", in: graphml) == graph.nodes.count)
    #expect(count("<edge id=", in: graphml) == graph.edges.count)
    #expect(count("key=\"ep_quote\"", in: graphml) == graph.edges.count)
    #expect((summary.nodes, summary.edges) == (graph.nodes.count, graph.edges.count))
    let (rdf, rdfSummary) = try export(graph, .rdfxml)
    #expect(count("<v:Relation ", in: rdf) == graph.edges.count)
    let evidence = graph.nodes.reduce(0) { $0 + $1.evidence.count } + graph.edges.reduce(0) { $0 + $1.evidence.count }
    #expect(count("<v:Evidence ", in: rdf) == evidence)
    #expect(rdfSummary.triples > 0)
  }

  @Test(arguments: ExportFormat.allCases.filter { $0 != .csv }) func theSameGraphGivesTheSameBytes(format: ExportFormat) throws {
    #expect(try export(try SampleGraph.graph(), format).0 == (try export(try SampleGraph.graph(), format).0))
  }

  @Test(arguments: [ExportFormat.graphml, .rdfxml]) func markupAndForbiddenCharactersInTextsAreOnlyText(format: ExportFormat)
    throws
  {
    let hostile = "A\u{1}b & <script>\"x\"</script> ]]> \u{FFFE} Ann Abel spoke."
    var document = HandMadeDocument("ev<il>&\".txt", hostile, title: "T\u{7}itle & <b>")
    let ann = document.entity(.person, "Ann Abel")
    document.attribution(ann, cue: "spoke", content: "b & <script>\"x\"</script> ]]> \u{FFFE}")
    let (xml, summary) = try export(Graph.merging([try document.contribution()]).graph, format)
    #expect(summary.replacedCharacters > 0)
    let parser = XMLParserProbe(xml)
    #expect(parser.isWellFormed)
    #expect(!xml.contains("<script>"))
  }

  @Test func theBaseIsTheUsers() throws {
    let (rdf, _) = try export(try SampleGraph.graph(), .rdfxml, base: "https://graphs.example/news#")
    #expect(rdf.contains("rdf:about=\"https://graphs.example/news#person/ann-abel\""))
    #expect(!rdf.contains("https://vouch.example/id/"))
  }

  @Test func aFullDiskIsAnError() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString).vouch")
    defer { try? FileManager.default.removeItem(at: folder) }
    try GraphFile.write(try SampleGraph.graph(), to: folder.path, creator: "test", replacing: true)
    let full = try #require(FileHandle(forWritingAtPath: "/dev/full"))
    #expect {
      try GraphFile(path: folder.path).export(ExportOptions(.graphml), to: full.fileDescriptor)
    } throws: { error in
      guard case .output(let code)? = error as? ExportFailure else { return false }
      return code == ENOSPC
    }
  }
}

/// Whether XML is well-formed, by balanced tags and references: the real parsers judge it in the program's tests.
private struct XMLParserProbe {
  let isWellFormed: Bool

  init(_ xml: String) {
    var depth: [Substring] = []
    var ok = true
    var rest = xml[...]
    while let open = rest.firstIndex(of: "<") {
      guard let close = rest[open...].firstIndex(of: ">") else {
        ok = false
        break
      }
      let tag = rest[rest.index(after: open)..<close]
      if tag.hasPrefix("/") {
        ok = ok && depth.popLast() == tag.dropFirst()
      } else if !tag.hasSuffix("/"), !tag.hasPrefix("?") {
        depth.append(tag.prefix { $0 != " " && $0 != "\n" })
      }
      rest = rest[rest.index(after: close)...]
    }
    let forbidden = xml.unicodeScalars.contains {
      $0.value < 0x20 && ![9, 10, 13].contains($0.value) || $0.value == 0xFFFE
    }
    isWellFormed = ok && depth.isEmpty && !forbidden
  }
}
