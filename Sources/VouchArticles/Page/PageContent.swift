internal import VouchCore
internal import VouchXML

/// Which blocks of a page are the article, by where the page's prose is dense and what its markup says; never by site.
struct PageContent {
  /// Whether each block is part of the article, its headline, captions and byline left out.
  private(set) var isContent: [Bool]
  /// Whether each block stands in a part of the page that is no article.
  private(set) var isForeign: [Bool]
  /// Whether each block stands where the article does.
  private(set) var isNear: [Bool]
  /// The block that is the headline.
  let title: Int?

  private let lines: [PageLine]
  private let page: HTMLPage
  private let texts: [BlockText]
  private let tree: PageTree
  private let isProse: [Bool]
  /// Blocks to the last one of prose and to the next; `none` where there is none.
  private let sinceProse: [Int]
  private let untilProse: [Int]
  private var marksContent = false
  private static let none = Int.max

  /// Decides.
  ///
  /// - Parameters:
  ///   - lines: The blocks' words, one for each draft of the page.
  ///   - title: The headline, where it is known.
  /// - Complexity: O(n).
  init(_ document: HTMLDocument, _ page: HTMLPage, _ lines: [PageLine], title: String?) {
    self.lines = lines
    self.page = page
    texts = page.drafts.map { BlockText(page.bytes[$0.span.range]) }
    self.title = Self.titleIndex(lines, title?.folded)
    let tree = PageTree(document, page, isProse: BlockText.prose(texts, page), title: self.title)
    self.tree = tree
    isForeign = tree.isForeign
    isProse = tree.prose.map { $0 > 0 }
    sinceProse = Self.distances(isProse)
    untilProse = Self.distances(isProse.reversed()).reversed()
    isContent = Array(repeating: false, count: lines.count)
    isNear = isContent
    let marked = lines.indices.reduce(0) { $0 + (isMarked($1) ? tree.prose[$1] : 0) }
    marksContent = marked * 2 > tree.total
    for index in lines.indices {
      isNear[index] = !isApart(index)
      isContent[index] = isNear[index] && !isFurniture(index) && reads(index)
    }
    for index in lines.indices where isLinkList(index) { isForeign[index] = true }
    // A page shows some pieces twice: the second is no new evidence.
    var seen: Set<UInt64> = []
    for index in lines.indices where isContent[index] && lines[index].length >= 100 {
      isContent[index] = seen.insert(WordHash.of(lines[index].folded.utf8)).inserted
    }
  }

  /// The first block with the title's words, those marked as headlines first; else the first one marked so.
  private static func titleIndex(_ lines: [PageLine], _ title: String?) -> Int? {
    if let title, !title.isEmpty {
      if let same = lines.firstIndex(where: { $0.draft.hint == .title && $0.folded == title }) { return same }
      if let same = lines.firstIndex(where: { $0.folded == title && $0.draft.hint != .item }) { return same }
      let near = lines.firstIndex {
        $0.draft.hint == .title && $0.wordCount >= 3 && (title.hasPrefix($0.folded) || $0.folded.hasPrefix(title))
      }
      if let near { return near }
    }
    return lines.firstIndex { $0.draft.hint == .title && $0.wordCount >= 3 }
  }

  private static func distances(_ isProse: [Bool]) -> [Int] {
    var last: Int?
    return isProse.indices.map { index in
      defer { if isProse[index] { last = index } }
      return last.map { index - $0 } ?? none
    }
  }

  private func element(_ index: Int) -> Int { page.origins[index].element }

  /// Whether some element around the block is called content, article or the like.
  private func isMarked(_ index: Int) -> Bool { !tree.far(element(index)).isDisjoint(with: .own) }

  /// The same for the elements next to it.
  private func isMarkedNear(_ index: Int) -> Bool {
    !tree.near(element(index)).union(page.origins[index].marks).isDisjoint(with: .own)
  }

  /// Share of the block that stands in links.
  private func links(_ index: Int) -> Float { Float(page.origins[index].linked) / Float(max(1, texts[index].bytes)) }

  /// Whether a short block is little else than links.
  private func isLinkList(_ index: Int) -> Bool {
    let hint = page.drafts[index].hint
    return !isContent[index] && links(index) >= 0.8 && texts[index].bytes < 200
      && hint != .title && hint != .heading && hint != .byline
  }

  /// Whether the block stands elsewhere than the article.
  private func isApart(_ index: Int) -> Bool {
    let element = element(index)
    let hint = page.drafts[index].hint
    let far = tree.far(element)
    // Posts that an article quotes are embedded by the tools for sharing.
    if isForeign[index], hint != .quote || !isMarked(index) { return true }
    if !tree.isInRegion(element), !isLead(index) { return true }
    if marksContent, !isMarked(index), !isMarkedNear(index) { return true }
    if tree.steps(element) >= 5, far.contains(.listing) || !isMarked(index) { return true }
    let isMost = tree.branchProse(element) >= 0.5
    if far.contains(.hidden), !isMost { return true }
    // Lists of teasers, each with a link.
    guard far.contains(.listing), !isMost else { return false }
    return tree.branchLinks(element) > (hint == .item ? 0.05 : 0.2)
  }

  /// Whether it is the first paragraph that some pages set off from the rest.
  private func isLead(_ index: Int) -> Bool {
    guard let title, index > title, isProse[index], isMarked(index), untilProse[index] <= 6 else { return false }
    let isText = page.drafts[index].hint == .none || page.drafts[index].hint == .paragraph
    return isText && tree.steps(element(index)) <= 3 && links(index) < 0.2
  }

  /// Whether its words are those of buttons, captions, appeals, links.
  private func isFurniture(_ index: Int) -> Bool {
    let line = lines[index]
    let hint = line.draft.hint
    if index == title || hint == .title || hint == .caption || line.isCopyright { return true }
    if line.isWholeLine || line.isInterruption || line.opener != nil { return true }
    if line.isCaption, hint != .quote, hint != .paragraph || !line.endsSentence { return true }
    return (hint == .paragraph || hint == .none) && links(index) > 0.95 && !line.endsSentence
  }

  /// Whether a block that stands with the article is part of it.
  private func reads(_ index: Int) -> Bool {
    let links = links(index)
    switch page.drafts[index].hint {
    case .byline: return isProse[index] && isMarkedNear(index)
    case .cell: return isProse[index]
    case .item: return readsItem(index, links)
    case .heading:
      let reach = isMarked(index) || isMarkedNear(index) ? 8 : 3
      return links < 0.5 && untilProse[index] <= reach && sinceProse[index] != Self.none
    case .paragraph, .quote:
      let isAlike = tree.isOfProseClass(element(index)) && isMarkedNear(index) && links < 0.6
      return isAlike && !isCredit(index) || readsText(index, links)
    case .none: return readsText(index, links)
    case .title, .caption: return false
    }
  }

  private func isCredit(_ index: Int) -> Bool { lines[index].isCredit || lines[index].isLabelledByline }

  private func readsItem(_ index: Int, _ links: Float) -> Bool {
    guard links < (isMarkedNear(index) ? 0.8 : 0.5) else { return false }
    return isProse[index] || sinceProse[index] <= (isMarked(index) && links < 0.3 ? 23 : 7)
  }

  private func readsText(_ index: Int, _ links: Float) -> Bool {
    if isProse[index] { return links < 0.6 }
    let hint = page.drafts[index].hint
    if isCredit(index) { return false }
    if hint == .none, !lines[index].endsSentence, texts[index].words <= 6 { return false }
    let isBetween = sinceProse[index] <= 3 && untilProse[index] <= 3
    return sinceProse[index] <= 7 && untilProse[index] <= 7 && (links < 0.6 || (hint == .paragraph && isBetween))
  }
}
