internal import VouchCore

/// The keys of what articles name, after the user's overrides: which nodes of the contributions are one.
struct EntityKeys {
  /// By article and node; `nil` for events and stances, whose keys follow from those of others.
  private(set) var keys: [[String?]]
  /// Decided by the user, by key.
  private(set) var labels: [String: String] = [:]
  private(set) var kinds: [String: NodeKind] = [:]
  /// Nodes whose gazetteer entry is not theirs: they were split from it, or merged into another.
  private(set) var strangers: Set<Place> = []
  /// Why a node has its key, where the user decided so.
  private(set) var reasons: [Place: String] = [:]
  private(set) var diagnostics: [Diagnostic] = []

  struct Place: Hashable {
    let article: Int
    let node: Int
  }

  /// - Complexity: O(n) in the number of nodes, and as much for each decision that splits.
  init(_ articles: [(id: String, contribution: Contribution)], _ overrides: Overrides) {
    keys = articles.map { id, contribution in
      contribution.nodes.map { node in
        switch node.key {
        case .shared(let key): key
        case .own(""): "article/\(id)"
        case .own(let key): node.kind == .event ? nil : "\(key)@\(id)"
        case .stance: nil
        }
      }
    }
    guard !overrides.decisions.isEmpty else { return }
    apply(overrides, articles)
  }

  /// Splits first, then merges, then what the results are called and are.
  private mutating func apply(_ overrides: Overrides, _ articles: [(id: String, contribution: Contribution)]) {
    var names = Names(articles, keys)
    for decision in overrides.decisions where decision.action == .split {
      guard let key = find(decision.subject, names, decision, overrides.path) else { continue }
      if !split(key, decision, articles) {
        unused(
          decision, "\"\(decision.subject)\" is not in an article \"\(decision.object)\", nor called so in any",
          overrides.path)
      }
    }
    names = Names(articles, keys)
    var parents: [String: String] = [:]
    func root(_ key: String) -> String {
      var key = key
      while let parent = parents[key] { key = parent }
      return key
    }
    for decision in overrides.decisions where decision.action == .merge {
      guard let first = find(decision.subject, names, decision, overrides.path),
        let second = find(decision.object, names, decision, overrides.path)
      else { continue }
      let (into, from) = (root(first), root(second))
      if into != from { parents[from] = into }
    }
    merge(root, overrides.decisions.filter { $0.action == .merge }, articles)
    for decision in overrides.decisions where decision.action == .rename || decision.action == .retype {
      guard let key = find(decision.subject, names, decision, overrides.path).map(root) else { continue }
      if decision.action == .rename {
        labels[key] = decision.object
      } else {
        kinds[key] = NodeKind(name: decision.object)
      }
    }
  }

  private mutating func split(
    _ key: String, _ decision: Overrides.Decision, _ articles: [(id: String, contribution: Contribution)]
  ) -> Bool {
    let name = decision.object.folded
    var isFound = false
    for (article, (id, contribution)) in articles.enumerated() {
      for (node, content) in contribution.nodes.enumerated() where keys[article][node] == key {
        guard id == decision.object || content.name?.folded == name || content.fullestAlias?.folded == name else {
          continue
        }
        let place = Place(article: article, node: node)
        keys[article][node] = key + "~" + Contribution.slug(decision.object)
        strangers.insert(place)
        reasons[place] = "override, line \(decision.line)"
        isFound = true
      }
    }
    return isFound
  }

  private mutating func merge(
    _ root: (String) -> String, _ decisions: [Overrides.Decision],
    _ articles: [(id: String, contribution: Contribution)]
  ) {
    guard let first = decisions.first else { return }
    for article in keys.indices {
      for node in keys[article].indices {
        guard let key = keys[article][node] else { continue }
        let whole = root(key)
        guard whole != key else {
          kinds[key] = kinds[key] ?? articles[article].contribution.nodes[node].kind
          continue
        }
        let place = Place(article: article, node: node)
        keys[article][node] = whole
        strangers.insert(place)
        let line = decisions.first {
          $0.object == key || $0.object.folded == articles[article].contribution.nodes[node].name?.folded
        }
        reasons[place] = "override, line \((line ?? first).line)"
      }
    }
  }

  private mutating func find(
    _ name: String, _ names: Names, _ decision: Overrides.Decision, _ path: String
  ) -> String? {
    switch names.find(name) {
    case .some(let keys) where keys.count == 1: return keys[0]
    case .some(let keys):
      diagnostics.append(
        Diagnostic(
          .error, "overrides.ambiguous",
          "\"\(name)\" may be any of these; expected a key that says which: \(keys.joined(separator: ", "))",
          at: .init(path: path, line: decision.line)))
    case .none: unused(decision, "no article names \"\(name)\"", path)
    }
    return nil
  }

  private mutating func unused(_ decision: Overrides.Decision, _ reason: String, _ path: String) {
    diagnostics.append(
      Diagnostic(
        .warning, "overrides.unused", "the line changes nothing: \(reason)", at: .init(path: path, line: decision.line))
    )
  }

  /// Who bears a name.
  private struct Names {
    private var all: Set<String> = []
    private var labels: [String: Set<String>] = [:]
    private var aliases: [String: Set<String>] = [:]

    init(_ articles: [(id: String, contribution: Contribution)], _ keys: [[String?]]) {
      for (article, (_, contribution)) in articles.enumerated() {
        for (node, content) in contribution.nodes.enumerated() {
          guard let key = keys[article][node], content.kind.isActor || content.kind.isPlace || content.kind == .issue
          else { continue }
          all.insert(key)
          if let name = content.name { labels[name.folded, default: []].insert(key) }
          if case .given(let label) = content.label { labels[label.folded, default: []].insert(key) }
          for alias in content.aliases + content.knownAliases { aliases[alias.folded, default: []].insert(key) }
        }
      }
    }

    /// By key, by the name in full, by an alias.
    func find(_ name: String) -> [String]? {
      if all.contains(name) { return [name] }
      return (labels[name.folded] ?? aliases[name.folded])?.sorted { $0.precedesBytewise($1) }
    }
  }
}

extension Contribution.Node {
  /// The alias with the most words, the first of several.
  var fullestAlias: String? {
    aliases.max { $0.split(separator: " ").count < $1.split(separator: " ").count }
  }
}
