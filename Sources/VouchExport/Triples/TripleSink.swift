internal import VouchCore
internal import VouchXML

/// A syntax of RDF.
///
/// The model describes resources one after the other: `begin`, its properties, then resources nested in it, `end`. Values of
/// one property follow each other. IRIs are absolute and escaped.
protocol TripleSink: ~Copyable {
  /// Whether it keeps named graphs apart.
  var hasGraphs: Bool { get }
  /// Triples (or quads) written.
  var triples: Int { get }
  /// Whether the bytes of a resource no longer depend on those before it.
  var canSplit: Bool { get }
  /// A writer of parts of the same file, for another thread.
  mutating func sibling() throws(ErrorNumber) -> Self
  /// Adds what a sibling counted.
  mutating func absorb(_ sibling: borrowing Self)
  /// Lends the output.
  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  /// What follows stands in the graph of this name; in the default graph without one.
  mutating func enter(graph: String?) throws(ErrorNumber)
  /// Begins a resource and states its types.
  mutating func begin(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber)
  /// Begins a resource that is the value of a property of the one before, and states its types.
  mutating func begin(_ property: Term, _ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber)
  /// A property whose value is a resource.
  mutating func link(_ property: Term, _ iri: borrowing Swift.Span<UInt8>) throws(ErrorNumber)
  /// A property whose value is a literal.
  mutating func literal(_ property: Term, _ value: borrowing Swift.Span<UInt8>, _ kind: LiteralKind) throws(ErrorNumber)
  /// Ends the resource begun last.
  mutating func end() throws(ErrorNumber)
  /// Ends the file; returns its bytes and the characters that were replaced.
  mutating func finish() throws(ErrorNumber) -> (bytes: Int, replaced: Int)
}
