internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Whether the clause that a time belongs to tells of the past or of the future, read off the dependency tree.
struct ClauseTense {
  enum Tense: Sendable { case past, present, future, unknown }

  /// What the dependents of a word say of it.
  private struct Marks: OptionSet {
    let rawValue: UInt8
    static let will = Marks(rawValue: 1), modal = Marks(rawValue: 2), past = Marks(rawValue: 4)
    static let perfect = Marks(rawValue: 8), present = Marks(rawValue: 16), infinitive = Marks(rawValue: 32)
    static let coming = Marks(rawValue: 64)
  }

  /// Words whose infinitive, or participle, lies in the future.
  private static let forward: Set<String> = [
    "plan", "expect", "schedule", "set", "due", "slate", "intend", "hope", "vow", "promise", "prepare", "aim", "want",
    "agree", "urge", "call", "invite", "ask", "order", "decide", "pledge", "ready", "likely", "poise", "need",
    "threaten",
    "anticipate", "book", "propose", "seek", "wait", "plan", "tell", "require", "allow", "let", "fix", "bind",
  ]
  private static let coming: Set<String> = ["upcoming", "coming", "forthcoming", "planned", "scheduled", "next"]

  private let tokens: [Token]
  private let blocks: [Article.Block]
  private var marks: [Marks]

  /// - Complexity: O(n) in tokens.
  init(_ document: Document) {
    tokens = document.tokens
    blocks = document.article.blocks
    marks = Array(repeating: [], count: tokens.count)
    for token in tokens {
      guard let head = token.head else { continue }
      switch token.deprel.string {
      case "aux", "aux:pass", "cop":
        switch token.lemma {
        case "will", "shall": marks[head].insert(token.norm == "would" ? .modal : .will)
        case "can", "may", "must", "should", "could", "might", "would": marks[head].insert(.modal)
        case "have": marks[head].insert(.perfect)
        case "get": break
        default: marks[head].insert(token.features.contains(.past) ? .past : .present)
        }
        if ["will", "'ll", "wo", "shall"].contains(token.norm) { marks[head].insert(.will) }
      case "mark" where token.norm == "to": marks[head].insert(.infinitive)
      case "amod" where Self.coming.contains(token.norm): marks[head].insert(.coming)
      default: break
      }
    }
  }

  /// The tense of the nearest clause around some tokens.
  ///
  /// - Complexity: O(1): at most sixteen heads are followed.
  func tense(of range: Range<Int>) -> Tense {
    let top = range.first { index in tokens[index].head.map { !range.contains($0) } ?? true } ?? range.lowerBound
    if let own = tense(at: top) { return own }
    var node = tokens[top].head
    for _ in 0..<16 {
      guard let index = node else { break }
      if let tense = tense(at: index) { return tense }
      node = tokens[index].head
    }
    return .unknown
  }

  private func tense(at index: Int) -> Tense? {
    let token = tokens[index]
    let marks = marks[index]
    if marks.contains(.will) { return marks.contains(.perfect) ? nil : .future }
    if marks.contains(.modal) { return marks.contains(.perfect) ? .past : .future }
    if marks.contains(.infinitive) {
      guard !marks.contains(.perfect) else { return .past }
      return token.head.flatMap { Self.forward.contains(tokens[$0].lemma) ? .future : nil }
    }
    if marks.contains(.coming) { return .future }
    if marks.contains(.past) || marks.contains(.perfect) { return .past }
    let isParticiple = token.features.contains(.participle)
    if token.upos == .verb || token.upos == .adj, isParticiple || token.upos == .adj,
      Self.forward.contains(token.lemma) || Self.forward.contains(token.norm)
    {
      return .future
    }
    if marks.contains(.present) { return token.xpos.string == "VBN" ? .unknown : .present }
    guard token.upos == .verb || token.upos == .aux else { return nil }
    if token.features.contains(.past) { return .past }
    if token.features.contains(.imperative) { return .future }
    if token.features.contains(.present), !isParticiple {
      return isHeading(token) || token.deprel == "parataxis" ? .past : .present
    }
    return nil
  }

  /// Headings tell of the past in the present tense.
  private func isHeading(_ token: Token) -> Bool {
    guard blocks.indices.contains(token.block) else { return false }
    return [.title, .heading, .caption].contains(blocks[token.block].kind)
  }
}
