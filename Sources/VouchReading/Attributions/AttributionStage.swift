internal import VouchArticles
package import VouchCore
package import VouchLanguage

/// Turns reports into attributions: finds for each the entity that its source names.
package struct AttributionStage: Stage {
  package static let id: Symbol = "attributions/3"
  package static let requires: Layers = [.sentences, .tokens, .syntax, .entities, .reports]
  package static let assigns: Layers = .attributions

  /// Makes the stage.
  package init() {}

  /// Adds the attributions, in the order of their contents; one whose source names no actor known stays without.
  ///
  /// - Complexity: O(r · log m) for r reports and m mentions.
  package func run(on document: inout Document) {
    let speakers = Speakers(document)
    var attributions: [Attribution] = []
    var last: (entity: Int, block: Int)?
    for report in document.reports where document.isRead(token: report.content[0].lowerBound) {
      func spans(_ pieces: [Range<Int>]) -> [Span] { pieces.map { document.span(of: $0) } }
      let (source, cue, content) = (spans(report.source), spans(report.cue), spans(report.content))
      let passage = (source + cue + content).reduce(nil as Span?) { $0?.union($1) ?? $1 }
      guard let passage,
        let evidence = try? document.evidence(
          passage, rule: Self.rule(report), confidence: report.confidence)
      else { continue }
      let speaker = speakers.entity(of: report.source, after: last)
      if let speaker { last = (speaker, document.tokens[report.content[0].lowerBound].block) }
      attributions.append(
        Attribution(
          source: speaker, sourceSpans: source, cue: cue, content: content,
          form: report.form, evidence: evidence))
    }
    document.attributions = attributions
  }

  private static func rule(_ report: Report) -> Symbol {
    Symbol("attribution." + report.origin.rawValue + "." + report.form.rawValue)
  }
}
