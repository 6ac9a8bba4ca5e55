/// A sentence with marked words: `⟦a:The Kremlin⟧ ⟦t:rejected⟧ ⟦x:the plan⟧`.
public struct MarkedText: Sendable {
  /// The text without its marks.
  public let plain: String
  /// The words under each label, in order.
  public let marks: [(label: String, words: String)]

  /// Reads the marks; they do not nest.
  public init(_ marked: String) {
    var plain = ""
    var marks: [(label: String, words: String)] = []
    for (index, piece) in marked.split(separator: "⟦", omittingEmptySubsequences: false).enumerated() {
      guard index > 0, let colon = piece.firstIndex(of: ":"), let close = piece.firstIndex(of: "⟧") else {
        plain += piece
        continue
      }
      let words = String(piece[piece.index(after: colon)..<close])
      marks.append((String(piece[..<colon]), words))
      plain += words + piece[piece.index(after: close)...]
    }
    self.plain = plain
    self.marks = marks
  }

  /// The words under a label, in order.
  public subscript(_ label: String) -> [String] { marks.filter { $0.label == label }.map(\.words) }
}
