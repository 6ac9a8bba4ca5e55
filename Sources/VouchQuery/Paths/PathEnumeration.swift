/// The paths between two states that pass no node twice, best first.
///
/// Sources: Yen, "Finding the k shortest loopless paths in a network" (1971); Lawler, "A procedure for computing the k best
/// solutions of discrete optimization problems" (1972): every path found splits the paths behind it by the hop in which
/// they part from it, so that none is looked for twice.
struct PathEnumeration<Engine: PathEngine> {
  private(set) var engine: Engine
  private let goal: Int
  private let maxHops: Int
  private var heap = PathHeap<Candidate>()
  private var start: Int?
  /// The path given last, not split yet.
  private var last: Candidate?

  /// The best path of those that begin with the first `at` + 1 states of it and do not go on to `avoided`.
  private struct Candidate: Comparable {
    let path: FoundPath
    let at: Int
    let avoided: [Int]

    static func < (a: Candidate, b: Candidate) -> Bool { a.path < b.path }
    static func == (a: Candidate, b: Candidate) -> Bool { a.path == b.path }
  }

  init(_ engine: Engine, from start: Int, to goal: Int, maxHops: Int) {
    self.engine = engine
    self.start = start
    self.goal = goal
    self.maxHops = maxHops
  }

  /// The next path; `nil` if there are no more.
  ///
  /// - Throws: As `PathEngine.best` does.
  /// - Complexity: One search for every hop of the path given before.
  mutating func next() throws -> FoundPath? {
    if let start {
      self.start = nil
      try add(root: [start], avoiding: [])
    } else if let last {
      try split(last)
    }
    while let candidate = heap.removeFirst() {
      // A walk over layers may pass a node twice, on different layers: it is split, not given.
      guard isSimple(candidate.path.states) else {
        try split(candidate)
        continue
      }
      last = candidate
      return candidate.path
    }
    last = nil
    return nil
  }

  /// Looks for the best path of each part of those behind a candidate.
  private mutating func split(_ candidate: Candidate) throws {
    let states = candidate.path.states
    for position in candidate.at..<simplePrefix(of: states) {
      let avoided = position == candidate.at ? candidate.avoided : []
      try add(root: Array(states[...position]), avoiding: avoided + [engine.space.node(of: states[position + 1])])
    }
  }

  private mutating func add(root: [Int], avoiding avoided: [Int]) throws {
    guard let path = try engine.best(from: root, avoiding: avoided, to: goal, maxHops: maxHops) else { return }
    heap.insert(Candidate(path: path, at: root.count - 1, avoided: avoided))
  }

  /// The first position whose hop no simple path can share: the one to a node passed before, else the end.
  private func simplePrefix(of states: [Int]) -> Int {
    var seen: Set<Int> = []
    for (index, state) in states.enumerated() where !seen.insert(engine.space.node(of: state)).inserted { return index }
    return states.count - 1
  }

  private func isSimple(_ states: [Int]) -> Bool { Set(states.map(engine.space.node(of:))).count == states.count }
}
