import Testing
import VouchXML

@Suite struct WordMapTests {
  @Test func wordsAreFoundByTheirHashesWhateverTheirCase() {
    let map = WordMap(["article", "body", "article"].enumerated().map { (WordHash.of($1.utf8), $0) })
    #expect(map[WordHash.of("Article".utf8)] == 2, "of equal ones the last counts")
    #expect(map[WordHash.of("body".utf8)] == 1)
    #expect(map[WordHash.of("bod".utf8)] == nil && map[WordHash.empty] == nil)
  }

  @Test func manyWordsThatMeetInOneSlotAreKeptApart() {
    var map = WordMap<UInt64>()
    for number: UInt64 in 0..<1000 { map.insert(number, at: number << 20) }
    #expect((0..<1000).allSatisfy { map[$0 << 20] == $0 })
    #expect(map[1000 << 20] == nil && map[1] == nil)
  }
}
