internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// The quotations of a document: tokens between paired quotation marks, inside one block.
struct Quotations {
  /// Tokens of each quotation without its marks, ascending, not overlapping.
  private(set) var ranges: [Range<Int>] = []
  /// Quotation that covers a token, its marks included; -1 outside.
  private(set) var at: [Int]

  init(_ document: Document) {
    at = Array(repeating: -1, count: document.tokens.count)
    var first = 0
    while first < document.sentences.count {
      let block = document.sentences[first].block
      var last = first
      while last + 1 < document.sentences.count, document.sentences[last + 1].block == block { last += 1 }
      let tokens = document.sentences[first].tokens.lowerBound..<document.sentences[last].tokens.upperBound
      pair(tokens, document)
      first = last + 1
    }
  }

  private mutating func pair(_ tokens: Range<Int>, _ document: Document) {
    let bytes = document.text.bytes
    var open: (index: Int, close: String)?
    var index = tokens.lowerBound
    while index < tokens.upperBound {
      let norm = document.tokens[index].norm
      if let opened = open {
        if norm == opened.close, opened.close != "'" || closes(index, document, bytes) {
          if index > opened.index + 1 {
            for position in opened.index...index { at[position] = ranges.count }
            ranges.append(opened.index + 1..<index)
          }
          open = nil
        } else if norm == "\u{201C}" {
          open = (index, "\u{201D}")
        }
      } else {
        switch norm {
        case "\"": open = (index, "\"")
        case "\u{201C}": open = (index, "\u{201D}")
        case "``": open = (index, "''")
        case "\u{2018}": open = (index, "'")
        case "'" where opens(index, tokens, document, bytes): open = (index, "'")
        default: break
        }
      }
      index += 1
    }
  }

  /// Whether an apostrophe stands before a word and after a space, so that it may open a quotation; one must close it.
  private func opens(_ index: Int, _ tokens: Range<Int>, _ document: Document, _ bytes: [UInt8]) -> Bool {
    let span = document.tokens[index].span
    guard span.count == 1, index + 1 < tokens.upperBound, document.tokens[index + 1].span.start == span.end else {
      return false
    }
    guard index == tokens.lowerBound || document.tokens[index - 1].span.end < span.start else { return false }
    return (index + 2..<min(index + 200, tokens.upperBound)).contains {
      document.tokens[$0].norm == "'" && document.tokens[$0].span.count == 1 && closes($0, document, bytes)
    }
  }

  /// Whether a closing single mark ends a quotation and is no possessive: a stop or comma stands before it or no word after.
  private func closes(_ index: Int, _ document: Document, _ bytes: [UInt8]) -> Bool {
    guard index > 0 else { return false }
    let before = document.tokens[index - 1].norm
    if [",", ".", "!", "?", "\u{2026}"].contains(before) { return true }
    guard index + 1 < document.tokens.count else { return true }
    let next = document.tokens[index + 1]
    if next.sentence != document.tokens[index].sentence { return true }
    return !before.hasSuffix("s") || [",", ".", ";", ")", ":"].contains(next.norm)
  }
}
