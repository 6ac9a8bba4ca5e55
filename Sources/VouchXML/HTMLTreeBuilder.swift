internal import Glibc

/// Makes the nodes of a page of what the parser tells, in document order.
final class HTMLTreeBuilder {
  private(set) var nodes: [HTMLDocument.Node] = []
  private(set) var attributes: [HTMLDocument.Attribute] = []
  private(set) var characters: [UInt8] = []
  /// The elements that are open, outermost first.
  private var open: [Int] = []
  /// Whether the last node is a text that goes on.
  private var isInText = false

  /// - Parameter capacity: Bytes of the page, which has no more characters.
  init(capacity: Int) { characters.reserveCapacity(capacity) }

  /// The builder that a handler was given as its context.
  @unsafe
  static func of(_ context: UnsafeMutableRawPointer?) -> HTMLTreeBuilder {
    guard let context = unsafe context else { preconditionFailure("a handler of HTML has no context") }
    return unsafe Unmanaged<HTMLTreeBuilder>.fromOpaque(context).takeUnretainedValue()
  }

  /// An element begins.
  ///
  /// - Returns: Anything but 0 if elements nest too deep.
  @unsafe
  func start(_ name: UnsafePointer<CChar>?, _ pairs: UnsafePointer<UnsafePointer<CChar>?>?) -> Int32 {
    isInText = false
    guard let name = unsafe name, open.count < HTMLDocument.depthLimit else { return 1 }
    let start = attributes.count
    var pair = unsafe pairs
    while let place = unsafe pair, let attribute = unsafe place[0] {
      if let known = unsafe HTMLAttribute(hash: Self.hash(attribute)) {
        let value = characters.count
        if let text = unsafe place[1] { unsafe append(text, strlen(text)) }
        attributes.append(.init(name: known, value: value..<characters.count))
      }
      unsafe pair = place + 2
    }
    nodes.append(
      .init(
        tag: HTMLTag(hash: unsafe Self.hash(name)), parent: open.last ?? -1, end: nodes.count + 1,
        range: start..<attributes.count))
    open.append(nodes.count - 1)
    return 0
  }

  /// The innermost element ends.
  func end() {
    isInText = false
    if let element = open.popLast() { nodes[element].end = nodes.count }
  }

  /// A text begins or goes on; outside all elements there is none.
  @unsafe
  func text(_ bytes: UnsafePointer<CChar>?, _ length: Int) {
    guard let bytes = unsafe bytes, let parent = open.last else { return }
    let start = characters.count
    unsafe append(bytes, length)
    if isInText {
      let text = nodes.count - 1
      nodes[text].range = nodes[text].range.lowerBound..<characters.count
    } else {
      nodes.append(.init(tag: .text, parent: parent, end: nodes.count + 1, range: start..<characters.count))
      isInText = true
    }
  }

  /// A comment parts texts.
  func comment() { isInText = false }

  /// Ends what the parser left open.
  func finish() { while !open.isEmpty { end() } }

  @unsafe
  private func append(_ text: UnsafePointer<CChar>, _ count: Int) {
    unsafe characters.append(contentsOf: UnsafeRawBufferPointer(start: text, count: count))
  }

  @unsafe
  private static func hash(_ name: UnsafePointer<CChar>) -> UInt64 {
    var hash = WordHash.empty
    var position = unsafe name
    while unsafe position.pointee != 0 {
      hash = WordHash.adding(UInt8(bitPattern: unsafe position.pointee), to: hash)
      unsafe position += 1
    }
    return hash
  }
}
