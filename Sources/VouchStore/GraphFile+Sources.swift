public import VouchCore
public import VouchKnowledge

/// Facts about sources that filters ask for at every piece of evidence: without strings, a few nanoseconds each.
extension GraphFile {
  /// Day of publication of a source as days since 1970-01-01; `nil` if unknown.
  public func published(_ id: SourceID) throws(Corruption) -> Int? {
    let published = try sourcePublished.value(Int(id.index))
    return published == 0 ? nil : published - 1
  }

  /// Agency, outlet or article node that a source counts as one witness with.
  public func witness(_ id: SourceID) throws(Corruption) -> NodeID {
    NodeID(try sourceWitness.value(Int(id.index)))
  }
}

extension GraphFile {
  /// The source texts of an article: its text and the metadata that came with it; none if the graph has no such article.
  ///
  /// - Complexity: O(log n) in the number of sources, which ascend by article.
  public func sources(ofArticle name: String) throws(Corruption) -> [SourceID] {
    var low = 0
    var high = sourceCount
    while low < high {
      let middle = (low + high) / 2
      if try string(.sourceArticle, middle).precedesBytewise(name) { low = middle + 1 } else { high = middle }
    }
    var found: [SourceID] = []
    while low < sourceCount, try string(.sourceArticle, low) == name {
      found.append(SourceID(low))
      low += 1
    }
    return found
  }
}
