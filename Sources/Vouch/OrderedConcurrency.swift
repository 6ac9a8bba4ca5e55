/// Transforms elements on several threads and hands the results on in the order of the elements.
///
/// At most twice as many elements as threads are held at a time, so memory stays bounded.
///
/// - Parameters:
///   - threads: Most transformations at a time, at least 1.
///   - next: Gives the next element, `nil` after the last; called from one task only.
///   - transform: A pure function of the element.
///   - consume: Takes each result, in order.
func mapInOrder<Element: Sendable, Output: Sendable>(
  threads: Int, next: () -> Element?, transform: @escaping @Sendable (Element) -> Output, consume: (Output) -> Void
) async {
  await withTaskGroup(of: (Int, Output).self) { group in
    var started = 0
    var finished = 0
    var waiting: [Int: Output] = [:]
    var isDone = false
    while true {
      while !isDone, started - finished < 2 * threads, started - finished - waiting.count < threads {
        guard let element = next() else {
          isDone = true
          break
        }
        let number = started
        started += 1
        group.addTask { (number, transform(element)) }
      }
      guard let (number, output) = await group.next() else { break }
      waiting[number] = output
      while let ready = waiting.removeValue(forKey: finished) {
        consume(ready)
        finished += 1
      }
    }
  }
}
