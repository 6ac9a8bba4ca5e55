internal import VouchCore
public import VouchStore
internal import VouchXML

/// A format that a graph file is exported to.
public enum ExportFormat: String, Sendable, CaseIterable {
  /// GraphML 1.1, for Gephi, Cytoscape, NetworkX, igraph and others.
  case graphml
  /// RDF/XML, for triple stores.
  case rdfxml
}

/// What an export wrote.
public struct ExportSummary: Sendable, Hashable {
  /// Nodes and edges of the graph.
  public internal(set) var nodes = 0, edges = 0
  /// RDF triples, each written once; 0 for other formats.
  public internal(set) var triples = 0
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
  /// Memory does not grow with the graph. The same graph gives the same bytes.
  ///
  /// - Parameters:
  ///   - format: The format.
  ///   - descriptor: A file descriptor open for writing; it stays open.
  ///   - base: IRI under which nodes are named, ending in `/` or `#`.
  /// - Returns: What was written.
  public func export(
    _ format: ExportFormat, to descriptor: Int32, base: String = "https://vouch.example/id/"
  ) throws(ExportFailure) -> ExportSummary {
    let names = ResourceNames(base: base)
    do {
      switch format {
      case .graphml:
        var writer = try GraphMLWriter(self, names, try XMLOutput(fileDescriptor: descriptor))
        return try writer.run()
      case .rdfxml:
        var writer = try RDFXMLWriter(self, names, try XMLOutput(fileDescriptor: descriptor))
        return try writer.run()
      }
    } catch let corruption as Corruption {
      throw .corrupt(corruption)
    } catch let error as ErrorNumber {
      throw .output(errno: error.code)
    } catch {
      throw .corrupt(Corruption(section: "export", reason: String(describing: error)))
    }
  }
}
