public import VouchCore

/// One news article: its text, what is known about it, and how its page is divided.
public struct Article: Sendable, Codable {
  /// Which of an article's two texts a span lies in.
  public enum Layer: String, Sendable, Codable {
    /// The article's own text.
    case text
    /// The metadata that came with it, one `key: value` to a line.
    case metadata
  }

  /// A fact about the article together with the words that state it.
  public struct Located: Hashable, Sendable, Codable {
    /// The fact, tidied: `Jane Doe` for `By JANE DOE`.
    public var value: String
    /// The text that states it.
    public var layer: Layer
    /// Bytes of the words in that text.
    public var span: Span
    /// Makes a located fact.
    public init(_ value: String, layer: Layer, span: Span) {
      self.value = value
      self.layer = layer
      self.span = span
    }
  }

  /// What is known about an article; what neither the input nor the page states is `nil` or empty.
  public struct Metadata: Sendable, Codable {
    /// Headline.
    public var title: Located?
    /// Writers, in the order of the byline.
    public var authors: [Located] = []
    /// The medium that published this copy.
    public var outlet: Located?
    /// The news agency whose copy it is.
    public var agency: Located?
    /// Day (or month, or year) of publication.
    public var published: CalendarDate?
    /// The words that state `published`, their value in ISO 8601; `nil` if and only if `published` is.
    public var publishedWords: Located?
    /// Day of the last change that the page states.
    public var modified: CalendarDate?
    /// Section of the medium: `World`, `Business`.
    public var section: String?
    /// Canonical address.
    public var url: String?
    /// BCP 47 tag: of the language that the text is written in if that can be told, else the one that was given.
    public var language = "en"
    /// Date and time at which an archive's crawler fetched the page, as it states them.
    public var retrieved: String?
    /// Whether the article is in English, the language that is read.
    public var isEnglish: Bool { LanguageTag.primary(language) == "en" }
    /// Makes empty metadata.
    public init() {}
  }

  /// A piece of the page.
  public struct Block: Hashable, Sendable, Codable {
    /// What sort of piece it is.
    public enum Kind: String, Sendable, CaseIterable, Codable {
      /// The sorts of the reading record.
      case title, byline, heading, paragraph, item, caption, quote, table, boilerplate
      /// Whether its sentences are read; the cells of tables hold none.
      public var isRead: Bool { self != .boilerplate && self != .byline && self != .table }
    }
    /// Bytes of the text, without white space at the ends.
    public var span: Span
    /// Its sort.
    public var kind: Kind
    /// Makes a block.
    public init(_ span: Span, _ kind: Kind) {
      self.span = span
      self.kind = kind
    }
  }

  /// Name of the article, unique within a graph: the file's name, or the record's `id`.
  public var id: String
  /// The input it came from, as messages call it.
  public var origin: String
  /// The text as it was copied or the page's visible text; immutable.
  public let text: SourceText
  /// The metadata that came with the article (record fields, page metadata, a `.meta.json` file, `--published`),
  /// one `key: value` to a line; `nil` if nothing came.
  public let given: SourceText?
  /// What is known about it.
  public var metadata: Metadata
  /// Pieces of the page, ascending, not overlapping; between them only white space and list markers.
  public var blocks: [Block]
  /// From the first to the last piece that is read.
  public var body: Span
  /// What went wrong while it was read in.
  public var diagnostics: [Diagnostic]

  /// Makes an article.
  public init(
    id: String, origin: String, text: SourceText, given: SourceText?, metadata: Metadata, blocks: [Block], body: Span,
    diagnostics: [Diagnostic] = []
  ) {
    self.id = id
    self.origin = origin
    self.text = text
    self.given = given
    self.metadata = metadata
    self.blocks = blocks
    self.body = body
    self.diagnostics = diagnostics
  }
}
