internal import VouchCore
public import VouchStore
internal import VouchXML

/// A format that a graph file is exported to.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// GraphML 1.1, for Gephi, yEd, Cytoscape, NetworkX, igraph and others.
  case graphml
  /// GEXF 1.3, with the days on which evidence was published, for Gephi's timeline.
  case gexf
  /// The DOT language of Graphviz.
  case dot
  /// A picture as SVG 1.1, laid out by Vouch.
  case svg
  /// Two tables of comma-separated values, nodes and edges, for Gephi or Neo4j.
  case csv
  /// RDF as RDF/XML, Turtle or JSON-LD.
  case rdfxml, turtle, jsonld
  /// RDF with a named graph for each article, as TriG or N-Quads.
  case trig, nquads

  /// Whether it is a syntax of RDF.
  public var isRDF: Bool {
    switch self {
    case .graphml, .gexf, .dot, .svg, .csv: false
    case .rdfxml, .turtle, .jsonld, .trig, .nquads: true
    }
  }
}

/// What is exported, and how.
public struct ExportOptions: Sendable {
  /// The format.
  public var format: ExportFormat
  /// The program that GraphML or tables are made for.
  public var profile = ExportProfile.generic
  /// Whether GraphML, GEXF, DOT, SVG or tables hold actors only, joined directly by what they do, hold and say.
  public var isCollapsed = false
  /// IRI under which nodes are named, ending in `/` or `#`.
  public var base = "https://vouch.example/id/"
  /// What is left out.
  public var filter = ExportFilter()
  /// Most threads that write, at least 1.
  ///
  /// The bytes do not depend on them; each takes some megabytes.
  public var threads = 1

  /// The whole graph in a format.
  public init(_ format: ExportFormat) { self.format = format }
}

/// What an export wrote.
public struct ExportSummary: Sendable, Hashable {
  /// Nodes and edges of the graph.
  public internal(set) var nodes = 0, edges = 0
  /// RDF triples or quads, each written once; 0 for other formats.
  public internal(set) var triples = 0
  /// Events, stances and statements that join no two actors, which a collapsed export leaves out.
  public internal(set) var unfolded = 0
  /// Characters that XML forbids, each replaced by U+FFFD.
  public internal(set) var replacedCharacters = 0
  /// Bytes written.
  public internal(set) var bytes = 0
}

/// Why an export stopped.
public enum ExportFailure: Error, Sendable {
  /// The graph file is damaged.
  case corrupt(Corruption)
  /// The output could not be written: the system's error number.
  case output(errno: Int32)
}

extension GraphFile {
  /// Streams the graph to an open file.
  ///
  /// Memory does not grow with the graph but for one bit for each node, edge and source where there is a filter; a picture
  /// takes memory for all that it shows. The same graph gives the same bytes on any number of threads; pictures, collapsed edges
  /// and TriG are written by one.
  ///
  /// - Parameters:
  ///   - options: What is exported; any format but `csv`.
  ///   - descriptor: A file descriptor open for writing; it stays open.
  /// - Returns: What was written.
  public func export(_ options: ExportOptions, to descriptor: Int32) throws(ExportFailure) -> ExportSummary {
    try Self.translatingErrors {
      let reader = try ViewReader(GraphView(self, options.filter), ResourceNames(base: options.base))
      func output(isXML: Bool = false) throws(ErrorNumber) -> TextOutput {
        try TextOutput(fileDescriptor: descriptor, isXML: isXML)
      }
      let collapsed = options.isCollapsed ? try CollapsedView(reader.view) : nil
      let threads = max(1, options.threads)
      func written(_ summary: ExportSummary) -> ExportSummary {
        var summary = summary
        summary.unfolded = collapsed.map { $0.foldable - $0.folded.count } ?? 0
        return summary
      }
      switch options.format {
      case .graphml, .gexf, .csv:
        let isGEXF = options.format == .gexf
        let writer = ElementWriter(
          isGEXF ? .gexf : .graphML, isGEXF ? .gephi : options.profile, isCollapsed: options.isCollapsed,
          try output(isXML: true))
        var model = ElementModel(reader, writer, threads: threads)
        return written(try model.writeGraph(collapsed: collapsed))
      case .dot:
        var model = DOTModel(reader, try output(), threads: threads)
        return written(try model.run(collapsed: collapsed))
      case .svg:
        var model = SVGModel(reader, try output(isXML: true))
        return written(try model.run(collapsed: collapsed))
      case .rdfxml:
        var model = TripleModel(reader, try RDFXMLWriter(output(isXML: true)), threads: threads)
        return try model.run()
      case .turtle, .trig:
        let hasGraphs = options.format == .trig
        var model = TripleModel(reader, try TurtleWriter(output(), hasGraphs: hasGraphs), threads: threads)
        return try model.run()
      case .jsonld:
        var model = TripleModel(reader, try JSONLDWriter(output()), threads: threads)
        return try model.run()
      case .nquads:
        var model = TripleModel(reader, NQuadsWriter(try output()), threads: threads)
        return try model.run()
      }
    }
  }

  /// Streams the graph as two tables.
  ///
  /// - Parameters:
  ///   - options: What is exported; its format is not looked at.
  ///   - nodes: A file descriptor open for writing; it stays open.
  ///   - edges: Another one.
  /// - Returns: What was written.
  public func exportTables(_ options: ExportOptions, nodes: Int32, edges: Int32) throws(ExportFailure) -> ExportSummary
  {
    try Self.translatingErrors {
      let reader = try ViewReader(GraphView(self, options.filter), ResourceNames(base: options.base))
      let collapsed = options.isCollapsed ? try CollapsedView(reader.view) : nil
      func model(_ descriptor: Int32) throws(ErrorNumber) -> ElementModel {
        let output = try TextOutput(fileDescriptor: descriptor, isXML: false)
        let writer = ElementWriter(.table, options.profile, isCollapsed: options.isCollapsed, output)
        return ElementModel(reader, writer, threads: max(1, options.threads))
      }
      var nodeTable = try model(nodes)
      try nodeTable.writeNodes(collapsed: collapsed)
      var summary = try nodeTable.finish()
      var edgeTable = try model(edges)
      try edgeTable.writeEdges(collapsed: collapsed)
      let edges = try edgeTable.finish()
      summary.edges = edges.edges
      summary.replacedCharacters += edges.replacedCharacters
      summary.bytes += edges.bytes
      summary.unfolded = collapsed.map { $0.foldable - $0.folded.count } ?? 0
      return summary
    }
  }

  private static func translatingErrors(_ body: () throws -> ExportSummary) throws(ExportFailure) -> ExportSummary {
    do {
      return try body()
    } catch let corruption as Corruption {
      throw .corrupt(corruption)
    } catch let error as ErrorNumber {
      throw .output(errno: error.code)
    } catch {
      throw .corrupt(Corruption(section: "export", reason: String(describing: error)))
    }
  }
}
