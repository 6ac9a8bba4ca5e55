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
    let file = try GraphFile(GraphFile.encode(Graph(), creator: "test"), path: "test.vouch")
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
