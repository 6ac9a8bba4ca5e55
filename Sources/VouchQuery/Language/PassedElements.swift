/// Nodes or edges that are on the way, in a stack that is searched.
struct PassedElements {
  /// From this height on a table is kept beside the stack.
  private static let tableHeight = 24

  private var stack: [Int] = []
  private var counts: [Int: Int] = [:]
  private var twins = 0

  /// Whether some element is there twice.
  var hasTwin: Bool { twins > 0 }

  func contains(_ element: Int) -> Bool {
    stack.count <= Self.tableHeight ? stack.contains(element) : counts[element] != nil
  }

  mutating func push(_ element: Int) {
    if contains(element) { twins += 1 }
    stack.append(element)
    if stack.count == Self.tableHeight + 1 {
      counts = [:]
      for element in stack { counts[element, default: 0] += 1 }
    } else if stack.count > Self.tableHeight {
      counts[element, default: 0] += 1
    }
  }

  mutating func pop() {
    guard let element = stack.popLast() else { return }
    if stack.count > Self.tableHeight, let count = counts[element] {
      counts[element] = count > 1 ? count - 1 : nil
    }
    if twins > 0, contains(element) { twins -= 1 }
  }
}
