import Foundation
import Testing
import VouchCore
import VouchExport
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

@Suite struct ExportTests {
  /// Writes a graph and exports it; tables stand one after the other.
  private func export(_ graph: Graph, _ options: ExportOptions) throws -> (text: String, summary: ExportSummary) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("g.vouch").path
    try GraphFile.write(graph, to: path, creator: "test", replacing: true)
    let outputs = ["one", "two"].map { folder.appendingPathComponent($0) }
    let handles = try outputs.map { output in
      try Data().write(to: output)
      return try FileHandle(forWritingTo: output)
    }
    let file = try GraphFile(path: path)
    let summary =
      options.format == .csv
      ? try file.exportTables(options, nodes: handles[0].fileDescriptor, edges: handles[1].fileDescriptor)
      : try file.export(options, to: handles[0].fileDescriptor)
    for handle in handles { try handle.close() }
    return (try outputs.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }.joined(), summary)
  }

  private func export(_ graph: Graph, _ format: ExportFormat, base: String = "https://vouch.example/id/") throws -> (
    String, ExportSummary
  ) {
    var options = ExportOptions(format)
    options.base = base
    return try export(graph, options)
  }

  private func count(_ needle: String, in text: String) -> Int { text.components(separatedBy: needle).count - 1 }

  @Test func everyNodeAndEdgeIsWritten() throws {
    let graph = try SampleGraph.graph()
    let (graphml, summary) = try export(graph, .graphml)
    #expect(count("<node id=", in: graphml) == graph.nodes.count)
    #expect(count("<edge id=", in: graphml) == graph.edges.count)
    #expect(count("key=\"e_prov_quote\"", in: graphml) == graph.edges.count)
    #expect((summary.nodes, summary.edges) == (graph.nodes.count, graph.edges.count))
    let (rdf, rdfSummary) = try export(graph, .rdfxml)
    #expect(count("<v:Relation ", in: rdf) == graph.edges.count)
    let evidence = graph.nodes.reduce(0) { $0 + $1.evidence.count } + graph.edges.reduce(0) { $0 + $1.evidence.count }
    #expect(count("<v:Evidence ", in: rdf) == evidence)
    #expect(rdfSummary.triples > 0)
  }

  @Test(arguments: ExportFormat.allCases) func theBytesDoNotDependOnThreads(_ format: ExportFormat) throws {
    let graph = try Self.manyMeetings()
    #expect(graph.nodes.count > 1000 && graph.edges.count > 1000)
    var options = ExportOptions(format)
    for isFiltered in [false, true] {
      if isFiltered { options.filter.edges = [.actor] }
      options.threads = 1
      let one = try export(graph, options)
      options.threads = 3
      let three = try export(graph, options)
      #expect(one.text == three.text && one.summary == three.summary)
    }
  }

  @Test func theFirstDamageIsToldByAnyNumberOfThreads() throws {
    var bytes = GraphFile.encode(try Self.manyMeetings(), creator: "test")
    // In the texts of two articles.
    for words in ["met230", "met41"] {
      let at = try #require(bytes.indices.first { bytes[$0...].starts(with: words.utf8) })
      bytes[at] ^= 1
    }
    let file = try GraphFile(bytes, path: "damaged")
    var failures: [String] = []
    for threads in [1, 4, 4] {
      var options = ExportOptions(.graphml)
      options.threads = threads
      let output = try #require(FileHandle(forWritingAtPath: "/dev/null"))
      do throws(ExportFailure) { _ = try file.export(options, to: output.fileDescriptor) } catch {
        failures.append("\(error)")
      }
    }
    #expect(failures.count == 3 && Set(failures).count == 1)
  }

  /// Twelve articles of fifty meetings each, all of different people.
  private static func manyMeetings() throws -> Graph {
    let syllables = ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu"]
    func name(_ number: Int) -> String {
      [number / 100 % 10, number / 10 % 10, number % 10, number / 1000].map { syllables[$0] }.joined().capitalized
    }
    var contributions: [Contribution] = []
    for article in 0..<12 {
      let meetings = (0..<50).map { article * 50 + $0 }
      let lines = meetings.map { "\(name(2 * $0)) Dahl met\($0) \(name(2 * $0 + 1)) Berg." }
      var document = HandMadeDocument("\(article).txt", lines.joined(separator: "\n"), published: "2025-03-01")
      for number in meetings {
        let one = document.entity(.person, name(2 * number) + " Dahl")
        let other = document.entity(.person, name(2 * number + 1) + " Berg")
        document.event("CONSULT", "met\(number)", actors: [one], recipients: [other])
      }
      contributions.append(try document.contribution())
    }
    return Graph.merging(contributions).graph
  }

  @Test func aPartThatWasFoundIsAllThatIsWritten() throws {
    let graph = try SampleGraph.graph()
    let edge = try #require(graph.edges.first)
    let marks: [(ExportFormat, String, String)] = [
      (.graphml, "<node ", "<edge "), (.gexf, "<node ", "<edge "), (.dot, " [label=\"", " -> "),
    ]
    for (format, node, arrow) in marks {
      var options = ExportOptions(format)
      options.filter.only = ([edge.subject, edge.object], [0])
      let (text, summary) = try export(graph, options)
      #expect((summary.nodes, summary.edges) == (2, 1))
      #expect(count(arrow, in: text) == 1 && count(node, in: text) == (format == .dot ? 3 : 2))
    }
  }

  @Test func dotKeepsTextsInTheirQuotationMarks() throws {
    var document = HandMadeDocument("a.txt", #"A "quoted" \N name spoke."#)
    _ = document.entity(.organization, #"A "quoted" \N name"#)
    let (dot, _) = try export(Graph.merging([try document.contribution()]).graph, .dot)
    #expect(dot.contains(#"label="A \"quoted\" \\N name""#))
  }

  @Test func elementsOfGEXFLastFromTheFirstToTheLastPublication() throws {
    let graph = try SampleGraph.graph()
    let (gexf, _) = try export(graph, .gexf)
    #expect(count("<edge id=", in: gexf) == graph.edges.count)
    #expect(count("<node id=", in: gexf) == graph.nodes.count)
    #expect(gexf.contains(#"start="2025-03-01" end="2025-03-02""#))
  }

  @Test(arguments: ExportFormat.allCases) func theSameGraphGivesTheSameBytes(format: ExportFormat) throws {
    #expect(try export(try SampleGraph.graph(), format).0 == (try export(try SampleGraph.graph(), format).0))
  }

  @Test(arguments: [ExportFormat.graphml, .rdfxml]) func markupAndForbiddenCharactersInTextsAreOnlyText(
    format: ExportFormat
  )
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

  @Test(arguments: ExportFormat.allCases) func noTextBreaksAnyFormat(format: ExportFormat) throws {
    for text in NastyTexts.all where text.contains(where: { !$0.isWhitespace }) {
      var document = HandMadeDocument("odd \(text.prefix(40))", "Ann Abel spoke.\n" + text, title: text, outlet: text)
      let ann = document.entity(.person, "Ann Abel")
      document.attribution(ann, cue: "spoke", content: "Ann Abel spoke")
      let (written, summary) = try export(Graph.merging([try document.contribution()]).graph, format)
      // Every character that a text must not hold is there as U+FFFD, beside those that were in the text.
      #expect(
        !written.unicodeScalars.contains { $0.value < 0x20 && ![9, 10, 13].contains($0.value) || $0.value == 0x7F })
      #expect(written.unicodeScalars.count { $0 == "\u{FFFD}" } >= summary.replacedCharacters)
      if format == .rdfxml || format == .graphml { #expect(XMLParserProbe(written).isWellFormed) }
    }
  }

  @Test(arguments: [ExportProfile.generic, .gephi, .yed, .cytoscape], [false, true])
  func everyProfileIsWellFormed(profile: ExportProfile, isCollapsed: Bool) throws {
    var options = ExportOptions(.graphml)
    options.profile = profile
    options.isCollapsed = isCollapsed
    let (text, summary) = try export(try SampleGraph.graph(), options)
    #expect(XMLParserProbe(text).isWellFormed)
    #expect(count("<node id=", in: text) == summary.nodes)
    #expect(count("<edge id=", in: text) == summary.edges)
    #expect(count("edgegraphics", in: text) == (profile == .yed ? 1 : 0))
  }

  // Ann Abel met Bob Byrne, which two copies of one story tell; Cid Cole warned Bob Byrne. Stances are toward a plan.
  @Test func eventsFoldIntoEdgesBetweenActors() throws {
    var options = ExportOptions(.csv)
    options.profile = .neo4j
    options.isCollapsed = true
    let (text, summary) = try export(try SampleGraph.graph(), options)
    #expect((summary.nodes, summary.edges) == (3, 2))
    #expect(summary.unfolded == 3)
    let edges = text.split(separator: "\n").filter { $0.hasPrefix("e") }
    #expect(edges.count == 2)
    #expect(edges.contains { $0.contains("\"CONSULT\"") && $0.contains("\"met\"") })
    #expect(edges.contains { $0.contains("\"THREATEN\"") && $0.contains("\"warned\"") })
    #expect(!text.contains("Dora Dahl"))
  }

  @Test func filtersLeaveOutWhatNothingTellsOf() throws {
    let graph = try SampleGraph.graph()
    func left(_ change: (inout ExportFilter) -> Void) throws -> (String, ExportSummary) {
      var options = ExportOptions(.graphml)
      change(&options.filter)
      return try export(graph, options)
    }
    let april = try left { $0.since = CalendarDate(iso8601: "2025-04-01")?.dayNumber }
    #expect(april.0.contains("Cid Cole") && !april.0.contains("Ann Abel"))
    let march = try left { $0.until = CalendarDate(iso8601: "2025-03-31")?.dayNumber }
    #expect(march.0.contains("Ann Abel") && !march.0.contains("Cid Cole"))
    // Two copies of one story are one source.
    #expect(try left { $0.minSources = 2 }.1.edges < 4)
    let people = try left { $0.kinds = [.person, .event] }
    #expect(people.0.contains(">actor<") && !people.0.contains(">stance<") && !people.0.contains(">Ystad<"))
    #expect(try left { $0.edges = [.publishedBy] }.1.edges == 3)
    let ann = try #require(graph.nodes.firstIndex { $0.label == "Ann Abel" })
    let around = try left { $0.around = NodeID(ann) }
    #expect(around.0.contains("Bob Byrne") && around.0.contains("Ystad") && !around.0.contains("Cid Cole"))
    #expect(try left { $0.since = 40_000 }.1.nodes == 0)
  }

  @Test(arguments: [ExportFormat.rdfxml, .turtle, .trig, .nquads, .jsonld])
  func triplesAreCounted(format: ExportFormat) throws {
    let (text, summary) = try export(try SampleGraph.graph(), format)
    let inDefaultGraph = try export(try SampleGraph.graph(), .rdfxml).1.triples
    if format == .nquads {
      #expect(text.split(separator: "\n").count == summary.triples)
      #expect(summary.triples > inDefaultGraph)
    } else if format != .trig {
      #expect(summary.triples == inDefaultGraph)
    }
    #expect(text.contains(format == .nquads ? "\"\(inDefaultGraph)\"^^" : "\(inDefaultGraph)"))
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
