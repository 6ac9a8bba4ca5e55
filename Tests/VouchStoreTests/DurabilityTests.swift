import Testing
import VouchCore
import VouchKnowledge
import VouchStore
import VouchTestSupport

/// Power may fail at any moment and any call may fail: the file holds what it held before, or all of the new.
@Suite struct DurabilityTests {
  private static let subsets = Effort.isTorture ? 20_000 : 400

  private func change(_ update: GraphUpdate) throws {
    update.add([try SampleArticles.article(2), try SampleArticles.article(1, edition: 1)])
    #expect(update.retract("article-0.txt") == 1)
  }

  private func base() throws -> [UInt8] { try built(SampleArticles.articles(2)) }

  /// The generation that a file holds; it must be sound.
  private func generation(_ bytes: [UInt8], _ seen: inout [UInt64: Int]) throws -> Int {
    let hash = XXH64.hash(bytes)
    if let known = seen[hash] { return known }
    let file = try GraphFile(bytes, path: "test.vouch")
    #expect(file.check().problems == [])
    seen[hash] = file.generation
    return file.generation
  }

  @Test func aLossOfPowerLeavesTheOldOrTheNewGeneration() throws {
    let storage = SimulatedStorage(try base())
    let update = try GraphUpdate.of(storage)
    try change(update)
    _ = try update.commit()
    let total = storage.operations.count
    var found: [Int: Set<Int>] = [:]
    var seen: [UInt64: Int] = [:]
    let states = try storage.afterPowerLoss(subsets: Self.subsets) { image, done in
      found[done, default: []].insert(try generation(image, &seen))
    }
    #expect(total == 4, "append, synchronise, write the slot, synchronise")
    #expect(found[total] == [2])
    for done in 0..<total - 1 { #expect(found[done] == [1], "after \(done) operations") }
    #expect(found[total - 1] == [1, 2], "the slot may be torn, or whole")
    Effort.report("states after a loss of power", states)
  }

  /// A second loss of power, while what the first one cut short is done again.
  @Test func aSecondLossOfPowerDoesNoHarmEither() throws {
    let storage = SimulatedStorage(try base())
    let update = try GraphUpdate.of(storage)
    try change(update)
    _ = try update.commit()
    var images: [[UInt8]] = []
    _ = storage.afterPowerLoss(subsets: Effort.isTorture ? 200 : 12) { image, _ in images.append(image) }
    var states = 0
    var seen: [UInt64: Int] = [:]
    for image in images {
      let again = SimulatedStorage(image)
      let update = try GraphUpdate.of(again)
      let before = try generation(image, &seen)
      update.add([try SampleArticles.article(3)])
      _ = try update.commit()
      #expect(try generation(again.bytes, &seen) == before + 1)
      states += try again.afterPowerLoss(subsets: Effort.isTorture ? 64 : 6) { image, _ in
        let after = try generation(image, &seen)
        #expect(after == before || after == before + 1)
      }
    }
    Effort.report("states after a second loss of power", states)
  }

  @Test func aNewFileIsWrittenWholeBeforeItTakesItsPlace() throws {
    let storage = SimulatedStorage()
    let update = try GraphUpdate.of(nil, publishingTo: storage)
    update.add(try SampleArticles.articles(2))
    _ = try update.commit()
    guard case .publish? = storage.operations.last else {
      Issue.record("the file was not put in its place, or written to afterwards")
      return
    }
    #expect(storage.operations.dropLast().allSatisfy { if case .write = $0 { true } else { false } })
  }

  @Test(arguments: [
    SimulatedStorage.Fault.error(5), .error(28), .shortThenError(28), .short, .interrupted,
  ])
  func aCallThatFailsLeavesTheOldOrTheNewGeneration(fault: SimulatedStorage.Fault) throws {
    let base = try base() + [UInt8](repeating: 7, count: 100)
    var failures = 0
    var seen: [UInt64: Int] = [:]
    for call in 0... {
      let storage = SimulatedStorage(base, fault: (call, fault))
      let update = try GraphUpdate.of(storage)
      try change(update)
      do {
        _ = try update.commit()
        #expect(try generation(storage.bytes, &seen) == 2)
      } catch let error as Diagnostic {
        #expect(error.code == "store.unwritable")
        failures += 1
        // Never tried again: who failed to synchronise cannot know what reached the disk.
        let done = storage.operations.count
        #expect(throws: Diagnostic.self) { try update.commit() }
        #expect(storage.operations.count == done)
      }
      _ = try storage.afterPowerLoss(subsets: 8) { image, _ in
        let after = try generation(image, &seen)
        #expect(after == 1 || after == 2)
      }
      let after = try generation(storage.bytes, &seen)
      #expect(after == 1 || after == 2)
      if storage.calls <= call { break }
    }
    let isError = fault != .short && fault != .interrupted
    #expect((failures > 0) == isError || fault == .interrupted)
    Effort.report("calls that failed with \(fault)", failures)
  }

  @Test func aNewFileThatCannotBeWrittenIsReported() throws {
    for call in 0..<3 {
      let storage = SimulatedStorage([], fault: (call, .error(28)))
      let update = try GraphUpdate.of(nil, publishingTo: storage)
      update.add(try SampleArticles.articles(1))
      #expect { try update.commit() } throws: { ($0 as? Diagnostic)?.code == "store.unwritable" }
    }
  }
}
