import Foundation
import Testing
import VouchCore
import VouchKnowledge
import VouchStore
import VouchTestSupport

/// Files that are cut off, changed, or made to mislead: refused, found out, or read as what they were.
@Suite struct DamageTests {
  private static let sample = Result { try built([SampleArticles.article(0)]) }

  @Test(arguments: [(0, "store.not-a-graph"), (5000, "store.truncated"), (13_000, "store.corrupt")])
  func aFileThatEndsTooEarlyIsRefused(length: Int, code: String) throws {
    let bytes = try Array(Self.sample.get().prefix(length))
    #expect { try GraphFile(bytes, path: "test.vouch") } throws: { ($0 as? Diagnostic)?.code == code }
  }

  @Test func anotherFileIsNoGraph() throws {
    let place = try TemporaryFile(Array("id,name\n1,Ann\n".utf8))
    #expect { try GraphFile(path: place.path) } throws: { ($0 as? Diagnostic)?.code == "store.not-a-graph" }
    #expect { try GraphUpdate(path: place.path, creator: "test") } throws: {
      ($0 as? Diagnostic)?.code == "store.not-a-graph"
    }
  }

  @Test func aMissingFileIsReported() {
    #expect { try GraphFile(path: "/nonexistent/x.vouch") } throws: { ($0 as? Diagnostic)?.code == "store.missing" }
  }

  @Test func aNewerFormatIsRefused() throws {
    var bytes = try Self.sample.get()
    bytes[16] = 3
    GraphParts.repair(&bytes)
    #expect { try GraphFile(bytes, path: "test.vouch") } throws: { ($0 as? Diagnostic)?.code == "store.newer-format" }
  }

  /// Feature bits of a later version: compatible ones are ignored, read-only ones forbid writing, the others reading.
  @Test(arguments: [(56, true, true), (64, true, false), (72, false, false)])
  func featureBitsSayWhatMayBeDone(at: Int, isReadable: Bool, isWritable: Bool) throws {
    var bytes = try Self.sample.get()
    bytes[4096 + at] = 4
    GraphParts.repair(&bytes)
    #expect(((try? GraphFile(bytes, path: "test.vouch")) != nil) == isReadable)
    #expect(((try? GraphUpdate.of(SimulatedStorage(bytes))) != nil) == isWritable)
  }

  @Test func aTruncatedFileIsAlwaysRefused() throws {
    let bytes = try Self.sample.get()
    var tried = 0
    for length in 0..<bytes.count where Effort.isTorture || length >= 12288 || length % 64 == 0 {
      #expect(throws: Diagnostic.self) { try GraphFile(Array(bytes.prefix(length)), path: "test.vouch") }
      tried += 1
    }
    Effort.report("truncations refused", tried)
  }

  /// A flipped bit is noticed, by reading or by checking, or it means nothing and everything reads as before.
  @Test func aFlippedBitIsNeverSilent() throws {
    let sample = try Self.sample.get()
    let expected = try digest(GraphFile(sample, path: "test.vouch"))
    let parts = try #require(GraphParts(sample))
    var meaning = IndexSet(integersIn: 0..<88)
    meaning.insert(integersIn: 4096..<4200)
    meaning.insert(integersIn: parts.manifest)
    meaning.insert(integersIn: parts.directory)
    meaning.insert(integersIn: parts.graph.lowerBound..<parts.graph.lowerBound + 64)
    let structure = meaning
    // The article comes first.
    let article = 12288..<12288 + (0..<4).reduce(0) { $0 | Int(sample[12288 + 8 + $1]) << (8 * $1) }
    meaning.insert(integersIn: article)
    for section in parts.sections { meaning.insert(integersIn: section.bytes) }
    var tried = 0
    var wrong: [Int] = []
    for offset in sample.indices {
      let isThorough = Effort.isTorture || (structure.contains(offset) && offset % 4 == 0)
      if !isThorough, !meaning.contains(offset) || offset % 3 > 0 { continue }
      for bit in isThorough ? 0..<8 : offset % 8..<offset % 8 + 1 {
        var bytes = sample
        bytes[offset] ^= 1 << UInt8(bit)
        tried += 1
        guard let file = try? GraphFile(bytes, path: "test.vouch") else { continue }
        if let read = try? digest(file), read != expected { wrong.append(offset) }
        if meaning.contains(offset), file.check().problemCount == 0 { wrong.append(offset) }
      }
    }
    #expect(wrong.isEmpty, "flips that nothing noticed at \(wrong.prefix(20))")
    Effort.report("flipped bits noticed or without meaning", tried)
  }

  /// Segments of another file, or of another place, are no part of this one.
  @Test func partsOfAnotherFileAreRefused() throws {
    let sample = try Self.sample.get()
    let other = try built([SampleArticles.article(2)])
    let mine = try #require(GraphParts(sample))
    let theirs = try #require(GraphParts(other))
    for (name, range, source) in [
      ("slot", 4096..<4200, 4096..<4200), ("manifest", mine.manifest, theirs.manifest),
      ("graph", mine.graph, theirs.graph),
    ] {
      var bytes = sample
      bytes.replaceSubrange(range, with: other[source.prefix(range.count)])
      #expect(throws: Diagnostic.self, "\(name)") { try GraphFile(bytes, path: "test.vouch") }
    }
    for (one, two) in zip(mine.sections, mine.sections.dropFirst()) {
      let length = min(one.length, two.length)
      var bytes = sample
      bytes.replaceSubrange(one.offset..<one.offset + length, with: sample[two.offset..<two.offset + length])
      bytes.replaceSubrange(two.offset..<two.offset + length, with: sample[one.offset..<one.offset + length])
      guard bytes != sample, let file = try? GraphFile(bytes, path: "test.vouch") else { continue }
      #expect(file.check().problemCount > 0)
    }
  }

  /// Values that a matching checksum vouches for although they point nowhere: the checks of meaning must find them.
  @Test func aHostileColumnIsFoundOutAlthoughItsChecksumMatches() throws {
    let sample = try Self.sample.get()
    let parts = try #require(GraphParts(sample))
    var unnoticed: [Int] = []
    // Which rule read some words (section 44) nobody can tell from the file, as long as the value names a rule.
    for section in parts.sections where section.codec > 0 && section.count > 0 && section.length > 16 {
      var bytes = sample
      for offset in section.offset + 16..<section.offset + section.length { bytes[offset] = 0xFF }
      GraphParts.repair(&bytes)
      guard let file = try? GraphFile(bytes, path: "test.vouch") else { continue }
      if file.check().problemCount == 0, section.number != 44 { unnoticed.append(section.number) }
      _ = try? digest(file)
    }
    #expect(unnoticed == [])
  }

  /// Values as large as can be, each column by itself: no sum of two of them overflows.
  @Test func hugeNumbersDoNotTrap() throws {
    let sample = try Self.sample.get()
    let parts = try #require(GraphParts(sample))
    var opened = 0
    for section in parts.sections where section.codec > 0 && section.length >= 16 {
      var bytes = sample
      // The minimum, to which the other values of the column, or of its first block, are added.
      let huge = UInt64.max >> 1
      for index in 0..<8 { bytes[section.offset + index] = UInt8(truncatingIfNeeded: huge >> UInt64(8 * index)) }
      GraphParts.repair(&bytes)
      guard let file = try? GraphFile(bytes, path: "test.vouch") else { continue }
      opened += 1
      _ = file.check()
      _ = try? digest(file)
    }
    #expect(opened > 20)
  }

  /// Random changes whose checksums match: nothing traps, whatever is then done with the file.
  @Test func noHostileFileTraps() throws {
    let sample = try Self.sample.get()
    var random = SeededNumbers(seed: 11)
    var opened = 0
    let count = Effort.isTorture ? 200_000 : 400
    for _ in 0..<count {
      var bytes = sample
      for _ in 0..<1 + random.next(below: 4) { Self.mutate(&bytes, &random) }
      GraphParts.repair(&bytes)
      guard let file = try? GraphFile(bytes, path: "test.vouch") else { continue }
      opened += 1
      _ = file.check()
      _ = try? digest(file)
      if let update = try? GraphUpdate.of(SimulatedStorage(bytes)) {
        update.add([try SampleArticles.article(1)])
        _ = try? update.commit()
      }
    }
    #expect(opened > count / 10)
    Effort.report("hostile files with valid checksums (\(opened) of them opened) did no harm", count)
  }

  /// Changes a byte, or a whole number, of a part chosen at random.
  private static func mutate(_ bytes: inout [UInt8], _ random: inout SeededNumbers) {
    guard let parts = GraphParts(bytes), !parts.sections.isEmpty else { return }
    let article = 12288..<max(12289, min(parts.graph.lowerBound, bytes.count))
    let section = parts.sections[random.next(below: parts.sections.count)]
    let places = [section.bytes, section.bytes, section.bytes, parts.directory, article, parts.manifest]
    let place = places[random.next(below: places.count)]
    guard place.count >= 8 else { return }
    let at = place.lowerBound + random.next(below: place.count - 7)
    switch random.next(below: 4) {
    case 0: bytes[at] ^= 1 << UInt8(random.next(below: 8))
    case 1: bytes[at] = UInt8(truncatingIfNeeded: random.next())
    case 2: for index in 0..<8 { bytes[at + index] = 0xFF }
    default:
      let value = [0, 1, 0x7FFF_FFFF, UInt64.max >> 1, UInt64.max, UInt64(bytes.count)][random.next(below: 6)]
      for index in 0..<8 { bytes[at + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index)) }
    }
  }

  /// What a contribution says of itself is believed no more than anything else.
  @Test func aHostileContributionIsRefusedOrHarmless() throws {
    let contribution = try SampleArticles.article(0)
    let sample = contribution.encoded
    var random = SeededNumbers(seed: 5)
    var accepted = 0
    func attempt(_ bytes: [UInt8]) {
      guard
        let decoded = try? Contribution(
          article: "a", text: contribution.text, given: contribution.given, decoding: bytes)
      else { return }
      accepted += 1
      _ = GraphFile.encode(Graph.merging([decoded, contribution]).graph, creator: "test")
    }
    for length in sample.indices { attempt(Array(sample.prefix(length))) }
    #expect(accepted == 0)
    for offset in sample.indices {
      for bit in Effort.isTorture ? 0..<8 : offset % 8..<offset % 8 + 1 {
        var bytes = sample
        bytes[offset] ^= 1 << UInt8(bit)
        attempt(bytes)
      }
    }
    for _ in 0..<(Effort.isTorture ? 50_000 : 500) {
      var bytes = sample
      for _ in 0..<1 + random.next(below: 4) {
        bytes[random.next(below: bytes.count)] = UInt8(truncatingIfNeeded: random.next())
      }
      attempt(bytes)
    }
    Effort.report("changed contributions accepted as other ones, and merged", accepted)
  }
}
