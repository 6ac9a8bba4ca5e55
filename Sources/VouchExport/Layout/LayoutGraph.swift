/// An undirected graph with weights, as layouts and communities read it: the neighbours of each node side by side.
struct LayoutGraph {
  /// Where the neighbours of each node begin; one more than there are nodes.
  private(set) var starts: [Int]
  /// The neighbours, ascending for each node, none twice, none the node itself.
  private(set) var neighbours: [Int32]
  /// The weight of the edge to each neighbour, above 0.
  private(set) var weights: [Double]
  /// Weight of what a node stands for within itself, each edge counted twice; 0 for a node that stands for itself.
  private(set) var loops: [Double]

  var nodeCount: Int { starts.count - 1 }

  /// - Parameters:
  ///   - edges: In any order; those between the same two nodes are added up, loops go to `loops`.
  /// - Complexity: O(n log n) in the number of edges.
  init(nodeCount: Int, edges: [(a: Int, b: Int, weight: Double)], loops: [Double]? = nil) {
    self.loops = loops ?? Array(repeating: 0, count: nodeCount)
    var halves: [(from: Int32, to: Int32, weight: Double)] = []
    halves.reserveCapacity(2 * edges.count)
    for edge in edges {
      if edge.a == edge.b {
        self.loops[edge.a] += 2 * edge.weight
        continue
      }
      halves.append((Int32(edge.a), Int32(edge.b), edge.weight))
      halves.append((Int32(edge.b), Int32(edge.a), edge.weight))
    }
    // Of equal pairs the lighter comes first, so that sums do not depend on the order of the edges given.
    halves.sort { ($0.from, $0.to, $0.weight) < ($1.from, $1.to, $1.weight) }
    starts = [0]
    neighbours = []
    weights = []
    var last: Int32 = -1
    for half in halves {
      while starts.count <= Int(half.from) {
        starts.append(neighbours.count)
        last = -1
      }
      if half.to == last {
        weights[weights.count - 1] += half.weight
      } else {
        neighbours.append(half.to)
        weights.append(half.weight)
        last = half.to
      }
    }
    while starts.count <= nodeCount { starts.append(neighbours.count) }
  }

  /// How many neighbours a node has.
  func degree(_ node: Int) -> Int { starts[node + 1] - starts[node] }

  /// The edges, each once.
  var edges: [(a: Int, b: Int, weight: Double)] {
    var edges: [(a: Int, b: Int, weight: Double)] = []
    for node in 0..<nodeCount {
      for place in starts[node]..<starts[node + 1] where Int(neighbours[place]) > node {
        edges.append((node, Int(neighbours[place]), weights[place]))
      }
    }
    return edges
  }

  /// The graph whose nodes are the groups of this one's.
  ///
  /// - Parameter groups: The group of each node, from 0 without a gap.
  func grouped(_ groups: [Int], count: Int) -> LayoutGraph {
    var inner = [Double](repeating: 0, count: count)
    for node in 0..<nodeCount { inner[groups[node]] += loops[node] }
    return LayoutGraph(
      nodeCount: count, edges: edges.map { (groups[$0.a], groups[$0.b], $0.weight) }, loops: inner)
  }

  /// The part of each node in the pieces that no edge joins: numbered by the lowest node in them.
  func components() -> (part: [Int], count: Int) {
    var part = [Int](repeating: -1, count: nodeCount)
    var count = 0
    var waiting: [Int] = []
    for start in 0..<nodeCount where part[start] < 0 {
      part[start] = count
      waiting = [start]
      while let node = waiting.popLast() {
        for place in starts[node]..<starts[node + 1] where part[Int(neighbours[place])] < 0 {
          part[Int(neighbours[place])] = count
          waiting.append(Int(neighbours[place]))
        }
      }
      count += 1
    }
    return (part, count)
  }
}
