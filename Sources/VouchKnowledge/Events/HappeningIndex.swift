internal import VouchCore
internal import VouchLanguage

/// Brings reports of one happening together, and finds who denies it.
///
/// Reports meet only if they share a type, a participant or place, and a span of days, so the work is near-linear.
struct HappeningIndex: Sendable {
  /// The happenings, each told in one way.
  private(set) var clusters: [HappeningCluster] = []
  private var blocks: [Block: [Int]] = [:]

  private struct Block: Hashable {
    let type: String
    let modality: Modality
    let who: String
    let week: Int
  }

  /// Most happenings of a block that a report is compared with.
  private static let compared = 24
  private static let days = 8

  /// Puts the reports together; their order does not matter.
  ///
  /// - Parameter occurrences: Reports, with unique keys.
  /// - Complexity: O(n log n).
  init(_ occurrences: [Occurrence]) {
    // The most exact first, so that the vague ones find something to join.
    for occurrence in occurrences.sorted(by: Self.precedes) {
      // A bare statement is told apart by its words, which are another node's.
      let found = occurrence.type == "STATEMENT" ? nil : match(occurrence)
      if let (cluster, rule) = found {
        clusters[cluster].add(occurrence, by: rule)
        register(cluster, occurrence)
      } else {
        clusters.append(HappeningCluster(occurrence))
        register(clusters.count - 1, occurrence)
      }
    }
  }

  private static func precedes(_ a: Occurrence, _ b: Occurrence) -> Bool {
    let left = vagueness(a)
    let right = vagueness(b)
    return left == right ? a.key.precedesBytewise(b.key) : left < right
  }

  private static func vagueness(_ a: Occurrence) -> (Int, Int, Int) {
    let exactness = a.date.map { $0.day != nil ? 0 : $0.month != nil ? 1 : 2 } ?? 3
    return (exactness, a.date?.dayNumber ?? a.published ?? .max, -a.participants.count)
  }

  /// The one happening that a report tells of; `nil` if there is none, or if it may be either of two days.
  private func match(_ occurrence: Occurrence) -> (cluster: Int, rule: String)? {
    var best: (cluster: Int, rule: String)?
    var days: Set<Int> = []
    for index in candidates(for: occurrence, modality: occurrence.modality) {
      let cluster = clusters[index]
      guard !cluster.articles.contains(occurrence.article),
        let rule = cluster.rule(for: occurrence)
      else { continue }
      if let date = cluster.date { days.insert(date.dayNumber) }
      if best == nil { best = (index, rule) }
    }
    return occurrence.date == nil && days.count > 1 ? nil : best
  }

  /// The happenings that an occurrence may be compared with, ascending.
  private func candidates(for occurrence: Occurrence, modality: Modality) -> [Int] {
    var found: Set<Int> = []
    for who in Self.handles(occurrence) {
      for week in Self.weeks(occurrence) {
        for near in week - 1...week + 1 {
          let block = Block(type: occurrence.type, modality: modality, who: who, week: near)
          found.formUnion(blocks[block, default: []].suffix(Self.compared))
        }
      }
    }
    return found.sorted()
  }

  private mutating func register(_ cluster: Int, _ occurrence: Occurrence) {
    for who in Self.handles(occurrence) {
      for week in Self.weeks(occurrence) {
        let block = Block(type: occurrence.type, modality: occurrence.modality, who: who, week: week)
        if blocks[block]?.last != cluster { blocks[block, default: []].append(cluster) }
      }
    }
  }

  /// Participants, pairs of them (which part the many happenings of well-known people), and the place.
  private static func handles(_ occurrence: Occurrence) -> [String] {
    let some = occurrence.participants.sorted { $0.precedesBytewise($1) }.prefix(6)
    var handles = Array(some)
    for (index, first) in some.enumerated() {
      for second in some.dropFirst(index + 1) { handles.append(first + "\u{1F}" + second) }
    }
    return handles + [occurrence.place.map { "\u{1F}" + $0 }].compactMap(\.self)
  }

  private static func weeks(_ occurrence: Occurrence) -> Set<Int> {
    Set(
      [occurrence.date?.dayNumber, occurrence.published].compactMap {
        $0.map { Int((Double($0) / Double(days)).rounded(.down)) }
      })
  }

  /// A happening that some tell of and others deny.
  struct Denial: Sendable {
    let affirmed: Int
    let denied: Int
    let rule: String
  }

  /// Happenings that are told or alleged by some and denied or negated by others, ascending.
  ///
  /// A denial may leave out who did it ("no such attack happened"): then it denies what its own article told of in the same words.
  ///
  /// - Complexity: O(n).
  func denials() -> [Denial] {
    var denials: [Denial] = []
    var byArticle: [ArticleType: [Int]] = [:]
    for (index, cluster) in clusters.enumerated() where cluster.modality.isAffirmed {
      for member in cluster.members {
        byArticle[ArticleType(article: member.article, type: member.type), default: []].append(index)
      }
    }
    for (index, cluster) in clusters.enumerated() where cluster.modality.isDenied {
      var affirmed: [Int: String] = [:]
      for member in cluster.members {
        for modality in [Modality.asserted, .alleged] {
          for other in candidates(for: member, modality: modality) where affirmed[other] == nil {
            if clusters[other].rule(for: member, isDenial: true) != nil { affirmed[other] = "conflict.denied" }
          }
        }
        let near = byArticle[ArticleType(article: member.article, type: member.type)] ?? []
        for other in near.prefix(Self.compared) where affirmed[other] == nil {
          if clusters[other].isDenied(inArticleBy: member) { affirmed[other] = "conflict.denied-nearby" }
        }
      }
      denials += affirmed.sorted { $0.key < $1.key }.map { Denial(affirmed: $0.key, denied: index, rule: $0.value) }
    }
    return denials
  }

  private struct ArticleType: Hashable {
    let article: Int
    let type: String
  }
}

extension HappeningCluster {
  /// Whether a denial in an article that also tells of this happening means it: same words, nobody named that it does not name.
  fileprivate func isDenied(inArticleBy denial: Occurrence) -> Bool {
    guard denial.modality == .denied || denial.participants.isEmpty,
      mode == nil || denial.mode == nil || mode == denial.mode,
      denial.participants.isSubset(of: agents.union(recipients)),
      denial.date == nil || date == nil || denial.date == date,
      denial.place == nil || place == nil || denial.place == place
    else { return false }
    return members.contains { $0.article == denial.article && !$0.trigger.isDisjoint(with: denial.trigger) }
  }
}
