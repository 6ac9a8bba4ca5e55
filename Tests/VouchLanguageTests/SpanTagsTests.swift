import Testing
import VouchLanguage
import VouchTestSupport

@Suite struct SpanTagsTests {
  static let tags = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC"]

  /// Scores in which each word's tag leads by one.
  static func scores(_ words: [String]) -> [Float] {
    words.flatMap { word in tags.map { $0 == word ? 1 : 0 } }
  }

  static func found(_ words: [String]) throws -> [String] {
    let tags = try #require(SpanTags(Self.tags))
    return tags.spans(scores(words), rows: 0..<words.count).map {
      "\(tags.labels[$0.label]) \($0.words.lowerBound)-\($0.words.upperBound)"
    }
  }

  @Test(
    arguments: [
      (["O", "O"], []), (["B-PER", "I-PER", "O"], ["PER 0-2"]), (["B-PER", "B-PER"], ["PER 0-1", "PER 1-2"]),
      (["B-LOC", "B-PER", "I-PER"], ["LOC 0-1", "PER 1-3"]), (["O", "B-LOC"], ["LOC 1-2"]), ([], []),
      (["B-PER", "I-PER", "I-PER", "O", "B-LOC", "I-LOC"], ["PER 0-3", "LOC 4-6"]),
    ] as [([String], [String])])
  func tagsMakeSpans(_ words: [String], _ expected: [String]) throws { #expect(try Self.found(words) == expected) }

  /// One tag is wrong; the sequence with one tag changed is the best one.
  @Test func aLooseInsideTagIsSettledByTheScores() throws {
    let tags = try #require(SpanTags(Self.tags))
    // Inside PER leads in the second word, and the first word hardly prefers O to B-PER.
    #expect(
      tags.spans([1, 0.9, 0, 0, 0, 0, 0, 3, 0, 0], rows: 0..<2) == [SpanTags.Found(words: 0..<2, label: 0)])
    #expect(tags.spans([9, 0.9, 0, 0, 0, 2.9, 0, 3, 0, 0], rows: 0..<2).isEmpty)
    #expect(tags.spans([0, 0, 9, 0, 0], rows: 0..<1).isEmpty)
  }

  /// A name begins right behind another where its scores outweigh what that costs.
  @Test func touchingSpansCanCost() throws {
    let tags = try #require(SpanTags(Self.tags) { $0 == $1 ? -2 : -0.5 })
    func found(_ words: [String]) -> [Range<Int>] { tags.spans(Self.scores(words), rows: 0..<words.count).map(\.words) }
    #expect(found(["B-PER", "B-PER"]) == [0..<1])
    #expect(found(["B-PER", "B-LOC"]) == [0..<1, 1..<2])
    #expect(found(["B-PER", "O", "B-PER"]) == [0..<1, 2..<3])
  }

  @Test(arguments: [0, -0.25, -3] as [Float]) func everySpanIsWhatSomeValidSequenceSays(_ cost: Float) throws {
    let tags = try #require(SpanTags(Self.tags) { $0 == $1 ? cost : cost / 2 })
    var numbers = SeededNumbers(seed: 4)
    for _ in 0..<200 {
      let words = 1 + numbers.next(below: 4)
      let scores = (0..<words * 5).map { _ in numbers.unit() }
      let found = tags.spans(scores, rows: 0..<words)
      #expect(Self.total(found, scores, words, cost) == Self.best(scores, words, cost))
    }
  }

  /// The score of the sequence that spans stand for, in thousandths.
  static func total(_ spans: [SpanTags.Found], _ scores: [Float], _ words: Int, _ cost: Float) -> Int {
    var columns = Array(repeating: 0, count: words)
    for span in spans {
      for word in span.words { columns[word] = 1 + 2 * span.label + (word > span.words.lowerBound ? 1 : 0) }
    }
    let touching = zip(spans, spans.dropFirst()).filter { $0.words.upperBound == $1.words.lowerBound }
    let costs = touching.map { $0.label == $1.label ? cost : cost / 2 }.reduce(0, +)
    return Int(((columns.enumerated().reduce(0) { $0 + scores[$1.offset * 5 + $1.element] } + costs) * 1000).rounded())
  }

  static func best(_ scores: [Float], _ words: Int, _ cost: Float) -> Int {
    var best = -Float.infinity
    func step(_ word: Int, _ before: Int, _ sum: Float) {
      guard word < words else {
        best = max(best, sum)
        return
      }
      for column in 0..<5 where ![2, 4].contains(column) || before == column || before == column - 1 {
        let touches = before > 0 && column % 2 == 1
        let added = touches ? (before - 1) / 2 == (column - 1) / 2 ? cost : cost / 2 : 0
        step(word + 1, column, sum + scores[word * 5 + column] + added)
      }
    }
    step(0, 0, 0)
    return Int((best * 1000).rounded())
  }

  @Test func oddScoresAndRowsDoNotTrap() throws {
    let tags = try #require(SpanTags(Self.tags))
    let odd: [Float] = [.nan, .infinity, -.infinity, .nan, 0]
    _ = tags.spans(odd + odd + odd, rows: 0..<3)
    #expect(tags.spans([], rows: 0..<0).isEmpty)
    #expect(tags.spans([0, 1, 0, 0, 0], rows: 0..<9) == [SpanTags.Found(words: 0..<1, label: 0)])
    #expect(tags.spans([Float](repeating: .nan, count: 50), rows: 2..<10).isEmpty)
  }

  @Test(arguments: [
    [], ["B-PER"], ["O", "B-PER"], ["O", "I-PER"], ["O", "O"], ["O", "B-", "I-"], ["O", "B-PER", "I-PER", "X"],
    ["O", "B-PER", "I-PER", "B-PER"],
  ])
  func otherListsAreNoTags(_ tags: [String]) { #expect(SpanTags(tags) == nil) }
}
