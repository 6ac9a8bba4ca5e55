import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchLanguage
import VouchStore
import VouchTestSupport

/// A file in a folder of its own that goes when the test ends.
final class TemporaryFile {
  let path: String
  private let folder: URL

  init(_ bytes: [UInt8]? = nil) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("vouch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.appendingPathComponent("test.vouch").path
    if let bytes { try Data(bytes).write(to: URL(fileURLWithPath: path)) }
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var bytes: [UInt8] { (FileManager.default.contents(atPath: path)).map(Array.init) ?? [] }
  var neighbours: [String] { (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] }
}

@Suite struct GraphFileTests {
  @Test func whatWasWrittenIsReadBack() throws {
    let graph = try SampleGraph.graph()
    let place = try TemporaryFile()
    try GraphFile.write(graph, to: place.path, creator: "test", replacing: false)
    let file = try GraphFile(path: place.path)
    #expect(file.creator == "test")
    #expect(file.generation == 1)
    #expect(
      (file.nodeCount, file.edgeCount, file.sourceCount) == (graph.nodes.count, graph.edges.count, graph.sources.count))
    var proofs = try GraphFile.ProofReader(file)
    func same(_ range: Range<Int>, _ evidence: [Evidence]) throws {
      #expect(range.count == evidence.count)
      for (index, piece) in zip(range, evidence) {
        let proof = try proofs.proof(index)
        let source = graph.sources[Int(piece.source.index)]
        #expect(proof.words == source.text[piece.span])
        #expect(proof.rule == piece.rule.string)
        #expect(proof.confidence == piece.confidence)
        #expect(proof.source.article == source.article)
        #expect(proof.sentence == Int(piece.sentence))
        #expect(proof.codePoints == source.text.index.codePoints(of: piece.span))
        #expect(try proofs.passage(of: proof).text == source.text[source.sentences[proof.sentence]])
      }
    }
    for (index, node) in graph.nodes.enumerated() {
      let read = try file.node(NodeID(index))
      #expect((read.kind, read.key, read.label) == (node.kind, node.key, node.label))
      #expect(try file.properties(of: NodeID(index)).map(\.value) == node.properties.map(\.value))
      try same(try file.evidence(of: NodeID(index)), node.evidence)
    }
    for (index, edge) in graph.edges.enumerated() {
      let read = try file.edge(index)
      #expect((read.subject, read.kind, read.object) == (edge.subject, edge.kind, edge.object))
      #expect(try file.outgoing(edge.subject).contains(index))
      #expect(try file.incoming(edge.object).contains(index))
      try same(read.evidence, edge.evidence)
    }
    for id in graph.nodes.indices.map(NodeID.init) {
      let objects = Set(graph.edges.filter { $0.subject == id }.map(\.object))
      let subjects = Set(graph.edges.filter { $0.object == id }.map(\.subject))
      #expect(try file.links(from: id).map { try file.object(ofLink: $0) } == objects.sorted())
      #expect(try file.links(to: id).map { try file.subject(ofLink: file.link(at: $0)) } == subjects.sorted())
      for link in try file.links(from: id) {
        let object = try file.object(ofLink: link)
        let run = try file.edges(ofLink: link)
        #expect(run.map { graph.edges[$0].subject } == run.map { _ in id })
        #expect(run.count == graph.edges.filter { ($0.subject, $0.object) == (id, object) }.count)
      }
    }
    let report = file.check()
    #expect(report.problemCount == 0)
    #expect(report.evidenceChecked == file.evidenceCount)
  }

  @Test func theSameGraphGivesTheSameBytes() throws {
    let contributions = try SampleGraph.contributions()
    let forward = GraphFile.encode(Graph.merging(contributions).graph, creator: "test")
    #expect(forward == GraphFile.encode(Graph.merging(contributions.reversed()).graph, creator: "test"))
  }

  @Test func anEmptyGraphIsAGraph() throws {
    let place = try TemporaryFile(GraphFile.encode(Graph(), creator: "test"))
    let file = try GraphFile(path: place.path)
    #expect(file.nodeCount == 0)
    #expect(file.check().problemCount == 0)
  }

  @Test func anExistingFileIsReplacedOnlyOnDemand() throws {
    let place = try TemporaryFile(Array("precious".utf8))
    #expect {
      try GraphFile.write(Graph(), to: place.path, creator: "test", replacing: false)
    } throws: { ($0 as? Diagnostic)?.code == "store.exists" }
    #expect(place.bytes == Array("precious".utf8))
    try GraphFile.write(Graph(), to: place.path, creator: "test", replacing: true)
    #expect(try GraphFile(path: place.path).nodeCount == 0)
    #expect(place.neighbours == ["test.vouch"])
  }

  @Test func aFolderThatIsNotThereIsReported() {
    #expect {
      try GraphFile.write(Graph(), to: "/nonexistent/x.vouch", creator: "test", replacing: true)
    } throws: { ($0 as? Diagnostic)?.code == "store.unwritable" }
  }
}

@Suite struct DamageTests {
  private static let sample = (try? SampleGraph.graph()).map { GraphFile.encode($0, creator: "test") } ?? []

  @Test(arguments: [
    (0, "store.not-a-graph"), (5000, "store.truncated"), (13_000, "store.corrupt"), (sample.count - 1, "store.corrupt"),
  ])
  func aFileThatEndsTooEarlyIsRefused(length: Int, code: String) throws {
    let place = try TemporaryFile(Array(Self.sample.prefix(length)))
    #expect { try GraphFile(path: place.path) } throws: { ($0 as? Diagnostic)?.code == code }
  }

  @Test func anotherFileIsNoGraph() throws {
    let place = try TemporaryFile(Array("id,name\n1,Ann\n".utf8))
    #expect { try GraphFile(path: place.path) } throws: { ($0 as? Diagnostic)?.code == "store.not-a-graph" }
  }

  @Test func aMissingFileIsReported() {
    #expect { try GraphFile(path: "/nonexistent/x.vouch") } throws: { ($0 as? Diagnostic)?.code == "store.missing" }
  }

  @Test func aNewerFormatIsRefused() throws {
    var bytes = Self.sample
    bytes[16] = 3
    let hash = XXH64.hash(bytes[0..<80])
    for shift in 0..<8 { bytes[80 + shift] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift)) }
    let place = try TemporaryFile(bytes)
    #expect { try GraphFile(path: place.path) } throws: { ($0 as? Diagnostic)?.code == "store.newer-format" }
  }

  /// One bit of every byte of the fixed structures, and of every ninth other byte, flipped: the graph is refused, found
  /// damaged, or the byte carries no meaning.
  @Test func aFlippedBitIsNeverSilent() throws {
    let padding = try Self.bytesWithoutMeaning()
    let layout = try SectionLayout(Self.sample)
    let structures = [
      0..<88, 4096..<4200, layout.segment..<layout.segment + 32 + 48 * layout.entries.count,
      layout.manifest..<Self.sample.count,
    ]
    var silent: [Int] = []
    for offset in Self.sample.indices where offset % 9 == 0 || structures.contains(where: { $0.contains(offset) }) {
      var bytes = Self.sample
      bytes[offset] ^= 1 << UInt8(offset % 8)
      let place = try TemporaryFile(bytes)
      guard let file = try? GraphFile(path: place.path) else { continue }
      if file.check().problemCount == 0, !padding.contains(offset) { silent.append(offset) }
    }
    #expect(silent.isEmpty, "flips that nothing noticed at \(silent.prefix(20))")
  }

  /// Many lengths shorter than the whole.
  @Test func aTruncatedFileIsAlwaysRefused() throws {
    for length in stride(from: 0, to: Self.sample.count, by: 131) {
      let place = try TemporaryFile(Array(Self.sample.prefix(length)))
      #expect(throws: Diagnostic.self) { try GraphFile(path: place.path) }
    }
  }

  /// Values that a matching checksum vouches for although they point nowhere: the checks of meaning must find them.
  @Test func aHostileColumnIsFoundOutAlthoughItsChecksumMatches() throws {
    let layout = try SectionLayout(Self.sample)
    var unnoticed: [Int] = []
    // Which rule read some words (section 44) nobody can tell from the file, as long as the value names a string.
    for entry in layout.columns where entry.count > 0 && entry.length > 16 && entry.number != 44 {
      var bytes = Self.sample
      for offset in entry.offset + 16..<entry.offset + entry.length { bytes[offset] = 0xFF }
      layout.rehash(&bytes)
      let place = try TemporaryFile(bytes)
      guard let file = try? GraphFile(path: place.path) else { continue }
      if file.check().problemCount == 0 { unnoticed.append(entry.number) }
      for index in 0..<min(file.nodeCount, 50) { _ = try? file.node(NodeID(index)) }
      _ = try? file.resolve("Ann Abel")
    }
    #expect(unnoticed == [])
  }

  /// Offsets outside the header, the slots, the manifest, the directory and the sections.
  private static func bytesWithoutMeaning() throws -> Set<Int> {
    let layout = try SectionLayout(sample)
    var meaningful = IndexSet(integersIn: 0..<88)
    meaningful.insert(integersIn: 4096..<4200)
    meaningful.insert(integersIn: layout.segment..<layout.segment + 32 + 48 * layout.entries.count)
    meaningful.insert(integersIn: layout.manifest..<sample.count)
    for entry in layout.entries { meaningful.insert(integersIn: entry.offset..<entry.offset + entry.length) }
    return Set(sample.indices).subtracting(meaningful)
  }
}

/// Reads a file's directory as the format document lays it out, to damage it with care.
private struct SectionLayout {
  struct Entry {
    let number: Int
    let at: Int
    let codec: Int
    let offset: Int
    let length: Int
    let count: Int
  }
  let segment = 12288
  let manifest: Int
  let entries: [Entry]

  var columns: [Entry] { entries.filter { $0.codec != 0 } }

  init(_ bytes: [UInt8]) throws {
    func number(_ at: Int, _ width: Int) -> Int { (0..<width).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
    manifest = number(4096 + 24, 8)
    entries = (0..<number(segment + 4, 4)).map { index in
      let at = 12288 + 32 + 48 * index
      return Entry(
        number: number(at, 4), at: at, codec: number(at + 4, 4), offset: 12288 + number(at + 8, 8),
        length: number(at + 16, 8), count: number(at + 24, 8))
    }
  }

  /// Makes all checksums match again.
  func rehash(_ bytes: inout [UInt8]) {
    func put(_ hash: UInt64, _ at: Int) {
      for shift in 0..<8 { bytes[at + shift] = UInt8(truncatingIfNeeded: hash >> UInt64(8 * shift)) }
    }
    for entry in entries { put(XXH64.hash(bytes[entry.offset..<entry.offset + entry.length]), entry.at + 32) }
    put(XXH64.hash(bytes[segment..<segment + 32 + 48 * entries.count]), manifest + 80)
    put(XXH64.hash(bytes[manifest...]), 4096 + 40)
    put(XXH64.hash(bytes[4096..<4192]), 4096 + 96)
  }
}

@Suite struct NameTests {
  private func file() throws -> (GraphFile, TemporaryFile) {
    let place = try TemporaryFile(GraphFile.encode(try SampleGraph.graph(), creator: "test"))
    return (try GraphFile(path: place.path), place)
  }

  @Test(arguments: ["Ann Abel", "ann abel", "ÁNN  ABEL", "person/ann-abel"]) func aNameIsFound(name: String) throws {
    let (file, _) = try file()
    guard case .found(let id) = try file.resolve(name) else {
      Issue.record("\(name) was not found")
      return
    }
    #expect(try file.node(id).label == "Ann Abel")
  }

  @Test(arguments: [("Ann Able", "Ann Abel"), ("Byrn", "Bob Byrne"), ("Cole Cid", nil), ("Zzz", nil)])
  func aNearMissIsOfferedButNotTaken(name: String, candidate: String?) throws {
    let (file, _) = try file()
    guard case .unknown(let candidates) = try file.resolve(name) else {
      Issue.record("\(name) was taken for something")
      return
    }
    #expect(try candidates.first.map { try file.node($0).label } == candidate)
  }

  @Test func namesakesAreListed() throws {
    var documents = [HandMadeDocument("a.txt", "Smith spoke."), HandMadeDocument("b.txt", "Smith slept.")]
    for index in documents.indices { _ = documents[index].entity(.person, "Smith") }
    let graph = Graph.merging(try documents.map { try $0.contribution() }).graph
    let place = try TemporaryFile(GraphFile.encode(graph, creator: "test"))
    guard case .ambiguous(let ids) = try GraphFile(path: place.path).resolve("Smith") else {
      Issue.record("one was picked")
      return
    }
    #expect(ids.count == 2)
  }
}
