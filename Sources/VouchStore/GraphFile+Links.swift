public import VouchKnowledge

/// Links: the pairs of nodes that edges lead from and to, each pair once.
///
/// Searches walk over links, so that the hundred statements that join two hubs count as one step; the edges of a link are the
/// statements of that step. Links ascend by subject and object. All functions here take a few nanoseconds.
extension GraphFile {
  /// The links that start at node `id`; their objects ascend, and none is there twice.
  public func links(from id: NodeID) throws(Corruption) -> Range<Int> {
    try nodeLinkOut.range(Int(id.index), limit: linkCount)
  }

  /// Positions of the links that end at node `id`, for `link(at:)`; their subjects ascend, and none is there twice.
  public func links(to id: NodeID) throws(Corruption) -> Range<Int> {
    try nodeLinkIn.range(Int(id.index), limit: linkCount)
  }

  /// The link at a position that `links(to:)` gave.
  public func link(at position: Int) throws(Corruption) -> Int { try linkIn.value(position) }

  /// The node that link `link` starts at.
  ///
  /// - Throws: `Corruption` as all functions here, if the file names a node that it does not have.
  public func subject(ofLink link: Int) throws(Corruption) -> NodeID { try node(linkSubject.value(link)) }

  /// The node that link `link` ends at.
  public func object(ofLink link: Int) throws(Corruption) -> NodeID { try node(linkObject.value(link)) }

  /// The edges of link `link`, ascending by kind; never empty in a sound file.
  public func edges(ofLink link: Int) throws(Corruption) -> Range<Int> { try linkEdge.range(link, limit: edgeCount) }

  /// The link that edge number `index` belongs to.
  public func link(ofEdge index: Int) throws(Corruption) -> Int { try edgeLink.value(index) }

  /// The kind of edge number `index`.
  public func kind(ofEdge index: Int) throws(Corruption) -> EdgeKind {
    guard let kind = EdgeKind(rawValue: UInt8(clamping: try edgeKind.value(index))) else {
      throw Corruption(.edgeKind, "edge \(index) has a kind that this version does not know")
    }
    return kind
  }

  /// The evidence of edge number `index`, never empty in a sound file.
  public func evidence(ofEdge index: Int) throws(Corruption) -> Range<Int> {
    try edgeEvidence.range(index, limit: evidenceCount)
  }

  /// The objects of some links, as numbers of nodes.
  ///
  /// - Complexity: About a nanosecond for each.
  public func objects(ofLinks links: Range<Int>) throws(Corruption) -> [UInt32] {
    var objects: [UInt32] = []
    try linkObject.append(links, to: &objects)
    for object in objects where object >= nodeCount { throw Corruption(.linkObject, "a link ends at no node") }
    return objects
  }

  /// The subjects of the links at some positions that `links(to:)` gave, as numbers of nodes.
  public func subjects(ofLinksAt positions: Range<Int>) throws(Corruption) -> [UInt32] {
    var numbers: [UInt32] = []
    try linkIn.append(positions, to: &numbers)
    for index in numbers.indices { numbers[index] = try subject(ofLink: Int(numbers[index])).index }
    return numbers
  }

  private func node(_ index: Int) throws(Corruption) -> NodeID {
    guard index < nodeCount else { throw Corruption(.linkObject, "a link joins nodes that are not there") }
    return NodeID(index)
  }
}
