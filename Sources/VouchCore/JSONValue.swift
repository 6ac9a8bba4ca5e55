/// A JSON value (RFC 8259).
package indirect enum JSONValue: Hashable, Sendable {
  /// The six sorts of value; a number as Swift writes it, or as it stands where Swift has none such.
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// Why the bytes are no JSON.
  package struct Failure: Error, Hashable, Sendable {
    /// What was found and what was expected.
    package let message: String
    /// Byte at which it was found.
    package let offset: Int

    /// Line and column of the place in the bytes that were parsed, both from 1, the column in code points.
    package func place(in bytes: ArraySlice<UInt8>) -> (line: Int, column: Int) {
      let before = bytes.prefix(max(0, offset - bytes.startIndex))
      let line = before.lastIndex(of: 0x0A).map { before[before.index(after: $0)...] } ?? before
      return (1 + before.count { $0 == 0x0A }, 1 + line.count { $0 & 0xC0 != 0x80 })
    }
  }

  /// Deepest nesting of lists and objects.
  package static let depthLimit = 512

  /// Reads one value that takes up all the bytes but white space; of members of one name the last counts.
  ///
  /// - Parameter bytes: UTF-8; a byte order mark is passed over.
  /// - Throws: `Failure` for what is no JSON, ill-formed UTF-8 and lone surrogates among it, and for values nested deeper
  ///   than `depthLimit`. - Complexity: O(n), without recursion.
  package init(parsing bytes: ArraySlice<UInt8>) throws(Failure) {
    var parser = JSONParser(bytes)
    self = try parser.document()
  }

  /// The member of that name; `nil` for other values.
  package subscript(_ key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  /// The text of a string; `nil` for other values.
  package var text: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The items of an array, or the value itself as the only one; nothing for null.
  package var items: [JSONValue] {
    switch self {
    case .array(let items): items
    case .null: []
    default: [self]
    }
  }

  /// What sort of value it is, for messages.
  package var sort: String {
    switch self {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
