internal import VouchCore

/// What a file or pipe holds.
public enum InputFormat: String, Sendable, CaseIterable, Codable {
  /// One text as copied from a page.
  case text
  /// One saved page.
  case html
  /// A JSON object on every line.
  case jsonl
  /// One JSON object or a list of them, or an object on every line.
  case json
  /// Documents in CoNLL-U.
  case conllu
  /// A web archive: WARC, or the WET that is made of it.
  case warc
  /// An RSS or Atom file.
  case feed

  /// Extensions of the files that are read out of folders, `.gz` behind each of them too.
  static let extensions: [(extension: String, format: InputFormat?)] = [
    ("txt", .text), ("html", .html), ("htm", .html), ("xhtml", .html), ("jsonl", .jsonl), ("ndjson", .jsonl),
    ("json", .json), ("conllu", .conllu), ("warc", .warc), ("wet", .warc), ("rss", .feed), ("atom", .feed),
    ("xml", nil),
  ]

  /// What a file's name says that it holds; `nil` if it says nothing.
  static func named(_ path: FilePath) -> InputFormat? {
    let suffix = FileSystem.suffix(FileSystem.withoutGzip(path))
    return extensions.first { $0.extension == suffix }?.format
  }

  /// What bytes tell that they are the beginning of, white space before them left out of account.
  ///
  /// - Parameter isWhole: Whether there are no more bytes.
  /// - Returns: `nil` if more bytes are needed.
  static func recognised(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> InputFormat? {
    var start = bytes.startIndex
    while start < bytes.endIndex, case let width = spaceWidth(bytes, start), width > 0 { start += width }
    let bytes = bytes[start...]
    guard let first = bytes.first else { return isWhole ? .text : nil }
    switch first {
    case 0x7B: return .jsonl
    case 0x5B:
      guard let next = bytes.dropFirst().first(where: { $0 > 0x20 }) else { return isWhole ? .text : nil }
      return next == 0x7B ? .json : .text
    case 0x3C: return markup(bytes, isWhole: isWhole)
    case 0x57: return line(bytes, isWhole: isWhole, .warc) { $0.starts(with: "WARC/".utf8) }
    case 0x23:
      return line(bytes, isWhole: isWhole, .conllu) { line in
        ["# newdoc", "# newpar", "# sent_id = ", "# text = ", "# global.columns = "].contains {
          line.starts(with: $0.utf8)
        }
      }
    case 0x30...0x39: return line(bytes, isWhole: isWhole, .conllu) { $0.count { $0 == 0x09 } == 9 }
    default: return .text
    }
  }

  private static func spaceWidth(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    if bytes[index] <= 0x20 { return bytes[index] == 0x20 || (0x09...0x0D).contains(bytes[index]) ? 1 : 0 }
    return bytes[index...].starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : bytes[index...].starts(with: [0xC2, 0xA0]) ? 2 : 0
  }

  /// A format that its first line tells, of which 64 KiB are looked at; text otherwise.
  private static func line(
    _ bytes: ArraySlice<UInt8>, isWhole: Bool, _ format: InputFormat, _ isSo: (ArraySlice<UInt8>) -> Bool
  ) -> InputFormat? {
    guard let end = bytes.firstIndex(of: 0x0A) ?? (isWhole || bytes.count > 64 << 10 ? bytes.endIndex : nil) else {
      return nil
    }
    return isSo(bytes[..<end]) ? format : .text
  }

  /// A feed if the root element is one of a feed, else a page.
  private static func markup(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> InputFormat? {
    var scanner = XMLScanner(bytes.prefix(64 << 10))
    while let event = scanner.next() {
      guard case .start(let element) = event else { continue }
      return ["rss", "feed", "rdf:rdf", "channel"].contains(element.name.lowercased()) ? .feed : .html
    }
    return isWhole || bytes.count > 64 << 10 ? .html : nil
  }
}
