internal import VouchCore

/// How code points are treated when words are cut into pieces, by the model's own tables: what it was trained with does
/// not depend on the version of Unicode that a program knows.
struct CodePointClasses: Sendable {
  /// What a folded code point is.
  enum Kind: UInt8, Sendable {
    /// Part of a run of letters.
    case letter = 0
    /// A run of its own: punctuation, symbols, Chinese characters.
    case alone = 1
    /// Left out: marks, control characters, white space.
    case dropped = 2
  }

  private let starts: [Int32]
  private let kinds: [Kind]
  private let codes: [Int32]
  private let firsts: [Int]
  private let values: [UInt32]

  /// Takes and checks the tables.
  ///
  /// - Throws: the table that is not as it must be.
  init(_ tensors: ModelTensors) throws(Diagnostic) {
    starts = try tensors.integers("text.class.start")
    let kinds = try tensors.bytes("text.class.kind").map(Kind.init(rawValue:))
    guard starts.first == 0, Self.isAscending(starts), kinds.count == starts.count, !kinds.contains(nil) else {
      throw tensors.damage("text.class.start", "that does not go up from 0, or with kinds other than 0, 1 and 2")
    }
    self.kinds = kinds.compactMap { $0 }
    codes = try tensors.integers("text.fold.code")
    let firsts = try tensors.integers("text.fold.first").map(Int.init)
    let values = try tensors.integers("text.fold.value")
    guard codes.first ?? 0 >= 0, Self.isAscending(codes), firsts.count == codes.count + 1, firsts.first == 0,
      firsts.last == values.count, zip(firsts, firsts.dropFirst()).allSatisfy({ $0 <= $1 && $1 - $0 <= 32 })
    else {
      throw tensors.damage("text.fold.first", "that does not cut the foldings into parts, one for each code point")
    }
    guard values.allSatisfy({ Unicode.Scalar(UInt32(bitPattern: $0)) != nil }) else {
      throw tensors.damage("text.fold.value", "with an item that is no code point")
    }
    self.firsts = firsts
    self.values = values.map(UInt32.init(bitPattern:))
  }

  private static func isAscending(_ items: [Int32]) -> Bool { zip(items, items.dropFirst()).allSatisfy(<) }

  /// What a code point is.
  ///
  /// - Complexity: O(log table).
  func kind(_ code: UInt32) -> Kind { kinds[Self.last(starts, Int32(bitPattern: code)) ?? 0] }

  /// Calls `body` with each code point that one folds to.
  func fold(_ code: UInt32, _ body: (UInt32) -> Void) {
    if let index = Self.last(codes, Int32(bitPattern: code)), codes[index] == Int32(bitPattern: code) {
      for value in values[firsts[index]..<firsts[index + 1]] { body(value) }
    } else {
      body(code)
    }
  }

  /// The index of the last item that is not greater; `nil` if all are.
  private static func last(_ items: [Int32], _ value: Int32) -> Int? {
    var low = 0, high = items.count
    while low < high {
      let middle = (low + high) / 2
      if items[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : low - 1
  }
}
