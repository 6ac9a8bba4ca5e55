/// What one check of an installation found.
public struct Finding: Hashable, Sendable {
  /// How good or bad it is.
  public enum State: String, Sendable, CaseIterable {
    /// All is well; something will be slower, or missing; something does not work.
    case ok, warning, failure
  }

  /// Permanent name of the check, such as `kernels`.
  public let check: String
  /// How good or bad it is.
  public let state: State
  /// What was found, in one line.
  public let found: String
  /// What to do; `nil` if there is nothing to be done.
  public let advice: String?

  static func ok(_ check: String, _ found: String) -> Finding {
    Finding(check: check, state: .ok, found: found, advice: nil)
  }

  static func warning(_ check: String, _ found: String, advice: String) -> Finding {
    Finding(check: check, state: .warning, found: found, advice: advice)
  }

  static func failure(_ check: String, _ found: String, advice: String) -> Finding {
    Finding(check: check, state: .failure, found: found, advice: advice)
  }
}
