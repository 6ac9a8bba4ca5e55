import Testing
import VouchLanguage
import VouchTestSupport

@Suite struct TreeDecoderTests {
  /// The best single-root tree's score, by trying all heads.
  static func bestByTrial(_ scores: [Float], _ count: Int) -> Double {
    var best = -Double.infinity
    var heads = [Int32](repeating: 0, count: count)
    func choose(_ word: Int) {
      guard word < count else {
        if TreeDecoder.isTree(heads) { best = max(best, total(scores, heads)) }
        return
      }
      for head in 0...count where head != word + 1 {
        heads[word] = Int32(head)
        choose(word + 1)
      }
    }
    choose(0)
    return best
  }

  static func total(_ scores: [Float], _ heads: [Int32]) -> Double {
    heads.enumerated().reduce(0) { $0 + Double(scores[$1.offset * (heads.count + 1) + Int($1.element)]) }
  }

  @Test(arguments: 1...6)
  func noTreeIsBetter(_ count: Int) {
    var numbers = SeededNumbers(seed: UInt64(count))
    var decoder = TreeDecoder()
    for round in 0..<(count == 6 ? 12 : 60) {
      // Few distinct scores make ties and cycles.
      let levels = round % 2 == 0 ? 4 : 100_000
      let scores = (0..<count * (count + 1)).map { _ in Float(numbers.next(below: levels)) / 7 - 3 }
      let heads = decoder.heads(scores, count: count)
      #expect(TreeDecoder.isTree(heads))
      #expect(abs(Self.total(scores, heads) - Self.bestByTrial(scores, count)) < 1e-4)
    }
  }

  @Test func theBestHeadsAreKeptWhereTheyAreATree() {
    var decoder = TreeDecoder()
    // Rows: the root's score, then those of words 1 to 3.
    let scores: [Float] = [0, 9, 5, 1, 7, 0, 0, 2, 1, 0, 6, 9]
    #expect(decoder.heads(scores, count: 3) == [2, 0, 2])
  }

  @Test func aSecondRootAndACycleAreUndone() {
    var decoder = TreeDecoder()
    #expect(decoder.heads([9, 0, 1, 8, 3, 0], count: 2) == [0, 1])
    #expect(decoder.heads([0, 0, 5, 1, 5, 0], count: 2) == [2, 0])
  }

  @Test func equalScoresGiveTheSameTree() {
    var decoder = TreeDecoder()
    let first = decoder.heads([Float](repeating: 1, count: 30), count: 5)
    #expect(TreeDecoder.isTree(first))
    #expect(decoder.heads([Float](repeating: 1, count: 30), count: 5) == first)
    #expect(decoder.heads([Float](repeating: 2, count: 6), count: 2) == [0, 1])
  }

  @Test(arguments: [
    [Float.nan], [.infinity], [-.infinity], [.nan, .infinity, -.infinity, 0, 1], [.greatestFiniteMagnitude, -1, 3],
    [-.greatestFiniteMagnitude, .greatestFiniteMagnitude, .nan],
  ])
  func scoresThatAreNoNumbersStillGiveATree(_ values: [Float]) {
    var decoder = TreeDecoder()
    for count in [1, 2, 7, 40] {
      let scores = (0..<count * (count + 1)).map { values[($0 * 7 + $0 / 3) % values.count] }
      #expect(TreeDecoder.isTree(decoder.heads(scores, count: count)))
    }
  }

  @Test func missingScoresGiveNoHeads() {
    var decoder = TreeDecoder()
    #expect(decoder.heads([], count: 0).isEmpty)
    #expect(decoder.heads([1, 2, 3], count: 2).isEmpty)
  }

  /// Chains of cycles within cycles take the most contractions.
  @Test func longSentencesTakeLittleTime() {
    let count = 500
    var numbers = SeededNumbers(seed: 9)
    var decoder = TreeDecoder()
    let nested = (0..<count * (count + 1)).map { index -> Float in
      let (word, head) = (index / (count + 1) + 1, index % (count + 1))
      return head == 0 ? -1 : -Float(abs(word - head)) - Float(max(word, head)) / 1000
    }
    let random = nested.map { _ in Float(numbers.next(below: 1 << 20)) }
    let clock = ContinuousClock()
    for scores in [nested, random] {
      var heads: [Int32] = []
      let time = clock.measure { heads = decoder.heads(scores, count: count) }
      #expect(TreeDecoder.isTree(heads))
      #expect(time < .seconds(10))
    }
  }

  @Test(
    arguments: [
      ([0, 1, 2], true), ([0, 0, 1], false), ([2, 1, 0], false), ([1, 0], false), ([], false), ([0, 7], false),
      ([3, 3, 0], true), ([-1, 0], false),
    ] as [([Int32], Bool)])
  func treesAreTold(_ heads: [Int32], _ isTree: Bool) { #expect(TreeDecoder.isTree(heads) == isTree) }
}
