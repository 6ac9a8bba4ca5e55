internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Puts contributions together, in ascending order of their articles.
struct Merger {
  private struct Node {
    var kind: NodeKind
    var key: String
    /// The label that a gazetteer gives, or how to make one.
    var label: Contribution.Label
    var aliases: [String: Int] = [:]
    var properties: [Property: String] = [:]
    var merges: Set<String> = []
    var evidence: [Evidence] = []
    /// Whether a contribution told of the node itself, not of one that the user merged into it.
    var isOwn = false
    /// What the label of an event, stance or statement is made of.
    var actors: [Int] = []
    var recipients: [Int] = []
  }
  private struct EdgeKey: Hashable {
    var subject: Int
    var kind: EdgeKind
    var object: Int
  }

  private let articles: [(id: String, contribution: Contribution)]
  private let entities: EntityKeys
  private var happenings = HappeningIndex([])
  private var sources: [Graph.Source] = []
  private var nodes: [Node] = []
  private var indices: [String: Int] = [:]
  private var edges: [EdgeKey: [Evidence]] = [:]
  private var deniedClaims: [(stance: Int, event: Int)] = []
  /// For each article: its node, the source of its text, and the agency that it names.
  private var articleNodes: [Int] = []
  private var textSources: [SourceID] = []
  private var agencies: [(key: String, evidence: Evidence)?] = []

  init(_ articles: [(id: String, contribution: Contribution)], _ entities: EntityKeys) {
    self.articles = articles
    self.entities = entities
    happenings = HappeningIndex(articles.indices.flatMap { occurrences(of: $0) })
    var eventKeys: [EntityKeys.Place: String] = [:]
    for cluster in happenings.clusters {
      for member in cluster.members {
        eventKeys[EntityKeys.Place(article: member.article, node: member.node)] = cluster.key
      }
    }
    for article in articles.indices { add(article, eventKeys: eventKeys) }
    explainHappenings()
    connectCopies()
    connectDenials()
    connectStances()
    dropImpossible()
  }

  // MARK: Reading contributions

  private func occurrences(of article: Int) -> [Occurrence] {
    let (id, contribution) = articles[article]
    var places: [Int: Int] = [:]
    var agents: [Int: Set<String>] = [:]
    var recipients: [Int: Set<String>] = [:]
    for edge in contribution.edges {
      guard let whole = entities.keys[article][edge.object] else { continue }
      // A bare surname is nobody known elsewhere, but in reports of one happening it is one person's.
      let key =
        if case .own(let own) = contribution.nodes[edge.object].key, whole.hasPrefix(own + "@"),
          contribution.nodes[edge.object].kind == .person
        { own } else { whole }
      switch edge.kind {
      case .actor, .coActor: agents[edge.subject, default: []].insert(key)
      case .recipient: recipients[edge.subject, default: []].insert(key)
      case .at: places[edge.subject] = edge.object
      default: break
      }
    }
    return contribution.happenings.compactMap { happening in
      let node = contribution.nodes[happening.node]
      guard let type = node.properties[.eventType], let modality = node.properties[.modality].flatMap(Modality.init),
        case .own(let key) = node.key
      else { return nil }
      let isSymmetric = Occurrence.symmetric.contains(type)
      let done = recipients[happening.node] ?? []
      let place = places[happening.node]
      return Occurrence(
        article: article, node: happening.node, type: type, mode: node.properties[.eventMode], modality: modality,
        date: node.properties[.date].flatMap(CalendarDate.init(iso8601:)), published: contribution.published,
        agents: (agents[happening.node] ?? []).union(isSymmetric ? done : []), recipients: isSymmetric ? [] : done,
        place: place.flatMap { entities.keys[article][$0] }, placeKind: place.map { contribution.nodes[$0].kind },
        country: place.flatMap { contribution.nodes[$0].properties[.country] }.map { "country:" + $0 },
        trigger: happening.trigger, context: happening.context, key: "\(key)@\(id)")
    }
  }

  private mutating func add(_ article: Int, eventKeys: [EntityKeys.Place: String]) {
    let (id, contribution) = articles[article]
    let textSource = SourceID(sources.count)
    textSources.append(textSource)
    sources.append(
      Graph.Source(
        article: id, layer: .text, text: contribution.text, sentences: contribution.sentences, node: NodeID(0)))
    let metadataSource = SourceID(sources.count)
    if let given = contribution.given {
      sources.append(
        Graph.Source(
          article: id, layer: .metadata, text: given, sentences: Contribution.lines(of: given), node: NodeID(0)))
    }
    func relocated(_ evidence: Evidence) -> Evidence {
      evidence.relocated(to: evidence.source == Contribution.metadataSource ? metadataSource : textSource)
    }
    var global: [Int] = []
    for (number, node) in contribution.nodes.enumerated() {
      let place = EntityKeys.Place(article: article, node: number)
      let key: String
      switch node.key {
      case .stance(let holder, let manner, let target):
        key = "stance/\(nodes[global[holder]].key)/\(manner)/\(nodes[global[target]].key)"
      case .own(let own) where node.kind == .event: key = eventKeys[place] ?? "\(own)@\(id)"
      default: key = entities.keys[article][number] ?? ""
      }
      let index = indices[key] ?? nodes.count
      if index == nodes.count {
        indices[key] = index
        nodes.append(Node(kind: entities.kinds[key] ?? node.kind, key: key, label: node.label))
      }
      add(node, at: place, to: index, global)
      nodes[index].evidence += node.evidence.map(relocated)
      global.append(index)
    }
    articleNodes.append(indices["article/\(id)"] ?? 0)
    var agency: (key: String, evidence: Evidence)?
    deniedClaims += contribution.deniedClaims.map { (global[$0.stance], global[$0.event]) }
    for edge in contribution.edges {
      let key = EdgeKey(subject: global[edge.subject], kind: edge.kind, object: global[edge.object])
      if edge.kind == .fromAgency { agency = (nodes[key.object].key, relocated(edge.evidence)) }
      // What the user made one needs no edge to itself.
      if key.subject != key.object { edges[key, default: []].append(relocated(edge.evidence)) }
    }
    agencies.append(agency)
  }

  private mutating func add(_ node: Contribution.Node, at place: EntityKeys.Place, to index: Int, _ global: [Int]) {
    for alias in node.aliases { nodes[index].aliases[alias, default: 0] += 1 }
    if entities.strangers.contains(place) {
      if let name = node.name { nodes[index].aliases[name, default: 0] += 0 }
      if !nodes[index].isOwn { nodes[index].label = .fullestAlias }
    } else {
      if !nodes[index].isOwn { nodes[index].label = node.label }
      nodes[index].isOwn = true
      for alias in node.knownAliases { nodes[index].aliases[alias, default: 0] += 0 }
      nodes[index].properties.merge(node.properties) { old, new in old.utf8.count >= new.utf8.count ? old : new }
    }
    if let name = node.name, let rule = entities.reasons[place] ?? node.linkRule {
      nodes[index].merges.insert("\(name): \(rule)")
    }
    func append(_ local: [Int], to list: WritableKeyPath<Node, [Int]>) {
      for node in local.map({ global[$0] }) where !nodes[index][keyPath: list].contains(node) {
        if nodes[index][keyPath: list].count < 16 { nodes[index][keyPath: list].append(node) }
      }
    }
    switch (node.label, node.key) {
    case (.event(let actors, let recipients), _):
      append(actors, to: \.actors)
      append(recipients, to: \.recipients)
    case (.stance, .stance(let holder, _, let target)):
      append([holder], to: \.actors)
      append([target], to: \.recipients)
    case (.statement(let speaker, _), _): append([speaker], to: \.actors)
    default: break
    }
  }

  // MARK: Across articles

  private mutating func explainHappenings() {
    for cluster in happenings.clusters where cluster.members.count > 1 {
      guard let index = indices[cluster.key] else { continue }
      let told = cluster.members.map { articles[$0.article].id }.sorted { $0.precedesBytewise($1) }
      let some = told.prefix(8).joined(separator: ", ") + (told.count > 8 ? " …" : "")
      nodes[index].merges.insert("\(some): \(cluster.rules.sorted().joined(separator: ", "))")
      nodes[index].properties[.date] = cluster.date?.description
    }
  }

  private mutating func connectCopies() {
    for pair in StoryCopies.pairs(articles.map(\.contribution.story), agencies: agencies.map { $0?.key }) {
      var evidence: [Evidence] = []
      for (article, other) in [(pair.first, pair.second), (pair.second, pair.first)] {
        let contribution = articles[article].contribution
        let told = contribution.story.sentences(
          3, sharedWith: articles[other].contribution.story, text: contribution.text, spans: contribution.sentences)
        for sentence in told {
          if let proof = try? Evidence(
            contribution.sentences[sentence], of: contribution.text, sentences: contribution.sentences,
            source: textSources[article], rule: pair.rule, confidence: pair.confidence)
          {
            evidence.append(proof)
          }
        }
        if pair.rule == "story.agency-copy", let agency = agencies[article] {
          evidence.append(agency.evidence.cited(by: pair.rule, confidence: pair.confidence))
        }
      }
      connect(articleNodes[pair.first], .sameStoryAs, articleNodes[pair.second], evidence)
    }
  }

  private mutating func connectDenials() {
    for denial in happenings.denials() {
      guard let affirmed = indices[happenings.clusters[denial.affirmed].key],
        let denied = indices[happenings.clusters[denial.denied].key]
      else { continue }
      contradict(affirmed, denied, by: Symbol(denial.rule))
    }
  }

  /// Connects stances of one holder for and against one target, and a holder's denial with the happening denied.
  private mutating func connectStances() {
    for denial in deniedClaims { contradict(denial.stance, denial.event, by: "conflict.denied-claim") }
    struct Pair: Hashable {
      let holder: Int
      let target: Int
    }
    var opposed: [Pair: (support: [Int], oppose: [Int])] = [:]
    for (index, node) in nodes.enumerated() where node.kind == .stance {
      guard let holder = node.actors.first, let target = node.recipients.first else { continue }
      let pair = Pair(holder: holder, target: target)
      switch node.properties[.polarity] {
      case "support": opposed[pair, default: ([], [])].support.append(index)
      case "oppose": opposed[pair, default: ([], [])].oppose.append(index)
      default: break
      }
      if node.properties[.stanceKind] == "deny", nodes[target].kind == .event,
        nodes[target].properties[.modality].flatMap(Modality.init)?.isAffirmed == true
      {
        contradict(target, index, by: "conflict.denied-by")
      }
    }
    for (_, sides) in opposed {
      for support in sides.support {
        for oppose in sides.oppose { contradict(support, oppose, by: "conflict.opposed-stances") }
      }
    }
  }

  /// Connects two nodes, the first words of each article on either side being the evidence.
  private mutating func contradict(_ a: Int, _ b: Int, by rule: Symbol) {
    var evidence: [Evidence] = []
    for node in [a, b] {
      var seen: Set<SourceID> = []
      for proof in nodes[node].evidence where seen.insert(proof.source).inserted {
        evidence.append(proof.cited(by: rule, confidence: proof.confidence))
      }
    }
    connect(a, .contradicts, b, evidence)
  }

  /// Adds a symmetric edge, from the node whose key comes first.
  private mutating func connect(_ a: Int, _ kind: EdgeKind, _ b: Int, _ evidence: [Evidence]) {
    guard a != b, !evidence.isEmpty else { return }
    let isAscending = nodes[a].key.precedesBytewise(nodes[b].key)
    edges[EdgeKey(subject: isAscending ? a : b, kind: kind, object: isAscending ? b : a), default: []] += evidence
  }

  // MARK: What overrides make impossible

  /// Whether an edge may join nodes of two kinds.
  private static func isPossible(_ subject: NodeKind, _ kind: EdgeKind, _ object: NodeKind) -> Bool {
    switch kind {
    case .actor, .recipient, .coActor: object.isActor
    case .at: object.isPlace
    case .said, .holds: subject.isActor
    case .leads, .memberOf: subject == .person && object.isActor
    case .partOf: subject.isPlace && object.isPlace
    default: true
    }
  }

  /// Leaves out the edges that a node may not have since the user made it something else, and what hangs on them alone.
  private mutating func dropImpossible() {
    guard !entities.kinds.isEmpty else { return }
    for key in edges.keys where !Self.isPossible(nodes[key.subject].kind, key.kind, nodes[key.object].kind) {
      edges[key] = nil
    }
    var lost: Set<Int> = Set(nodes.indices.filter { [.stance, .statement].contains(nodes[$0].kind) })
    for key in edges.keys where key.kind == .said || key.kind == .holds { lost.remove(key.object) }
    for key in edges.keys where lost.contains(key.subject) || lost.contains(key.object) { edges[key] = nil }
    for node in lost { nodes[node].evidence = [] }
  }

  // MARK: The graph

  /// Sorts everything into canonical order.
  mutating func graph() -> Graph {
    var graph = Graph()
    let order = nodes.indices.filter { !nodes[$0].evidence.isEmpty }.sorted { a, b in
      nodes[a].kind == nodes[b].kind
        ? nodes[a].key.precedesBytewise(nodes[b].key) : nodes[a].kind.rawValue < nodes[b].kind.rawValue
    }
    var ids = [NodeID](repeating: NodeID(0), count: nodes.count)
    for (new, old) in order.enumerated() { ids[old] = NodeID(new) }
    let labels = labels()
    graph.nodes = order.map { finished(nodes[$0], label: labels[$0]) }
    graph.sources = sources.map { source in
      var source = source
      source.node = indices["article/\(source.article)"].map { ids[$0] } ?? NodeID(0)
      return source
    }
    graph.edges = edges.map { key, evidence in
      Graph.Edge(subject: ids[key.subject], kind: key.kind, object: ids[key.object], evidence: Self.sorted(evidence))
    }
    .sorted { Graph.precedes($0, $1) }
    graph.findWitnesses()
    return graph
  }

  /// Labels of things first, then of events and statements, then of stances, which name either.
  private func labels() -> [String] {
    var labels = nodes.map { node in
      switch node.label {
      case .given(let label): entities.labels[node.key] ?? label
      case .fullestAlias: entities.labels[node.key] ?? fullest(sortedAliases(node)) ?? Self.spoken(node.key)
      case .usualAlias: entities.labels[node.key] ?? usual(node) ?? node.key
      default: ""
      }
    }
    func names(_ nodes: [Int]) -> String {
      var names: [String] = []
      for node in nodes where !names.contains(labels[node]) { names.append(labels[node]) }
      return names.joined(separator: ", ")
    }
    for (index, node) in nodes.enumerated() {
      switch node.label {
      case .event:
        let kind = (node.properties[.eventType] ?? "") + (node.properties[.eventMode].map { " " + $0 } ?? "")
        let modality = node.properties[.modality] ?? ""
        let recipients = names(node.recipients)
        labels[index] =
          kind + (modality == Modality.asserted.rawValue ? "" : " (\(modality))")
          + (node.actors.isEmpty ? "" : ": " + names(node.actors))
          + (recipients.isEmpty ? "" : (node.actors.isEmpty ? ": → " : " → ") + recipients)
      case .statement(_, let content): labels[index] = names(node.actors) + ": " + content
      default: break
      }
    }
    for (index, node) in nodes.enumerated() {
      guard case .stance = node.label else { continue }
      labels[index] =
        "\(names(node.actors)): \(node.properties[.stanceKind] ?? "") (\(node.properties[.polarity] ?? "")) "
        + Contribution.clipped(names(node.recipients))
    }
    return labels
  }

  private func finished(_ node: Node, label: String) -> Graph.Node {
    var aliases = Set(node.aliases.keys)
    // The name that the user replaced stays one by which it is found.
    if case .given(let given) = node.label { aliases.insert(given) }
    aliases.remove(label)
    var properties: [(key: Property, value: String)] = []
    for property in Property.allCases {
      let values: [String] =
        switch property {
        case .alias: aliases.sorted { $0.precedesBytewise($1) }
        case .merge: node.merges.sorted { $0.precedesBytewise($1) }
        default: node.properties[property].map { [$0] } ?? []
        }
      properties += values.map { (property, $0) }
    }
    return Graph.Node(
      kind: node.kind, key: node.key, label: label, properties: properties, evidence: Self.sorted(node.evidence))
  }

  /// The most frequent first; of two that are equally frequent the longer one tells more; the alphabet settles the rest.
  private func sortedAliases(_ node: Node) -> [String] {
    node.aliases.sorted { a, b in
      if a.value != b.value { return a.value > b.value }
      let lengths = (a.key.utf8.count, b.key.utf8.count)
      return lengths.0 != lengths.1 ? lengths.0 > lengths.1 : a.key.precedesBytewise(b.key)
    }.map(\.key)
  }

  /// The words of a key, for what no article calls by a name: `russian troops` of `group/russian-troops@an-article.txt`.
  private static func spoken(_ key: String) -> String {
    let words = key.drop { $0 != "/" }.dropFirst().prefix { $0 != "@" }
    return words.isEmpty ? key : String(words.map { $0 == "-" ? " " : $0 })
  }

  /// The most frequent alias among those with the most words: a person is called by the full name.
  private func fullest(_ aliases: [String]) -> String? {
    let most = aliases.map { $0.split(separator: " ").count }.max() ?? 0
    return aliases.first { $0.split(separator: " ").count == most }
  }

  /// The most frequent alias, the shortest of several: an issue is called by the plainest words.
  private func usual(_ node: Node) -> String? {
    node.aliases.min { a, b in
      if a.value != b.value { return a.value > b.value }
      let lengths = (a.key.utf8.count, b.key.utf8.count)
      return lengths.0 != lengths.1 ? lengths.0 < lengths.1 : a.key.precedesBytewise(b.key)
    }?.key
  }

  private static func sorted(_ evidence: [Evidence]) -> [Evidence] {
    let sorted = evidence.sorted { a, b in
      if a.source != b.source { return a.source < b.source }
      if a.span != b.span { return a.span < b.span }
      if a.rule != b.rule { return a.rule.string.precedesBytewise(b.rule.string) }
      return a.confidence > b.confidence
    }
    var unique: [Evidence] = []
    for piece in sorted {
      // The same words read by the same rule are one piece; the surer one comes first.
      if let last = unique.last, (last.source, last.span, last.rule) == (piece.source, piece.span, piece.rule) {
        continue
      }
      unique.append(piece)
    }
    return unique
  }
}
