internal import VouchCore
internal import VouchXML

/// RDF/XML: no blank nodes, no relative IRIs, no document type.
struct RDFXMLWriter: ~Copyable, TripleSink {
  private var output: TextOutput
  /// Elements that are open, innermost last; those of nested resources with the property around them.
  private var open: [(element: Term, property: Term?)] = []
  private(set) var triples = 0
  let hasGraphs = false
  let canSplit = true

  init(_ output: consuming TextOutput) throws(ErrorNumber) {
    self.init(partsOf: output)
    try self.output.write("<rdf:RDF")
    for vocabulary in Vocabulary.allCases where vocabulary != .xsd {
      try self.output.write(" xmlns:")
      try self.output.write(vocabulary.prefix)
      try self.output.write("=\"")
      try self.output.write(vocabulary.namespace)
      try self.output.write("\"")
    }
    try self.output.write(">\n")
  }

  private init(partsOf output: consuming TextOutput) { self.output = output }

  mutating func sibling() throws(ErrorNumber) -> RDFXMLWriter {
    RDFXMLWriter(partsOf: try TextOutput(sharing: &output))
  }

  mutating func absorb(_ sibling: borrowing RDFXMLWriter) {
    triples += sibling.triples
    output.absorb(sibling.output)
  }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try body(&output) }

  mutating func enter(graph: String?) {}

  private mutating func name(_ term: Term) throws(ErrorNumber) {
    try output.write(term.vocabulary.prefix)
    try output.write(":")
    try output.write(term.name)
  }

  private mutating func iri(_ term: Term) throws(ErrorNumber) {
    try output.write(term.vocabulary.namespace)
    try output.write(term.name)
  }

  mutating func begin(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try begin(iri, types, in: nil)
  }

  private mutating func begin(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term], in property: Term?)
    throws(ErrorNumber)
  {
    let element = types.first ?? Term(.rdf, "Description")
    try output.write("<")
    try name(element)
    try output.write(" rdf:about=\"")
    try output.write(iri, as: .xmlAttribute)
    try output.write("\">")
    for type in types.dropFirst() {
      try output.write("<rdf:type rdf:resource=\"")
      try self.iri(type)
      try output.write("\"/>")
    }
    triples += types.count
    open.append((element, property))
  }

  mutating func begin(_ property: Term, _ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try output.write("<")
    try name(property)
    try output.write(">")
    triples += 1
    try begin(iri, types, in: property)
  }

  mutating func link(_ property: Term, _ iri: borrowing Swift.Span<UInt8>) throws(ErrorNumber) {
    try output.write("<")
    try name(property)
    try output.write(" rdf:resource=\"")
    try output.write(iri, as: .xmlAttribute)
    try output.write("\"/>")
    triples += 1
  }

  mutating func literal(_ property: Term, _ value: borrowing Swift.Span<UInt8>, _ kind: LiteralKind) throws(ErrorNumber)
  {
    try output.write("<")
    try name(property)
    switch kind {
    case .plain: try output.write(">")
    case .language(let tag):
      try output.write(" xml:lang=\"")
      try output.write(tag, as: .xmlAttribute)
      try output.write("\">")
    case .typed(let type):
      try output.write(" rdf:datatype=\"http://www.w3.org/2001/XMLSchema#")
      try output.write(type)
      try output.write("\">")
    }
    try output.write(value, as: .xmlText)
    try output.write("</")
    try name(property)
    try output.write(">")
    triples += 1
  }

  mutating func end() throws(ErrorNumber) {
    guard let (element, property) = open.popLast() else { return }
    try output.write("</")
    try name(element)
    try output.write(">")
    if let property {
      try output.write("</")
      try name(property)
      try output.write(">")
    }
    if open.isEmpty { try output.write("\n") }
  }

  mutating func finish() throws(ErrorNumber) -> (bytes: Int, replaced: Int) {
    try output.write("</rdf:RDF>\n")
    try output.finish()
    return (output.byteCount, output.replacedCharacters)
  }
}
