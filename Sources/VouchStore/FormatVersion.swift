/// Version of the format of graph files.
public struct FormatVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Raised when older programs cannot read the file.
  public let major: Int
  /// Raised when they can.
  public let minor: Int

  /// The format in which files are written.
  public static let current = FormatVersion(major: Int(Format.major), minor: Int(Format.minor))

  /// Such as `2.0`.
  public var description: String { "\(major).\(minor)" }

  /// Whether one is older than the other.
  public static func < (a: FormatVersion, b: FormatVersion) -> Bool { (a.major, a.minor) < (b.major, b.minor) }
}
