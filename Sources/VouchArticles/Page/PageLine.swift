internal import VouchCore
internal import VouchXML

/// A draft with what its words tell about it.
final class PageLine {
  var draft: Draft
  /// Folded text.
  let folded: String
  /// Folded text without what stands in quotation marks.
  let unquoted: String
  /// Number of words of the folded text.
  let wordCount: Int
  /// Kinds of boilerplate phrases outside quotations.
  let kinds: PageLexicon.PhraseKinds
  /// Whether the whole line is a button, a section's name or the like.
  let isWholeLine: Bool
  /// Whether it ends as a sentence does.
  let endsSentence: Bool
  /// Whether all its letters are capitals.
  let isAllCapitals: Bool
  /// Whether columns are set off in it by several spaces or bars.
  let hasColumns: Bool
  /// Whether it speaks to the reader or of the newsroom, outside quotations: appeals do, reports hardly ever.
  let addressesReader: Bool
  /// Whether it describes a picture.
  private(set) var isCaption = false
  /// Whether it is a paragraph of a report beyond doubt.
  private(set) var isReporting = false
  /// Length in bytes of the folded text; about the number of letters.
  var length: Int { folded.utf8.count }
  /// Words of the folded text.
  var words: [Substring] { folded.utf8.split(separator: 0x20).map { Substring($0) } }

  /// Looks at a draft's words.
  init(_ draft: Draft, _ source: SourceText, _ lexicon: PageLexicon) {
    self.draft = draft
    let text = source[draft.span]
    folded = text.folded
    unquoted = Self.withoutQuotations(folded)
    wordCount = Self.wordCount(folded)
    kinds = lexicon.kinds(in: unquoted)
    isWholeLine = lexicon.isBoilerplateLine(folded)
    endsSentence = Self.endsSentence(folded)
    isAllCapitals = text.utf8.count < 400 && Self.isAllCapitals(text)
    hasColumns = text.utf8.count < 200 && Self.hasColumns(text)
    addressesReader = Self.addressesReader(unquoted)
    isCaption = hasCaptionShape
    isReporting = isReportingParagraph
  }

  /// Text outside double quotation marks; an open quotation runs to the end.
  private static func withoutQuotations(_ folded: String) -> String {
    guard folded.utf8.contains(0x22) else { return folded }
    var result: [UInt8] = []
    var isQuoted = false
    for byte in folded.utf8 {
      if byte == 0x22 { isQuoted.toggle() } else if !isQuoted { result.append(byte) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func wordCount(_ folded: String) -> Int {
    var count = 0
    var isInWord = false
    for byte in folded.utf8 {
      if byte != 0x20, !isInWord { count += 1 }
      isInWord = byte != 0x20
    }
    return count
  }

  private static func endsSentence(_ folded: String) -> Bool {
    let bytes = folded.utf8Span.span
    let first = max(0, bytes.count - 8)
    var end = bytes.count
    while end > first, [0x22, 0x27, 0x29, 0x5D].contains(bytes[end - 1]) { end -= 1 }
    guard end > first else { return false }
    let last = bytes[end - 1]
    // "…" ends in 0xA6.
    return last == 0x2E || last == 0x21 || last == 0x3F
      || last == 0xA6 && end - first >= 3 && bytes[end - 2] == 0x80 && bytes[end - 3] == 0xE2
  }

  private static func hasColumns(_ text: String) -> Bool {
    var bars = 0
    var gaps = 0
    var spaces = 0
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x20, 0xA0: spaces += 1
      case 0x09: spaces += 2
      default:
        if spaces >= 2 { gaps += 1 }
        spaces = 0
        // "|", "·", "»", "•", "›"
        switch scalar.value {
        case 0x7C, 0xB7, 0xBB, 0x2022, 0x203A: bars += 1
        default: break
        }
      }
    }
    return bars >= 2 || gaps >= 2 || text.holds(" › ") || text.holds(" » ") || (gaps == 1 && text.utf8.count < 40)
  }

  private static func isAllCapitals(_ text: String) -> Bool {
    var hasCapital = false
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x61...0x7A: return false
      case 0x41...0x5A: hasCapital = true
      case 0..<0x80: continue
      default:
        if scalar.properties.isLowercase { return false }
        hasCapital = hasCapital || scalar.properties.isUppercase
      }
    }
    return hasCapital
  }

  private static let ownWords = WordMap(
    ["we", "our", "ours", "you", "your", "yours", "we're", "we've", "we'll", "you're", "you'll", "you've", "i", "my"]
      .map { (WordHash.of($0.utf8), ()) })

  private static func addressesReader(_ unquoted: String) -> Bool {
    let bytes = unquoted.utf8.span
    var start = 0
    for end in 0...bytes.count {
      if end < bytes.count {
        let byte = bytes[end]
        if byte &- 0x61 < 26 || byte == 0x27 || byte == 0x2E || byte >= 0x80 { continue }
      }
      defer { start = end + 1 }
      // None of the words is longer than six letters, and few others begin as they do.
      guard end > start, end - start <= 7, ownLetters.contains(bytes[start]) else { continue }
      var hash = WordHash.empty
      for index in start..<end where index < end - 1 || bytes[index] != 0x2E {
        hash = WordHash.adding(bytes[index], to: hash)
      }
      if ownWords[hash] != nil { return true }
    }
    return false
  }

  /// First letters of these words.
  private static let ownLetters: [UInt8] = Array("imowy".utf8)

  private var isReportingParagraph: Bool {
    guard length >= 100, endsSentence || length >= 200, !addressesReader, !isCaption, !isCredit else { return false }
    return kinds.isDisjoint(with: [.newsletter, .donation, .app, .cookies, .copyright, .comments])
  }

  /// Whether it is a sentence, as opposed to a headline or label.
  var isSentence: Bool { endsSentence && wordCount >= 4 }
}
