public import VouchCore
public import VouchOntology
internal import VouchXML

/// What the ontology knows about pages: phrases of boilerplate, media and agencies, given names.
public struct PageLexicon: Sendable {
  /// What phrases of boilerplate belong to.
  struct PhraseKinds: OptionSet {
    let rawValue: UInt16

    static let app = PhraseKinds(rawValue: 1 << 0), comments = PhraseKinds(rawValue: 1 << 1)
    static let cookies = PhraseKinds(rawValue: 1 << 2), copyright = PhraseKinds(rawValue: 1 << 3)
    static let donation = PhraseKinds(rawValue: 1 << 4), navigation = PhraseKinds(rawValue: 1 << 5)
    static let newsletter = PhraseKinds(rawValue: 1 << 6), photo = PhraseKinds(rawValue: 1 << 7)
    static let related = PhraseKinds(rawValue: 1 << 8), social = PhraseKinds(rawValue: 1 << 9)
    static let readingTime = PhraseKinds(rawValue: 1 << 10)

    /// The kind of a name in the table.
    fileprivate static let named: [String: PhraseKinds] = [
      "app": app, "comments": comments, "cookies": cookies, "copyright": copyright, "donation": donation,
      "navigation": navigation, "newsletter": newsletter, "photo": photo, "related": related, "social": social,
      "reading-time": readingTime,
    ]
  }

  /// A newspaper, broadcaster or news agency.
  struct Medium: Hashable, Sendable {
    var name: String
    var isAgency: Bool
  }

  private struct Phrase: Sendable {
    var bytes: [UInt8]
    var kind: PhraseKinds
  }

  private var phrases: [UInt16: [Phrase]] = [:]
  /// A bit for each pair of bytes that some phrase begins with.
  private var starts = [UInt64](repeating: 0, count: 1 << 10)
  private var lines: Set<String> = []
  /// Bytes of the longest of them.
  private var longestLine = 0
  private var media: [String: Medium] = [:]
  private var givenNames: Set<String> = []
  private var longestMedium = 1
  /// What tells languages apart.
  var languages = LanguageDetector()
  private var marks = WordMap<PageMarks>()

  /// Reads `lexicons/boilerplate`, `lexicons/boilerplate_lines`, `lexicons/given_names`, `gazetteers/outlets` and
  /// `lexicons/page_words`; one that the program was built without counts as empty.
  ///
  /// - Throws: A `Diagnostic` for a table that cannot be read.
  public init(_ ontology: Ontology) throws(Diagnostic) {
    let known = Set(Ontology.tableNames)
    var read: [[Table]] = []
    for name in [
      "lexicons/boilerplate", "lexicons/boilerplate_lines", "lexicons/given_names", "gazetteers/outlets",
      "lexicons/page_words",
    ] {
      read.append(known.contains(name) ? try ontology.rows(of: name) : [])
    }
    self.init(phrases: read[0], lines: read[1], givenNames: read[2], media: read[3], pageWords: read[4])
    if known.contains("lexicons/languages") {
      languages = LanguageDetector(try ontology.rows(of: "lexicons/languages"))
    }
  }

  /// Reads tables directly; the first row of an id wins.
  package init(phrases: [Table], lines: [Table], givenNames: [Table], media: [Table], pageWords: [Table] = []) {
    Self.forEachRow(phrases) { table, row in
      let phrase = Array(table.text(row, table.column("phrase")).folded.utf8)
      guard phrase.count > 1, let kind = PhraseKinds.named[table.text(row, table.column("kind"))] else { return }
      let key = Self.key(phrase[0], phrase[1])
      self.phrases[key, default: []].append(Phrase(bytes: phrase, kind: kind))
      starts[Int(key >> 6)] |= 1 << UInt64(key & 63)
    }
    Self.forEachRow(lines) { table, row in
      let line = table.text(row, table.column("phrase")).folded
      self.lines.insert(line)
      longestLine = max(longestLine, line.utf8.count)
    }
    Self.forEachRow(givenNames) { table, row in self.givenNames.insert(table.text(row, table.column("name")).folded) }
    Self.forEachRow(media) { table, row in
      let name = table.text(row, table.column("name"))
      let medium = Medium(name: name, isAgency: table.text(row, table.column("kind")) == "agency")
      for spelling in [name] + table.list(row, table.column("aliases")) {
        let key = spelling.folded
        if self.media[key] == nil { self.media[key] = medium }
        longestMedium = max(longestMedium, key.split(separator: " ").count)
      }
    }
    Self.forEachRow(pageWords) { table, row in
      guard let mark = PageMarks(named: table.text(row, table.column("sense"))) else { return }
      marks.insert(mark, at: WordHash.of(table.cell(row, table.column("word"))))
    }
  }

  /// What the words of a class name or id say of the text in the element: words end at anything but a letter, and
  /// where a capital letter follows a small one.
  ///
  /// - Complexity: O(n).
  func marks(in value: ArraySlice<UInt8>) -> PageMarks {
    var found: PageMarks = []
    var hash = WordHash.empty
    var whole = WordHash.empty
    var last: UInt8 = 0
    func end(_ hash: inout UInt64) {
      if hash != WordHash.empty, let mark = marks[hash] { found.formUnion(mark) }
      hash = WordHash.empty
    }
    for byte in value {
      let isLetter = (byte | 0x20) &- 0x61 < 26 || byte >= 0x80
      if !isLetter || (byte &- 0x41 < 26 && last &- 0x61 < 26) { end(&hash) }
      if isLetter { hash = WordHash.adding(byte, to: hash) }
      // "mostRead" is looked up as a whole, too.
      if isLetter { whole = WordHash.adding(byte, to: whole) } else { end(&whole) }
      last = byte
    }
    end(&hash)
    end(&whole)
    return found
  }

  private static func forEachRow(_ tables: [Table], _ body: (Table, Int) -> Void) {
    var seen: Set<String> = []
    for table in tables {
      for row in 0..<table.rowCount where seen.insert(table.text(row, 0)).inserted { body(table, row) }
    }
  }

  private static func key(_ first: UInt8, _ second: UInt8) -> UInt16 { UInt16(first) << 8 | UInt16(second) }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80
  }

  /// Kinds of the phrases that occur in a folded text, whole words only.
  ///
  /// - Complexity: O(n) times the phrases that begin with the same two letters.
  func kinds(in folded: String) -> PhraseKinds {
    guard !phrases.isEmpty else { return [] }
    let bytes = folded.utf8Span.span
    var kinds: PhraseKinds = []
    guard bytes.count > 1 else { return [] }
    var isInWord = false
    for position in 0..<(bytes.count - 1) {
      let byte = bytes[position]
      let isWord = Self.isWordByte(byte)
      defer { isInWord = isWord }
      if isWord, isInWord { continue }
      let key = Self.key(byte, bytes[position + 1])
      guard starts[Int(key >> 6)] & (1 << UInt64(key & 63)) != 0 else { continue }
      for phrase in phrases[key] ?? [] {
        let end = position + phrase.bytes.count
        guard end <= bytes.count, phrase.bytes.indices.allSatisfy({ phrase.bytes[$0] == bytes[position + $0] }) else {
          continue
        }
        let isCut = end < bytes.count && Self.isWordByte(bytes[end]) && Self.isWordByte(bytes[end - 1])
        // "© 20" is meant as the start of a year.
        if isCut, phrase.kind != .copyright { continue }
        kinds.insert(phrase.kind)
      }
    }
    return kinds
  }

  /// Whether a whole line, folded, is one of navigation, buttons and the like.
  func isBoilerplateLine(_ folded: String) -> Bool { folded.utf8.count <= longestLine && lines.contains(folded) }

  /// Whether a folded word is a given name.
  func isGivenName(_ folded: String) -> Bool { givenNames.contains(folded) }

  /// The medium of that name, however it is written.
  func medium(_ name: String) -> Medium? { media[name.folded] }

  /// The longest known name of a medium that begins at word `start`; it must begin with a capital letter or a digit.
  func medium(in words: [TextWord], at start: Int) -> (medium: Medium, words: Range<Int>)? {
    guard words.indices.contains(start), words[start].isCapitalised else { return nil }
    let end = min(words.count, start + longestMedium)
    for last in stride(from: end, to: start, by: -1) {
      guard TextWord.isRun(words[start..<last]) else { continue }
      if let medium = media[TextWord.joined(words[start..<last]).folded] { return (medium, start..<last) }
    }
    return nil
  }
}
