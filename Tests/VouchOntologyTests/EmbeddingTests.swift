import Foundation
import Testing
import VouchOntology

/// The program holds the files of `Ontology/`, all of them and as they are.
@Suite struct EmbeddingTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Ontology")

  @Test func everyFileIsBuiltIn() throws {
    var names: [String] = []
    for part in ["", "frames/", "gazetteers/", "lexicons/"] {
      let folder = Self.folder.appendingPathComponent(part).path
      names += try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".tsv") || $0.hasSuffix(".ttl") }.map { part + $0 }
    }
    #expect(names.sorted() == Ontology.resourceNames)
  }

  @Test(arguments: Ontology.resourceNames) func itsBytesAreTheFiles(name: String) throws {
    let file = try Data(contentsOf: Self.folder.appendingPathComponent(name))
    #expect(Ontology.resource(name) == Array(file))
  }
}
