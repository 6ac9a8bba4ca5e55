public import VouchCore
internal import VouchStore

/// Why a query cannot be answered, and the characters of it that are to blame.
public struct QueryError: Error, Hashable, Sendable {
  /// What kind of mistake it is; the raw value follows `query.` in diagnostics.
  public enum Code: String, Sendable, CaseIterable {
    /// The text is no query.
    case syntax, tooLong = "too-long", tooDeep = "too-deep", numberOutOfRange = "number-out-of-range"
    /// A name that nothing bears.
    case undefinedVariable = "undefined-variable", unknownFunction = "unknown-function", unknownLabel = "unknown-label",
      unknownProperty = "unknown-property", unknownName = "unknown-name", missingParameter = "missing-parameter"
    /// A variable that is already something else.
    case variableTypeConflict = "variable-type-conflict", variableAlreadyBound = "variable-already-bound",
      relationshipUniquenessViolation = "edge-twice", columnNameConflict = "column-twice"
    /// A value of the wrong kind or size.
    case invalidArgumentType = "wrong-type", invalidNumberOfArguments = "wrong-number-of-arguments",
      negativeIntegerArgument = "negative", nonConstantExpression = "not-constant", arithmetic
    /// Something in a place where it cannot be.
    case invalidAggregation = "aggregation", ambiguousAggregationExpression = "ambiguous-aggregation",
      invalidParameterUse = "parameter", invalidRelationshipPattern = "edge-pattern", noExpressionAlias = "no-alias",
      noVariablesInScope = "no-variables", unsupported, unbounded
    /// The answer costs more than was allowed.
    case budget, timeout
  }

  /// What kind of mistake it is.
  public let code: Code
  /// What was found and what was expected.
  public let message: String
  /// Bytes of the query that are to blame; `nil` if no part is.
  public var range: Range<Int>?

  init(_ code: Code, _ message: String, at range: Range<Int>? = nil) {
    self.code = code
    self.message = message
    self.range = range
  }

  /// The message with its place in the query, line and column from 1.
  public func diagnostic(in query: String) -> Diagnostic {
    var location = Diagnostic.Location()
    if let range {
      let before = query.utf8.prefix(range.lowerBound)
      location.path = "query"
      location.line = before.count { $0 == 0x0A } + 1
      location.column = before.reversed().prefix { $0 != 0x0A }.count { $0 & 0xC0 != 0x80 } + 1
    }
    return Diagnostic(.error, "query.\(code.rawValue)", message, at: location)
  }

  /// The line of the query that is to blame, and carets under its characters; `nil` if no part is.
  ///
  /// Control characters are shown as spaces; a long line is cut around the place.
  public func excerpt(of query: String) -> (line: String, carets: String)? {
    guard let range else { return nil }
    let bytes = Array(query.utf8)
    let start = min(range.lowerBound, bytes.count)
    var first = start
    while first > 0, bytes[first - 1] != 0x0A { first -= 1 }
    var last = start
    while last < bytes.count, bytes[last] != 0x0A { last += 1 }
    func shown(_ part: Range<Int>) -> [Character] {
      String(decoding: bytes[part], as: UTF8.self).unicodeScalars.map { scalar in
        scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
          ? " " : Character(scalar)
      }
    }
    var head = shown(first..<start)
    let marked = shown(start..<max(start, min(range.upperBound, last)))
    var tail = shown(start..<last)
    if head.count > 60 { head = ["…"] + head.suffix(59) }
    if tail.count > 100 { tail = tail.prefix(99) + ["…"] }
    let width = max(1, min(marked.count, tail.count))
    return (String(head + tail), String(repeating: " ", count: head.count) + String(repeating: "^", count: width))
  }

  /// `; did you mean X?` if something is spelt nearly like `name`, and the choices if they are few.
  static func advice(for name: String, among choices: [String], called what: String) -> String {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(64))
    let bound = max(1, min(3, wanted.count / 3))
    let near = choices.compactMap { choice in
      EditDistance.between(wanted, Array(choice.lowercased().unicodeScalars), atMost: bound).map { ($0, choice) }
    }.min { $0.0 < $1.0 }
    let guess = near.map { "; did you mean \($0.1)?" } ?? ""
    guard !choices.isEmpty else { return guess }
    let list = choices.joined(separator: ", ")
    return guess.isEmpty ? "; \(what): \(list)" : "\(guess) \(what.prefix(1).uppercased() + what.dropFirst()): \(list)"
  }
}
