extension Graph {
  /// Sets for every article the one that vouches for it.
  ///
  /// Articles that `same-story-as` connects, however far, are one witness: the agency of the first of them that names one,
  /// else the outlet of the first that has one, else the first article. The order is that of their nodes.
  ///
  /// - Complexity: O(n log n) in the number of articles and edges.
  mutating func findWitnesses() {
    var copies: [NodeID: [NodeID]] = [:]
    var agencies: [NodeID: NodeID] = [:]
    var outlets: [NodeID: NodeID] = [:]
    for edge in edges {
      switch edge.kind {
      case .sameStoryAs:
        copies[edge.subject, default: []].append(edge.object)
        copies[edge.object, default: []].append(edge.subject)
      case .fromAgency: agencies[edge.subject] = edge.object
      case .publishedBy: outlets[edge.subject] = edge.object
      default: break
      }
    }
    witnesses = [:]
    for source in sources where witnesses[source.node] == nil {
      var group = [source.node]
      var seen: Set<NodeID> = [source.node]
      var next = 0
      while next < group.count {
        for copy in copies[group[next]] ?? [] where seen.insert(copy).inserted { group.append(copy) }
        next += 1
      }
      group.sort()
      let agency = group.lazy.compactMap { agencies[$0] }.first
      let outlet = group.lazy.compactMap { outlets[$0] }.first
      for article in group { witnesses[article] = agency ?? outlet ?? group[0] }
    }
  }
}
