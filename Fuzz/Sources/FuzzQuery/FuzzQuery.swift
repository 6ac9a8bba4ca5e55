import Vouch

/// The sample export, which queries are planned and run against.
nonisolated(unsafe) private let graph: GraphFile? = {
  let parts = #filePath.split(separator: "/").dropLast(4)
  return try? GraphFile(path: "/" + parts.joined(separator: "/") + "/exports/seeds.vouch")
}()

/// Any bytes as a query: read, planned, explained, and run with a small budget.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzQuery(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  guard let graph else {
    try? GraphQuery.check(text)
    return 0
  }
  var limits = GraphQuery.Limits()
  limits.work = 20_000
  limits.seconds = 1
  do {
    let query = try GraphQuery(text, on: graph, parameters: ["x": .integer(1)], limits: limits)
    _ = try query.explanation()
    _ = try query.run()
  } catch let error as QueryError {
    _ = error.excerpt(of: text)
    _ = error.diagnostic(in: text)
  } catch {}
  return 0
}
