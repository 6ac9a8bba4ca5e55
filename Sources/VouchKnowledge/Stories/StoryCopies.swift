internal import VouchCore

/// Finds articles that carry one story: copied, shortened, or lightly edited.
enum StoryCopies {
  /// Two articles, by their index, that carry one story.
  struct Pair: Sendable {
    let first: Int
    let second: Int
    let rule: Symbol
    /// The part of the shorter one that the longer one has.
    let confidence: Confidence
  }

  /// So much of the shorter story must stand in the longer one; less if both name one agency.
  private static let containment = 0.5
  private static let containmentOfAgency = 0.2
  /// Stories shorter than that many shingles say too little.
  private static let minimum = 20
  /// Most articles that are remembered for a shingle, and compared with an article.
  private static let remembered = 32
  private static let compared = 8
  /// Most copies that are connected with an article; the others are connected with these.
  private static let connected = 3

  /// Compares articles that share shingles.
  ///
  /// - Parameters:
  ///   - stories: In canonical order.
  ///   - agencies: The agency that each names.
  /// - Complexity: O(n) in the length of all stories.
  static func pairs(_ stories: [Story], agencies: [String?]) -> [Pair] {
    var index: [UInt64: [Int]] = [:]
    var pairs: [Pair] = []
    for (number, story) in stories.enumerated() where story.shingles.count >= minimum {
      let sample = story.sample
      var shared: [Int: Int] = [:]
      for hash in sample { for other in index[hash] ?? [] { shared[other, default: 0] += 1 } }
      let nearest = shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(compared).map(\.key).sorted()
      var found: [Pair] = []
      for other in nearest {
        let part =
          Double(story.shared(with: stories[other])) / Double(min(story.shingles.count, stories[other].shingles.count))
        let isAgency = agencies[number] != nil && agencies[number] == agencies[other]
        guard part >= (isAgency ? containmentOfAgency : containment) else { continue }
        found.append(
          Pair(
            first: other, second: number, rule: isAgency ? "story.agency-copy" : "story.near-duplicate",
            confidence: Confidence(part)))
      }
      found.sort { ($1.confidence, $0.first) < ($0.confidence, $1.first) }
      pairs += found.prefix(connected)
      for hash in sample {
        index[hash, default: []].append(number)
        if let count = index[hash]?.count, count > remembered { index[hash]?.removeFirst() }
      }
    }
    return pairs
  }
}
