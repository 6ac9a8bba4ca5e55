internal import VouchCore
internal import VouchKnowledge

/// An article as a graph file keeps it: its texts, once, and what it contributes.
///
/// Fields of its header: content hash; reading; length of the id and of the text, 32 bits each; 1 + length of the metadata (0 if
/// there is none) and of the encoded contribution. The body is these four, in this order.
struct ArticleSegment: Sendable {
  let place: Manifest.Place
  let contentHash: UInt64
  /// What read the article: program, tables, model, options.
  let reading: UInt64
  let article: String
  let text: Range<Int>
  let given: Range<Int>?
  private let encoded: Range<Int>

  /// Reads an article, all checksums verified; `nil` if it is damaged or none.
  init?(_ file: MappedFile, _ header: SegmentHeader, at offset: Int) {
    guard header.kind == .article else { return nil }
    let base = offset + SegmentHeader.size
    let size = header.length - SegmentHeader.size
    let idLength = Int(header.fields[2] & 0xFFFF_FFFF)
    let textLength = Int(header.fields[2] >> 32)
    let givenField = Int(header.fields[3] & 0xFFFF_FFFF)
    let givenLength = max(0, givenField - 1)
    let encodedLength = Int(header.fields[3] >> 32)
    guard idLength + textLength + givenLength + encodedLength == size, file.hash(base, size) == header.bodyHash,
      let id = SourceText(validating: file.bytes(base, idLength))
    else { return nil }
    place = Manifest.Place(offset: offset, length: header.length, hash: header.hash)
    contentHash = header.fields[0]
    reading = header.fields[1]
    article = id[id.span]
    text = base + idLength..<base + idLength + textLength
    given = givenField == 0 ? nil : text.upperBound..<text.upperBound + givenLength
    encoded = text.upperBound + givenLength..<base + size
  }

  /// What the article contributes.
  func contribution(_ file: MappedFile) throws(Corruption) -> Contribution {
    func failure(_ reason: String) -> Corruption {
      Corruption(section: "article \"\(article)\"", reason: "the article holds \(reason)")
    }
    guard let text = SourceText(validating: file.bytes(text.lowerBound, text.count)) else {
      throw failure("a text that is not UTF-8")
    }
    let given = given.map { SourceText(validating: file.bytes($0.lowerBound, $0.count)) }
    if case .some(nil) = given { throw failure("metadata that are not UTF-8") }
    let contribution: Contribution
    do throws(Contribution.Undecodable) {
      contribution = try Contribution(
        article: article, text: text, given: given ?? nil, decoding: file.bytes(encoded.lowerBound, encoded.count))
    } catch {
      throw failure(error.reason)
    }
    guard contribution.contentHash == contentHash else { throw failure("texts of another content hash") }
    return contribution
  }

  /// An article as a segment at `offset`, and where its texts lie in the file.
  static func segment(_ contribution: Contribution, encoded: [UInt8], reading: UInt64, at offset: Int) -> (
    bytes: [UInt8], text: Int, given: Int
  ) {
    let id = Array(contribution.article.utf8)
    let text = contribution.text.bytes
    let given = contribution.given?.bytes
    let fields = [
      contribution.contentHash, reading, UInt64(id.count) | UInt64(text.count) << 32,
      UInt64(given.map { $0.count + 1 } ?? 0) | UInt64(encoded.count) << 32,
    ]
    let bytes = SegmentHeader.segment(.article, fields: fields, body: id + text + (given ?? []) + encoded, at: offset)
    let start = offset + SegmentHeader.size + id.count
    return (bytes, start, start + text.count)
  }

  /// The sign that an article of this id and content is no longer part of the graph.
  static func tombstone(_ article: String, contentHash: UInt64, at offset: Int) -> [UInt8] {
    SegmentHeader.segment(.tombstone, fields: [contentHash], body: Array(article.utf8), at: offset)
  }
}
