internal import Glibc

/// An error number of the operating system.
public struct ErrorNumber: Error, Hashable, Sendable, CustomStringConvertible {
  /// The number, such as `ENOENT`.
  public let code: Int32
  /// Takes a number.
  public init(code: Int32) { self.code = code }
  /// The system's words for it.
  public var description: String { unsafe String(cString: strerror(code)) }
}
