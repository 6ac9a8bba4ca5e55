public import VouchCore

extension GraphFile {
  /// Reads evidence with its words.
  ///
  /// Runs of evidence share a source and ascend in it, so the reader keeps what it knows of the source read last, and
  /// how many code points lie before the place reached.
  public struct ProofReader {
    /// Where a piece of evidence is.
    public struct Place: Sendable {
      /// Its index.
      public let id: Int
      /// The source text.
      public let source: SourceID
      /// Index of the sentence in its source text.
      public let sentence: Int
      /// Bytes of the words.
      public let span: Span
      /// Code points of the words, half-open.
      public let codePoints: Range<Int>
      /// Permanent id of the rule that read them.
      public let rule: String
      /// How sure the rule is.
      public let confidence: Confidence
      /// Bytes of the file that hold the words.
      let words: Range<Int>
    }

    /// Where a piece of evidence is in its source text, by bytes alone.
    public struct Location: Sendable {
      /// Its index.
      public let id: Int
      /// The source text.
      public let source: SourceID
      /// Index of the sentence in its source text.
      public let sentence: Int
      /// Bytes of the words.
      public let span: Span
      /// Permanent id of the rule that read them.
      public let rule: String
      /// How sure the rule is.
      public let confidence: Confidence
    }

    private let graph: GraphFile
    /// The rules named last, by the low bits of their number.
    private var rules: [(id: Int, name: String)]
    private var current: Current?
    private var lastSource: Source?

    private struct Current {
      let id: SourceID
      /// Bytes of the source in the file, and its sentences.
      let bytes: Range<Int>
      let sentences: Range<Int>
      /// A byte of the source and the code points before it.
      var byte = 0
      var codePoint = 0
    }

    /// Makes a reader of `graph`.
    public init(_ graph: GraphFile) throws(Corruption) {
      self.graph = graph
      rules = Array(repeating: (-1, ""), count: 256)
    }

    /// Evidence number `index` with its words.
    ///
    /// - Throws: `Corruption` if the words are not those the edge was made from.
    /// - Complexity: O(n) in the distance from the evidence read before it, if that has the same source; else from the
    ///   start of the text.
    public mutating func proof(_ index: Int) throws(Corruption) -> Proof {
      let place = try place(index)
      let words = graph.file.bytes(place.words.lowerBound, place.words.count)
      return Proof(
        id: index, source: try source(place.source), sentence: place.sentence, span: place.span,
        codePoints: place.codePoints, words: String(decoding: words, as: UTF8.self), rule: place.rule,
        confidence: place.confidence)
    }

    /// Where evidence number `index` is; its words are read by `GraphFile.withWords(of:_:)`.
    ///
    /// - Throws: `Corruption` as `proof(_:)` does.
    /// - Complexity: As of `proof(_:)`, without making strings.
    public mutating func place(_ index: Int) throws(Corruption) -> Place {
      let graph = graph
      let location = try location(index)
      var current = try self.current(location.source)
      let start = Int(location.span.start)
      let first = current.bytes.lowerBound + start
      advance(&current, to: start)
      self.current = current
      let end = current.codePoint + graph.file.codePointCount(first, location.span.count)
      return Place(
        id: index, source: location.source, sentence: location.sentence, span: location.span,
        codePoints: current.codePoint..<end, rule: location.rule, confidence: location.confidence,
        words: first..<first + location.span.count)
    }

    /// Where evidence number `index` is, without counting the code points before it.
    ///
    /// - Throws: `Corruption` as `proof(_:)` does.
    /// - Complexity: O(n) in the length of the words, in whatever order evidence is asked for.
    public mutating func location(_ index: Int) throws(Corruption) -> Location {
      let graph = graph
      let id = try graph.source(ofEvidence: index)
      let current = try self.current(id)
      let start = try graph.evidenceStart.value(index)
      let length = try graph.evidenceLength.value(index)
      let sentence = try graph.evidenceSentence.value(index)
      guard length > 0, start <= current.bytes.count, length <= current.bytes.count - start,
        sentence < current.sentences.count, try span(ofSentence: sentence, current).contains(offset: start)
      else { throw Corruption(.evidenceStart, "evidence \(index) lies outside its text") }
      let first = current.bytes.lowerBound + start
      let checksum = UInt16(truncatingIfNeeded: try graph.evidenceChecksum.value(index))
      guard let hash = graph.file.hash(first, length), UInt16(truncatingIfNeeded: hash) == checksum
      else { throw Corruption(.evidenceStart, "the words of evidence \(index) are not where it says") }
      self.current = current
      return Location(
        id: index, source: id, sentence: sentence, span: Span(start, start + length), rule: try rule(index),
        confidence: try graph.confidence(ofEvidence: index))
    }

    private mutating func source(_ id: SourceID) throws(Corruption) -> Source {
      if let lastSource, lastSource.id == id { return lastSource }
      let source = try graph.source(id)
      lastSource = source
      return source
    }

    /// The sentences from the first to the last word of some evidence: bytes of the source, and the text.
    public mutating func passage(of proof: Proof) throws(Corruption) -> (span: Span, text: String) {
      try passage(proof.id, proof.source.id, sentence: proof.sentence, proof.span)
    }

    /// The sentences from the first to the last word of some evidence: bytes of the source, and the text.
    public mutating func passage(of location: Location) throws(Corruption) -> (span: Span, text: String) {
      try passage(location.id, location.source, sentence: location.sentence, location.span)
    }

    private mutating func passage(
      _ id: Int, _ source: SourceID, sentence first: Int, _ words: Span
    ) throws(Corruption) -> (span: Span, text: String) {
      let current = try self.current(source)
      var passage = try span(ofSentence: first, current)
      var next = first + 1
      while next < current.sentences.count {
        let sentence = try span(ofSentence: next, current)
        guard sentence.start < words.end else { break }
        passage = passage.union(sentence)
        next += 1
      }
      guard passage.contains(offset: Int(words.start)), words.end <= passage.end,
        Int(passage.end) <= current.bytes.count
      else { throw Corruption(.sentenceLength, "the sentences around evidence \(id) do not hold its words") }
      let bytes = graph.file.bytes(current.bytes.lowerBound + Int(passage.start), passage.count)
      return (passage, String(decoding: bytes, as: UTF8.self))
    }

    private func current(_ id: SourceID) throws(Corruption) -> Current {
      if let current, current.id == id { return current }
      return Current(
        id: id,
        bytes: try graph.bytes(of: id),
        sentences: try graph.sourceSentence.range(Int(id.index), limit: graph.sentenceStart.count))
    }

    private func span(ofSentence number: Int, _ current: Current) throws(Corruption) -> Span {
      try graph.sentence(current.sentences.lowerBound + number)
    }

    private func advance(_ current: inout Current, to start: Int) {
      if start < current.byte {
        current.byte = 0
        current.codePoint = 0
      }
      current.codePoint += graph.file.codePointCount(
        current.bytes.lowerBound + current.byte, start - current.byte)
      current.byte = start
    }

    private mutating func rule(_ index: Int) throws(Corruption) -> String {
      let graph = graph
      let id = try graph.evidenceRule.value(index)
      let slot = id & (rules.count - 1)
      if rules[slot].id == id { return rules[slot].name }
      let rule = try graph.string(.ruleName, id)
      rules[slot] = (id, rule)
      return rule
    }
  }

  /// Lends the bytes of some evidence's words.
  public func withWords<Result, Failure: Error>(
    of place: ProofReader.Place, _ body: (borrowing Swift.Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try file.withBytes(place.words.lowerBound, place.words.count, body)
  }
}
