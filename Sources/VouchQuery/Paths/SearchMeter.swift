/// How much a search may do.
public struct SearchLimits: Sendable {
  /// Most entries of neighbour lists that it may look at.
  public var budget = 50_000_000
  /// Longest time that it may take; `nil` for any. Where it ends a search, the answer says so.
  public var timeout: Duration?

  /// The default budget, and no timeout.
  public init() {}
}

/// Why a search stopped before its end.
public enum SearchStop: Error, Sendable, Hashable {
  /// It looked at as many entries as it may.
  case budget(looked: Int)
  /// It took as long as it may, having looked at so many entries.
  case timeout(looked: Int)
}

/// Counts what a search looks at, and stops it.
struct SearchMeter: Sendable {
  private static let clockInterval = 1 << 14

  private(set) var looked = 0
  private let budget: Int
  private let deadline: ContinuousClock.Instant?
  private var nextLook = 0

  init(_ limits: SearchLimits) {
    budget = limits.budget
    deadline = limits.timeout.map { .now + $0 }
  }

  /// Notes that entries are looked at.
  @inline(__always)
  mutating func look(_ count: Int) throws(SearchStop) {
    looked &+= count
    if looked > budget { throw .budget(looked: looked) }
    if deadline != nil, looked >= nextLook { try checkClock() }
  }

  private mutating func checkClock() throws(SearchStop) {
    nextLook = looked + Self.clockInterval
    if let deadline, ContinuousClock.now >= deadline { throw .timeout(looked: looked) }
  }
}
