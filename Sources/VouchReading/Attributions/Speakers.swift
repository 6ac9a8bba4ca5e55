internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

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
