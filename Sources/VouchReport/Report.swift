internal import CVouchPage
internal import VouchCore
public import VouchExport
internal import VouchKnowledge
public import VouchStore
internal import VouchXML

/// What a report tells of a graph.
public struct ReportOptions: Sendable {
  /// What stands above it.
  public var title: String
  /// What is left out.
  public var filter = ExportFilter()
  /// Name of what `filter` lies around; `nil` for none.
  public var focus: String?
  /// Bytes of article texts up to which the page holds them whole; beyond it holds the passages that are evidence.
  public var textLimit = PageData.wholeTexts
  /// Edges of the network beyond which it is aggregated.
  public var edgeLimit = Network.mostEdges

  /// The whole graph.
  public init(title: String) { self.title = title }
}

/// What a report holds.
public struct ReportSummary: Sendable, Hashable {
  /// Articles it is about.
  public internal(set) var articles = 0
  /// Nodes and edges of its network, as drawn.
  public internal(set) var nodes = 0, edges = 0
  /// Events, stances, statements and conflicts.
  public internal(set) var events = 0, stances = 0, statements = 0, conflicts = 0
  /// Whether some nodes of the network stand for several.
  public internal(set) var isAggregated = false
  /// Whether the page holds the articles' texts whole.
  public internal(set) var hasWholeTexts = true
  /// Bytes written.
  public internal(set) var bytes = 0
}

extension GraphFile {
  /// Writes a page that shows the graph to readers: one file of HTML that needs nothing else.
  ///
  /// The same graph and options give the same bytes. Memory grows with the part of the graph that is reported.
  ///
  /// - Parameter descriptor: A file descriptor open for writing; it stays open.
  /// - Complexity: O(n log n) in the size of the graph.
  public func writeReport(_ options: ReportOptions, to descriptor: Int32) throws(ExportFailure) -> ReportSummary {
    do {
      let content = try ReportContent(self, options.filter, edgeLimit: options.edgeLimit)
      let data = try PageData(content, textLimit: options.textLimit)
      let writer = PageWriter(try TextOutput(fileDescriptor: descriptor, isXML: false))
      var page = try ReportPage(content, data, options, writer)
      return try page.write()
    } catch let corruption as Corruption {
      throw .corrupt(corruption)
    } catch let error as ErrorNumber {
      throw .output(errno: error.code)
    } catch {
      throw .corrupt(Corruption(section: "report", reason: String(describing: error)))
    }
  }
}

/// The files that a page is made of.
enum PageFiles {
  static var html: [UInt8] { unsafe bytes(of: vouch_page_html()) }
  static var style: [UInt8] { unsafe bytes(of: vouch_page_style()) }
  static var script: [UInt8] { unsafe bytes(of: vouch_page_script()) }

  private static func bytes(of file: VouchPageFile) -> [UInt8] {
    unsafe Array(UnsafeBufferPointer(start: file.bytes, count: file.length))
  }
}
