/// The functions of the language that give one value for one row.
enum QueryFunction: String, CaseIterable {
  case nodes, relationships, edges, length, size, labels, type, id, keys, properties, coalesce, head, last, tail,
    reverse
  case range, startNode, endNode, toInteger, toFloat, toString, toBoolean, toLower, toUpper, lower, upper, trim, ltrim
  case rtrim, substring, left, right, split, replace, abs, ceil, floor, round, sign, sqrt, isEmpty, exists, date

  /// The function called `name`, in any case of letters.
  init?(called name: String) {
    let lowered = name.lowercased()
    guard let function = Self.allCases.first(where: { $0.rawValue.lowercased() == lowered }) else { return nil }
    self = function
  }

  /// How many arguments it takes.
  var arity: ClosedRange<Int> {
    switch self {
    case .coalesce: 1...64
    case .range, .substring: 2...3
    case .left, .right, .split: 2...2
    case .replace: 3...3
    case .round: 1...2
    default: 1...1
    }
  }
}

/// The functions that give one value for many rows.
enum QueryAggregate: String, CaseIterable {
  case count, sum, min, max, avg, collect

  init?(called name: String) { self.init(rawValue: name.lowercased()) }

  /// An aggregate of a projection.
  struct Call {
    let function: QueryAggregate
    /// `nil` in `count(*)`.
    let argument: QueryCode?
    let isDistinct: Bool
    let range: Range<Int>
  }
}
