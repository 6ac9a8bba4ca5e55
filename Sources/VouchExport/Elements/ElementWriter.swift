internal import VouchCore
internal import VouchStore
internal import VouchXML

/// Writes nodes and edges as GraphML or as tables: values in the order of the columns, what a profile does not have left out.
struct ElementWriter: ~Copyable {
  enum Form { case graphML, table }

  var output: TextOutput
  let form: Form
  let profile: ExportProfile
  private let isCollapsed: Bool
  /// What comes before a value: by attribute, for the first value of an element and for later ones.
  private var first: [String?] = []
  private var next: [String?] = []
  /// By attribute, its column in a table.
  private var columns: [Int] = []
  private var column = 0
  private var isOpen = false
  private(set) var nodes = 0, edges = 0

  init(_ form: Form, _ profile: ExportProfile, isCollapsed: Bool, _ output: consuming TextOutput) {
    self.form = form
    self.profile = profile
    self.isCollapsed = isCollapsed
    self.output = output
  }

  /// How text and JSON are escaped in values.
  private var escaping: Escaping { form == .table ? .csv : .xmlText }
  private var jsonEscaping: Escaping { form == .table ? .jsonInCSV : .jsonInXML }

  // MARK: The file

  /// Begins the file of GraphML.
  mutating func beginGraph() throws(ErrorNumber) {
    try output.write(
      """
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
      """)
    if profile == .yed { try output.write(" xmlns:y=\"http://www.yworks.com/xml/graphml\"") }
    try output.write(
      """
       xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd">

      """)
    for isNode in [true, false] {
      for column in profile.columns(isNode: isNode, isCollapsed: isCollapsed) {
        let scope = isNode ? "node" : "edge"
        let type =
          column.attribute.type == .graphics
          ? "yfiles.type=\"\(scope)graphics\""
          : "attr.name=\"\(column.name)\" attr.type=\"\(column.attribute.type.rawValue)\""
        try output.write(markup: "<key id=\"\(column.id)\" for=\"\(scope)\" \(type)/>\n")
      }
    }
    try output.write("<graph id=\"vouch\" edgedefault=\"directed\">\n")
  }

  mutating func endGraph() throws(ErrorNumber) { try output.write("</graph>\n</graphml>\n") }

  /// Says that nodes follow, or edges; a table begins with its heads.
  mutating func begin(isNode: Bool) throws(ErrorNumber) {
    first = Array(repeating: nil, count: Attribute.allCases.count)
    next = first
    columns = Array(repeating: 0, count: first.count)
    switch form {
    case .graphML:
      for column in profile.columns(isNode: isNode, isCollapsed: isCollapsed) {
        first[column.attribute.rawValue] = "<data key=\"\(column.id)\">"
        next[column.attribute.rawValue] = "</data><data key=\"\(column.id)\">"
      }
    case .table:
      let isNeo4j = profile == .neo4j
      var heads =
        isNode
        ? [isNeo4j ? "id:ID" : "Id"]
        : isNeo4j ? ["id", ":START_ID", ":END_ID"] : ["Id", "Source", "Target", "Type"]
      for (number, column) in profile.tableColumns(isNode: isNode, isCollapsed: isCollapsed).enumerated() {
        heads.append(column.name)
        first[column.attribute.rawValue] = ""
        next[column.attribute.rawValue] = ""
        columns[column.attribute.rawValue] = number + 1
      }
      tableWidth = heads.count
      try output.write(markup: heads.joined(separator: ",") + "\n")
    }
  }

  private var tableWidth = 0

  // MARK: Elements

  mutating func begin(node id: Int) throws(ErrorNumber) {
    column = 0
    nodes += 1
    switch form {
    case .graphML:
      try output.write("<node id=\"n")
      try output.write(id)
      try output.write("\">")
    case .table:
      try output.write("n")
      try output.write(id)
    }
  }

  mutating func begin(edge id: Int, from source: Int, to target: Int) throws(ErrorNumber) {
    column = 0
    edges += 1
    switch form {
    case .graphML:
      try output.write("<edge id=\"e")
      try output.write(id)
      try output.write("\" source=\"n")
      try output.write(source)
      try output.write("\" target=\"n")
      try output.write(target)
      try output.write("\">")
    case .table:
      try output.write("e")
      try output.write(id)
      try output.write(",n")
      try output.write(source)
      try output.write(",n")
      try output.write(target)
      if profile != .neo4j { try output.write(",Directed") }
    }
  }

  mutating func endNode() throws(ErrorNumber) { try end("</data></node>\n", "</node>\n", fixed: 1) }

  mutating func endEdge() throws(ErrorNumber) {
    try end("</data></edge>\n", "</edge>\n", fixed: profile == .neo4j ? 3 : 4)
  }

  private mutating func end(_ open: StaticString, _ empty: StaticString, fixed: Int) throws(ErrorNumber) {
    switch form {
    case .graphML: try output.write(isOpen ? open : empty)
    case .table:
      if isOpen { try output.write("\"") }
      for _ in column..<max(column, tableWidth - fixed) { try output.write(",") }
      try output.write("\n")
    }
    isOpen = false
  }

  // MARK: Values

  /// Whether the file has a column for an attribute.
  func has(_ attribute: Attribute) -> Bool { next[attribute.rawValue] != nil }

  /// Begins a value; `false` if the file has no such column.
  private mutating func open(_ attribute: Attribute) throws(ErrorNumber) -> Bool {
    guard let prefix = isOpen ? next[attribute.rawValue] : first[attribute.rawValue] else { return false }
    switch form {
    case .graphML: try output.write(markup: prefix)
    case .table:
      if isOpen { try output.write("\"") }
      while column < columns[attribute.rawValue] {
        try output.write(",")
        column += 1
      }
      try output.write("\"")
    }
    isOpen = true
    return true
  }

  mutating func text(_ attribute: Attribute, _ value: String) throws(ErrorNumber) {
    if !value.isEmpty, try open(attribute) { try output.write(value, as: escaping) }
  }

  mutating func text(_ attribute: Attribute, _ value: StaticString) throws(ErrorNumber) {
    if try open(attribute) { try output.write(value) }
  }

  mutating func text(_ attribute: Attribute, _ value: borrowing Swift.Span<UInt8>) throws(ErrorNumber) {
    if !value.isEmpty, try open(attribute) { try output.write(value, as: escaping) }
  }

  mutating func integer(_ attribute: Attribute, _ value: Int) throws(ErrorNumber) {
    if try open(attribute) { try output.write(value) }
  }

  mutating func number(_ attribute: Attribute, thousandths: Int, point: Bool = false) throws(ErrorNumber) {
    if try open(attribute) { try output.write(thousandths: thousandths, point: point) }
  }

  /// An IRI that ends in a number of sixteen hexadecimal digits.
  mutating func iri(_ attribute: Attribute, _ start: String, _ kind: StaticString, hexadecimal number: UInt64)
    throws(ErrorNumber)
  {
    guard try open(attribute) else { return }
    try output.write(start, as: escaping)
    try output.write(kind)
    try output.write(hexadecimal: number)
  }

  /// Begins a value that is markup.
  mutating func markup(_ attribute: Attribute) throws(ErrorNumber) -> Bool { try open(attribute) }

  // MARK: JSON in values

  /// Begins a value that is JSON.
  mutating func json(_ attribute: Attribute) throws(ErrorNumber) -> Bool { try open(attribute) }

  /// What stands between strings of JSON; it holds no character but ASCII.
  mutating func punctuation(_ text: StaticString) throws(ErrorNumber) {
    if form == .table { try output.write(String(describing: text), as: .csv) } else { try output.write(text) }
  }

  mutating func json(text: String) throws(ErrorNumber) { try output.write(text, as: jsonEscaping) }

  mutating func json(text: borrowing Swift.Span<UInt8>) throws(ErrorNumber) { try output.write(text, as: jsonEscaping) }
}
