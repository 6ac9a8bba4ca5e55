import Glibc
import Vouch

/// Where an export goes: a file that appears whole or not at all, standard output (`-`), or a device or pipe as it is.
struct OutputFile {
  let path: String

  /// Runs `body` with a descriptor open for writing.
  ///
  /// - Parameter graph: The graph that is exported, for messages about damage.
  func write<Summary>(
    graph: String, _ body: (Int32) throws(ExportFailure) -> Summary
  ) throws(Diagnostic) -> Summary {
    guard path != "-" else { return try run(STDOUT_FILENO, graph, body) }
    guard let target = try newFile() else {
      let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw unwritable(.system(step: "open it", ErrorNumber(code: errno))) }
      defer { close(descriptor) }
      return try run(descriptor, graph, body)
    }
    let summary = try run(target.descriptor, graph, body)
    do throws(NewFile.Failure) { try target.commit() } catch { throw unwritable(error) }
    return summary
  }

  /// A file beside its place; `nil` if something else than a file is there.
  private func newFile() throws(Diagnostic) -> NewFile? {
    do throws(NewFile.Failure) {
      return try NewFile(path, replacing: true)
    } catch {
      if error == .notAFile { return nil }
      throw unwritable(error)
    }
  }

  private func run<Summary>(
    _ descriptor: Int32, _ graph: String, _ body: (Int32) throws(ExportFailure) -> Summary
  ) throws(Diagnostic) -> Summary {
    do throws(ExportFailure) {
      return try body(descriptor)
    } catch {
      switch error {
      case .corrupt(let corruption): throw corruption.diagnostic(graph)
      case .output(EPIPE) where descriptor == STDOUT_FILENO: Glibc.exit(0)
      case .output(let code): throw unwritable(.system(step: "write it", ErrorNumber(code: code)))
      }
    }
  }

  private func unwritable(_ failure: NewFile.Failure) -> Diagnostic {
    let reason =
      switch failure {
      case .system(let step, let error): "cannot \(step): \(error)"
      case .exists, .notAFile: "cannot replace what is there"
      }
    return Diagnostic(.error, "export.unwritable", reason, at: .init(path: path))
  }
}
