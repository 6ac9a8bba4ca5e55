internal import VouchCore

/// A source text as a page holds it: whole, or only the sentences that are evidence; places count UTF-16 code units, as scripts do.
struct PageText {
  /// The text; passages that do not follow each other stand on lines of their own.
  let text: String
  /// Where sentences begin and end, one after the other.
  let sentences: [Int]
  /// Parts of the source that are in the text: their bytes, and the code unit at which they begin.
  private let parts: [(bytes: Range<Int>, unit: Int)]
  /// Code units before each byte of the source.
  private let units: [UInt32]

  /// - Parameters:
  ///   - all: The sentences of the source, ascending; those outside of it are passed over.
  ///   - evidence: If only passages are to be kept, the words that they hold.
  /// - Complexity: O(n) in the length of the source.
  init(_ source: SourceText, sentences all: [Span], passagesOf evidence: [Span]? = nil) {
    let spans = all.filter { Int($0.end) <= source.count }
    var units: [UInt32] = []
    units.reserveCapacity(source.count + 1)
    var count: UInt32 = 0
    for byte in source.bytes {
      units.append(count)
      // A character of four bytes is two code units; the others are one.
      if byte & 0xC0 != 0x80 { count += byte >= 0xF0 ? 2 : 1 }
    }
    units.append(count)
    self.units = units
    var kept = [0..<source.count]
    if let evidence { kept = Self.passages(evidence, spans) }
    var parts: [(bytes: Range<Int>, unit: Int)] = []
    var bytes: [UInt8] = []
    var unit = 0
    for part in kept {
      if !bytes.isEmpty {
        bytes.append(0x0A)
        unit += 1
      }
      parts.append((part, unit))
      bytes += source.bytes[part]
      unit += Int(units[part.upperBound] - units[part.lowerBound])
    }
    self.parts = parts
    text = String(decoding: bytes, as: UTF8.self)
    var places: [Int] = []
    var part = 0
    for span in spans {
      while part < parts.count, parts[part].bytes.upperBound <= Int(span.start) { part += 1 }
      guard part < parts.count, parts[part].bytes.lowerBound <= Int(span.start),
        Int(span.end) <= parts[part].bytes.upperBound
      else { continue }
      let offset = parts[part].unit - Int(units[parts[part].bytes.lowerBound])
      places += [Int(units[Int(span.start)]) + offset, Int(units[Int(span.end)]) + offset]
    }
    sentences = places
  }

  /// The sentences that hold some words, those that follow each other as one.
  private static func passages(_ evidence: [Span], _ sentences: [Span]) -> [Range<Int>] {
    var kept: [Range<Int>] = []
    var next = 0
    var end = 0
    for span in evidence.sorted() {
      end = max(end, Int(span.end))
      while next < sentences.count, Int(sentences[next].end) <= Int(span.start) { next += 1 }
      while next < sentences.count, Int(sentences[next].start) < end {
        let sentence = sentences[next].range
        if let last = kept.last, last.upperBound >= sentence.lowerBound {
          kept[kept.count - 1] = last.lowerBound..<max(last.upperBound, sentence.upperBound)
        } else {
          kept.append(sentence)
        }
        next += 1
      }
    }
    return kept
  }

  /// The code units of a span that the text holds; `nil` if it does not.
  func units(of span: Span) -> Range<Int>? {
    var low = 0
    var high = parts.count - 1
    while low <= high {
      let middle = (low + high) / 2
      let part = parts[middle]
      if Int(span.start) < part.bytes.lowerBound {
        high = middle - 1
      } else if Int(span.end) > part.bytes.upperBound {
        low = middle + 1
      } else {
        let offset = part.unit - Int(units[part.bytes.lowerBound])
        return Int(units[Int(span.start)]) + offset..<Int(units[Int(span.end)]) + offset
      }
    }
    return nil
  }
}
