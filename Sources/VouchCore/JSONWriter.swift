/// Writes JSON in the order in which it is told, so that the same values give the same bytes.
///
/// The caller balances the calls; the writer places commas and escapes strings.
public struct JSONWriter: Sendable {
  /// What was written, UTF-8.
  public private(set) var bytes: [UInt8] = []
  private var needsComma = false

  /// Makes an empty writer.
  public init() {}

  /// What was written, as a string.
  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Opens an object; as a member if `key` is given.
  public mutating func beginObject(_ key: String? = nil) { open(key, "{") }
  /// Closes the object.
  public mutating func endObject() { close("}") }
  /// Opens an array; as a member if `key` is given.
  public mutating func beginArray(_ key: String? = nil) { open(key, "[") }
  /// Closes the array.
  public mutating func endArray() { close("]") }

  /// Writes a string, or null.
  public mutating func string(_ key: String? = nil, _ value: String?) {
    prefix(key)
    if let value { quote(value) } else { raw("null") }
  }
  /// Writes an integer, or null.
  public mutating func integer(_ key: String? = nil, _ value: Int?) {
    prefix(key)
    raw(value.map { String($0) } ?? "null")
  }
  /// Writes a number of at most three decimals, or null; a number that is not finite becomes null.
  public mutating func number(_ key: String? = nil, _ value: Double?) {
    prefix(key)
    raw(value.flatMap { $0.isFinite ? Self.decimal($0) : nil } ?? "null")
  }
  /// Writes a number with as many decimals as tell it from all others; a number that is not finite becomes null.
  public mutating func exactNumber(_ key: String? = nil, _ value: Double) {
    prefix(key)
    raw(value.isFinite ? Self.exact(value) : "null")
  }
  /// Writes true or false.
  public mutating func boolean(_ key: String? = nil, _ value: Bool) {
    prefix(key)
    raw(value ? "true" : "false")
  }
  /// Writes an array of strings.
  public mutating func strings(_ key: String? = nil, _ values: [String]) {
    beginArray(key)
    for value in values { string(nil, value) }
    endArray()
  }
  /// Writes `[start, end]`.
  public mutating func range(_ key: String? = nil, _ value: Range<Int>) {
    prefix(key)
    raw("[\(value.lowerBound), \(value.upperBound)]")
    needsComma = true
  }
  /// Ends a line of JSON Lines.
  public mutating func newline() {
    bytes.append(0x0A)
    needsComma = false
  }

  /// The shortest decimal that is read as just this number, without a fraction of zero.
  public static func exact(_ value: Double) -> String {
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A decimal of at most three places without trailing zeros, the same on every machine.
  public static func decimal(_ value: Double) -> String {
    guard value.magnitude < 1e15 else { return String(value) }
    let thousandths = Int((value * 1000).rounded())
    let sign = thousandths < 0 ? "-" : ""
    let (whole, part) = thousandths.magnitude.quotientAndRemainder(dividingBy: 1000)
    if part == 0 { return "\(sign)\(whole)" }
    var digits = String(part + 1000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(whole).\(digits)"
  }

  private mutating func open(_ key: String?, _ bracket: String) {
    prefix(key)
    raw(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: String) {
    raw(bracket)
    needsComma = true
  }

  private mutating func prefix(_ key: String?) {
    if needsComma { raw(", ") }
    if let key {
      quote(key)
      raw(": ")
    }
    needsComma = true
  }

  private mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

  private mutating func quote(_ text: String) {
    bytes.append(0x22)
    for byte in text.utf8 {
      switch byte {
      case 0x22: raw("\\\"")
      case 0x5C: raw("\\\\")
      case 0x0A: raw("\\n")
      case 0x0D: raw("\\r")
      case 0x09: raw("\\t")
      case 0..<0x20:
        let hex = Array("0123456789abcdef".utf8)
        raw("\\u00")
        bytes.append(hex[Int(byte >> 4)])
        bytes.append(hex[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(0x22)
  }
}
