internal import VouchStore

/// Finds all shortest paths between two states, by number of hops, from both ends at once.
///
/// Both sides grow by whole levels, the cheaper one each time. Before a side grows, the hops between the newest levels of both
/// are looked for: a hub of the one level and a few nodes of the other are not joined by a walk over the hub's neighbours
/// but by bisecting them, so that paths through hubs are found without unfolding a single one. What is not admitted never
/// enters a level that others grow from: a new level, often larger than all before, is first made of all neighbours, as
/// the hops to it need be judged only where paths use them, and made again of the admitted ones if there are no such paths.
struct LayeredSearch<Space: PathSpace>: PathEngine {
  var space: Space
  var looked: Int { meter.looked }
  private var meter: SearchMeter
  private(set) var deadEnd = PathDeadEnd(cause: .startExhausted, fromStart: 0, fromGoal: 0)

  /// Most hops of a path, so that marks have room for levels.
  private static var maxHops: Int { 1 << 20 }

  private let startMarks, goalMarks: StateNumbers<UInt32>
  /// States that hops are looked for to; those with the newest mark.
  private let choiceMarks: StateNumbers<UInt32>
  private var choice: UInt32 = 0
  /// A mark is the level of a state above this, so that the marks of earlier searches are below it.
  private var epoch: UInt32 = 1

  /// States reached from one end, by level.
  private struct Side {
    let end: PathEnd
    let marks: StateNumbers<UInt32>
    var states: [Int]
    /// Where each level starts in `states`.
    var levels = [0]

    init(_ end: PathEnd, _ marks: StateNumbers<UInt32>, _ state: Int) {
      self.end = end
      self.marks = marks
      states = [state]
    }

    var depth: Int { levels.count - 1 }
    var newest: Range<Int> { level(depth) }
    func level(_ number: Int) -> Range<Int> {
      levels[number]..<(number + 1 < levels.count ? levels[number + 1] : states.count)
    }
  }

  /// Both sides, and the admitted hops between their newest levels.
  private struct Meeting {
    let near, far: Side
    let contacts: [ShortestPathLayers.Hop]
    let ban: Ban
    let isPassed: UInt32
    /// The shortest paths.
    let layers: ShortestPathLayers
  }

  /// What a search may not use: hops from its start to some nodes.
  private struct Ban {
    let start: Int
    let nodes: Set<Int>

    @inline(__always)
    func forbids(_ a: Int, _ b: Int, _ space: Space) -> Bool {
      !nodes.isEmpty
        && (a == start && nodes.contains(space.node(of: b)) || b == start && nodes.contains(space.node(of: a)))
    }
  }

  init(_ space: Space, _ limits: SearchLimits) {
    self.space = space
    meter = SearchMeter(limits)
    startMarks = StateNumbers(count: space.nodeCount * space.layerCount)
    goalMarks = StateNumbers(count: space.nodeCount * space.layerCount)
    choiceMarks = StateNumbers(count: space.nodeCount * space.layerCount)
  }

  mutating func best(from root: [Int], avoiding avoided: [Int], to goal: Int, maxHops: Int) throws -> FoundPath? {
    guard let layers = try layers(from: root, avoiding: avoided, to: goal, maxHops: maxHops) else { return nil }
    var path = layers.best
    for (a, b) in zip(root, root.dropFirst()) { path.key = path.key + (try space.key(from: a, to: b) ?? PathKey()) }
    // Here a path has no weight: hops are what counts.
    path.key.weight = 0
    path.states = root.dropLast() + path.states
    return path
  }

  /// Prepares for another query with other filters and limits.
  mutating func restart(_ space: Space, _ limits: SearchLimits) {
    self.space = space
    meter = SearchMeter(limits)
  }

  mutating func find(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath]) throws {
    guard count > 1, space.layerCount == 1 else {
      return try enumerate(count, from: start, to: goal, maxHops: maxHops, &found)
    }
    // Where the shortest paths and those longer by one hop are enough, two searches find all.
    guard let meeting = try meet(from: [start], avoiding: [], to: goal, maxHops: maxHops) else { return }
    found = meeting.layers.paths(count)
    let length = meeting.layers.length
    guard found.count < count, length < maxHops else { return }
    found += try longer(meeting, goal: goal)?.paths(count - found.count) ?? []
    guard found.count < count, length + 1 < maxHops else { return }
    var all: [FoundPath] = []
    defer { if all.count > found.count { found = all } }
    try enumerate(count, from: start, to: goal, maxHops: maxHops, &all)
  }

  mutating func findShortest(_ count: Int, from start: Int, to goal: Int, maxHops: Int, _ found: inout [FoundPath])
    throws
    -> Int?
  {
    guard space.layerCount == 1 else {
      return try enumerateShortest(count, from: start, to: goal, maxHops: maxHops, &found)
    }
    let layers = try layers(from: [start], avoiding: [], to: goal, maxHops: maxHops)
    found = layers?.paths(count) ?? []
    return layers?.pathCount ?? 0
  }

  /// All shortest ways on from the last state of `root`; `nil` if there is none.
  ///
  /// - Complexity: O(V + E) for the nodes and edges within half the distance of the ends.
  mutating func layers(from root: [Int], avoiding avoided: [Int], to goal: Int, maxHops: Int) throws
    -> ShortestPathLayers?
  {
    try meet(from: root, avoiding: avoided, to: goal, maxHops: maxHops)?.layers
  }

  /// Grows both sides until they meet; `nil` if they do not.
  private mutating func meet(from root: [Int], avoiding avoided: [Int], to goal: Int, maxHops: Int) throws -> Meeting? {
    guard let start = root.last, start != goal else { return nil }
    let maxHops = min(maxHops, Self.maxHops) - (root.count - 1)
    let isPassed = newEpoch(levels: maxHops)
    for state in root.map(space.node(of:)) + [space.node(of: goal)] {
      for layer in 0..<space.layerCount { startMarks[state + layer * space.nodeCount] = isPassed }
    }
    for state in root.map(space.node(of:)) {
      for layer in 0..<space.layerCount { goalMarks[state + layer * space.nodeCount] = isPassed }
    }
    for layer in 0..<space.layerCount { goalMarks[space.node(of: goal) + layer * space.nodeCount] = isPassed }
    startMarks[start] = epoch
    goalMarks[goal] = epoch
    let ban = Ban(start: start, nodes: Set(avoided))
    var near = Side(.start, startMarks, start)
    var far = Side(.goal, goalMarks, goal)
    if maxHops > 0, let meeting = try join(near, far, ban, isPassed, goal) { return meeting }
    // Without room for another level, growing would find nothing.
    while near.depth + far.depth + 1 < maxHops {
      let isNear = try isCheaper(near, far)
      if isNear {
        try grow(&near, ban, isPassed, judging: false)
      } else {
        try grow(&far, ban, isPassed, judging: false)
      }
      if let meeting = try join(near, far, ban, isPassed, goal) { return meeting }
      if isNear { try judgeNewest(of: &near, ban, isPassed) } else { try judgeNewest(of: &far, ban, isPassed) }
      if (isNear ? near : far).newest.isEmpty {
        deadEnd = PathDeadEnd(
          cause: isNear ? .startExhausted : .goalExhausted, fromStart: near.states.count - 1,
          fromGoal: far.states.count - 1)
        return nil
      }
    }
    deadEnd = PathDeadEnd(cause: .hopLimit, fromStart: near.states.count - 1, fromGoal: far.states.count - 1)
    return nil
  }

  /// Makes all marks old.
  ///
  /// - Returns: A mark of this search that belongs to no level.
  private mutating func newEpoch(levels: Int) -> UInt32 {
    let size = UInt32(clamping: max(levels, 0)) + 2
    if epoch > UInt32.max - 2 * size {
      startMarks.clear()
      goalMarks.clear()
      epoch = 1
    }
    defer { lastEpochSize = size }
    epoch += lastEpochSize
    return epoch + size - 1
  }

  private var lastEpochSize: UInt32 = 0

  /// Whether the newest level of `a` has fewer entries than that of `b`.
  private func isCheaper(_ a: Side, _ b: Side) throws -> Bool {
    if a.newest.count > b.newest.count { return try !isCheaper(b, a, atMost: false) }
    return try isCheaper(a, b, atMost: true)
  }

  /// The same for a level with not more states than the other: the other's entries are counted only as far as needed.
  private func isCheaper(_ a: Side, _ b: Side, atMost: Bool) throws -> Bool {
    var own = 0
    for index in a.newest { own += try space.entries(of: space.node(of: a.states[index]), a.end).count }
    var other = 0
    for index in b.newest {
      other += try space.entries(of: space.node(of: b.states[index]), b.end).count
      if other > own { return true }
    }
    return atMost && own == other
  }

  /// Adds the next level: the neighbours that an admitted hop leads to, or all of them.
  private mutating func grow(_ side: inout Side, _ ban: Ban, _ isPassed: UInt32, judging: Bool) throws {
    let mark = epoch + UInt32(side.depth + 1)
    let newest = side.newest
    side.levels.append(side.states.count)
    for index in newest {
      let state = side.states[index]
      let entries = try space.entries(of: space.node(of: state), side.end)
      try meter.look(judging ? 0 : entries.count)
      for range in [entries.first, entries.second] where !range.isEmpty {
        try grow(&side, from: state, range, mark, ban, isPassed, judging: judging)
      }
    }
  }

  /// Makes the newest level again of those whom an admitted hop leads to.
  private mutating func judgeNewest(of side: inout Side, _ ban: Ban, _ isPassed: UInt32) throws {
    for index in side.newest { side.marks[side.states[index]] = 0 }
    side.states.removeSubrange(side.newest)
    side.levels.removeLast()
    try grow(&side, ban, isPassed, judging: true)
  }

  /// Adds the neighbours of one range of a state's entries.
  @inline(__always)
  private mutating func grow(
    _ side: inout Side, from state: Int, _ entries: Range<Int>, _ mark: UInt32, _ ban: Ban, _ isPassed: UInt32,
    judging: Bool
  ) throws {
    let node = space.node(of: state)
    let neighbours = try space.neighbours(entries)
    for index in neighbours.indices {
      let neighbour = Int(neighbours[index])
      guard let next = space.state(from: state, to: neighbour, side.end), side.marks[next] < epoch,
        !ban.forbids(state, next, space),
        try !judging || space.admits(entry: entries.lowerBound + index, of: node, side.end)
      else { continue }
      guard try space.admits(node: neighbour) else {
        side.marks[next] = isPassed
        continue
      }
      side.marks[next] = mark
      side.states.append(next)
    }
  }

  /// The paths over the newest levels; `nil` if there are none.
  private mutating func join(_ near: Side, _ far: Side, _ ban: Ban, _ isPassed: UInt32, _ goal: Int) throws -> Meeting?
  {
    let contacts = try contacts(near, near.depth, far, far.depth, ban)
    guard !contacts.isEmpty,
      let layers = try ShortestPathLayers(unfold(contacts, near, far, slack: 0, ban), goal: goal)
    else { return nil }
    return Meeting(near: near, far: far, contacts: contacts, ban: ban, isPassed: isPassed, layers: layers)
  }

  /// The admitted hops between a level of one side and one of the other.
  private mutating func contacts(_ near: Side, _ nearLevel: Int, _ far: Side, _ farLevel: Int, _ ban: Ban) throws
    -> [ShortestPathLayers.Hop]
  {
    var hops: [ShortestPathLayers.Hop] = []
    guard nearLevel >= 0, farLevel >= 0 else { return hops }
    let isNear = near.level(nearLevel).count <= far.level(farLevel).count
    let (own, other) = isNear ? (near, far) : (far, near)
    for index in own.level(isNear ? nearLevel : farLevel) {
      try addHops(of: own.states[index], own.end, to: other, level: isNear ? farLevel : nearLevel, ban, &hops)
    }
    return hops
  }

  /// The hops of all paths over some in the middle, by position.
  private mutating func unfold(
    _ contacts: [ShortestPathLayers.Hop], _ near: Side, _ far: Side, slack: Int, _ ban: Ban
  ) throws -> [[ShortestPathLayers.Hop]] {
    let before = try unfold(Self.distinct(contacts.map(\.from)), near, slack: slack, ban)
    let after = try unfold(Self.distinct(contacts.map(\.to)), far, slack: slack, ban)
    return before.reversed() + [contacts] + after
  }

  /// The hops from some states to the end of a side, those of each position together.
  ///
  /// - Parameter slack: Most hops by which a state may be farther from the end on the path than it is in the graph.
  private mutating func unfold(_ states: [Int], _ side: Side, slack: Int, _ ban: Ban) throws
    -> [[ShortestPathLayers.Hop]]
  {
    var positions: [[ShortestPathLayers.Hop]] = []
    var states = states
    for position in stride(from: side.depth - 1, through: 0, by: -1) {
      var hops: [ShortestPathLayers.Hop] = []
      for level in max(0, position + 1 - slack)...position + 1 {
        let group = slack == 0 ? states : states.filter { side.marks[$0] == epoch + UInt32(level) }
        for next in max(0, position - slack, level - 1)...max(0, min(position, level)) where !group.isEmpty {
          try addHops(of: group, to: side, level: next, ban, &hops)
        }
      }
      positions.append(hops)
      states = Self.distinct(hops.map(side.end == .start ? \.from : \.to))
    }
    return positions
  }

  /// The admitted hops from some states, walking to the end of a side, to those of one of its levels.
  private mutating func addHops(
    of states: [Int], to side: Side, level: Int, _ ban: Ban, _ hops: inout [ShortestPathLayers.Hop]
  ) throws {
    let range = side.level(level)
    // Few states of short lists are walked from, rather than many walked to.
    if range.count < states.count {
      var rest = Self.walkingOne * states.count
      for index in range where rest >= 0 {
        rest -= try space.entries(of: space.node(of: side.states[index]), side.end).count
      }
      if rest >= 0 {
        if choice == .max {
          choiceMarks.clear()
          choice = 0
        }
        choice += 1
        for state in states { choiceMarks[state] = choice }
        for index in range {
          try addHops(of: side.states[index], side.end, to: choiceMarks, choice, ban, &hops)
        }
        return
      }
    }
    for state in states {
      try addHops(of: state, side.end == .start ? .goal : .start, to: side, level: level, ban, &hops)
    }
  }

  /// What walking from a state to a level costs at least, in entries of a list looked at.
  private static var walkingOne: Int { 24 }

  /// The paths that are longer than the shortest by one hop; `nil` if there is none.
  ///
  /// Every such walk is a path: one that passed a node twice would, without what lies between, be shorter than the shortest.
  /// On its way one hop leads from a state to one that is as far from the end where it is walked from. Levels may hold
  /// states that no admitted hop leads to: no path is unfolded over these.
  private mutating func longer(_ meeting: Meeting, goal: Int) throws -> ShortestPathLayers? {
    var (near, far) = (meeting.near, meeting.far)
    let ban = meeting.ban
    let isNear = try isCheaper(near, far)
    if isNear {
      try grow(&near, ban, meeting.isPassed, judging: false)
    } else {
      try grow(&far, ban, meeting.isPassed, judging: false)
    }
    var contacts = try contacts(near, near.depth, far, far.depth, ban)
    contacts += meeting.contacts
    contacts +=
      isNear
      ? try self.contacts(near, near.depth, far, far.depth - 1, ban)
      : try self.contacts(near, near.depth - 1, far, far.depth, ban)
    return ShortestPathLayers(try unfold(contacts, near, far, slack: 1, ban), goal: goal)
  }

  private static func distinct(_ states: [Int]) -> [Int] {
    var result: [Int] = []
    for state in states.sorted() where state != result.last { result.append(state) }
    return result
  }

  /// The admitted hops from a state, walking from `end`, to the states of one level of a side.
  private mutating func addHops(
    of state: Int, _ end: PathEnd, to side: Side, level: Int, _ ban: Ban, _ hops: inout [ShortestPathLayers.Hop]
  ) throws {
    let node = space.node(of: state)
    let entries = try space.entries(of: node, end)
    let range = side.level(level)
    let steps = 2 * (Int.bitWidth - entries.count.leadingZeroBitCount)
    if range.count * steps < entries.count {
      try meter.look(range.count * steps)
      let first = try space.unpacked(entries.first, toFind: range.count)
      let second = try space.unpacked(entries.second, toFind: range.count)
      for index in range {
        let other = side.states[index]
        let neighbour = space.node(of: other)
        let hop = HopEntries(
          first: try space.find(neighbour, in: entries.first, first),
          second: try space.find(neighbour, in: entries.second, second))
        guard !hop.isEmpty, space.state(from: state, to: neighbour, end) == other else { continue }
        try add(hop, state, other, end, ban, &hops)
      }
      return
    }
    try addHops(of: state, end, to: side.marks, epoch + UInt32(level), ban, &hops)
  }

  /// The admitted hops from a state, walking from `end`, to the states of a mark.
  private mutating func addHops(
    of state: Int, _ end: PathEnd, to marks: StateNumbers<UInt32>, _ mark: UInt32, _ ban: Ban,
    _ hops: inout [ShortestPathLayers.Hop]
  ) throws {
    let entries = try space.entries(of: space.node(of: state), end)
    try meter.look(entries.count)
    let first = try space.neighbours(entries.first)
    let second = try space.neighbours(entries.second)
    for index in first.indices {
      let neighbour = Int(first[index])
      guard let other = space.state(from: state, to: neighbour, end), marks[other] == mark else { continue }
      let hop = HopEntries(
        first: entries.first.lowerBound + index, second: try space.find(neighbour, in: entries.second, second))
      try add(hop, state, other, end, ban, &hops)
    }
    for index in second.indices {
      let neighbour = Int(second[index])
      guard let other = space.state(from: state, to: neighbour, end), marks[other] == mark,
        try space.find(neighbour, in: entries.first, first) == nil
      else { continue }
      try add(HopEntries(first: nil, second: entries.second.lowerBound + index), state, other, end, ban, &hops)
    }
  }

  private mutating func add(
    _ hop: HopEntries, _ state: Int, _ other: Int, _ end: PathEnd, _ ban: Ban, _ hops: inout [ShortestPathLayers.Hop]
  ) throws {
    guard state != other, !ban.forbids(state, other, space),
      let key = try space.key(of: hop, between: space.node(of: state), and: space.node(of: other))
    else { return }
    hops.append(
      end == .start
        ? ShortestPathLayers.Hop(from: state, to: other, support: key.support)
        : ShortestPathLayers.Hop(from: other, to: state, support: key.support))
  }
}
