internal import VouchCore

/// What a line is by its shape.
extension PageLine {
  /// Whether it describes a picture: it names a photographer or says what kind of picture it is.
  var hasCaptionShape: Bool {
    if draft.hint == .caption { return true }
    guard length < 700 else { return false }
    if length < 300, !kinds.isDisjoint(with: [.photo]), !unquoted.hasPrefix("credits") { return true }
    let lower = unquoted
    if length < 400 {
      for word in ["image:", "picture:", "handout via"] where lower.holds(word) { return true }
      if lower.holds("photo") {
        for word in ["photo:", "photograph:", "photo by ", "file photo", "photo/"] where lower.holds(word) {
          return true
        }
      }
    }
    return endsInCredit
  }

  /// Whether it ends in a credit: "(Jane Doe, Reuters)", "[Jane Doe/AFP]" or "Jane Doe / AFP".
  private var endsInCredit: Bool {
    if let last = folded.utf8.last, last == 0x29 || last == 0x5D || folded.hasSuffix(").") {
      guard let open = folded.utf8.lastIndex(where: { $0 == 0x28 || $0 == 0x5B }) else { return false }
      let inside = folded[folded.index(after: open)...].dropLast(last == 0x2E ? 2 : 1)
      let isShort = inside.split(separator: " ").count <= 8
      return isShort && (inside.contains(", ") || inside.contains("/")) && !inside.contains(where: \.isNumber)
    }
    guard !endsSentence, let slash = folded.utf8.lastIndex(of: 0x2F) else { return false }
    let after = folded[folded.index(after: slash)...].split(separator: " ")
    return (1...3).contains(after.count) && folded.distance(from: slash, to: folded.endIndex) < 30 && wordCount >= 4
  }

  /// Whether it tells who worked on the article or what came of it: "Reporting by …", "Contributing: …".
  var isCredit: Bool {
    // The letters that these words begin with.
    guard length < 400, let first = folded.utf8.first, "raewct(".utf8.contains(first) else { return false }
    let starts = [
      "reporting by ", "additional reporting by ", "editing by ", "writing by ", "with reporting by ", "contributing:",
      "with contributions from ", "contributors:", "compiled by ", "reporting and writing by ", "edited by ",
      "translated by ", "(reporting by ", "(editing by ", "(writing by ", "(additional reporting ",
    ]
    return starts.contains { folded.hasPrefix($0) }
  }

  /// Whether it says who wrote the article in so many words.
  var isLabelledByline: Bool {
    guard length < 200, !(endsSentence && wordCount > 12) else { return false }
    let starts = ["by ", "by: ", "author: ", "authors: ", "text: ", "words by ", "written by ", "story by ", "from "]
    return starts.dropLast().contains { folded.hasPrefix($0) } && wordCount > 1
  }

  /// Whether it is a line of symbols only.
  var isRule: Bool {
    if let first = folded.utf8.first, first &- 0x61 < 26 || first &- 0x30 < 10 { return false }
    return !folded.contains { $0.isLetter || $0.isNumber }
  }

  /// Whether it is a chain of sections: "Home / World / …".
  var isBreadcrumb: Bool {
    guard length < 400 else { return false }
    return folded.hasPrefix("home /") || folded.hasPrefix("home >") || folded.hasPrefix("home ›")
      || folded.components(separatedBy: " / ") > 2 || folded.components(separatedBy: " > ") > 2
  }

  /// Whether it could be the headline.
  var isHeadlineLike: Bool { wordCount >= 3 && length >= 12 && isShortHeadlineLike }

  /// The same for a line that may have a word or two only.
  var isShortHeadlineLike: Bool {
    guard wordCount <= 30, (6...260).contains(length), !isWholeLine, !isBreadcrumb else { return false }
    if folded.hasSuffix(".") || folded.hasSuffix(",") || folded.hasSuffix("!") || folded.hasSuffix(":") { return false }
    if draft.hint == .item || hasColumns || isCaption || isLabelledByline { return false }
    return kinds.isEmpty
  }

  /// Whether it begins with a copyright sign.
  var isCopyright: Bool {
    let isSigned = folded.hasPrefix("©") || folded.hasPrefix("(c) ") || folded.hasPrefix("copyright ")
    return isSigned && length < 300 && !isCaption
  }

  /// What begins a part of the page that is no article.
  enum Opener {
    /// Nothing follows that could be the article.
    case last
    /// An appeal that may run over many paragraphs.
    case appeal
    /// A box or list that may stand in the middle of the article.
    case box
    /// The names of those who worked on the article, usually its end.
    case credit
  }

  /// Whether it begins such a part.
  var opener: Opener? {
    guard length < 160 else { return nil }
    if draft.isOutside, draft.hint == .item { return nil }
    if folded.hasPrefix("comment"), wordCount <= 3, folded.hasPrefix("comments") { return .last }
    for start in ["view comments", "show comments", "leave a comment", "join the conversation", "join the discussion"]
    where folded.hasPrefix(start) { return .last }
    if kinds.contains(.comments) { return .last }
    if kinds.contains(.copyright) || isCopyright { return .last }
    if isCredit { return .credit }
    let hasEnd = endsSentence && !folded.hasSuffix("!") && wordCount > 9
    if kinds.contains(.donation), !hasEnd { return .appeal }
    if !hasEnd {
      for start in [
        "a message from ", "dear reader", "before you go", "support the ", "support us", "support our ",
        "support free ",
        "support independent ", "donate", "become a member", "become a supporter", "help us",
      ] where folded.hasPrefix(start) && wordCount <= 9 { return .appeal }
    }
    if !kinds.isDisjoint(with: [.newsletter, .app]), !hasEnd { return .box }
    return isBoxHeading ? .box : nil
  }

  private var isBoxHeading: Bool {
    guard wordCount <= 9, !endsSentence || folded.hasSuffix("!") else { return false }
    for start in [
      "sign up", "subscribe", "newsletter", "get the ", "most viewed", "most read", "most recent", "most popular",
      "more on this", "more from ", "more stories", "related", "top stories", "latest stories", "latest news",
      "recommended", "you may ", "you might ", "read next", "trending", "editors' picks", "editor's picks", "also on ",
      "share this", "you can share", "follow us", "sponsored", "what to read", "popular", "further reading",
    ] where folded.hasPrefix(start) {
      // "Get the …" opens a box only where it is about letters.
      if start == "get the " || start == "popular" || start == "more from " || start == "related" {
        return wordCount <= 3 || folded.holds("inbox") || folded.holds("newsletter") || isWholeLine
      }
      return true
    }
    return false
  }

  /// Whether it only interrupts the article: "Read more: …", "Advertisement", "Story continues below".
  var isInterruption: Bool {
    if isWholeLine || isRule { return true }
    guard length < 200 else {
      return addressesReader && !kinds.isDisjoint(with: [.newsletter, .donation, .app, .cookies])
    }
    if kinds.isDisjoint(with: [.newsletter, .donation, .app, .cookies, .copyright, .comments]) {
      // In a sentence of a report such words may well occur.
      let isPlainSentence = endsSentence && wordCount > 9 && !addressesReader
      if !isPlainSentence, !kinds.isDisjoint(with: [.navigation, .social, .related, .readingTime]) { return true }
    } else if !(endsSentence && wordCount > 14 && !addressesReader) {
      return true
    }
    for start in [
      "read more", "read also", "also read", "also on ", "more:", "watch:", "listen:", "related:", "see also",
    ]
    where folded.hasPrefix(start) && !(endsSentence && wordCount > 12) {
      return true
    }
    return false
  }
}

extension String {
  /// Number of parts between occurrences of a separator.
  fileprivate func components(separatedBy separator: String) -> Int {
    holds(separator) ? ranges(of: separator).count + 1 : 1
  }
}
