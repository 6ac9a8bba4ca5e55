import Vouch

/// Writes the rows of a query as JSON Lines.
struct QueryRowWriter {
  let graph: GraphFile
  /// Most pieces of evidence for each edge.
  let evidence: Int
  private var proofs: GraphFile.ProofReader

  init(graph: GraphFile, evidence: Int) throws {
    self.graph = graph
    self.evidence = evidence
    proofs = try GraphFile.ProofReader(graph)
  }

  /// One row as an object on a line.
  mutating func line(_ columns: [String], _ row: [QueryValue], number: Int) throws -> [UInt8] {
    var json = JSONWriter()
    json.beginObject()
    json.string("type", "row")
    json.integer("schema", 1)
    json.integer("number", number)
    json.beginObject("values")
    for (column, value) in zip(columns, row) { try write(value, column, &json) }
    json.endObject()
    json.endObject()
    json.newline()
    return json.bytes
  }

  private mutating func write(_ value: QueryValue, _ key: String?, _ json: inout JSONWriter) throws {
    switch value {
    case .null: json.string(key, nil)
    case .boolean(let value): json.boolean(key, value)
    case .integer(let number): json.integer(key, number)
    case .float(let number): json.exactNumber(key, number)
    case .string(let text): json.string(key, text)
    case .date(let date): json.string(key, date.description)
    case .list(let values):
      json.beginArray(key)
      for value in values { try write(value, nil, &json) }
      json.endArray()
    case .map(let entries):
      json.beginObject(key)
      for entry in entries { try write(entry.value, entry.key, &json) }
      json.endObject()
    case .node(let id): try PathPrinter.write(try graph.node(NodeID(id)), as: key, to: &json)
    case .edge(let id): try write(edge: id, key, &json)
    case .path(let path):
      json.beginObject(key)
      json.integer("length", path.edges.count)
      json.beginArray("nodes")
      for id in path.nodes { try PathPrinter.write(try graph.node(NodeID(id)), as: nil, to: &json) }
      json.endArray()
      json.beginArray("edges")
      for id in path.edges { try write(edge: id, nil, &json) }
      json.endArray()
      json.endObject()
    }
  }

  private mutating func write(edge id: Int, _ key: String?, _ json: inout JSONWriter) throws {
    let edge = try graph.edge(id)
    json.beginObject(key)
    json.string("id", "e\(id)")
    json.string("kind", edge.kind.name)
    json.string("from", "n\(edge.subject.index)")
    json.string("to", "n\(edge.object.index)")
    json.integer("sources", try graph.witnessCount(of: edge.evidence))
    if evidence > 0 {
      json.beginArray("evidence")
      for piece in edge.evidence.prefix(evidence) {
        let proof = try proofs.proof(piece)
        proof.write(to: &json, passage: try proofs.passage(of: proof).text)
      }
      json.endArray()
    }
    json.endObject()
  }
}
