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

  /// Reads a folder into a new graph file.
  private static func build(_ folder: URL, _ path: String, threads: Int = 2) async throws -> (
    diagnostics: [Diagnostic], count: Extractor.Count
  ) {
    let update = try GraphUpdate(path: path, creator: VouchVersion.creator)
    let result = await (try Extractor()).add([.path(folder.path)], to: update, threads: threads)
    _ = try update.commit()
    return result
  }

  @Test func articlesBecomeAGraphThatAnswersPaths() async throws {
    try await withArticles { folder in
      let path = folder.appendingPathComponent("news.vouch").path
      let (diagnostics, count) = try await Self.build(folder, path)
      #expect(count.articles == 3)
      #expect(diagnostics.filter { $0.severity == .error }.isEmpty)
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
      let paths = ["one", "many"].map { name in
        folder.deletingLastPathComponent().appendingPathComponent("\(name)-\(UUID()).vouch").path
      }
      defer { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
      _ = try await Self.build(folder, paths[0], threads: 1)
      _ = try await Self.build(folder, paths[1], threads: threads)
      let one = try Data(contentsOf: URL(fileURLWithPath: paths[0]))
      let many = try Data(contentsOf: URL(fileURLWithPath: paths[1]))
      #expect(!one.isEmpty && one == many)
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
