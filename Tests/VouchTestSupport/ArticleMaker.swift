public import VouchArticles
public import VouchCore

extension Article {
  /// An article from plain text: the first line is the title, blank lines part the other blocks.
  public static func made(_ string: String, published: String? = "2024-05-15", id: String = "test") -> Article {
    made(SourceText(string), published: published, id: id)
  }

  /// An article from a text: the first line is the title, blank lines part the other blocks.
  public static func made(_ text: SourceText, published: String? = "2024-05-15", id: String = "test") -> Article {
    var blocks: [Block] = []
    var start = 0
    var offset = 0
    func close(_ end: Int) {
      let span = text.trimmed(Span(start, end))
      if !span.isEmpty { blocks.append(Block(span, blocks.isEmpty ? .title : .paragraph)) }
    }
    while offset < text.count {
      if text.bytes[offset] == 0x0A, blocks.isEmpty || offset + 1 < text.count && text.bytes[offset + 1] == 0x0A {
        close(offset)
        start = offset
      }
      offset += 1
    }
    close(text.count)
    var metadata = Metadata()
    metadata.published = published.flatMap(CalendarDate.init(iso8601:))
    return Article(
      id: id, origin: id, text: text, given: nil, metadata: metadata, blocks: blocks, body: text.trimmed(text.span))
  }

  /// An article whose only block is one paragraph.
  public static func paragraph(_ string: String, published: String? = "2024-05-15") -> Article {
    let text = SourceText(string)
    var metadata = Metadata()
    metadata.published = published.flatMap(CalendarDate.init(iso8601:))
    let span = text.trimmed(text.span)
    return Article(
      id: "test", origin: "test", text: text, given: nil, metadata: metadata,
      blocks: span.isEmpty ? [] : [Block(span, .paragraph)], body: span)
  }
}
