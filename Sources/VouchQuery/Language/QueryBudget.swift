/// What a query may cost: it is given up when it has looked at too much or run too long.
///
/// The time decides only whether there is an answer, never which.
final class QueryBudget {
  private static let ticksBetweenClocks = 4096

  /// How much was looked at: edges, nodes tried, rows made.
  private(set) var spent = 0
  private let limit: Int
  private let deadline: ContinuousClock.Instant?
  private let seconds: Double
  private var untilClock = ticksBetweenClocks

  init(work: Int = 100_000_000, seconds: Double? = nil) {
    limit = work
    self.seconds = seconds ?? 0
    deadline = seconds.map { ContinuousClock.now.advanced(by: .seconds($0)) }
  }

  @inline(__always)
  func spend(_ amount: Int = 1) throws(QueryError) {
    spent += amount
    untilClock -= 1
    if spent > limit || untilClock <= 0 { try check() }
  }

  private func check() throws(QueryError) {
    untilClock = Self.ticksBetweenClocks
    if spent > limit {
      throw QueryError(
        .budget,
        "the query was given up after it had looked at \(limit) nodes, edges and rows; name an end, bound the hops, or raise --budget"
      )
    }
    if let deadline, ContinuousClock.now > deadline {
      throw QueryError(
        .timeout,
        "the query was given up after \(seconds) seconds; name an end, bound the hops, or raise --timeout")
    }
  }
}
