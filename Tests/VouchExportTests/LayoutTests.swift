import Testing
import VouchExport
import VouchTestSupport

@Suite struct LayoutTests {
  /// Cliques of `size` nodes, each joined to the next by one link.
  private static func chainOfCliques(_ count: Int, of size: Int) -> [Layout.Link] {
    var links: [Layout.Link] = []
    for clique in 0..<count {
      for a in 0..<size { for b in a + 1..<size { links.append((clique * size + a, clique * size + b, 1)) } }
      if clique > 0 { links.append((clique * size, (clique - 1) * size, 1)) }
    }
    return links
  }

  /// Links of a graph in which few nodes have many, as names in the news do.
  private static func skewed(_ nodes: Int, _ count: Int) -> [Layout.Link] {
    var numbers = SeededNumbers(seed: 7)
    return (0..<count).map { _ in
      let a = numbers.next(below: 1 + numbers.next(below: nodes))
      return (a, (a + 1 + numbers.next(below: nodes - 1)) % nodes, 1)
    }
  }

  private static let shapes: [(name: String, nodes: Int, links: [Layout.Link])] = [
    ("nothing", 0, []), ("one node", 1, []), ("nodes alone", 30, []), ("a pair", 2, [(0, 1, 1)]),
    ("a loop", 2, [(0, 0, 1), (0, 1, 1)]), ("a line", 40, (1..<40).map { ($0 - 1, $0, 1) }),
    ("a star", 60, (1..<60).map { (0, $0, 1) }), ("cliques", 60, chainOfCliques(6, of: 10)),
    ("a grid", 100, (0..<90).map { ($0, $0 + 10, 1) } + (0..<100).filter { $0 % 10 != 9 }.map { ($0, $0 + 1, 1) }),
    ("the news", 150, skewed(150, 500)),
  ]

  private func distance(_ layout: Layout, _ a: Int, _ b: Int) -> Double {
    let dx = layout.x[a] - layout.x[b]
    let dy = layout.y[a] - layout.y[b]
    return (dx * dx + dy * dy).squareRoot()
  }

  @Test(arguments: shapes.indices) func circlesDoNotLieOnEachOther(shape: Int) {
    let (name, nodes, links) = Self.shapes[shape]
    let radii = (0..<nodes).map { 5 + Double($0 % 7) * 2 }
    let layout = Layout(radii: radii, links: links)
    #expect(layout.x.count == nodes && layout.y.count == nodes && layout.communities.count == nodes)
    #expect((layout.x + layout.y).allSatisfy { $0.isFinite }, "\(name)")
    var overlaps = 0
    for a in 0..<nodes {
      for b in a + 1..<max(a + 1, nodes) where distance(layout, a, b) < radii[a] + radii[b] { overlaps += 1 }
    }
    #expect(overlaps == 0, "\(name): \(overlaps)")
  }

  @Test(arguments: shapes.indices) func theSameGraphLiesAtTheSamePlaces(shape: Int) {
    let (_, nodes, links) = Self.shapes[shape]
    let radii = Array(repeating: 6.0, count: nodes)
    let first = Layout(radii: radii, links: links)
    // The order in which links are told, and which end comes first, is no part of the graph.
    let second = Layout(radii: radii, links: links.reversed().map { ($0.b, $0.a, $0.weight) })
    #expect(first.x == second.x && first.y == second.y && first.communities == second.communities)
  }

  @Test func piecesThatNothingJoinsLieApart() {
    let links = Self.chainOfCliques(1, of: 12) + Self.chainOfCliques(1, of: 8).map { ($0.a + 12, $0.b + 12, $0.weight) }
    let layout = Layout(radii: Array(repeating: 6, count: 22), links: links)
    func box(_ nodes: Range<Int>) -> (left: Double, right: Double, top: Double, bottom: Double) {
      let x = nodes.map { layout.x[$0] }
      let y = nodes.map { layout.y[$0] }
      return (x.min() ?? 0, x.max() ?? 0, y.min() ?? 0, y.max() ?? 0)
    }
    let boxes = [box(0..<12), box(12..<20), box(20..<21), box(21..<22)]
    for (number, a) in boxes.enumerated() {
      for b in boxes[(number + 1)...] {
        #expect(a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top)
      }
    }
  }

  @Test func whatIsJoinedLiesNearEachOther() {
    let layout = Layout(radii: Array(repeating: 5, count: 60), links: Self.chainOfCliques(6, of: 10))
    func mean(_ pairs: [(Int, Int)]) -> Double {
      pairs.reduce(0) { $0 + distance(layout, $1.0, $1.1) } / Double(pairs.count)
    }
    let all = (0..<60).flatMap { a in (a + 1..<max(a + 1, 60)).map { (a, $0) } }
    let within = mean(all.filter { $0.0 / 10 == $0.1 / 10 })
    let between = mean(all.filter { $0.0 / 10 != $0.1 / 10 })
    #expect(within * 2 < between)
  }

  @Test func cliquesAreCommunitiesTheLargestFirst() {
    // A clique of seven, then four of five.
    var links: [Layout.Link] = []
    for a in 0..<7 { for b in a + 1..<7 { links.append((20 + a, 20 + b, 1)) } }
    links += Self.chainOfCliques(4, of: 5)
    links.append((0, 20, 1))
    let communities = Layout(radii: Array(repeating: 5, count: 27), links: links).communities
    #expect(Set(communities[20...]) == [0])
    for clique in 0..<4 { #expect(Set(communities[clique * 5..<clique * 5 + 5]).count == 1) }
    #expect(Set(communities).count == 5)
  }

  @Test func aHubDoesNotDrawEverythingToItself() {
    // A hub that is joined with all members of three cliques: the cliques stay apart.
    let links = Self.chainOfCliques(3, of: 10) + (0..<30).map { ($0, 30, 0.5) }
    let layout = Layout(radii: Array(repeating: 5, count: 31), links: links)
    #expect(layout.communities[0] != layout.communities[10] && layout.communities[10] != layout.communities[20])
    #expect(distance(layout, 5, 6) < distance(layout, 5, 15))
  }

  @Test func timeGrowsAlmostLinearly() {
    func seconds(_ nodes: Int) -> Double {
      let clock = ContinuousClock()
      let radii = Array(repeating: 5.0, count: nodes)
      let links = Self.skewed(nodes, nodes * 3)
      return (0..<2).map { _ in clock.measure { _ = Layout(radii: radii, links: links) } / .seconds(1) }.min() ?? 0
    }
    // Six times the nodes in square time would take thirty-six times as long.
    let small = seconds(50)
    let large = seconds(300)
    #expect(large < 24 * max(small, 0.02), "\(small) s, \(large) s")
  }
}
