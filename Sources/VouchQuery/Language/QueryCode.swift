/// An expression whose names have become places in a row, columns of the graph and functions.
indirect enum QueryCode {
  case constant(QueryValue)
  case slot(Int)
  /// Result of an aggregate of the projection, by its number.
  case aggregate(Int)
  case property(QueryCode, PropertyKey)
  case index(QueryCode, QueryCode)
  case slice(QueryCode, QueryCode?, QueryCode?)
  case hasLabels(QueryCode, nodes: [Bool], edges: [Bool])
  case list([QueryCode])
  case map([(key: String, value: QueryCode)])
  case not(QueryCode)
  case negated(QueryCode, at: Range<Int>)
  case and(QueryCode, QueryCode)
  case or(QueryCode, QueryCode)
  case xor(QueryCode, QueryCode)
  case binary(ExpressionSyntax.Operator, QueryCode, QueryCode, at: Range<Int>)
  case comparison(QueryCode, [(ExpressionSyntax.Comparison, QueryCode)])
  case isNull(QueryCode, isNegated: Bool)
  case call(QueryFunction, [QueryCode], at: Range<Int>)
  case comprehension(Int, QueryCode, condition: QueryCode?, result: QueryCode?)
  case quantified(ExpressionSyntax.Quantity, Int, QueryCode, condition: QueryCode)
  case conditional(QueryCode?, [(when: QueryCode, then: QueryCode)], QueryCode?)
  /// Whether a pattern, by its number, is found.
  case exists(Int, slots: Set<Int>)

  /// The places of a row that the expression reads.
  var slots: Set<Int> {
    var slots: Set<Int> = []
    collect(into: &slots)
    return slots
  }

  private func collect(into slots: inout Set<Int>) {
    switch self {
    case .constant, .aggregate: break
    case .slot(let slot): slots.insert(slot)
    case .property(let a, _), .hasLabels(let a, _, _), .not(let a), .negated(let a, _), .isNull(let a, _):
      a.collect(into: &slots)
    case .index(let a, let b), .and(let a, let b), .or(let a, let b), .xor(let a, let b), .binary(_, let a, let b, _):
      a.collect(into: &slots)
      b.collect(into: &slots)
    case .slice(let a, let b, let c): for part in [a, b, c].compactMap(\.self) { part.collect(into: &slots) }
    case .list(let parts), .call(_, let parts, _): for part in parts { part.collect(into: &slots) }
    case .map(let entries): for entry in entries { entry.value.collect(into: &slots) }
    case .comparison(let first, let others):
      first.collect(into: &slots)
      for other in others { other.1.collect(into: &slots) }
    case .comprehension(let own, let list, let condition, let result):
      var inner: Set<Int> = []
      for part in [condition, result].compactMap(\.self) { part.collect(into: &inner) }
      inner.remove(own)
      slots.formUnion(inner)
      list.collect(into: &slots)
    case .quantified(_, let own, let list, let condition):
      var inner = condition.slots
      inner.remove(own)
      slots.formUnion(inner)
      list.collect(into: &slots)
    case .conditional(let subject, let cases, let otherwise):
      for part in [subject, otherwise].compactMap(\.self) { part.collect(into: &slots) }
      for part in cases {
        part.when.collect(into: &slots)
        part.then.collect(into: &slots)
      }
    case .exists(_, let used): slots.formUnion(used)
    }
  }
}

/// A property by its name, and its column among those of nodes and of edges if it is one of these.
struct PropertyKey {
  let name: String
  let node: Int?
  let edge: Int?
  let range: Range<Int>
}
