internal import VouchCore

/// How articles are made in other processes, with limits on what these may take.
///
/// The program runs itself once more: that process opens and unpacks the files and cuts archives; each article is parsed
/// in a copy of it of its own. One that dies is told of, and the rest goes on. What comes out is the same as without.
public struct Isolation: Hashable, Sendable {
  /// The argument that the program must answer with `IsolatedServer.run`.
  public static let argument = "--isolated-reader"

  /// Path of the program.
  public var program: String
  /// The user's tables; `nil` if there are none.
  public var ontologyFolder: String?
  /// Most address space of each process, in bytes.
  public var memoryLimit: Int
  /// Most processor time for one article, in seconds: far more than an article within the other limits takes.
  public var secondsLimit = 120

  /// Makes a description of how to start the program that is running.
  public init(ontologyFolder: String? = nil, memoryLimit: Int = 2 << 30) {
    program = "/proc/self/exe"
    self.ontologyFolder = ontologyFolder
    self.memoryLimit = memoryLimit
  }

  /// What the process is told.
  struct Task: Codable {
    var inputs: [ArticleReader.Input]
    var options: ArticleOptions
    var ontologyFolder: String?
    var memoryLimit: Int
    var secondsLimit: Int
    var skippedFiles: Int
  }

  /// What it answers.
  enum Answer: Codable {
    /// A file is opened: how many were so far, and its name.
    case file(count: Int, name: String)
    case diagnostic(Diagnostic)
    case article(Article)
    /// A document in CoNLL-U, which is not parsed there.
    case annotated(bytes: Bytes, id: String, origin: String, line: Int?)
    case end
  }
}
