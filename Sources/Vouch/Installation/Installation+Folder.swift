internal import Glibc
internal import VouchArticles
internal import VouchCore
internal import VouchKnowledge
internal import VouchStore

extension Installation {
  /// Makes a small graph in a folder, locks it, reads it, and removes it.
  static func findings(inFolder folder: String, _ extractor: Extractor?) async -> [Finding] {
    let path = "\(folder)/.vouch-doctor-\(getpid()).vouch"
    defer { unsafe unlink(path) }
    let advice = "choose another folder, or change its rights"
    do throws(Diagnostic) {
      let update = try GraphUpdate(path: path, creator: VouchVersion.creator)
      if let extractor {
        _ = await KnownArticle.withInput { input in _ = await extractor.add([input], to: update, threads: 1) }
      }
      _ = try update.commit()
      let report = try GraphFile(path: path).check()
      if let problem = report.problems.first {
        return [
          .failure(
            "folder", "what was written to \(folder) is read back otherwise: \(problem.reason)",
            advice: "the device may be faulty: choose another folder")
        ]
      }
    } catch {
      return [.failure("folder", "\(folder): \(error.message)", advice: advice)]
    }
    return [.ok("folder", "graphs can be written to \(folder) and read"), locking(path, folder)]
  }

  /// A second writer must be turned away.
  private static func locking(_ path: String, _ folder: String) -> Finding {
    do throws(Diagnostic) {
      let first = try GraphUpdate(path: path, creator: VouchVersion.creator)
      let second = Result { () throws(Diagnostic) in try GraphUpdate(path: path, creator: VouchVersion.creator) }
      return withExtendedLifetime(first) {
        switch second {
        case .failure(let error) where error.code == "store.locked":
          return .ok("locking", "two programs cannot write to one graph of \(folder)")
        case .failure(let error):
          return .failure("locking", "\(folder): \(error.message)", advice: "choose another folder")
        case .success:
          return .failure(
            "locking", "files of \(folder) are not locked: two programs could write to one graph",
            advice: "let one program write at a time, or choose a folder of another file system")
        }
      }
    } catch {
      return .failure(
        "locking", "\(folder): \(error.message)", advice: "choose a folder of a file system that locks files")
    }
  }
}
