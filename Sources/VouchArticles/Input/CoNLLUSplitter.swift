internal import VouchCore

/// Cuts a file in CoNLL-U before each `# newdoc`; holds one document at a time.
struct CoNLLUSplitter {
  /// A document, or why there is none.
  enum Piece {
    case document(bytes: [UInt8], id: String, line: Int)
    case tooLarge(line: Int)
  }

  private let source: ByteSource
  private let id: String
  private let limit: Int

  private var document: [UInt8] = []
  /// Line of the document's first byte, and line of the one that comes next.
  private var documentLine = 1
  private var line = 1
  /// Where the comments and words since the last blank line begin.
  private var sentenceStart = 0
  private var sentenceLine = 1
  private var isInWords = false
  private var sentenceHasNewdoc = false
  private var hasNewdoc = false
  private var isTooLarge = false
  private var number = 0
  private var isAtEnd = false

  /// Begins with a file.
  ///
  /// - Parameters:
  ///   - id: Name of the file; documents that begin with `# newdoc` are numbered.
  ///   - limit: Largest document in bytes.
  init(_ source: ByteSource, id: String, limit: Int) {
    self.source = source
    self.id = id
    self.limit = limit
  }

  /// The next document; `nil` after the last.
  mutating func next() throws(ErrorNumber) -> Piece? {
    while !isAtEnd {
      guard let read = try source.readLine(limit: limit) else {
        // A document that is cut off by damage is none.
        if source.damage != nil {
          abandon()
          return nil
        }
        isAtEnd = true
        sentenceStart = document.count
        return piece()
      }
      let bytes: [UInt8]
      switch read {
      case .bytes(let found): bytes = found
      case .tooLong:
        bytes = []
        isTooLarge = true
      case .cut:
        abandon()
        return nil
      }
      var found: Piece?
      if !isInWords, !sentenceHasNewdoc, Self.isNewdoc(bytes) {
        found = piece()
        hasNewdoc = true
        sentenceHasNewdoc = true
        number += 1
      }
      add(bytes)
      if let found { return found }
    }
    return nil
  }

  /// Forgets the document that has begun.
  private mutating func abandon() {
    document.removeAll()
    sentenceStart = 0
    hasNewdoc = false
    sentenceHasNewdoc = false
    isInWords = false
    isTooLarge = false
  }

  /// Cuts off what stands before the sentence that has begun.
  private mutating func piece() -> Piece? {
    let bytes = Array(document[..<sentenceStart])
    let start = documentLine
    let isKnown = isTooLarge || hasNewdoc || bytes.contains { $0 > 0x20 }
    let wasTooLarge = isTooLarge
    let name = hasNewdoc ? "\(id)#\(number)" : id
    document.removeSubrange(..<sentenceStart)
    documentLine = sentenceLine
    sentenceStart = 0
    isTooLarge = false
    guard isKnown else { return nil }
    return wasTooLarge ? .tooLarge(line: start) : .document(bytes: bytes, id: name, line: start)
  }

  private static func isNewdoc(_ line: [UInt8]) -> Bool {
    guard line.first == 0x23 else { return false }
    let rest = line.dropFirst().drop { $0 == 0x20 }
    let next = rest.dropFirst(6).first
    return rest.starts(with: "newdoc".utf8) && (next == nil || next == 0x20)
  }

  private mutating func add(_ bytes: [UInt8]) {
    line += 1
    if isTooLarge || document.count + bytes.count >= limit {
      isTooLarge = true
      document.removeAll()
      sentenceStart = 0
    } else {
      document.append(contentsOf: bytes)
      document.append(0x0A)
    }
    if bytes.allSatisfy({ $0 == 0x20 }) {
      sentenceStart = document.count
      sentenceLine = line
      isInWords = false
      sentenceHasNewdoc = false
    } else if bytes.first != 0x23 {
      isInWords = true
    }
  }
}
