public import VouchArticles
public import VouchCore
public import VouchLanguage
internal import VouchOntology

extension Document {
  /// A document of what is written in CoNLL-U; columns may be parted by runs of spaces, and the last ones left out.
  public static func conllu(
    _ lines: String, options: ArticleOptions = ArticleOptions()
  ) throws -> Result<Document, Diagnostic> {
    let text = lines.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let first = line.first, first != "#", !line.contains("\t") else { return String(line) }
      let columns = line.split(separator: " ").map(String.init)
      return (columns + Array(repeating: "_", count: max(0, 10 - columns.count))).joined(separator: "\t")
    }.joined(separator: "\n")
    return make(
      from: RawArticle(kind: .conllu, bytes: Array(text.utf8), id: "test", origin: "test.conllu", line: 1),
      options: options, lexicon: try PageLexicon(Ontology()))
  }
}
