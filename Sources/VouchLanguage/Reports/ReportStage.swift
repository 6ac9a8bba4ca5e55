package import VouchCore

/// Finds what the article reports as somebody's words: spans of sources, cues and contents, and which belong together.
///
/// The dependency tree completes and divides what the model finds.
package struct ReportStage: Stage {
  package static let id: Symbol = "reports/2"
  package static let requires: Layers = [.tokens, .encoding, .sentences, .syntax]
  package static let assigns: Layers = .reports

  private static let hiddenWidth = 256
  private static let width = 128
  private static let tagNames = ["O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content"]
  private static let (source, cue, content) = (0, 1, 2)
  /// What is added where a span begins right behind another ("behind/beginning"): in the corpus of training these touch less
  /// often than chance would have it, by the logarithm for one role, and by about half of it where the labeller knows the rest.
  private static let touching: [String: Float] = [
    "source/source": -3, "cue/cue": -3, "content/content": -1, "source/content": -2, "content/cue": -0.7,
  ]
  /// Least confidence in a report whose cue is no word known to report: with a source, without one.
  private static let (likely, sure) = (0.5, 0.6)

  private let hidden: Linear
  private let output: Linear
  private let query: Linear
  private let key: Linear
  private let bilinear: Linear
  private let tags: SpanTags
  private let kernel: Kernel
  private let words: CueWords

  /// Takes the heads `attribution.…` of a model, and the words that report.
  ///
  /// - Throws: A `Diagnostic` for a tensor that is missing or of another shape.
  package init(_ model: LanguageModel, words: CueWords) throws(Diagnostic) {
    self.words = words
    guard let tags = SpanTags(Self.tagNames, touching: { Self.touching["\($0)/\($1)"] ?? 0 }) else {
      throw Diagnostic(.error, "model.attribution", "the tags of reports are no tags of spans")
    }
    self.tags = tags
    let (tensors, inputs) = (model.tensors, model.description.hidden)
    kernel = tensors.kernel
    hidden = try tensors.linear("attribution.hidden", inputs: inputs, outputs: Self.hiddenWidth)
    output = try tensors.linear("attribution.output", inputs: Self.hiddenWidth, outputs: tags.count)
    query = try tensors.linear("attribution.query", inputs: inputs, outputs: Self.width)
    key = try tensors.linear("attribution.key", inputs: inputs, outputs: Self.width)
    bilinear = try tensors.linear("attribution.bilinear", inputs: Self.width, outputs: Self.width)
  }

  /// Adds the reports, in the order of their contents.
  ///
  /// - Complexity: O(n) in tokens, times the number of spans in a window.
  package func run(on document: inout Document) {
    guard let encoding = document.encoding, encoding.vectors.count == document.tokens.count else { return }
    var reports: [Report] = []
    var tools: (marks: QuotedTokens, trees: ReportTrees)?
    for window in encoding.windows where window.upperBound <= document.tokens.count {
      let words = encoding.vectors[window]
      let scores = output(hidden.quantized(words, .gelu))
      let spans = tags.spans(scores, rows: 0..<words.count)
      guard spans.contains(where: { $0.label == Self.content }) else { continue }
      let known = tools ?? (QuotedTokens(document), ReportTrees(document))
      tools = known
      let rows = ScoreRows(values: scores, width: tags.count)
      for group in ReportGroups.groups(pointers(words, spans)) {
        let (parts, confidence) = parts(group.map { spans[$0] }, rows, window.lowerBound)
        for var parts in known.trees.reports(parts) {
          parts.content = parts.content.map { known.marks.unquoted($0, document) }.filter { !$0.isEmpty }
          guard !parts.content.isEmpty else { continue }
          let report = Report(
            source: parts.source, cue: parts.cue, content: parts.content,
            form: known.marks.form(parts.content, document), confidence: confidence)
          if isReport(report, document) { reports.append(report) }
        }
      }
    }
    let marks = tools?.marks ?? QuotedTokens(document)
    reports += CueClauses(document, words, marks).missing(from: reports)
    document.reports = reports.sorted { $0.content[0].lowerBound < $1.content[0].lowerBound }
  }

  /// Whether a report is sure enough: one without source and cue must be quoted, one without a word known to report must
  /// be likely.
  private func isReport(_ report: Report, _ document: Document) -> Bool {
    if report.cue.isEmpty, report.form != .direct { return false }
    if report.cue.joined().contains(where: { words.isCue(document.tokens[$0].lemma) }) { return true }
    return report.form == .direct || report.confidence.value >= (report.source.isEmpty ? Self.sure : Self.likely)
  }

  /// How much each span points to the start of each: the mean over its words.
  ///
  /// A word's scores for the words of its window may differ by a constant from the logarithms of a softmax, which moves all
  /// means of a span alike.
  private func pointers(_ words: QuantizedRows, _ spans: [SpanTags.Found]) -> [[Float]] {
    let asked = bilinear(query.quantized(words[spans.flatMap(\.words)], .gelu))
    let keys = key(words[spans.map(\.words.lowerBound)], .gelu)
    let products = DotProducts.of(asked, keys, width: Self.width, kernel: kernel)
    var row = 0
    return spans.map { span in
      var sums = [Float](repeating: 0, count: spans.count)
      for _ in span.words {
        for anchor in spans.indices { sums[anchor] += products[row * spans.count + anchor] }
        row += 1
      }
      return sums.map { $0 / Float(span.words.count) }
    }
  }

  /// The spans of a group, in tokens of the document, and the mean probability of their tags.
  private func parts(
    _ spans: [SpanTags.Found], _ rows: ScoreRows, _ first: Int
  ) -> (parts: ReportParts, confidence: Confidence) {
    func tokens(_ label: Int) -> [Range<Int>] {
      spans.filter { $0.label == label }.map { first + $0.words.lowerBound..<first + $0.words.upperBound }
    }
    var (sum, count) = (0.0, 0)
    for span in spans {
      let columns = tags.columns(of: span.label)
      for word in span.words { sum += rows.probability(of: columns, in: word) }
      count += span.words.count
    }
    return (
      ReportParts(source: tokens(Self.source), cue: tokens(Self.cue), content: tokens(Self.content)),
      Confidence(sum / Double(max(count, 1)))
    )
  }
}
