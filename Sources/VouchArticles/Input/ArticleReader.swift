public import VouchCore

/// Goes through the inputs and hands out one raw article after the other, in input order.
///
/// A folder's files come bytewise sorted by name, its folders in between; gzip is unpacked. At most one article or record
/// is held at a time. What cannot be read is reported and the rest goes on. Not for use by several threads.
public final class ArticleReader {
  /// Where articles come from.
  public enum Input: Hashable, Sendable, Codable {
    /// A file or folder.
    case path(String)
    /// A file or folder whose path need not be UTF-8.
    case file(FilePath)
    /// An open descriptor, such as standard input's 0, and the name of the file whose content it brings: `-` for none.
    case descriptor(Int32, name: String)

    /// What a command's argument means: `-` is standard input, all else a path.
    public init(argument: String) { self = argument == "-" ? .descriptor(0, name: "-") : .path(argument) }
  }

  /// What comes next from the inputs.
  public enum Item: Sendable {
    /// An article to be made with `Article.make(from:options:lexicon:)`, on whatever thread.
    case article(RawArticle)
    /// An article that was made already, in another process.
    case made(Article)
    /// What went wrong with an input, or a note about a folder.
    case diagnostic(Diagnostic)
  }

  private enum Step {
    case input(Input)
    case entry(path: FilePath, id: String, depth: Int)
    case endOfFolder(path: String)
  }

  /// Deepest nesting of folders that is entered.
  public static let folderDepthLimit = 64

  private let options: ArticleOptions
  private var steps: [Step]
  private var passedOver: [Int] = []
  private var current: (any ItemSource)?
  private var currentName = ""
  private var queue: [Item] = []
  private var queueHead = 0
  /// Files opened so far, and how many of them are not read.
  private(set) var fileCount = 0
  private let skippedFiles: Int
  /// Called when a file is about to be opened, with the number of files so far and its name.
  var onOpening: (Int, String) -> Void = { _, _ in }

  /// Prepares to read; nothing is opened yet.
  public convenience init(_ inputs: [Input], options: ArticleOptions = ArticleOptions()) {
    self.init(inputs, options: options, skippingFiles: 0)
  }

  /// Prepares to read all but the first files that would be opened, without the messages of those.
  init(_ inputs: [Input], options: ArticleOptions, skippingFiles: Int) {
    self.options = options
    skippedFiles = skippingFiles
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
      if current != nil {
        do throws(ErrorNumber) {
          if let item = try current?.next() { return item }
          current = nil
        } catch {
          current = nil
          return .diagnostic(OpenFile.failure(currentName, error.code))
        }
        continue
      }
      guard let step = steps.popLast() else { return nil }
      take(step)
    }
  }

  private func report(_ diagnostic: Diagnostic) {
    if fileCount >= skippedFiles { queue.append(.diagnostic(diagnostic)) }
  }

  private func take(_ step: Step) {
    switch step {
    case .input(.descriptor(let descriptor, let name)):
      guard isNextRead(name) else { return }
      let path = FilePath(name)
      open(
        OpenFile(descriptor: descriptor), path: path,
        id: name == "-" ? "stdin" : FileSystem.withoutGzip(path).shown, format: InputFormat.named(path))
    case .input(.path(let path)): take(input: FilePath(path))
    case .input(.file(let path)): take(input: path)
    case .entry(let path, let id, let depth):
      if FileSystem.isEntered(path) {
        guard depth < Self.folderDepthLimit else {
          report(
            Diagnostic(
              .warning, "input.too-deep", "folders are entered \(Self.folderDepthLimit) deep",
              at: .init(path: path.shown)))
          return
        }
        enter(path, prefix: id + "/", depth: depth)
      } else if Self.isArticle(path), FileSystem.sort(of: path) == .file {
        openFile(path, id: id)
      } else if let last = passedOver.indices.last, !FileSystem.isSidecar(path) {
        passedOver[last] += 1
      }
    case .endOfFolder(let path):
      let count = passedOver.popLast() ?? 0
      // One note for each folder that was named, its inner folders included.
      if let outer = passedOver.indices.last { passedOver[outer] += count }
      guard count > 0, passedOver.isEmpty else { return }
      let read = InputFormat.extensions.map { "." + $0.extension }.joined(separator: " ")
      report(
        Diagnostic(
          .note, "input.skipped",
          "\(count) other \(count == 1 ? "file" : "files") passed over; read are \(read), and these with .gz",
          at: .init(path: path)))
    }
  }

  private func take(input path: FilePath) {
    if FileSystem.sort(of: path) == .folder {
      enter(path, prefix: "", depth: 0)
    } else if FileSystem.isSidecar(path), FileSystem.sort(of: path) == .file {
      report(
        Diagnostic(
          .note, "input.skipped", "holds the metadata of another file; read with that", at: .init(path: path.shown)))
    } else {
      openFile(path, id: FileSystem.withoutGzip(path.name).shown)
    }
  }

  private static func isArticle(_ path: FilePath) -> Bool {
    guard path.name.bytes.first != 0x2E, !FileSystem.isSidecar(path) else { return false }
    let suffix = FileSystem.suffix(FileSystem.withoutGzip(path))
    return InputFormat.extensions.contains { $0.extension == suffix }
  }

  private func enter(_ folder: FilePath, prefix: String, depth: Int) {
    let entries: [FilePath]
    do throws(ErrorNumber) {
      entries = try FolderListing(folder).entries
    } catch {
      return report(OpenFile.failure(folder.shown, error.code))
    }
    // Hidden files and folders are no part of a collection.
    let names = entries.filter { $0.bytes.first != 0x2E }
    passedOver.append(entries.count - names.count)
    steps.append(.endOfFolder(path: folder.shown))
    for name in names.reversed() {
      let path = folder.appending(name)
      // Folders keep their names whole, files are called alike packed or not.
      let id = FileSystem.suffix(name) == "gz" && !FileSystem.isEntered(path) ? FileSystem.stem(name) : name
      steps.append(.entry(path: path, id: prefix + id.shown, depth: depth + 1))
    }
  }

  /// Counts a file; `false` if it is one of those that are left out.
  private func isNextRead(_ name: String) -> Bool {
    fileCount += 1
    guard fileCount > skippedFiles else { return false }
    onOpening(fileCount, name)
    return true
  }

  private func openFile(_ path: FilePath, id: String) {
    guard isNextRead(path.shown) else { return }
    do throws(Diagnostic) {
      open(try OpenFile(path), path: path, id: id, format: InputFormat.named(path))
    } catch {
      report(error)
    }
  }

  /// Begins with a file; a `nil` format is recognised by the file's first bytes.
  private func open(_ file: OpenFile, path: FilePath, id: String, format: InputFormat?) {
    let name = path.shown
    let source = ByteSource(file)
    do throws(ErrorNumber) {
      try source.unpack(limits: options.gzipLimits)
      var format = options.format ?? format
      var isWhole = false
      while format == nil {
        format = InputFormat.recognised(source.window, isWhole: isWhole)
        if format == nil { isWhole = try !source.fill() || source.window.count > 1 << 20 }
      }
      currentName = name
      switch format ?? .text {
      case .jsonl: current = JSONLines(source, name: name, id: id, options: options)
      case .conllu: current = CoNLLUDocuments(source, name: name, id: id, options: options)
      case .warc: current = WARCArticles(source, name: name, id: id, options: options)
      case .json:
        guard let bytes = try whole(source, name, limit: options.recordLimit) else { return }
        addRecords(of: bytes, name: name, id: id)
      case .feed:
        guard let bytes = try whole(source, name, limit: 2 * options.articleLimit) else { return }
        current = FeedItems(FeedReader(bytes, origin: name, id: id))
      case .text, .html:
        guard let bytes = try whole(source, name, limit: options.articleLimit) else { return }
        let kind: RawArticle.Kind = format == .html ? .html : .text
        let sidecar = try sidecar(of: path)
        queue.append(.article(RawArticle(kind: kind, bytes: bytes, id: id, origin: name, sidecar: sidecar)))
      }
    } catch {
      report(OpenFile.failure(name, error.code))
    }
  }

  /// A whole file; `nil`, with a message, if it is too large or its packing is damaged.
  private func whole(_ source: ByteSource, _ name: String, limit: Int) throws(ErrorNumber) -> [UInt8]? {
    guard let bytes = try source.readAll(limit: limit) else {
      report(.tooLarge(name, size: source.size, limit: limit))
      return nil
    }
    if let damage = source.damage {
      report(GzipReader.diagnostic(damage, path: name, options: options))
      // What stands behind the last member is no part of the file.
      return damage.kind == .foreign && !bytes.isEmpty ? bytes : nil
    }
    return bytes
  }

  private func sidecar(of path: FilePath) throws(ErrorNumber) -> (path: String, bytes: [UInt8])? {
    let beside = FilePath(bytes: FileSystem.stem(FileSystem.withoutGzip(path)).bytes + Array(".meta.json".utf8))
    guard path.bytes != [0x2D], FileSystem.sort(of: beside) == .file else { return nil }
    do throws(Diagnostic) {
      let source = ByteSource(try OpenFile(beside))
      do throws(ErrorNumber) {
        if let bytes = try source.readAll(limit: 1 << 20) { return (beside.shown, bytes) }
        report(.tooLarge(beside.shown, size: source.size, limit: 1 << 20, severity: .warning))
      } catch {
        report(OpenFile.failure(beside.shown, error.code))
      }
    } catch {
      report(error)
    }
    return nil
  }

  /// Reads a `.json` file: one object, a list of objects, or an object on every line.
  private func addRecords(of bytes: [UInt8], name: String, id: String) {
    do throws(JSONValue.Failure) {
      let document = try JSONValue(parsing: bytes[...])
      for (number, value) in document.items.enumerated() {
        let own = document.items.count == 1 ? id : "\(id)#\(number + 1)"
        queue.append(.article(RawArticle(record: value, id: own, origin: name)))
      }
      if document.items.isEmpty {
        report(Diagnostic(.error, "article.empty", "holds no record", at: .init(path: name)))
      }
    } catch {
      // What is no single value may still be one to a line.
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      guard lines.count > 1, (try? JSONValue(parsing: lines[0])) != nil else {
        let place = error.place(in: bytes[...])
        return report(
          Diagnostic(
            .error, "record.json",
            "no valid JSON: \(error.message); expected an object, a list of objects, or an object on every line",
            at: .init(path: name, line: place.line, column: place.column)))
      }
      for (number, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) {
        queue.append(
          .article(
            RawArticle(kind: .record, bytes: Array(line), id: "\(id)#\(number + 1)", origin: name, line: number + 1)))
      }
    }
  }
}

/// The items of a feed.
private struct FeedItems: ItemSource {
  private var reader: FeedReader

  init(_ reader: FeedReader) { self.reader = reader }

  mutating func next() -> ArticleReader.Item? { reader.next() }
}
