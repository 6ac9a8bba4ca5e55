public import VouchArticles
public import VouchCore

/// An article and what the stages have found in it: the one type that all stages share.
///
/// Everything is a span over `article.text`. Indices point into the arrays of the same document.
public struct Document: Sendable {
  /// Most tokens of a document, unless the options of reading say otherwise.
  ///
  /// It bounds what the language model takes for one article to about two minutes and half a gigabyte.
  /// What follows in the text is kept and not read, and the article's diagnostics say so.
  public static let mostTokens = 500_000

  /// The article; stages add to nothing of it but its diagnostics.
  public internal(set) var article: Article
  /// Layers present.
  public internal(set) var layers: Layers = []

  /// Sentences, ascending, not overlapping; each lies inside one block.
  public var sentences: [Sentence] = []
  /// Tokens of all blocks, ascending; only white space lies between the tokens of a block.
  public var tokens: [Token] = []
  /// Where the tokens end if there are more words in the text than are read: a byte of the text.
  public internal(set) var tokensEnd: Int?
  /// What the language model's encoder makes of the tokens: windows of tokens, and one vector for each.
  package internal(set) var encoding: EncodedWords?
  /// Named spans, ascending, not overlapping.
  public var names: [Name] = []
  /// Words that refer to something, ascending by head, with their chains.
  public var references: [Reference] = []
  /// What the text reports as somebody's words, in the order of their contents.
  public var reports: [Report] = []
  /// Mentions, ascending.
  public var mentions: [Mention] = []
  /// Entities, in order of their first mention.
  public var entities: [Entity] = []
  /// Time expressions, ascending.
  public var times: [TimeExpression] = []
  /// Attributions, in order of their content.
  public var attributions: [Attribution] = []
  /// Events, in order of their first trigger.
  public var events: [Event] = []
  /// Stances, in order of their evidence.
  public var stances: [Stance] = []
  /// Relations between entities that the text states, in order of their evidence.
  public var relations: [Relation] = []

  /// Makes a document without layers.
  public init(_ article: Article) { self.article = article }

  /// The article's text.
  public var text: SourceText { article.text }
  /// The exact words of a span.
  public func words(_ span: Span) -> String { article.text[span] }
  /// The bytes from the first to the last of some tokens, of which there must be one.
  public func span(of tokens: Range<Int>) -> Span {
    self.tokens[tokens.lowerBound].span.union(self.tokens[tokens.upperBound - 1].span)
  }

  /// Whether a token's block is read: boilerplate and bylines have language but no knowledge.
  package func isRead(token: Int) -> Bool {
    let block = tokens[token].block
    return article.blocks.indices.contains(block) && article.blocks[block].kind.isRead
  }

  /// Takes words of the article's text as evidence.
  ///
  /// - Throws: `Evidence.Failure` if the span is not inside the text's sentences.
  public func evidence(_ span: Span, rule: Symbol, confidence: Confidence) throws(Evidence.Failure) -> Evidence {
    try Evidence(span, of: text, sentences: sentences.lazy.map(\.span), rule: rule, confidence: confidence)
  }
}

/// A sentence, a heading or a list item.
public struct Sentence: Hashable, Sendable {
  /// Bytes, without white space at the ends.
  public var span: Span
  /// Index of the article's block that it lies in.
  public var block: Int
  /// Indices of its tokens.
  public var tokens: Range<Int>
  /// Makes a sentence.
  public init(_ span: Span, block: Int, tokens: Range<Int>) {
    self.span = span
    self.block = block
    self.tokens = tokens
  }
}

/// A word, number, symbol or punctuation mark, as Universal Dependencies cuts English.
public struct Token: Hashable, Sendable {
  /// Bytes.
  public var span: Span
  /// What stands before it: 0 nothing, 1 white space without a line feed, 2 white space with one line feed, 3 a blank
  /// line or the start of its block.
  public var gap: UInt8
  /// Index of the article's block that it lies in.
  public var block: Int
  /// Index of its sentence; -1 until the sentences are found.
  public var sentence: Int
  /// Lower-cased form with plain apostrophes.
  public var norm: String
  /// Base form; the norm where nothing better is known.
  public var lemma: String
  /// Word class; `.x` where it is not known.
  public var upos: UPOS = .x
  /// Tag of the Penn Treebank, such as `VBD`; empty where it is not known.
  public var xpos: Symbol = .empty
  /// Morphological features.
  public var features: Features = []
  /// Index in the document's tokens of the word that it depends on; `nil` for the root of a sentence, and where it is not known.
  public var head: Int?
  /// Relation to the head, such as `nsubj:pass`; empty where it is not known.
  public var deprel: Symbol = .empty
  /// Makes a token without tags.
  public init(_ span: Span, gap: UInt8, block: Int, sentence: Int = -1, norm: String, lemma: String) {
    self.span = span
    self.gap = gap
    self.block = block
    self.sentence = sentence
    self.norm = norm
    self.lemma = lemma
  }
}

/// A span that names something.
public struct Name: Hashable, Sendable {
  /// Labels of the reading record.
  public enum Label: String, Sendable, CaseIterable {
    /// Who and where: persons, organizations, places, facilities, nationalities and other groups; and events.
    case person = "PER", organization = "ORG", location = "LOC", facility = "FAC", group = "NORP", event = "EVENT"
    /// Products, dates, amounts of money.
    case product = "PRODUCT", date = "DATE", money = "MONEY"
  }
  /// Indices of its tokens.
  public var tokens: Range<Int>
  /// Bytes, without titles, determiners or possessive 's.
  public var span: Span
  /// What sort of thing it names.
  public var label: Label
  /// The rule that found it.
  public var rule: Symbol
  /// How sure the rule is.
  public var confidence: Confidence
  /// Makes a name.
  public init(tokens: Range<Int>, span: Span, label: Label, rule: Symbol, confidence: Confidence) {
    self.tokens = tokens
    self.span = span
    self.label = label
    self.rule = rule
    self.confidence = confidence
  }
}
