internal import VouchCore
internal import VouchXML

/// A saved page as text: its visible blocks in document order, white space collapsed, a blank line between blocks,
/// a line end where the page breaks a line.
struct HTMLPage {
  private(set) var bytes: [UInt8] = []
  private(set) var drafts: [Draft] = []

  private let document: HTMLDocument
  private let regions: HTMLRegions
  private var block: [UInt8] = []
  private var linked = 0
  private var pendingSpace = false
  private var followsLineBreak = false
  private var hint = Draft.Hint.none
  private var isOutside = false

  /// Renders a document.
  ///
  /// - Complexity: O(n); no recursion.
  init(_ document: HTMLDocument) {
    self.document = document
    regions = HTMLRegions(document)
    render()
  }

  private struct Open {
    var end: Int
    var hint: Draft.Hint
    var isOutside: Bool
    var isBlock: Bool
    var isPreformatted: Bool
    var isLink: Bool
  }

  private mutating func render() {
    let nodes = document.nodes
    var open: [Open] = []
    var index = 0
    while index < nodes.count {
      while let last = open.last, last.end <= index {
        if last.isBlock {
          endBlock()
          followsLineBreak = false
        }
        open.removeLast()
      }
      let node = nodes[index]
      let outer = open.last
      guard let name = node.name else {
        isOutside = outer?.isOutside ?? false
        hint = outer?.hint ?? .none
        add(node.text, preformatted: outer?.isPreformatted ?? false, isLink: outer?.isLink ?? false)
        index += 1
        continue
      }
      if HTMLTags.invisible.contains(name) || HTMLRegions.isHidden(node) {
        index = node.end
        continue
      }
      if name == "br" {
        endBlock()
        followsLineBreak = true
        index += 1
        continue
      }
      let isBlock = !HTMLTags.inline.contains(name)
      if isBlock {
        endBlock()
        followsLineBreak = false
      }
      open.append(
        Open(
          end: node.end, hint: Self.hint(of: node, isBlock: isBlock, inside: outer?.hint ?? .none),
          isOutside: (outer?.isOutside ?? false) || regions.isOutside[index], isBlock: isBlock,
          isPreformatted: (outer?.isPreformatted ?? false) || name == "pre",
          isLink: (outer?.isLink ?? false) || name == "a"))
      index += 1
    }
    endBlock()
  }

  /// What the markup says of the text in an element, given what it says of the text around it.
  private static func hint(of node: HTMLDocument.Node, isBlock: Bool, inside outer: Draft.Hint) -> Draft.Hint {
    if outer != .none, !isBlock { return outer }
    guard let own = HTMLTags.hint(node) else { return outer }
    // A paragraph of a quotation, caption or item is part of it; one in a table stands for itself.
    return own == .paragraph && outer != .none && outer != .cell ? outer : own
  }

  private mutating func add(_ text: String, preformatted: Bool, isLink: Bool) {
    let start = block.count
    for byte in text.utf8 {
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if preformatted {
        if block.isEmpty, isSpace { continue }
        block.append(byte == 0x0D ? 0x0A : byte)
      } else if isSpace {
        pendingSpace = !block.isEmpty
      } else {
        if pendingSpace { block.append(0x20) }
        pendingSpace = false
        block.append(byte)
      }
    }
    if isLink { linked += block.count - start }
  }

  /// Takes white space of every sort off the block's ends; a block of nothing else shows nothing.
  private mutating func trimBlock() {
    var start: Int?
    var end = 0
    var position = 0
    while position < block.count {
      let width = SourceText.spaceWidth(block, at: position, before: block.count)
      if width == 0 {
        start = start ?? position
        end = position + 1
      }
      position += max(1, width)
    }
    block.removeSubrange(end...)
    block.removeSubrange(..<min(start ?? 0, end))
  }

  private mutating func endBlock() {
    defer {
      block.removeAll(keepingCapacity: true)
      pendingSpace = false
      linked = 0
    }
    trimBlock()
    guard !block.isEmpty else { return }
    let gapBefore = !followsLineBreak || bytes.isEmpty
    defer { followsLineBreak = false }
    if !bytes.isEmpty { bytes.append(contentsOf: gapBefore ? [0x0A, 0x0A] : [0x0A]) }
    let start = bytes.count
    bytes.append(contentsOf: block)
    if !gapBefore, let first = block.first, (0x61...0x7A).contains(first), let last = drafts.indices.last {
      // The sentence goes on behind the line break.
      drafts[last].span = Span(Int(drafts[last].span.start), bytes.count)
      return
    }
    let isLinkList =
      linked * 10 >= block.count * 8 && block.count < 200 && hint != .title && hint != .heading && hint != .byline
    drafts.append(
      Draft(span: Span(start, bytes.count), hint: hint, isOutside: isOutside || isLinkList, gapBefore: gapBefore))
  }
}

/// What the names of elements mean for a page's text.
enum HTMLTags {
  /// Never seen on the page.
  static let invisible: Set<String> = [
    "head", "script", "style", "template", "noscript", "svg", "math", "iframe", "object", "embed", "applet", "audio",
    "video", "canvas", "textarea", "select", "datalist", "map", "title", "meta", "link",
  ]

  /// Run on within a line; every other element is a block.
  static let inline: Set<String> = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "input", "center-text",
  ]

  /// What an element says about the text in it.
  static func hint(_ node: HTMLDocument.Node) -> Draft.Hint? {
    switch node.name {
    case "h1": return .title
    case "h2", "h3", "h4", "h5", "h6": return .heading
    case "figcaption", "caption": return .caption
    case "blockquote": return .quote
    case "address": return .byline
    case "li", "dd", "dt": return .item
    case "td", "th": return .cell
    default: break
    }
    let tokens = HTMLRegions.tokens(node)
    if !tokens.isDisjoint(with: ["byline", "author", "authors", "dateline", "timestamp", "pubdate"]) { return .byline }
    if !tokens.isDisjoint(with: ["caption", "figcaption", "photocredit"]) { return .caption }
    return node.name == "p" ? .paragraph : nil
  }
}
