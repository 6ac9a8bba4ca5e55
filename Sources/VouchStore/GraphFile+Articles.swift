extension GraphFile {
  /// Number of articles that the file keeps; 0 if it was made by an older version, or from something else than articles.
  public var articleCount: Int { layout.manifest.articles }

  /// Whether articles can be added to the graph, replaced and retracted: the file keeps those it was made from.
  public var keepsArticles: Bool { articleCount > 0 || nodeCount == 0 }

  /// What read the articles that the file keeps, each with the number of its articles.
  ///
  /// A reading identifies program, tables, language model and options, as `Extractor.fingerprint` does.
  ///
  /// - Throws: `Corruption` if an article is damaged.
  /// - Complexity: O(n) in the size of the articles, as their checksums are verified.
  public func readings() throws(Corruption) -> [UInt64: Int] {
    var counts: [UInt64: Int] = [:]
    guard keepsArticles else { return counts }
    for article in try layout.articles() { counts[article.reading, default: 0] += 1 }
    return counts
  }
}
