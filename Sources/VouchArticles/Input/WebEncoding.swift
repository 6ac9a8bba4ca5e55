internal import Glibc
internal import VouchCore

/// A character encoding by the labels that pages and servers use (WHATWG Encoding Standard), read through libc's iconv.
struct WebEncoding {
  /// Name in lower case, such as `windows-1251`.
  let name: String
  /// What iconv calls it.
  private let converter: String

  /// Whether bytes of it that look like ASCII may be other letters.
  var isEscaped: Bool { name == "iso-2022-jp" }

  /// The encoding of a label in any case, with white space around it; `nil` for an unknown one.
  init?(label: String) {
    let label = label.split(whereSeparator: \.isWhitespace).joined().lowercased()
    if let known = Self.labels[label] {
      (name, converter) = known
      return
    }
    // "windows-1251", "cp1251" and "x-cp1251".
    for prefix in ["windows-", "x-cp", "cp"] where label.hasPrefix(prefix) {
      guard let page = Int(label.dropFirst(prefix.utf8.count)), (1250...1258).contains(page) else { continue }
      name = "windows-\(page)"
      converter = "CP\(page)"
      return
    }
    // "iso-8859-2" and "iso8859-2"; browsers read two of them as larger sets.
    for prefix in ["iso-8859-", "iso8859-", "iso_8859-", "iso8859"] where label.hasPrefix(prefix) {
      guard let part = Int(label.dropFirst(prefix.utf8.count)), (2...16).contains(part), part != 12 else { continue }
      name = part == 9 ? "windows-1254" : part == 11 ? "windows-874" : "iso-8859-\(part)"
      converter = part == 9 ? "CP1254" : part == 11 ? "CP874" : "ISO-8859-\(part)"
      return
    }
    return nil
  }

  private static let labels: [String: (String, String)] = {
    var labels: [String: (String, String)] = [:]
    for (name, converter, others) in [
      ("utf-8", "UTF-8", "utf8 unicode-1-1-utf-8"),
      ("windows-1252", "CP1252", "iso-8859-1 iso8859-1 iso_8859-1 latin1 latin-1 l1 ascii us-ascii"),
      ("iso-8859-2", "ISO-8859-2", "latin2 l2"), ("windows-1254", "CP1254", "latin5 l5"),
      ("windows-874", "CP874", "tis-620 dos-874"), ("koi8-r", "KOI8-R", "koi koi8 koi8_r"),
      ("koi8-u", "KOI8-U", "koi8-ru"), ("macintosh", "MACINTOSH", "mac x-mac-roman"), ("ibm866", "CP866", "866 cp866"),
      ("gbk", "GB18030", "gb2312 gb_2312 gb_2312-80 x-gbk chinese gb18030"),
      ("big5", "BIG5-HKSCS", "big5-hkscs cn-big5 x-x-big5"),
      ("shift_jis", "CP932", "shift-jis sjis ms_kanji windows-31j x-sjis ms932"),
      ("euc-jp", "EUC-JP", "x-euc-jp"), ("iso-2022-jp", "ISO-2022-JP", "csiso2022jp"),
      ("euc-kr", "CP949", "ks_c_5601-1987 ksc5601 korean windows-949"),
    ] {
      labels[name] = (name, converter)
      for other in others.split(separator: " ") { labels[String(other)] = (name, converter) }
    }
    // It has the euro sign where ISO 8859-1 has another.
    labels["iso-8859-15"] = ("iso-8859-15", "ISO-8859-15")
    labels["iso8859-15"] = labels["iso-8859-15"]
    return labels
  }()

  /// The text, with U+FFFD for every byte that is none of the encoding's; `nil` if this system cannot read it.
  ///
  /// - Complexity: O(n).
  func decode(_ bytes: [UInt8]) -> (text: SourceText, replaced: Int)? {
    guard let descriptor = unsafe iconv_open("UTF-8", converter), Int(bitPattern: descriptor) != -1 else {
      return nil
    }
    defer { unsafe _ = iconv_close(descriptor) }
    var input = bytes.map { CChar(bitPattern: $0) }
    var output: [UInt8] = []
    output.reserveCapacity(bytes.count * 2)
    var chunk = [CChar](repeating: 0, count: 16 << 10)
    var replaced = 0
    unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe chunk.withUnsafeMutableBufferPointer { target in
        guard var next = source.baseAddress, let start = target.baseAddress else { return }
        var left = source.count
        while left > 0 {
          var place: UnsafeMutablePointer<CChar>? = unsafe next
          var put: UnsafeMutablePointer<CChar>? = unsafe start
          var room = target.count
          let result = unsafe iconv(descriptor, &place, &left, &put, &room)
          let code = errno
          unsafe output.append(contentsOf: UnsafeRawBufferPointer(start: start, count: target.count - room))
          if let place = unsafe place { unsafe next = place }
          guard Int(truncatingIfNeeded: result) == -1, code != E2BIG, left > 0 else { continue }
          // A byte that fits nowhere becomes the replacement character, and reading goes on behind it.
          output.append(contentsOf: [0xEF, 0xBF, 0xBD])
          replaced += 1
          unsafe next += 1
          left -= 1
        }
      }
    }
    return SourceText(validating: output).map { ($0, replaced) }
  }
}
