internal import FoundationEssentials

/// A JSON value, read by Foundation's decoder.
package indirect enum JSONValue: Hashable, Sendable {
  /// The six sorts of value; a number as Swift writes it.
  case null
  case boolean(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  /// The bytes are no JSON; the decoder does not say where.
  package struct Failure: Error, Hashable, Sendable {}

  /// Reads one value that takes up all the bytes but white space.
  ///
  /// - Parameter bytes: UTF-8; a byte order mark is passed over.
  /// - Throws: `Failure` for what is no JSON, ill-formed UTF-8 and lone surrogates among it, and for values nested deeper
  ///   than the decoder goes (512).
  package init(parsing bytes: ArraySlice<UInt8>) throws(Failure) {
    let bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes
    do { self = try JSONDecoder().decode(JSONValue.self, from: Data(bytes)) } catch { throw Failure() }
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

extension JSONValue: Decodable {
  package init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let truth = try? container.decode(Bool.self) {
      self = .boolean(truth)
    } else if let whole = try? container.decode(Int.self) {
      self = .number(String(whole))
    } else if let number = try? container.decode(Double.self) {
      self = .number(String(number))
    } else if let items = try? decoder.unkeyedContainer() {
      self = .array(try Self.items(of: items))
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  private static func items(of container: any UnkeyedDecodingContainer) throws -> [JSONValue] {
    var container = container
    var items: [JSONValue] = []
    while !container.isAtEnd { items.append(try container.decode(JSONValue.self)) }
    return items
  }
}
