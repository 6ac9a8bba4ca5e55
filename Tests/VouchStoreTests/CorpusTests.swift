import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

/// What fuzzing found worth keeping is tried again in every run of the tests.
@Suite struct CorpusTests {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "Corpus")

  private static func inputs(_ target: String) throws -> [[UInt8]] {
    let folder = folder.appendingPathComponent(target)
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().map {
      Array(try Data(contentsOf: folder.appendingPathComponent($0)))
    }
  }

  /// The corpus begins with what the program itself writes.
  @Test func anEncodedContributionIsInTheCorpus() throws {
    var document = HandMadeDocument("a", "Ann Abel met Bob Byrne in Ystad.\nBob Byrne rejected the harbour plan.\n")
    let ann = document.entity(.person, "Ann Abel")
    let bob = document.entity(.person, "Bob Byrne")
    document.event("CONSULT", "met", actors: [ann], recipients: [bob], place: document.entity(.place, "Ystad"))
    document.stance(bob, .oppose, "reject", .issue("harbour plan"), words: "harbour plan")
    document.attribution(bob, cue: "rejected", content: "the harbour plan")
    let encoded = try document.contribution().encoded
    #expect(try Self.inputs("FuzzContribution").contains(encoded), "\(encoded)")
  }

  @Test func graphFilesOfTheCorpusDoNoHarm() throws {
    let inputs = try Self.inputs("FuzzGraph")
    #expect(!inputs.isEmpty)
    var opened = 0
    for var bytes in inputs {
      for isRepaired in [false, true] {
        if isRepaired { GraphParts.repair(&bytes) }
        guard let file = try? GraphFile(bytes, path: "corpus.vouch") else { continue }
        opened += 1
        _ = file.check()
        _ = try? digest(file)
      }
    }
    #expect(opened > 0)
    Effort.report("graph files of the fuzzer's corpus replayed", inputs.count)
  }

  @Test func contributionsOfTheCorpusDoNoHarm() throws {
    let inputs = try Self.inputs("FuzzContribution")
    #expect(!inputs.isEmpty)
    let text = SourceText("Ann Abel met Bob Byrne in Ystad.\nBob Byrne rejected the harbour plan.\n")
    var accepted = 0
    for bytes in inputs {
      guard let contribution = try? Contribution(article: "a", text: text, given: nil, decoding: bytes) else {
        continue
      }
      accepted += 1
      _ = GraphFile.encode(Graph.merging([contribution]).graph, creator: "test")
    }
    #expect(accepted > 0)
    Effort.report("contributions of the fuzzer's corpus replayed", inputs.count)
  }
}
