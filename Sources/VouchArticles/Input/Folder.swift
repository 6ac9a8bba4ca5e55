internal import Glibc

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
