/// What searches of one graph file have found out before, so that hubs are unpacked and links judged once.
final class SearchCache {
  /// Most neighbours that are kept: 128 MiB.
  private static let capacity = 1 << 25
  /// Shorter lists are unpacked as fast as found.
  static let shortest = 16

  private var lists: [Int: [UInt32]] = [:]
  private var count = 0
  /// Entries of lists, not unpacked, that were looked at so far to find neighbours.
  private var looked: [Int: Int] = [:]

  /// The list whose entries begin with `entry`.
  subscript(_ entry: Int) -> [UInt32]? { lists[entry] }

  /// Whether nodes have been looked for in a list so often, with `count` more, that unpacking it would have cost no more.
  func isWorthUnpacking(_ entries: Range<Int>, toFind count: Int) -> Bool {
    let steps = Int.bitWidth - entries.count.leadingZeroBitCount
    looked[entries.lowerBound, default: 0] += 2 * count * steps
    return looked[entries.lowerBound, default: 0] >= entries.count
  }

  /// Keeps a list, if there is room.
  func keep(_ list: [UInt32], at entry: Int) {
    guard list.count >= Self.shortest, count + list.count <= Self.capacity else { return }
    count += list.count
    lists[entry] = list
  }

  /// What a filter says of each link: 0 unknown, 1 not admitted, 2 admitted, else admitted with a support of 3 less.
  private(set) var verdicts: StateNumbers<UInt16>?
  /// Weights of the links whose support is known; `nil` if hops are counted.
  private(set) var weights: StateNumbers<UInt32>?
  private var criteria: EvidenceFilter.Criteria?

  /// Forgets what was said of links by other criteria.
  func judge(by criteria: EvidenceFilter.Criteria, linkCount: Int) {
    guard self.criteria != criteria else { return }
    self.criteria = criteria
    verdicts = StateNumbers(count: linkCount)
    weights = criteria.weight == .hops ? nil : StateNumbers(count: linkCount)
  }
}
