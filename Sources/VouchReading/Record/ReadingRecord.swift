internal import VouchArticles
public import VouchCore
public import VouchLanguage
internal import VouchOntology

/// Writes a document as a reading record: one JSON object whose offsets are code points of the text.
public struct ReadingRecord: Sendable {
  /// What a record holds beyond the findings.
  public struct Options: OptionSet, Sendable {
    /// One bit for each.
    public let rawValue: UInt8
    /// Makes options from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }
    /// The article's text.
    public static let text = Options(rawValue: 1)
    /// Tokens and names.
    public static let syntax = Options(rawValue: 2)
  }

  private let document: Document
  private let options: Options

  /// Makes the record of a document.
  public init(_ document: Document, options: Options = []) {
    self.document = document
    self.options = options
  }

  /// The record as one line of JSON, without the line feed.
  public var json: String {
    var writer = JSONWriter()
    write(to: &writer)
    return writer.string
  }

  /// Appends the record.
  ///
  /// - Parameter add: Writes further members at the end.
  /// - Complexity: O(n) in the size of the document.
  public func write(to writer: inout JSONWriter, adding add: (inout JSONWriter) -> Void = { _ in }) {
    writer.beginObject()
    writer.string("doc", document.article.id)
    writeMetadata(&writer)
    if options.contains(.text) { writer.string("text", document.words(document.text.span)) }
    writer.range("body", codePoints(document.article.body))
    writeLayout(&writer)
    if options.contains(.syntax) { writeSyntax(&writer) }
    writeEntities(&writer)
    writeTimes(&writer)
    writeAttributions(&writer)
    writeEvents(&writer)
    writeStances(&writer)
    writeRelations(&writer)
    Self.write(document.article.diagnostics, to: &writer)
    add(&writer)
    writer.endObject()
  }

  /// Appends what stands for the record of an input that no article could be made of: `doc` is null, `failed` tells where it is.
  ///
  /// - Parameter diagnostics: Why; nothing is written if no error is among them.
  public static func writeFailure(_ diagnostics: [Diagnostic], to writer: inout JSONWriter) {
    guard let place = diagnostics.first(where: { $0.severity == .error })?.location else { return }
    writer.beginObject()
    writer.string("doc", nil)
    writer.beginObject("failed")
    writer.string("path", place.path)
    writer.integer("line", place.line)
    writer.integer("column", place.column)
    writer.integer("offset", place.offset)
    writer.endObject()
    write(diagnostics, to: &writer)
    writer.endObject()
  }

  func codePoints(_ span: Span) -> Range<Int> { document.text.index.codePoints(of: span) }

  private func writeOffsets(_ span: Span, _ writer: inout JSONWriter) {
    let range = codePoints(span)
    writer.integer("start", range.lowerBound)
    writer.integer("end", range.upperBound)
  }

  private func writeMetadata(_ writer: inout JSONWriter) {
    let metadata = document.article.metadata
    writer.beginObject("metadata")
    writer.string("title", metadata.title?.value)
    writer.strings("authors", metadata.authors.map(\.value))
    writer.string("outlet", metadata.outlet?.value)
    writer.string("agency", metadata.agency?.value)
    writer.string("published", metadata.published?.description)
    writer.string("modified", metadata.modified?.description)
    writer.string("section", metadata.section)
    writer.string("url", metadata.url)
    writer.string("language", metadata.language)
    writer.string("retrieved", metadata.retrieved)
    writer.endObject()
  }

  private func writeLayout(_ writer: inout JSONWriter) {
    writer.beginArray("blocks")
    for block in document.article.blocks {
      writer.beginObject()
      writeOffsets(block.span, &writer)
      writer.string("kind", block.kind.rawValue)
      writer.endObject()
    }
    writer.endArray()
    writer.beginArray("sentences")
    for sentence in document.sentences { writer.range(nil, codePoints(sentence.span)) }
    writer.endArray()
  }

  private func writeSyntax(_ writer: inout JSONWriter) {
    let hasSyntax = document.layers.contains(.syntax)
    writer.beginArray("tokens")
    for token in document.tokens {
      let first = document.sentences[token.sentence].tokens.lowerBound
      writer.beginObject()
      writer.integer("sentence", token.sentence)
      writeOffsets(token.span, &writer)
      writer.string("lemma", token.lemma)
      writer.string("upos", hasSyntax ? token.upos.rawValue : nil)
      writer.string("xpos", hasSyntax && token.xpos != .empty ? token.xpos.string : nil)
      writer.integer("head", hasSyntax ? token.head.map { $0 - first + 1 } ?? 0 : nil)
      writer.string("deprel", hasSyntax ? token.deprel.string : nil)
      writer.string("feats", hasSyntax && !token.features.isEmpty ? token.features.description : nil)
      writer.endObject()
    }
    writer.endArray()
    writer.beginArray("names")
    for name in document.names {
      writer.beginObject()
      writeOffsets(name.span, &writer)
      writer.string("label", name.label.rawValue)
      writer.endObject()
    }
    writer.endArray()
    writeChains(&writer)
  }

  /// Writes all references, of things without a name too, chain by chain.
  private func writeChains(_ writer: inout JSONWriter) {
    var chains: [[Reference]] = []
    for reference in document.references {
      if reference.chain == chains.count { chains.append([]) }
      chains[reference.chain].append(reference)
    }
    writer.beginArray("chains")
    for chain in chains {
      writer.beginArray()
      for reference in chain {
        writer.beginObject()
        writeOffsets(document.span(of: reference.tokens), &writer)
        writer.string("kind", reference.form.rawValue)
        writer.string("type", reference.kind.rawValue)
        writer.endObject()
      }
      writer.endArray()
    }
    writer.endArray()
  }

  private func writeEntities(_ writer: inout JSONWriter) {
    writer.beginArray("entities")
    for (index, entity) in document.entities.enumerated() {
      writer.beginObject()
      writer.string("id", "e\(index + 1)")
      writer.string("type", entity.kind.rawValue)
      writer.string("name", entity.name)
      writer.string("wikidata", entity.entry?.wikidata)
      if let code = entity.code { writer.string("code", code) }
      writer.beginArray("mentions")
      for mention in entity.mentions.map({ document.mentions[$0] }) {
        writer.beginObject()
        writeOffsets(mention.evidence.span, &writer)
        writer.string("text", document.words(mention.evidence.span))
        writer.string("kind", mention.kind.rawValue)
        writer.string("rule", mention.evidence.rule.string)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeTimes(_ writer: inout JSONWriter) {
    writer.beginArray("times")
    for time in document.times {
      writer.beginObject()
      writeOffsets(time.span, &writer)
      writer.string("value", time.value)
      writer.string("type", time.kind.rawValue)
      writer.string("from", time.from?.description)
      writer.string("to", time.to?.description)
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeAttributions(_ writer: inout JSONWriter) {
    writer.beginArray("attributions")
    for (index, attribution) in document.attributions.enumerated() {
      writer.beginObject()
      writer.string("id", "a\(index + 1)")
      writer.string("source", attribution.source.map { "e\($0 + 1)" })
      writePieces("source_span", attribution.sourceSpans, &writer)
      writePieces("cue", attribution.cue, &writer)
      writePieces("content", attribution.content, &writer)
      writer.string("form", attribution.form.rawValue)
      writeRule(attribution.evidence, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  /// Writes nothing, one range, or a list of several.
  private func writePieces(_ key: String, _ pieces: [Span], _ writer: inout JSONWriter) {
    guard pieces.count > 1 else { return writeSpan(key, pieces.first, &writer) }
    writer.beginArray(key)
    for piece in pieces { writer.range(nil, codePoints(piece)) }
    writer.endArray()
  }

  private func writeEvents(_ writer: inout JSONWriter) {
    writer.beginArray("events")
    for (index, event) in document.events.enumerated() {
      guard let first = event.triggers.first else { continue }
      writer.beginObject()
      writer.string("id", "v\(index + 1)")
      writer.string("type", event.type)
      writer.string("mode", event.mode)
      writer.range("trigger", codePoints(first.span))
      writer.beginArray("participants")
      for participant in event.participants {
        writer.beginObject()
        writer.string("entity", "e\(participant.entity + 1)")
        writer.string("role", participant.role.rawValue)
        if let code = participant.code { writer.string("code", code) }
        writer.endObject()
      }
      writer.endArray()
      writer.string("place", event.place.map { "e\($0.entity + 1)" })
      writer.string("date", event.date?.description)
      writer.string("modality", event.modality.rawValue)
      if let code = event.code { writer.string("code", code) }
      writeRule(first, &writer)
      writer.beginArray("more_triggers")
      for trigger in event.triggers.dropFirst() { writer.range(nil, codePoints(trigger.span)) }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeStances(_ writer: inout JSONWriter) {
    writer.beginArray("stances")
    for (index, stance) in document.stances.enumerated() {
      writer.beginObject()
      writer.string("id", "s\(index + 1)")
      writer.string("holder", "e\(stance.holder + 1)")
      switch stance.target {
      case .entity(let entity): writer.string("target", "e\(entity + 1)")
      case .event(let event): writer.string("target", "v\(event + 1)")
      case .issue: writer.string("target", nil)
      }
      if case .issue(let label) = stance.target {
        writer.string("target_label", label)
      } else {
        writer.string("target_label", document.words(stance.targetEvidence.span))
      }
      writer.string("polarity", stance.polarity.rawValue)
      writer.string("kind", stance.kind)
      writer.range("evidence", codePoints(stance.evidence.span))
      writeRule(stance.evidence, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeRelations(_ writer: inout JSONWriter) {
    writer.beginArray("relations")
    for relation in document.relations {
      writer.beginObject()
      writer.string("kind", relation.kind.rawValue)
      writer.string("subject", "e\(relation.subject + 1)")
      writer.string("object", "e\(relation.object + 1)")
      writer.range("evidence", codePoints(relation.evidence.span))
      writeRule(relation.evidence, &writer)
      writer.endObject()
    }
    writer.endArray()
  }

  private static func write(_ diagnostics: [Diagnostic], to writer: inout JSONWriter) {
    writer.beginArray("diagnostics")
    for diagnostic in diagnostics {
      writer.beginObject()
      writer.string("severity", diagnostic.severity.rawValue)
      writer.string("code", diagnostic.code)
      writer.string("message", diagnostic.message)
      writer.endObject()
    }
    writer.endArray()
  }

  private func writeSpan(_ key: String, _ span: Span?, _ writer: inout JSONWriter) {
    if let span { writer.range(key, codePoints(span)) } else { writer.string(key, nil) }
  }

  private func writeRule(_ evidence: Evidence, _ writer: inout JSONWriter) {
    writer.string("rule", evidence.rule.string)
    writer.number("confidence", evidence.confidence.value)
  }
}
