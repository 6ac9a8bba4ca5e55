extension QueryParser {
  private static let pathWords: Set<String> = ["PATH", "PATHS"]

  /// Reads `[p =] [selector] [mode] (a)-[e]->(b)…`.
  mutating func pattern() throws(QueryError) -> PatternSyntax {
    let start = current.range.lowerBound
    var variable: NameSyntax?
    if case .name = current.kind, token(1).kind == .sign(.equal) {
      variable = try name("a name for the path")
      advance()
    }
    let (selector, mode) = try prefix()
    var pattern = try bare()
    pattern.variable = variable
    pattern.selector = selector
    pattern.mode = mode
    pattern.range = start..<pattern.range.upperBound
    return pattern
  }

  /// Reads `(a)-[e]->(b)…`.
  mutating func bare() throws(QueryError) -> PatternSyntax {
    let start = current.range.lowerBound
    var pattern = PatternSyntax(nodes: [try node()], range: start..<start)
    while current.kind == .sign(.minus) || current.kind == .sign(.less) {
      pattern.edges.append(try edge())
      pattern.nodes.append(try node())
    }
    pattern.range = start..<tokens[position - 1].range.upperBound
    return pattern
  }

  /// Reads `ALL SHORTEST`, `SHORTEST 3 ACYCLIC PATHS` and the like; the words after the first in any order.
  private mutating func prefix() throws(QueryError) -> (PathSelector, PathMode?) {
    var selector = PathSelector.all
    var counted: (number: Int, range: Range<Int>)?
    func number(_ parser: inout QueryParser) throws(QueryError) -> Int {
      guard case .integer(let value) = parser.current.kind else { return 1 }
      counted = (value, parser.current.range)
      guard (1...100_000).contains(value) else {
        throw QueryError(.syntax, "found \(value) paths; expected 1 to 100000", at: parser.current.range)
      }
      parser.advance()
      return value
    }
    var isGrouped = false
    if accept("ALL") {
      if accept("SHORTEST") { selector = .shortest(1, withTies: true) }
    } else if accept("ANY") {
      selector = accept("SHORTEST") ? .shortest(1, withTies: false) : .shortest(try number(&self), withTies: false)
    } else if accept("SHORTEST") {
      selector = .shortest(try number(&self), withTies: false)
      isGrouped = true
    }
    var mode: PathMode?
    while let word = current.word {
      if let found = PathMode(rawValue: word), mode == nil {
        mode = found
      } else if isGrouped, word == "GROUP" || word == "GROUPS" {
        selector = .groups(counted?.number ?? 1)
        isGrouped = false
      } else if !Self.pathWords.contains(word) {
        let words = ["ANY", "ANY SHORTEST", "ALL SHORTEST", "SHORTEST", "ALL"] + PathMode.allCases.map(\.rawValue)
        throw unexpected(
          "a node such as (a:Person)", QueryError.advice(for: word, among: words, called: "a path may be preceded by"))
      }
      advance()
    }
    return (selector, mode)
  }

  private mutating func node() throws(QueryError) -> NodeSyntax {
    let start = current.range.lowerBound
    try expect(.open, "of a node")
    nodeCount += 1
    guard nodeCount <= Self.nodeLimit else {
      throw QueryError(
        .tooLong, "the query has more than \(Self.nodeLimit) nodes in patterns", at: start..<start + 1)
    }
    var node = NodeSyntax(range: start..<start)
    if let variable = try variable() { node.variable = variable }
    if accept(.colon) || accept("IS") { node.labels = try labels(joinedByColon: true) }
    node.properties = try properties()
    if accept("WHERE") { node.condition = try expression() }
    guard current.kind == .sign(.close) else {
      throw unexpected("\")\" or a label, {property: value} or WHERE inside a node")
    }
    advance()
    node.range = start..<tokens[position - 1].range.upperBound
    return node
  }

  private mutating func edge() throws(QueryError) -> EdgeSyntax {
    let start = current.range.lowerBound
    let pointsLeft = accept(.less)
    try expect(.minus, "of an edge")
    var edge = EdgeSyntax(range: start..<start)
    if accept(.openBracket) {
      edge.variable = try variable()
      if accept(.colon) || accept("IS") { edge.types = try labels(joinedByColon: false) }
      if accept(.star) { edge.quantifier = try starRange() }
      edge.properties = try properties()
      if accept("WHERE") { edge.condition = try expression() }
      if current.kind == .sign(.range) || current.kind == .sign(.star) {
        throw QueryError(
          .invalidRelationshipPattern,
          "found \(current.shown); write a number of hops as [e:type*1..3], or as {1,3} behind the arrow",
          at: current.range)
      }
      guard accept(.closeBracket) else {
        throw unexpected("\"]\" or a type, a number of hops, {property: value} or WHERE inside an edge")
      }
    }
    try expect(.minus, "of an edge")
    let pointsRight = accept(.greater)
    edge.direction = pointsLeft == pointsRight ? .either : pointsLeft ? .backward : .forward
    let before = current
    if let quantifier = try quantifier() {
      guard edge.quantifier == nil else {
        throw QueryError(.invalidRelationshipPattern, "the number of hops is given twice", at: before.range)
      }
      edge.quantifier = quantifier
    }
    edge.range = start..<tokens[position - 1].range.upperBound
    return edge
  }

  private mutating func variable() throws(QueryError) -> NameSyntax? {
    guard case .name(_, let isQuoted) = current.kind else { return nil }
    if !isQuoted, let word = current.word, word == "WHERE" || (word == "IS" && token(1).word != nil) { return nil }
    return try name("a variable")
  }

  /// Reads `A`, `A|B`, `A&!B`, and, of nodes, `A:B`.
  mutating func labels(joinedByColon: Bool) throws(QueryError) -> LabelSyntax {
    var any = [try allLabels(joinedByColon)]
    while accept(.bar) {
      _ = accept(.colon)
      any.append(try allLabels(joinedByColon))
    }
    return any.count == 1 ? any[0] : .any(any)
  }

  private mutating func allLabels(_ joinedByColon: Bool) throws(QueryError) -> LabelSyntax {
    var all = [try label(joinedByColon)]
    while accept(.ampersand) || (joinedByColon && accept(.colon)) { all.append(try label(joinedByColon)) }
    return all.count == 1 ? all[0] : .all(all)
  }

  private mutating func label(_ joinedByColon: Bool) throws(QueryError) -> LabelSyntax {
    if accept(.bang) {
      return .not(try nested { parser throws(QueryError) in try parser.label(joinedByColon) })
    }
    if accept(.percent) { return .anything }
    if accept(.open) {
      let labels = try nested { parser throws(QueryError) in try parser.labels(joinedByColon: joinedByColon) }
      try expect(.close)
      return labels
    }
    var name = try name(joinedByColon ? "a label" : "a type of edge")
    // The types of edges are written with hyphens: [e:member-of].
    while !joinedByColon, current.kind == .sign(.minus), current.range.lowerBound == name.range.upperBound,
      case .name(let rest, _) = token(1).kind, token(1).range.lowerBound == current.range.upperBound
    {
      name = NameSyntax(text: name.text + "-" + rest, range: name.range.lowerBound..<token(1).range.upperBound)
      advance()
      advance()
    }
    return .name(name)
  }

  private mutating func properties() throws(QueryError) -> [(key: NameSyntax, value: ExpressionSyntax)] {
    if case .parameter = current.kind {
      throw QueryError(
        .invalidParameterUse, "a pattern's properties must be named: {name: \(current.shown.dropFirst(14))}",
        at: current.range)
    }
    guard current.kind == .sign(.openBrace) else { return [] }
    return try map()
  }

  /// Reads `{key: value, …}`.
  mutating func map() throws(QueryError) -> [(key: NameSyntax, value: ExpressionSyntax)] {
    try expect(.openBrace)
    var entries: [(key: NameSyntax, value: ExpressionSyntax)] = []
    if accept(.closeBrace) { return entries }
    repeat {
      let key = try name("the name of a property")
      try expect(.colon)
      entries.append((key, try expression()))
    } while accept(.comma)
    try expect(.closeBrace)
    return entries
  }

  // MARK: How often

  /// Reads what follows `*` in brackets: nothing, `2`, `2..`, `..3`, `2..3`.
  private mutating func starRange() throws(QueryError) -> EdgeQuantifier {
    if current.kind == .sign(.minus) { throw badRange() }
    guard let least = try bound() else {
      guard accept(.range) else { return EdgeQuantifier(least: 1, most: nil) }
      return EdgeQuantifier(least: 1, most: try bound())
    }
    guard accept(.range) else { return EdgeQuantifier(least: least, most: least) }
    return EdgeQuantifier(least: least, most: try bound())
  }

  /// Reads `{m,n}`, `{m,}`, `{,n}`, `{n}`, `*`, `+` or `?` behind an arrow.
  private mutating func quantifier() throws(QueryError) -> EdgeQuantifier? {
    if accept(.star) { return EdgeQuantifier(least: 0, most: nil) }
    if accept(.plus) { return EdgeQuantifier(least: 1, most: nil) }
    if accept(.question) { return EdgeQuantifier(least: 0, most: 1) }
    guard accept(.openBrace) else { return nil }
    let least = try bound()
    if accept(.comma) {
      let most = try bound()
      try expect(.closeBrace)
      return EdgeQuantifier(least: least ?? 0, most: most)
    }
    guard let least else { throw badRange() }
    try expect(.closeBrace)
    return EdgeQuantifier(least: least, most: least)
  }

  private mutating func bound() throws(QueryError) -> Int? {
    switch current.kind {
    case .integer(let value):
      guard value <= EdgeQuantifier.limit else {
        throw QueryError(
          .invalidRelationshipPattern, "found \(value) hops; at most \(EdgeQuantifier.limit) are possible",
          at: current.range)
      }
      advance()
      return value
    case .float, .parameter: throw badRange()
    case .sign(.minus): throw badRange()
    default: return nil
    }
  }

  private func badRange() -> QueryError {
    QueryError(
      .invalidRelationshipPattern,
      "expected a number of hops from 0 to \(EdgeQuantifier.limit), found \(current.shown)",
      at: current.range)
  }
}
