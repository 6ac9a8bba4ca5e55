internal import Glibc
internal import VouchCore

/// What stands at a path.
enum FileSystem {
  /// What a path leads to.
  enum Sort { case folder, file, nothing }

  /// What a path leads to, links followed.
  static func sort(of path: String) -> Sort {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return .nothing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  private static func isLink(_ path: String) -> Bool {
    var status = stat()
    return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// The names in a folder, bytewise sorted.
  static func names(in folder: String) throws(Diagnostic) -> [String] {
    guard let stream = unsafe opendir(folder) else { throw FileSource.failure(folder, errno) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Whether a folder is entered: links to folders are not, so that there are no rounds.
  static func isEntered(_ path: String) -> Bool { sort(of: path) == .folder && !isLink(path) }

  /// The last part of a path.
  static func name(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

  /// Extension in lower case without the dot; empty if there is none.
  static func suffix(_ path: String) -> String {
    let name = name(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return String(name[name.index(after: dot)...]).lowercased()
  }

  /// The path without its extension.
  static func stem(_ path: String) -> String {
    let suffix = suffix(path)
    return suffix.isEmpty ? path : String(path.dropLast(suffix.count + 1))
  }
}
