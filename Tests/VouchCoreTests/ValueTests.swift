import Testing
import VouchCore
import VouchTestSupport

@Suite struct CalendarDateTests {
  @Test(arguments: ["2025-12-28", "2025-12", "2025", "2024-02-29", "0001-01-01", "9999-12-31"])
  func whatIsKnownIsPrintedAsItWasRead(text: String) {
    #expect(CalendarDate(iso8601: text)?.description == text)
  }

  @Test(arguments: ["2025-13", "2025-02-29", "25-12-28", "2025-1-1", "", "2025-12-28-01", "20x5", "0000", "２０２５"])
  func whatIsNoDateIsRefused(text: String) { #expect(CalendarDate(iso8601: text) == nil) }

  @Test func timesAfterTheDateAreLeftOut() {
    #expect(CalendarDate(iso8601: "2025-12-28T10:00:00Z")?.description == "2025-12-28")
  }

  /// 2025-12-28 was a Sunday, 1970-01-01 a Thursday, 2000-02-29 a Tuesday.
  @Test(arguments: [("2025-12-28", 6, 20450), ("1970-01-01", 3, 0), ("2000-02-29", 1, 11016), ("1969-12-31", 2, -1)])
  func daysAreCountedFrom1970(text: String, weekday: Int, number: Int) throws {
    let date = try #require(CalendarDate(iso8601: text))
    #expect(date.weekday == weekday)
    #expect(date.dayNumber == number)
    #expect(CalendarDate(dayNumber: number) == date)
  }

  @Test func everyDayOfFourCenturiesConvertsBothWays() {
    for number in stride(from: -73_000, to: 73_000, by: 1) {
      #expect(CalendarDate(dayNumber: number)?.dayNumber == number)
    }
  }

  @Test func periodsEndWhereTheNextBegins() throws {
    #expect(try #require(CalendarDate(iso8601: "2024")).endDayNumber == CalendarDate(iso8601: "2025")?.dayNumber)
    #expect(try #require(CalendarDate(iso8601: "2024-02")).endDayNumber == CalendarDate(iso8601: "2024-03")?.dayNumber)
  }
}

@Suite struct FoldingTests {
  @Test(arguments: [
    ("Zélenský", "zelensky"), ("ERDOĞAN", "erdogan"), ("Müller", "muller"), ("  two\u{A0} words ", "two words"),
    ("O’Neill", "o'neill"),
    ("Łódź", "lodz"), ("Straße", "strasse"), ("Київ", "київ"), ("İstanbul", "istanbul"), ("Mar‑a‑Lago", "mar-a-lago"),
    ("e\u{301}tude", "etude"), ("", ""),
  ])
  func namesAreComparedWithoutCaseAndMarks(name: String, folded: String) {
    #expect(name.folded == folded)
    #expect(folded.folded == folded)
  }
}

@Suite struct XXH64Tests {
  /// Vectors computed with the reference implementation.
  @Test(
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("a", 0xD24E_C4F1_A98C_6E5B), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func hashesEqualTheReference(text: String, hash: UInt64) { #expect(XXH64.hash(text.utf8) == hash) }
}

@Suite struct JSONWriterTests {
  @Test func membersComeInOrderAndStringsAreEscaped() {
    var json = JSONWriter()
    json.beginObject()
    json.string("a\"b", "x\\\n\u{1}é")
    json.integer("n", nil)
    json.beginArray("list")
    json.number(nil, 0.125)
    json.number(nil, -2)
    json.number(nil, .infinity)
    json.range(nil, 3..<5)
    json.boolean(nil, true)
    json.endArray()
    json.endObject()
    #expect(json.string == #"{"a\"b": "x\\\n\u0001é", "n": null, "list": [0.125, -2, null, [3, 5], true]}"#)
  }
}

@Suite struct DiagnosticTests {
  @Test func placeCodeAndMessageMakeOneLine() {
    let location = Diagnostic.Location(path: "a.jsonl", line: 3, column: 9)
    #expect(
      Diagnostic(.error, "json.type", "found a number", at: location).rendered
        == "a.jsonl:3:9: error[json.type]: found a number")
    #expect(Diagnostic(.note, "x", "y").rendered == "note[x]: y")
  }
}
