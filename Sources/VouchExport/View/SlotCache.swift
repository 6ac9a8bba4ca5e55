/// Keeps what was made last for each of a fixed number of slots, so that memory does not grow with the graph.
struct SlotCache<Value: AnyObject> {
  private var slots: [(number: Int, value: Value?)]

  /// - Parameter size: A power of two.
  init(size: Int) { slots = Array(repeating: (-1, nil), count: size) }

  /// The value of `number`, made if it is not there.
  mutating func value<Failure: Error>(_ number: Int, make: () throws(Failure) -> Value) throws(Failure) -> Value {
    let slot = number & (slots.count - 1)
    if slots[slot].number == number, let value = slots[slot].value { return value }
    let value = try make()
    slots[slot] = (number, value)
    return value
  }
}
