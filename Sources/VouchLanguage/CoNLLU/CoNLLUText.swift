internal import VouchCore

/// One document in CoNLL-U, line by line: its words as they stand there, faults reported and left out.
///
/// The format: <https://universaldependencies.org/format.html>. Empty nodes and enhanced dependencies are passed over.
struct CoNLLUText {
  /// A syntactic word; columns that hold `_` are `nil`.
  struct Word {
    var form: String
    var lemma: String?
    var upos: UPOS?
    var xpos: Symbol?
    /// `nil` for `_`, which may mean that the word has none.
    var features: Features?
    /// From 1 in the sentence, 0 the root, -1 for what is no number.
    var head: Int?
    var deprel: Symbol?
    var line: Int
  }

  /// A stretch of text without white space before it that counts: a word, or several under one multi-word token.
  struct Unit {
    var form: String
    var words: Range<Int>
    var hasSpaceAfter: Bool
  }

  struct Sentence {
    var words: [Word] = []
    var units: [Unit] = []
    var text: String?
    var startsParagraph = false
    /// Line of its first comment or word.
    var line: Int
  }

  /// Most messages about one document; what is beyond is counted.
  static let messageLimit = 20

  private(set) var id: String?
  private(set) var sentences: [Sentence] = []
  private(set) var diagnostics: [Diagnostic] = []
  private var untold = 0
  private let path: String?

  private var current: Sentence
  private var isBroken = false
  /// Words of the sentences that are kept.
  private var wordCount = 0
  private let wordLimit: Int
  private var coveredEnd = 0

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - bytes: The lines, ended by line feeds; ill-formed UTF-8 becomes U+FFFD.
  ///   - start: Where the first line stands.
  init(_ bytes: [UInt8], start: Diagnostic.Location, wordLimit: Int = Document.mostTokens) {
    self.wordLimit = wordLimit
    path = start.path
    var line = start.line ?? 1
    current = Sentence(line: line)
    for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      take(part, line)
      line += 1
    }
    close(line)
    if untold > 0 {
      diagnostics.append(
        Diagnostic(.warning, "conllu.more", "\(untold) more faults of this document are not listed", at: start))
    }
  }

  mutating func report(_ code: String, _ message: String, _ line: Int) {
    guard diagnostics.count < Self.messageLimit else { return untold += 1 }
    diagnostics.append(Diagnostic(.warning, code, message, at: .init(path: path, line: line)))
  }

  private mutating func take(_ bytes: ArraySlice<UInt8>, _ line: Int) {
    var bytes = bytes
    if bytes.last == 0x0D { bytes.removeLast() }
    if bytes.allSatisfy({ $0 == 0x20 }) { return close(line + 1) }
    if (try? UTF8Span(validating: bytes.span)) == nil {
      report("article.encoding", "the line is no valid UTF-8; what is ill-formed became U+FFFD", line)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    if text.utf8.first == 0x23 {
      comment(text.dropFirst(), line)
    } else {
      word(text, line)
    }
  }

  private mutating func comment(_ text: Substring, _ line: Int) {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let key = Self.trimmed(sides[0])
    let value = sides.count == 2 ? String(Self.trimmed(sides[1])) : nil
    if key == "text" { current.text = value }
    if key == "newdoc id", id == nil, value != "" { id = value }
    if key == "newpar" || key.hasPrefix("newpar ") { current.startsParagraph = true }
  }

  private mutating func word(_ text: String, _ line: Int) {
    if isBroken { return }
    let columns = text.split(separator: "\t", omittingEmptySubsequences: false)
    guard columns.count == 10 else {
      return breakOff("conllu.columns", "found \(columns.count) columns; expected 10 between tabs", line)
    }
    if columns[0].utf8.contains(0x2E) { return }
    let form = Self.trimmed(columns[1]) { $0.properties.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{200B}" }
    guard !form.isEmpty else { return breakOff("conllu.form", "the word has no form", line) }
    let hasSpaceAfter = !columns[9].split(separator: "|").contains("SpaceAfter=No")
    let next = current.words.count + 1
    if columns[0].utf8.contains(0x2D) {
      let ends = columns[0].split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
      guard ends.count == 2, ends[0] == next, coveredEnd < next, let last = ends[1], last > next, last - next < 64
      else {
        return breakOff("conllu.id", "found the range \"\(columns[0])\"; expected one from \(next)", line)
      }
      coveredEnd = last
      current.units.append(Unit(form: String(form), words: next - 1..<last, hasSpaceAfter: hasSpaceAfter))
      return
    }
    guard columns[0] == "\(next)" else {
      return breakOff("conllu.id", "found the number \"\(columns[0])\"; expected \(next)", line)
    }
    guard wordCount + next <= wordLimit else {
      return breakOff("article.words", "found more than \(wordLimit) words", line)
    }
    if next > coveredEnd {
      current.units.append(Unit(form: String(form), words: next - 1..<next, hasSpaceAfter: hasSpaceAfter))
    }
    current.words.append(word(columns, String(form), line))
  }

  private mutating func word(_ columns: [Substring], _ form: String, _ line: Int) -> Word {
    var word = Word(form: form, line: line)
    let lemma = Self.trimmed(columns[2])
    if !lemma.isEmpty, lemma != "_" || form == "_" { word.lemma = String(lemma) }
    if columns[3] != "_" {
      word.upos = UPOS(rawValue: String(columns[3]))
      if word.upos == nil {
        report("conllu.upos", "found the word class \"\(columns[3])\"; expected one of the 17; taken as X", line)
        word.upos = .x
      }
    }
    if columns[4] != "_" {
      let tag = String(columns[4])
      if TagNames.xpos.contains(tag) {
        word.xpos = Symbol(tag)
      } else {
        report("conllu.xpos", "found the tag \"\(tag)\"; expected one of the Penn Treebank; left out", line)
        word.xpos = .empty
      }
    }
    if columns[5] != "_" {
      let (features, unknown) = Features.parse(columns[5])
      word.features = features
      if !unknown.isEmpty {
        report("conllu.feats", "\(unknown.joined(separator: "|")): no features of English; left out", line)
      }
    }
    if columns[6] != "_" { word.head = Int(columns[6]).map { max($0, -1) } ?? -1 }
    if columns[7] != "_" {
      word.deprel = TagNames.relation(columns[7])
      if word.deprel == nil {
        report("conllu.deprel", "found the relation \"\(columns[7])\"; expected one of the 37; taken as dep", line)
        word.deprel = "dep"
      }
    }
    return word
  }

  private mutating func breakOff(_ code: String, _ message: String, _ line: Int) {
    report(code, message + "; the sentence is left out", line)
    isBroken = true
  }

  /// Ends a sentence; the next one begins on `line` at the earliest.
  private mutating func close(_ line: Int) {
    if !isBroken, coveredEnd > current.words.count {
      breakOff(
        "conllu.id", "the range ends at \(coveredEnd); expected a word for it", current.words.last?.line ?? current.line
      )
    }
    if !isBroken, let short = current.units.first(where: { $0.form.unicodeScalars.count < $0.words.count }) {
      breakOff("conllu.multiword", "\"\(short.form)\" is too short for \(short.words.count) words", current.line)
    }
    let startsParagraph = current.startsParagraph
    let isKept = !isBroken && !current.words.isEmpty
    if isKept {
      sentences.append(current)
      wordCount += current.words.count
    }
    current = Sentence(line: line)
    // A paragraph whose first sentence is left out begins with the next.
    if !isKept { current.startsParagraph = startsParagraph }
    isBroken = false
    coveredEnd = 0
  }

  /// Without spaces, or what else is left out, at the ends.
  private static func trimmed(
    _ text: Substring, of isSpace: (Unicode.Scalar) -> Bool = { $0 == " " }
  ) -> Substring {
    var scalars = text.unicodeScalars.drop(while: isSpace)
    while let last = scalars.last, isSpace(last) { scalars.removeLast() }
    return Substring(scalars)
  }
}
