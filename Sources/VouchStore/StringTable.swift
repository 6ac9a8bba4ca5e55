internal import VouchCore

/// Collects the strings of a graph, each once, and then numbers them in the order of their bytes.
///
/// By bytes, as Swift's own equality of strings would take two spellings of one accent for the same string.
struct StringTable {
  private var strings: [[UInt8]] = []
  private var provisional: [[UInt8]: Int] = [:]
  /// By provisional number; empty until the strings are sorted.
  private var final: [UInt64] = []

  /// Makes room for that many strings.
  mutating func reserve(_ count: Int) {
    strings.reserveCapacity(count)
    provisional.reserveCapacity(count)
  }

  /// Adds a string; returns its provisional number.
  mutating func add(_ string: String) -> Int {
    let bytes = Array(string.utf8)
    if let known = provisional[bytes] { return known }
    provisional[bytes] = strings.count
    strings.append(bytes)
    return strings.count - 1
  }

  /// Numbers the strings; returns them in order.
  ///
  /// - Complexity: O(n log n).
  mutating func sort() -> [[UInt8]] {
    // Most comparisons end within sixteen bytes, as two numbers.
    var keyed: [(high: UInt64, low: UInt64, number: Int)] = []
    keyed.reserveCapacity(strings.count)
    for (number, bytes) in strings.enumerated() {
      keyed.append((Self.key(bytes, from: 0), Self.key(bytes, from: 8), number))
    }
    keyed.sort { a, b in
      if a.high != b.high { return a.high < b.high }
      if a.low != b.low { return a.low < b.low }
      return strings[a.number].lexicographicallyPrecedes(strings[b.number])
    }
    final = [UInt64](repeating: 0, count: strings.count)
    for (rank, key) in keyed.enumerated() { final[key.number] = UInt64(rank) }
    return keyed.map { strings[$0.number] }
  }

  /// The final number of a string by its provisional one.
  subscript(_ number: Int) -> UInt64 { final[number] }

  private static func key(_ bytes: [UInt8], from start: Int) -> UInt64 {
    var key: UInt64 = 0
    for index in start..<start + 8 { key = key << 8 | (index < bytes.count ? UInt64(bytes[index]) : 0) }
    return key
  }
}
