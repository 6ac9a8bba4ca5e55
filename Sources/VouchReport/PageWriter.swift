internal import VouchCore
internal import VouchXML

/// Writes a page: markup of our own as it is, all else escaped for the place where it stands.
struct PageWriter: ~Copyable {
  private var output: TextOutput
  private var needsComma = false

  init(_ output: consuming TextOutput) { self.output = output }

  var byteCount: Int { output.byteCount }
  var replacedCharacters: Int { output.replacedCharacters }

  mutating func finish() throws(ErrorNumber) { try output.finish() }

  // MARK: HTML

  mutating func markup(_ literal: StaticString) throws(ErrorNumber) { try output.write(literal) }
  mutating func file(_ bytes: ArraySlice<UInt8>) throws(ErrorNumber) {
    try output.write(markup: String(decoding: bytes, as: UTF8.self))
  }
  mutating func text(_ text: String) throws(ErrorNumber) { try output.write(text, as: .xmlText) }
  mutating func number(_ number: Int) throws(ErrorNumber) { try output.write(number) }

  /// An attribute with a space before it.
  mutating func attribute(_ name: StaticString, _ value: String) throws(ErrorNumber) {
    try markup(" ")
    try markup(name)
    try markup("=\"")
    try output.write(value, as: .xmlAttribute)
    try markup("\"")
  }

  /// An element that holds text alone.
  mutating func element(_ tag: StaticString, _ text: String, class name: String? = nil) throws(ErrorNumber) {
    try markup("<")
    try markup(tag)
    if let name { try attribute("class", name) }
    try markup(">")
    try self.text(text)
    try markup("</")
    try markup(tag)
    try markup(">")
  }

  /// Begins a table that scrolls by itself, up to its first row.
  mutating func beginTable(_ tag: StaticString, _ title: String, _ columns: [String]) throws(ErrorNumber) {
    try markup("<div class=\"scroll\" tabindex=\"0\" role=\"region\"")
    try attribute("aria-label", title)
    try markup(">")
    try markup(tag)
    try element("caption", title)
    try markup("<thead><tr>")
    for column in columns {
      try markup("<th scope=\"col\">")
      try text(column)
      try markup("</th>")
    }
    try markup("</tr></thead><tbody>\n")
  }

  // MARK: JSON in a script element

  mutating func beginArray() throws(ErrorNumber) {
    try separate()
    try markup("[")
    needsComma = false
  }
  mutating func endArray() throws(ErrorNumber) {
    try markup("]")
    needsComma = true
  }
  /// Begins a member of the outermost object.
  mutating func member(_ key: StaticString) throws(ErrorNumber) {
    try markup(needsComma ? ",\n\"" : "\n\"")
    try markup(key)
    try markup("\":")
    needsComma = false
  }
  mutating func string(_ text: String?) throws(ErrorNumber) {
    try separate()
    guard let text else { return try markup("null") }
    try markup("\"")
    try output.write(text, as: .jsonInScript)
    try markup("\"")
  }
  mutating func integer(_ number: Int?) throws(ErrorNumber) {
    try separate()
    if let number { try output.write(number) } else { try markup("null") }
  }
  mutating func integers(_ numbers: [Int]) throws(ErrorNumber) {
    try beginArray()
    for number in numbers { try integer(number) }
    try endArray()
  }
  mutating func strings(_ texts: [String]) throws(ErrorNumber) {
    try beginArray()
    for text in texts { try string(text) }
    try endArray()
  }

  private mutating func separate() throws(ErrorNumber) {
    if needsComma { try markup(",") }
    needsComma = true
  }
}
