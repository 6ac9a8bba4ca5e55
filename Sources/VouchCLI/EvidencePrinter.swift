import Vouch

/// Prints evidence: where it is, the passage, the words underlined.
struct EvidencePrinter {
  private static let width = 96

  let terminal: Terminal
  let indent: String

  func print(_ proof: GraphFile.Proof, _ context: (span: Span, text: String)) {
    let place =
      "\(Terminal.plain(proof.source.article))" + (proof.source.layer == .metadata ? " (metadata)" : "")
      + ", sentence \(proof.sentence), characters \(proof.codePoints.lowerBound)–\(proof.codePoints.upperBound)"
    terminal.line(
      indent + terminal.dim(place + "  [\(proof.rule), confidence \(JSONWriter.decimal(proof.confidence.value))]"))
    let before = Int(proof.span.start - context.span.start)
    let passage = Array(context.text.utf8)
    let head = Terminal.plain(String(decoding: passage[..<before], as: UTF8.self))
    let words = Terminal.plain(proof.words)
    let tail = Terminal.plain(String(decoding: passage[(before + proof.span.count)...], as: UTF8.self))
    let spaceBefore = before > 0 && passage[before - 1] <= 0x20 ? " " : ""
    let end = before + proof.span.count
    let spaceAfter = end < passage.count && passage[end] <= 0x20 ? " " : ""
    for line in Self.wrapped(head + spaceBefore, words, spaceAfter + tail) {
      terminal.line("\(indent)  \(rendered(line))")
      if !terminal.usesColor, let marks = line.marks { terminal.line("\(indent)  \(marks)") }
    }
  }

  private func rendered(_ line: Line) -> String {
    guard terminal.usesColor, let range = line.range else { return String(line.text) }
    return String(line.text[..<range.lowerBound]) + terminal.underlined(String(line.text[range]))
      + String(line.text[range.upperBound...])
  }

  /// One printed line and the part of it that is underlined.
  private struct Line {
    let text: Substring
    let range: Range<Substring.Index>?
    /// Carets under the words, for output without underlining.
    var marks: String? {
      guard let range, !range.isEmpty else { return nil }
      return String(repeating: " ", count: text.distance(from: text.startIndex, to: range.lowerBound))
        + String(repeating: "^", count: text.distance(from: range.lowerBound, to: range.upperBound))
    }
  }

  /// Breaks the passage at spaces into lines of at most `width` characters where it can.
  private static func wrapped(_ head: String, _ words: String, _ tail: String) -> [Line] {
    let text = head + words + tail
    let start = text.index(text.startIndex, offsetBy: head.count)
    let end = text.index(start, offsetBy: min(words.count, text.distance(from: start, to: text.endIndex)))
    var lines: [Line] = []
    var position = text.startIndex
    while position < text.endIndex {
      var stop = text.index(position, offsetBy: width, limitedBy: text.endIndex) ?? text.endIndex
      if stop < text.endIndex, let space = text[position..<stop].lastIndex(of: " "), space > position { stop = space }
      let marked = max(start, position)..<max(min(end, stop), max(start, position))
      lines.append(Line(text: text[position..<stop], range: marked.isEmpty || marked.lowerBound >= stop ? nil : marked))
      position = stop
      while position < text.endIndex, text[position] == " " { position = text.index(after: position) }
    }
    return lines
  }
}
