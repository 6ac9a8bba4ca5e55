import Foundation
import Testing
import Vouch

/// What `UsingVouch` shows is Swift that compiles and does what it says.
@Suite struct UsingVouchTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test func theArticleShowsTheseLines() throws {
    let page = try String(
      contentsOf: Self.root.appending(path: "Sources/Vouch/Vouch.docc/UsingVouch.md"), encoding: .utf8)
    let own = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
    // Here the files lie in a folder of their own.
    let plain = own.replacing(#/path\(("[\w.]+")\)/#) { $0.output.1 }
    let lines = Set(plain.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
    let blocks = page.components(separatedBy: "```swift\n").dropFirst().map { $0.components(separatedBy: "```")[0] }
    #expect(blocks.count == 4)
    for line in blocks.joined().split(separator: "\n") {
      #expect(lines.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
    }
  }

  @Test func whatItShowsIsDone() async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "vouch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder.appending(path: "articles"), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try "Emmanuel Macron met Friedrich Merz in Lisbon on Monday.\n".write(
      to: folder.appending(path: "articles/lisbon.txt"), atomically: true, encoding: .utf8)
    var printed: [String] = []
    func print(_ items: Any...) { printed.append(items.map { "\($0)" }.joined(separator: " ")) }
    // The lines name files of the current folder.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    let extractor = try Extractor()
    let update = try GraphUpdate(path: path("news.vouch"), creator: "my-program 1.0")
    let (diagnostics, count) = await extractor.add([.path(path("articles"))], to: update)
    let summary = try update.commit()
    #expect(diagnostics.isEmpty && count.articles == 1 && summary.articles == 1)

    await extractor.forEach(in: [.path(path("articles"))], threads: 4) { document in
      ReadingRecord(document).json
    } consume: { outcome in
      if let record = outcome.output { print(record) }
    }
    #expect(printed.count == 1 && printed[0].contains(#""lisbon.txt""#))

    let graph = try GraphFile(path: path("news.vouch"))
    guard case .found(let from) = try graph.resolve("Macron"), case .found(let to) = try graph.resolve("Merz") else {
      return
    }
    var search = PathSearch(graph)
    let answer = try search.answer(PathQuery(from: from, to: to))

    var proofs = try GraphFile.ProofReader(graph)
    for hop in answer.paths.first?.hops ?? [] {
      for number in hop.edges {
        for piece in try graph.edge(number).evidence {
          let proof = try proofs.proof(piece)
          print(proof.words, proof.source.article, try proofs.passage(of: proof).text)
        }
      }
    }
    #expect(
      printed.dropFirst().allSatisfy {
        $0.hasSuffix("lisbon.txt Emmanuel Macron met Friedrich Merz in Lisbon on Monday.")
      })
    #expect(printed.count >= 3)
  }
}
