public import VouchCore
public import VouchKnowledge

extension GraphFile {
  /// Writes a graph to a new file, which appears whole or not at all.
  ///
  /// The same graph gives the same bytes.
  ///
  /// - Parameters:
  ///   - graph: The graph.
  ///   - path: The file to make.
  ///   - creator: Program and version, at most 32 bytes.
  ///   - replaces: Whether a file of that name may be replaced.
  /// - Returns: Length of the file in bytes.
  /// - Throws: A `Diagnostic` if the file exists and may not be replaced, or cannot be written; nothing is changed then.
  @discardableResult
  public static func write(_ graph: Graph, to path: String, creator: String, replacing replaces: Bool)
    throws(Diagnostic) -> Int
  {
    let bytes = encode(graph, creator: creator)
    do throws(NewFile.Failure) {
      let file = try NewFile(path, replacing: replaces)
      try file.write(bytes)
      try file.commit()
    } catch {
      throw diagnostic(error, path)
    }
    return bytes.count
  }

  static func diagnostic(_ failure: NewFile.Failure, _ path: String) -> Diagnostic {
    let (code, message) =
      switch failure {
      case .exists: ("store.exists", "the graph is there already; choose another name, or --replace it by the new one")
      case .notAFile: ("store.not-a-file", "there is something else than a file; choose another name")
      case .system(let step, let error): ("store.unwritable", "cannot \(step): \(error); nothing was changed")
      }
    return Diagnostic(.error, code, message, at: .init(path: path))
  }
}
