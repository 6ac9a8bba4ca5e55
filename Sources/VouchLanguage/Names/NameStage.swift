package import VouchCore

/// Finds names with the language model, sentence by sentence.
package struct NameStage: Stage {
  package static let id: Symbol = "names/2"
  package static let requires: Layers = [.tokens, .encoding, .sentences]
  package static let assigns: Layers = .names

  /// Words whose scores are held at a time.
  private static let chunk = 1024
  private static let width = 256
  private static let rule: Symbol = "name.model"
  /// In newswire a name begins eleven times less often right behind a word of another name than behind other words: -ln 11.
  private static let touching: Float = -2.4

  private let hidden: Linear
  private let output: Linear
  private let tags: SpanTags
  /// The labels of the tags; `nil` for one that the reading record does not have, whose names are left out.
  private let labels: [Name.Label?]
  private let bounds: NameBounds

  /// Takes the heads `names.…` of a model, and the titles that are no part of a name.
  ///
  /// - Throws: A `Diagnostic` for a tensor or tag that is missing or not what was expected.
  package init(_ model: LanguageModel, words: NameWords) throws(Diagnostic) {
    let names = model.description.names
    guard let tags = SpanTags(names, touching: { _, _ in Self.touching }) else {
      throw Diagnostic(
        .error, "model.names", "the model's names are \(names.count) tags; expected O, and B- and I- for each label")
    }
    labels = tags.labels.map(Name.Label.init(rawValue:))
    self.tags = tags
    hidden = try model.tensors.linear("names.hidden", inputs: model.description.hidden, outputs: Self.width)
    output = try model.tensors.linear("names.output", inputs: Self.width, outputs: tags.count)
    bounds = NameBounds(words)
  }

  /// Adds the names; each lies in one sentence.
  ///
  /// - Complexity: O(n) in tokens.
  package func run(on document: inout Document) {
    guard let encoding = document.encoding, encoding.vectors.count == document.tokens.count else { return }
    var scores: [Float] = []
    scores.reserveCapacity(document.tokens.count * tags.count)
    for start in stride(from: 0, to: document.tokens.count, by: Self.chunk) {
      let words = encoding.vectors[start..<min(start + Self.chunk, document.tokens.count)]
      scores += output(hidden.quantized(words, .gelu))
    }
    let rows = ScoreRows(values: scores, width: tags.count)
    var names: [Name] = []
    for sentence in document.sentences where !sentence.tokens.isEmpty {
      for found in tags.spans(scores, rows: sentence.tokens) {
        let words =
          sentence.tokens.lowerBound + found.words.lowerBound..<sentence.tokens.lowerBound + found.words.upperBound
        guard let label = labels[found.label] else { continue }
        guard let name = bounds.trimmed(words, label, document) else { continue }
        let columns = tags.columns(of: found.label)
        let sum = name.reduce(0) { $0 + rows.probability(of: columns, in: $1) }
        names.append(
          Name(
            tokens: name, span: document.span(of: name), label: label, rule: Self.rule,
            confidence: Confidence(sum / Double(name.count))))
      }
    }
    document.names = names
  }
}
