/// Finds places for labels beside marks so that none lies on another or on a mark.
struct LabelPlaces {
  /// A rectangle of a picture.
  private struct Box {
    let left, top, right, bottom: Double
  }

  private struct Field: Hashable {
    let column, row: Int
  }

  private static let side = 80.0
  /// A longer label would take part in more fields than are looked at.
  private static let mostFields = 12
  private var fields: [Field: [Box]] = [:]

  /// Takes the place of a mark.
  mutating func take(x: Double, y: Double, radius: Double) {
    insert(Box(left: x - radius, top: y - radius, right: x + radius, bottom: y + radius))
  }

  /// A free place for a label beside a mark, taken from now on; `nil` if there is none.
  ///
  /// - Parameters:
  ///   - width: Length of the label, and `height` of its letters.
  /// - Returns: Where the label begins, and the line on which its letters stand.
  mutating func label(
    x: Double, y: Double, radius: Double, width: Double, height: Double
  ) -> (x: Double, y: Double)? {
    let beside = radius + 3
    let tries = [
      (x + beside, y + height * 0.35), (x - beside - width, y + height * 0.35),
      (x - width / 2, y + beside + height * 0.8),
      (x - width / 2, y - beside - height * 0.2),
    ]
    for (left, line) in tries {
      if take(left: left, line: line, width: width, height: height) { return (left, line) }
    }
    return nil
  }

  /// Takes the place of a label if it is free; returns whether it was.
  mutating func take(left: Double, line: Double, width: Double, height: Double) -> Bool {
    let box = Box(left: left, top: line - height * 0.85, right: left + width, bottom: line + height * 0.25)
    guard isFree(box) else { return false }
    insert(box)
    return true
  }

  private static func fields(of box: Box) -> [Field] {
    let columns = Int((box.left / side).rounded(.down))...Int((box.right / side).rounded(.down))
    let rows = Int((box.top / side).rounded(.down))...Int((box.bottom / side).rounded(.down))
    return columns.prefix(mostFields).flatMap { column in
      rows.prefix(mostFields).map { Field(column: column, row: $0) }
    }
  }

  private mutating func insert(_ box: Box) {
    for field in Self.fields(of: box) { fields[field, default: []].append(box) }
  }

  private func isFree(_ box: Box) -> Bool {
    for field in Self.fields(of: box) {
      for other in fields[field] ?? []
      where box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom {
        return false
      }
    }
    return true
  }
}
