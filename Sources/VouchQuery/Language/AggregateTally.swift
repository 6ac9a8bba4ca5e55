/// An aggregate over the rows of one group.
struct AggregateTally {
  private let call: QueryAggregate.Call
  private var count = 0
  private var whole = 0
  private var sum = 0.0
  private var isWhole = true
  private var best: QueryValue?
  private var values: [QueryValue] = []
  private var seen: Set<QueryValue> = []

  init(_ call: QueryAggregate.Call) { self.call = call }

  /// Takes the value of one row; null does not count.
  mutating func add(_ value: QueryValue) throws(QueryError) {
    guard value != .null else { return }
    if call.isDistinct, !seen.insert(value).inserted { return }
    count += 1
    switch call.function {
    case .count: break
    case .collect: values.append(value)
    case .min: if best.map({ QueryValue.sorting(value, $0) < 0 }) ?? true { best = value }
    case .max: if best.map({ QueryValue.sorting(value, $0) > 0 }) ?? true { best = value }
    case .sum, .avg:
      guard let number = value.number else {
        throw QueryError(
          .invalidArgumentType, "\(call.function.rawValue)() adds numbers; found \(value.kindName)", at: call.range)
      }
      sum += number
      if case .integer(let number) = value {
        let (total, overflow) = whole.addingReportingOverflow(number)
        guard !overflow else { throw QueryError(.arithmetic, "the sum is too large", at: call.range) }
        whole = total
      } else {
        isWhole = false
      }
    }
  }

  /// The aggregate of what was taken.
  var result: QueryValue {
    switch call.function {
    case .count: .integer(count)
    case .collect: .list(values)
    case .min, .max: best ?? .null
    case .sum: isWhole ? .integer(whole) : .float(sum)
    case .avg: count == 0 ? .null : .float(sum / Double(count))
    }
  }
}
