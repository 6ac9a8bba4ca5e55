internal import VouchArticles
internal import VouchCore

extension Document {
  /// The document's sentences and words in CoNLL-U, UTF-8, ended by a blank line.
  ///
  /// Word class, tag, features, head and relation are `_` where the syntax layer is not there. Contractions are multi-word
  /// tokens. White space between words is one space in `# text`, whatever it is in the article; `start_char` and `end_char`
  /// are code points of the article's text. Sentences without tokens are left out.
  /// - Complexity: O(n) in the size of the document.
  public var conllu: [UInt8] { CoNLLUWriter(self).written() }
}

/// Writes a document as CoNLL-U: <https://universaldependencies.org/format.html>.
private struct CoNLLUWriter {
  let document: Document
  let hasSyntax: Bool
  var output: [UInt8] = []

  init(_ document: Document) {
    self.document = document
    hasSyntax = document.layers.contains(.syntax)
  }

  consuming func written() -> [UInt8] {
    let id = Self.line(document.article.id)
    line(id.isEmpty ? "# newdoc" : "# newdoc id = " + id)
    var number = 0
    var block: Int?
    for sentence in document.sentences where !sentence.tokens.isEmpty {
      number += 1
      if sentence.block != block { line("# newpar") }
      block = sentence.block
      line("# sent_id = \(Self.word(id.isEmpty ? "s" : id))-\(number)")
      write(sentence)
    }
    return output
  }

  private mutating func write(_ sentence: Sentence) {
    var text = ""
    for index in sentence.tokens {
      text += form(index)
      if index + 1 < sentence.tokens.upperBound, !isGlued(index) { text += " " }
    }
    line("# text = " + text)
    var start = sentence.tokens.lowerBound
    while start < sentence.tokens.upperBound {
      let end = multiWordEnd(start, before: sentence.tokens.upperBound)
      let isRange = end > start + 1
      if isRange {
        let first = start - sentence.tokens.lowerBound + 1
        let surface = (start..<end).map(form).joined()
        line(
          "\(first)-\(end - sentence.tokens.lowerBound)\t\(surface)\t_\t_\t_\t_\t_\t_\t_\t"
            + (isGlued(end - 1) ? "SpaceAfter=No" : "_"))
      }
      for index in start..<end { line(columns(index, sentence, isInside: isRange)) }
      start = end
    }
    output.append(0x0A)
  }

  private func columns(_ index: Int, _ sentence: Sentence, isInside: Bool) -> String {
    let token = document.tokens[index]
    let place = document.text.index.codePoints(of: token.span)
    let misc = "start_char=\(place.lowerBound)|end_char=\(place.upperBound)"
    let head = token.head.map { $0 - sentence.tokens.lowerBound + 1 } ?? 0
    var text = "\(index - sentence.tokens.lowerBound + 1)\t\(form(index))\t"
    let lemma = Self.line(token.lemma)
    text += (lemma.isEmpty ? "_" : lemma) + "\t"
    if hasSyntax {
      let xpos = token.xpos.string
      text += "\(token.upos.rawValue)\t\(xpos.isEmpty ? "_" : xpos)\t\(token.features)\t\(head)\t\(token.deprel)"
    } else {
      text += "_\t_\t_\t_\t_"
    }
    return text + "\t_\t" + (!isInside && isGlued(index) ? "SpaceAfter=No|" : "") + misc
  }

  private func form(_ index: Int) -> String { Self.line(document.words(document.tokens[index].span)) }

  /// Whether the next token of the document follows without white space, in the same block.
  private func isGlued(_ index: Int) -> Bool {
    guard index + 1 < document.tokens.count else { return false }
    let (token, next) = (document.tokens[index], document.tokens[index + 1])
    return token.span.end == next.span.start
      && document.sentences[token.sentence].block == document.sentences[next.sentence].block
  }

  // MARK: Multi-word tokens

  /// The end of the words that are written as one with the word at an index.
  private func multiWordEnd(_ index: Int, before end: Int) -> Int {
    var last = index
    while last + 1 < end, joins(last) { last += 1 }
    return last + 1
  }

  /// Whether the next word is written as one with the word at an index: letters that touch, or an apostrophe's clitic.
  private func joins(_ index: Int) -> Bool {
    guard isGlued(index), document.tokens[index].sentence == document.tokens[index + 1].sentence else { return false }
    let next = document.tokens[index + 1]
    guard let last = document.words(document.tokens[index].span).unicodeScalars.last,
      let first = next.norm.unicodeScalars.first
    else { return false }
    if hasSyntax, next.xpos == Self.possessive { return true }
    guard last.properties.isAlphabetic || last.properties.numericType != nil || last == "." else { return false }
    if Self.clitics.contains(next.norm) { return true }
    return last.properties.isAlphabetic && first.properties.isAlphabetic
  }

  private static let possessive: Symbol = "POS"
  private static let clitics: Set<String> = ["n't", "'s", "'re", "'ve", "'ll", "'d", "'m", "`s"]

  // MARK: Fields

  private mutating func line(_ text: String) {
    output.append(contentsOf: text.utf8)
    output.append(0x0A)
  }

  /// A text fit for a field: every run of white space is one space, none at the ends; control characters become U+FFFD.
  private static func line(_ text: String) -> String {
    func isControl(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
    }
    func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar.properties.isWhitespace }
    guard text.unicodeScalars.contains(where: { isControl($0) || isSpace($0) }) else { return text }
    let words = text.unicodeScalars.split(whereSeparator: isSpace).map { word in
      String(String.UnicodeScalarView(word.map { isControl($0) ? "\u{FFFD}" : $0 }))
    }
    return words.joined(separator: " ")
  }

  /// A text fit for an id: no white space, no slash, which CoNLL-U reserves.
  private static func word(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == " " || $0 == "/" ? "_" : $0 }))
  }
}
