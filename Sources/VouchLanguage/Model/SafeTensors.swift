internal import VouchCore

/// A file of named tensors in the safetensors format, read where it lies.
///
/// Eight bytes hold the header's length (little-endian), the header is a JSON object of name → dtype, shape and offsets
/// into the data after it, and the tensors fill the data without gaps.
///
/// Source: the format's description in github.com/huggingface/safetensors.
struct SafeTensors: Sendable {
  /// The item types that a language model uses.
  enum ItemType: String, Sendable {
    case signedByte = "I8"
    case byte = "U8"
    case integer = "I32"
    case float = "F32"
    /// Bytes of an item.
    var size: Int { self == .signedByte || self == .byte ? 1 : 4 }
  }

  /// A tensor and where its items lie.
  struct Tensor: Hashable, Sendable {
    var type: ItemType
    /// Sizes of the dimensions; the last runs fastest.
    var shape: [Int]
    /// Bytes of the file.
    var range: Range<Int>
    /// Number of items.
    var count: Int { range.count / type.size }
  }

  /// Most bytes of a header.
  static let longestHeader = 1 << 20
  /// Most tensors of a file.
  static let mostTensors = 4096

  let source: ModelBytes
  let tensors: [String: Tensor]

  /// Reads and checks the header.
  ///
  /// - Throws: `model.damaged` with what was found, the byte where, and what was expected.
  /// - Complexity: O(header).
  init(_ source: ModelBytes) throws(Diagnostic) {
    self.source = source
    let size = unsafe source.bytes.count
    guard size >= 8 else {
      throw Self.damage(source, 0, "is \(size) bytes long; expected the 8 bytes of a header's length")
    }
    let length = unsafe UInt64(littleEndian: source.bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    guard length <= UInt64(min(Self.longestHeader, size - 8)) else {
      throw Self.damage(
        source, 0,
        "a header of \(length) bytes; expected at most \(min(Self.longestHeader, size - 8)) in a file of \(size)")
    }
    let start = 8 + Int(length)
    let header = unsafe Array(source.bytes[8..<start])
    guard let value = try? JSONValue(parsing: header[...]), case .object(let members) = value else {
      throw Self.damage(source, 8, "a header that is no JSON object; expected the names of tensors")
    }
    var found: [String: Tensor] = [:]
    for (name, entry) in members where name != "__metadata__" {
      found[name] = try Self.tensor(name, entry, source, dataStart: start)
    }
    guard found.count <= Self.mostTensors else {
      throw Self.damage(source, 8, "\(found.count) tensors; expected at most \(Self.mostTensors)")
    }
    try Self.checkLayout(found, source, dataStart: start)
    tensors = found
  }

  private static func tensor(
    _ name: String, _ entry: JSONValue, _ source: ModelBytes, dataStart: Int
  ) throws(Diagnostic) -> Tensor {
    guard let typeName = entry["dtype"]?.text, let type = ItemType(rawValue: typeName) else {
      throw damage(
        source, 8, "tensor \"\(name)\" of type \(entry["dtype"]?.text ?? "none"); expected I8, U8, I32 or F32")
    }
    guard let shape = wholeNumbers(entry["shape"]), let offsets = wholeNumbers(entry["data_offsets"]),
      offsets.count == 2, shape.count <= 8
    else { throw damage(source, 8, "tensor \"\(name)\" without a shape and two offsets that are whole numbers") }
    var bytes = type.size
    var isTooLarge = false
    for dimension in shape {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: dimension)
      bytes = product
      isTooLarge = isTooLarge || overflow
    }
    let room = unsafe source.bytes.count - dataStart
    guard !isTooLarge, offsets[0] <= offsets[1], offsets[1] <= room, offsets[1] - offsets[0] == bytes else {
      throw damage(
        source, 8,
        "tensor \"\(name)\" of shape \(shape) at bytes \(offsets[0]) to \(offsets[1]) of \(room);"
          + " expected offsets inside the data that fit the shape")
    }
    return Tensor(type: type, shape: shape, range: dataStart + offsets[0]..<dataStart + offsets[1])
  }

  private static func checkLayout(
    _ tensors: [String: Tensor], _ source: ModelBytes, dataStart: Int
  ) throws(Diagnostic) {
    var end = dataStart
    for range in tensors.values.map(\.range).sorted(by: {
      ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound)
    }) {
      guard range.lowerBound == end else {
        throw damage(
          source, range.lowerBound, "a tensor that starts here; expected one at \(end), where the last one ends")
      }
      end = range.upperBound
    }
    let size = unsafe source.bytes.count
    guard end == size else { throw damage(source, end, "\(size - end) bytes that belong to no tensor; expected none") }
  }

  /// Whole numbers from 0; `nil` if the value is anything else.
  private static func wholeNumbers(_ value: JSONValue?) -> [Int]? {
    guard case .array(let items)? = value else { return nil }
    var numbers: [Int] = []
    for item in items {
      guard case .number(let digits) = item, let number = Int(digits), number >= 0 else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  static func damage(_ source: ModelBytes, _ offset: Int, _ message: String) -> Diagnostic {
    Diagnostic(
      .error, "model.damaged", message + "; install the model again", at: .init(path: source.name, offset: offset))
  }
}
