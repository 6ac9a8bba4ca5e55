/// Values by the hashes of words, which are not hashed again to find them.
public struct WordMap<Value> {
  /// Open addressing; no more than half of the slots are taken.
  @usableFromInline var slots: [(hash: UInt64, value: Value)?]
  @usableFromInline var count = 0

  /// A map of nothing.
  @inlinable
  public init() { slots = Array(repeating: nil, count: 16) }

  /// A map of words given by their hashes; of equal ones the last counts.
  @inlinable
  public init(_ values: some Sequence<(UInt64, Value)>) {
    self.init()
    for (hash, value) in values { insert(value, at: hash) }
  }

  /// The value of a word, given the word's `WordHash`; `nil` where there is none.
  @inlinable
  public subscript(_ hash: UInt64) -> Value? { slots[slot(of: hash)]?.value }

  /// Gives a word a value.
  @inlinable
  public mutating func insert(_ value: Value, at hash: UInt64) {
    let slot = slot(of: hash)
    if slots[slot] == nil { count += 1 }
    slots[slot] = (hash, value)
    if count * 2 > slots.count { grow() }
  }

  /// Where the word is, or would be.
  @inlinable
  func slot(of hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash ^ hash >> 32) & (slots.count - 1)
    while let known = slots[slot], known.hash != hash { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  @inlinable
  mutating func grow() {
    let old = slots
    slots = Array(repeating: nil, count: 2 * old.count)
    for case let (hash, value)? in old { slots[slot(of: hash)] = (hash, value) }
  }
}

extension WordMap: Sendable where Value: Sendable {}
