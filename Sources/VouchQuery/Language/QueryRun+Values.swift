internal import Glibc
internal import VouchCore

extension QueryRun {
  /// Computes an expression for a row.
  func value(_ code: QueryCode, _ row: inout Row) throws -> QueryValue {
    switch code {
    case .constant(let value): return value
    case .slot(let slot): return row[slot]
    case .aggregate(let number): return aggregates[number]
    case .property(let of, let key): return try property(of: value(of, &row), key)
    case .index(let list, let position): return try element(value(list, &row), value(position, &row))
    case .slice(let list, let low, let high): return try slice(list, low, high, &row)
    case .hasLabels(let of, let nodes, let edges):
      switch try value(of, &row) {
      case .null: return .null
      case .node(let node) where !nodes.isEmpty: return .boolean(nodes[try graph.nodeClass(node)])
      case .edge(let edge) where !edges.isEmpty: return .boolean(edges[try graph.edgeType(edge)])
      default: return .boolean(false)
      }
    case .list(let parts):
      var values: [QueryValue] = []
      values.reserveCapacity(parts.count)
      for part in parts { values.append(try value(part, &row)) }
      return .list(values)
    case .map(let entries):
      var values: [(String, QueryValue)] = []
      for entry in entries { values.append((entry.key, try value(entry.value, &row))) }
      return .map(of: values)
    case .not(let operand): return Self.truth(try truth(operand, &row).map { !$0 })
    case .and(let a, let b):
      let left = try truth(a, &row)
      if left == false { return .boolean(false) }
      let right = try truth(b, &row)
      return right == false ? .boolean(false) : Self.truth(left == nil ? nil : right)
    case .or(let a, let b):
      let left = try truth(a, &row)
      if left == true { return .boolean(true) }
      let right = try truth(b, &row)
      return right == true ? .boolean(true) : Self.truth(left == nil ? nil : right)
    case .xor(let a, let b):
      guard let left = try truth(a, &row), let right = try truth(b, &row) else { return .null }
      return .boolean(left != right)
    case .comparison(let first, let others):
      var left = try value(first, &row)
      var result: Bool? = true
      for (comparison, code) in others {
        let right = try value(code, &row)
        let holds = QueryValue.holds(comparison, left, right)
        if holds == false { return .boolean(false) }
        if holds == nil { result = nil }
        left = right
      }
      return Self.truth(result)
    case .isNull(let operand, let isNegated): return .boolean((try value(operand, &row) == .null) != isNegated)
    case .negated(let operand, let range):
      switch try value(operand, &row) {
      case .null: return .null
      case .integer(let number) where number != .min: return .integer(-number)
      case .float(let number): return .float(-number)
      case let other:
        throw QueryError(.invalidArgumentType, "expected a number behind -, found \(other.kindName)", at: range)
      }
    case .binary(let sign, let a, let b, let range):
      return try operate(sign, value(a, &row), value(b, &row), range)
    case .call(let function, let arguments, let range):
      var values: [QueryValue] = []
      for argument in arguments {
        values.append(try value(argument, &row))
        if function == .coalesce, values.last != .null { break }
      }
      return try call(function, values, range)
    case .comprehension(let slot, let list, let condition, let result):
      guard case .list(let elements) = try value(list, &row) else { return .null }
      var values: [QueryValue] = []
      for element in elements {
        try budget.spend()
        row[slot] = element
        if let condition, try truth(condition, &row) != true { continue }
        values.append(try result.map { try value($0, &row) } ?? element)
      }
      return .list(values)
    case .quantified(let quantity, let slot, let list, let condition):
      guard case .list(let elements) = try value(list, &row) else { return .null }
      var counts = (yes: 0, no: 0, unknown: 0)
      for element in elements {
        try budget.spend()
        row[slot] = element
        switch try truth(condition, &row) {
        case true?: counts.yes += 1
        case false?: counts.no += 1
        case nil: counts.unknown += 1
        }
      }
      switch quantity {
      case .all: return Self.truth(counts.no > 0 ? false : counts.unknown > 0 ? nil : true)
      case .any: return Self.truth(counts.yes > 0 ? true : counts.unknown > 0 ? nil : false)
      case .none: return Self.truth(counts.yes > 0 ? false : counts.unknown > 0 ? nil : true)
      case .single: return Self.truth(counts.yes > 1 ? false : counts.unknown > 0 ? nil : counts.yes == 1)
      }
    case .conditional(let subject, let cases, let otherwise):
      let subject = try subject.map { try value($0, &row) }
      for part in cases {
        if let subject {
          if QueryValue.equals(subject, try value(part.when, &row)) == true { return try value(part.then, &row) }
        } else if try truth(part.when, &row) == true {
          return try value(part.then, &row)
        }
      }
      return try otherwise.map { try value($0, &row) } ?? .null
    case .exists(let number, _): return .boolean(try exists(number, &row))
    }
  }

  /// A condition's truth; what is no boolean is not known.
  func truth(_ code: QueryCode, _ row: inout Row) throws -> Bool? {
    if case .boolean(let value) = try value(code, &row) { return value }
    return nil
  }

  static func truth(_ value: Bool?) -> QueryValue { value.map { .boolean($0) } ?? .null }

  private func property(of value: QueryValue, _ key: PropertyKey) throws -> QueryValue {
    switch value {
    case .null: return .null
    case .node(let node):
      guard let key = key.node else { return .null }
      // Rows that follow each other often begin with the same node.
      if let last = lastProperty, last.node == node, last.key == key { return last.value }
      let value = try graph.nodeValue(node, key: key)
      lastProperty = (node, key, value)
      return value
    case .edge(let edge): return try key.edge.map { try graph.edgeValue(edge, key: $0) } ?? .null
    case .map(let entries): return entries.first { $0.key == key.name }?.value ?? .null
    case .date(let date):
      switch key.name.lowercased() {
      case "year": return .integer(date.year)
      case "month": return date.month.map { .integer($0) } ?? .null
      case "day": return date.day.map { .integer($0) } ?? .null
      default: return .null
      }
    default:
      throw QueryError(.invalidArgumentType, "\(value.kindName) has no property \"\(key.name)\"", at: key.range)
    }
  }

  private func element(_ list: QueryValue, _ position: QueryValue) throws -> QueryValue {
    switch (list, position) {
    case (.list(let values), .integer(let index)):
      let index = index < 0 ? index + values.count : index
      return values.indices.contains(index) ? values[index] : .null
    case (.map(let entries), .string(let key)): return entries.first { $0.key == key }?.value ?? .null
    case (.node, .string(let key)), (.edge, .string(let key)):
      let wanted = Graph.normal(key)
      return try property(
        of: list,
        PropertyKey(
          name: key, node: graph.nodeKeys.firstIndex { Graph.normal($0) == wanted },
          edge: graph.edgeKeys.firstIndex { Graph.normal($0) == wanted }, range: 0..<0))
    default: return .null
    }
  }

  private func slice(_ list: QueryCode, _ low: QueryCode?, _ high: QueryCode?, _ row: inout Row) throws -> QueryValue {
    guard case .list(let values) = try value(list, &row) else { return .null }
    func bound(_ code: QueryCode?, _ otherwise: Int) throws -> Int? {
      guard let code else { return otherwise }
      guard case .integer(let index) = try value(code, &row) else { return nil }
      return min(max(index < 0 ? max(index, -values.count) + values.count : index, 0), values.count)
    }
    guard let start = try bound(low, 0), let end = try bound(high, values.count) else { return .null }
    return .list(start < end ? Array(values[start..<end]) : [])
  }

  private func operate(
    _ sign: ExpressionSyntax.Operator, _ a: QueryValue, _ b: QueryValue, _ range: Range<Int>
  ) throws -> QueryValue {
    switch sign {
    case .isIn:
      if case .null = b { return .null }
      guard case .list(let values) = b else {
        throw QueryError(.invalidArgumentType, "expected a list behind IN, found \(b.kindName)", at: range)
      }
      var result: Bool? = false
      for value in values {
        try budget.spend()
        switch QueryValue.equals(a, value) {
        case true?: return .boolean(true)
        case nil: result = nil
        case false?: break
        }
      }
      return Self.truth(result)
    case .startsWith, .endsWith, .contains:
      guard case .string(let text) = a, case .string(let part) = b else { return .null }
      try budget.spend(1 + text.utf8.count / 64)
      switch sign {
      case .startsWith: return .boolean(text.utf8.starts(with: part.utf8))
      case .endsWith: return .boolean(text.utf8.reversed().starts(with: part.utf8.reversed()))
      default: return .boolean(QueryText.contains(text, part))
      }
    case .add:
      switch (a, b) {
      case (.null, _), (_, .null): return .null
      case (.list(let a), .list(let b)):
        return .list(try sized(a + b, range))
      case (.list(let a), _): return .list(try sized(a + [b], range))
      case (_, .list(let b)): return .list(try sized([a] + b, range))
      case (.string(let a), _):
        guard let text = QueryText.string(b) else { break }
        return .string(try sized(a + text, range))
      case (_, .string(let b)):
        guard let text = QueryText.string(a) else { break }
        return .string(try sized(text + b, range))
      default: break
      }
      return try arithmetic(sign, a, b, range)
    default: return try arithmetic(sign, a, b, range)
    }
  }

  private func sized(_ values: [QueryValue], _ range: Range<Int>) throws -> [QueryValue] {
    try budget.spend(1 + values.count / 16)
    guard values.count <= Self.sizeLimit else {
      throw QueryError(.budget, "the list has more than \(Self.sizeLimit) elements", at: range)
    }
    return values
  }

  private func sized(_ text: String, _ range: Range<Int>) throws -> String {
    try budget.spend(1 + text.utf8.count / 64)
    guard text.utf8.count <= Self.sizeLimit else {
      throw QueryError(.budget, "the string has more than \(Self.sizeLimit) bytes", at: range)
    }
    return text
  }

  private func arithmetic(
    _ sign: ExpressionSyntax.Operator, _ a: QueryValue, _ b: QueryValue, _ range: Range<Int>
  ) throws -> QueryValue {
    if case .null = a { return .null }
    if case .null = b { return .null }
    if case .integer(let x) = a, case .integer(let y) = b, sign != .power {
      let result: (partialValue: Int, overflow: Bool)
      switch sign {
      case .add: result = x.addingReportingOverflow(y)
      case .subtract: result = x.subtractingReportingOverflow(y)
      case .multiply: result = x.multipliedReportingOverflow(by: y)
      default:
        guard y != 0 else { throw QueryError(.arithmetic, "division by zero", at: range) }
        result = sign == .divide ? x.dividedReportingOverflow(by: y) : x.remainderReportingOverflow(dividingBy: y)
      }
      guard !result.overflow else { throw QueryError(.arithmetic, "the result is too large", at: range) }
      return .integer(result.partialValue)
    }
    guard let x = a.number, let y = b.number else {
      let other = a.number == nil ? a : b
      throw QueryError(
        .invalidArgumentType, "expected a number at \(sign.rawValue), found \(other.kindName)", at: range)
    }
    switch sign {
    case .add: return .float(x + y)
    case .subtract: return .float(x - y)
    case .multiply: return .float(x * y)
    case .divide: return .float(x / y)
    case .remainder: return .float(x.truncatingRemainder(dividingBy: y))
    default: return .float(pow(x, y))
    }
  }
}
