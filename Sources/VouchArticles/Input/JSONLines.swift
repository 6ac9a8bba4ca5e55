internal import VouchCore

/// The records of a JSON Lines file, one to a line.
struct JSONLines: ItemSource {
  private let source: ByteSource
  private let name: String
  private let id: String
  private let options: ArticleOptions
  private var line: Int
  private var number = 0

  /// Begins with a file.
  init(_ source: ByteSource, name: String, id: String, options: ArticleOptions) {
    self.source = source
    self.name = name
    self.id = id
    self.options = options
    line = options.firstRecord - 1
  }

  mutating func next() throws(ErrorNumber) -> ArticleReader.Item? {
    while number <= options.recordCountLimit {
      let read = try source.readLine(limit: options.recordLimit)
      if read != nil { line += 1 }
      switch read {
      case nil, .cut:
        guard let damage = source.damage else { return nil }
        source.resume()
        return .diagnostic(GzipReader.diagnostic(damage, path: name, line: max(1, line), options: options))
      case .tooLong(let size):
        return .diagnostic(.tooLarge(name, size: size, limit: options.recordLimit, line: line))
      case .bytes(let bytes):
        if bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) { continue }
        number += 1
        if number > options.recordCountLimit { return .diagnostic(.tooManyRecords(name, options)) }
        return .article(RawArticle(kind: .record, bytes: bytes, id: "\(id)#\(line)", origin: name, line: line))
      }
    }
    return nil
  }
}

extension Diagnostic {
  /// What is told of an input that is larger than a limit.
  static func tooLarge(
    _ path: String, size: Int?, limit: Int, line: Int? = nil, severity: Severity = .error
  ) -> Diagnostic {
    let found = size.map { "found \($0) bytes" } ?? "found more than \(limit) bytes"
    return Diagnostic(
      severity, "article.too-large", "\(found); expected at most \(limit); split it or raise the limit",
      at: .init(path: path, line: line))
  }
}
