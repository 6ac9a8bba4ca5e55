package import VouchCore

extension Article {
  /// An article of a text that is all body: nothing is looked for in it, and only what is given is known about it.
  ///
  /// - Parameters:
  ///   - blocks: The text's pieces, ascending, without white space at their ends.
  ///   - options: Where the day of publication comes from.
  package static func whole(
    id: String, origin: String, text: SourceText, blocks: [Block], options: ArticleOptions, diagnostics: [Diagnostic]
  ) -> Article {
    whole(
      id: id, origin: origin, text: text, blocks: blocks, given: GivenMetadata(), options: options,
      diagnostics: diagnostics)
  }

  static func whole(
    id: String, origin: String, text: SourceText, blocks: [Block], given: GivenMetadata, options: ArticleOptions,
    diagnostics: [Diagnostic]
  ) -> Article {
    var given = given
    given.published = given.published ?? options.published
    let rendered = given.rendered()
    let body = blocks.first.flatMap { first in blocks.last.map { first.span.union($0.span) } } ?? Span(0, 0)
    return Article(
      id: id, origin: origin, text: text, given: rendered.text, metadata: given.metadata(rendered), blocks: blocks,
      body: body, diagnostics: diagnostics)
  }
}

extension GivenMetadata {
  /// What is given and nothing else.
  fileprivate func metadata(_ rendered: Rendered) -> Article.Metadata {
    func located(_ value: String?, _ span: Span?) -> Article.Located? {
      guard let value, let span else { return nil }
      return Article.Located(value, layer: .metadata, span: span)
    }
    var metadata = Article.Metadata()
    metadata.title = located(title, rendered.title)
    metadata.authors = zip(authors, rendered.authors).compactMap { located($0, $1) }
    metadata.outlet = located(outlet, rendered.outlet)
    metadata.agency = located(agency, rendered.agency)
    metadata.published = published
    metadata.publishedWords = located(published?.description, rendered.published)
    metadata.modified = modified
    metadata.section = section
    metadata.url = url
    metadata.retrieved = retrieved
    if let language { metadata.language = language }
    return metadata
  }
}
