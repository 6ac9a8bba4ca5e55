/// Groups of nodes that are joined more closely with each other than with the rest.
///
/// Nodes move in their order, and of equal gains the lowest group wins, so that the same graph has the same groups.
/// Source: Blondel, Guillaume, Lambiotte and Lefebvre, "Fast unfolding of communities in large networks" (2008).
enum Communities {
  /// Rounds in which all nodes may move, and levels of groups of groups.
  private static let mostRounds = 20
  private static let mostLevels = 12

  /// The community of each node, numbered from 0 by size, largest first; of equal size the one with the lowest node.
  ///
  /// - Complexity: O(n) in the number of edges for each round.
  static func find(_ graph: LayoutGraph) -> [Int] {
    var groups = Array(0..<graph.nodeCount)
    var level = graph
    for _ in 0..<mostLevels {
      let (moved, count) = oneLevel(level)
      guard count < level.nodeCount else { break }
      for node in groups.indices { groups[node] = moved[groups[node]] }
      level = level.grouped(moved, count: count)
    }
    return bySize(groups)
  }

  /// Moves nodes to the groups of their neighbours as long as modularity grows.
  ///
  /// - Returns: The group of each node, numbered in the order of their first nodes.
  static func oneLevel(_ graph: LayoutGraph) -> (groups: [Int], count: Int) {
    let n = graph.nodeCount
    var group = Array(0..<n)
    let strength = (0..<n).map { node in
      graph.weights[graph.starts[node]..<graph.starts[node + 1]].reduce(graph.loops[node], +)
    }
    let total = strength.reduce(0, +)
    guard total > 0 else { return (group, n) }
    var groupStrength = strength
    var weightTo = [Double](repeating: 0, count: n)
    for _ in 0..<mostRounds {
      var isMoved = false
      for node in 0..<n {
        let own = group[node]
        var near: [Int] = []
        for place in graph.starts[node]..<graph.starts[node + 1] {
          let other = group[Int(graph.neighbours[place])]
          if weightTo[other] == 0 { near.append(other) }
          weightTo[other] += graph.weights[place]
        }
        groupStrength[own] -= strength[node]
        var best = own
        var bestGain = weightTo[own] - strength[node] * groupStrength[own] / total
        for other in near where other != own {
          let gain = weightTo[other] - strength[node] * groupStrength[other] / total
          // Rounding alone moves nobody.
          if gain > bestGain + 1e-9 || gain > bestGain - 1e-9 && best != own && other < best {
            best = other
            bestGain = gain
          }
        }
        groupStrength[best] += strength[node]
        if best != own {
          group[node] = best
          isMoved = true
        }
        for other in near { weightTo[other] = 0 }
      }
      guard isMoved else { break }
    }
    var number = [Int](repeating: -1, count: n)
    var count = 0
    for node in 0..<n where number[group[node]] < 0 {
      number[group[node]] = count
      count += 1
    }
    return (group.map { number[$0] }, count)
  }

  private static func bySize(_ groups: [Int]) -> [Int] {
    let count = (groups.max() ?? -1) + 1
    var sizes = [Int](repeating: 0, count: count)
    var first = [Int](repeating: groups.count, count: count)
    for (node, group) in groups.enumerated() {
      sizes[group] += 1
      first[group] = min(first[group], node)
    }
    let order = (0..<count).sorted { (sizes[$1], first[$0]) < (sizes[$0], first[$1]) }
    var rank = [Int](repeating: 0, count: count)
    for (place, group) in order.enumerated() { rank[group] = place }
    return groups.map { rank[$0] }
  }
}
