/// Version of the program, as graphs record it.
public enum VouchVersion {
  /// Semantic version.
  public static let current = "0.1.0"
  /// What graph files name as their creator.
  public static let creator = "vouch \(current)"
}
