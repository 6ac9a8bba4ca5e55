internal import VouchCore
internal import VouchXML

/// N-Quads: a line for each triple, with the graph that it stands in.
struct NQuadsWriter: ~Copyable, TripleSink {
  private var output: TextOutput
  private var graph: String?
  /// The subjects of the resources that are open, innermost last; the first two slots are used again and again.
  private var subjects: [[UInt8]] = [[], []]
  private var depth = 0
  private(set) var triples = 0
  let hasGraphs = true
  let canSplit = true

  init(_ output: consuming TextOutput) { self.output = output }

  mutating func sibling() throws(ErrorNumber) -> NQuadsWriter { NQuadsWriter(try TextOutput(sharing: &output)) }

  mutating func absorb(_ sibling: borrowing NQuadsWriter) {
    triples += sibling.triples
    output.absorb(sibling.output)
  }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try body(&output) }

  mutating func enter(graph: String?) { self.graph = graph }

  private mutating func subject(_ depth: Int) throws(ErrorNumber) {
    try output.write("<")
    let subject = subjects[depth - 1]
    try output.write(markup: subject.span)
    try output.write("> ")
  }

  private mutating func term(_ term: Term) throws(ErrorNumber) {
    try output.write("<")
    try output.write(term.vocabulary.namespace)
    try output.write(term.name)
    try output.write("> ")
  }

  private mutating func endLine() throws(ErrorNumber) {
    if let graph {
      try output.write("<")
      try output.write(markup: graph)
      try output.write("> .\n")
    } else {
      try output.write(".\n")
    }
    triples += 1
  }

  mutating func begin(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    depth = min(depth + 1, 2)
    subjects[depth - 1].removeAll(keepingCapacity: true)
    for index in iri.indices { subjects[depth - 1].append(iri[index]) }
    for type in types {
      try subject(depth)
      try term(Term(.rdf, "type"))
      try term(type)
      try endLine()
    }
  }

  mutating func begin(_ property: Term, _ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try link(property, iri)
    try begin(iri, types)
  }

  mutating func link(_ property: Term, _ iri: borrowing Swift.Span<UInt8>) throws(ErrorNumber) {
    try subject(depth)
    try term(property)
    try output.write("<")
    try output.write(markup: iri)
    try output.write("> ")
    try endLine()
  }

  mutating func literal(_ property: Term, _ value: borrowing Swift.Span<UInt8>, _ kind: LiteralKind) throws(ErrorNumber)
  {
    try subject(depth)
    try term(property)
    try output.write("\"")
    try output.write(value, as: .turtle)
    switch kind {
    case .plain: try output.write("\" ")
    case .language(let tag):
      try output.write("\"@")
      try output.write(markup: tag)
      try output.write(" ")
    case .typed(let type):
      try output.write("\"^^<http://www.w3.org/2001/XMLSchema#")
      try output.write(type)
      try output.write("> ")
    }
    try endLine()
  }

  mutating func end() { depth = max(0, depth - 1) }

  mutating func finish() throws(ErrorNumber) -> (bytes: Int, replaced: Int) {
    try output.finish()
    return (output.byteCount, output.replacedCharacters)
  }
}
