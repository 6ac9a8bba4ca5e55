package import VouchCore

/// Gives every token its word class, tag, lemma and features, and every sentence its dependency tree.
package struct SyntaxStage: Stage {
  package static let id: Symbol = "syntax/1"
  package static let requires: Layers = [.tokens, .encoding, .sentences]
  package static let assigns: Layers = .syntax

  /// Words that are read at a time; a sentence is not parted.
  private static let chunk = 512

  private let upos: Linear
  private let xpos: Linear
  private let lemma: Linear
  private let arcs: ArcHead
  private let relations: RelationHead
  private let uposLabels: [UPOS]
  private let xposLabels: [Symbol]
  private let relationLabels: [Symbol]
  private let scripts: [LemmaScript]
  private let known: LemmaTable
  /// The words of the ontology's tables, whose lemmas need no guess.
  private let lexicon: Lexicon?
  /// The tags' own strings, so that none is looked up.
  private let xposNames: [String]
  private static let parataxis: Symbol = "parataxis"

  /// Takes the heads of a model, and the words of the tables where there are some.
  ///
  /// - Throws: A `Diagnostic` for a tensor or label that is missing or not what was expected.
  package init(_ model: LanguageModel, lexicon: Lexicon? = nil) throws(Diagnostic) {
    self.lexicon = lexicon
    let (description, tensors) = (model.description, model.tensors)
    let hidden = description.hidden
    for (name, labels) in [("upos", description.upos), ("xpos", description.xpos), ("lemmas", description.lemmas)]
    where labels.isEmpty {
      throw Diagnostic(.error, "model.labels", "the model names no \(name); expected at least one label")
    }
    upos = try tensors.linear("upos", inputs: hidden, outputs: description.upos.count)
    xpos = try tensors.linear("xpos", inputs: hidden, outputs: description.xpos.count)
    lemma = try tensors.linear("lemma", inputs: hidden, outputs: description.lemmas.count)
    arcs = try ArcHead(model)
    relations = try RelationHead(model)
    uposLabels = try Self.labels(description.upos, "a word class of Universal Dependencies") { UPOS(rawValue: $0) }
    xposLabels = try Self.labels(description.xpos, "a tag of the Penn Treebank") {
      TagNames.xpos.contains($0) ? Symbol($0) : nil
    }
    relationLabels = try Self.labels(description.relations, "a relation of Universal Dependencies") {
      TagNames.relation($0[...])
    }
    known = try LemmaTable(tensors)
    xposNames = description.xpos
    scripts = try Self.labels(description.lemmas, "a lemma script such as 1|y") { LemmaScript($0) }
  }

  private static func labels<Label>(
    _ names: [String], _ expected: String, _ make: (String) -> Label?
  ) throws(Diagnostic) -> [Label] {
    var labels: [Label] = []
    for name in names {
      guard let label = make(name) else {
        throw Diagnostic(.error, "model.labels", "the model has a label '\(name)'; expected \(expected)")
      }
      labels.append(label)
    }
    return labels
  }

  /// Adds tags, lemmas and trees.
  ///
  /// - Complexity: O(n) in tokens, times the length of their sentences for the scores of arcs.
  package func run(on document: inout Document) {
    guard let encoding = document.encoding, encoding.vectors.count == document.tokens.count else { return }
    var decoder = TreeDecoder()
    var parts: [Range<Int>] = []
    for part in SentenceParts(document.sentences, windows: encoding.windows) {
      if let first = parts.first, part.upperBound - first.lowerBound > Self.chunk {
        read(parts, encoding.vectors, &decoder, &document)
        parts.removeAll(keepingCapacity: true)
      }
      parts.append(part)
    }
    read(parts, encoding.vectors, &decoder, &document)
    joinParts(&document)
    for sentence in document.sentences { FeatureRules.derive(&document.tokens, sentence: sentence.tokens) }
  }

  /// Reads some parts of sentences that follow one another.
  private func read(
    _ parts: [Range<Int>], _ vectors: QuantizedRows, _ decoder: inout TreeDecoder, _ document: inout Document
  ) {
    guard let first = parts.first?.lowerBound, let end = parts.last?.upperBound else { return }
    let words = vectors[first..<end]
    readTags(words, from: first, &document)
    let views = arcs.views(of: words)
    /// Row of each word's head; -1 for a root.
    var heads = [Int32](repeating: -1, count: words.count)
    for part in parts {
      let rows = part.lowerBound - first..<part.upperBound - first
      for (word, head) in decoder.heads(arcs.scores(views, words: rows), count: rows.count).enumerated() {
        heads[rows.lowerBound + word] = head == 0 ? -1 : Int32(rows.lowerBound) + head - 1
      }
    }
    for (word, relation) in relations.relations(of: words, heads: heads).enumerated() {
      document.tokens[first + word].head = heads[word] < 0 ? nil : first + Int(heads[word])
      document.tokens[first + word].deprel = relationLabels[relation]
    }
  }

  private func readTags(_ words: QuantizedRows, from first: Int, _ document: inout Document) {
    let text = document.text
    let uposScores = ScoreRows(values: upos(words), width: uposLabels.count)
    let xposScores = ScoreRows(values: xpos(words), width: xposLabels.count)
    let lemmaScores = ScoreRows(values: lemma(words), width: scripts.count)
    for row in 0..<words.count {
      let span = document.tokens[first + row].span
      document.tokens[first + row].upos = uposLabels[uposScores.best(row)]
      let tag = xposScores.best(row)
      let norm = document.tokens[first + row].norm
      document.tokens[first + row].xpos = xposLabels[tag]
      document.tokens[first + row].lemma =
        known.lemma(form: norm, tag: xposNames[tag])
        ?? checked(
          scripts[lemmaScores.best(row)].lemma(norm: norm, form: text[span]), norm, document.tokens[first + row].upos)
    }
  }

  /// A guessed lemma, or that of a table's word whose form the token is: "blamed" is of "blame".
  private func checked(_ guess: String, _ norm: String, _ upos: UPOS) -> String {
    guard let lexicon else { return guess }
    let wanted: WordForm.PartOfSpeech
    switch upos {
    case .verb: wanted = .verb
    case .noun: wanted = .noun
    case .adj: wanted = .adjective
    default: return guess
    }
    let analyses = lexicon.analyses(norm).filter { $0.partOfSpeech == wanted }
    return analyses.contains { $0.lemma == guess } ? guess : analyses.first?.lemma ?? guess
  }

  /// Hangs the roots of a sentence's later parts on its first root.
  private func joinParts(_ document: inout Document) {
    for sentence in document.sentences {
      var root: Int?
      for token in sentence.tokens where document.tokens[token].head == nil {
        if let root {
          document.tokens[token].head = root
          document.tokens[token].deprel = Self.parataxis
        } else {
          root = token
        }
      }
    }
  }
}
