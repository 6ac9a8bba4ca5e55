extension QueryParser {
  typealias Kind = ExpressionSyntax.Kind

  /// Reads an expression: `OR` binds loosest, then `XOR`, `AND`, `NOT`, comparisons, `IN` and the tests of strings, `+ -`,
  /// `* / %`, `^`, signs, properties.
  mutating func expression() throws(QueryError) -> ExpressionSyntax {
    try nested { parser throws(QueryError) in try parser.binary(.or) }
  }

  private enum Precedence: Int, Comparable {
    case or, xor, and, not, comparison, test, sum, product, power, sign
    static func < (a: Precedence, b: Precedence) -> Bool { a.rawValue < b.rawValue }
    var next: Precedence { Precedence(rawValue: rawValue + 1) ?? .sign }
  }

  private func made(_ kind: Kind, from start: Int, _ parts: [ExpressionSyntax]) throws(QueryError) -> ExpressionSyntax {
    let last = max(start, position - 1)
    let range = tokens[start].range.lowerBound..<tokens[last].range.upperBound
    let depth = 1 + (parts.map(\.depth).max() ?? 0)
    guard depth <= Self.depthLimit else {
      throw QueryError(.tooDeep, "the expression has more than \(Self.depthLimit) levels", at: range)
    }
    return ExpressionSyntax(kind: kind, range: range, tokens: start..<position, depth: depth)
  }

  private mutating func binary(_ least: Precedence) throws(QueryError) -> ExpressionSyntax {
    let start = position
    var left = try prefixed()
    while true {
      if least <= .comparison, comparison != nil {
        var others: [(ExpressionSyntax.Comparison, ExpressionSyntax)] = []
        while let comparison {
          advance()
          others.append((comparison, try binary(.test)))
        }
        left = try made(.comparison(left, others), from: start, [left] + others.map(\.1))
      } else if least <= .test, current.word == "IS" {
        advance()
        let isNegated = accept("NOT")
        try expect("NULL")
        left = try made(.isNull(left, isNegated: isNegated), from: start, [left])
      } else if let (sign, precedence, words) = operation, precedence >= least {
        for _ in 0..<words { advance() }
        let right = try binary(precedence.next)
        left = try made(.binary(sign, left, right), from: start, [left, right])
      } else {
        return left
      }
    }
  }

  private var comparison: ExpressionSyntax.Comparison? {
    switch current.kind {
    case .sign(.equal): .equal
    case .sign(.notEqual), .sign(.bangEqual): .notEqual
    case .sign(.less): .less
    case .sign(.lessOrEqual): .lessOrEqual
    case .sign(.greater): .greater
    case .sign(.greaterOrEqual): .greaterOrEqual
    default: nil
    }
  }

  private var operation: (ExpressionSyntax.Operator, Precedence, words: Int)? {
    switch current.kind {
    case .sign(.plus): return (.add, .sum, 1)
    case .sign(.minus): return (.subtract, .sum, 1)
    case .sign(.star): return (.multiply, .product, 1)
    case .sign(.slash): return (.divide, .product, 1)
    case .sign(.percent): return (.remainder, .product, 1)
    case .sign(.caret): return (.power, .power, 1)
    default: break
    }
    switch current.word {
    case "OR": return (.or, .or, 1)
    case "XOR": return (.xor, .xor, 1)
    case "AND": return (.and, .and, 1)
    case "IN": return (.isIn, .test, 1)
    case "STARTS" where token(1).word == "WITH": return (.startsWith, .test, 2)
    case "ENDS" where token(1).word == "WITH": return (.endsWith, .test, 2)
    case "CONTAINS": return (.contains, .test, 1)
    default: return nil
    }
  }

  private mutating func prefixed() throws(QueryError) -> ExpressionSyntax {
    let start = position
    if current.word == "NOT" {
      advance()
      let operand = try nested { parser throws(QueryError) in try parser.binary(.comparison) }
      return try made(.not(operand), from: start, [operand])
    }
    if accept(.minus) {
      let operand = try nested { parser throws(QueryError) in try parser.prefixed() }
      switch operand.kind {
      case .literal(.integer(let value)): return try made(.literal(.integer(-value)), from: start, [])
      case .literal(.float(let value)): return try made(.literal(.float(-value)), from: start, [])
      default: return try made(.negated(operand), from: start, [operand])
      }
    }
    if accept(.plus) { return try nested { parser throws(QueryError) in try parser.prefixed() } }
    return try postfixed()
  }

  private mutating func postfixed() throws(QueryError) -> ExpressionSyntax {
    let start = position
    var value = try atom()
    while true {
      if accept(.dot) {
        let key = try name("the name of a property")
        value = try made(.property(value, key), from: start, [value])
      } else if accept(.openBracket) {
        var low: ExpressionSyntax?
        if current.kind != .sign(.range) { low = try expression() }
        if accept(.range) {
          var high: ExpressionSyntax?
          if current.kind != .sign(.closeBracket) { high = try expression() }
          try expect(.closeBracket)
          value = try made(.slice(value, low, high), from: start, [value] + [low, high].compactMap(\.self))
        } else {
          try expect(.closeBracket)
          guard let low else { throw unexpected("a position") }
          value = try made(.index(value, low), from: start, [value, low])
        }
      } else if current.kind == .sign(.colon), case .variable = value.kind {
        advance()
        value = try made(.hasLabels(value, try labels(joinedByColon: true)), from: start, [value])
      } else {
        return value
      }
    }
  }

  private mutating func atom() throws(QueryError) -> ExpressionSyntax {
    let start = position
    func literal(_ value: QueryValue) throws(QueryError) -> ExpressionSyntax {
      advance()
      return try made(.literal(value), from: start, [])
    }
    switch current.kind {
    case .integer(let value): return try literal(.integer(value))
    case .float(let value): return try literal(.float(value))
    case .string(let value): return try literal(.string(value))
    case .parameter(let name):
      advance()
      return try made(.parameter(name), from: start, [])
    case .sign(.open):
      if startsPattern { return try existing(try bare(), from: start) }
      advance()
      let inner = try expression()
      try expect(.close)
      return inner
    case .sign(.openBracket): return try list()
    case .sign(.openBrace):
      let entries = try map()
      return try made(.map(entries), from: start, entries.map(\.value))
    case .name(_, let isQuoted):
      if !isQuoted, let value = try word() { return value }
      let name = try name("an expression")
      return try made(.variable(name.text), from: start, [])
    default: throw unexpected("an expression")
    }
  }

  /// Reads what an unquoted word begins, unless it is a variable.
  private mutating func word() throws(QueryError) -> ExpressionSyntax? {
    let start = position
    let isCall = token(1).kind == .sign(.open)
    switch current.word {
    case "TRUE", "FALSE", "NULL":
      guard !isCall, let word = current.word else { return nil }
      advance()
      return try made(.literal(word == "NULL" ? .null : .boolean(word == "TRUE")), from: start, [])
    case "CASE": return try conditional()
    case "EXISTS" where token(1).kind == .sign(.openBrace):
      advance()
      advance()
      let match = try nested { parser throws(QueryError) in try parser.existingMatch() }
      try expect(.closeBrace)
      return try made(.exists(match), from: start, [])
    case "DATE":
      guard case .string = token(1).kind else { break }
      let name = try name("DATE")
      let text = try atom()
      return try made(.call(name, [text], isDistinct: false), from: start, [text])
    case "COUNT" where isCall && token(2).kind == .sign(.star) && token(3).kind == .sign(.close):
      for _ in 0..<4 { advance() }
      return try made(.countAll, from: start, [])
    case "ALL", "ANY", "NONE", "SINGLE":
      guard isCall, case .name = token(2).kind, token(3).word == "IN" else { break }
      return try quantified()
    case "SHORTESTPATH", "ALLSHORTESTPATHS":
      guard isCall else { break }
      throw QueryError(
        .unsupported, "write MATCH p = ANY SHORTEST (a)-[e]->+(b), or ALL SHORTEST", at: current.range)
    default: break
    }
    return isCall ? try call() : nil
  }

  private mutating func call() throws(QueryError) -> ExpressionSyntax {
    let start = position
    let function = try name("a function")
    try expect(.open)
    let isDistinct = accept("DISTINCT")
    var arguments: [ExpressionSyntax] = []
    if current.kind != .sign(.close) {
      repeat { arguments.append(try expression()) } while accept(.comma)
    }
    try expect(.close, "after the arguments of \(function.text)")
    return try made(.call(function, arguments, isDistinct: isDistinct), from: start, arguments)
  }

  private mutating func quantified() throws(QueryError) -> ExpressionSyntax {
    let start = position
    let quantity = ExpressionSyntax.Quantity(rawValue: current.word ?? "") ?? .all
    advance()
    try expect(.open)
    let variable = try name("a variable")
    try expect("IN")
    let list = try expression()
    try expect("WHERE")
    let condition = try expression()
    try expect(.close)
    return try made(.quantified(quantity, variable, list, condition: condition), from: start, [list, condition])
  }

  private mutating func list() throws(QueryError) -> ExpressionSyntax {
    let start = position
    try expect(.openBracket)
    if case .name = current.kind, token(1).word == "IN" {
      let variable = try name("a variable")
      try expect("IN")
      let list = try expression()
      var condition: ExpressionSyntax?
      var result: ExpressionSyntax?
      if accept("WHERE") { condition = try expression() }
      if accept(.bar) { result = try expression() }
      try expect(.closeBracket)
      return try made(
        .comprehension(variable, list, condition: condition, result: result), from: start,
        [list] + [condition, result].compactMap(\.self))
    }
    var elements: [ExpressionSyntax] = []
    if current.kind != .sign(.closeBracket) {
      repeat { elements.append(try expression()) } while accept(.comma)
    }
    try expect(.closeBracket)
    return try made(.list(elements), from: start, elements)
  }

  private mutating func conditional() throws(QueryError) -> ExpressionSyntax {
    let start = position
    try expect("CASE")
    var subject: ExpressionSyntax?
    if current.word != "WHEN" { subject = try expression() }
    var cases: [(when: ExpressionSyntax, then: ExpressionSyntax)] = []
    while accept("WHEN") {
      let when = try expression()
      try expect("THEN")
      cases.append((when, try expression()))
    }
    guard !cases.isEmpty else { throw unexpected("WHEN") }
    var otherwise: ExpressionSyntax?
    if accept("ELSE") { otherwise = try expression() }
    try expect("END")
    return try made(
      .conditional(subject, cases, otherwise), from: start,
      cases.flatMap { [$0.when, $0.then] } + [subject, otherwise].compactMap(\.self))
  }

  // MARK: Patterns as conditions

  /// Whether `(a)-[…` or `(a)<-…` stands here, rather than an expression in parentheses.
  private var startsPattern: Bool {
    guard let close = closing[position], close + 2 < tokens.count else { return false }
    switch token(1).kind {
    case .sign(.close), .sign(.colon), .sign(.openBrace): break
    case .name:
      switch token(2).kind {
      case .sign(.close), .sign(.colon), .sign(.openBrace): break
      default: guard token(1).word == "WHERE" || token(2).word == "WHERE" else { return false }
      }
    default: return false
    }
    let arrow = tokens[close + 1].kind
    let next = tokens[close + 2].kind
    if arrow == .sign(.less) { return next == .sign(.minus) }
    guard arrow == .sign(.minus) else { return false }
    guard next == .sign(.minus), close + 3 < tokens.count else { return next == .sign(.openBracket) }
    let end = tokens[close + 3].kind
    return end == .sign(.open) || end == .sign(.greater)
  }

  private func existing(_ pattern: PatternSyntax, from start: Int) throws(QueryError) -> ExpressionSyntax {
    try made(.exists(MatchSyntax(isBare: true, patterns: [pattern])), from: start, [])
  }
}
