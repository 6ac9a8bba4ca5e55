import Vouch

/// Reads articles into a graph file and prints how two names in them are connected, with the words that say so.
@main
struct Connect {
  static func main() async throws {
    guard CommandLine.arguments.count == 5 else {
      print("usage: Connect ARTICLES GRAPH FROM TO")
      return
    }
    let (articles, path) = (CommandLine.arguments[1], CommandLine.arguments[2])

    // Articles in, a graph file out. What was read before is not read again.
    let extractor = try Extractor()
    let update = try GraphUpdate(path: path, creator: "connect 1.0")
    let (diagnostics, count) = await extractor.add([.path(articles)], to: update)
    for diagnostic in diagnostics { print(diagnostic.rendered) }
    let summary = try update.commit()
    print("\(count.articles) articles, \(summary.nodes) nodes, \(summary.edges) edges")

    // The file is opened in constant time, whatever its size.
    let graph = try GraphFile(path: path)
    guard case .found(let from) = try graph.resolve(CommandLine.arguments[3]),
      case .found(let to) = try graph.resolve(CommandLine.arguments[4])
    else {
      print("no single node bears that name")
      return
    }
    var search = PathSearch(graph)
    let answer = try search.answer(PathQuery(from: from, to: to))

    // Every hop names the edges that join its ends, every edge the evidence for it.
    var proofs = try GraphFile.ProofReader(graph)
    for hop in answer.paths.first?.hops ?? [] {
      print(try graph.node(hop.from).label, "–", try graph.node(hop.to).label)
      for number in hop.edges {
        let edge = try graph.edge(number)
        for piece in edge.evidence {
          let proof = try proofs.proof(piece)
          let passage = try proofs.passage(of: proof).text
          print("  \(edge.kind.name): “\(proof.words)” in \(proof.source.article): \(passage)")
        }
      }
    }
  }
}
