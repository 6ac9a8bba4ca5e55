import Vouch

private let text = SourceText("Ann Abel met Bob Byrne in Ystad.\nBob Byrne rejected the harbour plan.\n")

/// Any bytes as what an article contributes; what is accepted must merge and be stored.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzContribution(_ start: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let contribution = try? Contribution(article: "a", text: text, given: nil, decoding: bytes) else { return 0 }
  _ = GraphFile.encode(Graph.merging([contribution]).graph, creator: "fuzz")
  return 0
}
