/// A set of small numbers, one bit for each that is possible.
struct Bitset: Sendable {
  private var words: [UInt64]
  /// The numbers in the set are below it.
  let capacity: Int
  /// How many numbers are in the set.
  private(set) var count = 0

  init(capacity: Int) {
    self.capacity = capacity
    words = Array(repeating: 0, count: (capacity + 63) / 64)
  }

  /// Whether `number` is in the set; none outside the capacity is.
  func contains(_ number: Int) -> Bool {
    number >= 0 && number < capacity && words[number >> 6] & (1 << UInt64(number & 63)) != 0
  }

  /// Adds `number`, if it is below the capacity; returns whether it was new.
  @discardableResult
  mutating func insert(_ number: Int) -> Bool {
    guard number >= 0, number < capacity, !contains(number) else { return false }
    words[number >> 6] |= 1 << UInt64(number & 63)
    count += 1
    return true
  }

  /// Takes `number` out.
  mutating func remove(_ number: Int) {
    guard contains(number) else { return }
    words[number >> 6] &= ~(1 << UInt64(number & 63))
    count -= 1
  }
}
