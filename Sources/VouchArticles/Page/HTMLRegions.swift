internal import VouchXML

/// Which parts of a page are no article: navigation, side columns, forms, teasers, comments.
struct HTMLRegions {
  /// For every node, whether it begins such a part.
  private(set) var isOutside: [Bool]

  /// Bytes of paragraph text before each node, so that a part's share is a subtraction.
  private var textBefore: [Int]
  private var hasHeadline: [Bool]

  /// Looks at elements' names, roles and class names.
  ///
  /// - Complexity: O(n).
  init(_ document: HTMLDocument) {
    let nodes = document.nodes
    isOutside = Array(repeating: false, count: nodes.count)
    textBefore = Array(repeating: 0, count: nodes.count + 1)
    hasHeadline = Array(repeating: false, count: nodes.count)
    var insideParagraph = 0
    for (index, node) in nodes.enumerated() {
      if node.name == "p" { insideParagraph = max(insideParagraph, node.end) }
      let isParagraphText = node.name == nil && index < insideParagraph
      textBefore[index + 1] = textBefore[index] + (isParagraphText ? node.text.utf8.count : 0)
      // Each node passes the mark on to the element it is in, at most once, so this stays linear.
      guard node.name == "h1" || node.name == "article" else { continue }
      var ancestor = node.parent
      while ancestor >= 0, !hasHeadline[ancestor] {
        hasHeadline[ancestor] = true
        ancestor = nodes[ancestor].parent
      }
    }
    mark(nodes)
  }

  private mutating func mark(_ nodes: [HTMLDocument.Node]) {
    let total = textBefore[nodes.count]
    let root = mainElement(nodes)
    for (index, node) in nodes.enumerated() {
      guard let name = node.name else { continue }
      let share = textBefore[node.end] - textBefore[index]
      let holdsArticle = share * 2 > total && total > 0
      if hasHeadline[index] || holdsArticle || name == "body" || name == "html" || name == "h1" { continue }
      let isInMain = root.map { index > $0 && index < nodes[$0].end } ?? true
      isOutside[index] = Self.isForeign(node, isInMain: isInMain)
    }
    // What follows or precedes the only article of a page is not part of it.
    guard let root else { return }
    for (index, node) in nodes.enumerated() where index >= nodes[root].end && node.name != nil {
      if node.parent < root, node.parent >= 0 { isOutside[index] = true }
    }
  }

  /// The one `article` or `main` element that holds most of the paragraphs' text.
  private func mainElement(_ nodes: [HTMLDocument.Node]) -> Int? {
    let total = textBefore[nodes.count]
    var best: Int?
    for (index, node) in nodes.enumerated() {
      let isMain =
        node.name == "article" || node.name == "main" || node.attribute("role") == "main"
        || node.attribute("itemprop") == "articleBody"
      guard isMain, (textBefore[node.end] - textBefore[index]) * 10 > total * 7 else { continue }
      // The innermost one that still has the headline, if any has it.
      if let known = best, hasHeadline[known], !hasHeadline[index] { continue }
      best = index
    }
    return best
  }

  private static func isForeign(_ node: HTMLDocument.Node, isInMain: Bool) -> Bool {
    switch node.name {
    case "nav", "footer", "aside", "form", "button", "dialog", "menu": return true
    case "header" where !isInMain: return true
    default: break
    }
    if let role = node.attribute("role"), foreignRoles.contains(role) { return true }
    let tokens = tokens(node)
    return !tokens.isDisjoint(with: foreignTokens)
  }

  private static let foreignRoles: Set<String> = [
    "navigation", "banner", "contentinfo", "complementary", "search", "form", "dialog", "menu", "menubar", "toolbar",
  ]

  private static let foreignTokens: Set<String> = [
    "ad", "ads", "advert", "advertisement", "breadcrumb", "breadcrumbs", "comment", "comments", "cookie", "cookies",
    "consent", "disqus", "donate", "donation", "foot", "footer", "menu", "nav", "navbar", "navigation", "newsletter",
    "newsletters", "outbrain", "paywall", "popular", "promo", "recirc", "recommended", "recommendations", "related",
    "share", "sharing", "sidebar", "signup", "skip", "social", "sponsored", "subscribe", "subscription", "taboola",
    "tags", "teaser", "teasers", "toolbar", "trending", "viewed", "widget", "readmore", "sr",
  ]

  /// The words of an element's class and id, in lower case.
  static func tokens(_ node: HTMLDocument.Node) -> Set<String> {
    var tokens: Set<String> = []
    for attribute in node.attributes where attribute.name == "class" || attribute.name == "id" {
      for token in attribute.value.utf8.split(whereSeparator: { !isLetter($0) }) {
        if let word = String(token) { tokens.insert(word.lowercased()) }
      }
    }
    return tokens
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }

  /// Whether an element is taken off the page by its attributes.
  static func isHidden(_ node: HTMLDocument.Node) -> Bool {
    for attribute in node.attributes {
      switch attribute.name {
      case "hidden": return true
      case "style":
        let style = attribute.value.lowercased().filter { $0 != " " }
        if style.contains("display:none") || style.contains("visibility:hidden") { return true }
      case "type" where node.name == "input": return true
      default: break
      }
    }
    return false
  }
}
