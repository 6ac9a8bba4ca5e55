import Foundation
import Testing
import VouchStore

/// A file of every version that was ever released, made by its program; each must be readable for ever.
@Suite struct VersionTests {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")

  @Test(arguments: [("version-1", 35, 53, 99)])
  func aFileOfEachVersionIsRead(name: String, nodes: Int, edges: Int, evidence: Int) throws {
    let file = try GraphFile(path: Self.folder.appendingPathComponent(name + ".vouch").path)
    #expect((file.nodeCount, file.edgeCount, file.evidenceCount) == (nodes, edges, evidence))
    #expect(file.check().problemCount == 0)
    guard case .found(let id) = try file.resolve("Emmanuel Macron") else {
      Issue.record("a person of the file is not found")
      return
    }
    var proofs = try GraphFile.ProofReader(file)
    #expect(try proofs.proof(file.evidence(of: id).lowerBound).words.hasSuffix("Macron"))
  }
}
