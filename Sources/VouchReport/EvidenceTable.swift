internal import VouchCore
internal import VouchStore

/// The evidence that a page shows, each place in a text once, in the order of the texts.
struct EvidenceTable {
  /// Words of a source that a rule read.
  struct Piece {
    let source: SourceID
    let span: Span
    let sentence: Int
    let rule: String
    /// Thousandths.
    let confidence: Int
  }

  private(set) var pieces: [Piece] = []
  private var numbers: [Int: Int] = [:]

  /// - Parameter evidence: Numbers of the graph's evidence, in any order.
  /// - Complexity: O(n log n).
  init(_ evidence: Set<Int>, _ graph: GraphFile) throws {
    var reader = try GraphFile.ProofReader(graph)
    var located: [GraphFile.ProofReader.Location] = []
    for id in evidence.sorted() { located.append(try reader.location(id)) }
    located.sort { a, b in
      if a.source != b.source { return a.source < b.source }
      if a.span != b.span { return a.span < b.span }
      return a.rule != b.rule ? a.rule.precedesBytewise(b.rule) : a.confidence < b.confidence
    }
    for one in located {
      if let last = pieces.last, last.source == one.source, last.span == one.span, last.rule == one.rule,
        last.confidence == Int(one.confidence.thousandths)
      {
        numbers[one.id] = pieces.count - 1
        continue
      }
      numbers[one.id] = pieces.count
      pieces.append(
        Piece(
          source: one.source, span: one.span, sentence: one.sentence, rule: one.rule,
          confidence: Int(one.confidence.thousandths)))
    }
  }

  /// The numbers of some evidence in this table, each once, ascending.
  func numbers(of evidence: [Int]) -> [Int] { Set(evidence.compactMap { numbers[$0] }).sorted() }
}
