import Testing
import VouchCore

/// JSON: what it is read as, and where what is none goes wrong.
@Suite struct JSONTests {
  @Test(arguments: [
    ("null", JSONValue.null), (" true ", .boolean(true)), ("17", .number("17")), ("-0.50", .number("-0.5")),
    ("1e3", .number("1000.0")), ("1e999", .number("1e999")), ("\"\"", .string("")),
    ("\"a\\n\\u00e9\\/\"", .string("a\né/")),
    ("\"\\ud83d\\ude00\"", .string("😀")), ("[]", .array([])),
    ("[1, [2], {}]", .array([.number("1"), .array([.number("2")]), .object([:])])),
    ("{\"a\": {\"b\": [null]}, \"c\": \"d\"}", .object(["a": .object(["b": .array([.null])]), "c": .string("d")])),
    ("\u{FEFF}{\"a\": 1, \"a\": 2}", .object(["a": .number("2")])),
  ])
  func readsValues(_ text: String, _ value: JSONValue) throws {
    #expect(try JSONValue(parsing: Array(text.utf8)[...]) == value)
  }

  @Test(arguments: [
    ("", 1, 1), ("{", 1, 2), ("[1,]", 1, 4), ("{\"a\": é}", 1, 7), ("{\"é\" 1}", 1, 6),
    ("{\n  \"a\": 1\n  \"b\": 2}", 3, 3),
    ("tru", 1, 4), ("01", 1, 2), ("1.", 1, 3), ("\"a", 1, 3), ("\"\t\"", 1, 2), ("\"\\x\"", 1, 3),
    ("\"\\ud800\"", 1, 2),
    ("\"\\udc00\\ud800\"", 1, 2), ("[1] 2", 1, 5), ("{1: 2}", 1, 2), ("nul\u{0}", 1, 4), ("[\"a\" \"b\"]", 1, 6),
    ("}", 1, 1),
  ])
  func tellsWhereItGoesWrong(_ text: String, _ line: Int, _ column: Int) {
    let bytes = Array(text.utf8)
    do throws(JSONValue.Failure) {
      _ = try JSONValue(parsing: bytes[...])
      Issue.record("was read")
    } catch {
      let place = error.place(in: bytes[...])
      #expect((place.line, place.column) == (line, column), "\(error)")
    }
  }

  @Test func refusesIllFormedText() {
    for bytes: [UInt8] in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0xFF]] {
      #expect(throws: JSONValue.Failure.self) { try JSONValue(parsing: bytes[...]) }
    }
  }

  @Test func nestsOnlySoDeep() throws {
    func nested(_ depth: Int) -> [UInt8] {
      Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
    }
    _ = try JSONValue(parsing: nested(JSONValue.depthLimit)[...])
    for depth in [JSONValue.depthLimit + 1, 1_000_000] {
      #expect(throws: JSONValue.Failure.self) { try JSONValue(parsing: nested(depth)[...]) }
    }
  }
}
