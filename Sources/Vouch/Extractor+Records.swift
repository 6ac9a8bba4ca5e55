internal import VouchArticles
public import VouchCore
internal import VouchKnowledge
public import VouchLanguage
public import VouchReading

extension Extractor {
  /// Appends a document's reading record.
  ///
  /// With its text, a record also has what the article contributes to a graph, so that a graph can be built from it without reading
  /// the article again.
  ///
  /// - Complexity: O(n log n) in the size of the document.
  public func writeRecord(of document: Document, options: ReadingRecord.Options, to writer: inout JSONWriter) {
    ReadingRecord(document, options: options).write(to: &writer) { writer in
      // An article that contributes nothing, or is not read, has no such member.
      guard options.contains(.text), !isForeign(document), let contribution = try? contribution(of: document) else {
        return
      }
      writer.beginObject("contribution")
      writer.string("reading", String(fingerprint, radix: 16))
      writer.string("content", String(contribution.contentHash, radix: 16))
      writer.string("given", contribution.given.map { $0[$0.span] })
      writer.string("encoded", Base64.encode(contribution.encoded))
      writer.endObject()
    }
  }

  /// What a reading record says that its article contributes, and what read it; `nil` if it is no such record.
  ///
  /// - Throws: `record.contribution` if the contribution does not fit the text.
  static func contribution(in raw: RawArticle) throws(Diagnostic) -> (contribution: Contribution, reading: UInt64)? {
    guard raw.kind == .record, let value = record(raw), let stored = value["contribution"], case .object = stored else {
      return nil
    }
    func failure(_ reason: String) -> Diagnostic {
      Diagnostic(
        .error, "record.contribution",
        "the record's \"contribution\" does not fit its text: \(reason); extract the article again", at: raw.location)
    }
    guard let article = value["doc"]?.text, let text = value["text"]?.text,
      let encoded = stored["encoded"]?.text.flatMap(Base64.decode),
      let reading = stored["reading"]?.text.flatMap({ UInt64($0, radix: 16) }),
      let content = stored["content"]?.text.flatMap({ UInt64($0, radix: 16) })
    else { throw failure("found no \"doc\", \"text\", \"reading\", \"content\" or \"encoded\"") }
    do throws(Contribution.Undecodable) {
      let contribution = try Contribution(
        article: article, text: SourceText(text), given: stored["given"]?.text.map(SourceText.init), decoding: encoded)
      guard contribution.contentHash == content else {
        throw Contribution.Undecodable(reason: "texts of other content")
      }
      return (contribution, reading)
    } catch {
      throw failure(error.reason)
    }
  }

  private static func record(_ raw: RawArticle) -> JSONValue? {
    if let value = raw.value { return value }
    // Most records are articles: they are parsed when they are read.
    guard holdsContribution(raw.bytes) else { return nil }
    return try? JSONValue(parsing: raw.bytes[...])
  }

  /// Whether there is a member, or a string, of that name; the standard library's search for a sequence takes many times as long.
  private static func holdsContribution(_ bytes: [UInt8]) -> Bool {
    let key = Array("\"contribution\"".utf8)
    var rest = bytes[...]
    while let quote = rest.firstIndex(of: key[0]) {
      if rest[quote...].starts(with: key) { return true }
      rest = rest[(quote + 1)...]
    }
    return false
  }
}
