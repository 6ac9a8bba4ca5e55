internal import VouchCore

/// Metadata that comes with an article rather than in its text; values without line ends or double spaces.
struct GivenMetadata: Hashable {
  var title: String?
  var url: String?
  var outlet: String?
  var agency: String?
  var authors: [String] = []
  var published: CalendarDate?
  var modified: CalendarDate?
  var section: String?
  var language: String?
  /// Date and time at which a crawler fetched it, as the archive states them.
  var retrieved: String?

  /// Takes over what is still unknown here.
  mutating func fill(from other: GivenMetadata) {
    title = title ?? other.title
    url = url ?? other.url
    outlet = outlet ?? other.outlet
    agency = agency ?? other.agency
    if authors.isEmpty { authors = other.authors }
    published = published ?? other.published
    modified = modified ?? other.modified
    section = section ?? other.section
    language = language ?? other.language
  }

  /// White space collapsed; `nil` for nothing.
  static func tidy(_ text: String) -> String? {
    var last: UInt8 = 0x20
    let isTidy = text.utf8.allSatisfy { byte in
      defer { last = byte }
      return byte > 0x20 && byte < 0x7F || byte == 0x20 && last != 0x20
    }
    if isTidy, last != 0x20 { return text }
    if let plain = tidyWithoutWideSpaces(text) { return plain.isEmpty ? nil : plain }
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The same for a text whose white space is all ASCII; `nil` for others.
  private static func tidyWithoutWideSpaces(_ text: String) -> String? {
    let bytes = text.utf8Span.span
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var pendingSpace = false
    for position in bytes.indices {
      let byte = bytes[position]
      switch byte {
      case 0x09...0x0D, 0x20:
        pendingSpace = !result.isEmpty
        continue
      // First bytes of characters that may be white space, and what follows in those that are.
      case 0xC2 where [0x85, 0xA0].contains(bytes[position + 1]): return nil
      case 0xE1 where bytes[position + 1] == 0x9A, 0xE3 where bytes[position + 1] == 0x80: return nil
      case 0xE2 where bytes[position + 1] == 0x81: return nil
      case 0xE2 where bytes[position + 1] == 0x80:
        let end = bytes[position + 2]
        if end <= 0x8A || [0xA8, 0xA9, 0xAF].contains(end) { return nil }
      default: break
      }
      if pendingSpace { result.append(0x20) }
      pendingSpace = false
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// The metadata as a text, one `key: value` to a line, and where each value stands in it.
  struct Rendered {
    var text: SourceText?
    var title: Span?
    var outlet: Span?
    var agency: Span?
    var authors: [Span] = []
    var published: Span?
  }

  /// Renders it in a fixed order of keys; no text if nothing is known.
  func rendered() -> Rendered {
    var bytes: [UInt8] = []
    func line(_ key: String, _ value: String?) -> Span? {
      guard let value else { return nil }
      bytes.append(contentsOf: (key + ": ").utf8)
      let start = bytes.count
      bytes.append(contentsOf: value.utf8)
      let span = Span(start, bytes.count)
      bytes.append(0x0A)
      return span
    }
    var result = Rendered()
    result.title = line("title", title)
    _ = line("url", url)
    result.outlet = line("outlet", outlet)
    result.agency = line("agency", agency)
    result.authors = authors.compactMap { line("author", $0) }
    result.published = line("published", published?.description)
    _ = line("retrieved", retrieved)
    result.text = bytes.isEmpty ? nil : SourceText(validating: bytes)
    return result
  }
}

/// Lists of authors.
enum AuthorNames {
  /// Most authors that one article has; the rest of a longer list is left out.
  static let limit = 100

  /// `Jane Doe, John Smith and Ann Lee` as three names; a leading `By` is left out.
  static func split(_ text: String) -> [String] {
    var text = text
    if let words = GivenMetadata.tidy(text), words.lowercased().hasPrefix("by ") { text = String(words.dropFirst(3)) }
    var names: [String] = []
    for part in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0 == "|" || $0 == "&" || $0 == "\n" }) {
      var name: [Substring] = []
      for word in part.split(whereSeparator: \.isWhitespace) {
        if word.lowercased() == "and" {
          if !name.isEmpty { names.append(name.joined(separator: " ")) }
          name = []
        } else {
          name.append(word)
        }
      }
      if !name.isEmpty { names.append(name.joined(separator: " ")) }
    }
    return Array(names.prefix(limit))
  }
}
