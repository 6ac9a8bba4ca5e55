internal import VouchCore
internal import VouchLanguage
internal import VouchOntology

/// Which mention each token belongs to.
struct MentionMap {
  /// Most tokens of a mention that is placed: longer descriptions lie around each other in texts made to be slow.
  private static let longest = 48

  /// Index of the shortest mention that covers a token; -1 where none does, or only one of more than 48 tokens.
  private(set) var mention: [Int]
  /// The tokens of each mention, of a long one the first.
  private(set) var tokens: [Range<Int>]

  /// Places mentions, ascending by their spans, on the tokens of a document.
  ///
  /// - Complexity: O(n + m · log n) for n tokens and m mentions.
  init(_ mentions: [Mention], _ document: Document) {
    mention = Array(repeating: -1, count: document.tokens.count)
    tokens = []
    tokens.reserveCapacity(mentions.count)
    for (index, found) in mentions.enumerated() {
      let span = found.evidence.span
      var (low, high) = (0, document.tokens.count)
      while low < high {
        let middle = (low + high) / 2
        if document.tokens[middle].span.end <= span.start { low = middle + 1 } else { high = middle }
      }
      var end = low
      while end < document.tokens.count, end - low <= Self.longest, document.tokens[end].span.start < span.end {
        end += 1
      }
      tokens.append(low..<end)
      guard end - low <= Self.longest else { continue }
      for token in low..<end where mention[token] < 0 || tokens[mention[token]].count > end - low {
        mention[token] = index
      }
    }
  }
}
