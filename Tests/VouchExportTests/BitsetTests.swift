import Testing

@testable import VouchExport

@Suite struct BitsetTests {
  @Test func holdsWhatWasInserted() {
    var set = Bitset(capacity: 130)
    let inserted = [0, 64, 129, 64].map { set.insert($0) }
    #expect(inserted == [true, true, true, false])
    #expect((0..<130).filter(set.contains) == [0, 64, 129])
    set.remove(64)
    set.remove(65)
    #expect(set.count == 2 && !set.contains(64))
  }

  @Test(arguments: [-1, 10, Int.max, Int.min]) func nothingOutsideItsCapacity(number: Int) {
    var set = Bitset(capacity: 10)
    let isInserted = set.insert(number)
    #expect(!isInserted && !set.contains(number))
    set.remove(number)
    #expect(set.count == 0)
  }
}

@Suite struct AppearanceTests {
  @Test(arguments: [
    ("short", "short"),
    ("Volodymyr Zelenskyy: that India and the UAE did not react", "Volodymyr Zelenskyy: that India and…"),
    (String(repeating: "x", count: 50), String(repeating: "x", count: 36) + "…"),
  ])
  func labelsAreCutAtWords(label: String, drawn: String) { #expect(Appearance.short(label) == drawn) }

  @Test func spiralKeepsNodesApart() {
    let places = (0..<2000).map { Appearance.spiral($0) }
    for (number, place) in places.enumerated() {
      for other in places[(number + 1)...].prefix(200) {
        #expect((place.x - other.x).magnitude + (place.y - other.y).magnitude > 20_000)
      }
    }
  }
}

@Suite struct LanguageTagTests {
  @Test(arguments: [
    ("en", true), ("en-GB", true), ("uk", true), ("zh-Hant-TW", true), ("", false), ("e", false), ("english_uk", false),
    ("en-", false),
    ("en us", false), ("123", false), ("abcdefghi", false), ("en-\u{0}", false),
  ])
  func wellFormed(tag: String, expected: Bool) { #expect(LanguageTag.isWellFormed(tag) == expected) }
}
