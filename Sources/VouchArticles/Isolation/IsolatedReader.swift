internal import CSandbox
internal import FoundationEssentials
internal import Glibc
internal import VouchCore

/// Goes through the inputs as `ArticleReader` does, with articles that another process has made.
public final class IsolatedReader {
  private let inputs: [ArticleReader.Input]
  private let options: ArticleOptions
  private let isolation: Isolation
  private var channel: IsolationChannel?
  private var process: pid_t = 0
  private var descriptor: Int32 = -1
  private var file: (count: Int, name: String?) = (0, nil)
  private var isDone = false

  /// Prepares to read; nothing is started yet.
  public init(_ inputs: [ArticleReader.Input], options: ArticleOptions, isolation: Isolation) {
    self.inputs = inputs
    self.options = options
    self.isolation = isolation
  }

  deinit { if channel != nil { _ = stop() } }

  /// The next article or message; `nil` after the last.
  public func next() -> ArticleReader.Item? {
    while !isDone {
      if channel == nil, let error = start() {
        isDone = true
        return .diagnostic(
          Diagnostic(.error, "isolate.failed", "the process that reads files cannot be started: \(error)"))
      }
      guard let message = channel?.receive(), let answer: Isolation.Answer = IsolationChannel.decoded(message) else {
        return died()
      }
      switch answer {
      case .file(let count, let name): file = (count, name)
      case .diagnostic(let diagnostic): return .diagnostic(diagnostic)
      case .article(let article): return .made(article)
      case .annotated(let bytes, let id, let origin, let line):
        return .article(RawArticle(kind: .conllu, bytes: Array(bytes), id: id, origin: origin, line: line))
      case .end:
        _ = stop()
        isDone = true
      }
    }
    return nil
  }

  private func start() -> ErrorNumber? {
    let task = Isolation.Task(
      inputs: inputs, options: options, ontologyFolder: isolation.ontologyFolder, memoryLimit: isolation.memoryLimit,
      secondsLimit: isolation.secondsLimit, skippedFiles: file.count)
    var input: Int32 = -1
    let error = unsafe vouch_sandbox_spawn(isolation.program, Isolation.argument, &input, &descriptor, &process)
    guard error == 0 else { return ErrorNumber(code: error) }
    defer { close(input) }
    channel = IsolationChannel(descriptor)
    do throws(ErrorNumber) { try NewFile.write(IsolationChannel.encoded(task), to: input) } catch { return error }
    return nil
  }

  private func stop() -> Int32 {
    close(descriptor)
    channel = nil
    return vouch_sandbox_wait(process)
  }

  /// What is told when the process ended too early; another one goes on with the next file.
  private func died() -> ArticleReader.Item {
    let status = stop()
    let reason = status < 0 ? "was ended by signal \(-status)" : "ended with status \(status)"
    guard let name = file.name else {
      isDone = true
      return .diagnostic(Diagnostic(.error, "isolate.failed", "the process that reads files \(reason) at its start"))
    }
    file.name = nil
    return .diagnostic(
      Diagnostic(
        .error, "isolate.died", "the process that reads it \(reason); the rest of the file is left out",
        at: .init(path: name)))
  }
}
