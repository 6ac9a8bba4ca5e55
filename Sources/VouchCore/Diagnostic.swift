/// Something to tell the user about an input: what was found, where, what was expected and what to do.
public struct Diagnostic: Error, Hashable, Sendable, Codable {
  /// How much was lost.
  public enum Severity: String, Sendable, Codable {
    /// Nothing; part of an input; the whole input.
    case note, warning, error
  }

  /// Where the trouble is; every part may be unknown.
  public struct Location: Hashable, Sendable, Codable {
    /// The file as the user named it, or a record's id.
    public var path: String?
    /// Line, from 1.
    public var line: Int?
    /// Column in code points, from 1.
    public var column: Int?
    /// Offset in bytes from the start of the file, for inputs without lines.
    public var offset: Int?

    /// Makes a location from what is known.
    public init(path: String? = nil, line: Int? = nil, column: Int? = nil, offset: Int? = nil) {
      self.path = path
      self.line = line
      self.column = column
      self.offset = offset
    }
  }

  /// How much was lost.
  public var severity: Severity
  /// Permanent id such as `article.too-large`; scripts may rely on it.
  public var code: String
  /// One sentence: what was found; what was expected; what to do.
  public var message: String
  /// Where.
  public var location: Location

  /// Makes a diagnostic.
  public init(_ severity: Severity, _ code: String, _ message: String, at location: Location = Location()) {
    self.severity = severity
    self.code = code
    self.message = message
    self.location = location
  }

  /// One line: `path:line:column: error[code]: message`.
  public var rendered: String {
    var place = location.path ?? ""
    if let line = location.line { place += ":\(line)" + (location.column.map { ":\($0)" } ?? "") }
    if let offset = location.offset { place += "@\(offset)" }
    return (place.isEmpty ? "" : place + ": ") + "\(severity.rawValue)[\(code)]: \(message)"
  }
}
