internal import Glibc
public import VouchCore

/// A folder of tables that a user adds to the built-in ones.
public enum TableFolder {
  /// Reads the `.tsv` files of a folder and of the folders in it, such as `people.tsv` or `gazetteers/people.tsv`.
  ///
  /// - Throws: A `Diagnostic` if the folder or a file in it cannot be read, is too large, or if there is no table.
  public static func files(in folder: String) throws(Diagnostic) -> [Ontology.Addition] {
    var files: [Ontology.Addition] = []
    for name in try names(in: folder) {
      let path = folder + "/" + name
      if name.hasSuffix(".tsv") {
        files.append(.init(name: String(name.dropLast(4)), path: path, bytes: try contents(path)))
      } else if isFolder(path) {
        for inner in try names(in: path) where inner.hasSuffix(".tsv") {
          let bytes = try contents(path + "/" + inner)
          files.append(.init(name: "\(name)/\(inner.dropLast(4))", path: path + "/" + inner, bytes: bytes))
        }
      }
    }
    guard !files.isEmpty else {
      throw Diagnostic(
        .error, "ontology.no-tables", "the folder holds no .tsv file; expected tables such as people.tsv",
        at: .init(path: folder))
    }
    return files
  }

  private static func unreadable(_ path: String, _ error: ErrorNumber) -> Diagnostic {
    Diagnostic(.error, "ontology.unreadable", "cannot read it: \(error)", at: .init(path: path))
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  private static func names(in folder: String) throws(Diagnostic) -> [String] {
    do throws(ErrorNumber) {
      return try FolderListing(folder).names.filter { !$0.hasPrefix(".") }
    } catch {
      throw unreadable(folder, error)
    }
  }

  /// The bytes of one table.
  ///
  /// - Throws: A `Diagnostic` if the file cannot be read.
  public static func contents(_ path: String) throws(Diagnostic) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw unreadable(path, ErrorNumber(code: errno)) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= Table.sizeLimit {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw unreadable(path, ErrorNumber(code: errno)) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    return bytes
  }
}
