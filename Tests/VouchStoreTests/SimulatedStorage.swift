import VouchCore
import VouchStore
import VouchTestSupport

/// A file in memory that records what is done to it, can be made to fail, and tells every state that a loss of power may leave.
final class SimulatedStorage: NewStorage {
  enum Operation {
    case write([UInt8], offset: Int)
    case truncate(Int)
    case sync
    case publish
  }

  enum Fault: Equatable {
    /// The call fails and does nothing.
    case error(Int32)
    /// A write takes part of its bytes, then the next call fails.
    case shortThenError(Int32)
    /// A write takes part of its bytes, and all is well.
    case short
    /// The call must be made again.
    case interrupted
  }

  private(set) var bytes: [UInt8]
  private(set) var operations: [Operation] = []
  private let initial: [UInt8]
  /// Which call, from 0, fails how; reading does not count.
  private let fault: (call: Int, Fault)?
  private(set) var calls = 0
  private var failsNext: Int32?

  init(_ bytes: [UInt8] = [], fault: (call: Int, Fault)? = nil) {
    self.bytes = bytes
    initial = bytes
    self.fault = fault
  }

  func read(at offset: Int, count: Int) -> [UInt8] { Array(bytes.dropFirst(offset).prefix(count)) }

  func size() -> Int { bytes.count }

  func mapped(path: String) -> MappedFile { MappedFile(bytes, path: path) }

  func write(_ new: ArraySlice<UInt8>, at offset: Int) throws(ErrorNumber) -> Int {
    var count = new.count
    switch try nextFault() {
    case .short, .shortThenError: count = max(1, count / 2)
    default: break
    }
    let part = Array(new.prefix(count))
    operations.append(.write(part, offset: offset))
    Self.apply(.write(part, offset: offset), to: &bytes)
    return count
  }

  func truncate(to length: Int) throws(ErrorNumber) {
    _ = try nextFault()
    operations.append(.truncate(length))
    Self.apply(.truncate(length), to: &bytes)
  }

  func sync() throws(ErrorNumber) {
    _ = try nextFault()
    operations.append(.sync)
  }

  func publish() throws(NewFile.Failure) {
    do throws(ErrorNumber) {
      _ = try nextFault()
    } catch {
      throw .system(step: "put it in its place", error)
    }
    operations.append(.publish)
  }

  private func nextFault() throws(ErrorNumber) -> Fault? {
    defer { calls += 1 }
    if let code = failsNext {
      failsNext = nil
      throw ErrorNumber(code: code)
    }
    guard let (call, fault) = fault, call == calls else { return nil }
    switch fault {
    case .error(let code): throw ErrorNumber(code: code)
    case .interrupted: throw ErrorNumber(code: 4)
    case .shortThenError(let code): failsNext = code
    case .short: break
    }
    return fault
  }

  // MARK: Loss of power

  private static let sector = 512

  private static func apply(_ operation: Operation, to bytes: inout [UInt8]) {
    switch operation {
    case .write(let new, let offset):
      if bytes.count < offset + new.count {
        bytes += [UInt8](repeating: 0, count: offset + new.count - bytes.count)
      }
      bytes.replaceSubrange(offset..<offset + new.count, with: new)
    case .truncate(let length): bytes.removeLast(max(0, bytes.count - length))
    case .sync, .publish: break
    }
  }

  /// Calls `body` with what may be found after a loss of power before each operation and at the end: everything up to the last
  /// synchronisation, and of what came after it any sectors of 512 bytes, with or without the file's new length.
  ///
  /// - Parameter subsets: Most subsets of sectors for each moment: all if there are few enough, else none, all, and seeded ones.
  /// - Returns: Number of states.
  func afterPowerLoss(subsets: Int, _ body: (_ image: [UInt8], _ operationsDone: Int) throws -> Void) rethrows -> Int {
    var durable = initial
    var pending: [Operation] = []
    var states = 0
    var random = SeededNumbers(seed: 7)
    for done in 0...operations.count {
      let sectors = pending.flatMap { Self.sectors($0) }
      let isExhaustive = sectors.count < 20 && 1 << sectors.count <= subsets
      let tries = pending.isEmpty ? 1 : isExhaustive ? 1 << sectors.count : subsets
      for number in 0..<tries {
        var image = durable
        for (index, sector) in sectors.enumerated() {
          let isKept =
            isExhaustive ? number >> index & 1 == 1 : number == 0 ? false : number == 1 || random.next() & 1 == 1
          if isKept { Self.apply(sector, to: &image) }
        }
        try body(image, done)
        states += 1
        // The length may have reached the disk without the bytes.
        let length = (pending.isEmpty ? durable : bytes).count
        if number % 4 == 0, image.count < length {
          try body(image + [UInt8](repeating: 0, count: length - image.count), done)
          states += 1
        }
      }
      guard done < operations.count else { break }
      if case .sync = operations[done] {
        for operation in pending { Self.apply(operation, to: &durable) }
        pending = []
      } else {
        pending.append(operations[done])
      }
    }
    return states
  }

  private static func sectors(_ operation: Operation) -> [Operation] {
    guard case .write(let bytes, let offset) = operation else { return [operation] }
    var sectors: [Operation] = []
    var start = offset
    while start < offset + bytes.count {
      let end = min(offset + bytes.count, (start / sector + 1) * sector)
      sectors.append(.write(Array(bytes[start - offset..<end - offset]), offset: start))
      start = end
    }
    return sectors
  }
}
