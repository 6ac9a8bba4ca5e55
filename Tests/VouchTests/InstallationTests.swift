import Foundation
import Testing
import Vouch

/// What a program that uses the library is told about the machine it runs on, and about older graphs.
@Suite struct InstallationTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "VouchStoreTests/Golden")

  @Test func nothingFailsWhereTestsRun() async throws {
    let folder = FileManager.default.temporaryDirectory.path
    let findings = await Installation().findings(
      folder: folder, graph: Self.golden.appending(path: "version-2.vouch").path)
    #expect(findings.filter { $0.state == .failure } == [])
    #expect(
      Set(findings.map(\.check)).isSuperset(of: [
        "versions", "ontology", "kernels", "model", "folder", "locking", "graph",
      ]))
    // This program does not answer to being started for the parsing of articles.
    #expect(!findings.contains { $0.check == "isolation" })
  }

  @Test(arguments: [(1, true), (2, false)]) func olderFormatsTellWhatARebuildAdds(version: Int, isTold: Bool) throws {
    let graph = try GraphFile(path: Self.golden.appending(path: "version-\(version).vouch").path)
    #expect(graph.format == FormatVersion.current || version < FormatVersion.current.major)
    #expect((graph.rebuildNote != nil) == isTold)
    #expect(graph.keepsArticles == !isTold)
    #expect(try graph.readings().values.reduce(0, +) == graph.articleCount)
  }

  @Test func aGraphByAnOlderProgramTellsSo() throws {
    func note(_ creator: String) throws -> String? {
      try GraphFile(GraphFile.encode(Graph(), creator: creator), path: "empty.vouch").rebuildNote
    }
    #expect(try note("vouch 0.0.9")?.contains("as vouch \(VouchVersion.current) reads") == true)
    for other in [VouchVersion.creator, "vouch 99.0.0", "vouch", "other 0.0.9", "vouch 0.0", ""] {
      #expect(try note(other) == nil, "\(other)")
    }
  }

  @Test func versionsAreThoseOfWhatIsBuiltIn() throws {
    let lines = VouchVersion.all.split(separator: "\n")
    #expect(lines.count == 4 && lines[0] == VouchVersion.creator)
    #expect(VouchVersion.model?.hasPrefix("english ") == true)
    let ontology = String(decoding: Ontology.resource("vouch.ttl") ?? [], as: UTF8.self)
    #expect(ontology.contains("owl:versionInfo \"\(Ontology.version)\""))
    #expect(VouchVersion.ontology.hasPrefix(Ontology.version + " ("))
  }
}
