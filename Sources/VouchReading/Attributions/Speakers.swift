internal import VouchArticles
internal import VouchCore
internal import VouchLanguage

/// Finds the entities that sources of reports name.
struct Speakers {
  /// Heads that are climbed at most.
  private static let steps = 3
  private static let relative: Set<String> = ["who", "which", "that", "whom"]
  private static let clauses: Set<Symbol> = ["acl:relcl", "acl"]
  private static let named: Set<Symbol> = ["appos", "flat", "nmod:desc", "flat:name", "parataxis"]
  /// Who speaks, or what is said, for the body that it belongs to.
  private static let voices: Set<String> = [
    "spokesman", "spokeswoman", "spokesperson", "statement", "report", "release", "communique", "communiqué", "post",
    "readout", "letter", "announcement", "bulletin", "article", "survey", "study", "poll", "website", "account",
    "official", "officials", "lawyer", "attorney", "representative", "press", "office", "campaign", "document", "memo",
  ]
  /// Relations of what is a part of a description, but not of a name in it.
  private static let loose: Set<Symbol> = ["nmod:poss", "acl", "acl:relcl", "nsubj", "obl", "obj", "conj", "det"]
  private static let owners: Set<Symbol> = ["nmod:poss", "compound", "nmod", "amod"]

  private let document: Document
  private let children: DependentLists
  private let map: MentionMap

  init(_ document: Document) {
    self.document = document
    children = DependentLists(document.tokens)
    map = MentionMap(document.mentions, document)
  }

  /// The actor that a source means: whom its head names, the antecedent of a relative pronoun, who is set beside a
  /// description, or the body for which a spokesman or statement speaks.
  ///
  /// - Complexity: O(d) in the dependents of the head.
  func entity(of source: [Range<Int>]) -> Int? {
    guard let head = head(of: source) else { return nil }
    if let actor = actor(head) { return actor }
    if Self.relative.contains(document.tokens[head].norm) { return antecedent(of: head) }
    for child in children[head] where Self.named.contains(document.tokens[child].deprel) {
      if let actor = actor(child) { return actor }
    }
    guard document.tokens[head].upos != .pron else { return nil }
    if Self.voices.contains(document.tokens[head].lemma) {
      for child in children[head] where Self.owners.contains(document.tokens[child].deprel) {
        if let actor = actor(child) { return actor }
      }
    }
    return bearer(in: source, head)
  }

  /// The only person named in a source whose name hangs on its head as a part of one phrase: "Labour Minister Anna Berg".
  private func bearer(in source: [Range<Int>], _ head: Int) -> Int? {
    var found: Set<Int> = []
    for token in source.joined() where token != head && map.mention[token] >= 0 {
      guard let person = actor(token), document.entities[person].kind == .person else { continue }
      var above = token
      for _ in 0..<Self.steps {
        guard above != head, !Self.loose.contains(document.tokens[above].deprel),
          !children[above].contains(where: { document.tokens[$0].deprel == "case" }),
          let next = document.tokens[above].head
        else { break }
        above = next
      }
      if above == head { found.insert(person) }
    }
    return found.count == 1 ? found.first : nil
  }

  /// The actor that a pronoun without a chain means: the source of the report before, in the same block.
  func entity(of source: [Range<Int>], after last: (entity: Int, block: Int)?) -> Int? {
    if let known = entity(of: source) { return known }
    guard let last, let head = head(of: source), document.tokens[head].upos == .pron, map.mention[head] < 0,
      document.tokens[head].block == last.block
    else { return nil }
    let pronoun = Reference(head: head, tokens: head..<head + 1, form: .pronoun, kind: .person, chain: -1)
    return Agreement(document: document).allows(pronoun, document.entities[last.entity]) ? last.entity : nil
  }

  /// The noun that a relative clause with this pronoun tells more of.
  private func antecedent(of pronoun: Int) -> Int? {
    var token = pronoun
    for _ in 0..<Self.steps {
      guard let above = document.tokens[token].head else { return nil }
      if Self.clauses.contains(document.tokens[token].deprel) { return actor(above) }
      token = above
    }
    return nil
  }

  /// The actor whom a mention with this head, or one that covers it and no other head, means.
  private func actor(_ token: Int) -> Int? {
    let index = map.mention[token]
    guard index >= 0 else { return nil }
    let entity = document.mentions[index].entity
    guard [.person, .organization, .government, .group].contains(document.entities[entity].kind) else { return nil }
    return document.headToken(of: map.tokens[index]) == token || document.mentions[index].kind == .name ? entity : nil
  }

  /// The first token of some pieces that depends on none of them.
  private func head(of pieces: [Range<Int>]) -> Int? {
    pieces.joined().first { token in
      guard let head = document.tokens[token].head else { return true }
      return !pieces.contains { $0.contains(head) }
    }
  }
}
