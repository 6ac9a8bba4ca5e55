/// A query as written.
struct QuerySyntax {
  /// Whether the plan is asked for rather than the answer.
  var isExplained = false
  var clauses: [ClauseSyntax] = []
}

enum ClauseSyntax {
  case match(MatchSyntax)
  case unwind(ExpressionSyntax, NameSyntax)
  case project(ProjectionSyntax)
}

/// A name and where it stands.
struct NameSyntax {
  let text: String
  let range: Range<Int>
}

struct MatchSyntax {
  var isOptional = false
  /// Whether it stands as a condition by itself and so names nothing new.
  var isBare = false
  var patterns: [PatternSyntax] = []
  var condition: ExpressionSyntax?
}

/// `p = ANY SHORTEST TRAIL (a)-[e:said]->{1,3}(b)`; there is one edge less than there are nodes.
struct PatternSyntax {
  var variable: NameSyntax?
  var selector: PathSelector = .all
  var mode: PathMode?
  var nodes: [NodeSyntax]
  var edges: [EdgeSyntax] = []
  var range: Range<Int>
}

struct NodeSyntax {
  var variable: NameSyntax?
  var labels: LabelSyntax?
  var properties: [(key: NameSyntax, value: ExpressionSyntax)] = []
  var condition: ExpressionSyntax?
  var range: Range<Int>
}

struct EdgeSyntax {
  var variable: NameSyntax?
  var types: LabelSyntax?
  var properties: [(key: NameSyntax, value: ExpressionSyntax)] = []
  var condition: ExpressionSyntax?
  var direction: EdgeDirection = .either
  var quantifier: EdgeQuantifier?
  var range: Range<Int>
}

/// `Person|Organization`, `A&!B`.
indirect enum LabelSyntax {
  case name(NameSyntax)
  case anything
  case not(LabelSyntax)
  case all([LabelSyntax])
  case any([LabelSyntax])
}

/// What a `WITH` or `RETURN` makes of the rows before it.
struct ProjectionSyntax {
  struct Item {
    let expression: ExpressionSyntax
    let alias: NameSyntax?
    /// What the column is called without an alias: the expression as written.
    let text: String
  }

  var isReturn: Bool
  var isDistinct = false
  /// `*`: everything that has a name.
  var takesAll = false
  var items: [Item] = []
  var order: [(expression: ExpressionSyntax, isDescending: Bool)] = []
  var skip: ExpressionSyntax?
  var limit: ExpressionSyntax?
  /// The condition of a `WITH`.
  var condition: ExpressionSyntax?
  var range: Range<Int>
}

/// An expression as written.
struct ExpressionSyntax {
  enum Operator: String {
    case or = "OR", xor = "XOR", and = "AND"
    case add = "+", subtract = "-", multiply = "*", divide = "/", remainder = "%", power = "^"
    case isIn = "IN", startsWith = "STARTS WITH", endsWith = "ENDS WITH", contains = "CONTAINS"
  }

  enum Comparison: String {
    case equal = "=", notEqual = "<>", less = "<", lessOrEqual = "<=", greater = ">", greaterOrEqual = ">="
  }

  enum Quantity: String { case all = "ALL", any = "ANY", none = "NONE", single = "SINGLE" }

  indirect enum Kind {
    case literal(QueryValue)
    case parameter(String)
    case variable(String)
    case property(ExpressionSyntax, NameSyntax)
    case index(ExpressionSyntax, ExpressionSyntax)
    case slice(ExpressionSyntax, ExpressionSyntax?, ExpressionSyntax?)
    case hasLabels(ExpressionSyntax, LabelSyntax)
    case list([ExpressionSyntax])
    case map([(key: NameSyntax, value: ExpressionSyntax)])
    case not(ExpressionSyntax)
    case negated(ExpressionSyntax)
    case binary(Operator, ExpressionSyntax, ExpressionSyntax)
    case comparison(ExpressionSyntax, [(Comparison, ExpressionSyntax)])
    case isNull(ExpressionSyntax, isNegated: Bool)
    case call(NameSyntax, [ExpressionSyntax], isDistinct: Bool)
    case countAll
    case comprehension(NameSyntax, ExpressionSyntax, condition: ExpressionSyntax?, result: ExpressionSyntax?)
    case quantified(Quantity, NameSyntax, ExpressionSyntax, condition: ExpressionSyntax)
    case conditional(ExpressionSyntax?, [(when: ExpressionSyntax, then: ExpressionSyntax)], ExpressionSyntax?)
    case exists(MatchSyntax)
  }

  let kind: Kind
  /// Bytes of the query.
  let range: Range<Int>
  /// Tokens of the query: expressions of the same tokens are the same.
  let tokens: Range<Int>
  /// Longest way down to a leaf.
  let depth: Int
}
