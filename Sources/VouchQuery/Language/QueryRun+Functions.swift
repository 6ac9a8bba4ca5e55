internal import Glibc
internal import VouchCore

extension QueryRun {
  /// Longest list, and longest string in bytes, that an expression makes.
  static var sizeLimit: Int { 1_000_000 }

  /// Calls a function; a null argument gives null but for `coalesce`.
  func call(_ function: QueryFunction, _ arguments: [QueryValue], _ range: Range<Int>) throws -> QueryValue {
    func wrong(_ expected: String, _ found: QueryValue) -> QueryError {
      QueryError(
        .invalidArgumentType, "\(function.rawValue)() takes \(expected), found \(found.kindName)", at: range)
    }
    func text(_ index: Int) throws -> String {
      guard case .string(let text) = arguments[index] else { throw wrong("a string", arguments[index]) }
      try budget.spend(1 + text.utf8.count / 64)
      return text
    }
    func whole(_ index: Int) throws -> Int {
      guard case .integer(let number) = arguments[index] else { throw wrong("a whole number", arguments[index]) }
      return number
    }
    func number() throws -> Double {
      guard let number = first.number else { throw wrong("a number", first) }
      return number
    }
    let first = arguments[0]
    if function == .coalesce { return arguments.first { $0 != .null } ?? .null }
    if function == .exists { return .boolean(first != .null) }
    if arguments.contains(.null) { return .null }

    switch function {
    case .coalesce, .exists: return first
    case .nodes:
      guard case .path(let path) = first else { throw wrong("a path", first) }
      return .list(path.nodes.map { .node($0) })
    case .relationships, .edges:
      guard case .path(let path) = first else { throw wrong("a path", first) }
      return .list(path.edges.map { .edge($0) })
    case .length, .size:
      switch first {
      case .path(let path): return .integer(path.edges.count)
      case .list(let values): return .integer(values.count)
      case .string(let text): return .integer(text.unicodeScalars.count)
      case .map(let entries) where function == .size: return .integer(entries.count)
      default: throw wrong("a path, list or string", first)
      }
    case .isEmpty:
      switch first {
      case .list(let values): return .boolean(values.isEmpty)
      case .string(let text): return .boolean(text.isEmpty)
      case .map(let entries): return .boolean(entries.isEmpty)
      default: throw wrong("a list, string or map", first)
      }
    case .labels:
      guard case .node(let node) = first else { throw wrong("a node", first) }
      return .list(graph.classes[try graph.nodeClass(node)].map { .string($0) })
    case .type:
      guard case .edge(let edge) = first else { throw wrong("an edge", first) }
      return .string(graph.edgeTypes[try graph.edgeType(edge)])
    case .id:
      switch first {
      case .node(let node): return graph.nodeID(node)
      case .edge(let edge): return graph.edgeID(edge)
      default: throw wrong("a node or edge", first)
      }
    case .startNode, .endNode:
      guard case .edge(let edge) = first else { throw wrong("an edge", first) }
      let ends = try graph.ends(edge)
      return .node(function == .startNode ? ends.source : ends.target)
    case .keys: return .list(try properties(first, wrong).map { .string($0.0) })
    case .properties: return .map(of: try properties(first, wrong))
    case .head, .last, .tail:
      guard case .list(let values) = first else { throw wrong("a list", first) }
      if function == .tail { return .list(Array(values.dropFirst())) }
      return (function == .head ? values.first : values.last) ?? .null
    case .reverse:
      switch first {
      case .list(let values): return .list(values.reversed())
      case .string(let text): return .string(String(text.reversed()))
      default: throw wrong("a list or string", first)
      }
    case .range: return try self.range(whole(0), whole(1), arguments.count > 2 ? whole(2) : 1, range)
    case .toInteger:
      switch first {
      case .integer: return first
      case .float(let number): return Int(exactly: number.rounded(.towardZero)).map { .integer($0) } ?? .null
      case .string(let text):
        return (Int(text) ?? Double(text).flatMap { Int(exactly: $0.rounded(.towardZero)) }).map { .integer($0) }
          ?? .null
      case .boolean(let value): return .integer(value ? 1 : 0)
      default: throw wrong("a number or string", first)
      }
    case .toFloat:
      switch first {
      case .integer(let number): return .float(Double(number))
      case .float: return first
      case .string(let text): return Double(text).map { .float($0) } ?? .null
      default: throw wrong("a number or string", first)
      }
    case .toString:
      guard let text = QueryText.string(first) else { throw wrong("a plain value", first) }
      return .string(text)
    case .toBoolean:
      switch first {
      case .boolean: return first
      case .string(let text): return ["true": .boolean(true), "false": .boolean(false)][text.lowercased()] ?? .null
      default: throw wrong("a boolean or string", first)
      }
    case .toLower, .lower: return .string(try text(0).lowercased())
    case .toUpper, .upper: return .string(try text(0).uppercased())
    case .trim, .ltrim, .rtrim:
      var text = try text(0)[...]
      if function != .rtrim { text = text.drop(while: \.isWhitespace) }
      while function != .ltrim, text.last?.isWhitespace == true { text.removeLast() }
      return .string(String(text))
    case .substring:
      let start = try whole(1)
      let count = arguments.count > 2 ? try whole(2) : .max
      guard start >= 0, count >= 0 else {
        throw QueryError(.negativeIntegerArgument, "substring() counts from 0", at: range)
      }
      return .string(String(String.UnicodeScalarView(try text(0).unicodeScalars.dropFirst(start).prefix(count))))
    case .left, .right:
      let count = try whole(1)
      guard count >= 0 else {
        throw QueryError(.negativeIntegerArgument, "\(function.rawValue)() takes a number of characters", at: range)
      }
      let scalars = try text(0).unicodeScalars
      let part = function == .left ? String.UnicodeScalarView(scalars.prefix(count)) : .init(scalars.suffix(count))
      return .string(String(part))
    case .split: return .list(QueryText.split(try text(0), try text(1)).map { .string($0) })
    case .replace:
      let parts = QueryText.split(try text(0), try text(1))
      let size = parts.count.multipliedReportingOverflow(by: try text(2).utf8.count)
      guard try !text(1).isEmpty else { return first }
      guard !size.overflow, size.partialValue <= Self.sizeLimit else {
        throw QueryError(.budget, "replace() makes more than \(Self.sizeLimit) bytes", at: range)
      }
      return .string(parts.joined(separator: try text(2)))
    case .abs:
      if case .integer(let number) = first, number != .min { return .integer(Swift.abs(number)) }
      return .float(Swift.abs(try number()))
    case .sign:
      let number = try number()
      return .integer(number > 0 ? 1 : number < 0 ? -1 : 0)
    case .ceil: return .float(try number().rounded(.up))
    case .floor: return .float(try number().rounded(.down))
    case .sqrt: return .float(try number().squareRoot())
    case .round:
      let places = arguments.count > 1 ? try whole(1) : 0
      guard (0...15).contains(places) else { throw wrong("0 to 15 decimals", arguments[1]) }
      let scale = pow(10, Double(places))
      return .float((try number() * scale).rounded(.toNearestOrAwayFromZero) / scale)
    case .date:
      if case .date = first { return first }
      guard let date = CalendarDate(iso8601: try text(0)) else {
        throw QueryError(
          .invalidArgumentType, "expected a date such as '2025-12-28', '2025-12' or '2025'", at: range)
      }
      return .date(date)
    }
  }

  private func range(_ start: Int, _ end: Int, _ step: Int, _ place: Range<Int>) throws -> QueryValue {
    guard step != 0 else { throw QueryError(.arithmetic, "range() needs a step other than 0", at: place) }
    var values: [QueryValue] = []
    var value = start
    while step > 0 ? value <= end : value >= end {
      guard values.count < Self.sizeLimit else {
        throw QueryError(.budget, "range() makes more than \(Self.sizeLimit) elements", at: place)
      }
      try budget.spend()
      values.append(.integer(value))
      let (next, overflow) = value.addingReportingOverflow(step)
      if overflow { break }
      value = next
    }
    return .list(values)
  }

  /// The properties that a node, edge or map has, ascending by name.
  private func properties(
    _ of: QueryValue, _ wrong: (String, QueryValue) -> QueryError
  ) throws -> [(String, QueryValue)] {
    var found: [(String, QueryValue)] = []
    switch of {
    case .node(let node):
      for (index, key) in graph.nodeKeys.enumerated() { found.append((key, try graph.nodeValue(node, key: index))) }
    case .edge(let edge):
      for (index, key) in graph.edgeKeys.enumerated() { found.append((key, try graph.edgeValue(edge, key: index))) }
    case .map(let entries): found = entries.map { ($0.key, $0.value) }
    default: throw wrong("a node, edge or map", of)
    }
    return found.filter { $0.1 != .null }.sorted { $0.0.precedesBytewise($1.0) }
  }
}
