import Foundation
import Testing
import VouchArticles
import VouchCore

/// gzip files: unpacked whatever they hold, read on behind damage, and not without bounds.
@Suite struct PackingTests {
  /// A gzip member whose data are stored as they are.
  static func member(_ bytes: [UInt8]) -> [UInt8] {
    var packed: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = bytes[...]
    repeat {
      let part = rest.prefix(0xFFFF)
      rest = rest.dropFirst(part.count)
      packed.append(rest.isEmpty ? 1 : 0)
      packed += little(UInt32(part.count), 2) + little(~UInt32(part.count), 2) + part
    } while !rest.isEmpty
    return packed + little(crc(bytes), 4) + little(UInt32(bytes.count), 4)
  }

  static func member(_ text: String) -> [UInt8] { member(Array(text.utf8)) }

  private static func little(_ number: UInt32, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * UInt32($0))) }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  private func read(_ bytes: [UInt8], name: String, _ options: ArticleOptions = ArticleOptions()) throws -> (
    raw: [RawArticle], told: [String]
  ) {
    let folder = try Files.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(bytes).write(to: folder.appending(path: name))
    let (raw, diagnostics) = items([.path(folder.path)], options)
    return (raw, diagnostics.map { "\($0.code)\($0.location.offset.map { "@\($0)" } ?? "")" })
  }

  /// Files by any name that an unpacked one has, with `.gz`.
  @Test(arguments: [
    ("a.txt.gz", "Words.", RawArticle.Kind.text, "a.txt"), ("a.html.gz", "<p>Words.</p>", .html, "a.html"),
    ("a.jsonl.gz", "{\"text\": \"Words.\"}", .record, "a.jsonl#1"),
    ("a.json.gz", "{\"text\": \"Words.\"}", .record, "a.json"),
    ("a.rss.gz", "<rss><item><description>Words.</description></item></rss>", .text, "a.rss#1"),
    ("a.txt", "Words.", .text, "a.txt"), ("a.conllu.gz", CoNLLUInputTests.word("Words"), .conllu, "a.conllu"),
  ])
  func anyFileMayBePacked(_ name: String, _ content: String, _ kind: RawArticle.Kind, _ id: String) throws {
    let (raw, told) = try read(Self.member(content), name: name)
    #expect(told.isEmpty && raw.map(\.kind) == [kind] && raw.map(\.id) == [id])
  }

  @Test func membersAreOneFile() throws {
    let lines =
      Self.member("{\"id\": 1, \"text\"") + Self.member(": \"One.\"}\n{\"id\": 2,")
      + Self.member(" \"text\": \"Two.\"}")
    let (raw, told) = try read(lines + [0, 0, 0], name: "a.jsonl.gz")
    #expect(told.isEmpty && raw.map(\.line) == [1, 2])
  }

  @Test func aDamagedMemberOfAnArchiveIsOneRecord() throws {
    let members = ["one", "two", "three", "four"].map { Self.member(ArchiveTests.response($0)) }
    let offsets = members.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.count) }
    var bytes = members.flatMap { $0 }
    // A byte of the second's data: only its checksum tells.
    bytes[offsets[1] + 150] ^= 1
    let (raw, told) = try read(bytes, name: "a.warc.gz")
    #expect(raw.map { $0.id.split(separator: "/").last } == ["one", "three", "four"])
    #expect(told == ["gzip.damaged@\(offsets[1])"])
    #expect(raw.map(\.offset) == [0, offsets[2], offsets[3]])
    // A member that has been cut out in part, and bytes that are no member.
    bytes = members[0] + members[1].dropLast(30) + members[2] + Array("no member".utf8) + members[3]
    let again = try read(bytes, name: "a.warc.gz")
    #expect(again.raw.map { $0.id.split(separator: "/").last } == ["one", "three", "four"])
    #expect(again.told.count == 2, "\(again.told)")
  }

  @Test func theEndOfACutFileIsTold() throws {
    let whole = Self.member("{\"text\": \"One.\"}\n{\"text\": \"Two words.\"}\n")
    let (raw, told) = try read(Array(whole.dropLast(20)), name: "a.jsonl.gz")
    #expect(raw.map(\.line) == [1] && told == ["gzip.cut@0"])
    // Of a text nobody would know what is missing.
    #expect(try read(Array(Self.member("Words.").dropLast(9)), name: "a.txt.gz").raw.isEmpty)
  }

  @Test func whatUnpacksToTooMuchIsLeftOut() throws {
    var options = ArticleOptions()
    options.unpackedLimit = 60
    let lines = Self.member(String(repeating: "{\"text\": \"One.\"}\n", count: 10))
    let (_, told) = try read(lines, name: "a.jsonl.gz", options)
    #expect(told.last == "gzip.size@0")
    options = ArticleOptions()
    options.articleLimit = 100
    #expect(
      try read(Self.member([UInt8](repeating: 0x61, count: 101)), name: "a.txt.gz", options).told == [
        "article.too-large"
      ])
  }

  /// Every cut and many changed bytes: nothing crashes or hangs, and whole members before the damage are read.
  @Test func anyDamageLeavesTheRest() throws {
    let one = Self.member(ArchiveTests.response("one"))
    let bytes = one + Self.member(ArchiveTests.response("two")) + Self.member(ArchiveTests.response("three"))
    for cut in stride(from: 0, to: bytes.count, by: 11) {
      let (raw, told) = try read(Array(bytes[..<cut]), name: "a.warc.gz")
      #expect(
        raw.count == [one.count, one.count + (bytes.count - one.count) / 2].count { $0 <= cut } || !told.isEmpty,
        "\(cut)")
    }
    for place in stride(from: one.count, to: bytes.count, by: 7) {
      var changed = bytes
      changed[place] ^= 0x24
      let (raw, told) = try read(changed, name: "a.warc.gz")
      #expect(raw.first?.id.hasSuffix("/one") == true && raw.count >= 2, "\(place) \(told)")
    }
  }
}
