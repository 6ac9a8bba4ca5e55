internal import Synchronization

/// An interned word of Vouch's own vocabulary: a rule id, a mode, a stage id.
///
/// Equal strings give equal symbols within one process; the number itself means nothing outside it, so results are
/// ordered by `string`. Only words of the program and its tables are interned, never article text, so the table stays small.
public struct Symbol: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  private let id: UInt32

  private struct Table {
    var ids: [String: UInt32] = [:]
    var strings: [String] = []
  }
  private static let table = Mutex(Table())

  /// Interns `string`.
  public init(_ string: String) {
    id = Self.table.withLock { table in
      if let id = table.ids[string] { return id }
      let id = UInt32(table.strings.count)
      table.ids[string] = id
      table.strings.append(string)
      return id
    }
  }

  /// Interns a literal.
  public init(stringLiteral value: String) { self.init(value) }

  /// Its number in this process, for tables by symbol; small, as the words are few.
  package var number: Int { Int(id) }
  /// The word.
  public var string: String { Self.table.withLock { $0.strings[Int(id)] } }
  /// The word.
  public var description: String { string }
}
