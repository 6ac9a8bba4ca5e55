/// A query ready to run: clauses in order, all names resolved; rows have one place for every variable of the query.
struct QueryPlan {
  enum Stage {
    case match(MatchPlan)
    case unwind(QueryCode, slot: Int)
    case project(ProjectionPlan)
  }

  var stages: [Stage] = []
  /// Patterns in conditions.
  var existing: [MatchPlan] = []
  var slotCount = 0
  var isExplained = false

  /// The columns of the result.
  var columns: [ProjectionPlan.Column] {
    if case .project(let projection)? = stages.last { return projection.columns }
    return []
  }
}

/// What a `WITH` or `RETURN` does with rows.
struct ProjectionPlan {
  struct Column {
    let name: String
    let slot: Int
    let code: QueryCode
    /// Whether the column holds an aggregate, and so does not tell groups apart.
    let isAggregate: Bool
  }

  var isReturn = false
  var columns: [Column] = []
  var aggregates: [QueryAggregate.Call] = []
  var isDistinct = false
  var order: [(code: QueryCode, isDescending: Bool)] = []
  var skip = 0
  var limit: Int?
  var condition: QueryCode?

  var isAggregating: Bool { !aggregates.isEmpty }
}

/// What a `MATCH` does: operations in order, each of which binds more of the patterns.
struct MatchPlan {
  struct Node {
    var slot: Int?
    /// Classes that the labels admit; `nil` for all.
    var classes: [Bool]?
    /// The nodes that bear the name asked for, ascending; `nil` if none is asked for.
    var named: [Int]?
    /// What the node must meet, on its own or together with what was bound before it.
    var filters: [Filter] = []
    var name: String
    /// How many nodes the labels and the name admit.
    var estimate: Int
  }

  struct Edge {
    var slot: Int?
    /// Place of a single edge while the filters of a quantified pattern look at it.
    var innerSlot: Int?
    /// Types admitted; `nil` for all.
    var types: [Bool]?
    var filters: [Filter] = []
    var direction: EdgeDirection
    var least = 1
    /// `nil` for any number.
    var most: Int? = 1
    /// Whether the variable is a list.
    var isMany = false
    var name: String
    var range: Range<Int>
  }

  struct Filter {
    let code: QueryCode
    /// As written, for explanations.
    let text: String
  }

  struct Pattern {
    var nodes: [Node]
    var edges: [Edge]
    var pathSlot: Int?
    var selector: PathSelector
    var mode: PathMode
    /// Whether its edges must also differ from those of the other patterns of the clause.
    var sharesEdges: Bool
    var name: String
  }

  enum Start {
    case bound(slot: Int)
    case named([Int])
    /// The ends of an edge that is bound.
    case endsOfEdge(slot: Int)
    case classes([Int])
    case all
  }

  struct Operation {
    enum Kind {
      /// Goes through the nodes at which a pattern is begun.
      case start(pattern: Int, node: Int, Start)
      /// Passes an edge pattern, from its left node if `isForward`.
      case expand(pattern: Int, edge: Int, isForward: Bool)
      /// Finds the selected paths of a pattern; from its left end if `fromLeft`.
      case select(pattern: Int, fromLeft: Bool)
      /// Sets the variable of a path.
      case finish(pattern: Int)
    }

    let kind: Kind
    /// Whether the node that is reached, and the edge that leads to it, are bound already.
    var nodeIsBound = false
    var edgeIsBound = false
    /// Whether the pattern is whole behind it.
    var isLast = false
    /// What is looked at as soon as the operation has bound its part.
    var filters: [Filter] = []
  }

  var isOptional = false
  var patterns: [Pattern] = []
  var operations: [Operation] = []
  /// Places that are null when an optional match finds nothing.
  var newSlots: [Int] = []
}
