import Vouch

/// Prints the rows of a query as a table, and the sentences behind what they hold.
struct QueryTable {
  let graph: GraphFile
  let terminal: Terminal
  /// Most sentences for each edge.
  let evidence: Int
  private var proofs: GraphFile.ProofReader

  init(graph: GraphFile, terminal: Terminal, evidence: Int) throws {
    self.graph = graph
    self.terminal = terminal
    self.evidence = evidence
    proofs = try GraphFile.ProofReader(graph)
  }

  /// Prints all rows; columns are as wide as their widest cell, numbers stand to the right.
  mutating func print(_ columns: [String], _ rows: [[QueryValue]]) throws {
    var cells: [[String]] = []
    for row in rows { cells.append(try row.map { try Self.cell($0, graph) }) }
    let heads = columns.map(Terminal.plain)
    let widths = heads.indices.map { column in
      max(heads[column].count, cells.map { $0[column].count }.max() ?? 0)
    }
    let isNumber = heads.indices.map { column in
      rows.allSatisfy { row in
        switch row[column] {
        case .integer, .float, .null: true
        default: false
        }
      }
    }
    func line(_ cells: [String], _ style: (String) -> String) -> String {
      var text = ""
      for (column, cell) in cells.enumerated() {
        let padding = String(repeating: " ", count: widths[column] - cell.count)
        let isLast = column == cells.count - 1
        text += isNumber[column] ? padding + style(cell) : style(cell) + (isLast ? "" : padding)
        if !isLast { text += "  " }
      }
      return text
    }
    terminal.line(line(heads, terminal.bold))
    terminal.line(line(widths.map { String(repeating: "─", count: $0) }, { $0 }))
    for (number, row) in cells.enumerated() {
      terminal.line(line(row) { $0 })
      guard evidence > 0 else { continue }
      for edge in row.indices.flatMap({ QueryCommand.parts(rows[number][$0]) }).flatMap(\.edges) {
        try print(edge: edge)
      }
    }
  }

  private mutating func print(edge index: Int) throws {
    let edge = try graph.edge(index)
    let sources = try graph.witnessCount(of: edge.evidence)
    terminal.line(
      "    " + Terminal.plain(try graph.node(edge.subject).label) + " ── \(edge.kind.name) ─▶ "
        + Terminal.plain(try graph.node(edge.object).label)
        + terminal.dim("  (e\(index), \(sources) independent \(sources == 1 ? "source" : "sources"))"))
    let printer = EvidencePrinter(terminal: terminal, indent: "      ")
    for piece in edge.evidence.prefix(evidence) {
      let proof = try proofs.proof(piece)
      printer.print(proof, try proofs.passage(of: proof))
    }
  }

  /// A value on one line: nodes by what they are called, paths by their nodes and edges.
  static func cell(_ value: QueryValue, _ graph: GraphFile) throws -> String {
    switch value {
    case .null: return "–"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let number): return String(number)
    case .float(let number): return JSONWriter.exact(number)
    case .string(let text): return Terminal.plain(text)
    case .date(let date): return date.description
    case .list(let values): return "[" + (try values.map { try cell($0, graph) }).joined(separator: ", ") + "]"
    case .map(let entries):
      return "{"
        + (try entries.map { "\(Terminal.plain($0.key)): \(try cell($0.value, graph))" }).joined(separator: ", ") + "}"
    case .node(let id): return Terminal.plain(try graph.node(NodeID(id)).label)
    case .edge(let id): return "\(try graph.edge(id).kind.name) e\(id)"
    case .path(let path):
      var text = Terminal.plain(try graph.node(NodeID(path.nodes[0])).label)
      for (number, id) in path.edges.enumerated() {
        let edge = try graph.edge(id)
        let isForward = Int(edge.subject.index) == path.nodes[number]
        text += isForward ? " ── \(edge.kind.name) ─▶ " : " ◀─ \(edge.kind.name) ── "
        text += Terminal.plain(try graph.node(NodeID(path.nodes[number + 1])).label)
      }
      return text
    }
  }
}
