/// Identifies one source text of a graph (an article's text, or the metadata that came with it): its index.
public struct SourceID: Hashable, Sendable, Comparable {
  /// Index into the graph's list of source texts.
  public let index: UInt32
  /// Makes the id of source `index`.
  public init(_ index: Int) { self.index = UInt32(clamping: index) }
  /// Orders by index.
  public static func < (a: SourceID, b: SourceID) -> Bool { a.index < b.index }
}

/// How sure the rule is that made an edge: thousandths, 0 to 1000.
public struct Confidence: Hashable, Sendable, Comparable {
  /// Thousandths, 0 ...
  ///
  /// 1000.
  public let thousandths: UInt16
  /// Rounds a probability to thousandths; values outside 0 ...
  ///
  /// 1 are clamped, NaN becomes 0.
  public init(_ probability: Double) {
    thousandths = probability.isNaN ? 0 : UInt16((min(max(probability, 0), 1) * 1000).rounded())
  }
  /// Takes thousandths; more than 1000 counts as 1000.
  public init(thousandths: Int) { self.thousandths = UInt16(min(max(thousandths, 0), 1000)) }
  /// As a probability.
  public var value: Double { Double(thousandths) / 1000 }
  /// Orders by value.
  public static func < (a: Confidence, b: Confidence) -> Bool { a.thousandths < b.thousandths }
}

/// The words that say so: a span of one sentence of one source text, and the rule that read them.
///
/// No node and no edge of a graph can be made without one. The initialiser checks the words against the text,
/// so a value of this type is proof that they are there.
public struct Evidence: Hashable, Sendable {
  /// Why a span is no evidence.
  public enum Failure: Error, Hashable, Sendable {
    /// The span holds no byte.
    case empty
    /// The span ends after the text does.
    case outsideText
    /// The span cuts a code point in two.
    case splitsCodePoint
    /// No sentence contains the span's first byte.
    case outsideSentences
  }

  /// The source text.
  public let source: SourceID
  /// Index of the sentence, from 0, that contains the span's first byte.
  public let sentence: UInt32
  /// Bytes of the words in the source text.
  public let span: Span
  /// The permanent id of the rule that read them.
  public let rule: Symbol
  /// How sure the rule is.
  public let confidence: Confidence
  /// The low 16 bits of the XXH64 of the words, so that a later reader notices words that changed.
  public let checksum: UInt16

  /// Takes the words at `span` as evidence.
  ///
  /// - Parameters:
  ///   - span: Bytes of `text`; not empty, on code point boundaries.
  ///   - text: The source text.
  ///   - sentences: The text's sentences, ascending, not overlapping.
  ///   - source: The text's id.
  ///   - rule: Permanent id of the rule that fired.
  ///   - confidence: How sure the rule is.
  /// - Throws: `Failure` if the text does not hold such words.
  /// - Complexity: O(log s + w); s sentences, w bytes.
  public init(
    _ span: Span, of text: SourceText, sentences: some RandomAccessCollection<Span>, source: SourceID = SourceID(0),
    rule: Symbol,
    confidence: Confidence
  ) throws(Failure) {
    guard !span.isEmpty else { throw .empty }
    guard Int(span.end) <= text.count else { throw .outsideText }
    guard text.isBoundary(Int(span.start)), text.isBoundary(Int(span.end)) else { throw .splitsCodePoint }
    guard let sentence = Self.sentence(containing: Int(span.start), in: sentences) else { throw .outsideSentences }
    self.source = source
    self.sentence = UInt32(sentence)
    self.span = span
    self.rule = rule
    self.confidence = confidence
    checksum = Self.checksum(of: text.bytes[span.range])
  }

  private init(_ other: Evidence, source: SourceID, rule: Symbol, confidence: Confidence) {
    self.source = source
    sentence = other.sentence
    span = other.span
    self.rule = rule
    self.confidence = confidence
    checksum = other.checksum
  }

  /// The same words, the text having been given another id.
  public func relocated(to source: SourceID) -> Evidence {
    Evidence(self, source: source, rule: rule, confidence: confidence)
  }

  /// The same words, for what another rule concludes from them.
  public func cited(by rule: Symbol, confidence: Confidence) -> Evidence {
    Evidence(self, source: source, rule: rule, confidence: confidence)
  }

  /// The 16-bit checksum of some words.
  public static func checksum(of words: some Collection<UInt8>) -> UInt16 {
    UInt16(truncatingIfNeeded: XXH64.hash(words))
  }

  /// Index of the sentence that contains a byte.
  public static func sentence(containing offset: Int, in sentences: some RandomAccessCollection<Span>) -> Int? {
    var low = 0
    var high = sentences.count - 1
    while low <= high {
      let middle = (low + high) / 2
      let sentence = sentences[sentences.index(sentences.startIndex, offsetBy: middle)]
      if sentence.contains(offset: offset) { return middle }
      if Int(sentence.start) > offset { high = middle - 1 } else { low = middle + 1 }
    }
    return nil
  }
}
