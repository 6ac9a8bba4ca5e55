import VouchCore

@testable import VouchQuery

/// Makes graphs from the statements with which scenarios begin: `CREATE`, `DELETE` of edges, and what queries have.
struct TCKGraphLoader {
  struct Unsupported: Error { let word: String }

  var graph = TestGraph()

  /// Runs one statement.
  mutating func execute(_ statement: String, parameters: [String: QueryValue]) throws {
    let tokens = try QueryLexer.tokens(statement)
    let bytes = Array(statement.utf8)
    var table: (names: [String], rows: [[QueryValue]]) = ([], [[]])
    var reading: Range<Int>?
    var index = 0
    /// Answers the reading clauses before a writing one.
    func read() throws {
      guard let range = reading else { return }
      let answer = try graph.answer(
        String(decoding: bytes[range], as: UTF8.self) + " RETURN *", parameters: parameters, given: table)
      table = (answer.columns, answer.rows)
      reading = nil
    }
    while tokens[index].kind != .end {
      guard let word = tokens[index].word, ["CREATE", "DELETE"].contains(word) else {
        if ["MERGE", "SET", "REMOVE", "DETACH", "CALL", "RETURN"].contains(tokens[index].word) {
          throw Unsupported(word: tokens[index].word ?? "")
        }
        reading = (reading?.lowerBound ?? tokens[index].range.lowerBound)..<tokens[index].range.upperBound
        index += 1
        continue
      }
      try read()
      var parser = try QueryParser(statement)
      parser.position = index + 1
      if word == "CREATE" {
        var patterns: [PatternSyntax] = []
        repeat { patterns.append(try parser.bare()) } while parser.accept(.comma)
        try create(patterns, bytes, parameters, &table)
      } else {
        let name = try parser.name("a variable").text
        let column = table.names.firstIndex(of: name) ?? 0
        for row in table.rows { if case .edge(let edge) = row[column] { graph.removeEdge(edge) } }
      }
      index = parser.position
    }
  }

  private mutating func create(
    _ patterns: [PatternSyntax], _ bytes: [UInt8], _ parameters: [String: QueryValue],
    _ table: inout (names: [String], rows: [[QueryValue]])
  ) throws {
    var rows: [[QueryValue]] = []
    var names = table.names
    for row in table.rows {
      var known = Dictionary(zip(table.names, row), uniquingKeysWith: { $1 })
      names = table.names
      func properties(_ entries: [(key: NameSyntax, value: ExpressionSyntax)]) throws -> [String: QueryValue] {
        var values: [String: QueryValue] = [:]
        for entry in entries {
          let text = String(decoding: bytes[entry.value.range], as: UTF8.self)
          let answer = try graph.answer(
            "RETURN \(text) AS x", parameters: parameters, given: (table.names, [row]))
          values[entry.key.text] = answer.rows[0][0]
        }
        return values
      }
      func bind(_ name: NameSyntax?, _ value: QueryValue) {
        guard let name else { return }
        known[name.text] = value
        names.append(name.text)
      }
      for pattern in patterns {
        var ids: [Int] = []
        for node in pattern.nodes {
          if let name = node.variable, case .node(let id)? = known[name.text] {
            ids.append(id)
          } else {
            let id = graph.addNode(Self.labels(node.labels), try properties(node.properties))
            bind(node.variable, .node(id))
            ids.append(id)
          }
        }
        for (number, edge) in pattern.edges.enumerated() {
          let (left, right) = (ids[number], ids[number + 1])
          let isBackward = edge.direction == .backward
          let id = graph.addEdge(
            isBackward ? right : left, isBackward ? left : right, Self.labels(edge.types).first ?? "",
            try properties(edge.properties))
          bind(edge.variable, .edge(id))
        }
      }
      rows.append(names.map { known[$0] ?? .null })
    }
    table = (names, rows)
  }

  private static func labels(_ labels: LabelSyntax?) -> [String] {
    switch labels {
    case .name(let name): [name.text]
    case .all(let parts): parts.flatMap { Self.labels($0) }
    default: []
    }
  }
}
