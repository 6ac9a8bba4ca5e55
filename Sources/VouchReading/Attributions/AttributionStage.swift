internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Turns reports into attributions: finds for each the entity that its source names.
struct AttributionStage: Stage {
  static let id: Symbol = "attributions/2"
  static let requires: Layers = [.sentences, .tokens, .syntax, .entities, .reports]
  static let assigns: Layers = .attributions

  /// Adds the attributions, in the order of their contents; one whose source names no actor known stays without.
  ///
  /// - Complexity: O(r · log m) for r reports and m mentions.
  func run(on document: inout Document) {
    let speakers = Speakers(document)
    var attributions: [Attribution] = []
    for report in document.reports {
      func spans(_ pieces: [Range<Int>]) -> [Span] { pieces.map { document.span(of: $0) } }
      let (source, cue, content) = (spans(report.source), spans(report.cue), spans(report.content))
      let passage = (source + cue + content).reduce(nil as Span?) { $0?.union($1) ?? $1 }
      guard let passage,
        let evidence = try? document.evidence(
          passage, rule: Self.rule(report.form), confidence: report.confidence)
      else { continue }
      attributions.append(
        Attribution(
          source: speakers.entity(of: report.source), sourceSpans: source, cue: cue, content: content,
          form: report.form, evidence: evidence))
    }
    document.attributions = attributions
  }

  private static let (direct, indirect, mixed): (Symbol, Symbol, Symbol) = (
    "attribution.model.direct", "attribution.model.indirect", "attribution.model.mixed"
  )

  private static func rule(_ form: Report.Form) -> Symbol {
    switch form {
    case .direct: return direct
    case .indirect: return indirect
    case .mixed: return mixed
    }
  }
}

/// Finds the entities that sources of reports name.
struct Speakers {
  /// Mentions that begin before a span and reach into it are looked for this far back.
  private static let reach = 32

  private let document: Document

  init(_ document: Document) { self.document = document }

  /// The actor whose mention shares most bytes with a source; one that covers the source's syntactic head goes before all
  /// others, and of equal ones the first.
  func entity(of source: [Range<Int>]) -> Int? {
    guard let head = head(of: source).map({ document.tokens[$0].span }) else { return nil }
    var best: (entity: Int, coversHead: Bool, shared: Int)?
    for span in source.lazy.filter({ !$0.isEmpty }).map({ document.span(of: $0) }) {
      for index in mentions(near: span) {
        let mention = document.mentions[index]
        let words = mention.evidence.span
        guard words.overlaps(span), isActor(mention.entity) else { continue }
        let shared = Int(min(words.end, span.end) - max(words.start, span.start))
        let coversHead = words.overlaps(head)
        if let best, best.coversHead ? !coversHead || shared <= best.shared : !coversHead && shared <= best.shared {
          continue
        }
        best = (mention.entity, coversHead, shared)
      }
    }
    return best?.entity
  }

  /// The first token of some pieces that depends on none of them.
  private func head(of pieces: [Range<Int>]) -> Int? {
    pieces.joined().first { token in
      guard let head = document.tokens[token].head else { return true }
      return !pieces.contains { $0.contains(head) }
    }
  }

  private func isActor(_ entity: Int) -> Bool {
    [.person, .organization, .government, .group].contains(document.entities[entity].kind)
  }

  /// The mentions that may share a byte with a span.
  private func mentions(near span: Span) -> Range<Int> {
    func first(from offset: UInt32) -> Int {
      var (low, high) = (0, document.mentions.count)
      while low < high {
        let middle = (low + high) / 2
        if document.mentions[middle].evidence.span.start < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return max(0, first(from: span.start) - Self.reach)..<first(from: span.end)
  }
}
