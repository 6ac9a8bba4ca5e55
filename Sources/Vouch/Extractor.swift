public import VouchArticles
public import VouchCore
public import VouchKnowledge
public import VouchLanguage
public import VouchOntology
internal import VouchReading
public import VouchStore

/// Reads articles from files, folders and pipes into documents, records or graphs.
///
/// ```swift
/// let extractor = try Extractor()
/// let update = try GraphUpdate(path: "news.vouch", creator: VouchVersion.creator)
/// _ = await extractor.add([.path("seeds")], to: update)
/// print(try update.commit().nodes)
/// ```
public struct Extractor: Sendable {
  /// What became of one article.
  public struct Outcome<Output: Sendable>: Sendable {
    /// What was made of it; `nil` if it could not be read.
    public let output: Output?
    /// What there is to say about it.
    public let diagnostics: [Diagnostic]
    /// Bytes of the input.
    public let byteCount: Int
    /// Whether it was not read because it is not in English.
    public var isForeign = false
  }

  /// What a graph was made from.
  public struct Count: Sendable, Hashable {
    /// Articles read, articles that could not be, and articles that are not in English.
    public internal(set) var articles = 0, failed = 0, foreign = 0
  }

  private let options: ArticleOptions
  private let lexicon: PageLexicon
  private let linker: Linker
  private let reader: Reader
  private let watch: StageWatch?
  private let isolation: Isolation?

  /// Identifies what reads: program, tables, language model and options.
  ///
  /// The same one reads the same text alike.
  public let fingerprint: UInt64

  /// Loads the ontology's tables and a language model.
  ///
  /// - Parameters:
  ///   - ontology: The tables to read with.
  ///   - options: How articles are made, and what is left out.
  ///   - model: Path of a language model's two files, without their suffixes `.safetensors` and `.json`; the built-in
  ///     model if `nil`.
  ///   - isolation: How articles are made in other processes; in this one if `nil`.
  ///   - watch: Calls the work of each stage, of the making of articles too, as `articles/1`.
  /// - Throws: A `Diagnostic` for a table or model that cannot be read.
  public init(
    ontology: Ontology = Ontology(), options: ArticleOptions = ArticleOptions(), model: String? = nil,
    isolation: Isolation? = nil, watch: StageWatch? = nil
  ) throws(Diagnostic) {
    self.options = options
    self.isolation = isolation
    self.watch = watch
    lexicon = try PageLexicon(ontology)
    let gazetteer = try Gazetteer(ontology)
    linker = try Linker(ontology, gazetteer: gazetteer)
    let languageModel = if let model { try LanguageModel.read(model) } else { try LanguageModel.builtIn() }
    reader = try Reader(
      ontology: ontology, gazetteer: gazetteer, model: languageModel, wordLimit: options.wordLimit)
    fingerprint = XXH64.hash(
      "\(VouchVersion.creator) \(ontology.fingerprint) \(languageModel.description.checksum) \(options.isPlain) \(options.wordLimit)"
        .utf8)
  }

  /// Reads articles on several threads and hands on what is made of each, in input order.
  ///
  /// - Parameters:
  ///   - inputs: Files, folders, descriptors.
  ///   - threads: Articles that are read at a time; the result does not depend on it.
  ///   - make: Makes the output from a document, on any thread; it must be a pure function of the document. One that is
  ///     not in English has no layers, unless the options say that any language is read.
  ///   - consume: Takes the outcomes in input order; messages about inputs that hold no article come without output.
  public func forEach<Output: Sendable>(
    in inputs: [ArticleReader.Input], threads: Int, make: @escaping @Sendable (Document) throws(Diagnostic) -> Output,
    consume: (Outcome<Output>) -> Void
  ) async {
    await forEach(
      in: inputs, threads: threads, stored: { _ throws(Diagnostic) in nil }, known: { _ in nil }, make: make,
      consume: consume)
  }

  /// As above, but inputs for which `stored` gives an output are not made into articles, and articles for which `known` gives one
  /// are not read; CoNLL-U, whose syntax is given, always is.
  private func forEach<Output: Sendable>(
    in inputs: [ArticleReader.Input], threads: Int,
    stored: @escaping @Sendable (RawArticle) throws(Diagnostic) -> Output?,
    known: @escaping @Sendable (Article) -> Output?,
    make: @escaping @Sendable (Document) throws(Diagnostic) -> Output, consume: (Outcome<Output>) -> Void
  ) async {
    let next =
      isolation.map { IsolatedReader(inputs, options: options, isolation: $0).next }
      ?? ArticleReader(inputs, options: options).next
    await mapInOrder(
      threads: max(1, threads), next: next,
      transform: { item in
        switch item {
        case .diagnostic(let diagnostic): return Outcome(output: nil, diagnostics: [diagnostic], byteCount: 0)
        case .article(let raw):
          do throws(Diagnostic) {
            if let output = try stored(raw) {
              return Outcome(output: output, diagnostics: [], byteCount: raw.bytes.count)
            }
          } catch {
            return Outcome(output: nil, diagnostics: [error], byteCount: raw.bytes.count)
          }
          return outcome(
            of: document(of: raw), byteCount: raw.bytes.count, raw.kind == .conllu ? { _ in nil } : known, make)
        case .made(let article):
          return outcome(of: .success(Document(article)), byteCount: article.text.count, known, make)
        }
      }, consume: consume)
  }

  private func outcome<Output: Sendable>(
    of made: Result<Document, Diagnostic>, byteCount: Int, _ known: (Article) -> Output?,
    _ make: (Document) throws(Diagnostic) -> Output
  ) -> Outcome<Output> {
    switch made {
    case .failure(let diagnostic): return Outcome(output: nil, diagnostics: [diagnostic], byteCount: byteCount)
    case .success(let made):
      if let output = known(made.article) {
        return Outcome(output: output, diagnostics: made.article.diagnostics, byteCount: byteCount)
      }
      let isForeign = isForeign(made)
      let document = isForeign ? made : reader.read(made, watch: watch)
      let diagnostics = document.article.diagnostics
      do throws(Diagnostic) {
        let output = try make(document)
        return Outcome(output: output, diagnostics: diagnostics, byteCount: byteCount, isForeign: isForeign)
      } catch {
        return Outcome(output: nil, diagnostics: diagnostics + [error], byteCount: byteCount)
      }
    }
  }

  func isForeign(_ document: Document) -> Bool {
    !document.article.metadata.isEnglish && !options.readsAnyLanguage
  }

  private func document(of raw: RawArticle) -> Result<Document, Diagnostic> {
    func make() -> Result<Document, Diagnostic> { Document.make(from: raw, options: options, lexicon: lexicon) }
    guard let watch else { return make() }
    // Replaced by the work that is watched.
    var result = Result<Document, Diagnostic>.failure(Diagnostic(.error, "internal", "the watch did not do the work"))
    watch("articles/1") { result = make() }
    return result
  }

  /// What an article contributes to a graph.
  public func contribution(of document: Document) throws(Diagnostic) -> Contribution {
    try Contribution(document, linker: linker)
  }

  /// What is made of an article for a graph that may hold it already.
  private enum Given: Sendable {
    case new(Contribution, reading: UInt64)
    case known(String, contentHash: UInt64)
    /// Not in English: no graph holds it.
    case foreign
  }

  /// Reads articles into a graph file; those that it holds are not read again.
  ///
  /// - Parameters:
  ///   - inputs: Files, folders, descriptors, in any order; also reading records with their texts.
  ///   - update: Takes the articles; nothing is committed.
  ///   - threads: Articles that are read at a time.
  ///   - progress: Called after each article with the number read so far.
  /// - Returns: What there is to say about the articles, and how many there were.
  public func add(
    _ inputs: [ArticleReader.Input], to update: GraphUpdate, threads: Int = 2, progress: (Count) -> Void = { _ in }
  ) async -> (diagnostics: [Diagnostic], count: Count) {
    var diagnostics: [Diagnostic] = []
    var count = Count()
    let holdings = update.holdings
    let fingerprint = fingerprint
    await forEach(in: inputs, threads: threads) { raw throws(Diagnostic) -> Given? in
      guard let (contribution, reading) = try Self.contribution(in: raw) else { return nil }
      let isKnown = holdings.contain(
        contribution.article, contentHash: contribution.contentHash, reading: reading)
      return isKnown
        ? .known(contribution.article, contentHash: contribution.contentHash) : .new(contribution, reading: reading)
    } known: { article -> Given? in
      let hash = Contribution.contentHash(article.text, given: article.given)
      return holdings.contain(article.id, contentHash: hash, reading: fingerprint)
        ? .known(article.id, contentHash: hash) : nil
    } make: { document throws(Diagnostic) in
      isForeign(document) ? .foreign : .new(try contribution(of: document), reading: fingerprint)
    } consume: { outcome in
      diagnostics += outcome.diagnostics
      switch outcome.output {
      case .new(let contribution, let reading): update.add(contribution, reading: reading)
      case .known(let article, let hash): update.keep(article, contentHash: hash)
      case .foreign:
        count.foreign += 1
        progress(count)
        return
      case nil:
        if outcome.diagnostics.contains(where: { $0.severity == .error }) { count.failed += 1 }
        progress(count)
        return
      }
      count.articles += 1
      progress(count)
    }
    return (diagnostics, count)
  }
}
