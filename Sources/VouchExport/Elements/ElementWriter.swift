internal import VouchCore
internal import VouchStore
internal import VouchXML

/// Writes nodes and edges as GraphML, as GEXF or as tables: values in the order of the columns, what a profile does not have left out.
struct ElementWriter: ~Copyable {
  enum Form { case graphML, gexf, table }

  var output: TextOutput
  let form: Form
  let profile: ExportProfile
  private let isCollapsed: Bool
  /// What comes before values that follow another, one after the other; the first value of an element needs no `closing`.
  private var prefixes: [UInt8] = []
  /// By attribute, its place in `prefixes`; `nil` if the file has no such column.
  private var places: [Range<Int>?] = []
  private let closing: String
  /// By attribute, its column in a table.
  private var columns: [Int] = []
  private var column = 0
  private var isOpen = false
  /// Elements written.
  private(set) var nodes = 0, edges = 0

  init(_ form: Form, _ profile: ExportProfile, isCollapsed: Bool, _ output: consuming TextOutput) {
    self.form = form
    closing = form == .gexf ? "\"/>" : "</data>"
    self.profile = profile
    self.isCollapsed = isCollapsed
    self.output = output
    switch form {
    case .graphML: (escaping, jsonEscaping) = (.xmlText, .jsonInXML)
    case .gexf: (escaping, jsonEscaping) = (.xmlAttribute, .jsonInAttribute)
    case .table: (escaping, jsonEscaping) = (.csv, .jsonInCSV)
    }
  }

  /// How text and JSON are escaped in values.
  private let escaping: Escaping
  private let jsonEscaping: Escaping

  /// A writer of parts of the same file, for another thread.
  mutating func sibling() throws(ErrorNumber) -> ElementWriter {
    var other = ElementWriter(form, profile, isCollapsed: isCollapsed, try TextOutput(sharing: &output))
    other.setColumns(isNode: isInNodes)
    return other
  }

  /// Adds what a sibling counted.
  mutating func absorb(_ other: borrowing ElementWriter) {
    nodes += other.nodes
    edges += other.edges
    output.absorb(other.output)
  }

  // MARK: The file

  /// Begins the file of GraphML or GEXF.
  mutating func beginGraph() throws(ErrorNumber) {
    if form == .gexf { return try beginGEXF() }
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

  /// Source of the form: the GEXF 1.3 schema, with time as intervals of days.
  private mutating func beginGEXF() throws(ErrorNumber) {
    try output.write(
      """
      <gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
      <meta><creator>Vouch</creator></meta>
      <graph defaultedgetype="directed" mode="dynamic" timeformat="date" timerepresentation="interval" idtype="string">

      """)
    for isNode in [true, false] {
      try output.write(isNode ? "<attributes class=\"node\">\n" : "<attributes class=\"edge\">\n")
      for column in profile.gexfColumns(isNode: isNode, isCollapsed: isCollapsed) {
        let type = column.attribute.type == .int ? "integer" : column.attribute.type.rawValue
        try output.write(markup: "<attribute id=\"\(column.id)\" title=\"\(column.name)\" type=\"\(type)\"/>\n")
      }
      try output.write("</attributes>\n")
    }
  }

  mutating func endGraph() throws(ErrorNumber) {
    try output.write(form == .gexf ? "</edges>\n</graph>\n</gexf>\n" : "</graph>\n</graphml>\n")
  }

  /// Says that nodes follow, or edges; a table begins with its heads.
  mutating func begin(isNode: Bool) throws(ErrorNumber) {
    setColumns(isNode: isNode)
    switch form {
    case .graphML: break
    case .gexf: try output.write(isNode ? "<nodes>\n" : "</nodes>\n<edges>\n")
    case .table:
      let heads = fixedHeads + profile.tableColumns(isNode: isNode, isCollapsed: isCollapsed).map(\.name)
      try output.write(markup: heads.joined(separator: ",") + "\n")
    }
  }

  /// Heads of the columns that every element has.
  private var fixedHeads: [String] {
    let isNeo4j = profile == .neo4j
    if isInNodes { return [isNeo4j ? "id:ID" : "Id"] }
    return isNeo4j ? ["id", ":START_ID", ":END_ID"] : ["Id", "Source", "Target", "Type"]
  }

  private mutating func setColumns(isNode: Bool) {
    isInNodes = isNode
    prefixes = []
    places = Array(repeating: nil, count: Attribute.allCases.count)
    columns = Array(repeating: 0, count: places.count)
    switch form {
    case .graphML:
      for column in profile.columns(isNode: isNode, isCollapsed: isCollapsed) {
        let start = prefixes.count
        prefixes += "\(closing)<data key=\"\(column.id)\">".utf8
        places[column.attribute.rawValue] = start..<prefixes.count
      }
    case .gexf:
      for column in profile.gexfColumns(isNode: isNode, isCollapsed: isCollapsed) {
        let start = prefixes.count
        prefixes += "\(closing)<attvalue for=\"\(column.id)\" value=\"".utf8
        places[column.attribute.rawValue] = start..<prefixes.count
      }
    case .table:
      let tableColumns = profile.tableColumns(isNode: isNode, isCollapsed: isCollapsed)
      for (number, column) in tableColumns.enumerated() {
        places[column.attribute.rawValue] = 0..<0
        columns[column.attribute.rawValue] = number + 1
      }
      tableWidth = fixedHeads.count + tableColumns.count
    }
  }

  private var isInNodes = true
  private var tableWidth = 0

  // MARK: Elements

  mutating func begin(node id: Int) throws(ErrorNumber) {
    column = 0
    nodes += 1
    switch form {
    case .graphML, .gexf:
      try output.write("<node id=\"n")
      try output.write(id)
      try output.write(form == .gexf ? "\"" : "\">")
    case .table:
      try output.write("n")
      try output.write(id)
    }
  }

  mutating func begin(edge id: Int, from source: Int, to target: Int) throws(ErrorNumber) {
    column = 0
    edges += 1
    switch form {
    case .graphML, .gexf:
      try output.write("<edge id=\"e")
      try output.write(id)
      try output.write("\" source=\"n")
      try output.write(source)
      try output.write("\" target=\"n")
      try output.write(target)
      try output.write(form == .gexf ? "\"" : "\">")
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

  /// Attributes of an element of GEXF, which begins an element's values: label, the days of its evidence, how it looks.
  mutating func attributes(
    label: String, weight: Int?, first: String?, last: String?, _ color: Appearance.Color, size: Int? = nil,
    x: Int = 0, y: Int = 0
  ) throws(ErrorNumber) {
    try output.write(" label=\"")
    try output.write(label, as: .xmlAttribute)
    if let weight {
      try output.write("\" weight=\"")
      try output.write(weight)
    }
    if let first, let last {
      try output.write("\" start=\"")
      try output.write(first, as: .xmlAttribute)
      try output.write("\" end=\"")
      try output.write(last, as: .xmlAttribute)
    }
    try output.write("\"><viz:color r=\"")
    try output.write(color.r)
    try output.write("\" g=\"")
    try output.write(color.g)
    try output.write("\" b=\"")
    try output.write(color.b)
    if let size {
      try output.write("\"/><viz:size value=\"")
      try output.write(size)
      try output.write("\"/><viz:position x=\"")
      try output.write(thousandths: x)
      try output.write("\" y=\"")
      try output.write(thousandths: y)
      try output.write("\" z=\"0")
    }
    try output.write("\"/><attvalues>")
  }

  mutating func endNode() throws(ErrorNumber) {
    if form == .gexf { return try end("\"/></attvalues></node>\n", "</attvalues></node>\n", fixed: 0) }
    try end("</data></node>\n", "</node>\n", fixed: 1)
  }

  mutating func endEdge() throws(ErrorNumber) {
    if form == .gexf { return try end("\"/></attvalues></edge>\n", "</attvalues></edge>\n", fixed: 0) }
    try end("</data></edge>\n", "</edge>\n", fixed: profile == .neo4j ? 3 : 4)
  }

  private mutating func end(_ open: StaticString, _ empty: StaticString, fixed: Int) throws(ErrorNumber) {
    switch form {
    case .graphML, .gexf: try output.write(isOpen ? open : empty)
    case .table:
      if isOpen { try output.write("\"") }
      for _ in column..<max(column, tableWidth - fixed) { try output.write(",") }
      try output.write("\n")
    }
    isOpen = false
  }

  // MARK: Values

  /// Whether the file has a column for an attribute.
  func has(_ attribute: Attribute) -> Bool { places[attribute.rawValue] != nil }

  /// Begins a value; `false` if the file has no such column.
  private mutating func open(_ attribute: Attribute) throws(ErrorNumber) -> Bool {
    guard let place = places[attribute.rawValue] else { return false }
    switch form {
    case .graphML, .gexf:
      let start = isOpen ? place.lowerBound : place.lowerBound + closing.utf8.count
      let prefixes = prefixes
      try output.write(markup: prefixes.span.extracting(start..<place.upperBound))
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
    if form == .graphML { try output.write(text) } else { try output.write(String(describing: text), as: escaping) }
  }

  mutating func json(text: String) throws(ErrorNumber) { try output.write(text, as: jsonEscaping) }

  mutating func json(text: borrowing Swift.Span<UInt8>) throws(ErrorNumber) { try output.write(text, as: jsonEscaping) }
}
