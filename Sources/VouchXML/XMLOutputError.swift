internal import Glibc

/// Writing an XML document failed: the disk is full, a pipe was closed, memory ran out.
public struct XMLOutputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system's error number, such as `ENOSPC` or `EPIPE`; never 0.
  public let errno: Int32

  /// Makes the error for a system error number.
  public init(errno: Int32) { self.errno = errno }

  /// What happened, in the system's words.
  public var description: String {
    guard let words = unsafe strerror(errno) else { return "system error \(errno)" }
    return unsafe String(cString: words)
  }
}
