internal import VouchCore

/// The articles of a web archive: pages and texts that a server gave with success, and the texts of WET files.
struct WARCArticles: ItemSource {
  private var reader: WARCReader
  private let source: ByteSource
  private let name: String
  private let id: String
  private let options: ArticleOptions
  private var number = 0
  private var waiting: [ArticleReader.Item] = []
  /// Records that hold no article, by what they are instead.
  private var passedOver: [String: Int] = [:]
  private var isDone = false

  /// Begins with a file.
  ///
  /// - Parameters:
  ///   - name: How messages call the file.
  ///   - id: Name of the file; records without an address are numbered.
  init(_ source: ByteSource, name: String, id: String, options: ArticleOptions) {
    self.source = source
    self.name = name
    self.id = id
    self.options = options
    // Room for the header that a server sends, and for the lengths of chunks.
    reader = WARCReader(source, limit: options.articleLimit + options.articleLimit / 8 + (64 << 10))
  }

  mutating func next() throws(ErrorNumber) -> ArticleReader.Item? {
    while true {
      if let item = waiting.popLast() { return item }
      if isDone { return nil }
      switch try reader.next() {
      case nil:
        isDone = true
        return summary()
      case .fault(let code, let message, let place):
        return .diagnostic(Diagnostic(.error, code, message + place.suffix, at: location(place)))
      case .damage(let damage):
        return .diagnostic(GzipReader.diagnostic(damage, path: name, options: options))
      case .record(let record):
        number += 1
        guard number <= options.recordCountLimit else {
          isDone = true
          return .diagnostic(.tooManyRecords(name, options))
        }
        take(record)
      }
    }
  }

  private func location(_ place: ByteSource.Place) -> Diagnostic.Location {
    Diagnostic.Location(path: name, offset: place.offset)
  }

  private func summary() -> ArticleReader.Item? {
    guard !passedOver.isEmpty else { return nil }
    let count = passedOver.values.reduce(0, +)
    let sorts = passedOver.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    let shown = sorts.prefix(8).map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let rest = sorts.dropFirst(8).map(\.value).reduce(0, +)
    return .diagnostic(
      Diagnostic(
        .note, "input.skipped",
        "\(count) \(count == 1 ? "record" : "records") passed over that hold no article: \(shown)"
          + (rest > 0 ? ", \(rest) others" : ""), at: .init(path: name)))
  }

  /// Counts a record that holds no article; sorts that an archive invents without end are counted together.
  private mutating func passOver(_ sort: String) {
    let sort = sort.utf8.count > 60 || (passedOver.count >= 200 && passedOver[sort] == nil) ? "of other sorts" : sort
    passedOver[sort, default: 0] += 1
  }

  private mutating func take(_ record: WARCRecord) {
    switch record.type {
    case "response":
      guard let message = HTTPMessage(record.block[...]) else {
        if record.fields["content-type"].map({ ContentType($0).name == "application/http" }) ?? true {
          return report("http.header", "found no status line and fields of a server's answer", record)
        }
        return passOver(record.fields["content-type"].map { ContentType($0).name } ?? "response")
      }
      take(message, record)
    case "conversion", "resource":
      let type = ContentType(record.fields["content-type"] ?? "")
      add(record.block, type, record, isText: record.type == "conversion")
    case let type: passOver(type.isEmpty ? "of no type" : type)
    }
  }

  private mutating func take(_ message: HTTPMessage, _ record: WARCRecord) {
    guard (200..<300).contains(message.status), message.status != 206 else {
      return passOver("status \(message.status)")
    }
    let type = ContentType(message.fields["content-type"] ?? "")
    guard type.body != .noArticle else { return passOver(type.name) }
    do throws(HTTPMessage.Failure) {
      add(try message.body(limit: options.articleLimit), type, record, isText: false)
    } catch {
      switch error {
      case .unknown(let coding):
        report("http.encoding", "the body is encoded as \"\(coding)\"; expected chunked, gzip or deflate", record)
      case .damaged(let coding): report("http.encoding", "the body is no valid \"\(coding)\"", record)
      case .tooLarge:
        report("article.too-large", "the body has more than \(options.articleLimit) bytes; raise the limit", record)
      }
    }
  }

  private mutating func report(_ code: String, _ message: String, _ record: WARCRecord) {
    let target = record.target.map { " (\($0.prefix(200)))" } ?? ""
    waiting.append(
      .diagnostic(Diagnostic(.error, code, message + target + record.place.suffix, at: location(record.place))))
  }

  private mutating func add(_ body: [UInt8], _ type: ContentType, _ record: WARCRecord, isText: Bool) {
    let format: InputFormat
    switch isText ? .format(.text) : type.body {
    case .format(let known): format = known
    case .any: format = InputFormat.recognised(body[...], isWhole: true) ?? .text
    case .noArticle: return passOver(type.name)
    }
    // A body without text is what a redirection or a beacon has.
    guard body.contains(where: { $0 > 0x20 }) else { return passOver("empty") }
    var given = GivenMetadata()
    given.retrieved = record.fields["warc-date"].flatMap(GivenMetadata.tidy)
    let location = location(record.place)
    let target = record.target.flatMap(GivenMetadata.tidy)
    let name = target ?? "\(id)#\(options.firstRecord - 1 + number)"
    switch format {
    case .feed:
      var items: [ArticleReader.Item] = []
      var feed = FeedReader(body, charset: type.charset, origin: self.name, id: name, location: location)
      feed.defaults = given
      while let item = feed.next() { items.append(item) }
      waiting = items.reversed()
    case .text, .html:
      var article = RawArticle(kind: format == .html ? .html : .text, bytes: body, id: name, origin: self.name)
      article.charset = type.charset
      article.url = target
      article.given = given
      article.offset = record.place.offset
      if let reason = record.fields["warc-truncated"] {
        article.warnings.append(
          Diagnostic(.warning, "warc.truncated", "the crawler kept a part only, for its \(reason)", at: location))
      }
      waiting.append(.article(article))
    default: passOver(format.rawValue)
    }
  }
}

extension ContentType {
  /// What a body may hold, by its type.
  fileprivate enum Body: Equatable {
    case format(InputFormat)
    /// Only the bytes tell.
    case any
    case noArticle
  }

  /// What a body of that type holds.
  fileprivate var body: Body {
    switch name {
    case "text/html", "application/xhtml+xml": .format(.html)
    case "text/plain": .format(.text)
    case "application/rss+xml", "application/atom+xml", "application/rdf+xml": .format(.feed)
    case "", "text/xml", "application/xml", "application/octet-stream", "unknown/unknown", "*/*": .any
    default: .noArticle
    }
  }
}

extension ByteSource.Place {
  /// What messages add to the offset in the file.
  var suffix: String { inside.map { $0 > 0 ? ", \($0) bytes into what is packed there" : "" } ?? "" }
}

extension GzipReader {
  /// What is told of damage.
  static func diagnostic(
    _ damage: ByteSource.Damage, path: String, line: Int? = nil, options: ArticleOptions
  ) -> Diagnostic {
    let location = Diagnostic.Location(path: path, line: line, offset: damage.member)
    let begins = "the gzip member that begins here"
    let (code, message) =
      switch damage.kind {
      case .damaged: ("gzip.damaged", "\(begins) is damaged; what it holds from the damage on is left out")
      case .cut: ("gzip.cut", "the file ends inside \(begins)")
      case .foreign: ("gzip.foreign", "found something else; expected a gzip member")
      case .ratio:
        (
          "gzip.ratio",
          "\(begins) unpacks to more than \(options.ratioLimit) times its size; raise the limit if that is meant"
        )
      case .size:
        ("gzip.size", "the file unpacks to more than \(options.unpackedLimit) bytes; the rest is left out")
      }
    return Diagnostic(.error, code, message, at: location)
  }
}

extension Diagnostic {
  /// What is told of a file of too many records.
  static func tooManyRecords(_ path: String, _ options: ArticleOptions) -> Diagnostic {
    Diagnostic(
      .error, "input.records", "found more than \(options.recordCountLimit) records; the rest is left out",
      at: .init(path: path))
  }
}
