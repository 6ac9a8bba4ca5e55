package import VouchArticles
package import VouchCore

extension Document {
  /// Makes a document of what an input holds: an article without layers, or, of CoNLL-U, one with the layers given there.
  ///
  /// - Parameters:
  ///   - raw: The input's bytes.
  ///   - options: Limits, and how articles are read.
  ///   - lexicon: What is known about pages and media.
  /// - Returns: The document, with warnings in its article's `diagnostics`; or the error for which there is none.
  /// - Complexity: O(n) in the size of the input.
  package static func make(
    from raw: RawArticle, options: ArticleOptions, lexicon: PageLexicon
  ) -> Result<Document, Diagnostic> {
    guard raw.kind == .conllu else {
      return Article.make(from: raw, options: options, lexicon: lexicon).map(Document.init)
    }
    do throws(Diagnostic) { return .success(try Document(conllu: raw, options: options)) } catch {
      return .failure(error)
    }
  }

  /// Reads one document in CoNLL-U: its words and sentences, and its syntax if every word has class, head and relation.
  ///
  /// The text is that of the `# text` comments where it holds the words, and is put together from the words elsewhere;
  /// sentences are joined by a space, or by a blank line where `# newpar` starts a paragraph. A tree that is none is mended.
  private init(conllu raw: RawArticle, options: ArticleOptions) throws(Diagnostic) {
    let location = Diagnostic.Location(path: raw.origin, line: raw.line)
    guard !raw.bytes.contains(0) else {
      throw Diagnostic(.error, "article.binary", "the text has NUL characters; expected CoNLL-U", at: location)
    }
    var given = CoNLLUText(raw.bytes, start: location, wordLimit: options.wordLimit)
    guard !given.sentences.isEmpty else {
      throw Diagnostic(.error, "article.empty", "found no sentence in CoNLL-U", at: location)
    }
    var layout = CoNLLULayout()
    for sentence in given.sentences {
      if let fault = layout.add(sentence) { given.report(fault.code, fault.message, sentence.line) }
    }
    guard layout.bytes.count <= options.articleLimit else {
      throw Diagnostic(
        .error, "article.too-large",
        "found \(layout.bytes.count) bytes of text; expected at most \(options.articleLimit); split it or raise the limit",
        at: location)
    }
    let source = SourceText(String(decoding: layout.bytes, as: UTF8.self))
    let words = given.sentences.flatMap(\.words)
    var sentences: [Sentence] = []
    var tokens: [Token] = []
    for (index, span) in layout.sentences.enumerated() {
      let count = given.sentences[index].words.count
      sentences.append(Sentence(span, block: layout.blockOf[index], tokens: tokens.count..<tokens.count + count))
      for _ in 0..<count {
        let span = layout.words[tokens.count]
        let block = layout.blockOf[index]
        let before = tokens.last.flatMap { $0.block == block ? Int($0.span.end) : nil }
        let gap = before.map { TokenStage.gap(source.bytes[min($0, Int(span.start))..<Int(span.start)]) } ?? 3
        // An empty lemma is filled in by whatever knows lemmas.
        tokens.append(
          Token(
            span, gap: gap, block: block, sentence: index, norm: TokenStage.norm(source.bytes[span.range]),
            lemma: words[tokens.count].lemma ?? ""))
      }
    }
    let isParsed = words.allSatisfy { $0.upos != nil && $0.head != nil && $0.deprel != nil }
    let hasFeatures = words.contains { $0.features != nil }
    for (index, word) in words.enumerated() {
      if let upos = word.upos { tokens[index].upos = upos }
      if let xpos = word.xpos { tokens[index].xpos = xpos }
      if let features = word.features { tokens[index].features = features }
    }
    if isParsed {
      for (index, sentence) in sentences.enumerated() {
        let faults = Self.setTree(&tokens, sentence.tokens, words)
        if let fault = faults.first {
          given.report(
            "conllu.tree", "the heads are no tree with one root; mended at \(faults.count) of its words",
            words[fault].line)
        }
        if !hasFeatures { FeatureRules.derive(&tokens, sentence: sentences[index].tokens) }
      }
    } else if words.contains(where: { $0.upos != nil || $0.head != nil || $0.deprel != nil }) {
      let (blank, line) =
        words.first { $0.upos == nil || $0.head == nil || $0.deprel == nil }.map { ($0.form, $0.line) } ?? ("", 0)
      given.report(
        "conllu.partial", "\"\(blank)\" lacks a class, head or relation; syntax counts as not given for this document",
        line)
    }
    self.init(
      Article.whole(
        id: given.id ?? raw.id, origin: raw.origin, text: source, blocks: layout.blocks, options: options,
        diagnostics: given.diagnostics))
    self.sentences = sentences
    self.tokens = tokens
    layers = isParsed ? [.sentences, .tokens, .syntax] : [.sentences, .tokens]
  }

  /// Sets heads and relations of a sentence, mended to a tree; returns the indices of the words that had to be changed.
  private static func setTree(_ tokens: inout [Token], _ range: Range<Int>, _ words: [CoNLLUText.Word]) -> [Int] {
    let (heads, mended) = TreeMender.mend(range.map { words[$0].head ?? -1 })
    var faults = Set(mended.map { range.lowerBound + $0 })
    for (offset, index) in range.enumerated() {
      tokens[index].head = heads[offset].map { range.lowerBound + $0 }
      var relation = words[index].deprel ?? .empty
      if faults.contains(index), heads[offset] != nil { relation = "dep" }
      if (relation == "root") != (heads[offset] == nil) {
        faults.insert(index)
        relation = heads[offset] == nil ? "root" : "dep"
      }
      tokens[index].deprel = relation
    }
    return faults.sorted()
  }
}
