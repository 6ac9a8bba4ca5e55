internal import VouchCore

/// Plain text as copied from a page, cut into pieces: paragraphs between blank lines, single lines, list items.
enum PlainTextPage {
  private struct Line {
    /// Bytes without white space at the ends.
    var span: Span
    var indent: Int
    var isBulleted = false
  }

  /// Cuts a text; every byte that is no white space or list marker lies in exactly one piece.
  ///
  /// - Parameter keepsMarkers: Whether list markers belong to their items.
  /// - Complexity: O(n).
  static func drafts(of source: SourceText, keepsMarkers: Bool = false) -> [Draft] {
    var drafts: [Draft] = []
    var run: [Line] = []
    var hasGap = true
    for line in lines(of: source, keepsMarkers) {
      if line.span.isEmpty {
        if !run.isEmpty { drafts += pieces(of: run, gapBefore: hasGap, source) }
        run = []
        hasGap = true
      } else {
        run.append(line)
      }
    }
    if !run.isEmpty { drafts += pieces(of: run, gapBefore: hasGap, source) }
    return drafts
  }

  private static func lines(of source: SourceText, _ keepsMarkers: Bool) -> [Line] {
    let bytes = source.bytes
    var lines: [Line] = []
    var start = 0
    var position = 0
    while position <= bytes.count {
      if position == bytes.count || bytes[position] == 0x0A || bytes[position] == 0x0D {
        let span = source.trimmed(Span(start, position))
        var line = Line(span: span, indent: Int(span.start) - start)
        let width = bulletWidth(bytes, span)
        if width > 0 {
          line.isBulleted = true
          if !keepsMarkers { line.span = source.trimmed(Span(Int(span.start) + width, Int(span.end))) }
        }
        lines.append(line)
        if position + 1 < bytes.count, bytes[position] == 0x0D, bytes[position + 1] == 0x0A { position += 1 }
        start = position + 1
      }
      position += 1
    }
    return lines
  }

  /// Length of the list marker at the start of a line, the space behind it included; 0 if there is none.
  private static func bulletWidth(_ bytes: [UInt8], _ span: Span) -> Int {
    let line = bytes[span.range]
    for marker in ["•", "‣", "▪", "●", "◦", "·", "*", "-", "–"] {
      let width = marker.utf8.count
      guard line.starts(with: marker.utf8), line.count > width + 1 else { continue }
      let next = span.range.lowerBound + width
      let space = SourceText.spaceWidth(bytes, at: next, before: span.range.upperBound)
      guard space > 0 else { continue }
      // "- 30 -" and "* * *" are rules, not items.
      let rest = bytes[(next + space)..<span.range.upperBound]
      return rest.contains { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A || $0 >= 0xC3 } ? width + space : 0
    }
    return 0
  }

  /// Pieces of the lines between two blank ones.
  private static func pieces(of run: [Line], gapBefore: Bool, _ source: SourceText) -> [Draft] {
    if run.count > 1, isWrapped(run, source), let first = run.first, let last = run.last {
      return [Draft(span: first.span.union(last.span), hint: first.isBulleted ? .item : .none, gapBefore: gapBefore)]
    }
    var drafts: [Draft] = []
    var itemIndent: Int?
    for (index, line) in run.enumerated() {
      // A deeper line without a marker goes on with the item above it.
      if let indent = itemIndent, !line.isBulleted, line.indent > indent, let last = drafts.indices.last {
        drafts[last].span = drafts[last].span.union(line.span)
        continue
      }
      itemIndent = line.isBulleted ? line.indent : nil
      drafts.append(Draft(span: line.span, hint: line.isBulleted ? .item : .none, gapBefore: gapBefore && index == 0))
    }
    return drafts
  }

  /// Whether the lines are one paragraph broken at a fixed width: no next line's first word had room on the line before.
  private static func isWrapped(_ run: [Line], _ source: SourceText) -> Bool {
    guard run.dropFirst().allSatisfy({ !$0.isBulleted }) else { return false }
    let widths = run.map { source.index.codePoints(of: $0.span).count }
    guard let width = widths.max(), (40...120).contains(width) else { return false }
    for index in 1..<run.count {
      let word = source.bytes[run[index].span.range].prefix { $0 > 0x20 }
      let first = String(decoding: word, as: UTF8.self).unicodeScalars.count
      if widths[index - 1] + 1 + first <= width { return false }
    }
    // Two lines prove little: the second must go on in the middle of a sentence.
    guard run.count == 2, let first = source.bytes[run[1].span.range].first else { return true }
    return first >= 0x61 && first <= 0x7A
  }
}
