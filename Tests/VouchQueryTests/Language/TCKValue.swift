import VouchCore

@testable import VouchQuery

/// Values as the kit writes them, in one form for what is expected and what was found: labels and properties sorted.
struct TCKValue {
  private let characters: [Character]
  private var position = 0
  /// Whether the order of the elements of lists does not matter.
  private let sortsLists: Bool

  /// The form of an expected value.
  static func form(_ text: String, sortingLists: Bool) -> String {
    var reader = TCKValue(characters: Array(text), sortsLists: sortingLists)
    return reader.value()
  }

  /// The form of a value that a query has given.
  static func form(_ value: QueryValue, in graph: TestGraph, sortingLists: Bool) -> String {
    func map(_ properties: [String: QueryValue]) -> String {
      braces(properties.map { ($0.key, form($0.value, in: graph, sortingLists: sortingLists)) })
    }
    func node(_ id: Int) -> String {
      "(" + graph.classes[graph.nodes[id].kind].sorted().map { ":" + $0 }.joined() + map(graph.nodes[id].properties)
        + ")"
    }
    func edge(_ id: Int) -> String {
      "[:" + graph.edgeTypes[graph.edges[id].type] + map(graph.edges[id].properties) + "]"
    }
    switch value {
    case .null: return "null"
    case .boolean(let value): return value ? "true" : "false"
    case .integer(let number): return String(number)
    case .float(let number): return String(number)
    case .string(let text): return "'\(text)'"
    case .date(let date): return "'\(date)'"
    case .list(let values):
      return list(values.map { form($0, in: graph, sortingLists: sortingLists) }, sortingLists)
    case .map(let entries):
      return braces(entries.map { ($0.key, form($0.value, in: graph, sortingLists: sortingLists)) }, whole: true)
    case .node(let id): return node(id)
    case .edge(let id): return edge(id)
    case .path(let path):
      var text = node(path.nodes[0])
      for (number, id) in path.edges.enumerated() {
        let isForward = graph.edges[id].source == path.nodes[number]
        text += (isForward ? "-\(edge(id))->" : "<-\(edge(id))-") + node(path.nodes[number + 1])
      }
      return "<\(text)>"
    }
  }

  private static func list(_ parts: [String], _ sorts: Bool) -> String {
    "[" + (sorts ? parts.sorted() : parts).joined(separator: ", ") + "]"
  }

  private static func braces(_ entries: [(String, String)], whole: Bool = false) -> String {
    entries.isEmpty && !whole
      ? "" : "{" + entries.sorted { $0.0 < $1.0 }.map { "\($0.0): \($0.1)" }.joined(separator: ", ") + "}"
  }

  private init(characters: [Character], sortsLists: Bool) {
    self.characters = characters
    self.sortsLists = sortsLists
  }

  private var next: Character? { position < characters.count ? characters[position] : nil }

  private mutating func accept(_ character: Character) -> Bool {
    while next == " " { position += 1 }
    guard next == character else { return false }
    position += 1
    return true
  }

  private mutating func word() -> String {
    while next == " " { position += 1 }
    let start = position
    while let character = next, character.isLetter || character.isNumber || "_-.+".contains(character) { position += 1 }
    return String(characters[start..<position])
  }

  private mutating func value() -> String {
    if accept("'") {
      var text = ""
      while let character = next, character != "'" {
        position += 1
        text.append(character)
      }
      _ = accept("'")
      return "'\(text)'"
    }
    if accept("<") {
      var text = node()
      while let character = next, character != ">" {
        if accept("<") {
          _ = accept("-")
          text += "<-\(edge())-"
          _ = accept("-")
        } else {
          _ = accept("-")
          text += "-\(edge())->"
          _ = accept("-")
          _ = accept(">")
        }
        text += node()
      }
      return "<\(text)>"
    }
    while next == " " { position += 1 }
    if next == "(" { return node() }
    if next == "{" { return properties(whole: true) }
    if next == "[" {
      if position + 1 < characters.count, characters[position + 1] == ":" { return edge() }
      _ = accept("[")
      var parts: [String] = []
      while !accept("]"), next != nil {
        parts.append(value())
        _ = accept(",")
      }
      return Self.list(parts, sortsLists)
    }
    return word()
  }

  private mutating func node() -> String {
    _ = accept("(")
    var labels: [String] = []
    while accept(":") { labels.append(word()) }
    let text = "(" + labels.sorted().map { ":" + $0 }.joined() + properties(whole: false) + ")"
    _ = accept(")")
    return text
  }

  private mutating func edge() -> String {
    _ = accept("[")
    _ = accept(":")
    let text = "[:" + word() + properties(whole: false) + "]"
    _ = accept("]")
    return text
  }

  private mutating func properties(whole: Bool) -> String {
    guard accept("{") else { return "" }
    var entries: [(String, String)] = []
    while !accept("}"), next != nil {
      let key = word()
      _ = accept(":")
      entries.append((key, value()))
      _ = accept(",")
    }
    return Self.braces(entries, whole: whole)
  }
}
