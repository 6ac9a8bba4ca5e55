internal import VouchCore
internal import VouchXML

/// The items of formats of nodes and edges; where the view is collapsed, edges are made one node after the other.
enum ElementItems {
  case nodes(CollapsedView?)
  case edges
}

/// What an export's items are written by, on one thread or, with a model for each, on several.
protocol SplitModel: ~Copyable, SendableMetatype {
  /// A table of numbered items that follow each other in the file.
  associatedtype Items: Sendable
  /// Whether the bytes of an item no longer depend on the items before it.
  var canSplit: Bool { get }
  /// A model for another thread, which writes parts of the same file.
  mutating func sibling() throws -> Self
  /// Writes some items.
  mutating func write(_ items: Items, _ range: Range<Int>) throws
  /// Adds what a sibling counted.
  mutating func absorb(_ sibling: borrowing Self)
  /// Lends the output.
  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
}

/// Items that are written as one part: few enough that a part of usual items fits a processor's cache.
private let partSize = 256

extension SplitModel where Self: ~Copyable {
  /// Writes all items from 0 to `count`, on several threads if there are many: the bytes are those of one thread.
  ///
  /// - Throws: What the first item that fails throws; the items before it are written.
  mutating func writeAll(_ items: Items, count: Int, threads: Int) throws {
    var start = 0
    while start < count, start == 0 || threads == 1 || !canSplit {
      try write(items, start..<min(count, start + partSize))
      start += partSize
    }
    guard start < count else { return }
    let partCount = (count - start + partSize - 1) / partSize
    let team = Team<Self>(capacity: min(threads, partCount))
    for _ in 0..<team.capacity { team.add(try sibling()) }
    let first = start
    Threads.run(team.capacity) { number in
      team.work(number, partCount) { (model, part) in
        let start = first + part * partSize
        try model.write(items, start..<min(count, start + partSize))
      }
    }
    for number in 0..<team.capacity { team.withModel(number) { absorb($0) } }
    if let failure = team.failure { throw failure }
  }
}
