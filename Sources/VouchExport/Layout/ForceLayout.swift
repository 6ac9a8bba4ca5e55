/// Places the nodes of a connected graph so that joined ones lie near each other.
///
/// Communities are placed first, then their members around them, and so on down; at each level nodes push each other away
/// by their degrees and edges pull, for a number of steps that depends on the size alone. All arithmetic is in a fixed
/// order and of operations that are exact on every machine, so that the same graph gives the same places.
/// Source: Jacomy, Venturini, Heymann and Bastian, "ForceAtlas2" (2014), and Walshaw, "A multilevel algorithm for
/// force-directed graph-drawing" (2003).
enum ForceLayout {
  /// Push between two nodes of mass 1 at distance 1.
  private static let repulsion = 2.0
  private static let gravity = 0.6

  /// - Complexity: O(n log n) in the number of nodes and O(n) in that of edges for each of at most 400 steps.
  static func place(_ graph: LayoutGraph, depth: Int = 0) -> (x: [Double], y: [Double]) {
    let n = graph.nodeCount
    var x = [Double](repeating: 0, count: n)
    var y = [Double](repeating: 0, count: n)
    guard n > 1 else { return (x, y) }
    let (groups, count) = n > 12 && depth < 16 ? Communities.oneLevel(graph) : (Array(repeating: 0, count: n), 1)
    if count > 1, count <= n * 3 / 4 {
      let coarse = place(graph.grouped(groups, count: count), depth: depth + 1)
      // A group takes as much room as its members need.
      let spread = (Double(n) / Double(count)).squareRoot() * 1.5
      var members = [Int](repeating: 0, count: count)
      for node in 0..<n {
        let offset = sunflower(members[groups[node]])
        members[groups[node]] += 1
        x[node] = coarse.x[groups[node]] * spread + offset.x
        y[node] = coarse.y[groups[node]] * spread + offset.y
      }
    } else {
      for node in 0..<n { (x[node], y[node]) = sunflower(node) }
    }
    relax(graph, &x, &y)
    return (x, y)
  }

  /// Points of a spiral, each with the same room.
  ///
  /// Source: Vogel, "A better way to construct the sunflower head" (1979).
  private static func sunflower(_ number: Int) -> (x: Double, y: Double) {
    let radius = (Double(number) + 0.5).squareRoot() * 1.2
    let (sine, cosine) = Turn.sineAndCosine(Double(number) * 2.399963229728653)
    return (radius * cosine, radius * sine)
  }

  private static func steps(_ n: Int) -> Int {
    switch n {
    case ..<1000: 400
    case ..<5000: 200
    case ..<20_000: 100
    default: 50
    }
  }

  /// Follows the forces, fast where a node goes straight on and slowly where it swings to and fro.
  private static func relax(_ graph: LayoutGraph, _ x: inout [Double], _ y: inout [Double]) {
    let n = graph.nodeCount
    let mass = (0..<n).map { 1 + Double(graph.degree($0)) }
    var lastX = [Double](repeating: 0, count: n)
    var lastY = lastX
    var tree = QuadTree()
    var speed = 1.0
    for _ in 0..<steps(n) {
      tree.fill(x, y, mass)
      var forceX = [Double](repeating: 0, count: n)
      var forceY = forceX
      for node in 0..<n {
        let push = tree.push(x[node], y[node])
        let distance = (x[node] * x[node] + y[node] * y[node]).squareRoot()
        let fall = distance > 1e-9 ? gravity * mass[node] / distance : 0
        var pullX = push.x * repulsion * mass[node] - x[node] * fall
        var pullY = push.y * repulsion * mass[node] - y[node] * fall
        for place in graph.starts[node]..<graph.starts[node + 1] {
          let other = Int(graph.neighbours[place])
          // An edge between two hubs pulls less than one to a node that has only few.
          let strength = graph.weights[place] / min(mass[node], mass[other]).squareRoot()
          pullX += (x[other] - x[node]) * strength
          pullY += (y[other] - y[node]) * strength
        }
        forceX[node] = pullX
        forceY[node] = pullY
      }
      var swinging = 0.0
      var going = 0.0
      for node in 0..<n {
        swinging += mass[node] * length(forceX[node] - lastX[node], forceY[node] - lastY[node])
        going += mass[node] * length(forceX[node] + lastX[node], forceY[node] + lastY[node]) / 2
      }
      speed = min(going / max(swinging, 1e-12), speed * 1.5)
      for node in 0..<n {
        let swing = mass[node] * length(forceX[node] - lastX[node], forceY[node] - lastY[node])
        let force = length(forceX[node], forceY[node])
        let step = min(speed / (1 + (speed * swing).squareRoot()), force > 1e-12 ? 10 / force : 0)
        x[node] += forceX[node] * step
        y[node] += forceY[node] * step
      }
      lastX = forceX
      lastY = forceY
    }
  }

  private static func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
}
