internal import Glibc

/// Threads of the operating system.
///
/// The tasks of Swift must not wait for each other, but threads that write one file in turn do.
enum Threads {
  private final class Start: Sendable {
    let number: Int
    let body: @Sendable (Int) -> Void

    init(_ number: Int, _ body: @escaping @Sendable (Int) -> Void) {
      self.number = number
      self.body = body
    }
  }

  /// Calls `body` with the numbers below `count`, each on its own thread, and returns when all have returned.
  ///
  /// Number 0 is called on this thread. Where the system gives no more threads, the numbers left are not called: the work must be
  /// such that any of them does all of it.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for number in 1..<max(1, count) {
      let start = unsafe Unmanaged.passRetained(Start(number, body))
      var thread = pthread_t()
      let code = unsafe pthread_create(
        &thread, nil,
        { context in
          guard let context = unsafe context else { return nil }
          let start = unsafe Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
          start.body(start.number)
          return nil
        }, start.toOpaque())
      guard code == 0 else {
        unsafe start.release()
        break
      }
      threads.append(thread)
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }
}
