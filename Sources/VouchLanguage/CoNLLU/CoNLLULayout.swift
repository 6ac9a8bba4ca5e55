internal import VouchArticles
internal import VouchCore

/// Puts the text of a document in CoNLL-U together and finds the place of each word in it.
struct CoNLLULayout {
  /// The text so far, UTF-8.
  private(set) var bytes: [UInt8] = []
  /// Places of all words, ascending.
  private(set) var words: [Span] = []
  /// Places of the sentences, and the block of each.
  private(set) var sentences: [Span] = []
  private(set) var blockOf: [Int] = []
  /// The paragraphs.
  private(set) var blocks: [Article.Block] = []
  private var isGlued = false

  /// Adds a sentence; returns what is wrong with its text.
  mutating func add(_ sentence: CoNLLUText.Sentence) -> (code: String, message: String)? {
    let isFirst = blocks.isEmpty
    if !isFirst { bytes.append(contentsOf: sentence.startsParagraph ? [0x0A, 0x0A] : isGlued ? [] : [0x20]) }
    isGlued = sentence.units.last?.hasSpaceAfter == false
    var fault: (String, String)?
    let start = bytes.count
    var places: [Range<Int>]
    if let text = sentence.text, let found = Self.places(of: sentence.units, in: text) {
      bytes.append(contentsOf: text.utf8)
      places = found
    } else {
      if sentence.text != nil { fault = ("conllu.text", "\"# text\" is not what the words spell; the words are taken") }
      places = []
      for (index, unit) in sentence.units.enumerated() {
        let place = bytes.count - start
        bytes.append(contentsOf: unit.form.utf8)
        places.append(place..<bytes.count - start)
        if unit.hasSpaceAfter, index + 1 < sentence.units.count { bytes.append(0x20) }
      }
    }
    let end = start + (places.last?.upperBound ?? 0)
    bytes.removeSubrange(end...)
    for (unit, place) in zip(sentence.units, places) {
      let whole = start + place.lowerBound..<start + place.upperBound
      if unit.words.count == 1 {
        words.append(Span(whole))
      } else {
        let (cuts, isSpelt) = Self.cuts(unit.form, sentence.words[unit.words].map(\.form), whole)
        words += cuts
        if !isSpelt { fault = ("conllu.multiword", "\"\(unit.form)\" is not what its words spell; it is cut evenly") }
      }
    }
    let span = Span(start + (places.first?.lowerBound ?? 0), end)
    if isFirst || sentence.startsParagraph {
      blocks.append(Article.Block(span, .paragraph))
    } else if let last = blocks.indices.last {
      blocks[last].span = blocks[last].span.union(span)
    }
    sentences.append(span)
    blockOf.append(blocks.count - 1)
    return fault
  }

  /// Where the units stand in a text that holds them with nothing but white space between; `nil` if it does not.
  private static func places(of units: [CoNLLUText.Unit], in text: String) -> [Range<Int>]? {
    let bytes = Array(text.utf8)
    var places: [Range<Int>] = []
    var position = 0
    func skipSpace() {
      while position < bytes.count {
        let width = SourceText.spaceWidth(bytes, at: position, before: bytes.count)
        if width == 0 { return }
        position += width
      }
    }
    for unit in units {
      skipSpace()
      guard bytes[position...].starts(with: unit.form.utf8) else { return nil }
      places.append(position..<position + unit.form.utf8.count)
      position += unit.form.utf8.count
    }
    skipSpace()
    return position == bytes.count ? places : nil
  }

  /// The places of the words of a multi-word token: where they spell it, their own; else even pieces of it.
  private static func cuts(_ form: String, _ words: [String], _ whole: Range<Int>) -> (spans: [Span], isSpelt: Bool) {
    var spans: [Span] = []
    var start = whole.lowerBound
    if words.joined() == form {
      for word in words {
        spans.append(Span(start, start + word.utf8.count))
        start += word.utf8.count
      }
      return (spans, true)
    }
    let scalars = Array(form.unicodeScalars)
    for index in words.indices {
      let piece = scalars[scalars.count * index / words.count..<scalars.count * (index + 1) / words.count]
      let end = start + piece.reduce(0) { $0 + UTF8.width($1) }
      spans.append(Span(start, end))
      start = end
    }
    return (spans, false)
  }
}
