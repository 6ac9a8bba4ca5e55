import Foundation
import Glibc
import Testing
import VouchCore
import VouchXML

/// Writes one document in memory and gives what stands behind the XML declaration.
private func written(_ body: (inout TextOutput) throws -> Void) throws -> (text: String, replaced: Int) {
  var output = try TextOutput(isXML: true)
  try body(&output)
  let text = String(decoding: try output.finishInMemory(), as: UTF8.self)
  let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
  try #require(text.hasPrefix(declaration))
  return (String(text.dropFirst(declaration.count).dropLast()), output.replacedCharacters)
}

@Suite struct TextOutputTests {
  @Test(arguments: [
    ("", "", 0),
    ("plain words", "plain words", 0),
    ("a & b < c > d \"e\" 'f'", "a &amp; b &lt; c &gt; d \"e\" 'f'", 0),
    ("]]>", "]]&gt;", 0),
    ("tab\tand\nline", "tab\tand\nline", 0),
    ("CR\r\nLF", "CR&#13;\nLF", 0),
    ("Zoë, Київ, 北京, 😀", "Zoë, Київ, 北京, 😀", 0),
    ("\u{0}\u{1}\u{8}\u{B}\u{C}\u{1F}\u{7F}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 7),
    ("a\u{80}b\u{85}c\u{9F}d\u{A0}e", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\u{A0}e", 3),
    ("\u{FFFD}\u{FFFE}\u{FFFF}\u{FEFF}", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FEFF}", 2),
    ("\u{D7FF}\u{E000}\u{10FFFF}", "\u{D7FF}\u{E000}\u{10FFFF}", 0),
  ])
  func escapesText(_ text: String, _ expected: String, _ replaced: Int) throws {
    let result = try written { try $0.write(text, as: .xmlText) }
    #expect(result.text == expected)
    #expect(result.replaced == replaced)
    let bytes = try written { try $0.write(Array(text.utf8).span, as: .xmlText) }
    #expect(bytes.text == expected)
  }

  @Test(
    arguments: [
      ([0xC3], 1), ([0x41, 0xC3, 0x28], 1), ([0xE2, 0x82], 2), ([0xED, 0xA0, 0x80], 3), ([0xC0, 0xAF], 2),
      ([0xF4, 0x90, 0x80, 0x80], 4), ([0xF0, 0x80, 0x80, 0x80], 4), ([0xFF, 0xFE], 2), ([0x80], 1),
    ] as [([UInt8], Int)])
  func replacesIllFormedBytes(_ bytes: [UInt8], _ replaced: Int) throws {
    let result = try written { try $0.write(bytes.span, as: .xmlText) }
    #expect(result.replaced == replaced)
    #expect(result.text.unicodeScalars.count { $0 == "\u{FFFD}" } == replaced)
  }

  @Test func keepsLineEndsInAttributes() throws {
    let result = try written { try $0.write("a\tb\nc\rd\"<", as: .xmlAttribute) }
    #expect(result.text == "a&#9;b&#10;c&#13;d&quot;&lt;")
  }

  @Test(arguments: [0, 7, -7, 10, 99, 100, 1_000_000, Int.max, Int.min])
  func writesIntegers(_ number: Int) throws {
    #expect(try written { try $0.write(number) }.text == String(number))
  }

  @Test func crossesChunks() throws {
    var expected = ""
    let result = try written { output in
      for number in 0..<30_000 {
        try output.write("<n>")
        try output.write(number)
        try output.write(" é&", as: .xmlText)
        try output.write("</n>")
        expected += "<n>\(number) é&amp;</n>"
      }
    }
    #expect(result.text == expected)
    let long = String(repeating: "ab€", count: 100_000)
    #expect(try written { try $0.write(long, as: .xmlText) }.text == long)
  }

  @Test(
    arguments: [
      (.json, "a\"b\\c\t\n\r d", "a\\\"b\\\\c\\t\\n\\r d"), (.jsonInXML, "<\"&\\>", "&lt;\\\"&amp;\\\\&gt;"),
      (.turtle, "a\"b\\c\n<&", "a\\\"b\\\\c\\n<&"), (.csv, "a\"b,\r\nc", "a\"\"b,  c"),
      (.jsonInCSV, "a\"b\\", "a\\\"\"b\\\\"),
    ] as [(Escaping, String, String)])
  func escapesForOtherFormats(_ escaping: Escaping, _ text: String, _ expected: String) throws {
    var output = try TextOutput(isXML: false)
    try output.write(text, as: escaping)
    #expect(String(decoding: try output.finishInMemory(), as: UTF8.self) == expected)
  }

  @Test(arguments: Escaping.allCases) func replacesWhatXMLForbidsInEveryFormat(_ escaping: Escaping) throws {
    var output = try TextOutput(isXML: false)
    try output.write([0x41, 0x01, 0xED, 0xA0, 0x80, 0xFF, 0x42].span, as: escaping)
    #expect(
      String(decoding: try output.finishInMemory(), as: UTF8.self) == "A\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}B")
    #expect(output.replacedCharacters == 5)
  }

  @Test(arguments: [("héllo", 6, "héllo"), ("héllo", 2, "h…"), ("a\"b", 2, "a\\\"…"), ("é", 0, "…"), ("", 0, "")])
  func textIsCutBeforeACodePoint(_ text: String, _ limit: Int, _ expected: String) throws {
    var output = try TextOutput(isXML: false)
    try output.write(text.utf8Span.span, as: .dot, limit: limit)
    #expect(String(decoding: try output.finishInMemory(), as: UTF8.self) == expected)
  }

  @Test(arguments: [(0, "0"), (1000, "1"), (250, "0.25"), (905, "0.905"), (-1500, "-1.5"), (12_345_600, "12345.6")])
  func writesThousandths(_ number: Int, _ expected: String) throws {
    #expect(try written { try $0.write(thousandths: number) }.text == expected)
  }

  @Test func keepsTheFirstError() throws {
    let descriptor = unsafe open("/dev/full", O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var output = try TextOutput(fileDescriptor: descriptor, isXML: true)
    var first: ErrorNumber?
    do throws(ErrorNumber) {
      for _ in 0..<100_000 { try output.write("<element/>") }
      try output.finish()
    } catch { first = error }
    #expect(first?.code == ENOSPC)
    var second: ErrorNumber?
    do throws(ErrorNumber) { try output.finish() } catch { second = error }
    #expect(second == first)
    #expect(output.failure == first)
  }

  @Test func reportsAClosedDescriptor() throws {
    var failure: ErrorNumber?
    do throws(ErrorNumber) {
      var output = try TextOutput(fileDescriptor: 900_000, isXML: true)
      try output.write("<a/>")
      try output.finish()
    } catch { failure = error }
    #expect(failure?.code == EBADF)
    #expect(failure?.description.isEmpty == false)
  }

  @Test func writesToADescriptor() throws {
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    var output = try TextOutput(fileDescriptor: ends[1], isXML: true)
    try output.write("<a>")
    try output.write("x<y", as: .xmlText)
    try output.write("</a>")
    try output.finish()
    #expect(output.byteCount == 13)
    close(ends[1])
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = unsafe read(ends[0], &bytes, 200)
    close(ends[0])
    #expect(
      String(decoding: bytes.prefix(count), as: UTF8.self)
        == "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a>x&lt;y</a>\n")
  }

  @Test func partsStandInTheirOrderWhoeverIsFaster() throws {
    // The second part outgrows its buffer before the first has begun.
    let long = String(repeating: "second ", count: 1_000_000)
    let text = try writtenInParts { (number, part, output) throws(ErrorNumber) in
      if number == 0 { usleep(20_000) }
      try output.write(part == 1 ? long : "part \(part)\u{1} ", as: .xmlText)
    }
    #expect(text.bytes == "start part 0\u{FFFD} \(long)part 2\u{FFFD} part 3\u{FFFD} end")
    #expect(text.failed == [] && text.replaced == 3)
  }

  @Test func nothingFollowsAPartThatWasGivenUp() throws {
    let text = try writtenInParts { (_, part, output) throws(ErrorNumber) in
      try output.write("part \(part) ", as: .xmlText)
      if part > 0 { throw ErrorNumber(code: EDOM + Int32(part)) }
    }
    #expect(text.bytes == "start part 0 part 1 end")
    #expect(text.failed == [1])
  }

  /// Writes parts 0 to 3 on two threads, the even ones on thread 0; tells which parts were the first to be given up.
  private func writtenInParts(
    _ write: @escaping @Sendable (_ thread: Int, _ part: Int, inout TextOutput) throws(ErrorNumber) -> Void
  ) throws -> (bytes: String, failed: [Int], replaced: Int) {
    final class Outputs: @unchecked Sendable {
      var even, odd: TextOutput
      var failedEven: [Int] = []
      var failedOdd: [Int] = []
      init(_ main: inout TextOutput) throws {
        even = try TextOutput(sharing: &main)
        odd = try TextOutput(sharing: &main)
      }
    }
    var main = try TextOutput(isXML: false)
    try main.write("start ")
    let outputs = try Outputs(&main)
    @Sendable func run(_ thread: Int, _ output: inout TextOutput) -> [Int] {
      for part in [thread, thread + 2] {
        output.begin(part: part)
        do throws(ErrorNumber) {
          try write(thread, part, &output)
          try output.endPart()
        } catch {
          return output.abandonPart() ? [part] : []
        }
      }
      return []
    }
    let thread = Thread { outputs.failedOdd = run(1, &outputs.odd) }
    thread.start()
    outputs.failedEven = run(0, &outputs.even)
    while !thread.isFinished { usleep(1000) }
    main.absorb(outputs.even)
    main.absorb(outputs.odd)
    try main.write("end")
    let bytes = try main.finishInMemory()
    #expect(main.byteCount == bytes.count)
    return (String(decoding: bytes, as: UTF8.self), outputs.failedEven + outputs.failedOdd, main.replacedCharacters)
  }
}
