import Foundation
import Testing
import Vouch

/// The library as another program uses it: one import, articles in, a graph file out.
@Suite struct ExtractorTests {
  private static let articles = [
    (
      "harbour.txt",
      "Port reopens\n\nMarta Lindqvist met Oskar Brandt in Hamburg on Monday.\n\n\"The port is open,\" Lindqvist said.\n"
    ),
    (
      "council.txt",
      "Council votes\n\nThe city council rejected the plan, Oskar Brandt said.\n\nMarta Lindqvist praised Oskar Brandt.\n"
    ),
    (
      "feed.jsonl",
      #"{"id": "r1", "text": "Rain falls\n\nOskar Brandt warned Marta Lindqvist.\n", "outlet": "The Wire"}"# + "\n"
    ),
  ]

  /// Writes the articles into a folder, calls `body` with it, and removes it.
  private func withArticles<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in Self.articles {
      try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    return try await body(folder)
  }

  @Test func articlesBecomeAGraphThatAnswersPaths() async throws {
    try await withArticles { folder in
      let extractor = try Extractor()
      let (graph, diagnostics, count) = await extractor.graph(of: [.path(folder.path)])
      #expect(count.articles == 3)
      #expect(diagnostics.filter { $0.severity == .error }.isEmpty)
      let path = folder.appendingPathComponent("news.vouch").path
      try GraphFile.write(graph, to: path, creator: VouchVersion.creator, replacing: false)
      let file = try GraphFile(path: path)
      guard case .found(let marta) = try file.resolve("Marta Lindqvist"),
        case .found(let oskar) = try file.resolve("Oskar Brandt")
      else {
        Issue.record("the two were not found")
        return
      }
      var search = PathSearch(file)
      let answer = try search.answer(PathQuery(from: marta, to: oskar))
      #expect(answer.paths.first?.hops.count == 2)
    }
  }

  @Test(arguments: [1, 2, 7]) func theNumberOfThreadsDoesNotShow(threads: Int) async throws {
    try await withArticles { folder in
      let extractor = try Extractor()
      let one = await extractor.graph(of: [.path(folder.path)], threads: 1).graph
      let many = await extractor.graph(of: [.path(folder.path)], threads: threads).graph
      #expect(GraphFile.encode(one, creator: "test") == GraphFile.encode(many, creator: "test"))
    }
  }

  @Test func outcomesComeInInputOrder() async throws {
    try await withArticles { folder in
      var ids: [String] = []
      let names = ["feed.jsonl", "harbour.txt", "missing.txt", "council.txt"]
      let extractor = try Extractor()
      var codes: [String] = []
      await extractor.forEach(in: names.map { .path(folder.appendingPathComponent($0).path) }, threads: 4) {
        $0.article.id
      } consume: {
        if let id = $0.output { ids.append(id) }
        codes += $0.diagnostics.filter { $0.severity == .error }.map(\.code)
      }
      #expect(ids == ["r1", "harbour.txt", "council.txt"])
      #expect(codes == ["input.missing"])
    }
  }
}
