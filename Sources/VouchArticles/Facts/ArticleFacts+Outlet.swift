internal import VouchCore

/// The outlet and the date, as the page's own lines state them.
extension ArticleFacts {
  /// The outlet: a medium that the gazetteer knows in the masthead, a copyright line or an appeal; else the masthead
  /// that the copyright line's owner confirms; else the owner, if it is called like a newspaper.
  func outlet() -> Article.Located? {
    knownOutlet() ?? outletByShape()
  }

  private func knownOutlet() -> Article.Located? {
    for index in layout.lines.indices {
      let line = layout.lines[index]
      guard layout.kinds[index] == .boilerplate, line.length < 400, !line.isCaption,
        !line.isInterruption || line.length > 12
      else { continue }
      let words = TextWord.words(of: source, in: line.draft.span)
      if index < (layout.title ?? 0), words.count <= 6, let found = lexicon.medium(in: words, at: 0),
        !found.medium.isAgency, found.words.upperBound == words.count
      {
        return located(words[found.words])
      }
      if let owner = Copyright.owner(words), let found = lexicon.medium(in: words, at: owner.lowerBound),
        !found.medium.isAgency
      {
        return located(words[found.words])
      }
      if line.opener != nil || line.addressesReader, let found = namedInAppeal(words) { return found }
    }
    return nil
  }

  /// `Support The Moscow Times!`, `a message from The Moscow Times`: a name behind such a word.
  private func namedInAppeal(_ words: [TextWord]) -> Article.Located? {
    for index in words.indices.dropFirst() {
      guard ["from", "support", "supporting", "to", "reading"].contains(words[index - 1].text.lowercased()),
        let found = lexicon.medium(in: words, at: index), !found.medium.isAgency
      else { continue }
      return located(words[found.words])
    }
    return nil
  }

  private func outletByShape() -> Article.Located? {
    var owners: [(words: [TextWord], owner: Range<Int>)] = []
    for index in layout.lines.indices where layout.kinds[index] == .boilerplate && layout.lines[index].length < 300 {
      let line = layout.lines[index]
      guard line.folded.hasPrefix("©") || line.folded.hasPrefix("(c) ") || line.folded.hasPrefix("copyright ") else {
        continue
      }
      let words = TextWord.words(of: source, in: line.draft.span)
      guard let owner = Copyright.owner(words),
        Agencies.agency(in: words, at: owner.lowerBound, lexicon: lexicon) == nil
      else { continue }
      owners.append((words, owner))
    }
    for (words, owner) in owners.prefix(16) {
      guard let first = significant(words[owner]).first else { continue }
      for index in layout.lines.indices.prefix(min(layout.title ?? 0, 64)) where layout.lines[index].wordCount <= 5 {
        let masthead = TextWord.words(of: source, in: layout.lines[index].draft.span)
        guard Copyright.isPaperName(masthead[...]), significant(masthead[...]).first == first else { continue }
        return located(masthead[...])
      }
    }
    for (words, owner) in owners where Copyright.isPaperName(words[owner]) { return located(words[owner]) }
    // "Harbour Courier Media Ltd": the name before the kind of company.
    for (words, owner) in owners {
      var end = owner.upperBound
      while end > owner.lowerBound, Copyright.isCorporate(words[end - 1].text) { end -= 1 }
      if end < owner.upperBound, Copyright.isPaperName(words[owner.lowerBound..<end]) {
        return located(words[owner.lowerBound..<end])
      }
    }
    return mastheadNamedAgain()
  }

  /// A newspaper's name among the first lines, if another line that is no article says "the Tribune" or the whole name.
  private func mastheadNamedAgain() -> Article.Located? {
    for index in layout.lines.indices.prefix(min(layout.title ?? 0, 6)) {
      let line = layout.lines[index]
      let words = TextWord.words(of: source, in: line.draft.span)
      guard Copyright.isPaperName(words[...]), words.allSatisfy(\.isCapitalised), let last = line.words.last else {
        continue
      }
      let isNamed = layout.lines.indices.contains { other in
        guard other != index, layout.kinds[other] == .boilerplate else { return false }
        let text = " " + layout.lines[other].folded + " "
        return text.holds(" the \(last) ") || text.holds(" the \(last)'s ") || text.holds(" \(line.folded) ")
      }
      if isNamed { return located(words[...]) }
    }
    return nil
  }

  private func significant(_ words: ArraySlice<TextWord>) -> [String] {
    words.map { $0.text.folded }.filter { $0 != "the" && !$0.isEmpty }
  }

  private func located(_ words: ArraySlice<TextWord>) -> Article.Located {
    Article.Located(Byline.tidy(words), layer: .text, span: TextWord.span(words))
  }

  /// The day of publication that a date line states; "updated" only where no other is given.
  func publicationDate() -> Article.Located? {
    let dates = publicationDates()
    return dates.first
  }

  /// The date of the dateline that the report begins with, where it has the year: `SANTIAGO, March 3, 2026 —`.
  private func dateline() -> Article.Located? {
    guard let first = layout.firstParagraph else { return nil }
    let span = layout.lines[first].draft.span
    let bytes = source.bytes[Int(span.start)..<min(Int(span.end), Int(span.start) + 120)]
    guard let match = DateWords.matches(in: bytes).first, let letter = bytes.first,
      letter &- 0x41 < 26 || letter >= 0xC3
    else { return nil }
    // Before it stands the place and nothing else; behind it an agency may stand, then a dash or colon.
    let place = TextWord.words(of: source, in: Span(bytes.startIndex, match.range.lowerBound))
    guard (1...5).contains(place.count), place.allSatisfy({ $0.isCapitalised || $0.text.isEmpty }),
      place.last.map({ $0.trailing.hasSuffix(",") || $0.trailing.hasSuffix("(") || $0.text.isEmpty }) == true
        || place.last?.leading == "("
    else { return nil }
    var rest = String(decoding: bytes[match.range.upperBound...], as: UTF8.self)[...].drop { $0 == ")" || $0 == " " }
    if rest.hasPrefix("("), let close = rest.prefix(40).firstIndex(of: ")") {
      rest = rest[rest.index(after: close)...].drop { $0 == " " }
    }
    let isDateline = ["—", "–", "-", ":", "/"].contains { rest.hasPrefix($0) }
    guard isDateline else { return nil }
    return Article.Located(match.date.description, layer: .text, span: Span(match.range))
  }

  /// The dates in date lines, those of publication first, then of updates.
  func publicationDates() -> [Article.Located] {
    var published: [Article.Located] = []
    var plain: [Article.Located] = []
    var updated: [Article.Located] = []
    let end = layout.firstParagraph ?? layout.lines.count
    for index in layout.lines.indices where index != layout.title && layout.lines[index].length < 160 {
      let line = layout.lines[index]
      let isLabelled = ["published", "posted", "originally published", "first published", "date published"].contains {
        line.folded.hasPrefix($0)
      }
      let isUpdate = ["updated", "last updated", "last modified", "modified"].contains { line.folded.hasPrefix($0) }
      guard index < end || isLabelled || isUpdate, layout.isDateLine(index), !line.isCaption,
        layout.kinds[index] != .item
      else { continue }
      let bytes = source.bytes[line.draft.span.range]
      guard let match = DateWords.matches(in: bytes).first else { continue }
      let located = Article.Located(match.date.description, layer: .text, span: Span(match.range))
      if isLabelled {
        published.append(located)
      } else if isUpdate {
        updated.append(located)
      } else {
        plain.append(located)
      }
    }
    let stated = published + plain + updated
    return stated.isEmpty ? [dateline()].compactMap { $0 } : stated
  }
}
