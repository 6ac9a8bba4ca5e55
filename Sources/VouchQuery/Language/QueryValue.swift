public import VouchCore

/// A value in a query: what an expression gives and a row holds.
///
/// Two values are equal in the sense of `==` if `DISTINCT` and grouping take them for one: null equals null, and 1 equals 1.0.
public enum QueryValue: Sendable, Hashable {
  /// Not known, or not there.
  case null
  /// True or false.
  case boolean(Bool)
  /// A whole number.
  case integer(Int)
  /// A number with a fraction.
  case float(Double)
  /// A text.
  case string(String)
  /// A day, month or year.
  case date(CalendarDate)
  /// Values in order.
  case list([QueryValue])
  /// Values by name, ascending by the bytes of the names.
  case map([Entry])
  /// A node, by its number.
  case node(Int)
  /// An edge, by its number.
  case edge(Int)
  /// A path.
  case path(QueryPath)

  /// A named value.
  public struct Entry: Sendable, Hashable {
    /// The name.
    public let key: String
    /// The value.
    public let value: QueryValue
    /// Makes an entry.
    public init(key: String, value: QueryValue) {
      self.key = key
      self.value = value
    }
  }

  /// What the value is, in messages.
  var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .float: "a number"
    case .string: "a string"
    case .date: "a date"
    case .list: "a list"
    case .map: "a map"
    case .node: "a node"
    case .edge: "an edge"
    case .path: "a path"
    }
  }

  /// A map of some entries.
  static func map(of entries: [(String, QueryValue)]) -> QueryValue {
    .map(entries.map { Entry(key: $0.0, value: $0.1) }.sorted { $0.key.precedesBytewise($1.key) })
  }

  var number: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .float(let value): value
    default: nil
    }
  }

  /// Whether two values are one to `DISTINCT`.
  public static func == (a: QueryValue, b: QueryValue) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.float(let a), .float(let b)): a == b || (a.isNaN && b.isNaN)
    case (.integer(let a), .float(let b)), (.float(let b), .integer(let a)): Double(a) == b && Int(exactly: b) == a
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.date(let a), .date(let b)): a == b
    case (.list(let a), .list(let b)): a == b
    case (.map(let a), .map(let b)): a == b
    case (.node(let a), .node(let b)): a == b
    case (.edge(let a), .edge(let b)): a == b
    case (.path(let a), .path(let b)): a == b
    default: false
    }
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .boolean(let value): hasher.combine(value)
    case .integer(let value): hasher.combine(value)
    case .float(let value):
      if let whole = Int(exactly: value) { hasher.combine(whole) } else { hasher.combine(value.isNaN ? 0 : value) }
    case .string(let value): for byte in value.utf8 { hasher.combine(byte) }
    case .date(let value): hasher.combine(value)
    case .list(let value): hasher.combine(value)
    case .map(let value): hasher.combine(value)
    case .node(let id): hasher.combine(id)
    case .edge(let id): hasher.combine(id)
    case .path(let path): hasher.combine(path)
    }
  }
}

/// A walk through a graph: nodes, and the edges between them; there is one edge less than there are nodes.
public struct QueryPath: Sendable, Hashable {
  /// Numbers of the nodes; never empty.
  public let nodes: [Int]
  /// Numbers of the edges, each passed in either direction.
  public let edges: [Int]

  init(nodes: [Int], edges: [Int]) {
    self.nodes = nodes
    self.edges = edges
  }
}
