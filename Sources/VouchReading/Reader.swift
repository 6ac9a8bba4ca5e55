public import VouchArticles
public import VouchCore
public import VouchLanguage
public import VouchOntology

/// Reads articles: sentences, words, names, entities, times, attributions, events, stances, relations.
///
/// A reader is made once and used for any number of articles, on any number of threads.
public struct Reader: Sendable {
  /// The stages, in order.
  public let pipeline: Pipeline
  private let lexicon: Lexicon

  /// Reads the tables and the built-in language model, and puts the stages in order.
  ///
  /// - Throws: A `Diagnostic` for a table or model that cannot be read.
  public init(ontology: Ontology) throws(Diagnostic) {
    try self.init(ontology: ontology, gazetteer: try Gazetteer(ontology), model: try LanguageModel.builtIn())
  }

  /// Reads the tables, with a gazetteer made from the same ontology, takes a model, and puts the stages in order.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read or a model that lacks something.
  package init(
    ontology: Ontology, gazetteer: Gazetteer, model: LanguageModel, wordLimit: Int = Document.mostTokens
  ) throws(Diagnostic) {
    let lexicon = try Lexicon(ontology)
    self.lexicon = lexicon
    let names = try NameWords(ontology)
    let words = try ReadingWords(ontology, gazetteer: gazetteer, names: names)
    let stages: [any Stage] = [
      try TokenStage(ontology, limit: wordLimit), EncodingStage(model), try SentenceStage(model),
      try SyntaxStage(model, lexicon: lexicon), try NameStage(model, words: names), try CoreferenceStage(model),
      try ReportStage(model, words: CueWords(ontology)), EntityStage(words: words), try TimeStage(ontology),
      AttributionStage(), FrameStage(words: words), RelationStage(words: words),
    ]
    do {
      pipeline = try Pipeline(stages)
    } catch {
      throw Diagnostic(
        .error, "reading.pipeline", "stage \(error.stage) lacks \(error.missing.names.joined(separator: ", "))")
    }
  }

  /// Reads one article.
  ///
  /// - Complexity: O(n log n) in the bytes of the text.
  public func read(_ article: Article) -> Document { read(Document(article)) }

  /// Reads a document that may have layers already; these are kept.
  ///
  /// - Parameter watch: Calls the work of each stage.
  /// - Complexity: O(n log n) in the bytes of the text.
  public func read(_ given: Document, watch: StageWatch? = nil) -> Document {
    var document = given
    for index in document.tokens.indices where document.tokens[index].lemma.isEmpty {
      document.tokens[index].lemma = lexicon.lemma(document.tokens[index].norm)
    }
    pipeline.run(on: &document, watch: watch)
    return document
  }
}
