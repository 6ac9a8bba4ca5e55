internal import Glibc
internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge

/// A built-in article of which it is known what it says.
enum KnownArticle {
  /// The article as a record of JSON Lines.
  static let record = #"""
    {"id": "known", "published": "2026-01-12", "text": "Emmanuel Macron met Friedrich Merz in Lisbon on Monday. \"We need a new agreement,\" Macron said."}
    """#

  /// The article, to be read.
  static var raw: RawArticle {
    RawArticle(kind: .record, bytes: Array(record.utf8), id: "known", origin: "the built-in article")
  }

  /// Lends the article as an input, which can be read once; `nil` if the system gives no pipe.
  static func withInput<Result>(_ body: (ArticleReader.Input) async -> Result) async -> Result? {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else { return nil }
    // Above the descriptors that a process for parsing has for itself.
    let input = fcntl(ends[0], F_DUPFD, 4)
    // Far less than a pipe holds, so that writing does not wait.
    let isWritten: Void? = try? NewFile.write(Array(record.utf8), to: ends[1])
    close(ends[0])
    close(ends[1])
    guard input >= 0 else { return nil }
    let result = isWritten == nil ? nil : await body(.descriptor(input, name: "the built-in article"))
    close(input)
    return result
  }

  /// Edges that any reading of it must find, as `description(of:)` tells them.
  static let edges: Set<String> = [
    "CONSULT actor Emmanuel Macron", "CONSULT co-actor Friedrich Merz", "CONSULT at Lisbon",
    "Emmanuel Macron said Emmanuel Macron: We need a new agreement",
  ]

  /// The edges of a graph in words, events by their types.
  static func descriptions(of graph: Graph) -> Set<String> {
    func name(_ id: NodeID) -> String {
      let node = graph.nodes[Int(id.index)]
      return node.properties.first { $0.key == .eventType }?.value ?? node.label
    }
    return Set(graph.edges.map { "\(name($0.subject)) \($0.kind.name) \(name($0.object))" })
  }
}
