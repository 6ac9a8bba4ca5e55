internal import VouchCore
internal import VouchLanguage

extension Trees {
  /// Most words of a label.
  private static let longest = 12
  /// Words before its head at which a label may begin.
  private static let farthest = 64

  /// The words of a phrase or clause: its subtree, as far as it lies in one piece around its head.
  func tokens(_ head: Int) -> Range<Int> {
    let range = subtrees[head]
    return range.lowerBound..<range.upperBound + 1
  }

  /// A noun phrase or clause as a label: without articles, quotation marks, what leads in and relative clauses; `nil` if
  /// nothing but function words is left, or a pronoun heads it.
  func label(_ head: Int) -> (text: String, tokens: Range<Int>)? {
    guard upos(head) != .pron, upos(head) != .punct, upos(head) != .num else { return nil }
    var range = tokens(head)
    for child in children[head] {
      switch relations[child] {
      case .aclRelcl, .parataxis, .advcl, .appos:
        if child > head { range = range.clamped(to: range.lowerBound..<max(head + 1, subtrees[child].lowerBound)) }
      case .nsubj, .nsubjPass, .aux, .auxPass, .mark, .cop, .cc:
        if child < head { range = max(range.lowerBound, min(head, subtrees[child].upperBound + 1))..<range.upperBound }
      case .caseMark, .advmod:
        if child < head, relations[child] == .caseMark || Self.negations.contains(norm(child)) {
          range = max(range.lowerBound, min(head, child + 1))..<range.upperBound
        }
      case .conj:
        // What is joined is a thing of its own.
        if child > head { range = range.clamped(to: range.lowerBound..<max(head + 1, subtrees[child].lowerBound)) }
      default: break
      }
    }
    var first = max(range.lowerBound, head - Self.farthest)
    while first < head, isWeak(first) { first += 1 }
    var end = min(range.upperBound, max(head + 1, first + Self.longest))
    while end > head + 1,
      isWeak(end - 1) || timeOver[end - 1] >= 0 || upos(end - 1) == .adp || upos(end - 1) == .cconj
        || relations[end - 1] == .mark
    {
      end -= 1
    }
    var text = ""
    for token in first..<end where !isArticle(token) && !isQuote(token) {
      if !text.isEmpty, document.tokens[token].gap > 0 { text += " " }
      let isName = isCapital(token) && (nameOver[token] >= 0 || upos(token) == .propn || upos(token) == .adj)
      text += isName ? document.words(document.tokens[token].span) : norm(token)
    }
    return text.utf8.count > 2 ? (text, first..<end) : nil
  }

  private func isArticle(_ token: Int) -> Bool { document.tokens[token].features.contains(.article) }

  private func isQuote(_ token: Int) -> Bool {
    upos(token) == .punct && ["\"", "\u{201C}", "\u{201D}", "``", "''", "\u{2018}"].contains(norm(token))
  }

  private func isWeak(_ token: Int) -> Bool {
    upos(token) == .punct || isArticle(token) || upos(token) == .det && nameOver[token] < 0
  }

  /// The bytes of some tokens.
  func span(_ tokens: Range<Int>) -> Span { document.span(of: tokens) }
}
