internal import VouchCore
internal import VouchKnowledge

extension GraphFile {
  /// What a full check of a graph file found.
  public struct Report: Sendable {
    /// What is wrong, at most `limit` items.
    public internal(set) var problems: [Corruption] = []
    /// Number of things that are wrong.
    public internal(set) var problemCount = 0
    /// Pieces of evidence whose words were compared with the text.
    public internal(set) var evidenceChecked = 0
    /// Most problems that are listed.
    public static let limit = 100

    mutating func note(_ problem: Corruption) {
      problemCount += 1
      if problems.count < Self.limit { problems.append(problem) }
    }
  }

  /// Verifies everything: checksums, ids in range, both directions of the edges, order, sentences inside their texts, and
  /// that the words of every piece of evidence are those it was made from.
  ///
  /// - Complexity: O(n log n) in the size of the file.
  public func check() -> Report {
    var report = Report()
    func attempt(_ body: () throws(Corruption) -> Void) {
      do { try body() } catch { report.note(error) }
    }
    file.willReadAll()
    for section in layout.entries.keys.sorted(by: { $0.rawValue < $1.rawValue }) {
      attempt { () throws(Corruption) in
        try layout.verify(section)
        try columns[section]?.checkHeader()
      }
    }
    attempt { () throws(Corruption) in try checkArticles() }
    checkStrings(&report)
    var previous: Node?
    for index in 0..<nodeCount {
      attempt { () throws(Corruption) in
        let id = NodeID(index)
        let node = try node(id)
        if let previous, !Self.ascends(previous, node) {
          throw Corruption(.nodeKey, "node \(index) is not above the one before it")
        }
        previous = node
        try checkProperties(of: node)
        if try evidence(of: id).isEmpty { throw Corruption(.nodeEvidence, "node \(index) has no evidence") }
      }
    }
    checkEdges(&report)
    attempt { () throws(Corruption) in try checkRules() }
    checkSources(&report)
    checkAliases(&report)
    attempt { () throws(Corruption) in
      var reader = try ProofReader(self)
      for index in 0..<evidenceCount {
        do throws(Corruption) {
          _ = try reader.passage(of: try reader.proof(index))
          report.evidenceChecked += 1
        } catch { report.note(error) }
      }
    }
    return report
  }

  /// What every node of its kind is known by must be there.
  private func checkProperties(of node: Node) throws(Corruption) {
    let present = Set(try properties(of: node.id).map(\.key))
    let required: Set<Property> =
      switch node.kind {
      case .event: [.eventType, .modality]
      case .stance: [.polarity, .stanceKind]
      case .statement: [.form, .content]
      default: []
      }
    guard required.isSubset(of: present) else {
      throw Corruption(.propertyKey, "node \(node.id.index) lacks a property of its kind")
    }
  }

  /// Every article that the graph was made from must be whole, and its texts those of the graph.
  private func checkArticles() throws(Corruption) {
    _ = try layout.overrides()
    var texts: Set<Int> = []
    for article in try layout.articles() {
      _ = try article.contribution(file)
      texts.insert(article.text.lowerBound)
      if let given = article.given { texts.insert(given.lowerBound) }
    }
    guard !texts.isEmpty else { return }
    for index in 0..<sourceCount where !texts.contains(try column(.sourceOffset).value(index)) {
      throw Corruption(.sourceOffset, "text \(index) is that of no article")
    }
  }

  private func checkRules() throws(Corruption) {
    let names = try column(.ruleName)
    var last = -1
    for index in 0..<names.count {
      let name = try names.value(index)
      guard name > last, name < strings.count else {
        throw Corruption(.ruleName, "rule \(index) is not above the one before")
      }
      last = name
    }
  }

  /// Every name in the index must be one that its node bears, each pair once, in order.
  private func checkAliases(_ report: inout Report) {
    do throws(Corruption) {
      let names = try column(.aliasName)
      let targets = try column(.aliasNode)
      var previous: (name: Int, node: Int)?
      for index in 0..<names.count {
        let row = (name: try names.value(index), node: try targets.value(index))
        if let previous, previous >= row {
          throw Corruption(.aliasName, "name \(index) is not above the one before it")
        }
        previous = row
        let node = try node(NodeID(row.node))
        let name = try strings.string(row.name)
        let aliases = try properties(of: node.id).lazy.filter { $0.key == .alias }.map(\.value)
        guard name == node.label.folded || aliases.contains(where: { $0.folded == name }) else {
          throw Corruption(.aliasNode, "node \(row.node) does not bear name \(index)")
        }
      }
    } catch { report.note(error) }
  }

  /// Finds the witnesses of an article and of all copies of its story, unless they are known: the first agency, else the
  /// first outlet, else the first article.
  private func findWitness(of article: NodeID, _ witnesses: inout [NodeID: NodeID]) throws(Corruption) {
    guard witnesses[article] == nil else { return }
    var group = [article]
    var seen: Set<NodeID> = [article]
    var next = 0
    while next < group.count {
      for index in Array(try outgoing(group[next])) + (try incoming(group[next])) {
        let edge = try edge(index)
        guard edge.kind == .sameStoryAs else { continue }
        for copy in [edge.subject, edge.object] where seen.insert(copy).inserted { group.append(copy) }
      }
      next += 1
    }
    group.sort()
    var media: [EdgeKind: NodeID] = [:]
    for copy in group {
      var own: [EdgeKind: NodeID] = [:]
      for index in try outgoing(copy) {
        let edge = try edge(index)
        own[edge.kind] = edge.object
      }
      media.merge(own) { first, _ in first }
    }
    for copy in group { witnesses[copy] = media[.fromAgency] ?? media[.publishedBy] ?? group[0] }
  }

  private static func ascends(_ a: Node, _ b: Node) -> Bool {
    a.kind == b.kind ? a.key.precedesBytewise(b.key) : a.kind.rawValue < b.kind.rawValue
  }

  private func checkStrings(_ report: inout Report) {
    var previous: String?
    for index in 0..<strings.count {
      do throws(Corruption) {
        let string = try strings.string(index)
        if let previous, !previous.precedesBytewise(string) {
          throw Corruption(.stringBlocks, "string \(index) is not above the one before it")
        }
        previous = string
      } catch {
        report.note(error)
        return
      }
    }
  }

  private func checkEdges(_ report: inout Report) {
    var previous: [Int] = []
    for index in 0..<edgeCount {
      do throws(Corruption) {
        let edge = try edge(index)
        let subject = Int(edge.subject.index)
        let object = Int(edge.object.index)
        guard subject < nodeCount, object < nodeCount else {
          throw Corruption(.linkObject, "edge \(index) joins nodes that are not there")
        }
        guard !edge.evidence.isEmpty else { throw Corruption(.edgeEvidence, "edge \(index) has no evidence") }
        guard try outgoing(edge.subject).contains(index) else {
          throw Corruption(.nodeLinkOut, "edge \(index) is not among those of its subject")
        }
        let key = [subject, object, Int(edge.kind.rawValue)]
        guard previous.lexicographicallyPrecedes(key) else {
          throw Corruption(.edgeLink, "edge \(index) is not above the one before it")
        }
        previous = key
      } catch { report.note(error) }
    }
    checkLinks(&report)
  }

  /// Both directions must list each link once, in order, and each edge must be in the run of its link.
  private func checkLinks(_ report: inout Report) {
    var previous: (subject: NodeID, object: NodeID)?
    for link in 0..<linkCount {
      do throws(Corruption) {
        let pair = (subject: try subject(ofLink: link), object: try object(ofLink: link))
        if let previous, previous >= pair {
          throw Corruption(.linkObject, "link \(link) is not above the one before it")
        }
        previous = pair
        let edges = try edges(ofLink: link)
        guard !edges.isEmpty, try links(from: pair.subject).contains(link) else {
          throw Corruption(.linkEdge, "link \(link) has no edges, or is not among those of its subject")
        }
        for edge in edges where try self.link(ofEdge: edge) != link {
          throw Corruption(.edgeLink, "edge \(edge) is not in the run of its link")
        }
      } catch { report.note(error) }
    }
    var listed = 0
    for index in 0..<nodeCount {
      do throws(Corruption) {
        var last = -1
        for position in try links(to: NodeID(index)) {
          let link = try link(at: position)
          guard link > last, try object(ofLink: link) == NodeID(index) else {
            throw Corruption(.linkIn, "the links that end at node \(index) are not those listed")
          }
          last = link
          listed += 1
        }
      } catch { report.note(error) }
    }
    if listed != linkCount {
      report.note(Corruption(.linkIn, "\(listed) links are listed at their ends; expected \(linkCount)"))
    }
  }

  private func checkSources(_ report: inout Report) {
    var previous: Source?
    var witnesses: [NodeID: NodeID] = [:]
    for index in 0..<sourceCount {
      do throws(Corruption) {
        let id = SourceID(index)
        let source = try source(id)
        if let previous, !previous.article.precedesBytewise(source.article),
          previous.article != source.article || previous.layer == source.layer
        {
          throw Corruption(.sourceArticle, "source \(index) is not above the one before it")
        }
        previous = source
        let article = try node(source.node)
        guard article.kind == .article, article.key == "article/" + source.article else {
          throw Corruption(.sourceNode, "source \(index) does not belong to the article of its name")
        }
        try findWitness(of: source.node, &witnesses)
        guard source.witness == witnesses[source.node] else {
          throw Corruption(
            .sourceWitness, "the witness of source \(index) is not its story's agency, outlet or article")
        }
        let published = try properties(of: source.node).first { $0.key == .published }?.value
        guard source.published == published.flatMap(Graph.publicationDay) else {
          throw Corruption(.sourcePublished, "source \(index) has another day of publication than its article")
        }
        let text = try text(id)
        var end: UInt32 = 0
        for sentence in try sentences(of: id) {
          guard sentence.start >= end, Int(sentence.end) <= text.count else {
            throw Corruption(.sentenceStart, "the sentences of source \(index) do not ascend inside its text")
          }
          end = sentence.end
        }
      } catch { report.note(error) }
    }
  }
}
