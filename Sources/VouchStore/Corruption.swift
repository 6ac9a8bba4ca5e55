public import VouchCore

/// A graph file contradicts itself: a number points nowhere, or words are not where they are said to be.
public struct Corruption: Error, Hashable, Sendable {
  /// The section that holds the wrong value, or that is wrong as a whole.
  public let section: String
  /// What is wrong with it.
  public let reason: String

  init(_ section: Section, _ reason: String) {
    self.section = String(describing: section)
    self.reason = reason
  }

  /// Reports damage that no single section shows.
  public init(section: String, reason: String) {
    self.section = section
    self.reason = reason
  }

  /// The message for the user.
  ///
  /// - Parameter path: The graph file.
  public func diagnostic(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "store.corrupt",
      "the graph file is damaged: \(reason) (\(section)); vouch salvage keeps the articles that are whole",
      at: .init(path: path))
  }
}
