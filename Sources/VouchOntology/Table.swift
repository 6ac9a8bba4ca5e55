public import VouchCore

/// One table of the ontology: rows of tab-separated text cells under named columns.
///
/// The file is kept as bytes; a cell becomes a `String` when it is asked for, so that large gazetteers load quickly.
/// The text format: lines that start with `#` are the header, one of which reads `# columns: a<TAB>b…`;
/// every other line is a row; LF ends a line; `|` joins the items of a list cell.
/// A user's table with the header line `# replaces: built-in` stands for the built-in one instead of adding to it.
public struct Table: Sendable {
  /// Largest table that is read: 64 MiB.
  public static let sizeLimit = 64 << 20

  /// The table's name, such as `gazetteers/people`.
  public let name: String
  /// Column names, in order.
  public let columns: [String]
  /// Number of rows.
  public let rowCount: Int
  /// Whether the table is part of the program, not a user's.
  public let isBuiltIn: Bool
  /// Whether the table asks to be read instead of the built-in one of its name.
  public let replacesBuiltIn: Bool
  private let bytes: [UInt8]
  /// Start of each cell, row by row, then the end of the last; the byte before each next start is a tab or line feed.
  private let cellStarts: [UInt32]

  /// Reads a table.
  ///
  /// - Parameters:
  ///   - name: The table's name, used in messages.
  ///   - bytes: The file.
  ///   - path: How messages call the file.
  /// - Throws: A `Diagnostic` that names the line, for a file without a column header, a row with another number of
  ///   cells, ill-formed UTF-8 or more than `sizeLimit` bytes.
  public init(name: String, bytes: [UInt8], path: String? = nil) throws(Diagnostic) {
    isBuiltIn = path == nil
    let path = path ?? name + ".tsv"
    guard bytes.count <= Self.sizeLimit else {
      throw Diagnostic(
        .error, "ontology.too-large",
        "the table has \(bytes.count) bytes; at most \(Self.sizeLimit) are read; split it",
        at: .init(path: path))
    }
    guard (try? UTF8Span(validating: bytes.span)) != nil else {
      throw Diagnostic(
        .error, "ontology.encoding", "the table is not UTF-8; save it as UTF-8", at: .init(path: path))
    }
    var columns: [String] = []
    var isReplacing = false
    var starts: [UInt32] = []
    starts.reserveCapacity(bytes.count / 12)
    var rows = 0
    var line = 1
    var position = 0
    while position < bytes.count {
      let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
      defer {
        position = end + 1
        line += 1
      }
      if bytes[position] == 0x23 {
        let header = String(decoding: bytes[position..<end], as: UTF8.self)
        if header.hasPrefix("# columns: ") {
          columns = header.dropFirst("# columns: ".utf8.count).split(separator: "\t", omittingEmptySubsequences: false)
            .map(String.init)
        }
        isReplacing = isReplacing || header == "# replaces: built-in"
        continue
      }
      guard end > position else { continue }
      guard !columns.isEmpty else {
        throw Diagnostic(
          .error, "ontology.no-columns", "found a row before the line \"# columns: …\"; add that line at the top",
          at: .init(path: path, line: line))
      }
      starts.append(UInt32(position))
      var cells = 1
      for offset in position..<end where bytes[offset] == 0x09 {
        starts.append(UInt32(offset + 1))
        cells += 1
      }
      guard cells == columns.count else {
        throw Diagnostic(
          .error, "ontology.cells", "found \(cells) cells; expected \(columns.count), separated by tabs",
          at: .init(path: path, line: line))
      }
      rows += 1
    }
    starts.append(UInt32(bytes.last == 0x0A || rows == 0 ? bytes.count : bytes.count + 1))
    self.name = name
    self.columns = columns
    self.bytes = bytes
    cellStarts = starts
    rowCount = rows
    replacesBuiltIn = isReplacing
  }

  /// Index of a column; `nil` if the table has none of that name.
  public func column(_ name: String) -> Int? { columns.firstIndex(of: name) }

  /// The bytes of a cell; empty for a missing column.
  public func cell(_ row: Int, _ column: Int?) -> ArraySlice<UInt8> {
    guard let column, row < rowCount, column < columns.count else { return [] }
    let index = row * columns.count + column
    let start = Int(cellStarts[index])
    // The cell ends at the tab or line feed before the next one; header lines may lie between two rows.
    var end = Int(cellStarts[index + 1]) - 1
    if column == columns.count - 1 { end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count }
    return bytes[start..<max(start, end)]
  }

  /// The text of a cell; empty for a missing column.
  public func text(_ row: Int, _ column: Int?) -> String { String(decoding: cell(row, column), as: UTF8.self) }

  /// The text of a cell, `nil` if empty.
  public func value(_ row: Int, _ column: Int?) -> String? {
    let cell = cell(row, column)
    return cell.isEmpty ? nil : String(decoding: cell, as: UTF8.self)
  }

  /// The items of a list cell.
  public func list(_ row: Int, _ column: Int?) -> [String] {
    cell(row, column).split(separator: 0x7C).map { String(decoding: $0, as: UTF8.self) }
  }
}
