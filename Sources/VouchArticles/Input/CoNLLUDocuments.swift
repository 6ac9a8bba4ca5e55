internal import VouchCore

/// The documents of a file in CoNLL-U.
struct CoNLLUDocuments: ItemSource {
  private var splitter: CoNLLUSplitter
  private let source: ByteSource
  private let name: String
  private let options: ArticleOptions

  /// Begins with a file.
  init(_ source: ByteSource, name: String, id: String, options: ArticleOptions) {
    splitter = CoNLLUSplitter(source, id: id, limit: options.recordLimit)
    self.source = source
    self.name = name
    self.options = options
  }

  mutating func next() throws(ErrorNumber) -> ArticleReader.Item? {
    switch try splitter.next() {
    case nil:
      guard let damage = source.damage else { return nil }
      source.resume()
      return .diagnostic(GzipReader.diagnostic(damage, path: name, options: options))
    case .tooLarge(let line):
      return .diagnostic(.tooLarge(name, size: nil, limit: options.recordLimit, line: line))
    case .document(let bytes, let id, let line):
      return .article(RawArticle(kind: .conllu, bytes: bytes, id: id, origin: name, line: line))
    }
  }
}
