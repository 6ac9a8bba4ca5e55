public import VouchCore

/// What a user decides about names, which wins over everything.
///
/// A table of tab-separated cells, one decision a line; empty lines and lines that begin with `#` are passed over:
///
///     merge   A  B        B is A
///     split   A  X        A in article X, or A where an article calls it X in full, is somebody else
///     rename  A  NAME     A is called NAME
///     retype  A  KIND     A is a person, organization, government, group, country, city, region, facility or place
///
/// A and B are keys (`person:angela-merkel`, `person/jane-doe`), or names that only one node bears.
public struct Overrides: Sendable {
  /// What is decided.
  enum Action: String, CaseIterable { case merge, split, rename, retype }

  struct Decision: Sendable {
    let action: Action
    let subject: String
    let object: String
    let line: Int
  }

  /// The table as it was given; empty if nothing is decided.
  public let table: [UInt8]
  /// How messages call the file.
  let path: String
  let decisions: [Decision]

  /// No decisions.
  public init() {
    table = []
    path = ""
    decisions = []
  }

  /// Reads a table.
  ///
  /// - Throws: A `Diagnostic` that names the line and what was expected there.
  /// - Complexity: O(n).
  public init(_ bytes: [UInt8], path: String) throws(Diagnostic) {
    guard let text = SourceText(validating: bytes) else {
      throw Diagnostic(.error, "overrides.encoding", "the table is not UTF-8; save it as UTF-8", at: .init(path: path))
    }
    var decisions: [Decision] = []
    // By bytes, as a string takes carriage return and line feed for one character.
    for (index, bytes) in text.bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      let line = String(decoding: bytes.last == 0x0D ? bytes.dropLast() : bytes, as: UTF8.self)
      if line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) { continue }
      func failure(_ code: String, _ message: String) -> Diagnostic {
        Diagnostic(.error, code, message, at: .init(path: path, line: index + 1))
      }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(Self.trimmed)
      guard let action = Action(rawValue: cells[0]) else {
        throw failure(
          "overrides.action",
          "found \"\(cells[0])\"; expected merge, split, rename or retype, then two cells, separated by tabs")
      }
      guard cells.count == 3, !cells[1].isEmpty, !cells[2].isEmpty else {
        throw failure(
          "overrides.cells",
          "found \(cells.count - 1) cells after \(action.rawValue); expected two that are not empty, separated by tabs")
      }
      if action == .retype, NodeKind(name: cells[2]).map(Self.kinds.contains) != true {
        let names = Self.kinds.map(\.name).joined(separator: ", ")
        throw failure("overrides.kind", "found \"\(cells[2])\"; expected one of: \(names)")
      }
      decisions.append(Decision(action: action, subject: cells[1], object: cells[2], line: index + 1))
    }
    table = bytes
    self.path = path
    self.decisions = decisions
  }

  /// What a node may be made.
  private static let kinds: [NodeKind] = [
    .person, .organization, .government, .group, .country, .city, .region, .facility, .place,
  ]

  private static func trimmed(_ cell: Substring) -> String {
    var cell = cell
    while cell.first == " " { cell.removeFirst() }
    while cell.last == " " { cell.removeLast() }
    return String(cell)
  }
}
