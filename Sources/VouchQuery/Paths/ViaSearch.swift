/// Finds paths that pass some nodes in order, from one of these to the next, best first.
///
/// The best way of the first leg is tried first; the rest of the path then avoids its nodes. Until the rest is found, a bound stands
/// for it: what the other legs take at least if nothing is to be avoided. So ways of the first leg are tried only as long
/// as they may be part of the best path.
///
/// Source: Lawler, "A procedure for computing the k best solutions of discrete optimization problems" (1972).
struct ViaSearch<Engine: PathEngine> where Engine.Space == GraphSpace<EvidenceFilter> {
  /// What the searches of all legs share.
  final class Shared {
    var engine: Engine
    /// The nodes from start to goal.
    let stops: [Int]
    /// What the legs from each stop on take at least.
    fileprivate(set) var bounds: [PathKey]

    init(_ engine: Engine, stops: [Int]) {
      self.engine = engine
      self.stops = stops
      bounds = stops.map { _ in PathKey() }
    }

    fileprivate var legCount: Int { stops.count - 1 }

    /// Whether a path could leave a node only to where it came from.
    fileprivate func isDeadEndStreet(_ node: Int) throws -> Bool {
      let entries = try engine.space.entries(of: node, .start)
      var only: Int?
      for range in [entries.first, entries.second] {
        for entry in range where try engine.space.admits(entry: entry, of: node, .start) {
          let neighbour = try engine.space.neighbour(entry)
          if let only, only != neighbour { return false }
          only = neighbour
        }
      }
      return only != nil
    }

    /// The best `count` ways of a leg.
    fileprivate func ways(_ leg: Int, _ count: Int, avoiding avoided: Set<Int>, maxHops: Int) throws -> [FoundPath] {
      engine.space.avoided = avoided.union(stops)
      var found: [FoundPath] = []
      try engine.find(count, from: stops[leg], to: stops[leg + 1], maxHops: maxHops, &found)
      return found
    }
  }

  let shared: Shared
  private let maxHops: Int
  private var rest: Rest?
  /// Whether there is no path as the only neighbour of a stop would be passed twice.
  private(set) var isDeadEndStreet = false

  /// Why nothing was found: a leg came to a dead end, or none that did not pass a node twice is short enough.
  var deadEnd: PathDeadEnd {
    let end = shared.engine.deadEnd
    return rest == nil ? end : PathDeadEnd(cause: .hopLimit, fromStart: end.fromStart, fromGoal: end.fromGoal)
  }

  init(_ shared: Shared, maxHops: Int) {
    self.shared = shared
    self.maxHops = maxHops
  }

  /// The next path; `nil` if there are no more.
  ///
  /// - Throws: As `PathEngine.best` does.
  /// - Complexity: One search for each way of a leg that may be part of a path as good.
  mutating func next() throws -> FoundPath? {
    if rest == nil {
      for stop in shared.stops.dropFirst().dropLast() where try shared.isDeadEndStreet(stop) {
        isDeadEndStreet = true
        return nil
      }
      for leg in stride(from: shared.legCount - 1, through: 0, by: -1) {
        let most = maxHops - (shared.legCount - 1)
        guard let best = try shared.ways(leg, 1, avoiding: [], maxHops: most).first else { return nil }
        shared.bounds[leg] = shared.bounds[leg + 1] + best.key
      }
      rest = Rest(shared, leg: 0, avoided: [], maxHops: maxHops)
    }
    return try rest?.next()
  }

  /// The paths from one of the stops to the goal that avoid some nodes, best first.
  private final class Rest {
    private let shared: Shared
    private let leg: Int
    private let avoided: Set<Int>
    private let maxHops: Int
    /// Ways of the first leg that were found, best first; how many of them were taken, and whether there are no others.
    private var ways: [FoundPath] = []
    private var taken = 0
    private var isComplete = false
    private var heap = PathHeap<Candidate>()
    private var hasBegun = false

    /// A way of the first leg with a bound for what follows it, or a whole path with where it came from.
    private struct Candidate: Comparable {
      let way: FoundPath
      let path: FoundPath
      let rest: Rest?

      static func < (a: Candidate, b: Candidate) -> Bool {
        if a.path.key != b.path.key { return a.path.key < b.path.key }
        // What is only bounded may turn out to come first.
        if (a.rest == nil) != (b.rest == nil) { return a.rest == nil }
        return a.path < b.path
      }
      static func == (a: Candidate, b: Candidate) -> Bool { a.path == b.path && (a.rest == nil) == (b.rest == nil) }
    }

    init(_ shared: Shared, leg: Int, avoided: Set<Int>, maxHops: Int) {
      self.shared = shared
      self.leg = leg
      self.avoided = avoided
      self.maxHops = maxHops
    }

    func next() throws -> FoundPath? {
      guard leg < shared.legCount - 1 else { return try nextWay() }
      if !hasBegun {
        hasBegun = true
        try tryNextWay()
      }
      while let candidate = heap.removeFirst() {
        if let rest = candidate.rest {
          try add(candidate.way, rest)
          return candidate.path
        }
        try tryNextWay()
        let rest = Rest(
          shared, leg: leg + 1, avoided: avoided.union(candidate.way.states),
          maxHops: maxHops - candidate.way.key.hops)
        try add(candidate.way, rest)
      }
      return nil
    }

    /// Makes the next way of the first leg a candidate.
    private func tryNextWay() throws {
      guard let way = try nextWay() else { return }
      heap.insert(
        Candidate(
          way: way, path: FoundPath(states: way.states, key: way.key + shared.bounds[leg + 1]), rest: nil))
    }

    /// Makes a way with the next path that may follow it a candidate.
    private func add(_ way: FoundPath, _ rest: Rest) throws {
      guard let path = try rest.next() else { return }
      heap.insert(
        Candidate(
          way: way, path: FoundPath(states: way.states + path.states.dropFirst(), key: way.key + path.key), rest: rest))
    }

    private func nextWay() throws -> FoundPath? {
      if taken == ways.count, !isComplete {
        // Finding them anew is cheaper than looking for one after the other.
        let count = max(1, 8 * ways.count)
        ways = try shared.ways(leg, count, avoiding: avoided, maxHops: maxHops - (shared.legCount - 1 - leg))
        isComplete = ways.count < count
      }
      guard taken < ways.count else { return nil }
      taken += 1
      return ways[taken - 1]
    }
  }
}
