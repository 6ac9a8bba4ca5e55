internal import VouchCore

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
  /// Offset in the file at which a record of an archive or feed begins; `nil` for others.
  public var offset: Int?
  /// The `NAME.meta.json` beside the file, and its path.
  public var sidecar: (path: String, bytes: [UInt8])?
  /// The character set that the server named when it sent the page, as the web labels it; `nil` if none is known.
  public var charset: String?
  /// The address that the page was fetched from; what the page itself says goes before it.
  public var url: String?

  /// Metadata that came with it.
  var given = GivenMetadata()
  /// What is to be told about it if it becomes an article.
  var warnings: [Diagnostic] = []
  /// The record, if it was taken out of a larger JSON document; `bytes` is empty then.
  let value: JSONValue?

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
  var location: Diagnostic.Location {
    Diagnostic.Location(path: origin, line: line, offset: line == nil ? offset : nil)
  }
}
