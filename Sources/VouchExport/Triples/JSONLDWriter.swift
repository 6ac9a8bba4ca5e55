internal import VouchCore
internal import VouchXML

/// JSON-LD 1.1: one context, then one object for each resource and line.
struct JSONLDWriter: ~Copyable, TripleSink {
  private var output: TextOutput
  private var isFirst: Bool
  /// The property whose array is open, for each object that is open.
  private var arrays: [Term?] = []
  private(set) var triples = 0
  let hasGraphs = false
  /// No comma stands before the first resource.
  var canSplit: Bool { !isFirst }

  init(_ output: consuming TextOutput) throws(ErrorNumber) {
    self.init(partsOf: output, isFirst: true)
    try self.output.write("{\"@context\": {")
    for vocabulary in Vocabulary.allCases {
      try self.output.write(vocabulary == .rdf ? "\"" : ", \"")
      try self.output.write(vocabulary.prefix)
      try self.output.write("\": \"")
      try self.output.write(vocabulary.namespace)
      try self.output.write("\"")
    }
    try self.output.write("},\n\"@graph\": [")
  }

  private init(partsOf output: consuming TextOutput, isFirst: Bool) {
    self.output = output
    self.isFirst = isFirst
  }

  mutating func sibling() throws(ErrorNumber) -> JSONLDWriter {
    JSONLDWriter(partsOf: try TextOutput(sharing: &output), isFirst: isFirst)
  }

  mutating func absorb(_ sibling: borrowing JSONLDWriter) {
    triples += sibling.triples
    output.absorb(sibling.output)
  }

  mutating func withOutput<Result, Failure: Error>(_ body: (inout TextOutput) throws(Failure) -> Result) throws(Failure)
    -> Result
  { try body(&output) }

  mutating func enter(graph: String?) {}

  private mutating func name(_ term: Term) throws(ErrorNumber) {
    try output.write("\"")
    try output.write(term.vocabulary.prefix)
    try output.write(":")
    try output.write(term.name)
    try output.write("\"")
  }

  /// Begins a value of a property in the property's array.
  private mutating func value(_ property: Term) throws(ErrorNumber) {
    triples += 1
    if let last = arrays.last, property.isSame(as: last) { return try output.write(", ") }
    if let last = arrays.last, last != nil { try output.write("]") }
    try output.write(", ")
    try name(property)
    try output.write(": [")
    if !arrays.isEmpty { arrays[arrays.count - 1] = property }
  }

  private mutating func object(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try output.write("{\"@id\": \"")
    try output.write(iri, as: .json)
    try output.write("\"")
    arrays.append(nil)
    guard !types.isEmpty else { return }
    try output.write(", \"@type\": [")
    for (number, type) in types.enumerated() {
      if number > 0 { try output.write(", ") }
      try name(type)
      triples += 1
    }
    try output.write("]")
  }

  mutating func begin(_ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try output.write(isFirst ? "\n" : ",\n")
    isFirst = false
    try object(iri, types)
  }

  mutating func begin(_ property: Term, _ iri: borrowing Swift.Span<UInt8>, _ types: [Term]) throws(ErrorNumber) {
    try value(property)
    try object(iri, types)
  }

  mutating func link(_ property: Term, _ iri: borrowing Swift.Span<UInt8>) throws(ErrorNumber) {
    try value(property)
    try output.write("{\"@id\": \"")
    try output.write(iri, as: .json)
    try output.write("\"}")
  }

  mutating func literal(_ property: Term, _ value: borrowing Swift.Span<UInt8>, _ kind: LiteralKind) throws(ErrorNumber)
  {
    try self.value(property)
    try output.write("{\"@value\": \"")
    try output.write(value, as: .json)
    switch kind {
    case .plain: try output.write("\"}")
    case .language(let tag):
      try output.write("\", \"@language\": \"")
      try output.write(tag, as: .json)
      try output.write("\"}")
    case .typed(let type):
      try output.write("\", \"@type\": \"xsd:")
      try output.write(type)
      try output.write("\"}")
    }
  }

  mutating func end() throws(ErrorNumber) {
    guard let array = arrays.popLast() else { return }
    try output.write(array == nil ? "}" : "]}")
  }

  mutating func finish() throws(ErrorNumber) -> (bytes: Int, replaced: Int) {
    try output.write("\n]}\n")
    try output.finish()
    return (output.byteCount, output.replacedCharacters)
  }
}
