import VouchCore
import VouchKnowledge
import VouchStore

/// Everything that a graph file says, in one number; reading throws at the first thing that is wrong.
func digest(_ file: GraphFile) throws -> UInt64 {
  var parts: [String] = ["\(file.nodeCount) \(file.edgeCount) \(file.linkCount) \(file.creator) \(file.generation)"]
  var proofs = try GraphFile.ProofReader(file)
  func evidence(_ range: Range<Int>) throws {
    for index in range {
      let proof = try proofs.proof(index)
      parts.append("\(proof.source) \(proof.sentence) \(proof.span) \(proof.words) \(proof.rule) \(proof.confidence)")
      parts.append(try proofs.passage(of: proof).text)
    }
  }
  for id in (0..<file.nodeCount).map(NodeID.init) {
    let node = try file.node(id)
    parts.append("\(node.kind) \(node.key) \(node.label) \(try file.properties(of: id))")
    parts.append("\(try file.outgoing(id)) \(try file.incoming(id))")
    try evidence(file.evidence(of: id))
    _ = try file.resolve(node.label)
  }
  for index in 0..<file.edgeCount {
    let edge = try file.edge(index)
    parts.append("\(edge.subject) \(edge.kind) \(edge.object)")
    try evidence(edge.evidence)
  }
  for id in (0..<file.sourceCount).map(SourceID.init) {
    parts.append("\(try file.text(id).bytes) \(try file.sentences(of: id))")
  }
  return XXH64.hash(parts.joined(separator: "\n").utf8)
}
