internal import VouchCore
internal import VouchXML

/// Turtle, or TriG with a named graph for each article.
struct TurtleWriter: ~Copyable, TripleSink {
  private var output: TextOutput
  private var graph: String?
  private var subjects: [[UInt8]] = [[], []]
  private var depth = 0
  /// Whether the subject at each depth is written and its last property not yet closed.
  private var isOpen = false
  private(set) var triples = 0
  let hasGraphs: Bool
  /// A named graph goes on until another one begins.
  var canSplit: Bool { !hasGraphs }

  init(_ output: consuming TextOutput, hasGraphs: Bool) throws(ErrorNumber) {
    self.init(partsOf: output, hasGraphs: hasGraphs)
    for vocabulary in Vocabulary.allCases {
      try self.output.write("@prefix ")
      try self.output.write(vocabulary.prefix)
      try self.output.write(": <")
      try self.output.write(vocabulary.namespace)
      try self.output.write("> .\n")
    }
  }

  private init(partsOf output: consuming TextOutput, hasGraphs: Bool) {
    self.output = output
    self.hasGraphs = hasGraphs
  }

  mutating func sibling() throws(ErrorNumber) -> TurtleWriter {
    TurtleWriter(partsOf: try TextOutput(sharing: &output), hasGraphs: hasGraphs)
  }

  mutating func absorb(_ sibling: borrowing TurtleWriter) {
    triples += sibling.triples
    output.absorb(sibling.output)
  }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try body(&output) }

  mutating func enter(graph: String?) throws(ErrorNumber) {
    guard hasGraphs, graph != self.graph else { return }
    if self.graph != nil { try output.write("}\n") }
    self.graph = graph
    guard let graph else { return }
    try output.write("<")
    try output.write(markup: graph)
    try output.write("> {\n")
  }

  private mutating func name(_ term: Term) throws(ErrorNumber) {
    try output.write(term.vocabulary.prefix)
    try output.write(":")
    try output.write(term.name)
  }

  /// Goes to the next property of the subject at this depth, naming the subject if another was described since.
  private mutating func property(_ term: Term) throws(ErrorNumber) {
    if isOpen {
      try output.write(" ;\n  ")
    } else {
      try output.write("<")
      let subject = subjects[depth - 1]
      try output.write(markup: subject.span)
      try output.write("> ")
      isOpen = true
    }
    try name(term)
    try output.write(" ")
    triples += 1
  }

  private mutating func close() throws(ErrorNumber) {
    if isOpen { try output.write(" .\n") }
    isOpen = false
  }

  mutating func begin(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try close()
    depth = min(depth + 1, 2)
    subjects[depth - 1].removeAll(keepingCapacity: true)
    for index in iri.indices { subjects[depth - 1].append(iri[index]) }
    guard !types.isEmpty else { return }
    for type in types {
      try property(Term(.rdf, "type"))
      try name(type)
    }
  }

  mutating func begin(_ property: Term, _ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try link(property, iri)
    try begin(iri, types)
  }

  mutating func link(_ property: Term, _ iri: borrowing Swift.Span<UInt8>) throws(ErrorNumber) {
    try self.property(property)
    try output.write("<")
    try output.write(markup: iri)
    try output.write(">")
  }

  mutating func literal(_ property: Term, _ value: borrowing Swift.Span<UInt8>, _ kind: LiteralKind) throws(ErrorNumber)
  {
    try self.property(property)
    try output.write("\"")
    try output.write(value, as: .turtle)
    switch kind {
    case .plain: try output.write("\"")
    case .language(let tag):
      try output.write("\"@")
      try output.write(markup: tag)
    case .typed(let type):
      try output.write("\"^^xsd:")
      try output.write(type)
    }
  }

  mutating func end() throws(ErrorNumber) {
    try close()
    depth = max(0, depth - 1)
  }

  mutating func finish() throws(ErrorNumber) -> (bytes: Int, replaced: Int) {
    try close()
    try enter(graph: nil)
    try output.finish()
    return (output.byteCount, output.replacedCharacters)
  }
}
