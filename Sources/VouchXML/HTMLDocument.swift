internal import CLibXML2

/// A parsed HTML page as values: every element and text in document order.
///
/// Nodes are numbered in the order in which they start, so the nodes inside node `n` are `n + 1 ..< nodes[n].end`
/// and a walk is a loop. All characters lie in one buffer, of which nodes and attributes are ranges.
public struct HTMLDocument: Sendable {
  /// An element or a text.
  public struct Node: Sendable {
    /// What element it is, or `.text`.
    public let tag: HTMLTag
    /// Number of the element it is in; -1 for the root.
    public let parent: Int
    /// Number of the first node after this one that is not inside it.
    public internal(set) var end: Int
    /// Bytes of a text in `characters`; of an element, its attributes in `attributes`.
    public internal(set) var range: Range<Int>
  }

  /// An attribute of an element.
  public struct Attribute: Sendable {
    /// Which of those that are kept it is.
    public let name: HTMLAttribute
    /// Bytes of the value in `characters`, its references replaced by characters.
    public let value: Range<Int>
  }

  /// Why a page was not parsed.
  public enum Failure: Error, Hashable, Sendable {
    /// The page declares a document type of its own or entities, which Vouch never expands.
    case internalSubset
    /// The page is larger than libxml2 takes (2 GiB), or memory ran out.
    case tooLarge
    /// An element has more than `attributeLimit` attributes, which libxml2 would compare with each other.
    case tooManyAttributes
  }

  /// Most attributes of one element.
  public static let attributeLimit = 512

  /// Most elements that are in each other.
  public static let depthLimit = 256

  /// Elements and texts in document order; empty for a page without any.
  public let nodes: [Node]
  /// The known attributes of all elements, in source order.
  public let attributes: [Attribute]
  /// The characters of all texts and attributes, in document order; UTF-8.
  public let characters: [UInt8]
  /// Number of errors that the parser recovered from.
  public let errorCount: Int
  /// The first of these errors and its line (from 1); `nil` if there was none.
  public let firstError: (message: String, line: Int)?
  /// Whether the parser stopped before the end of the page, as it does `depthLimit` elements deep: text is missing.
  public let isIncomplete: Bool

  /// Parses a page of UTF-8.
  ///
  /// Nothing is fetched, printed or expanded; what is wrong with the page is repaired as browsers do, and counted.
  /// - Throws: `Failure`.
  /// - Complexity: O(n) time and memory.
  public init(utf8 bytes: [UInt8]) throws(Failure) {
    guard !Self.declaresEntities(bytes) else { throw .internalSubset }
    guard !TagScanner.hasCrowdedTag(bytes, limit: Self.attributeLimit) else { throw .tooManyAttributes }
    let builder = HTMLTreeBuilder(capacity: bytes.count)
    var outcome = VouchHTMLOutcome()
    var handler = unsafe VouchHTMLHandler(
      context: Unmanaged.passUnretained(builder).toOpaque(),
      start: { unsafe HTMLTreeBuilder.of($0).start($1, $2) }, end: { unsafe HTMLTreeBuilder.of($0).end() },
      text: { unsafe HTMLTreeBuilder.of($0).text($1, $2) }, comment: { unsafe HTMLTreeBuilder.of($0).comment() })
    let isParsed = withExtendedLifetime(builder) {
      unsafe bytes.withUnsafeBytes { buffer in
        unsafe vouch_html_parse(
          buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count, &handler, &outcome)
      }
    }
    guard isParsed != 0 else { throw .tooLarge }
    builder.finish()
    errorCount = outcome.error_count
    isIncomplete = outcome.gave_up != 0
    let message = unsafe withUnsafeBytes(of: &outcome.first_message) {
      unsafe String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
    }
    firstError = errorCount > 0 ? (message, Int(outcome.first_line)) : nil
    nodes = builder.nodes
    attributes = builder.attributes
    characters = builder.characters
  }

  /// The characters of all texts inside a node, joined as they stand.
  public func text(of node: Int) -> String {
    guard nodes.indices.contains(node) else { return "" }
    var text: [UInt8] = []
    for index in node..<nodes[node].end where nodes[index].tag == .text { text += characters[nodes[index].range] }
    return String(decoding: text, as: UTF8.self)
  }

  /// The bytes of an attribute's value; `nil` if the element lacks it.
  public func bytes(of name: HTMLAttribute, at node: Int) -> ArraySlice<UInt8>? {
    guard nodes[node].tag != .text else { return nil }
    for index in nodes[node].range where attributes[index].name == name { return characters[attributes[index].value] }
    return nil
  }

  /// The value of an attribute; `nil` if the element lacks it.
  public func value(of name: HTMLAttribute, at node: Int) -> String? {
    bytes(of: name, at: node).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension HTMLDocument {
  /// Whether the page's document type declaration has an internal subset, or an entity is declared before the content.
  ///
  /// Looks at white space, comments, processing instructions and declarations up to the first tag.
  /// - Complexity: O(n) in the length of that part.
  static func declaresEntities(_ bytes: [UInt8]) -> Bool {
    var position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while position < bytes.count {
      switch bytes[position] {
      case 0x09...0x0D, 0x20: position += 1
      case 0x3C:
        if matches(bytes, position, "<!--") {
          position = end(of: "-->", in: bytes, from: position + 4)
        } else if matches(bytes, position, "<?") {
          position = end(of: ">", in: bytes, from: position + 2)
        } else if matches(bytes, position, "<!doctype") {
          guard let end = endOfDoctype(bytes, from: position + 9) else { return true }
          position = end
        } else {
          return matches(bytes, position, "<!entity") || matches(bytes, position, "<![")
        }
      default: return false
      }
    }
    return false
  }

  /// The offset after a document type declaration; `nil` if it has an internal subset.
  private static func endOfDoctype(_ bytes: [UInt8], from start: Int) -> Int? {
    var quote: UInt8?
    for position in start..<max(start, bytes.count) {
      let byte = bytes[position]
      if let open = quote {
        if byte == open { quote = nil }
        continue
      }
      switch byte {
      case 0x22, 0x27: quote = byte
      case 0x5B: return nil
      case 0x3E: return position + 1
      default: break
      }
    }
    return bytes.count
  }

  /// Whether `word` (lower-case ASCII) stands at `position`, in whatever case.
  private static func matches(_ bytes: [UInt8], _ position: Int, _ word: StaticString) -> Bool {
    let count = word.utf8CodeUnitCount
    guard position + count <= bytes.count else { return false }
    for index in 0..<count {
      let byte = bytes[position + index]
      let lower = (0x41...0x5A).contains(byte) ? byte + 0x20 : byte
      if unsafe lower != word.utf8Start[index] { return false }
    }
    return true
  }

  private static func end(of word: StaticString, in bytes: [UInt8], from start: Int) -> Int {
    var position = start
    while position < bytes.count {
      if matches(bytes, position, word) { return position + word.utf8CodeUnitCount }
      position += 1
    }
    return bytes.count
  }
}
