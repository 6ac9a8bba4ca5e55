/// One word or sign of a query.
struct QueryToken: Hashable {
  enum Kind: Hashable {
    case name(String, isQuoted: Bool)
    case integer(Int)
    case float(Double)
    case string(String)
    case parameter(String)
    case sign(Sign)
    case end
  }

  /// Signs; `-`, `<` and `>` stand alone, arrows are put together by the parser.
  enum Sign: String, CaseIterable {
    case range = "..", notEqual = "<>", bangEqual = "!=", lessOrEqual = "<=", greaterOrEqual = ">=", matches = "=~"
    case open = "(", close = ")", openBracket = "[", closeBracket = "]", openBrace = "{", closeBrace = "}"
    case comma = ",", colon = ":", semicolon = ";", dot = ".", bar = "|", ampersand = "&", bang = "!"
    case minus = "-", less = "<", greater = ">", equal = "=", plus = "+", star = "*", slash = "/", percent = "%"
    case caret = "^", question = "?"
  }

  let kind: Kind
  /// Bytes of the query.
  let range: Range<Int>

  /// How the token is called in messages.
  var shown: String {
    switch kind {
    case .name(let name, _): "\"\(name)\""
    case .integer(let value): "the number \(value)"
    case .float(let value): "the number \(value)"
    case .string(let value): "the string '\(value.prefix(40))'"
    case .parameter(let name): "the parameter $\(name)"
    case .sign(let sign): "\"\(sign.rawValue)\""
    case .end: "the end of the query"
    }
  }

  /// The unquoted word in capitals; `nil` if the token is none.
  var word: String? {
    if case .name(let name, false) = kind { return name.uppercased() }
    return nil
  }
}
