/// Reads a query by recursive descent; nesting is bounded.
struct QueryParser {
  /// Deepest nesting of brackets, and of operators.
  static let nestingLimit = 64
  static let depthLimit = 400
  /// Most nodes in patterns, and most clauses.
  static let nodeLimit = 256
  static let clauseLimit = 100

  let source: [UInt8]
  let tokens: [QueryToken]
  /// For each opening parenthesis the token that closes it.
  let closing: [Int: Int]
  var position = 0
  var nesting = 0
  var nodeCount = 0

  init(_ text: String) throws(QueryError) {
    source = Array(text.utf8)
    tokens = try QueryLexer.tokens(text)
    var closing: [Int: Int] = [:]
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token.kind == .sign(.open) { open.append(index) }
      if token.kind == .sign(.close), let start = open.popLast() { closing[start] = index }
    }
    self.closing = closing
  }

  /// Reads a whole query.
  static func parse(_ text: String) throws(QueryError) -> QuerySyntax {
    var parser = try QueryParser(text)
    return try parser.query()
  }

  // MARK: Clauses

  private static let clauseWords = ["MATCH", "OPTIONAL MATCH", "UNWIND", "WITH", "RETURN"]
  private static let writingWords: Set<String> = [
    "CREATE", "MERGE", "DELETE", "DETACH", "SET", "REMOVE", "CALL", "LOAD", "FOREACH", "DROP", "INSERT",
  ]

  mutating func query() throws(QueryError) -> QuerySyntax {
    var query = QuerySyntax()
    query.isExplained = accept("EXPLAIN")
    while true {
      guard query.clauses.count < Self.clauseLimit else {
        throw QueryError(.tooLong, "the query has more than \(Self.clauseLimit) clauses", at: current.range)
      }
      if accept("MATCH") {
        query.clauses.append(.match(try match(isOptional: false)))
      } else if accept("OPTIONAL") {
        try expect("MATCH")
        query.clauses.append(.match(try match(isOptional: true)))
      } else if accept("UNWIND") {
        let list = try expression()
        try expect("AS")
        query.clauses.append(.unwind(list, try name("a name for the elements")))
      } else if accept("WITH") {
        query.clauses.append(.project(try projection(isReturn: false)))
      } else if accept("RETURN") {
        query.clauses.append(.project(try projection(isReturn: true)))
        _ = accept(.semicolon)
        if current.kind != .end { throw unexpected("the end of the query; RETURN comes last") }
        return query
      } else if let word = current.word, Self.writingWords.contains(word) {
        throw QueryError(
          .unsupported, "queries only read: \(word) is not possible; use vouch build, retract and merge",
          at: current.range)
      } else if current.kind == .end, !query.clauses.isEmpty {
        throw QueryError(.syntax, "the query ends without RETURN; say what to return", at: current.range)
      } else {
        let found = current.word.map { QueryError.advice(for: $0, among: Self.clauseWords, called: "the clauses are") }
        throw unexpected("a clause", found ?? "; the clauses are: " + Self.clauseWords.joined(separator: ", "))
      }
    }
  }

  private mutating func match(isOptional: Bool) throws(QueryError) -> MatchSyntax {
    var match = MatchSyntax(isOptional: isOptional)
    repeat { match.patterns.append(try pattern()) } while accept(.comma)
    if accept("WHERE") { match.condition = try expression() }
    return match
  }

  /// Reads what stands in the braces of `EXISTS { … }`.
  mutating func existingMatch() throws(QueryError) -> MatchSyntax {
    _ = accept("MATCH")
    return try match(isOptional: false)
  }

  private mutating func projection(isReturn: Bool) throws(QueryError) -> ProjectionSyntax {
    let start = position
    var projection = ProjectionSyntax(isReturn: isReturn, range: current.range)
    projection.isDistinct = accept("DISTINCT")
    if accept(.star) {
      projection.takesAll = true
    } else {
      projection.items.append(try item())
    }
    while accept(.comma) { projection.items.append(try item()) }
    if accept("ORDER") {
      try expect("BY")
      repeat {
        let key = try expression()
        var isDescending = false
        if accept("DESC") || accept("DESCENDING") {
          isDescending = true
        } else if !accept("ASC") {
          _ = accept("ASCENDING")
        }
        projection.order.append((key, isDescending))
      } while accept(.comma)
    }
    if accept("SKIP") || accept("OFFSET") { projection.skip = try expression() }
    if accept("LIMIT") { projection.limit = try expression() }
    if !isReturn, accept("WHERE") { projection.condition = try expression() }
    projection.range = tokens[start].range.lowerBound..<tokens[max(start, position - 1)].range.upperBound
    return projection
  }

  private mutating func item() throws(QueryError) -> ProjectionSyntax.Item {
    let start = current.range.lowerBound
    let expression = try expression()
    let end = tokens[max(0, position - 1)].range.upperBound
    let text = String(decoding: source[start..<max(start, end)], as: UTF8.self)
    return ProjectionSyntax.Item(
      expression: expression, alias: accept("AS") ? try name("a name for the column") : nil, text: text)
  }

  // MARK: Tokens

  var current: QueryToken { tokens[position] }

  func token(_ ahead: Int) -> QueryToken { tokens[min(position + ahead, tokens.count - 1)] }

  mutating func advance() { position = min(position + 1, tokens.count - 1) }

  mutating func accept(_ sign: QueryToken.Sign) -> Bool {
    guard current.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  mutating func accept(_ word: String) -> Bool {
    guard current.word == word else { return false }
    advance()
    return true
  }

  mutating func expect(_ sign: QueryToken.Sign, _ what: String? = nil) throws(QueryError) {
    guard accept(sign) else { throw unexpected("\"\(sign.rawValue)\"" + (what.map { " " + $0 } ?? "")) }
  }

  mutating func expect(_ word: String) throws(QueryError) {
    guard accept(word) else { throw unexpected(word) }
  }

  mutating func name(_ what: String) throws(QueryError) -> NameSyntax {
    guard case .name(let text, _) = current.kind else { throw unexpected(what) }
    let range = current.range
    advance()
    return NameSyntax(text: text, range: range)
  }

  func unexpected(_ expected: String, _ advice: String = "") -> QueryError {
    QueryError(.syntax, "expected \(expected), found \(current.shown)\(advice)", at: current.range)
  }

  /// Runs `body` one level deeper.
  mutating func nested<Result>(
    _ body: (inout QueryParser) throws(QueryError) -> Result
  ) throws(QueryError) -> Result {
    guard nesting < Self.nestingLimit else {
      throw QueryError(.tooDeep, "the query is nested more than \(Self.nestingLimit) levels deep", at: current.range)
    }
    nesting += 1
    let result = try body(&self)
    nesting -= 1
    return result
  }
}
