internal import VouchCore

extension QueryValue {
  /// Whether two values are equal; `nil` if that is not known, as openCypher's three-valued logic has it.
  ///
  /// Values of different kinds are not equal; a string that is a date can be compared with a date.
  static func equals(_ a: QueryValue, _ b: QueryValue) -> Bool? {
    switch (a, b) {
    case (.null, _), (_, .null): return nil
    case (.float(let a), .float(let b)): return a == b
    case (.list(let a), .list(let b)):
      guard a.count == b.count else { return false }
      return conjunction(zip(a, b).lazy.map { equals($0, $1) })
    case (.map(let a), .map(let b)):
      guard a.map(\.key) == b.map(\.key) else { return false }
      return conjunction(zip(a, b).lazy.map { equals($0.value, $1.value) })
    case (.date(let a), .string(let b)), (.string(let b), .date(let a)): return CalendarDate(iso8601: b) == a
    default: return a == b
    }
  }

  private static func conjunction(_ parts: some Sequence<Bool?>) -> Bool? {
    var result: Bool? = true
    for part in parts {
      if part == false { return false }
      if part == nil { result = nil }
    }
    return result
  }

  /// Whether `a` and `b` stand in a relation of order; `nil` if they are not comparable.
  ///
  /// Of two dates one is `less` if it ends before the other begins, `lessOrEqual` if it does not end after the other.
  static func holds(_ comparison: ExpressionSyntax.Comparison, _ a: QueryValue, _ b: QueryValue) -> Bool? {
    switch comparison {
    case .equal: return equals(a, b)
    case .notEqual: return equals(a, b).map { !$0 }
    case .greater: return holds(.less, b, a)
    case .greaterOrEqual:
      if let (a, b) = dates(a, b) { return a.dayNumber >= b.dayNumber }
      return holds(.lessOrEqual, b, a)
    case .less:
      if let (a, b) = dates(a, b) { return a.endDayNumber <= b.dayNumber }
      return order(a, b).map { $0 < 0 }
    case .lessOrEqual:
      if let (a, b) = dates(a, b) { return a.endDayNumber <= b.endDayNumber }
      if case (.float(let x), _) = (a, b), x.isNaN { return false }
      return order(a, b).map { $0 <= 0 }
    }
  }

  private static func dates(_ a: QueryValue, _ b: QueryValue) -> (CalendarDate, CalendarDate)? {
    switch (a, b) {
    case (.date(let a), .date(let b)): (a, b)
    case (.date(let a), .string(let b)): CalendarDate(iso8601: b).map { (a, $0) }
    case (.string(let a), .date(let b)): CalendarDate(iso8601: a).map { ($0, b) }
    default: nil
    }
  }

  /// Below, at or above 0 as `a` stands before, beside or behind `b`; `nil` if they are not comparable.
  private static func order(_ a: QueryValue, _ b: QueryValue) -> Int? {
    switch (a, b) {
    case (.boolean(let a), .boolean(let b)): return (a ? 1 : 0) - (b ? 1 : 0)
    case (.integer(let a), .integer(let b)): return a < b ? -1 : a > b ? 1 : 0
    case (.integer, .float), (.float, .integer), (.float, .float):
      guard let x = a.number, let y = b.number else { return nil }
      if x.isNaN || y.isNaN { return nil }
      return x < y ? -1 : x > y ? 1 : 0
    case (.string(let a), .string(let b)): return bytewise(a, b)
    case (.list(let a), .list(let b)):
      for (x, y) in zip(a, b) {
        guard let order = order(x, y) else { return nil }
        if order != 0 { return order }
      }
      return a.count - b.count
    default: return nil
    }
  }

  private static func bytewise(_ a: String, _ b: String) -> Int {
    if a.precedesBytewise(b) { return -1 }
    return b.precedesBytewise(a) ? 1 : 0
  }

  /// The order of `ORDER BY`, in which all values stand: maps, nodes, edges, lists, paths, dates, strings, booleans, numbers,
  /// null; below, at or above 0.
  static func sorting(_ a: QueryValue, _ b: QueryValue) -> Int {
    if a.rank != b.rank { return a.rank - b.rank }
    switch (a, b) {
    case (.node(let a), .node(let b)), (.edge(let a), .edge(let b)): return a - b
    case (.date(let a), .date(let b)): return a < b ? -1 : b < a ? 1 : 0
    case (.list(let a), .list(let b)):
      for (x, y) in zip(a, b) {
        let order = sorting(x, y)
        if order != 0 { return order }
      }
      return a.count - b.count
    case (.map(let a), .map(let b)):
      for (x, y) in zip(a, b) {
        let order = x.key == y.key ? sorting(x.value, y.value) : bytewise(x.key, y.key)
        if order != 0 { return order }
      }
      return a.count - b.count
    case (.path(let a), .path(let b)): return a.precedes(b) ? -1 : b.precedes(a) ? 1 : 0
    case (.float(let x), _) where x.isNaN:
      if case .float(let y) = b, y.isNaN { return 0 }
      return 1
    case (_, .float(let y)) where y.isNaN: return -1
    default: return order(a, b) ?? 0
    }
  }

  private var rank: Int {
    switch self {
    case .map: 0
    case .node: 1
    case .edge: 2
    case .list: 3
    case .path: 4
    case .date: 5
    case .string: 6
    case .boolean: 7
    case .integer, .float: 8
    case .null: 9
    }
  }
}

extension QueryPath {
  /// Shorter paths first; of equally long ones those of lower nodes, then of lower edges.
  func precedes(_ other: QueryPath) -> Bool {
    if edges.count != other.edges.count { return edges.count < other.edges.count }
    if nodes != other.nodes { return nodes.lexicographicallyPrecedes(other.nodes) }
    return edges.lexicographicallyPrecedes(other.edges)
  }
}
