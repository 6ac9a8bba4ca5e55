internal import VouchCore

/// Decides what each piece of a page is, from its words, its place and the page's markup.
///
/// The order of a page is taken to be: navigation; headline; byline, date, captions; paragraphs with headings, items
/// and interruptions between them; then everything that is no article any more.
struct PageLayout {
  /// The pieces with their words looked at.
  let lines: [PageLine]
  /// What each piece is; `nil` while undecided.
  private(set) var kinds: [Article.Block.Kind?]
  /// Index of the headline.
  private(set) var title: Int?
  /// Index of the first paragraph of the report.
  private(set) var firstParagraph: Int?
  private let usesGaps: Bool

  /// Classifies the pieces.
  ///
  /// - Parameter givenTitle: The headline, if the input gives it; a piece with the same words is the title.
  /// - Complexity: O(n) in the length of the text, times the phrases that begin alike.
  init(_ drafts: [Draft], of source: SourceText, lexicon: PageLexicon, givenTitle: String?) {
    lines = drafts.map { PageLine($0, source, lexicon) }
    kinds = Array(repeating: nil, count: drafts.count)
    usesGaps = Self.usesGaps(lines)
    markOutside()
    markRepeatedCaptions()
    classify(givenTitle)
  }

  /// Classifies by words and order alone.
  private mutating func classify(_ givenTitle: String?) {
    findFirstParagraph()
    findTitle(givenTitle?.folded)
    classifyTop()
    classifyBody()
    dropRepeats()
    dropTail()
  }

  /// Classifies the pieces of a page whose markup tells which of them are the article.
  ///
  /// Where it tells of none, the pieces are taken as text.
  /// - Complexity: O(n) in the length of the text, times the phrases that begin alike.
  init(_ page: HTMLPage, _ lines: [PageLine], _ content: PageContent, givenTitle: String?) {
    self.lines = lines
    kinds = Array(repeating: nil, count: lines.count)
    usesGaps = true
    guard let first = content.isContent.firstIndex(of: true), let last = content.isContent.lastIndex(of: true) else {
      markOutside()
      classify(givenTitle)
      return
    }
    title = content.title
    // Above the first sentence stand byline, date and summary, though they may be paragraphs by the markup.
    let start =
      lines.indices.first { index in
        content.isContent[index] && (lines[index].isSentence || lines[index].length >= 120) && !isTopByline(index)
      } ?? first
    firstParagraph = start
    if title == nil { findTitle(givenTitle?.folded) }
    for index in lines.indices {
      if index == title {
        kinds[index] = .title
      } else if content.isContent[index], index >= start || [.item, .quote, .heading].contains(lines[index].draft.hint)
      {
        kinds[index] = contentKind(index, isBold: page.origins[index].bold * 10 >= lines[index].draft.span.count * 9)
      } else {
        let isInside = content.isNear[index] && index > (title ?? -1) && index <= last + 2
        kinds[index] = isInside ? besideKind(index, isTop: index < start) : outsideKind(index, isTop: index < start)
      }
    }
    markRepeatedCaptions()
  }

  private func contentKind(_ index: Int, isBold: Bool) -> Article.Block.Kind {
    let line = lines[index]
    switch line.draft.hint {
    case .heading, .title: return .heading
    case .item: return .item
    case .quote: return .quote
    case .caption: return .caption
    case .cell, .byline: return line.isSentence ? .paragraph : .table
    case .none, .paragraph: return isBold && !line.endsSentence && line.wordCount <= 15 ? .heading : .paragraph
    }
  }

  /// What a piece is that stands with the article without being part of its text.
  private func besideKind(_ index: Int, isTop: Bool) -> Article.Block.Kind {
    let line = lines[index]
    if line.isCaption, !line.isInterruption || line.draft.hint == .caption {
      return isBareCredit(line) || line.isWholeLine ? .boilerplate : .caption
    }
    if line.draft.hint == .cell { return .table }
    if isTop {
      if isTopByline(index) || line.isCredit { return .byline }
      let isFurniture = line.isInterruption || line.hasColumns || line.isBreadcrumb || line.opener != nil
      if isFurniture || line.draft.hint == .item || line.isAllCapitals { return .boilerplate }
      // A line below the headline that sums the article up.
      return line.wordCount >= 6 && line.length < 300 ? .heading : .boilerplate
    }
    return line.isCredit || line.draft.hint == .byline && line.isLabelledByline ? .byline : .boilerplate
  }

  private func outsideKind(_ index: Int, isTop: Bool) -> Article.Block.Kind {
    isTop && !lines[index].draft.isOutside && isTopByline(index) ? .byline : .boilerplate
  }

  private mutating func markOutside() {
    for index in lines.indices where lines[index].draft.isOutside && lines[index].draft.hint != .title {
      kinds[index] = .boilerplate
    }
  }

  /// Pages print a caption with and without its credit; the one without is kept.
  private mutating func markRepeatedCaptions() {
    for index in lines.indices.dropLast()
    where lines[index].length >= 40 && (kinds[index] == nil || kinds[index] == .caption) {
      let next = lines[index + 1]
      if next.isCaption, next.length < lines[index].length + 80, next.folded.hasPrefix(lines[index].folded) {
        kinds[index] = .caption
        kinds[index + 1] = .boilerplate
      }
    }
  }

  /// Whether paragraphs are set off by blank lines rather than by line ends alone.
  private static func usesGaps(_ lines: [PageLine]) -> Bool {
    let long = lines.filter(\.isReporting)
    return long.count { $0.draft.gapBefore } * 2 >= long.count
  }

  private mutating func findFirstParagraph() {
    func isCandidate(_ index: Int) -> Bool {
      kinds[index] == nil && ![.title, .byline, .caption].contains(lines[index].draft.hint)
    }
    let long = lines.indices.first { isCandidate($0) && lines[$0].isReporting }
    let short = lines.indices.first {
      isCandidate($0) && lines[$0].isSentence && !lines[$0].isCaption && !lines[$0].isInterruption
        && !lines[$0].isLabelledByline
        && lines[$0].opener == nil && lines[$0].draft.hint != .item
    }
    firstParagraph = long ?? short
  }

  private mutating func findTitle(_ given: String?) {
    let end = firstParagraph ?? lines.count
    let top = lines.indices.prefix(end).filter { kinds[$0] == nil }
    if let given, let same = top.first(where: { lines[$0].folded == given && !lines[$0].isWholeLine }) {
      title = same
    } else if let marked = top.last(where: { lines[$0].draft.hint == .title && lines[$0].wordCount >= 2 })
      ?? lines.indices.first(where: { lines[$0].draft.hint == .title && lines[$0].wordCount >= 2 })
    {
      title = marked
    } else {
      let candidates = top.filter { lines[$0].isHeadlineLike && !isDateLine($0) && lines[$0].draft.hint != .byline }
      title =
        candidates.first { lines[$0].wordCount >= 5 && !lines[$0].isAllCapitals }
        ?? candidates.first { lines[$0].wordCount >= 4 }
        ?? (firstParagraph == nil ? nil : candidates.last ?? loneLine(of: top))
    }
    if let title { kinds[title] = .title }
  }

  /// The line that stands alone above the first paragraph, if it is no page furniture: two words may be a headline there.
  private func loneLine(of top: [Int]) -> Int? {
    guard top.count == 1, let line = top.first, lines[line].wordCount == 2, lines[line].isShortHeadlineLike else {
      return nil
    }
    return line
  }

  /// Whether a line near the top is about a date: little else is in it.
  func isDateLine(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.length < 160, line.folded.utf8.contains(where: { $0 &- 0x30 < 10 }) else { return false }
    let dates = DateWords.matches(in: Array(originalText(index).utf8)[...])
    guard let date = dates.first else { return false }
    let others = line.wordCount - originalWords(date, index)
    return others <= 10 && !(line.endsSentence && others > 6)
  }

  /// Folding lower-cases month names, which dates need; they are put back letter by letter.
  private func originalText(_ index: Int) -> String {
    lines[index].words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(separator: " ")
  }

  private func originalWords(_ match: DateWords.Match, _ index: Int) -> Int {
    Array(originalText(index).utf8)[match.range].split(separator: 0x20).count
  }

  /// Takes a piece above the report that turned out to name the writers or the date.
  mutating func markByline(_ span: Span) {
    let end = firstParagraph ?? lines.count
    for index in lines.indices.prefix(end) where lines[index].draft.span.contains(span) && index != title {
      if kinds[index] == .boilerplate || kinds[index] == .heading { kinds[index] = .byline }
    }
  }

  // MARK: Top

  private mutating func classifyTop() {
    let start = title ?? -1
    let end = firstParagraph ?? lines.count
    for index in lines.indices.prefix(max(0, min(start, end))) where kinds[index] == nil {
      kinds[index] = isTopByline(index) ? .byline : .boilerplate
    }
    guard start + 1 < end else { return }
    for index in (start + 1)..<end where kinds[index] == nil { kinds[index] = topKind(index) }
  }

  private func isTopByline(_ index: Int) -> Bool {
    lines[index].draft.hint == .byline || isDateLine(index) || lines[index].isLabelledByline
  }

  private func topKind(_ index: Int) -> Article.Block.Kind {
    let line = lines[index]
    if line.draft.hint == .byline { return .byline }
    if line.isCaption { return isBareCredit(line) ? .boilerplate : .caption }
    if isDateLine(index) || line.isLabelledByline || line.isCredit { return .byline }
    if line.isInterruption || line.hasColumns || line.isBreadcrumb || line.opener != nil { return .boilerplate }
    if line.draft.hint == .item { return line.wordCount >= 4 ? .item : .boilerplate }
    if line.draft.hint == .quote { return .quote }
    if line.draft.hint == .cell, !line.isSentence { return .boilerplate }
    if line.isSentence, !line.addressesReader || line.length >= 100 { return .paragraph }
    if line.wordCount >= 6, !line.isAllCapitals { return .heading }
    if line.draft.hint == .heading, line.wordCount >= 2 { return .heading }
    if firstParagraph == nil, title == nil { return .paragraph }
    return .boilerplate
  }

  /// Whether a caption holds nothing but the credit.
  private func isBareCredit(_ line: PageLine) -> Bool {
    line.wordCount <= 6
      && ["photo", "image", "credit", "picture", "(c)", "©", "getty", "file photo"].contains {
        line.folded.hasPrefix($0)
      }
  }

  // MARK: Body

  private mutating func classifyBody() {
    guard let first = firstParagraph else { return }
    var index = first
    while index < lines.count {
      if kinds[index] == nil || kinds[index] == .title && index != title {
        if index > first, let opener = lines[index].opener {
          let resumed = resumption(after: index, opener)
          for skipped in index..<resumed { kinds[skipped] = lines[skipped].isCredit ? .byline : .boilerplate }
          index = resumed
          continue
        }
        kinds[index] = bodyKind(index)
      }
      index += 1
    }
  }

  /// Where the article goes on after a part that `opener` began; the number of lines if it does not.
  ///
  /// Looks no further than the paragraphs that prove it, so that all the calls of one page are linear together.
  private func resumption(after index: Int, _ opener: PageLine.Opener) -> Int {
    guard var needed = Self.proof(opener) else { return lines.count }
    var reporting: [Int] = []
    var start = index
    for next in lines.indices.dropFirst(index + 1) {
      if let later = lines[next].opener {
        guard let proof = Self.proof(later) else { break }
        if proof >= needed {
          // Such a part begins anew what has to be proved.
          needed = proof
          reporting = []
          start = next
        }
      }
      if kinds[next] == nil, lines[next].isReporting, lines[next].draft.hint != .item, !isBiography(next) {
        reporting.append(next)
        if reporting.count == needed { break }
      }
    }
    guard reporting.count == needed, let first = reporting.first else { return lines.count }
    return first - 1 > start && isHeading(before: first) ? first - 1 : first
  }

  /// How many paragraphs of a report prove that the article goes on; `nil` where it never does.
  private static func proof(_ opener: PageLine.Opener) -> Int? {
    switch opener {
    case .last: nil
    case .appeal: 3
    case .credit: 2
    case .box: 1
    }
  }

  private func isHeading(before paragraph: Int) -> Bool {
    let line = lines[paragraph - 1]
    guard kinds[paragraph - 1] == nil, line.draft.gapBefore, lines[paragraph].draft.gapBefore else { return false }
    return (2...12).contains(line.wordCount) && !line.endsSentence && !line.hasColumns && !line.addressesReader
      && !line.isInterruption && line.opener == nil
  }

  /// Whether it tells who the writer is.
  private func isBiography(_ index: Int) -> Bool {
    let line = lines[index]
    guard line.length < 400 else { return false }
    let text = " " + line.folded
    return [
      " covers ", " is a reporter", " is a correspondent", " is a journalist", " is an editor", " is the editor",
      " is a freelance", " is a senior ", " is a staff writer", " correspondent for ", " joined the ", " is a writer",
    ].contains { text.holds($0) } && line.words.prefix(6).joined(separator: " ").count < 60
      && !text.holds(" said")
  }

  private func bodyKind(_ index: Int) -> Article.Block.Kind {
    let line = lines[index]
    switch line.draft.hint {
    case .title, .heading: return line.isInterruption ? .boilerplate : .heading
    case .byline: return .byline
    case .quote: return .quote
    case .item: return line.isInterruption || line.wordCount < 3 ? .boilerplate : .item
    case .cell where !line.isSentence: return .boilerplate
    default: break
    }
    if line.isCaption, !line.endsSentence || line.draft.hint == .caption || line.length < 250 {
      return isBareCredit(line) ? .boilerplate : .caption
    }
    if line.isCredit { return .byline }
    if line.isInterruption || line.hasColumns { return .boilerplate }
    let isQuestion = line.folded.hasSuffix("?") && line.wordCount <= 12 && line.draft.gapBefore
    if line.endsSentence, !isQuestion { return .paragraph }
    guard line.wordCount <= 15, line.length < 120 else { return .paragraph }
    return isLabel(index) ? .boilerplate : .heading
  }

  /// Whether a short line stands in a stack of such lines, as buttons and counts do; a heading stands alone.
  private func isLabel(_ index: Int) -> Bool {
    guard usesGaps, index + 1 < lines.count else { return false }
    let next = lines[index + 1]
    let isStacked = !next.draft.gapBefore && !next.endsSentence && next.draft.hint != .item && next.length < 120
    return isStacked || !lines[index].draft.gapBefore
  }

  // MARK: Corrections

  /// A page shows some pieces twice; the second is no new evidence.
  private mutating func dropRepeats() {
    var seen: Set<String> = []
    for index in lines.indices where kinds[index]?.isRead == true && lines[index].length >= 40 {
      if !seen.insert(lines[index].folded).inserted { kinds[index] = .boilerplate }
    }
  }

  /// Behind the last paragraph only the items and captions right after it can be the article's.
  private mutating func dropTail() {
    if firstParagraph == nil {
      for index in lines.indices where kinds[index] == nil { kinds[index] = .boilerplate }
    }
    guard
      let last = lines.indices.last(where: {
        kinds[$0] == .paragraph && (lines[$0].length >= 60 || !isBiography($0)) || kinds[$0] == .quote
      })
    else { return }
    var isDirect = true
    for index in (last + 1)..<max(last + 1, lines.count) {
      let kind = kinds[index] ?? .boilerplate
      if kind != .item, kind != .caption { isDirect = false }
      if kind == .heading || (!isDirect && kind.isRead) { kinds[index] = .boilerplate }
    }
    var index = last
    while index > (firstParagraph ?? 0), kinds[index]?.isRead != true || isBiography(index) {
      if kinds[index] == .paragraph { kinds[index] = .boilerplate }
      index -= 1
    }
  }
}
