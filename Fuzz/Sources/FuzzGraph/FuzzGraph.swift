import Vouch

/// Any bytes, and the same with all checksums made right so that the checks of meaning are reached, as a graph file.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzGraph(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  var bytes = Array(UnsafeBufferPointer(start: start, count: count))
  use(bytes)
  GraphParts.repair(&bytes)
  use(bytes)
  return 0
}

private func use(_ bytes: [UInt8]) {
  guard let file = try? GraphFile(bytes, path: "fuzz.vouch") else { return }
  _ = file.check()
  _ = try? digest(file)
}
