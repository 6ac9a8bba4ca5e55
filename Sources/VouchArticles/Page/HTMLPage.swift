internal import VouchCore
internal import VouchXML

/// A saved page as text: its visible blocks in document order, white space collapsed, a blank line between blocks,
/// a line end where the page breaks a line.
struct HTMLPage {
  /// Where in the page's tree a piece of its text stands.
  struct Origin {
    /// Number of the innermost block element.
    var element: Int
    /// Bytes that stand in links, and in bold type.
    var linked = 0
    var bold = 0
    /// What the elements within the line say in which it begins.
    var marks: PageMarks = []
  }

  private(set) var bytes: [UInt8] = []
  private(set) var drafts: [Draft] = []
  /// Where each draft stands.
  private(set) var origins: [Origin] = []
  /// What each element's own name, role and class names say; of texts, nothing.
  private(set) var marks: [PageMarks]

  private let document: HTMLDocument
  private var blockStart = 0
  private var origin = Origin(element: 0)
  private var pendingSpace = false
  private var followsLineBreak = false
  private var hint = Draft.Hint.none

  /// Renders a document.
  ///
  /// - Complexity: O(n); no recursion.
  init(_ document: HTMLDocument, lexicon: PageLexicon) {
    self.document = document
    marks = Array(repeating: [], count: document.nodes.count)
    bytes.reserveCapacity(document.characters.count / 2)
    render(lexicon)
  }

  private struct Open {
    var end: Int
    var element: Int
    var hint: Draft.Hint
    var isBlock: Bool
    var isPreformatted: Bool
    var isLink: Bool
    var isBold: Bool
    var lineMarks: PageMarks = []
  }

  private mutating func render(_ lexicon: PageLexicon) {
    let nodes = document.nodes
    var open = [
      Open(
        end: nodes.count, element: 0, hint: .none, isBlock: true, isPreformatted: false, isLink: false, isBold: false)
    ]
    var index = 0
    while index < nodes.count {
      while open.count > 1, let last = open.last, last.end <= index {
        if last.isBlock {
          endBlock()
          followsLineBreak = false
        }
        open.removeLast()
      }
      let node = nodes[index]
      let outer = open[open.count - 1]
      if node.tag == .text {
        add(node.range, outer)
        index += 1
        continue
      }
      if node.tag.isInvisible || isHidden(index) {
        index = node.end
        continue
      }
      if node.tag == .br {
        endBlock()
        followsLineBreak = true
        index += 1
        continue
      }
      let isBlock = !node.tag.isInline
      if isBlock {
        endBlock()
        followsLineBreak = false
      }
      marks[index] = marks(of: index, lexicon)
      open.append(
        Open(
          end: node.end, element: isBlock ? index : outer.element, hint: hint(of: index, isBlock, inside: outer.hint),
          isBlock: isBlock, isPreformatted: outer.isPreformatted || node.tag == .pre,
          isLink: outer.isLink || node.tag == .a, isBold: outer.isBold || node.tag == .b || node.tag == .strong,
          lineMarks: isBlock ? [] : outer.lineMarks.union(marks[index])))
      index += 1
    }
    endBlock()
  }

  private func marks(of index: Int, _ lexicon: PageLexicon) -> PageMarks {
    let node = document.nodes[index]
    var marks = PageMarks(node.tag)
    for attribute in document.attributes[node.range] {
      switch attribute.name {
      case .class, .id:
        // Class names of the whole page say nothing of its parts.
        if node.tag != .body, node.tag != .html {
          marks.formUnion(lexicon.marks(in: document.characters[attribute.value]))
        }
      case .role: marks.formUnion(PageMarks(role: document.characters[attribute.value]))
      case .itemprop:
        let value = document.characters[attribute.value]
        if value.elementsEqual("articleBody".utf8) || value.elementsEqual("reviewBody".utf8) { marks.insert(.body) }
      default: break
      }
    }
    return marks
  }

  /// Whether an element is taken off the page by its attributes.
  private func isHidden(_ index: Int) -> Bool {
    let node = document.nodes[index]
    for attribute in document.attributes[node.range] {
      switch attribute.name {
      case .hidden: return true
      case .style:
        let style = String(decoding: document.characters[attribute.value].filter { $0 > 0x20 }, as: UTF8.self)
          .lowercased()
        if style.holds("display:none") || style.holds("visibility:hidden") { return true }
      case .type where node.tag == .input: return true
      default: break
      }
    }
    return false
  }

  /// What the markup says of the text in an element, given what it says of the text around it.
  private func hint(of index: Int, _ isBlock: Bool, inside outer: Draft.Hint) -> Draft.Hint {
    if outer != .none, !isBlock { return outer }
    let node = document.nodes[index]
    // A large element with such a class name is the article with the name of its author's page, not a byline.
    let named = node.end - index < 40 ? marks[index].hint : nil
    guard let own = node.tag.hint ?? named else { return outer }
    // A paragraph of a quotation, caption or item is part of it; one in a table stands for itself.
    return own == .paragraph && outer != .none && outer != .cell ? outer : own
  }

  private mutating func add(_ text: Range<Int>, _ outer: Open) {
    let start = bytes.count
    for position in text {
      let byte = document.characters[position]
      let isSpace = byte == 0x20 || (0x09...0x0D).contains(byte)
      if outer.isPreformatted {
        if bytes.count == blockStart, isSpace { continue }
        bytes.append(byte == 0x0D ? 0x0A : byte)
      } else if isSpace {
        pendingSpace = bytes.count > blockStart
      } else {
        if pendingSpace { bytes.append(0x20) }
        pendingSpace = false
        bytes.append(byte)
      }
    }
    guard bytes.count > start else { return }
    if start == blockStart {
      origin = Origin(element: outer.element, marks: outer.lineMarks)
      hint = outer.hint
    }
    if outer.isLink { origin.linked += bytes.count - start }
    if outer.isBold { origin.bold += bytes.count - start }
  }

  /// Takes white space of every sort off the block's ends; a block of nothing else shows nothing.
  private mutating func trimBlock() {
    var start: Int?
    var end = blockStart
    var position = blockStart
    while position < bytes.count {
      let width = SourceText.spaceWidth(bytes, at: position, before: bytes.count)
      if width == 0 {
        start = start ?? position
        end = position + 1
      }
      position += max(1, width)
    }
    bytes.removeSubrange(end...)
    if let start, start > blockStart { bytes.removeSubrange(blockStart..<start) }
  }

  private mutating func endBlock() {
    pendingSpace = false
    guard bytes.count > blockStart else { return }
    trimBlock()
    let count = bytes.count - blockStart
    guard count > 0 else { return }
    let gapBefore = !followsLineBreak || drafts.isEmpty
    followsLineBreak = false
    // What separates it from the block before goes in front of it.
    let separator = drafts.isEmpty ? 0 : gapBefore ? 2 : 1
    if separator > 0 { bytes.insert(contentsOf: repeatElement(0x0A, count: separator), at: blockStart) }
    let start = blockStart + separator
    let first = bytes[start]
    blockStart = bytes.count
    if !gapBefore, (0x61...0x7A).contains(first), let last = drafts.indices.last {
      // The sentence goes on behind the line break.
      drafts[last].span = Span(Int(drafts[last].span.start), bytes.count)
      origins[last].linked += origin.linked
      origins[last].bold += origin.bold
      return
    }
    drafts.append(Draft(span: Span(start, bytes.count), hint: hint, gapBefore: gapBefore))
    origins.append(origin)
  }
}

extension PageMarks {
  /// What sort of text the class names of an element tell of.
  fileprivate var hint: Draft.Hint? {
    if contains(.byline) { return .byline }
    return contains(.caption) ? .caption : nil
  }
}

extension HTMLTag {
  /// Whether its text is never seen on the page.
  fileprivate var isInvisible: Bool {
    switch self {
    case .script, .style, .template, .noscript, .svg, .math, .iframe, .object, .embed, .applet, .audio, .video,
      .canvas, .textarea, .select, .datalist, .map, .title, .meta, .link:
      true
    default: false
    }
  }

  /// Whether it runs on within a line; every other element is a block.
  fileprivate var isInline: Bool {
    switch self {
    case .a, .abbr, .acronym, .b, .bdi, .bdo, .big, .cite, .code, .data, .del, .dfn, .em, .font, .i, .img, .ins, .kbd,
      .label, .mark, .nobr, .q, .rp, .rt, .ruby, .s, .samp, .small, .span, .strike, .strong, .sub, .sup, .time, .tt, .u,
      .var, .wbr, .input:
      true
    default: false
    }
  }

  /// What sort of text it holds.
  fileprivate var hint: Draft.Hint? {
    switch self {
    case .h1: .title
    case .h2, .h3, .h4, .h5, .h6: .heading
    case .figcaption, .caption: .caption
    case .blockquote: .quote
    case .address: .byline
    case .li, .dd, .dt: .item
    case .td, .th: .cell
    case .p: .paragraph
    default: nil
    }
  }
}
