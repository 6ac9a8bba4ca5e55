/// A search for the best path between two states.
protocol PathEngine {
  associatedtype Space: PathSpace
  var space: Space { get set }
  /// Why the last search found nothing.
  var deadEnd: PathDeadEnd { get }
  /// Entries of neighbour lists that were looked at.
  var looked: Int { get }

  /// The best path that begins with `root`, does not go on from there to any node of `avoided`, and never returns to a node of
  /// `root`; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - root: States that follow each other by admitted hops; not empty.
  ///   - maxHops: Most hops of the whole path.
  /// - Throws: `SearchStop` or `Corruption`.
  mutating func best(from root: [Int], avoiding avoided: [Int], to goal: Int, maxHops: Int) throws -> FoundPath?

  /// Adds the best `count` paths that pass no node twice, best first, to those found; paths that were found before an error
  /// stay.
  mutating func find(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath]) throws

  /// The same for those that weigh as little and are as short as the best one.
  ///
  /// - Returns: Number of them, listed or not, `Int.max` for that many or more; `nil` if they were not counted.
  mutating func findShortest(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath]) throws
    -> Int?
}

extension PathEngine {
  mutating func find(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath]) throws {
    try enumerate(count, from: start, to: goal, maxHops: maxHops, &found)
  }

  mutating func findShortest(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath]) throws
    -> Int?
  {
    try enumerateShortest(count, from: start, to: goal, maxHops: maxHops, &found)
  }

  /// `find` by looking for one path after the other.
  mutating func enumerate(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath]) throws {
    var enumeration = PathEnumeration(self, from: start, to: goal, maxHops: maxHops)
    defer { self = enumeration.engine }
    while found.count < count, let path = try enumeration.next() { found.append(path) }
  }

  /// `findShortest` by looking for one path after the other.
  mutating func enumerateShortest(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath])
    throws -> Int?
  {
    var enumeration = PathEnumeration(self, from: start, to: goal, maxHops: maxHops)
    defer { self = enumeration.engine }
    while found.count < count {
      guard let path = try enumeration.next() else { return found.count }
      if let best = found.first, (path.key.weight, path.key.hops) != (best.key.weight, best.key.hops) {
        return found.count
      }
      found.append(path)
    }
    return nil
  }
}

/// Where a search that found no path came to its end.
public struct PathDeadEnd: Sendable, Hashable {
  /// What kept it from going on.
  public enum Cause: Sendable {
    /// Everything that can be reached from the start was; or from the goal. From the other end nobody looked further.
    case startExhausted, goalExhausted
    /// Paths of more hops are not allowed.
    case hopLimit
  }

  /// What kept it from going on.
  public let cause: Cause
  /// Nodes reached from each end, which itself does not count.
  public let fromStart, fromGoal: Int
}
