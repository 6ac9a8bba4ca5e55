package import VouchCore

/// Finds what refers to something, by name, description or pronoun, and which references are to the same thing.
///
/// References are known by their head words. Each is compared with the earlier references close before it and with those that
/// share a word with it; it joins the chain whose members together are the likeliest antecedents, or begins one.
package struct CoreferenceStage: Stage {
  package static let id: Symbol = "references/1"
  package static let requires: Layers = [.tokens, .encoding, .sentences, .syntax, .names]
  package static let assigns: Layers = .references

  /// Earlier references that a reference is compared with, whatever their words.
  private static let near = 120
  /// Earlier references of each of its words that it is compared with besides.
  private static let alike = 64
  private static let hiddenWidth = 128
  private static let chunk = 1024
  private static let none = "none"
  /// How far below "none" the score of a kind may be for a word that counts as a reference if it joins a chain.
  private static let doubt: Float = 1
  /// Weight of no antecedent beside the sum of the weights of a chain's members: chosen on the development half, since the
  /// heads are trained on each antecedent by itself.
  private static let alone = 1.8
  /// Least score of an antecedent that counts.
  private static let least: Float = -7

  private let hidden: Linear
  private let output: Linear
  private let kinds: [Reference.Kind?]
  private let antecedents: AntecedentHead
  private let pronouns: [String: Int]

  /// Takes the heads `mention.…` and `coreference.…` of a model.
  ///
  /// - Throws: A `Diagnostic` for a tensor or label that is missing or not what was expected.
  package init(_ model: LanguageModel) throws(Diagnostic) {
    let labels = model.description.json["mentions"]?.items.compactMap(\.text) ?? []
    guard labels.first == Self.none else {
      throw Diagnostic(.error, "model.labels", "the model has no list \"mentions\" that begins with \"none\"")
    }
    kinds = labels.map(Reference.Kind.init(rawValue:))
    pronouns = try Self.pronouns(model.description)
    hidden = try model.tensors.linear("mention.hidden", inputs: model.description.hidden, outputs: Self.hiddenWidth)
    output = try model.tensors.linear("mention.output", inputs: Self.hiddenWidth, outputs: labels.count)
    antecedents = try AntecedentHead(model, kinds: labels.count)
  }

  private static func pronouns(_ description: ModelDescription) throws(Diagnostic) -> [String: Int] {
    var classes: [String: Int] = [:]
    for item in description.json["pronouns"]?.items ?? [] {
      let pair = item.items
      guard pair.count == 2, let form = pair[0].text, case .number(let digits) = pair[1],
        let index = Int(digits), (0..<ReferenceProfile.Class.otherPronoun).contains(index)
      else {
        throw Diagnostic(
          .error, "model.labels", "the model's \"pronouns\" hold something else than pairs of a word and a class 0 to 8"
        )
      }
      classes[form] = index
    }
    guard !classes.isEmpty else {
      throw Diagnostic(.error, "model.labels", "the model has no list \"pronouns\"")
    }
    return classes
  }

  /// Adds the references, ascending by head.
  ///
  /// - Complexity: O(n) in tokens; each reference is compared with a bounded number of others.
  package func run(on document: inout Document) {
    guard let encoding = document.encoding, encoding.vectors.count == document.tokens.count else { return }
    let children = DependentLists(document.tokens)
    let spans = ReferenceSpans(document, children: children)
    let found = heads(encoding.vectors, document)
    let tokens = found.map { spans.tokens(head: $0.token) }
    let profiles = zip(found, tokens).map { reference, tokens in
      ReferenceProfile(
        head: reference.token, span: tokens, kind: reference.label, document.tokens, children, pronouns: pronouns)
    }
    let sentences = found.map { document.tokens[$0.token].sentence }
    let chains = chains(encoding.vectors, found.map(\.token), profiles, sentences)
    var members: [Int: Int] = [:]
    for chain in chains { members[chain.number, default: 0] += 1 }
    var numbers: [Int: Int] = [:]
    for index in found.indices where found[index].isSure || members[chains[index].number, default: 0] > 1 {
      let profile = profiles[index]
      let number = numbers[chains[index].number] ?? numbers.count
      numbers[chains[index].number] = number
      document.references.append(
        Reference(
          head: found[index].token, tokens: tokens[index],
          form: profile.isPronoun ? .pronoun : profile.isName ? .name : .nominal, kind: found[index].kind,
          chain: number, confidence: chains[index].confidence))
    }
  }

  /// The head of what may be a reference.
  private struct Head {
    var token: Int
    /// Column of its kind among the model's.
    var label: Int
    var kind: Reference.Kind
    /// Whether it is a reference even if it is the only one to its thing.
    var isSure: Bool
  }

  /// The heads of references: what the model takes for one or nearly so, and the heads of names.
  private func heads(_ vectors: QuantizedRows, _ document: Document) -> [Head] {
    var labels = [Int](repeating: 0, count: document.tokens.count)
    var isSure = [Bool](repeating: false, count: labels.count)
    for start in stride(from: 0, to: labels.count, by: Self.chunk) {
      let words = vectors[start..<min(start + Self.chunk, labels.count)]
      let scores = ScoreRows(values: output(hidden.quantized(words, .gelu)), width: kinds.count)
      for row in 0..<words.count {
        let none = scores.values[row * kinds.count]
        let label = scores.best(row, from: 1)
        let score = scores.values[row * kinds.count + label]
        isSure[start + row] = score > none
        if score > none - Self.doubt { labels[start + row] = label }
      }
    }
    for name in document.names {
      guard let kind = Self.kind(of: name.label), let label = kinds.firstIndex(of: kind) else { continue }
      let head = name.tokens.first { token in
        document.tokens[token].head.map { !name.tokens.contains($0) } ?? true
      }
      guard let head else { continue }
      if !isSure[head] { labels[head] = label }
      isSure[head] = true
    }
    return labels.indices.compactMap { token in
      kinds[labels[token]].map { Head(token: token, label: labels[token], kind: $0, isSure: isSure[token]) }
    }
  }

  private static func kind(of label: Name.Label) -> Reference.Kind? {
    switch label {
    case .person: return .person
    case .organization: return .organization
    case .location, .facility: return .place
    default: return nil
    }
  }

  /// The number of each reference's chain, and how sure it is.
  private func chains(
    _ vectors: QuantizedRows, _ heads: [Int], _ profiles: [ReferenceProfile], _ sentences: [Int]
  ) -> [(number: Int, confidence: Confidence)] {
    var views = AntecedentHead.Views(capacity: heads.count)
    var chains: [(number: Int, confidence: Confidence)] = []
    var count = 0
    /// References with a word, ascending.
    var byWord: [String: [Int]] = [:]
    for index in profiles.indices {
      if index == views.count {
        antecedents.add(vectors[Array(heads[index..<min(index + Self.chunk, heads.count)])], to: &views)
      }
      /// What the members of each chain weigh as antecedents.
      var weights: [Int: Double] = [:]
      func consider(_ earlier: Int, _ product: Float) {
        let score = antecedents.score(
          views, product: product, later: index, profiles[index], profiles[earlier],
          match: ReferenceProfile.match(profiles[index], profiles[earlier]),
          sentences: sentences[index] - sentences[earlier], steps: index - earlier)
        if score > Self.least { weights[chains[earlier].number, default: 0] += Self.weight(score) }
      }
      let near = max(0, index - Self.near)..<index
      for earlier in far(profiles[index].words, before: near.lowerBound, byWord)
      where ReferenceProfile.match(profiles[index], profiles[earlier]) > 0 {
        consider(earlier, antecedents.products(views, index, earlier..<earlier + 1)[0])
      }
      for (earlier, product) in zip(near, antecedents.products(views, index, near)) { consider(earlier, product) }
      let best = weights.max { ($0.value, $1.key) < ($1.value, $0.key) }
      if let best, best.value > Self.alone {
        chains.append((best.key, Confidence(best.value / (best.value + Self.alone))))
      } else {
        chains.append((count, Confidence(1)))
        count += 1
      }
      for word in profiles[index].words { byWord[word, default: []].append(index) }
    }
    return chains
  }

  /// e to the power of a score, within bounds.
  private static func weight(_ score: Float) -> Double {
    score > 0 ? 1 / ScoreRows.exponential(-min(Double(score), 100)) : ScoreRows.exponential(Double(score))
  }

  /// References before `limit` that share a word, ascending, each once: the last ones of each word.
  private func far(_ words: [String], before limit: Int, _ byWord: [String: [Int]]) -> [Int] {
    guard limit > 0 else { return [] }
    var found: Set<Int> = []
    for word in words {
      guard let references = byWord[word] else { continue }
      var (low, high) = (0, references.count)
      while low < high {
        let middle = (low + high) / 2
        if references[middle] < limit { low = middle + 1 } else { high = middle }
      }
      found.formUnion(references[max(0, low - Self.alike)..<low])
    }
    return found.sorted()
  }
}
