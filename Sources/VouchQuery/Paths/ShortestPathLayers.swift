/// All paths of one length between two states: a layer of states for each position, and the hops from layer to layer.
///
/// Paths come in order of support, then of their states' numbers.
struct ShortestPathLayers: Sendable {
  /// A hop from a state of one layer to one of the next.
  struct Hop: Sendable, Comparable {
    let from, to: Int
    let support: Int

    static func < (a: Hop, b: Hop) -> Bool { (a.from, a.to) < (b.from, b.to) }
  }

  private struct Vertex {
    let state: Int
    /// Its hops, the one that the best path takes first.
    var hops = 0..<0
    /// Support of the best way from here to the goal, and number of the ways.
    var support = 0
    var pathCount = 0
  }

  private struct Step {
    let to: Int
    let support: Int
  }

  /// Number of hops of every path.
  let length: Int
  private var vertices: [Vertex] = []
  private var steps: [Step] = []
  private var start = 0

  /// Takes the hops by position.
  ///
  /// Those from where nothing leads on to the goal are passed over; `nil` if no path is left.
  /// - Complexity: O(n log n) in the number of hops.
  init?(_ hops: [[Hop]], goal: Int) {
    length = hops.count
    vertices.append(Vertex(state: goal, pathCount: 1))
    var next = 0..<1
    for layer in hops.reversed() {
      let sorted = layer.sorted()
      let first = vertices.count
      var position = 0
      while position < sorted.count {
        let state = sorted[position].from
        var way: [Step] = []
        while position < sorted.count, sorted[position].from == state {
          if let to = index(of: sorted[position].to, in: next) {
            way.append(Step(to: to, support: sorted[position].support))
          }
          position += 1
        }
        if !way.isEmpty { append(state, way) }
      }
      next = first..<vertices.count
    }
    guard !next.isEmpty else { return nil }
    start = next.lowerBound
  }

  private func index(of state: Int, in layer: Range<Int>) -> Int? {
    var low = layer.lowerBound
    var high = layer.upperBound
    while low < high {
      let middle = (low + high) / 2
      if vertices[middle].state < state { low = middle + 1 } else { high = middle }
    }
    return low < layer.upperBound && vertices[low].state == state ? low : nil
  }

  private mutating func append(_ state: Int, _ way: [Step]) {
    // Vertices of a layer ascend by state, so that indices order as states do.
    let sorted = way.sorted { (total($0), $0.to) < (total($1), $1.to) }
    var vertex = Vertex(state: state, hops: steps.count..<steps.count + sorted.count)
    vertex.support = sorted.first.map(total) ?? 0
    for step in sorted {
      let (sum, overflow) = vertex.pathCount.addingReportingOverflow(vertices[step.to].pathCount)
      vertex.pathCount = overflow ? .max : sum
    }
    steps += sorted
    vertices.append(vertex)
  }

  private func total(_ step: Step) -> Int { step.support &+ vertices[step.to].support }

  /// Number of paths; `Int.max` stands for that many or more.
  var pathCount: Int { vertices[start].pathCount }

  /// The best path.
  var best: FoundPath { path(choice(keeping: [], deviation: 0)) }

  /// The best `count` paths, best first.
  ///
  /// Source: Lawler, "A procedure for computing the k best solutions" (1972): each path found splits those behind it by the
  /// hop in which they part from it.
  /// - Complexity: O(k · l · log(k · l)) for k paths of l hops.
  func paths(_ count: Int) -> [FoundPath] {
    var found: [FoundPath] = []
    var heap = PathHeap<Choice>()
    heap.insert(choice(keeping: [], deviation: 0))
    while found.count < count, let choice = heap.removeFirst() {
      found.append(path(choice))
      var vertex = start
      for position in 0..<length {
        let hops = vertices[vertex].hops
        let rank = choice.ranks[position]
        if position >= choice.at, rank + 1 < hops.count {
          heap.insert(self.choice(keeping: Array(choice.ranks[..<position]) + [rank + 1], deviation: position))
        }
        vertex = steps[hops.lowerBound + rank].to
      }
    }
    return found
  }

  /// A path as the rank of the hop that it takes at each vertex, and the position from which on it may be parted from.
  private struct Choice: Comparable {
    let ranks: [Int]
    let at: Int
    let support: Int
    let states: [Int]

    static func < (a: Choice, b: Choice) -> Bool {
      a.support != b.support ? a.support < b.support : a.states.lexicographicallyPrecedes(b.states)
    }
    static func == (a: Choice, b: Choice) -> Bool { a.states == b.states }
  }

  private func choice(keeping ranks: [Int], deviation: Int) -> Choice {
    var support = 0
    var vertex = start
    var states = [vertices[start].state]
    for position in 0..<length {
      let step = steps[vertices[vertex].hops.lowerBound + (position < ranks.count ? ranks[position] : 0)]
      support &+= step.support
      vertex = step.to
      states.append(vertices[vertex].state)
    }
    return Choice(
      ranks: ranks + Array(repeating: 0, count: length - ranks.count), at: deviation, support: support, states: states)
  }

  private func path(_ choice: Choice) -> FoundPath {
    FoundPath(states: choice.states, key: PathKey(hops: length, support: choice.support))
  }
}

/// A path that a search found: its states from start to goal.
struct FoundPath: Hashable, Comparable, Sendable {
  var states: [Int]
  var key: PathKey

  static func < (a: FoundPath, b: FoundPath) -> Bool {
    a.key != b.key ? a.key < b.key : a.states.lexicographicallyPrecedes(b.states)
  }
}
