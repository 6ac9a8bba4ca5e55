public import Glibc
public import Vouch

/// Reads inputs from memory, with limits that small inputs reach.
public enum Reading {
  private static let lexicon: PageLexicon = {
    do { return try PageLexicon(Ontology()) } catch { fatalError("\(error)") }
  }()

  private static let options: ArticleOptions = {
    var options = ArticleOptions()
    options.articleLimit = 64 << 10
    options.recordLimit = 64 << 10
    options.unpackedLimit = 4 << 20
    options.recordCountLimit = 100
    return options
  }()

  /// Reads bytes as a format and makes articles of them; each must be sound.
  public static func read(_ bytes: UnsafeBufferPointer<UInt8>, as format: InputFormat) {
    let name = "/dev/shm/vouch-fuzz-\(getpid())"
    let file = open(name, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { fatalError("no file in /dev/shm") }
    defer { close(file) }
    unlink(name)
    guard write(file, bytes.baseAddress, bytes.count) == bytes.count else { fatalError("cannot write") }
    lseek(file, 0, SEEK_SET)
    var options = options
    options.format = format
    let reader = ArticleReader([.descriptor(file, name: "input")], options: options)
    while let item = reader.next() {
      guard case .article(let raw) = item,
        case .success(let article) = Article.make(from: raw, options: options, lexicon: lexicon)
      else { continue }
      check(article)
    }
  }

  private static func check(_ article: Article) {
    var end: UInt32 = 0
    for block in article.blocks {
      precondition(block.span.start >= end && !block.span.isEmpty, "blocks overlap")
      precondition(
        article.text.isBoundary(Int(block.span.start)) && article.text.isBoundary(Int(block.span.end)), "cut character")
      end = block.span.end
    }
    precondition(Int(end) <= article.text.count, "block behind the text")
  }
}
