internal import VouchCore

/// Named values, as HTTP and WARC write them: `Name: value` on lines, a line that begins with white space going on.
struct HeaderFields {
  private(set) var fields: [(name: String, value: String)] = []

  /// Reads lines; one that is no field is passed over.
  init(_ lines: ArraySlice<UInt8>) {
    for line in lines.split(separator: 0x0A, maxSplits: 1000) {
      if line.first == 0x20 || line.first == 0x09, let last = fields.indices.last {
        fields[last].value += " " + Self.text(line)
      } else if let colon = line.firstIndex(of: 0x3A) {
        fields.append((Self.text(line[..<colon]).lowercased(), Self.text(line[line.index(after: colon)...])))
      }
    }
  }

  /// The value of the first field of that name, in lower case; `nil` if there is none.
  subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var bytes = bytes
    while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
    return String(decoding: bytes.drop { $0 <= 0x20 }, as: UTF8.self)
  }

  /// Number of bytes up to and with the empty line that ends a header; `nil` if there is none.
  static func length(_ bytes: ArraySlice<UInt8>) -> Int? {
    var position = bytes.startIndex
    while let end = bytes[position...].firstIndex(of: 0x0A) {
      position = end + 1
      if bytes[position...].starts(with: [0x0A]) { return position + 1 - bytes.startIndex }
      if bytes[position...].starts(with: [0x0D, 0x0A]) { return position + 2 - bytes.startIndex }
    }
    return nil
  }
}

/// A content type such as `text/html; charset=utf-8`.
struct ContentType {
  /// Type and subtype in lower case.
  let name: String
  /// Character set in lower case.
  let charset: String?

  init(_ value: String) {
    let parts = value.split(separator: ";").map { $0.trimmingSpace.lowercased() }
    name = parts.first ?? ""
    charset =
      parts.dropFirst().lazy.compactMap { part in
        guard part.hasPrefix("charset=") else { return nil }
        let name = part.dropFirst("charset=".count).filter { $0 != "\"" && $0 != "'" }
        return name.isEmpty ? nil : String(name)
      }.first
  }
}

extension Substring {
  fileprivate var trimmingSpace: Substring {
    var rest = drop(while: \.isWhitespace)
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return rest
  }
}

/// A server's answer as a crawler keeps it.
struct HTTPMessage {
  /// Status code.
  let status: Int
  let fields: HeaderFields
  private let encoded: ArraySlice<UInt8>

  /// Reads status line and fields; `nil` for what does not begin with a status line and an empty line after its fields.
  init?(_ bytes: ArraySlice<UInt8>) {
    guard bytes.starts(with: "HTTP/".utf8), let length = HeaderFields.length(bytes) else { return nil }
    let header = bytes.prefix(length)
    let line = header.prefix { $0 != 0x0A }.split(separator: 0x20, maxSplits: 2)
    guard line.count > 1, let status = Int(String(decoding: line[1].filter { $0 > 0x20 }, as: UTF8.self)) else {
      return nil
    }
    self.status = status
    fields = HeaderFields(header.drop { $0 != 0x0A })
    encoded = bytes.dropFirst(length)
  }

  /// Why a body could not be had.
  enum Failure: Error, Hashable {
    /// The encoding, such as `br`, is not known; it is known, and the bytes are not in it; the body is too large.
    case unknown(String)
    case damaged(String)
    case tooLarge
  }

  /// The body without its encodings.
  ///
  /// Crawlers that undo an encoding often leave its name in the header: bytes that do not begin as the encoding does are
  /// taken as they are.
  func body(limit: Int) throws(Failure) -> [UInt8] {
    var body = encoded
    let codings = names("content-encoding") + names("transfer-encoding")
    // A list of eight is no server's.
    guard codings.count <= 8 else { throw .unknown(codings.joined(separator: ", ")) }
    for coding in codings.reversed() {
      switch coding {
      case "identity": continue
      case "chunked": body = try dechunked(body)
      case "gzip", "x-gzip":
        guard body.starts(with: [0x1F, 0x8B]) else { continue }
        body = try unpacked(body, .gzip, coding, limit)[...]
      case "deflate":
        guard !body.isEmpty, !Self.looksLikeText(body) else { continue }
        // Servers send the raw form too.
        do throws(Failure) { body = try unpacked(body, .zlib, coding, limit)[...] } catch {
          guard error == .damaged(coding) else { throw error }
          body = try unpacked(body, .raw, coding, limit)[...]
        }
      default:
        guard !Self.looksLikeText(body) else { continue }
        throw .unknown(coding)
      }
    }
    guard body.count <= limit else { throw .tooLarge }
    return Array(body)
  }

  private func names(_ field: String) -> [String] {
    fields.fields.filter { $0.name == field }.flatMap {
      $0.value.split { $0 == "," || $0 == " " }.map { $0.lowercased() }
    }
  }

  private func unpacked(
    _ bytes: ArraySlice<UInt8>, _ form: Inflater.Form, _ coding: String, _ limit: Int
  ) throws(Failure) -> [UInt8] {
    do throws(Inflater.Failure) { return try Inflater.unpack(bytes, form, limit: limit) } catch {
      throw error == .tooLarge ? .tooLarge : .damaged(coding)
    }
  }

  /// Whether bytes begin as markup or text does.
  private static func looksLikeText(_ bytes: ArraySlice<UInt8>) -> Bool {
    let head = bytes.prefix(64)
    return head.first == 0x3C || head.allSatisfy { (0x20...0x7E).contains($0) || (0x09...0x0D).contains($0) }
  }

  /// The data of the chunks; the bytes as they are if they do not begin with the length of one.
  private func dechunked(_ bytes: ArraySlice<UInt8>) throws(Failure) -> ArraySlice<UInt8> {
    var data: [UInt8] = []
    var rest = bytes
    var isFirst = true
    while true {
      let line = rest.prefix(1024).prefix { $0 != 0x0A }
      let digits = line.prefix { $0 != 0x3B }.filter { $0 > 0x20 }
      guard rest.count > line.count, !digits.isEmpty, digits.count <= 8,
        let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0
      else {
        if isFirst { return bytes }
        throw .damaged("chunked")
      }
      isFirst = false
      rest = rest.dropFirst(line.count + 1)
      if size == 0 { return data[...] }
      guard size <= rest.count else { throw .damaged("chunked") }
      data.append(contentsOf: rest.prefix(size))
      rest = rest.dropFirst(size)
      if rest.first == 0x0D { rest = rest.dropFirst() }
      if rest.first == 0x0A { rest = rest.dropFirst() }
    }
  }
}
