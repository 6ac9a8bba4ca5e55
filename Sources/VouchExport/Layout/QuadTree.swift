/// Squares within squares that hold the masses of points, for forces between all pairs of points in less than all pairs' time.
///
/// Source: Barnes and Hut, "A hierarchical O(N log N) force-calculation algorithm" (1986).
struct QuadTree {
  /// A square is divided no further; points that lie closer together are one.
  private static let deepest = 28

  private struct Cell {
    var mass = 0.0
    var x = 0.0
    var y = 0.0
    /// First of four children; 0 for a square that is not divided.
    var children: Int32 = 0
  }

  private var cells: [Cell] = []
  private var size = 1.0
  private var left = 0.0
  private var top = 0.0
  /// Squares that are still to be looked at, and their depths; kept so that no force allocates.
  private var stack: [(cell: Int32, size: Double)] = []

  /// Holds other points.
  ///
  /// - Complexity: O(n log n); at most 28 steps for a point.
  mutating func fill(_ x: [Double], _ y: [Double], _ mass: [Double]) {
    cells.removeAll(keepingCapacity: true)
    cells.append(Cell())
    guard let firstX = x.first, let firstY = y.first else { return }
    var (low, high) = ((x: firstX, y: firstY), (x: firstX, y: firstY))
    for index in x.indices {
      low = (min(low.x, x[index]), min(low.y, y[index]))
      high = (max(high.x, x[index]), max(high.y, y[index]))
    }
    left = low.x
    top = low.y
    size = max(high.x - low.x, high.y - low.y, 1e-9) * 1.0001
    for index in x.indices { insert(x[index], y[index], mass[index]) }
    for index in cells.indices where cells[index].mass > 0 {
      cells[index].x /= cells[index].mass
      cells[index].y /= cells[index].mass
    }
  }

  private mutating func insert(_ x: Double, _ y: Double, _ mass: Double) {
    var cell = 0
    var side = size
    var cornerX = left
    var cornerY = top
    for depth in 0...Self.deepest {
      let before = cells[cell]
      cells[cell].mass += mass
      cells[cell].x += mass * x
      cells[cell].y += mass * y
      if before.mass == 0 || depth == Self.deepest { return }
      side /= 2
      if before.children == 0 {
        // The point that was alone here moves down by one.
        cells[cell].children = Int32(cells.count)
        cells.append(contentsOf: repeatElement(Cell(), count: 4))
        let oldX = before.x / before.mass
        let oldY = before.y / before.mass
        let place = Int(cells[cell].children) + (oldX >= cornerX + side ? 1 : 0) + (oldY >= cornerY + side ? 2 : 0)
        cells[place] = Cell(mass: before.mass, x: before.x, y: before.y)
      }
      let isRight = x >= cornerX + side
      let isLow = y >= cornerY + side
      if isRight { cornerX += side }
      if isLow { cornerY += side }
      cell = Int(cells[cell].children) + (isRight ? 1 : 0) + (isLow ? 2 : 0)
    }
  }

  /// The sum over all points of mass by distance, along the line away from them; a square that looks smaller than `1 / 1.1`
  /// counts as one point.
  mutating func push(_ x: Double, _ y: Double) -> (x: Double, y: Double) {
    var sumX = 0.0
    var sumY = 0.0
    stack.removeAll(keepingCapacity: true)
    stack.append((0, size))
    while let (index, side) = stack.popLast() {
      let cell = cells[Int(index)]
      guard cell.mass > 0 else { continue }
      let dx = x - cell.x
      let dy = y - cell.y
      let square = dx * dx + dy * dy
      if cell.children == 0 || side * side < 1.2 * square {
        // The point itself, and others at the very same place, do not push.
        guard square > 1e-12 else { continue }
        sumX += dx * cell.mass / square
        sumY += dy * cell.mass / square
      } else {
        for child in cell.children..<cell.children + 4 { stack.append((child, side / 2)) }
      }
    }
    return (sumX, sumY)
  }
}
