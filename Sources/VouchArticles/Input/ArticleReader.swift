public import VouchCore

/// Goes through the inputs and hands out one raw article after the other, in input order.
///
/// A folder's files come bytewise sorted by name, its folders in between. At most one file or record is held at a time.
/// What cannot be read is reported and the rest goes on. Not for use by several threads.
public final class ArticleReader {
  /// Where articles come from.
  public enum Input: Hashable, Sendable {
    /// A file or folder.
    case path(String)
    /// An open descriptor, such as standard input's 0, under the name that messages give it.
    case descriptor(Int32, name: String)

    /// What a command's argument means: `-` is standard input, all else a path.
    public init(argument: String) { self = argument == "-" ? .descriptor(0, name: "-") : .path(argument) }
  }

  /// What comes next from the inputs.
  public enum Item: Sendable {
    /// An article to be made with `Article.make(from:options:lexicon:)`, on whatever thread.
    case article(RawArticle)
    /// What went wrong with an input, or a note about a folder.
    case diagnostic(Diagnostic)
  }

  private enum Step {
    case input(Input)
    case entry(path: String, id: String, depth: Int)
    case endOfFolder(path: String)
  }

  private struct Records {
    var source: FileSource
    var name: String
    var id: String
    var line = 0
  }

  /// Deepest nesting of folders that is entered.
  public static let folderDepthLimit = 64

  private let options: ArticleOptions
  private var steps: [Step]
  private var passedOver: [Int] = []
  private var records: Records?
  private var conllu: (splitter: CoNLLUSplitter, name: String)?
  private var queue: [Item] = []
  private var queueHead = 0

  /// Prepares to read; nothing is opened yet.
  public init(_ inputs: [Input], options: ArticleOptions = ArticleOptions()) {
    self.options = options
    steps = inputs.reversed().map { .input($0) }
  }

  /// The next article or message; `nil` after the last.
  public func next() -> Item? {
    while true {
      if queueHead < queue.count {
        queueHead += 1
        return queue[queueHead - 1]
      }
      queue.removeAll()
      queueHead = 0
      if records != nil {
        if let item = nextRecord() { return item }
        records = nil
        continue
      }
      if conllu != nil {
        if let item = nextInCoNLLU() { return item }
        conllu = nil
        continue
      }
      guard let step = steps.popLast() else { return nil }
      take(step)
    }
  }

  private func report(_ diagnostic: Diagnostic) { queue.append(.diagnostic(diagnostic)) }

  private func take(_ step: Step) {
    switch step {
    case .input(.descriptor(let descriptor, let name)):
      open(FileSource(descriptor: descriptor), path: name, id: name == "-" ? "stdin" : name, kind: nil)
    case .input(.path(let path)):
      if FileSystem.sort(of: path) == .folder {
        enter(path, prefix: "", depth: 0)
      } else if path.lowercased().hasSuffix(".meta.json"), FileSystem.sort(of: path) == .file {
        report(
          Diagnostic(
            .note, "input.skipped", "holds the metadata of another file; read with that", at: .init(path: path)))
      } else {
        openFile(path, id: FileSystem.name(path))
      }
    case .entry(let path, let id, let depth):
      if FileSystem.isEntered(path) {
        guard depth < Self.folderDepthLimit else {
          report(
            Diagnostic(
              .warning, "input.too-deep", "folders are entered \(Self.folderDepthLimit) deep", at: .init(path: path)))
          return
        }
        enter(path, prefix: id + "/", depth: depth)
      } else if Self.isArticle(path), FileSystem.sort(of: path) == .file {
        openFile(path, id: id)
      } else if let last = passedOver.indices.last {
        passedOver[last] += 1
      }
    case .endOfFolder(let path):
      let count = passedOver.popLast() ?? 0
      // One note for each folder that was named, its inner folders included.
      if let outer = passedOver.indices.last { passedOver[outer] += count }
      guard count > 0, passedOver.isEmpty else { return }
      report(
        Diagnostic(
          .note, "input.skipped",
          "\(count) other \(count == 1 ? "file" : "files") passed over; read are .txt .html .htm .jsonl .ndjson .json .conllu",
          at: .init(path: path)))
    }
  }

  private static func isArticle(_ path: String) -> Bool {
    let name = FileSystem.name(path)
    guard !name.hasPrefix("."), !name.lowercased().hasSuffix(".meta.json") else { return false }
    return ["txt", "html", "htm", "jsonl", "ndjson", "json", "conllu"].contains(FileSystem.suffix(path))
  }

  private func enter(_ path: String, prefix: String, depth: Int) {
    let listing: FolderListing
    do throws(ErrorNumber) {
      listing = try FolderListing(path)
    } catch {
      return report(FileSource.failure(path, error.code))
    }
    let names = listing.names
    for name in listing.unreadableNames {
      report(
        Diagnostic(
          .error, "input.name", "the file name \"\(name)\" is no UTF-8; rename the file", at: .init(path: path)))
    }
    let folder = path.hasSuffix("/") ? path : path + "/"
    // Hidden files and folders are no part of a collection.
    passedOver.append(names.count { $0.hasPrefix(".") })
    steps.append(.endOfFolder(path: path))
    for name in names.reversed() {
      if name.hasPrefix(".") { continue }
      steps.append(.entry(path: folder + name, id: prefix + name, depth: depth + 1))
    }
  }

  private func openFile(_ path: String, id: String) {
    let kind: RawArticle.Kind? =
      switch FileSystem.suffix(path) {
      case "html", "htm", "xhtml": .html
      case "jsonl", "ndjson", "json": .record
      case "conllu": .conllu
      default: .text
      }
    do throws(Diagnostic) {
      open(try FileSource(path: path), path: path, id: id, kind: kind)
    } catch {
      report(error)
    }
  }

  /// Begins with a file; a `nil` kind is guessed from the first byte that is no white space.
  private func open(_ source: FileSource, path: String, id: String, kind: RawArticle.Kind?) {
    do throws(ErrorNumber) {
      var kind = options.kind ?? kind
      if kind == nil {
        switch try source.peekPastSpace(limit: options.articleLimit) {
        case 0x7B: kind = .record
        case 0x3C: kind = .html
        default: kind = .text
        }
      }
      if kind == .record {
        if FileSystem.suffix(path) == "json" { return try openDocument(source, path: path, id: id) }
        records = Records(source: source, name: path, id: id)
        return
      }
      if kind == .conllu {
        conllu = (CoNLLUSplitter(source, id: id, limit: options.recordLimit), path)
        return
      }
      guard let bytes = try source.readAll(limit: options.articleLimit) else {
        return report(tooLarge(path, size: source.size, limit: options.articleLimit))
      }
      queue.append(
        .article(RawArticle(kind: kind ?? .text, bytes: bytes, id: id, origin: path, sidecar: try sidecar(of: path))))
    } catch {
      report(FileSource.failure(path, error.code))
    }
  }

  private func sidecar(of path: String) throws(ErrorNumber) -> (path: String, bytes: [UInt8])? {
    let beside = FileSystem.stem(path) + ".meta.json"
    guard path != "-", FileSystem.sort(of: beside) == .file else { return nil }
    do throws(Diagnostic) {
      let source = try FileSource(path: beside)
      do throws(ErrorNumber) {
        if let bytes = try source.readAll(limit: 1 << 20) { return (beside, bytes) }
        report(tooLarge(beside, size: source.size, limit: 1 << 20, severity: .warning))
      } catch {
        report(FileSource.failure(beside, error.code))
      }
    } catch {
      report(error)
    }
    return nil
  }

  private func tooLarge(
    _ path: String, size: Int?, limit: Int, line: Int? = nil, severity: Diagnostic.Severity = .error
  ) -> Diagnostic {
    let found = size.map { "found \($0) bytes" } ?? "found more than \(limit) bytes"
    return Diagnostic(
      severity, "article.too-large", "\(found); expected at most \(limit); split it or raise the limit",
      at: .init(path: path, line: line))
  }

  private func nextRecord() -> Item? {
    while var current = records {
      do throws(ErrorNumber) {
        guard let line = try current.source.readLine(limit: options.recordLimit) else { return nil }
        current.line += 1
        records = current
        switch line {
        case .tooLong(let size):
          return .diagnostic(tooLarge(current.name, size: size, limit: options.recordLimit, line: current.line))
        case .bytes(let bytes):
          if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
          return .article(
            RawArticle(
              kind: .record, bytes: bytes, id: "\(current.id)#\(current.line)", origin: current.name, line: current.line
            ))
        }
      } catch {
        return .diagnostic(FileSource.failure(current.name, error.code))
      }
    }
    return nil
  }
}

extension ArticleReader {
  private func nextInCoNLLU() -> Item? {
    guard var current = conllu else { return nil }
    do throws(ErrorNumber) {
      guard let piece = try current.splitter.next() else { return nil }
      conllu = current
      switch piece {
      case .tooLarge(let line):
        return .diagnostic(tooLarge(current.name, size: nil, limit: options.recordLimit, line: line))
      case .document(let bytes, let id, let line):
        return .article(RawArticle(kind: .conllu, bytes: bytes, id: id, origin: current.name, line: line))
      }
    } catch {
      conllu = nil
      return .diagnostic(FileSource.failure(current.name, error.code))
    }
  }

  /// Reads a `.json` file: one object, a list of objects, or an object on every line.
  private func openDocument(_ source: FileSource, path: String, id: String) throws(ErrorNumber) {
    guard let bytes = try source.readAll(limit: options.recordLimit) else {
      return report(tooLarge(path, size: source.size, limit: options.recordLimit))
    }
    do throws(JSONValue.Failure) {
      let document = try JSONValue(parsing: bytes[...])
      for (number, value) in document.items.enumerated() {
        let name = document.items.count == 1 ? id : "\(id)#\(number + 1)"
        queue.append(.article(RawArticle(record: value, id: name, origin: path)))
      }
      if document.items.isEmpty {
        report(Diagnostic(.error, "article.empty", "holds no record", at: .init(path: path)))
      }
    } catch {
      // What is no single value may still be one to a line.
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      guard lines.count > 1, (try? JSONValue(parsing: lines[0])) != nil else {
        return report(
          Diagnostic(
            .error, "record.json", "no valid JSON; expected an object, a list of objects, or an object on every line",
            at: .init(path: path)))
      }
      for (number, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
        queue.append(
          .article(
            RawArticle(
              kind: .record, bytes: Array(line), id: "\(id)#\(number + 1)", origin: path, line: number + 1)))
      }
    }
  }
}
