internal import VouchStore

/// Finds the best path between two states by weight, from both ends at once, within a number of hops; also where the days of
/// the hops may not run backward.
///
/// A label is one way to reach a state: its key and the day reached. A label gives way to another of its state that is not
/// worse in key, hops and day. Two labels of one state, from either end, make a path; the search ends when no two labels
/// that are still open can make a better one. Weights are not negative. Of paths with the same key the one found first wins,
/// which is always the same.
///
/// Sources: Dijkstra, "A note on two problems in connexion with graphs" (1959); Pohl, "Bi-directional search" (1971); Hansen,
/// "Bicriterion path problems" (1980) for labels that do not dominate each other.
struct LabelSearch<Space: PathSpace>: PathEngine {
  var space: Space
  var looked: Int { meter.looked }
  private var meter: SearchMeter
  private(set) var deadEnd = PathDeadEnd(cause: .startExhausted, fromStart: 0, fromGoal: 0)

  private let nearHeads, farHeads: StateNumbers<UInt32>

  private struct Label {
    let state: Int
    let key: PathKey
    let day: Int
    /// Label that this one was reached from; the next label of the same state.
    let previous: Int
    let next: Int
    var isDominated = false
  }

  private struct Open: Comparable {
    let key: PathKey
    let label: Int

    static func < (a: Open, b: Open) -> Bool { a.key != b.key ? a.key < b.key : a.label < b.label }
  }

  private struct Side {
    let end: PathEnd
    /// One more than the last label of each state.
    let heads: StateNumbers<UInt32>
    var labels: [Label] = []
    var open = PathHeap<Open>()
    /// Entries of neighbour lists that were looked at from this end.
    var looked = 0

    init(_ end: PathEnd, _ heads: StateNumbers<UInt32>) {
      self.end = end
      self.heads = heads
    }

    /// Makes the heads fit for the next search.
    func forget() { for label in labels { heads[label.state] = 0 } }

    /// Whether day `a` leaves at least the choice that `b` does.
    @inline(__always)
    func isNotLater(_ a: Int, _ b: Int) -> Bool { end == .start ? a <= b : a >= b }

    /// Whether a label of the state is not worse than one with this key and day would be.
    @inline(__always)
    func dominates(_ state: Int, _ key: PathKey, hops: Int, _ day: Int) -> Bool {
      var index = Int(heads[state]) - 1
      while index >= 0 {
        let label = labels[index]
        if label.key <= key, label.key.hops <= hops, isNotLater(label.day, day) { return true }
        index = label.next
      }
      return false
    }

    /// Adds a label, to be opened or only to be met; those of its state that are worse need not be opened any more.
    mutating func add(_ state: Int, _ key: PathKey, _ day: Int, previous: Int, opens: Bool = true) {
      let head = Int(heads[state]) - 1
      var index = head
      while index >= 0 {
        let label = labels[index]
        if key <= label.key, key.hops <= label.key.hops, isNotLater(day, label.day) { labels[index].isDominated = true }
        index = label.next
      }
      labels.append(Label(state: state, key: key, day: day, previous: previous, next: head))
      heads[state] = UInt32(labels.count)
      if opens { open.insert(Open(key: key, label: labels.count - 1)) }
    }

    /// The states from the label back to the end.
    func trace(_ label: Int) -> [Int] {
      var states: [Int] = []
      var index = label
      while index >= 0 {
        states.append(labels[index].state)
        index = labels[index].previous
      }
      return states
    }
  }

  /// The best meeting of two labels so far.
  private struct Meeting {
    var key: PathKey?
    var near = 0
    var far = 0
  }

  /// What one search is about.
  private struct Task {
    let start, goal: Int
    let root: [Int]
    let avoided: Set<Int>
    let maxHops: Int

    /// Whether a path may not enter `next` from `state`.
    func forbids(_ state: Int, _ next: Int, _ end: PathEnd, _ space: some PathSpace) -> Bool {
      let node = space.node(of: next)
      if end == .start {
        if state == start, avoided.contains(node) { return true }
        return next != goal && node == space.node(of: goal) || root.contains { space.node(of: $0) == node }
      }
      if next == start { return avoided.contains(space.node(of: state)) }
      return node == space.node(of: goal) || root.contains { space.node(of: $0) == node }
    }
  }

  init(_ space: Space, _ limits: SearchLimits) {
    self.space = space
    meter = SearchMeter(limits)
    nearHeads = StateNumbers(count: space.nodeCount * space.layerCount)
    farHeads = StateNumbers(count: space.nodeCount * space.layerCount)
  }

  /// Prepares for another query with other filters and limits.
  mutating func restart(_ space: Space, _ limits: SearchLimits) {
    self.space = space
    meter = SearchMeter(limits)
  }

  mutating func best(from root: [Int], avoiding avoided: [Int], to goal: Int, maxHops: Int) throws -> FoundPath? {
    guard let start = root.last, start != goal, let (rootKey, day) = try walk(root) else { return nil }
    let task = Task(
      start: start, goal: goal, root: root, avoided: Set(avoided), maxHops: maxHops - (root.count - 1))
    var near = Side(.start, nearHeads)
    var far = Side(.goal, farHeads)
    defer {
      near.forget()
      far.forget()
    }
    near.add(start, PathKey(), day, previous: -1)
    far.add(goal, PathKey(), .max, previous: -1)
    var meeting = Meeting()
    var isCut = false
    while let nearest = near.open.first, let farthest = far.open.first {
      if let best = meeting.key, nearest.key + farthest.key >= best { break }
      if near.looked <= far.looked {
        isCut = try open(&near, &far, task, &meeting) || isCut
      } else {
        isCut = try open(&far, &near, task, &meeting) || isCut
      }
    }
    guard let key = meeting.key else {
      let isStart = near.open.first == nil
      deadEnd = PathDeadEnd(
        cause: isCut ? .hopLimit : isStart ? .startExhausted : .goalExhausted, fromStart: distinct(near) - 1,
        fromGoal: distinct(far) - 1)
      return nil
    }
    return FoundPath(
      states: root.dropLast() + near.trace(meeting.near).reversed() + far.trace(meeting.far).dropFirst(),
      key: rootKey + key)
  }

  /// The key of the root's hops, and the first day on which one can be at its end.
  private mutating func walk(_ root: [Int]) throws -> (key: PathKey, day: Int)? {
    var sum = PathKey()
    var day = Int.min
    for (a, b) in zip(root, root.dropFirst()) {
      let hop = try space.find(space.node(of: b), in: try space.entries(of: space.node(of: a), .start))
      guard !hop.isEmpty, let key = try space.key(of: hop, between: space.node(of: a), and: space.node(of: b)) else {
        return nil
      }
      sum = sum + key
      if space.isChronological {
        guard let next = try space.day(of: hop, from: day, .start) else { return nil }
        day = next
      }
    }
    return (sum, day)
  }

  private func distinct(_ side: Side) -> Int { side.labels.count { $0.next < 0 } }

  /// Opens the best label of one side.
  ///
  /// - Returns: Whether the limit of hops kept something out.
  private mutating func open(_ side: inout Side, _ other: inout Side, _ task: Task, _ meeting: inout Meeting) throws
    -> Bool
  {
    guard let index = side.open.removeFirst()?.label else { return false }
    let label = side.labels[index]
    guard !label.isDominated else { return false }
    let node = space.node(of: label.state)
    let entries = try space.entries(of: node, side.end)
    try meter.look(entries.count)
    side.looked += entries.count
    guard label.key.hops < task.maxHops else { return entries.count > 0 }
    let firstNeighbours = try space.neighbours(entries.first)
    let secondNeighbours = try space.neighbours(entries.second)
    var first = 0
    var second = 0
    // Both lists ascend: a neighbour that is in both is one hop.
    while first < firstNeighbours.count || second < secondNeighbours.count {
      let a = first < firstNeighbours.count ? Int(firstNeighbours[first]) : Int.max
      let b = second < secondNeighbours.count ? Int(secondNeighbours[second]) : Int.max
      let neighbour = min(a, b)
      let hop = HopEntries(
        first: a == neighbour ? entries.first.lowerBound + first : nil,
        second: b == neighbour ? entries.second.lowerBound + second : nil)
      if a == neighbour { first += 1 }
      if b == neighbour { second += 1 }
      guard let next = space.state(from: label.state, to: neighbour, side.end),
        !task.forbids(label.state, next, side.end, space),
        !side.dominates(next, label.key, hops: label.key.hops + 1, label.day)
      else { continue }
      let isEnd = next == (side.end == .start ? task.goal : task.start)
      guard let added = try space.key(of: hop, between: node, and: neighbour),
        try isEnd || space.admits(node: neighbour)
      else { continue }
      let key = label.key + added
      if let best = meeting.key, key >= best { continue }
      var day = label.day
      if space.isChronological {
        guard let reached = try space.day(of: hop, from: day, side.end) else { continue }
        day = reached
      }
      guard !side.dominates(next, key, hops: key.hops, day) else { continue }
      // Where the other side has not been yet, paths will weigh at least as much more as its best open label.
      var opens = true
      if let best = meeting.key, let least = other.open.first, key + least.key >= best { opens = false }
      guard opens || other.heads[next] > 0 else { continue }
      side.add(next, key, day, previous: index, opens: opens)
      meet(side, other, task, &meeting)
    }
    return false
  }

  /// Joins the label added last with those that reached its state from the other end.
  private func meet(_ side: Side, _ other: Side, _ task: Task, _ meeting: inout Meeting) {
    guard let label = side.labels.last else { return }
    var index = Int(other.heads[label.state]) - 1
    while index >= 0 {
      let opposite = other.labels[index]
      let key = label.key + opposite.key
      let isInOrder = side.isNotLater(label.day, opposite.day)
      if key.hops <= task.maxHops, isInOrder, meeting.key.map({ key < $0 }) ?? true {
        meeting.key = key
        let own = side.labels.count - 1
        (meeting.near, meeting.far) = side.end == .start ? (own, index) : (index, own)
      }
      index = opposite.next
    }
  }
}
