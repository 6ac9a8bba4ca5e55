public import VouchCore

/// How articles are read in, and the limits of what is read.
///
/// Limits count bytes, records and words, never seconds, so that the same input gives the same result on any machine.
public struct ArticleOptions: Sendable, Codable {
  /// Largest article by default: 8 MiB.
  public static let defaultArticleLimit = 8 << 20
  /// Longest JSON record by default: 32 MiB, room for an article of the default size with every letter escaped.
  public static let defaultRecordLimit = 32 << 20

  /// Day of publication of articles for which nothing else gives one.
  public var published: CalendarDate?
  /// Largest article in bytes, before decoding and after unpacking.
  public var articleLimit = ArticleOptions.defaultArticleLimit
  /// Longest line of a JSON Lines file, largest JSON file and largest document in CoNLL-U, in bytes.
  public var recordLimit = ArticleOptions.defaultRecordLimit
  /// Most records of one file.
  public var recordCountLimit = 100_000_000
  /// Number, in the file that an input is a part of, of the first line of JSON Lines or record of an archive, from 1.
  public var firstRecord = 1
  /// Most bytes that one gzip file is unpacked to.
  public var unpackedLimit = 1 << 40
  /// How many times its own size a gzip member may unpack to, from 16 MiB on.
  public var ratioLimit = 200
  /// Most words of an article that are read.
  public var wordLimit = 500_000
  /// What all files and standard input hold; `nil` to go by their names, or else by their bytes.
  public var format: InputFormat?
  /// Whether texts are read whole: no headline, byline, date or boilerplate is looked for in them.
  public var isPlain = false
  /// Whether articles in other languages than English are read too.
  public var readsAnyLanguage = false

  /// Makes the default options.
  public init() {}

  /// The limits of unpacking.
  var gzipLimits: GzipReader.Limits { GzipReader.Limits(unpacked: unpackedLimit, ratio: max(1, ratioLimit)) }
}
