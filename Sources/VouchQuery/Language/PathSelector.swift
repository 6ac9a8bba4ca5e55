/// Which of the paths between two nodes a pattern means (ISO/IEC 39075, path search prefix).
enum PathSelector: Hashable {
  /// All of them.
  case all
  /// So many of the shortest, and all as short as the last of them if `withTies`.
  case shortest(Int, withTies: Bool)
  /// All of the so many smallest lengths.
  case groups(Int)
}

/// What a path may pass more than once (ISO/IEC 39075, path mode).
enum PathMode: String, CaseIterable {
  /// Everything.
  case walk = "WALK"
  /// Nodes, but no edge.
  case trail = "TRAIL"
  /// Neither node nor edge.
  case acyclic = "ACYCLIC"
  /// Neither, but for the first node, which may be the last.
  case simple = "SIMPLE"
}

/// Which way an edge is passed.
enum EdgeDirection: Sendable {
  /// From source to target, from target to source, or as it comes.
  case forward, backward, either
}

extension EdgeDirection {
  /// The same edge passed from its other end.
  var reversed: EdgeDirection {
    switch self {
    case .forward: .backward
    case .backward: .forward
    case .either: .either
    }
  }
}

/// How often an edge pattern is passed.
struct EdgeQuantifier: Hashable {
  /// Most that a query may ask for.
  static let limit = 256

  var least: Int
  /// `nil` for any number.
  var most: Int?
}
