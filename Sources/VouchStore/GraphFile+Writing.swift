internal import Glibc
public import VouchCore
public import VouchKnowledge

extension GraphFile {
  /// Writes a graph to a new file.
  ///
  /// The file appears under its name whole or not at all: it is written beside it, synchronised and renamed.
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
    let temporary = "\(path).writing-\(getpid())"
    func failure(_ what: String) -> Diagnostic {
      let reason = ErrorNumber(code: errno)
      unsafe unlink(temporary)
      return Diagnostic(
        .error, "store.unwritable", "cannot \(what): \(reason); nothing was changed", at: .init(path: path))
    }
    var status = stat()
    if unsafe stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      throw Diagnostic(
        .error, "store.not-a-file", "there is something else than a file; choose another name", at: .init(path: path))
    }
    guard unsafe replaces || access(path, F_OK) != 0 else { throw existing(path) }
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("make the graph") }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(descriptor, buffer.baseAddress.map { unsafe $0 + written }, buffer.count - written)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        close(descriptor)
        throw failure("write the graph")
      }
      written += count
    }
    guard fsync(descriptor) == 0 else {
      close(descriptor)
      throw failure("bring the graph to the disk")
    }
    guard close(descriptor) == 0 else { throw failure("close the graph") }
    if replaces {
      guard unsafe rename(temporary, path) == 0 else { throw failure("put the graph in its place") }
    } else {
      // A link fails where a rename would silently replace a file that appeared meanwhile.
      guard unsafe link(temporary, path) == 0 else {
        let exists = errno == EEXIST
        let error = failure("put the graph in its place")
        throw exists ? existing(path) : error
      }
      unsafe unlink(temporary)
    }
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let directory = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    if directory >= 0 {
      fsync(directory)
      close(directory)
    }
    return bytes.count
  }

  private static func existing(_ path: String) -> Diagnostic {
    Diagnostic(
      .error, "store.exists", "the graph is there already; choose another name, or --replace it by the new one",
      at: .init(path: path))
  }
}
