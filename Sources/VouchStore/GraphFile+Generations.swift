public import VouchCore

extension GraphFile {
  /// What a commit left behind, as long as the file holds it.
  public struct Generation: Hashable, Sendable {
    /// Number of the commit, from 1.
    public let number: Int
    /// Articles, nodes, edges and pieces of evidence of its graph.
    public let articles, nodes, edges, evidence: Int
    /// Articles that it added, replaced and took away.
    public let added, replaced, retracted: Int
  }

  /// The commits that a file holds, the newest first.
  ///
  /// - Throws: As opening the file does; damage to an old manifest too.
  public static func generations(path: String) throws(Diagnostic) -> [Generation] {
    let file = try MappedFile(path: path)
    let header = try FileHeader(file)
    if header.major == 1 {
      let graph = try GraphFile(path: path)
      return [
        Generation(
          number: 1, articles: 0, nodes: graph.nodeCount, edges: graph.edgeCount, evidence: graph.evidenceCount,
          added: 0,
          replaced: 0, retracted: 0)
      ]
    }
    do throws(Corruption) {
      let slot = try CommitSlot.newest(file, header)
      var manifest = try FileLayout.newestManifest(file, slot)
      var generations = [Generation(manifest)]
      while manifest.previous.length > 0 {
        manifest = try FileLayout.before(manifest, file, limit: slot.length)
        generations.append(Generation(manifest))
      }
      return generations
    } catch {
      throw error.diagnostic(path)
    }
  }
}

extension GraphFile.Generation {
  fileprivate init(_ manifest: Manifest) {
    number = manifest.generation
    articles = manifest.articles
    nodes = manifest.nodes
    edges = manifest.edges
    evidence = manifest.evidence
    added = manifest.added
    replaced = manifest.replaced
    retracted = manifest.retracted
  }
}
