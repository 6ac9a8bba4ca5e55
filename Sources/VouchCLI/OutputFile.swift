import Glibc
import Vouch

/// Where an export goes: a file that appears whole or not at all; standard output (`-`), a device or a pipe as it is.
struct OutputFile {
  let path: String

  /// Runs `body` with a descriptor open for writing.
  func write<Summary>(_ body: (Int32) throws(Diagnostic) -> Summary) throws(Diagnostic) -> Summary {
    guard path != "-" else { return try body(STDOUT_FILENO) }
    let target: NewFile?
    do throws(NewFile.Failure) {
      target = try NewFile(path, replacing: true)
    } catch {
      guard error == .notAFile else { throw Self.unwritable(error, path) }
      target = nil
    }
    guard let target else {
      let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw Self.unwritable(.system(step: "open it", ErrorNumber(code: errno)), path)
      }
      defer { close(descriptor) }
      return try body(descriptor)
    }
    let summary = try body(target.descriptor)
    do throws(NewFile.Failure) { try target.commit() } catch { throw Self.unwritable(error, path) }
    return summary
  }

  /// As above, for an export; the program ends quietly if the reader of its output went away.
  func export<Summary>(
    _ graph: GraphFile, _ body: (Int32) throws(ExportFailure) -> Summary
  ) throws(Diagnostic) -> Summary {
    try write { descriptor throws(Diagnostic) in
      do throws(ExportFailure) {
        return try body(descriptor)
      } catch {
        switch error {
        case .corrupt(let corruption): throw corruption.diagnostic(graph.path)
        case .output(EPIPE) where descriptor == STDOUT_FILENO: Glibc.exit(0)
        case .output(let code): throw Self.unwritable(.system(step: "write it", ErrorNumber(code: code)), path)
        }
      }
    }
  }

  /// What to tell the user about a file that could not be made.
  static func unwritable(_ failure: NewFile.Failure, _ path: String) -> Diagnostic {
    let reason =
      switch failure {
      case .system(let step, let error): "cannot \(step): \(error)"
      case .exists, .notAFile: "cannot replace what is there"
      }
    return Diagnostic(.error, "export.unwritable", reason, at: .init(path: path))
  }
}
