internal import Glibc
internal import VouchCore

/// What stands at a path.
enum FileSystem {
  /// What a path leads to.
  enum Sort { case folder, file, nothing }

  /// What a path leads to, links followed.
  static func sort(of path: FilePath) -> Sort {
    var status = stat()
    guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return .nothing }
    return status.st_mode & S_IFMT == S_IFDIR ? .folder : .file
  }

  private static func isLink(_ path: FilePath) -> Bool {
    var status = stat()
    return unsafe path.withCString { unsafe lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
  }

  /// Whether a folder is entered: links to folders are not, so that there are no rounds.
  static func isEntered(_ path: FilePath) -> Bool { sort(of: path) == .folder && !isLink(path) }

  /// Extension in lower case without the dot; empty if there is none.
  static func suffix(_ path: FilePath) -> String {
    let name = path.name.bytes
    guard let dot = name.lastIndex(of: 0x2E), dot > 0 else { return "" }
    return String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
  }

  /// The path without its extension.
  static func stem(_ path: FilePath) -> FilePath {
    guard !suffix(path).isEmpty, let dot = path.bytes.lastIndex(of: 0x2E) else { return path }
    return FilePath(bytes: Array(path.bytes[..<dot]))
  }

  /// The path without `.gz`.
  static func withoutGzip(_ path: FilePath) -> FilePath { suffix(path) == "gz" ? stem(path) : path }

  /// Whether a file holds the metadata of another one.
  static func isSidecar(_ path: FilePath) -> Bool {
    String(decoding: path.name.bytes, as: UTF8.self).lowercased().hasSuffix(".meta.json")
  }
}
