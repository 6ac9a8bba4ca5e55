/// How far nodes and states are from a root.
struct DistanceTable {
  /// Up to this size a table is laid out in full.
  private static let denseLimit = 1 << 20

  private var dense: [Int32]
  private var sparse: [Int: Int32] = [:]
  private var touched: [Int] = []

  init(count: Int, width: Int) {
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    dense = overflow || size > Self.denseLimit ? [] : Array(repeating: -1, count: size)
  }

  subscript(key: Int) -> Int? {
    get {
      guard !dense.isEmpty else { return sparse[key].map { Int($0) } }
      return dense[key] < 0 ? nil : Int(dense[key])
    }
    set {
      let value = Int32(clamping: newValue ?? -1)
      if dense.isEmpty {
        sparse[key] = value
      } else {
        dense[key] = value
        touched.append(key)
      }
    }
  }

  /// Forgets all distances.
  mutating func reset() {
    for key in touched { dense[key] = -1 }
    touched.removeAll(keepingCapacity: true)
    sparse.removeAll(keepingCapacity: true)
  }
}
