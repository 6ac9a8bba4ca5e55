internal import Synchronization
internal import VouchCore
internal import VouchXML

/// Models that write the parts of a file together, each on its own thread.
@safe final class Team<Model: SplitModel & ~Copyable>: @unchecked Sendable {
  let capacity: Int
  private let models: UnsafeMutablePointer<Model>
  private var count = 0
  private let nextPart = Atomic(0)
  private let firstFailure = Mutex<(any Error)?>(nil)

  init(capacity: Int) {
    self.capacity = capacity
    unsafe models = .allocate(capacity: capacity)
  }

  deinit {
    unsafe models.deinitialize(count: count)
    unsafe models.deallocate()
  }

  /// Adds a model, before there are threads.
  func add(_ model: consuming Model) {
    unsafe (models + count).initialize(to: model)
    count += 1
  }

  /// Lends a model, when there are no threads any more.
  func withModel(_ number: Int, _ body: (borrowing Model) -> Void) { unsafe body(models[number]) }

  /// Why the first part that failed did.
  var failure: (any Error)? { firstFailure.withLock { $0 } }

  /// Writes parts with model `number`, which no other thread uses, until there are none left or one fails.
  func work(_ number: Int, _ partCount: Int, _ write: (inout Model, Int) throws -> Void) {
    while true {
      let part = nextPart.add(1, ordering: .relaxed).oldValue
      guard part < partCount else { return }
      unsafe models[number].withOutput { $0.begin(part: part) }
      do {
        try unsafe write(&models[number], part)
        try unsafe models[number].withOutput { (output) throws(ErrorNumber) in try output.endPart() }
      } catch {
        let isFirst = unsafe models[number].withOutput { $0.abandonPart() }
        if isFirst { firstFailure.withLock { if $0 == nil { $0 = error } } }
        return
      }
    }
  }
}
