/// Keeps what was made last for each of a fixed number of slots, so that memory does not grow with the graph.
struct SlotCache<Value> {
  private let size: Int
  private var slots: [(number: Int, value: Value?)] = []

  /// - Parameter size: A power of two; no memory is taken before the first value.
  init(size: Int) { self.size = size }

  /// The value of `number`, which is not negative, made if it is not there.
  mutating func value<Failure: Error>(_ number: Int, make: () throws(Failure) -> Value) throws(Failure) -> Value {
    if slots.isEmpty { slots = Array(repeating: (-1, nil), count: size) }
    let slot = number & (size - 1)
    if slots[slot].number == number, let value = slots[slot].value { return value }
    let value = try make()
    slots[slot] = (number, value)
    return value
  }
}
