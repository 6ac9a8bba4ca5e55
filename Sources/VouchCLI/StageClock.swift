import Glibc
import Synchronization
import Vouch

/// Adds up the processor time that the stages of reading take, over all articles and threads.
final class StageClock: Sendable {
  private struct Total {
    var stage: Symbol
    var nanoseconds: Int
  }

  /// In the order in which stages first ended, which is their order in every article.
  private let totals = Mutex<[Total]>([])

  /// Counts what it is called with.
  var watch: StageWatch { { stage, work in self.measure(stage, work) } }

  /// Does the work and counts the processor time of this thread meanwhile.
  func measure(_ stage: Symbol, _ work: () -> Void) {
    let start = Self.threadTime()
    work()
    let spent = Self.threadTime() - start
    totals.withLock { totals in
      if let index = totals.firstIndex(where: { $0.stage == stage }) {
        totals[index].nanoseconds += spent
      } else {
        totals.append(Total(stage: stage, nanoseconds: spent))
      }
    }
  }

  /// A line for each stage: `timing: tokens/1 0.125`, in seconds.
  var report: [String] {
    totals.withLock { $0 }.map { total in
      "timing: \(total.stage) " + JSONWriter.decimal(Double(total.nanoseconds) / 1e9)
    }
  }

  private static func threadTime() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
