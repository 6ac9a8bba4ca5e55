public import VouchCore

/// What an input holds for one article, before it is decoded.
public struct RawArticle: Sendable {
  /// What the bytes are.
  public enum Kind: String, Sendable {
    /// Text as copied from a page.
    case text
    /// A saved page.
    case html
    /// One JSON object.
    case record
    /// One document in CoNLL-U, which has sentences and words of its own.
    case conllu
  }

  /// What the bytes are.
  public var kind: Kind
  /// The file's bytes, or the record's.
  public var bytes: [UInt8]
  /// Name that the article gets unless the record brings an `id` of its own.
  public var id: String
  /// How messages call the input.
  public var origin: String
  /// Line on which a record or a document in CoNLL-U begins, from 1; `nil` for whole files.
  public var line: Int?
  /// The `NAME.meta.json` beside the file, and its path.
  public var sidecar: (path: String, bytes: [UInt8])?

  /// The record, if it was taken out of a larger JSON document; `bytes` is empty then.
  package let value: JSONValue?

  /// Makes a raw article.
  public init(
    kind: Kind, bytes: [UInt8], id: String, origin: String, line: Int? = nil,
    sidecar: (path: String, bytes: [UInt8])? = nil
  ) {
    self.kind = kind
    self.bytes = bytes
    self.id = id
    self.origin = origin
    self.line = line
    self.sidecar = sidecar
    value = nil
  }

  /// Makes a raw article of an item of a JSON document.
  init(record value: JSONValue, id: String, origin: String) {
    kind = .record
    bytes = []
    self.id = id
    self.origin = origin
    self.value = value
  }

  /// Where messages about it point.
  package var location: Diagnostic.Location { Diagnostic.Location(path: origin, line: line) }
}

/// How articles are read in.
public struct ArticleOptions: Sendable {
  /// Largest article by default: 8 MiB.
  public static let defaultArticleLimit = 8 << 20
  /// Longest JSON record by default: 32 MiB, room for an article of the default size with every letter escaped.
  public static let defaultRecordLimit = 32 << 20

  /// Day of publication of articles for which nothing else gives one.
  public var published: CalendarDate?
  /// Largest article in bytes, before decoding.
  public var articleLimit = ArticleOptions.defaultArticleLimit
  /// Longest line of a JSON Lines file, largest JSON file and largest document in CoNLL-U, in bytes.
  public var recordLimit = ArticleOptions.defaultRecordLimit
  /// What all files and standard input hold; `nil` to go by their names, and by the first byte of standard input.
  public var kind: RawArticle.Kind?
  /// Whether texts are read whole: no headline, byline, date or boilerplate is looked for in them.
  public var isPlain = false

  /// Makes the default options.
  public init() {}
}
