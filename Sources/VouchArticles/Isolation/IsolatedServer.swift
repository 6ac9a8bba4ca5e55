internal import CSandbox
internal import FoundationEssentials
internal import Glibc
internal import VouchCore
internal import VouchOntology

/// The process that opens files and has articles parsed, for another one that does not trust them.
public enum IsolatedServer {
  /// Reads a task from descriptor 3 and writes what there is in the files to standard output.
  ///
  /// - Returns: Whether the task was done; if not, nobody is there to be told.
  public static func run() -> Bool {
    guard let task: Isolation.Task = IsolationChannel.decoded(IsolationChannel(3).readAll()) else { return false }
    close(3)
    let lexicon: PageLexicon
    do throws(Diagnostic) {
      let tables = try task.ontologyFolder.map { folder throws(Diagnostic) in try TableFolder.files(in: folder) }
      lexicon = try PageLexicon(
        try tables.map { files throws(Diagnostic) in try Ontology(adding: files) } ?? Ontology())
    } catch {
      return false
    }
    vouch_sandbox_limit(task.memoryLimit, 0)
    let channel = IsolationChannel(1)
    func send(_ answer: Isolation.Answer) throws(ErrorNumber) { try channel.send(IsolationChannel.encoded(answer)) }
    do throws(ErrorNumber) {
      let reader = ArticleReader(task.inputs, options: task.options, skippingFiles: task.skippedFiles)
      // Told at once, for the next thing that happens may be this process's end.
      reader.onOpening = { count, name in try? send(.file(count: count, name: name)) }
      while let item = reader.next() {
        switch item {
        case .diagnostic(let diagnostic): try send(.diagnostic(diagnostic))
        case .made(let article): try send(.article(article))
        case .article(let raw) where raw.kind == .conllu:
          try send(.annotated(bytes: Bytes(raw.bytes), id: raw.id, origin: raw.origin, line: raw.line))
        case .article(let raw): try channel.send(answer(raw, task, lexicon))
        }
      }
      try send(.end)
      return true
    } catch {
      return false
    }
  }

  /// Makes an article in a copy of this process.
  private static func answer(_ raw: RawArticle, _ task: Isolation.Task, _ lexicon: PageLexicon) -> [UInt8] {
    func failure(_ reason: String) -> [UInt8] {
      IsolationChannel.encoded(
        Isolation.Answer.diagnostic(
          Diagnostic(.error, "isolate.died", "the process that parsed it \(reason); the rest goes on", at: raw.location)
        ))
    }
    var descriptor: Int32 = -1
    let process = unsafe vouch_sandbox_fork(&descriptor)
    if process == 0 {
      vouch_sandbox_limit(task.memoryLimit, UInt32(clamping: task.secondsLimit))
      let answer: Isolation.Answer =
        switch Article.make(from: raw, options: task.options, lexicon: lexicon) {
        case .success(let article): .article(article)
        case .failure(let diagnostic): .diagnostic(diagnostic)
        }
      let isWritten: Void? = try? NewFile.write(IsolationChannel.encoded(answer), to: descriptor)
      vouch_sandbox_exit(isWritten == nil ? 1 : 0)
    }
    guard process > 0 else { return failure("could not be started") }
    let bytes = IsolationChannel(descriptor).readAll()
    close(descriptor)
    let status = vouch_sandbox_wait(process)
    if status < 0 { return failure("was ended by signal \(-status)") }
    return status == 0 && !bytes.isEmpty ? bytes : failure("ended with status \(status)")
  }
}
